package hooks

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/theme"
)

// desk is the page in a window, where it led to and what it said.
type desk struct {
	page    *Page
	service *guitest.Service
	w       fyne.Window
	led     []string
	said    []string
}

func in(t *testing.T, s *guitest.Service, narrow bool, run func(t *testing.T, d *desk)) {
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := &desk{service: s, page: New(s)}
		d.page.Now = guitest.Now
		d.page.OnOpen = func(id string) { d.led = append(d.led, "open "+id) }
		d.page.OnTest = func(id string) { d.led = append(d.led, "test "+id) }
		d.page.OnNew = func() { d.led = append(d.led, "new") }
		d.page.OnSay = func(text string) { d.said = append(d.said, text) }
		size := screen.Wide.SubtractWidthHeight(theme.SidebarWidth, 0)
		if narrow {
			size = screen.Narrow.SubtractWidthHeight(theme.RailWidth, 0)
		}
		d.w = screen.Window(t, d.page.Content(), size)
		d.act(func() {
			d.page.SetNarrow(narrow)
			d.page.Show(d.w.Canvas())
		})
		run(t, d)
	})
}

func (d *desk) act(f func()) {
	background.Act(f)
	synctest.Wait()
}

// front is what lies over the page, if anything, else the page.
func (d *desk) front() fyne.CanvasObject {
	if top := d.w.Canvas().Overlays().Top(); top != nil {
		return top
	}
	return d.w.Content()
}

func (d *desk) tap(t *testing.T, label string) {
	t.Helper()
	d.act(func() { screen.Tap(t, d.front(), label) })
}

// choose opens a webhook's menu and takes an item.
func (d *desk) choose(t *testing.T, webhook, item string) {
	t.Helper()
	d.tap(t, "More about "+webhook)
	d.act(func() { screen.TapItem(t, d.front(), item) })
}

func (d *desk) state(id string) (state core.State, waiting uint64, there bool) {
	v, err := d.service.Webhook(context.Background(), id)
	return v.Webhook.State, v.Waiting, err == nil
}

func TestMenuOffersWhatTheStateAllows(t *testing.T) {
	all := []string{"Pause", "Turn off", "Turn on", "Resume", "Try now", "Edit", "Test", "Delete…"}
	tests := []struct {
		name, id string
		state    core.State
		want     []string
	}{
		{"on", "staff", core.StateOn, []string{"Pause", "Turn off", "Edit", "Test", "Delete…"}},
		{"on, some wait", "newsletter", core.StateOn, []string{"Pause", "Turn off", "Try now", "Edit", "Test", "Delete…"}},
		{"paused", "staff", core.StatePaused, []string{"Turn off", "Resume", "Edit", "Test", "Delete…"}},
		{"off", "staff", core.StateOff, []string{"Turn on", "Edit", "Test", "Delete…"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := guitest.Office()
			if err := s.SetState(t.Context(), test.id, test.state, false); err != nil {
				t.Fatal(err)
			}
			in(t, s, false, func(t *testing.T, d *desk) {
				v, err := s.Webhook(context.Background(), test.id)
				if err != nil {
					t.Fatal(err)
				}
				d.tap(t, "More about "+v.Webhook.Name)
				var offered []string
				for _, item := range all {
					if screen.HasItem(d.front(), item) {
						offered = append(offered, item)
					}
				}
				if !slices.Equal(offered, test.want) {
					t.Errorf("offers %q, want %q", offered, test.want)
				}
			})
		})
	}
}

func TestPauseTurnOffAndOn(t *testing.T) {
	in(t, guitest.Office(), true, func(t *testing.T, d *desk) {
		for _, step := range []struct {
			item string
			want core.State
		}{{"Pause", core.StatePaused}, {"Resume", core.StateOn}, {"Turn off", core.StateOff}, {"Turn on", core.StateOn}} {
			d.choose(t, "Staff directory", step.item)
			if state, _, _ := d.state("staff"); state != step.want {
				t.Errorf("after %s it is %s", step.item, state)
			}
		}
		want := []string{"Staff directory is paused. Its records are kept.", "Staff directory is on.", "Staff directory is off.", "Staff directory is on."}
		if !slices.Equal(d.said, want) {
			t.Errorf("said %q", d.said)
		}
	})
}

func TestTurnOnAsksAboutWhatCameMeanwhile(t *testing.T) {
	tests := []struct {
		answer  string
		state   core.State
		waiting uint64
	}{
		{"Also send the 412", core.StateOn, 412},
		{"Only new ones", core.StateOn, 0},
		{"Cancel", core.StateOff, 0},
	}
	for _, test := range tests {
		t.Run(test.answer, func(t *testing.T) {
			s := guitest.Office()
			s.Edit(func(data *guitest.Data) {
				v := &data.Webhooks[3]
				v.Webhook.State, v.Condition, v.Meanwhile = core.StateOff, control.Off, 412
			})
			in(t, s, false, func(t *testing.T, d *desk) {
				d.choose(t, "Staff directory", "Turn on")
				if !screen.Has(d.front(), "412 records came while it was off.") {
					t.Errorf("asked %q", screen.Texts(d.front()))
				}
				d.tap(t, test.answer)
				if state, waiting, _ := d.state("staff"); state != test.state || waiting != test.waiting {
					t.Errorf("it is %s with %d waiting, want %s with %d", state, waiting, test.state, test.waiting)
				}
			})
		})
	}
}

func TestDeleteAsksFirst(t *testing.T) {
	in(t, guitest.Office(), false, func(t *testing.T, d *desk) {
		d.choose(t, "Newsletter sign-ups", "Delete…")
		if !screen.Has(d.front(), "12 messages still wait and will not be sent. What was sent stays in Activity.") {
			t.Errorf("asked %q", screen.Texts(d.front()))
		}
		d.tap(t, "Keep it")
		if _, _, there := d.state("newsletter"); !there {
			t.Fatal("deleted although it was to be kept")
		}
		d.choose(t, "Newsletter sign-ups", "Delete…")
		d.tap(t, "Delete")
		if _, _, there := d.state("newsletter"); there || screen.Has(d.w.Content(), "Newsletter sign-ups") {
			t.Error("still there")
		}
	})
}

func TestAConflictIsSaidAndReadAnew(t *testing.T) {
	s := guitest.Office()
	in(t, s, false, func(t *testing.T, d *desk) {
		s.Edit(func(data *guitest.Data) { data.Webhooks[3].Revision++ })
		d.choose(t, "Staff directory", "Delete…")
		d.tap(t, "Delete")
		if !screen.Has(d.w.Content(), "Staff directory was changed elsewhere meanwhile. Nothing was overwritten.") {
			t.Fatalf("said %q", screen.Texts(d.w.Content()))
		}
		d.tap(t, "Show the newer one")
		d.choose(t, "Staff directory", "Delete…")
		d.tap(t, "Delete")
		if _, _, there := d.state("staff"); there {
			t.Error("still there after reading anew")
		}
	})
}

func TestWhereItLeads(t *testing.T) {
	in(t, guitest.Office(), false, func(t *testing.T, d *desk) {
		d.tap(t, "Staff directory")
		d.choose(t, "Staff directory", "Edit")
		d.choose(t, "Staff directory", "Test")
		d.tap(t, "New webhook")
		if want := []string{"open staff", "open staff", "test staff", "new"}; !slices.Equal(d.led, want) {
			t.Errorf("led to %q, want %q", d.led, want)
		}
	})
}

func TestNoWebhookYet(t *testing.T) {
	in(t, guitest.Empty(), false, func(t *testing.T, d *desk) {
		if !screen.Has(d.w.Content(), "No webhook yet") {
			t.Errorf("there is %q", screen.Texts(d.w.Content()))
		}
	})
}

func TestShots(t *testing.T) {
	screen.OnlyForShots(t)
	in(t, guitest.Office(), false, func(t *testing.T, d *desk) { screen.Shots(t, d.w, "hooks-1200") })
	in(t, guitest.Office(), true, func(t *testing.T, d *desk) {
		d.tap(t, "More about Newsletter sign-ups")
		screen.Shots(t, d.w, "hooks-900")
	})
}
