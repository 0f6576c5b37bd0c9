package guitest

import (
	"fmt"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
)

// BadDay is the same office on a day on which much goes wrong: a webhook that
// needs attention, one that is down, one behind the login page of a network, one
// that is as fast as it may be and has a backlog, one paused for a while, a large
// file half sent, and messages that may have arrived or were replaced.
func BadDay() *Service {
	s := Office()
	s.Edit(func(d *Data) {
		d.Webhooks = append(badWebhooks(d), d.Webhooks[3])
		for i := range d.Webhooks {
			if v := &d.Webhooks[i]; v.Webhook.ID != "newsletter" {
				v.Webhook.Sources = []string{"till"}
			}
		}
		d.Needs = nil
		for i := range d.Webhooks {
			if n, ok := needOf(&d.Webhooks[i]); ok {
				d.Needs = append(d.Needs, n)
			}
		}
		d.Coming = []control.Coming{
			{At: d.Now.Add(7 * time.Minute), WebhookID: "members", Webhook: "Members' area", Count: 31},
			{At: d.Now.Add(15 * time.Minute), WebhookID: "newsletter", Webhook: "Newsletter sign-ups", Count: 60},
		}
		d.Queues = []control.Queue{{WebhookID: "newsletter", Webhook: "Newsletter sign-ups", Waiting: 8845, Since: d.Now.Add(-93 * time.Minute)}}
		d.Runs = []control.RunView{largeFile(d)}
		d.Deliveries = append(oddDeliveries(d), d.Deliveries...)
	})
	return s
}

func badWebhooks(d *Data) []control.WebhookView {
	crm, news := d.Webhooks[0], d.Webhooks[1]
	news.Waiting, news.Done, news.Paced = 8845, d.Now.Add(215*time.Minute), true
	news.Webhook.Pace, news.NextTry = core.Pace{Minute: 40}, d.Now.Add(2*time.Second)

	members := view(d, "members", "Members' area", "https://members.example.org/in", 97)
	down(&members, d.Now, core.Attempt{At: d.Now.Add(-7 * time.Minute), Cause: core.CauseConnect, Detail: "dial tcp 192.0.2.7:443: connect: connection refused"})
	members.Waiting = 31

	checkIn := view(d, "check-in", "Event check-in", "https://checkin.example.com/people", 12)
	down(&checkIn, d.Now, core.Attempt{At: d.Now.Add(-3 * time.Minute), Cause: core.CausePortal, Code: 200, Page: true, Unsure: true, Answer: "<html><title>Welcome to our guest network</title>"})
	checkIn.Waiting = 4

	finance := d.Webhooks[4]
	finance.Webhook.Until, finance.Since, finance.Waiting = d.Now.Add(30*time.Minute), d.Now.Add(-time.Minute), 3
	return []control.WebhookView{crm, members, checkIn, news, finance}
}

func down(v *control.WebhookView, now time.Time, last core.Attempt) {
	v.Condition, v.Last, v.Since, v.NextTry = control.Down, &last, last.At, now.Add(7*time.Minute)
}

// needOf says what a webhook needs, as the engine does.
func needOf(v *control.WebhookView) (control.Need, bool) {
	n := control.Need{Kind: control.NeedWebhook, ID: v.Webhook.ID}
	if v.Last == nil {
		return n, false
	}
	advice := attempt.Explain(v.Webhook.Name, attempt.KeyOf(&v.Webhook), *v.Last)
	n.Title, n.Text = advice.Title, fmt.Sprintf("Nothing is lost: %d messages are kept here until you fix it.", v.Waiting+v.Failed)
	if v.Condition == control.Down {
		n.Text = fmt.Sprintf("Nothing is lost: %d messages are kept here. Hookbird asks again by itself.", v.Waiting)
		n.Step, n.Action = "Try now", string(attempt.ActionTestAgain)
		return n, true
	}
	for _, step := range advice.Steps {
		if step.Action != attempt.ActionNone {
			n.Step, n.Action = step.Title, string(step.Action)
			break
		}
	}
	return n, true
}

func largeFile(d *Data) control.RunView {
	return control.RunView{
		Run:        core.Run{ID: "contacts", Source: "supporters", Name: "contacts.csv", Started: d.Now.Add(-time.Hour), State: core.RunGoing},
		SourceName: "Supporter exports", Records: 50_000, Left: 37_600, Done: d.Now.Add(260 * time.Minute),
	}
}

// oddDeliveries are a message that may have arrived and one that was replaced.
func oddDeliveries(d *Data) []core.Delivery {
	members := &d.Webhooks[1]
	unsure := delivery(d, 2, members, core.Delivered, 200_002, d.Now.Add(-8*time.Second))
	unsure.State = core.Failed
	unsure.Attempts = []core.Attempt{{
		At: d.Now.Add(-8 * time.Second), Took: 15 * time.Second, Cause: core.CauseTimeout, Unsure: true, Detail: "no answer within 15 seconds",
	}}
	replaced := delivery(d, 2, members, core.Delivered, 200_001, d.Now.Add(-12*time.Second))
	replaced.State, replaced.Attempts, replaced.Tries = core.Replaced, nil, 0
	return []core.Delivery{unsure, replaced}
}
