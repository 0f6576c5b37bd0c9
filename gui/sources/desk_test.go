package sources

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/exchange"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

// desk is the page in a window, and what it said.
type desk struct {
	*screen.Desk
	page    *Page
	service *guitest.Service
	said    []string
	offer   func() // what the last message had to press; nil for nothing
}

func in(t *testing.T, s *guitest.Service, narrow bool, run func(*desk)) {
	t.Helper()
	inRoom(t, s, screen.Room(narrow), narrow, run)
}

func inRoom(t *testing.T, s *guitest.Service, room fyne.Size, narrow bool, run func(*desk)) {
	t.Helper()
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := &desk{service: s, page: New(s)}
		d.page.Now = guitest.Now
		d.page.OnSay = func(text string) { d.said = append(d.said, text) }
		d.page.OnOffer = func(text, action string, act func()) {
			d.said = append(d.said, text)
			d.offer = act
		}
		d.page.AskFolder = func(then func(string)) { then("/home/ada/Shared/New") }
		d.page.AskFile = func(then func(string)) { then("/home/ada/Shared/Members.xlsx") }
		d.Desk = screen.NewDesk(t, d.page.Content(), room)
		d.Act(func() {
			d.page.SetNarrow(narrow)
			d.page.Show(d.Window.Canvas())
		})
		run(d)
		d.Act(d.page.Leave)
		time.Sleep(time.Minute) // for keys that hide by themselves
	})
}

// source gives a stored source by its name.
func (d *desk) source(name string) core.Source {
	d.Helper()
	all, _ := d.service.Sources(context.Background())
	for _, v := range all {
		if v.Source.Name == name {
			return v.Source
		}
	}
	d.Fatalf("there is no source %q", name)
	return core.Source{}
}

// setup is the page that is shown.
func (d *desk) setup() *setup {
	d.Helper()
	s, ok := d.page.place.(*setup)
	if !ok {
		d.Fatalf("shown is %T", d.page.place)
	}
	return s
}

// box finds a box to type into by its label.
func (d *desk) box(label string) *widgets.Entry {
	d.Helper()
	var found *widgets.Entry
	screen.Walk(d.Front(), func(o fyne.CanvasObject) bool {
		switch o := o.(type) {
		case *widgets.Entry:
			if found == nil && o.AccessibilityLabel() == label {
				found = o
			}
		case *pick:
			if found == nil && o.AccessibilityLabel() == label {
				found = &o.Entry
			}
		}
		return found != nil
	})
	if found == nil {
		d.Fatalf("no box is for %q", label)
	}
	return found
}

// typed fills in a box.
func (d *desk) typed(label, text string) {
	d.Helper()
	e := d.box(label)
	d.Act(func() { e.SetText(text) })
}

// chosen chooses in a select by the words of its label and of the choice.
func (d *desk) chosen(label, choice string) {
	d.Helper()
	d.Tap(label)
	d.Tap(choice)
}

// openFolds unfolds everything.
func (d *desk) openFolds() {
	screen.Walk(d.Window.Content(), func(o fyne.CanvasObject) bool {
		if f, ok := o.(*exchange.Fold); ok {
			f.SetOpen(true)
		}
		return false
	})
}

// lookIfPossible looks what is there, where something can be looked at.
func (d *desk) lookIfPossible() {
	if screen.Find(d.Front(), "Look what is there") != nil {
		d.Tap("Look what is there")
	}
}
