// Package past shows what was changed in the settings, offers the way back, and asks
// which of two changes made at once is to count. It must not change settings by
// itself: the engine does.
package past

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	corepast "hookbird/core/past"
	"hookbird/gui/background"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// Service is what this asks of the engine.
type Service interface {
	Pasts(ctx context.Context, q core.PastQuery) ([]control.PastView, error)
	ComparePast(ctx context.Context, r control.PastPair) ([]corepast.Change, error)
	BringBack(ctx context.Context, r control.PastRef) error
	UndoRemoval(ctx context.Context, id uint64) error
}

// pageOf is how many changes are read at once.
const pageOf = 50

// Params are what the dialog of changes needs.
type Params struct {
	Canvas  fyne.Canvas
	Service Service
	Title   string        // "What was changed"
	Kind    core.PastKind // with Target: of one webhook or source alone; "": of everything
	Target  string
	Now     func() time.Time
	Say     func(text string) // shows a short message
	OnDone  func()            // something was brought back; may be nil
}

// Dialog shows changes of the settings. It belongs to the UI goroutine.
type Dialog struct {
	p       Params
	changes []control.PastView
	chosen  int
	now     bool // compared with what is set now
	asked   int  // comparisons that were asked for: only the last is shown

	notice  *parts.Notice
	list    *fyne.Container
	rows    []*widgets.Row
	older   *widgets.Button
	views   *widgets.Segmented
	details *fyne.Container
	back    *widgets.Button
	dialog  *widgets.Dialog
}

// Show opens the dialog and reads the newest changes.
func Show(p Params) *Dialog {
	d := &Dialog{p: p, notice: parts.NewNotice(), list: widgets.VBox(2), details: widgets.VBox(0)}
	size := p.Canvas.Size()
	width, height := min(940, size.Width-110), min(430, size.Height-300)
	d.older = widgets.NewButton(widgets.Quiet, "Show older ones", icons.None, d.readOlder)
	d.older.Hide()
	d.views = widgets.NewSegmented([]string{"What this changed", "Compared with now"}, func(i int) {
		d.now = i == 1
		d.show()
	})
	d.back = widgets.NewButton(widgets.Primary, "", icons.Refresh, d.bringBack)
	side := widgets.NewScroll(widgets.Padded(0, 10, 0, 0, widgets.VBox(6, d.list, d.older)))
	right := widgets.NewScroll(widgets.Padded(2, 12, 2, 0, d.details))
	body := widgets.VBox(10, d.notice.Object(), widgets.HBox(16, widgets.Fixed(290, height, side),
		widgets.Grow(widgets.VBox(12, d.views, widgets.MinSize(width-306, height-46, right)))))
	d.dialog = widgets.NewDialog(p.Canvas, p.Title, body,
		widgets.NewButton(widgets.Secondary, "Close", icons.None, func() { d.dialog.Hide() }), d.back)
	d.back.SetEnabled(false)
	d.read(0)
	d.dialog.Show()
	return d
}

// read reads the changes before one, 0 for the newest.
func (d *Dialog) read(before uint64) {
	q := core.PastQuery{Before: before, Limit: pageOf, Kind: d.p.Kind, Target: d.p.Target}
	background.Run(func(ctx context.Context) ([]control.PastView, error) { return d.p.Service.Pasts(ctx, q) },
		func(list []control.PastView, err error) {
			d.notice.Fail(err)
			if err != nil {
				return
			}
			if before == 0 {
				d.changes, d.chosen = nil, 0
			}
			d.changes = append(d.changes, list...)
			d.older.Hidden = len(list) < pageOf
			d.fill()
		})
}

func (d *Dialog) readOlder() {
	if n := len(d.changes); n > 0 {
		d.read(d.changes[n-1].ID)
	}
}

// fill lists what was read.
func (d *Dialog) fill() {
	d.list.Objects, d.rows = nil, nil
	for i, c := range d.changes {
		title := Title(c)
		row := widgets.NewRow(title, widgets.Padded(7, 10, 7, 10, widgets.VBox(1,
			widgets.NewParagraph(title, widgets.Strong), widgets.NewParagraph(words.When(c.At, d.p.Now())+", "+By(c.By), widgets.Caption))),
			func() { d.choose(i) })
		d.rows = append(d.rows, row)
		d.list.Add(row)
	}
	if len(d.changes) == 0 {
		d.list.Add(widgets.NewParagraph("Nothing was changed yet.", widgets.Subtitle))
	}
	d.choose(d.chosen)
}

func (d *Dialog) choose(i int) {
	d.chosen = i
	for k, row := range d.rows {
		row.SetSelected(k == i)
	}
	d.list.Refresh()
	d.show()
}

// show shows the chosen change, or what differs between it and now.
func (d *Dialog) show() {
	if d.chosen >= len(d.changes) {
		d.details.Objects = nil
		d.details.Refresh()
		d.back.SetEnabled(false)
		return
	}
	c := d.changes[d.chosen]
	d.asked++
	d.back.SetText(d.backText(c))
	d.back.SetEnabled(d.back.Text() != "")
	d.back.Hidden = d.back.Text() == ""
	if !d.now || c.Removed {
		d.fillDetails(c.Changes, "Before", "After", "Nothing that is shown here.")
		return
	}
	asked := d.asked
	background.Run(func(ctx context.Context) ([]corepast.Change, error) {
		return d.p.Service.ComparePast(ctx, control.PastPair{From: control.PastRef{Change: c.ID}})
	}, func(list []corepast.Change, err error) {
		if asked != d.asked {
			return
		}
		d.notice.Fail(err)
		d.fillDetails(list, "Then", "Now", "Everything is as it was after this change.")
	})
}

// backText is what the button does with the change.
func (d *Dialog) backText(c control.PastView) string {
	switch {
	case c.Removed && !c.Undo.IsZero():
		return "Undo the removal"
	case c.Removed:
		return ""
	case d.now:
		return "Bring this state back"
	case c.Made:
		return ""
	}
	return "Bring back what was before"
}

// fillDetails lists fields, one under the other, as they were at one time and another.
func (d *Dialog) fillDetails(list []corepast.Change, was, is, none string) {
	d.details.Objects = nil
	if len(list) == 0 {
		d.details.Add(widgets.NewParagraph(none, widgets.Subtitle))
		d.details.Refresh()
		return
	}
	line := func(top float32, field, before, after fyne.CanvasObject) {
		d.details.Add(widgets.Padded(top, 0, 8, 0, widgets.Columns(14, []float32{4, 5, 5}, field, before, after)))
	}
	line(0, widgets.NewText("", widgets.Caption), widgets.NewText(was, widgets.Caption), widgets.NewText(is, widgets.Caption))
	for _, c := range list {
		d.details.Add(widgets.NewDivider())
		line(8, widgets.NewParagraph(c.Field, widgets.Strong),
			widgets.NewParagraph(orNothing(c.Before), widgets.Body.In(theme.Muted)),
			widgets.NewParagraph(orNothing(c.After), widgets.Body))
	}
	d.details.Refresh()
}

func orNothing(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// bringBack does what the button says, and shows what became of it.
func (d *Dialog) bringBack() {
	if d.chosen >= len(d.changes) {
		return
	}
	c, before := d.changes[d.chosen], !d.now
	said := c.Name + " is as it was before."
	switch {
	case c.Kind == core.PastSettings:
		said = "The settings are as they were."
	case c.Removed:
		said = c.Name + " is back."
	case d.now:
		said = c.Name + " is as it was then."
	}
	d.back.SetEnabled(false)
	background.Do(func(ctx context.Context) error {
		if c.Removed {
			return d.p.Service.UndoRemoval(ctx, c.ID)
		}
		return d.p.Service.BringBack(ctx, control.PastRef{Change: c.ID, Before: before})
	}, func(err error) {
		d.notice.Fail(err)
		d.back.SetEnabled(true)
		if err != nil {
			return
		}
		d.p.Say(said)
		if d.p.OnDone != nil {
			d.p.OnDone()
		}
		d.read(0)
	})
}

// Title says what a change did.
func Title(c control.PastView) string {
	switch {
	case c.Kind == core.PastSettings:
		return "Settings changed"
	case c.Removed && !c.Undo.IsZero():
		return c.Name + " deleted"
	case c.Removed:
		return c.Name + " deleted, for good"
	case c.Made:
		return c.Name + " made"
	}
	return c.Name + " changed"
}

// By says who made a change, and how.
func By(a core.Author) string {
	who := "by " + a.User
	if a.User == "" {
		who = "by somebody here"
	}
	switch a.Via {
	case core.ViaFile:
		return who + ", from " + a.File
	case core.ViaPast:
		return who + ", brought back"
	case core.ViaRestore:
		return who + ", from a backup"
	case core.ViaWindow:
		return who
	}
	return "by Hookbird itself"
}
