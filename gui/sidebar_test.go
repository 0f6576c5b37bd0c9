package gui

import (
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

func TestStandings(t *testing.T) {
	now := guitest.Now()
	view := func(state core.State) control.WebhookView {
		return control.WebhookView{Webhook: core.Webhook{State: state}}
	}
	on, off := view(core.StateOn), view(core.StateOff)
	tests := []struct {
		name               string
		o                  control.Overview
		title, sub, button string
	}{
		{"not read yet", control.Overview{}, "Reading…", "", ""},
		{"nothing exists", control.Overview{Now: now}, "Nothing to do yet", "No webhooks", ""},
		{"none on", control.Overview{Now: now, Webhooks: []control.WebhookView{off}}, "Nothing is sent", "No webhook is on", ""},
		{"sending", control.Overview{Now: now, Webhooks: []control.WebhookView{on, off, on}}, "Sending", "2 webhooks on", "Pause sending"},
		{"one", control.Overview{Now: now, Webhooks: []control.WebhookView{on}}, "Sending", "1 webhook on", "Pause sending"},
		{"paused", control.Overview{Now: now, Paused: true, Webhooks: []control.WebhookView{on}}, "Sending is paused", "New records are kept", "Resume"},
		{"after a restore from another computer", control.Overview{Now: now, Paused: true, Resting: true, Webhooks: []control.WebhookView{on}}, "Nothing is sent", "Home says why", ""},
		{"paused for a while", control.Overview{Now: now, Paused: true, PausedUntil: now.Add(30 * time.Minute)}, "Paused until 11:15", "New records are kept", "Resume"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := standingOf(test.o)
			if s.title != test.title || s.sub != test.sub || s.button != test.button {
				t.Errorf("%q, %q, button %q; want %q, %q, %q", s.title, s.sub, s.button, test.title, test.sub, test.button)
			}
		})
	}
}

func TestPauseAndResumeFromTheCard(t *testing.T) {
	for name, size := range sizes {
		t.Run(name, func(t *testing.T) {
			in(t, guitest.Office(), size, "webhooks", func(t *testing.T, d *desk) {
				press := "Pause sending"
				if d.frame.narrow() {
					press = "Sending. Pause sending"
				}
				d.tap(t, press)
				menu := d.win.Canvas().Overlays().Top()
				for _, word := range []string{"30 minutes", "1 hour", "Until tomorrow morning", "Until I resume"} {
					if !screen.HasItem(menu, word) {
						t.Errorf("%q cannot be chosen", word)
					}
				}
				d.act(func() { screen.TapItem(t, menu, "Until I resume") })
				if d.service.Called("Pause") != 1 {
					t.Fatal("sending was not paused")
				}
				resume := "Resume"
				if d.frame.narrow() {
					resume = "Sending is paused. Resume"
				}
				d.tap(t, resume)
				if d.service.Called("Resume") != 1 {
					t.Error("sending was not resumed")
				}
				d.tap(t, press)
			})
		})
	}
}

func TestFailedPill(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "webhooks", func(t *testing.T, d *desk) {
		d.sees(t, "Activity")
		if n := d.sidebar.failed; n != 2 {
			t.Errorf("the pill shows %d failed, want 2", n)
		}
	})
}
