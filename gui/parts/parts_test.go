package parts

import (
	"errors"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/core"
	"hookbird/core/job"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

func TestNoticeOfReadingGoesWhenReadingGoesWell(t *testing.T) {
	screen.App(t)
	n := NewNotice()
	n.Read(core.Errorf(core.CodeUnavailable, "Hookbird is not running."))
	if n.Text() != "Hookbird is not running." {
		t.Errorf("says %q", n.Text())
	}
	n.Read(nil)
	if n.Text() != "" {
		t.Errorf("still says %q", n.Text())
	}
	n.Fail(core.Errorf(core.CodeInvalid, "This address is missing https:// at the start."))
	n.Read(nil)
	n.Read(errors.New("gone"))
	if n.Text() != "This address is missing https:// at the start." {
		t.Errorf("what somebody was told gave way to %q", n.Text())
	}
	n.Fail(nil)
	if n.Text() != "" {
		t.Errorf("still says %q", n.Text())
	}
}

func TestNoticeOfAConflictOffersTheNewerOne(t *testing.T) {
	screen.App(t)
	n, reloaded := NewNotice(), 0
	n.FailOr(core.Errorf(core.CodeConflict, "Changed elsewhere."), func() { reloaded++ })
	screen.Tap(t, n.Object(), "Show the newer one")
	if reloaded != 1 || n.Text() != "" {
		t.Errorf("reloaded %d times, says %q", reloaded, n.Text())
	}
	n.FailOr(core.Errorf(core.CodeInvalid, "No name yet."), func() { reloaded++ })
	if screen.Find(n.Object(), "Show the newer one") != nil || n.Text() != "No name yet." {
		t.Errorf("another kind of trouble says %q", screen.Texts(n.Object()))
	}
}

func TestNoticeMakesRoomInThePage(t *testing.T) {
	screen.App(t)
	p := NewPage("Title", "subtitle")
	body := widgets.NewText("body", widgets.Body)
	p.SetBody(body)
	w := test.NewWindow(p.Object())
	defer w.Close()
	w.Resize(screen.Narrow)
	at := func() float32 { return fyne.CurrentApp().Driver().AbsolutePositionForObject(body).Y }
	before := at()
	p.Notice.Fail(errors.New("trouble"))
	if at() <= before {
		t.Errorf("the notice lies over the body: at %v, before %v", at(), before)
	}
	p.Notice.Clear()
	if at() != before {
		t.Errorf("the notice left a gap: at %v, before %v", at(), before)
	}
}

// line is a row that can be told from others.
type line struct{ *widgets.Text }

func (l line) Object() fyne.CanvasObject { return l.Text }

func TestListKeepsItsRows(t *testing.T) {
	screen.App(t)
	made := 0
	l := NewList(func() line { made++; return line{widgets.NewText("", widgets.Body)} })
	first := l.SetLen(3)[0]
	if again := l.SetLen(3)[0]; again != first || made != 3 {
		t.Errorf("made %d rows for 3, first kept: %v", made, again == first)
	}
	l.SetLen(1)
	if len(l.Rows()) != 1 || len(l.box.Objects) != 1 {
		t.Errorf("%d rows, %d objects", len(l.Rows()), len(l.box.Objects))
	}
	l.SetLen(2)
	if made != 3 || len(l.box.Objects) != 3 {
		t.Errorf("made %d rows, %d objects with the hairline between", made, len(l.box.Objects))
	}
}

func TestPauseItems(t *testing.T) {
	now := time.Date(2026, time.November, 22, 10, 45, 0, 0, time.Local)
	want := map[string]time.Time{
		"30 minutes": now.Add(30 * time.Minute), "1 hour": now.Add(time.Hour),
		"Until tomorrow morning": time.Date(2026, time.November, 23, 8, 0, 0, 0, time.Local), "Until I resume": {},
	}
	var until time.Time
	items := PauseItems(now, func(t time.Time) { until = t })
	if len(items) != len(want) {
		t.Fatalf("%d choices, want %d", len(items), len(want))
	}
	for _, item := range items {
		item.Action()
		if w, ok := want[item.Label]; !ok || !until.Equal(w) {
			t.Errorf("%s: until %v, want %v", item.Label, until, w)
		}
	}
}

func TestMenuStaysInTheWindow(t *testing.T) {
	screen.App(t)
	button := widgets.NewButton(widgets.Secondary, "Pause", "", func() {})
	w := screen.Window(t, widgets.VBox(0, widgets.Spacer(), widgets.HBox(0, widgets.Spacer(), button)), screen.Narrow)
	OpenMenu(button, PauseItems(time.Now(), func(time.Time) {}))
	menu := w.Canvas().Overlays().Top()
	if !screen.HasItem(menu, "Until I resume") {
		t.Fatal("the menu is not open")
	}
	screen.Walk(menu, func(o fyne.CanvasObject) bool {
		if _, ok := o.(fyne.Tappable); !ok || o == menu {
			return false
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
		if end := at.Add(o.Size()); end.X > screen.Narrow.Width || end.Y > screen.Narrow.Height {
			t.Errorf("reaches %v in a window of %v", end, screen.Narrow)
		}
		return false
	})
}

func TestJobBarFollowsItsJob(t *testing.T) {
	screen.App(t)
	b := NewJobBar()
	var asked []string
	b.OnCancel = func(id string) { asked = append(asked, "cancel "+id) }
	b.OnClose = func(id string) { asked = append(asked, "close "+id) }
	if b.Object().Visible() {
		t.Error("a bar without a job is there")
	}
	v := job.View{ID: "j", Title: "Sending 400 messages again", State: job.Running, Step: "Looking", Done: 120, Total: 1400}
	b.Show(v)
	if got := screen.Texts(b.Object()); !slices.Contains(got, "Looking: 120 of 1,400") || !slices.Contains(got, v.Title) {
		t.Errorf("shows %q", got)
	}
	screen.Tap(t, b.Object(), "Cancel: Sending 400 messages again")
	v.State, v.Outcome = job.Cancelled, "120 were sent again."
	b.Show(v)
	if got := screen.Texts(b.Object()); !slices.Contains(got, "120 were sent again.") {
		t.Errorf("shows %q", got)
	}
	screen.Tap(t, b.Object(), "Close: Sending 400 messages again")
	if want := []string{"cancel j", "close j"}; !slices.Equal(asked, want) {
		t.Errorf("asked %q, want %q", asked, want)
	}
	b.Show(job.View{})
	if b.Object().Visible() {
		t.Error("the bar stays")
	}
}

func TestProgressIsTold(t *testing.T) {
	for want, v := range map[string]job.View{
		"":                        {State: job.Running},
		"7":                       {State: job.Running, Done: 7},
		"Copying":                 {State: job.Running, Step: "Copying"},
		"Copying: 1 of 2":         {State: job.Running, Step: "Copying", Done: 1, Total: 2},
		"Cancelled.":              {State: job.Cancelled, Done: 1, Total: 2},
		"The share is not there.": {State: job.Failed, Outcome: "The share is not there."},
	} {
		if got := Progress(v); got != want {
			t.Errorf("%+v: %q, want %q", v, got, want)
		}
	}
}
