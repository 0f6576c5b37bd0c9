package guitest

import (
	"encoding/json"
	"fmt"
	"time"

	"hookbird/core"
	"hookbird/core/control"
)

// Now is the moment that all data of Office and Empty is about: Sunday
// 22 November 2026, 10:45 local time.
func Now() time.Time { return time.Date(2026, time.November, 22, 10, 45, 0, 0, time.Local) }

// Empty is an engine that was started for the first time.
func Empty() *Service {
	return New(Data{
		Now:     Now(),
		Hello:   control.Hello{API: control.APIVersion, Version: "0.1.0", PID: 4711, DataDir: "/home/ada/.local/share/hookbird", Tray: true},
		Secrets: map[string]string{},
		Hours:   hours(dayStart(Now()), nil, nil, 24),
		Samples: samples(),
		Check:   control.AddressCheck{OK: true, Secure: true, Text: "crm.example.org answers, securely. The test shows whether the rest of the address is right."},
		Answer:  core.Attempt{At: Now(), Took: 310 * time.Millisecond, Code: 200, Answer: `{"ok": true}`, Header: []string{"Content-Type: application/json"}},
		Export:  []byte("{\n  \"hookbird\": 1\n}\n"),
		Settings: control.SettingsView{
			Revision: 1, Tray: true, Version: "0.1.0",
			Store:   core.StoreInfo{Path: "/home/ada/.local/share/hookbird/hookbird.db", Bytes: 18 << 20, Format: 1, KeyPlace: core.KeyInSystem},
			Address: "http://127.0.0.1:8471", LogPath: "/home/ada/.local/share/hookbird/logs/hookbird.log",
		},
	})
}

// Office is a small office in the middle of a day: five webhooks, one of which
// needs attention and one of which waits, and four sources, one unreadable. The
// numbers add up.
func Office() *Service {
	s := Empty()
	s.Edit(func(d *Data) {
		d.Webhooks = officeWebhooks(d)
		d.Sources = officeSources(d)
		d.LastRecord = d.Now.Add(-20 * time.Second)
		d.Hours = hours(dayStart(d.Now), []uint64{2, 3, 2, 3, 4, 12, 40, 126, 230, 452, 410}, map[int]uint64{10: 2}, 24)
		d.Needs = []control.Need{
			{Kind: control.NeedWebhook, ID: "supporter-crm", Title: "Supporter CRM did not accept the key", Text: "Nothing is lost: 2 messages are kept here until you fix it.", Step: "Check the key", Action: "secrets"},
			{Kind: control.NeedSource, ID: "box-office", Title: "Box office exports: folder not found", Text: "New files are not read until the folder is back. Look whether the drive is connected."},
		}
		d.Coming = []control.Coming{
			{At: d.Now.Add(3 * time.Minute), WebhookID: "newsletter", Webhook: "Newsletter sign-ups", Count: 8, Try: 3},
			{At: d.Now.Add(10 * time.Minute), WebhookID: "newsletter", Webhook: "Newsletter sign-ups", Count: 4, Try: 2},
		}
		d.Deliveries = officeDeliveries(d)
	})
	return s
}

func officeWebhooks(d *Data) []control.WebhookView {
	refused := core.Attempt{At: d.Now.Add(-35 * time.Second), Took: 310 * time.Millisecond, Cause: core.CauseKey, Code: 401, Answer: `{"error": "invalid_key", "message": "API key not recognised"}`}
	crm := view(d, "supporter-crm", "Supporter CRM", "https://crm.example.org/hooks/supporters", 412)
	crm.Condition, crm.Since, crm.Last, crm.Failed = control.Attention, d.Now.Add(-7*time.Minute), &refused, 2
	crm.Hours = hours(d.Now.Add(-11*time.Hour), []uint64{2, 4, 8, 14, 20, 34, 30, 44, 60, 80, 76, 40}, map[int]uint64{10: 1, 11: 1}, 12)
	d.Secrets["webhook/supporter-crm/field:api_key"] = "correct horse"

	news := view(d, "newsletter", "Newsletter sign-ups", "https://hooks.mailer.example/catch/8fd2", 603)
	news.Waiting, news.NextTry, news.LastGood = 12, d.Now.Add(3*time.Minute), d.Now.Add(-4*time.Minute)

	tickets := view(d, "box-office-contacts", "Box office contacts", "https://tickets.example.com/api/contacts", 188)
	tickets.LastGood = d.Now.Add(-2 * time.Minute)
	staff := view(d, "staff", "Staff directory", "https://people.example.net/in", 81)
	staff.LastGood = d.Now.Add(-time.Hour)
	staff.Hours = hours(d.Now.Add(-11*time.Hour), []uint64{0, 0, 10, 12, 6, 0, 0, 18, 11, 9, 15, 0}, nil, 12)

	finance := view(d, "finance", "Finance export", "http://10.0.4.20/import", 0)
	finance.Webhook.State, finance.Condition, finance.Since = core.StatePaused, control.Paused, d.Now.Add(-44*time.Hour)
	finance.Hours = hours(d.Now.Add(-11*time.Hour), nil, nil, 12)
	return []control.WebhookView{crm, news, tickets, staff, finance}
}

func view(d *Data, id, name, address string, today uint64) control.WebhookView {
	w := core.Webhook{
		ID: id, Name: name, State: core.StateOn, Address: address, Method: "POST",
		Body: core.Body{Style: core.BodyForm, Fields: []core.Field{
			{Name: "fname", From: "First name"},
			{Name: "lname", From: "Last name"},
			{Name: "email", From: "Email"},
			{Name: "source", Value: "front-desk"},
			{Name: "api_key", Secret: core.SealedSecret(id + "/field:api_key")},
		}},
		Retry: core.RetryPlan{Name: "90-minutes"},
	}
	return control.WebhookView{
		Webhook: w, Revision: 3, Changed: d.Now.Add(-90 * 24 * time.Hour), Host: hostOf(address),
		Condition: control.On, Since: d.Now.Add(-48 * time.Hour), Today: today, Delivered: today * 7,
		Hours: hours(d.Now.Add(-11*time.Hour), []uint64{5, 6, 9, 16, 12, 20, 24, 22, 28, 24, 14, 8}, nil, 12),
	}
}

func officeSources(d *Data) []control.SourceView {
	folder := func(id, name, path, match string, events uint64) control.SourceView {
		return control.SourceView{
			Source:   core.Source{ID: id, Kind: core.KindFolder, Name: name, Folder: &core.FolderSource{Path: path, Match: match}},
			Revision: 2, GoesTo: []string{"Supporter CRM", "Newsletter sign-ups"},
			State: core.SourceState{SourceID: id, Working: true, Since: d.Now.Add(-48 * time.Hour), Last: d.Now.Add(-20 * time.Second), Events: events},
		}
	}
	supporters := folder("supporters", "Supporter exports", "/home/ada/Shared/Supporters", "*.csv", 8420)
	supporters.State.Notes = []core.SourceNote{
		{Time: d.Now.Add(-18 * time.Minute), Where: "supporters.csv, line 48", Text: "This row has 9 cells and the heading has 6. It was left out."},
		{Time: d.Now.Add(-19 * time.Minute), Where: "supporters.csv, line 31", Text: "This row is empty but for its name. It was left out."},
	}
	boxOffice := folder("box-office", "Box office exports", "/media/share/box-office", "*.csv", 311)
	boxOffice.State.Working, boxOffice.State.Cause = false, "The folder /media/share/box-office is not there."
	boxOffice.State.Last, boxOffice.GoesTo = d.Now.Add(-26*time.Hour), []string{"Box office contacts"}
	till := control.SourceView{
		Source:   core.Source{ID: "till", Kind: core.KindLocal, Name: "Till program", Local: &core.LocalSource{Key: core.SealedSecret("till/key")}},
		Revision: 1, Address: "http://127.0.0.1:8471/in/" + core.Dots, GoesTo: []string{"Staff directory"},
		State: core.SourceState{SourceID: "till", Working: true, Since: d.Now.Add(-48 * time.Hour), Last: d.Now.Add(-time.Hour), Events: 81},
	}
	d.Secrets["source/till/key"] = "till-key-0123456789"
	paused := folder("archive", "Old exports", "/home/ada/Shared/Archive", "", 0)
	paused.Source.Paused, paused.GoesTo, paused.State.Last = true, nil, time.Time{}
	return []control.SourceView{supporters, boxOffice, till, paused}
}

var people = []string{"Ada Lovelace", "Grace Hopper", "Alan Turing", "Katherine Johnson", "Edsger Dijkstra", "Radia Perlman", "Tim Lee"}

// officeDeliveries gives one row a message of today: those that failed, those
// that wait, and as many delivered as the webhooks count.
func officeDeliveries(d *Data) []core.Delivery {
	var out []core.Delivery
	at := d.Now.Add(-35 * time.Second)
	add := func(num uint32, v *control.WebhookView, state core.DeliveryState) {
		seq := uint64(100048 - len(out))
		out = append(out, delivery(d, num, v, state, seq, at))
		at = at.Add(-29 * time.Second)
	}
	for num := range d.Webhooks {
		v := &d.Webhooks[num]
		for range v.Failed {
			add(uint32(num+1), v, core.Failed)
		}
		for range v.Waiting {
			add(uint32(num+1), v, core.Waiting)
		}
		for range v.Today {
			add(uint32(num+1), v, core.Delivered)
		}
	}
	return out
}

func delivery(d *Data, num uint32, v *control.WebhookView, state core.DeliveryState, seq uint64, at time.Time) core.Delivery {
	name := people[seq%uint64(len(people))]
	del := core.Delivery{
		Key:     core.DeliveryKey{Last: at.UnixMilli(), Seq: seq, Webhook: num},
		Webhook: v.Webhook.ID, Revision: v.Revision, State: state, Tries: 1,
		Attempts: []core.Attempt{{At: at, Took: 310 * time.Millisecond, Code: 200, Answer: "OK"}},
		Event: &core.Event{
			Seq: seq, ID: fmt.Sprintf("018f-%d", seq), Type: core.DefaultEventType, Time: at.Add(-5 * time.Minute), Source: "supporters",
			Title: name, Origin: fmt.Sprintf("supporters.csv, row %d", seq%1000), Data: record(name),
		},
	}
	switch state {
	case core.Failed:
		last := *v.Last
		last.At = at
		first := core.Attempt{At: at.Add(-4 * time.Minute), Took: 400 * time.Millisecond, Cause: core.CauseKey, Code: 401}
		del.Tries, del.Attempts = 2, []core.Attempt{first, last}
	case core.Waiting:
		del.Next = d.Now.Add(3 * time.Minute)
		del.Attempts[0] = core.Attempt{At: at, Took: time.Second, Cause: core.CauseServer, Code: 503, Answer: "Service Unavailable"}
	}
	return del
}

func record(name string) []byte {
	var first, last string
	_, _ = fmt.Sscan(name, &first, &last)
	b, _ := json.Marshal(map[string]string{
		"First name": first, "Last name": last, "Email": first + "@example.org", "Postcode": "75011", "Joined on": "2026-11-22",
	})
	return b
}

func samples() []control.Sample {
	sample := func(seq uint64, name string) control.Sample {
		s := control.Sample{Seq: seq, Title: name, Time: Now().Add(-time.Minute), Data: record(name), Wanted: true}
		values := map[string]string{}
		_ = json.Unmarshal(s.Data, &values)
		for _, path := range []string{"First name", "Last name", "Email", "Postcode", "Joined on"} {
			s.Fields = append(s.Fields, control.SampleField{Path: path, Value: values[path]})
		}
		return s
	}
	return []control.Sample{sample(100048, "Ada Lovelace"), sample(100047, "Grace Hopper"), sample(0, "Ada Test")}
}

func hours(from time.Time, delivered []uint64, failed map[int]uint64, n int) []control.Hour {
	out := make([]control.Hour, n)
	from = from.Truncate(time.Hour)
	for i := range out {
		out[i].Start = from.Add(time.Duration(i) * time.Hour)
		if i < len(delivered) {
			out[i].Delivered = delivered[i]
		}
		out[i].Failed = failed[i]
	}
	return out
}

func dayStart(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}
