package byhand

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/source/form"
	"hookbird/gui/background"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

const (
	tableSlice   = 500 // records that are sent at once, so that it can be cancelled
	mostProblems = 8   // rows of which it is said one by one what is wrong
)

// table is a table from a spreadsheet, pasted to send many records.
type table struct {
	card   *Card
	view   control.SourceView
	parsed *form.Table // nil while there is none
	sent   int
	stop   func() // sending; nil while nothing is sent

	box      *widgets.Entry
	found    *fyne.Container
	send     *widgets.Button
	cancel   *widgets.Button
	progress *widgets.Text
	object   fyne.CanvasObject
}

// openTable shows the box to paste into, in place of the fields.
func (c *Card) openTable() {
	v, ok := c.form()
	if !ok {
		return
	}
	c.table = newTable(c, v)
	c.body.Objects = c.parts(v, c.table.object, c.table.footer())
	c.body.Refresh()
	c.OnLayout()
	c.focus(c.table.box)
}

// closeTable shows the fields again.
func (c *Card) closeTable() {
	v, ok := c.form()
	if !ok {
		return
	}
	c.table = nil
	c.body.Objects = c.parts(v, c.lines.object, c.footer())
	c.body.Refresh()
	c.OnLayout()
	c.focusFirst()
}

func newTable(c *Card, v control.SourceView) *table {
	t := &table{card: c, view: v, box: widgets.NewMultiEntry(6), found: widgets.VBox(6), progress: widgets.NewLine("", widgets.Caption)}
	t.box.Wrapping = fyne.TextWrapOff
	t.box.OnChanged = func(string) { t.read() }
	paste := widgets.NewButton(widgets.Secondary, "Paste", icons.Copy, t.paste)
	var names []string
	for _, in := range v.Source.Form.Inputs {
		names = append(names, label(in))
	}
	help := "Copy rows in your spreadsheet together with the headings, and paste them here. Headings that fit: " + strings.Join(names, ", ") + "."
	t.object = widgets.VBox(8, widgets.NewField("Table", t.box, help), widgets.HBox(0, paste), t.found)
	return t
}

// footer is what can be done with the table.
func (t *table) footer() fyne.CanvasObject {
	t.send = widgets.NewButton(widgets.Primary, "Send", icons.Plane, t.submit)
	t.cancel = widgets.NewButton(widgets.Secondary, "Back to one record", icons.None, t.giveUp)
	t.send.SetEnabled(false)
	return widgets.VBox(6, t.progress, widgets.HBox(8, widgets.Spacer(), t.cancel, t.send))
}

func (t *table) filled() bool { return strings.TrimSpace(t.box.Text) != "" }

// paste takes what is on the clipboard.
func (t *table) paste() { t.box.SetText(fyne.CurrentApp().Clipboard().Content()) }

// read looks at the table in the background, and says what is in it.
func (t *table) read() {
	text, src := t.box.Text, t.view.Source
	t.parsed = nil
	t.send.SetEnabled(false)
	if strings.TrimSpace(text) == "" {
		t.say()
		return
	}
	background.Run(
		func(context.Context) (*form.Table, error) { return parse(&src, text) },
		func(parsed *form.Table, err error) {
			if t.box.Text != text {
				return // it was changed meanwhile, and is read again
			}
			if err != nil {
				t.say(widgets.NewHint(widgets.Bad, core.Sentence(err)))
				return
			}
			t.parsed = parsed
			t.tell()
		})
}

func parse(src *core.Source, text string) (*form.Table, error) {
	rows, err := form.Cells(text)
	if err != nil {
		return nil, err
	}
	return form.FromTable(src, rows)
}

// tell says what is in the table: how much can be sent, and what cannot, and why.
func (t *table) tell() {
	p := t.parsed
	ready := len(p.Ready())
	list := []fyne.CanvasObject{widgets.NewHint(widgets.Good, words.Count(uint64(ready), "record", "records")+" can be sent.")}
	if ready == 0 {
		list = []fyne.CanvasObject{widgets.NewHint(widgets.Bad, "None of these records can be sent.")}
	}
	if len(p.Unknown) > 0 {
		list = append(list, widgets.NewHint(widgets.Waiting, "Not in this form, and left out: "+strings.Join(p.Unknown, ", ")+"."))
	}
	if len(p.Missing) > 0 {
		list = append(list, widgets.NewHint(widgets.Info, "Not in the table: "+strings.Join(p.Missing, ", ")+"."))
	}
	wrong := 0
	for _, row := range p.Rows {
		if len(row.Problems) == 0 {
			continue
		}
		if wrong++; wrong <= mostProblems {
			list = append(list, widgets.NewHint(widgets.Bad, t.problem(row)))
		}
	}
	if more := wrong - mostProblems; more > 0 {
		list = append(list, widgets.NewHint(widgets.Bad, words.Count(uint64(more), "more record", "more records")+" cannot be sent."))
	}
	t.say(list...)
	t.send.SetText("Send " + words.Count(uint64(ready), "record", "records"))
	t.send.SetEnabled(ready > 0)
}

// problem says what is wrong with a row.
func (t *table) problem(row form.Row) string {
	first := row.Problems[0]
	name := nameAt(first.Where)
	for _, in := range t.view.Source.Form.Inputs {
		if in.Name == name {
			return fmt.Sprintf("Row %d, %s: %s", row.Line, label(in), first.Message)
		}
	}
	return fmt.Sprintf("Row %d: %s", row.Line, first.Message)
}

func (t *table) say(list ...fyne.CanvasObject) {
	t.found.Objects = list
	t.found.Refresh()
	t.card.OnLayout()
}

// submit sends what can be sent, slice by slice.
func (t *table) submit() {
	if t.stop != nil || t.parsed == nil {
		return
	}
	t.sent = 0
	t.send.SetEnabled(false)
	t.cancel.SetText("Stop")
	t.box.Disable()
	t.next(t.parsed.Ready())
}

func (t *table) next(rest []map[string]string) {
	n := min(len(rest), tableSlice)
	total := t.sent + len(rest)
	t.progress.SetText(fmt.Sprintf("%s of %s sent", words.Number(uint64(t.sent)), words.Number(uint64(total))))
	if n == 0 {
		t.finished("")
		return
	}
	entry := control.FormEntry{Source: t.view.Source.ID, Rows: rest[:n]}
	t.stop = background.Run(
		func(ctx context.Context) ([]control.Held, error) { return t.card.service.FillForm(ctx, entry) },
		func(list []control.Held, err error) {
			t.sent += len(list)
			t.card.held.add(list, nil)
			switch {
			case err != nil:
				t.card.notice.Fail(err)
				t.finished("stopped")
			case t.stop == nil: // somebody has stopped it
				t.finished("stopped")
			default:
				t.next(rest[n:])
			}
		})
}

// giveUp stops sending, or goes back to the fields.
func (t *table) giveUp() {
	if t.stop == nil {
		t.card.closeTable()
		return
	}
	t.stop = nil // what is under way comes to its end
	t.cancel.SetEnabled(false)
}

// finished tells what was sent.
func (t *table) finished(how string) {
	t.stop = nil
	c := t.card
	if how == "" {
		c.OnSay(words.Count(uint64(t.sent), "record", "records") + " sent.")
		c.closeTable()
		return
	}
	c.OnSay(words.Count(uint64(t.sent), "record", "records") + " sent, then it was stopped.")
	t.cancel.SetText("Back to one record")
	t.cancel.SetEnabled(true)
	t.box.Enable()
}
