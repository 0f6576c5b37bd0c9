package gui

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

var errGone = core.Wrap(core.CodeUnavailable, control.ErrNobody, "Hookbird is not running. Start it, then try again.")

func TestOnlyWhatIsVisibleIsReadAnew(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "webhooks", func(t *testing.T, d *desk) {
		d.open("sources")
		before := map[string]int{}
		for _, m := range []string{"Sources", "Webhooks", "Overview", "Settings"} {
			before[m] = d.service.Called(m)
		}
		d.tells(control.Change{Generation: 7})
		for m, want := range map[string]int{"Sources": 1, "Overview": 1, "Webhooks": 0, "Settings": 0} {
			if got := d.service.Called(m) - before[m]; got != want {
				t.Errorf("%s was read %d times, want %d", m, got, want)
			}
		}
		d.tells(control.Change{Generation: 7})
		if got := d.service.Called("Sources") - before["Sources"]; got != 1 {
			t.Errorf("the same generation again: read %d times, want 1", got)
		}
	})
}

func TestAStreamOfChangesIsReadAtAHumanPace(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "sources", func(t *testing.T, d *desk) {
		before := d.service.Called("Sources")
		for n := range uint64(10) {
			d.tells(control.Change{Generation: n + 1})
		}
		if got := d.service.Called("Sources") - before; got != 1 {
			t.Errorf("read %d times at once, want 1", got)
		}
		time.Sleep(refreshGap + time.Millisecond)
		synctest.Wait()
		if got := d.service.Called("Sources") - before; got != 2 {
			t.Errorf("read %d times in all, want 2: the last change must be seen", got)
		}
	})
}

func TestReadingIsTriedAgainUntilTheEngineIsReady(t *testing.T) {
	for _, target := range []string{"home", "sources"} {
		t.Run(target, func(t *testing.T) {
			s := guitest.Office()
			starting := core.Wrap(core.CodeUnavailable, control.ErrStarting, "Hookbird is still starting. Try again in a moment.")
			for _, m := range []string{"Overview", "Sources", "Settings"} {
				s.Fail(m, starting)
			}
			in(t, s, screen.Wide, target, func(t *testing.T, d *desk) {
				d.sees(t, "Hookbird is still starting.")
				for _, m := range []string{"Overview", "Sources", "Settings"} {
					s.Fail(m, nil)
				}
				time.Sleep(3 * retryAfter)
				synctest.Wait()
				if d.has("Hookbird is still starting.") || !d.has("4 webhooks on") {
					t.Errorf("nothing was read once it could be; there is %q", screen.Texts(d.content()))
				}
			})
		})
	}
}

func TestTheSidebarIsReadThoughHomeWasLeftAtOnce(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "settings", func(t *testing.T, d *desk) {
		d.act(func() { d.sidebar.update(control.Overview{}) })
		d.act(func() {
			d.Open("home")
			d.Open("sources")
		})
		d.sees(t, "4 webhooks on")
	})
}

func TestTheFirstLineIsNews(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "sources", func(t *testing.T, d *desk) {
		before := d.service.Called("Sources")
		d.tells(control.Change{})
		if got := d.service.Called("Sources") - before; got != 1 {
			t.Errorf("read %d times after the first line, want 1", got)
		}
	})
}

func TestComesForwardAndSaysSoOnce(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "home", func(t *testing.T, d *desk) {
		d.tells(control.Change{Generation: 1, Show: 3, Page: "settings"})
		if d.current != page(d.prefs) {
			t.Errorf("shows %T, want Settings", d.current)
		}
		d.tells(control.Change{Generation: 2, Show: 3, Page: "settings"})
		if acked := d.link.acknowledged(); !slices.Equal(acked, []uint64{3}) {
			t.Errorf("acknowledged %v, want [3]", acked)
		}
		d.act(d.shut)
		d.act(func() { d.changed(t.Context(), control.Change{Generation: 3, Show: 4}) })
		if acked := d.link.acknowledged(); len(acked) != 1 {
			t.Errorf("acknowledged %v: a closing window must not", acked)
		}
	})
}

func TestQuitAndASecondWindowClose(t *testing.T) {
	for name, end := range map[string]error{"quit": nil, "another window": control.ErrWindowOpen} {
		t.Run(name, func(t *testing.T) {
			in(t, guitest.Office(), screen.Wide, "home", func(t *testing.T, d *desk) {
				d.link.ends <- end
				synctest.Wait()
				if !d.closed {
					t.Error("the window is still open")
				}
			})
		})
	}
}

func TestEngineThatComesBack(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "home", func(t *testing.T, d *desk) {
		d.link.ends <- errGone
		synctest.Wait()
		d.sees(t, "Looking for it…")
		d.link.found <- nil
		synctest.Wait()
		if d.has("Looking for it…") {
			t.Error("still looks for an engine that is there")
		}
		if d.started != 0 {
			t.Errorf("started %d engines beside one that came back", d.started)
		}
		d.tells(control.Change{Generation: 1, Show: 1}) // the stream is followed again
		if len(d.link.acknowledged()) != 1 {
			t.Error("the stream is not followed again")
		}
	})
}

func TestDeadEngineIsStartedAnew(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "home", func(t *testing.T, d *desk) {
		d.link.ends <- errGone
		time.Sleep(firstLook + time.Millisecond)
		synctest.Wait()
		if d.started != 1 {
			t.Fatalf("started %d engines, want 1", d.started)
		}
		d.link.found <- errGone
		synctest.Wait()
		d.sees(t, "Hookbird is not running.")
		d.tap(t, "Close")
		if !d.closed {
			t.Error("the window is still open")
		}
	})
}

func TestAnotherVersionIsSaid(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "home", func(t *testing.T, d *desk) {
		d.link.ends <- errGone
		synctest.Wait()
		d.link.found <- core.Wrap(core.CodeUnavailable, control.ErrVersion, "Hookbird 0.2.0 is running now. Restart this window to go on with it.")
		synctest.Wait()
		d.sees(t, "Hookbird 0.2.0 is running now.")
		if d.started != 0 {
			t.Error("an engine was started beside another one")
		}
	})
}

func TestNoTrayIsSaidOnceItIsSure(t *testing.T) {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) { d.Settings.Tray = false })
	in(t, s, screen.Wide, "home", func(t *testing.T, d *desk) {
		if d.has("no tray icon") {
			t.Error("said before the tray had time to come")
		}
		time.Sleep(tickEvery + time.Millisecond)
		synctest.Wait()
		d.sees(t, "This desktop shows no tray icon.")
		s.Edit(func(d *guitest.Data) { d.Settings.Tray = true })
		time.Sleep(tickEvery)
		synctest.Wait()
		if d.has("no tray icon") {
			t.Error("still said although it is there")
		}
	})
}

func TestTroubleOfACommandIsSaid(t *testing.T) {
	s := guitest.Office()
	s.Fail("Pause", core.Errorf(core.CodeUnavailable, "The disk is full. Make room, then try again."))
	in(t, s, screen.Wide, "home", func(t *testing.T, d *desk) {
		d.act(func() { d.pauseSending(time.Time{}) })
		d.sees(t, "The disk is full.")
	})
}

func TestStartThatFails(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "home", func(t *testing.T, d *desk) {
		f := &follower{link: d.link, start: func() error { return errors.New("no such program") }}
		done := make(chan error)
		go func() { done <- f.find(t.Context()) }()
		err := <-done
		if core.Sentence(err) != "Hookbird stopped and could not be started again. Start it from the menu of this computer." {
			t.Errorf("said %q", core.Sentence(err))
		}
	})
}
