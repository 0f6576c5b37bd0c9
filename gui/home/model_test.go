package home

import (
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/widgets"
)

func TestBanner(t *testing.T) {
	now := guitest.Now()
	on := control.WebhookView{Webhook: core.Webhook{State: core.StateOn}}
	noNet := on
	noNet.Condition, noNet.Last = control.Down, &core.Attempt{Cause: core.CauseNetwork}
	base := control.Overview{Now: now, LastRecord: now.Add(-20 * time.Second), Webhooks: []control.WebhookView{on}}
	with := func(change func(*control.Overview)) control.Overview {
		o := base
		change(&o)
		return o
	}
	tests := []struct {
		name        string
		o           control.Overview
		status      widgets.Status
		title, text string
		none        bool
	}{
		{name: "all well", o: base, status: widgets.Good, title: "Everything is being delivered", text: "Last record 20 s ago."},
		{name: "nothing came yet", o: with(func(o *control.Overview) { o.LastRecord = time.Time{} }), status: widgets.Good, title: "Ready", text: "The first record goes out as soon as it comes in."},
		{name: "some wait", o: with(func(o *control.Overview) { o.Waiting = 1200; o.About = true }), status: widgets.Good, title: "Sending goes well", text: "about 1,200 waiting. They go out by themselves."},
		{name: "paused", o: with(func(o *control.Overview) { o.Paused = true }), status: widgets.Paused, title: "Sending is paused", text: "New records are still collected. They go out when you resume."},
		{name: "after a restore from another computer", o: with(func(o *control.Overview) { o.Paused, o.Resting = true, true }), none: true},
		{name: "paused for a while", o: with(func(o *control.Overview) { o.Paused = true; o.PausedUntil = now.Add(30 * time.Minute) }), status: widgets.Paused, title: "Sending is paused", text: "New records are still collected. Sending resumes by itself: 11:15."},
		{name: "no network", o: with(func(o *control.Overview) { o.Webhooks = []control.WebhookView{noNet}; o.Waiting = 12 }), status: widgets.Waiting, title: "No internet connection", text: "12 messages are waiting. They go out by themselves."},
		{name: "no network, one waits", o: with(func(o *control.Overview) { o.Webhooks = []control.WebhookView{noNet}; o.Waiting = 1 }), status: widgets.Waiting, title: "No internet connection", text: "1 message is waiting. It goes out by itself."},
		{name: "none on", o: with(func(o *control.Overview) {
			o.Webhooks = []control.WebhookView{{Webhook: core.Webhook{State: core.StateOff}}}
		}), status: widgets.Paused, title: "No webhook is on", text: "Records are kept. Turn a webhook on, and they go out."},
		{name: "a backlog", o: with(func(o *control.Overview) {
			v := on
			v.Condition, v.Waiting, v.Done = control.On, 8845, now.Add(215*time.Minute)
			o.Webhooks, o.Waiting = []control.WebhookView{v, on}, 8845
		}), status: widgets.Good, title: "Sending goes well", text: "8,845 waiting, done about 14:20. They go out by themselves."},
		{name: "somebody is needed", o: with(func(o *control.Overview) { o.Needs = make([]control.Need, 1) }), none: true},
		{name: "no network is said once", o: with(func(o *control.Overview) {
			o.Webhooks, o.Needs = []control.WebhookView{noNet}, []control.Need{{Kind: control.NeedWebhook}}
		}), status: widgets.Waiting, title: "No internet connection", text: "New messages wait until it is back."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b, ok := bannerOf(test.o)
			if ok == test.none || b.status != test.status || b.title != test.title || b.text != test.text {
				t.Errorf("%+v, %v", b, ok)
			}
			if b.resume != (test.o.Paused && !test.o.Resting) {
				t.Errorf("resume button: %v", b.resume)
			}
		})
	}
}

func TestTiles(t *testing.T) {
	now := guitest.Now()
	tests := []struct {
		name string
		o    control.Overview
		want [4]tile
	}{
		{"an ordinary day", control.Overview{
			Now: now, DeliveredToday: 1284, Waiting: 12, NextTry: now.Add(3 * time.Minute), Failed: 2, FailedSince: now.Add(-7 * time.Minute),
			Sources: 4, LastRecord: now.Add(-20 * time.Second),
		}, [4]tile{{"1,284", "delivered", "Today, so far"}, {"12", "waiting", "Next try at 10:48"}, {"2", "failed", "Since 10:38"}, {"4", "sources", "Last record 20 s ago"}}},
		{"nothing yet", control.Overview{Now: now, Sources: 1}, [4]tile{{"0", "delivered", "Today, so far"}, {"0", "waiting", "Nothing to wait for"}, {"0", "failed", "None kept"}, {"1", "source", "No record yet"}}},
		{"paused, still counting", control.Overview{Now: now, Waiting: 1200, About: true, Paused: true}, [4]tile{{"0", "delivered", "Today, so far"}, {"~1,200", "waiting", "Sending is paused"}, {"0", "failed", "None kept"}, {"0", "sources", "No record yet"}}},
		{"due", control.Overview{Now: now, Waiting: 1, NextTry: now.Add(-time.Second)}, [4]tile{{"0", "delivered", "Today, so far"}, {"1", "waiting", "Next try now"}, {"0", "failed", "None kept"}, {"0", "sources", "No record yet"}}},
	}
	for _, test := range tests {
		if got := tilesOf(test.o); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
