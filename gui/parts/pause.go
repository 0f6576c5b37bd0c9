package parts

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/gui/words"
)

// PauseItems are the choices of how long to pause. Pause is told until when; the
// zero time means until somebody resumes.
func PauseItems(now time.Time, pause func(until time.Time)) []*fyne.MenuItem {
	item := func(word string, until time.Time) *fyne.MenuItem {
		return fyne.NewMenuItem(word, func() { pause(until) })
	}
	return []*fyne.MenuItem{
		item("30 minutes", now.Add(30*time.Minute)),
		item("1 hour", now.Add(time.Hour)),
		item("Until tomorrow morning", words.NextMorning(now)),
		item("Until I resume", time.Time{}),
	}
}

// PauseItem leads from a webhook's menu to the choice of how long to pause it.
func PauseItem(anchor fyne.CanvasObject, now func() time.Time, pause func(until time.Time)) *fyne.MenuItem {
	return fyne.NewMenuItem("Pause for a while…", func() { OpenMenu(anchor, PauseItems(now(), pause)) })
}

// PausedText says that a webhook is paused, and for how long.
func PausedText(name string, until, now time.Time) string {
	if until.IsZero() {
		return name + " is paused until you resume. Its records are kept."
	}
	return name + " is paused until " + words.When(until, now) + ". Its records are kept."
}

// OpenMenu shows a menu below what was pressed, or above it where there is no
// room below.
func OpenMenu(anchor fyne.CanvasObject, items []*fyne.MenuItem) {
	driver := fyne.CurrentApp().Driver()
	canvas := driver.CanvasForObject(anchor)
	if canvas == nil {
		return
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), canvas)
	size := menu.MinSize()
	at := driver.AbsolutePositionForObject(anchor)
	at.X = max(4, min(at.X, canvas.Size().Width-size.Width-4))
	if below := at.Y + anchor.Size().Height + 2; below+size.Height <= canvas.Size().Height {
		at.Y = below
	} else {
		at.Y = max(4, at.Y-size.Height-2)
	}
	menu.ShowAtPosition(at)
}
