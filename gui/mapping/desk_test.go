package mapping

import (
	"encoding/json"
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/core/control"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// desk is a page that holds what a test puts on it.
type desk struct {
	*screen.Desk
	examples *Examples
	inner    *fyne.Container
	scroll   *widgets.Scroll
	left     []Spot
	changes  int
	remarks  map[*Row]string
	sent     map[*Row]string
}

var _ Page = (*desk)(nil)

func (d *desk) Canvas() fyne.Canvas           { return d.Window.Canvas() }
func (d *desk) Examples() *Examples           { return d.examples }
func (d *desk) Remark(row *Row) string        { return d.remarks[row] }
func (d *desk) Changed()                      { d.changes++ }
func (d *desk) Left(row *Row, box Box)        { d.left = append(d.left, Spot{row, box}) }
func (d *desk) ScrollTo(fyne.CanvasObject)    {}
func (d *desk) Reveal(_ *Row, f func(string)) { f("correct horse") }

func (d *desk) SentAs(row *Row) (string, bool) {
	text, ok := d.sent[row]
	return text, ok
}

func (d *desk) Resized() {
	d.inner.Refresh()
	d.scroll.Resize(d.scroll.Size())
}

// key presses a key on what has the focus.
func (d *desk) key(name fyne.KeyName) {
	d.Helper()
	d.Act(func() {
		focused := d.Canvas().Focused()
		if focused == nil {
			d.Fatal("nothing has the focus")
		}
		focused.TypedKey(&fyne.KeyEvent{Name: name})
	})
}

// types types into what has the focus.
func (d *desk) types(text string) {
	d.Helper()
	d.Act(func() { test.Type(d.Canvas().Focused(), text) })
}

func (d *desk) focus(f fyne.Focusable) { d.Act(func() { d.Canvas().Focus(f) }) }

// record makes a sample of names and values in turn.
func record(seq uint64, pairs ...string) control.Sample {
	s := control.Sample{Seq: seq, Title: pairs[1], Wanted: true}
	values := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
		s.Fields = append(s.Fields, control.SampleField{Path: pairs[i], Value: pairs[i+1]})
	}
	s.Data, _ = json.Marshal(values)
	return s
}

func people() *Examples {
	return NewExamples([]control.Sample{
		record(2, "First name", "Ada", "Last name", "Lovelace", "Email", "Ada@Example.org", "Joined", "25/12/2026", "Member", "Oui"),
		record(1, "First name", "Grace", "Last name", "Hopper", "Email", "grace@example.org", "Joined", "05/12/2026", "Member", "Non", "Town", "Paris"),
	}, 0)
}

// show runs a test of what put lays on the desk.
func show(t *testing.T, put func(*desk) fyne.CanvasObject, run func(*desk)) {
	t.Helper()
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := &desk{examples: people(), remarks: map[*Row]string{}, sent: map[*Row]string{}}
		d.inner = widgets.VBox(theme.CardGap)
		d.scroll = widgets.NewScroll(widgets.Padded(20, 20, 20, 20, d.inner))
		d.Desk = screen.NewDesk(t, d.scroll, fyne.NewSize(760, 700))
		d.Act(func() {
			d.inner.Add(put(d))
			d.Resized()
		})
		run(d)
	})
}
