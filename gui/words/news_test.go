package words

import (
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/control"
)

// last is a try that came to an end seven minutes ago.
func last(cause core.Cause, code int) *core.Attempt {
	return &core.Attempt{At: sunday.Add(-7 * time.Minute), Cause: cause, Code: code}
}

func TestWebhookWords(t *testing.T) {
	ago := sunday.Add(-7 * time.Minute)
	keyed := core.Webhook{Name: "Supporter CRM", Auth: core.Auth{Kind: core.AuthBearer, Secret: core.SealedSecret("x")}}
	turns := core.Webhook{Send: core.Send{Every: 15 * time.Minute}}
	tests := []struct {
		name string
		view control.WebhookView
		word string
		news News
	}{
		{
			"held",
			control.WebhookView{Webhook: keyed, Condition: control.Attention, Failed: 2, Since: ago, Last: last(core.CauseKey, 401)},
			"Needs attention",
			News{"Did not accept the key (401)", "Check the key. 2 failed since 10:38"},
		},
		{
			"held, none failed",
			control.WebhookView{Webhook: keyed, Condition: control.Attention, Since: ago, Last: last(core.CauseAddress, 404)},
			"Needs attention",
			News{"Has nothing at this web address (404)", "Check the web address. Since 10:38"},
		},
		{"held, nobody knows why", control.WebhookView{Condition: control.Attention, Since: ago}, "Needs attention", News{"Held since 10:38", "Since 10:38"}},
		{
			"down",
			control.WebhookView{Condition: control.Down, Since: ago, Last: last(core.CauseConnect, 0), NextTry: sunday.Add(7 * time.Minute)},
			"Not answering",
			News{"Could not be reached", "Asked again in 7 min, since 10:38"},
		},
		{
			"down with trouble",
			control.WebhookView{Condition: control.Down, Since: ago, Last: last(core.CauseServer, 503), NextTry: sunday},
			"Has trouble",
			News{"Has a problem of its own (503)", "Asked again now, since 10:38"},
		},
		{
			"down by name",
			control.WebhookView{Condition: control.Down, Since: ago, Last: last(core.CauseDNS, 0), NextTry: sunday},
			"Not found",
			News{"Was not found: no system by that name", "Asked again now, since 10:38"},
		},
		{
			"behind a login page",
			control.WebhookView{Condition: control.Down, Since: ago, Last: last(core.CausePortal, 200), NextTry: sunday},
			"Not reached",
			News{"Was perhaps not reached: a web page answered (200)", "Asked again now, since 10:38"},
		},
		{
			"no network",
			control.WebhookView{Condition: control.Down, Since: ago, Last: last(core.CauseNetwork, 0), NextTry: sunday},
			"No internet",
			News{"Could not be reached: no internet connection", "Asked again now, since 10:38"},
		},
		{
			"waiting for a turn",
			control.WebhookView{Condition: control.On, Waiting: 2, Webhook: turns, NextTry: sunday.Add(15 * time.Minute).Truncate(15 * time.Minute)},
			"2 waiting",
			News{"Goes out in 15 min", "0 today"},
		},
		{"waiting for a set time", control.WebhookView{
			Condition: control.On, Waiting: 2, Webhook: core.Webhook{Send: core.Send{At: []int{17*60 + 30}}}, NextTry: sunday.Add(405 * time.Minute),
		}, "2 waiting", News{"Goes out at 17:30", "0 today"}},
		{
			"several turns",
			control.WebhookView{Condition: control.On, Waiting: 200, Webhook: turns, NextTry: sunday, Done: sunday.Add(45 * time.Minute)},
			"200 waiting",
			News{"Done about 11:30", "0 today"},
		},
		{
			"waiting",
			control.WebhookView{Condition: control.On, Waiting: 1200, About: true, NextTry: sunday.Add(3 * time.Minute)},
			"about 1,200 waiting",
			News{"Trying again in 3 min", "0 today"},
		},
		{
			"a backlog",
			control.WebhookView{Condition: control.On, Waiting: 8845, Today: 603, Done: sunday.Add(215 * time.Minute)},
			"8,845 waiting",
			News{"Done about 14:20", "603 today"},
		},
		{
			"a backlog that may go no faster",
			control.WebhookView{Condition: control.On, Waiting: 8845, Paced: true, NextTry: sunday, Done: sunday.Add(215 * time.Minute)},
			"8,845 waiting",
			News{"Done about 14:20, as fast as you allowed", "0 today"},
		},
		{"a few that are tried later than the rest is done", control.WebhookView{
			Condition: control.On, Waiting: 12, NextTry: sunday.Add(30 * time.Minute), Done: sunday.Add(5 * time.Minute),
		}, "12 waiting", News{"Trying again in 30 min", "0 today"}},
		{"busy", control.WebhookView{Condition: control.On, Waiting: 12, Done: sunday.Add(2 * time.Second)}, "12 waiting", News{"Sending now", "0 today"}},
		{"well", control.WebhookView{Condition: control.On, Today: 412, LastGood: sunday.Add(-2 * time.Minute)}, "Working", News{"Delivered 2 min ago", "412 today"}},
		{"new", control.WebhookView{Condition: control.On}, "Working", News{"Nothing sent yet", "0 today"}},
		{"paused", control.WebhookView{Condition: control.Paused, Since: sunday.Add(-44 * time.Hour)}, "Paused", News{"Paused on Friday", "0 today"}},
		{"paused for a while", control.WebhookView{
			Condition: control.Paused, Since: sunday, Waiting: 3, Webhook: core.Webhook{Until: sunday.Add(30 * time.Minute)},
		}, "Paused", News{"Paused until 11:15", "3 waiting"}},
		{"off", control.WebhookView{Condition: control.Off, Since: sunday.Add(-44 * time.Hour)}, "Off", News{"Off since Friday 14:45", "0 today"}},
		{"off, meanwhile", control.WebhookView{Condition: control.Off, Meanwhile: 1}, "Off", News{"1 record since then", "0 today"}},
		{
			"given up by its target",
			control.WebhookView{Condition: control.Off, Last: last(core.CauseGone, 410)},
			"Off",
			News{"No longer takes messages at this web address (410)", "0 today"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Webhook(test.view).Word; got != test.word {
				t.Errorf("badge %q, want %q", got, test.word)
			}
			if got := WebhookNews(test.view, sunday); got != test.news {
				t.Errorf("news %q, want %q", got, test.news)
			}
		})
	}
}

func TestOutage(t *testing.T) {
	down := control.WebhookView{Host: "crm.example.org", Since: sunday.Add(-7 * time.Minute), NextTry: sunday.Add(7 * time.Minute)}
	tests := []struct {
		name   string
		change func(*control.WebhookView)
		want   string
	}{
		{"nobody there", func(v *control.WebhookView) { v.Last = last(core.CauseConnect, 0) }, "Nobody answers at crm.example.org since 10:38. Asked again at 10:52."},
		{"trouble", func(v *control.WebhookView) { v.Last = last(core.CauseServer, 500) }, "Nothing gets through to crm.example.org since 10:38. Asked again at 10:52."},
		{"due", func(v *control.WebhookView) { v.NextTry = sunday }, "Nothing gets through to crm.example.org since 10:38. Asked again now."},
		{"overnight", func(v *control.WebhookView) { v.NextTry = sunday.Add(22 * time.Hour) }, "Nothing gets through to crm.example.org since 10:38. Asked again tomorrow 08:45."},
	}
	for _, test := range tests {
		v := down
		test.change(&v)
		if got := Outage(v, sunday); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestDone(t *testing.T) {
	tests := map[time.Duration]string{
		20 * time.Second:                "done in a moment",
		12*time.Minute + 20*time.Second: "done about 10:57",
		217 * time.Minute:               "done about 14:20",
		26*time.Hour + 10*time.Minute:   "done about tomorrow 13:00",
		11 * 24 * time.Hour:             "done about 3 December",
		100 * 365 * 24 * time.Hour:      "done in more than a year",
		-time.Minute:                    "done in a moment",
		13*time.Hour + 14*time.Minute:   "done about tomorrow 00:00",
	}
	for left, want := range tests {
		if got := Done(sunday.Add(left), sunday); got != want {
			t.Errorf("in %v: %q, want %q", left, got, want)
		}
	}
}

func TestMessageWords(t *testing.T) {
	for want, row := range map[string]control.ActivityRow{
		"Delivered":        {State: core.Delivered},
		"Waiting":          {State: core.Waiting},
		"Failed":           {State: core.Failed},
		"May have arrived": {State: core.Failed, Unsure: true},
		"Replaced":         {State: core.Replaced},
	} {
		if got := Delivery(row).Word; got != want {
			t.Errorf("%+v: %q, want %q", row, got, want)
		}
	}
}

func TestSentence(t *testing.T) {
	for text, want := range map[string]string{"done": "Done", "": "", "über": "Über", "Done": "Done"} {
		if got := Sentence(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
