package sources

import (
	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// doing is the card that says how a source is doing.
type doing struct {
	own   *own
	card  *widgets.Surface
	cause *widgets.Note
	read  *fyne.Container // of what is being read
	bar   *bar
	far   *widgets.Text
	lines *fyne.Container
}

func newDoing(o *own) *doing {
	d := &doing{own: o, cause: widgets.NewNote(widgets.Bad, "", ""), bar: newBar(), far: widgets.NewLine("", widgets.Small), lines: widgets.VBox(0)}
	d.cause.Hide()
	d.read = widgets.VBox(6, d.far, d.bar)
	d.read.Hide()
	d.card = widgets.NewTitledCard("How it is doing", "", nil, widgets.VBox(12, d.cause, d.read, d.lines))
	return d
}

func (d *doing) show() {
	v, now := d.own.view, d.own.page.Now()
	cause := trouble(v, now)
	if v.Source.Paused {
		cause = ""
	}
	d.cause.Set(widgets.Bad, "", cause)
	setVisible(d.cause, cause != "")
	if p := v.State.Progress; p != nil {
		d.far.SetText(farText(*p))
		d.bar.set(p.Done, p.Total)
	}
	setVisible(d.read, v.State.Progress != nil)
	d.lines.Objects = nil
	d.line("Last record", lastText(v.State.Last, func() string { return words.Ago(v.State.Last, now) }))
	d.line("Records so far", words.Number(v.State.Events))
	if !v.State.Looked.IsZero() {
		d.line("Last looked", words.Ago(v.State.Looked, now))
	}
	if v.State.Found != "" {
		d.line("What it found", v.State.Found)
	}
	if v.State.LeftOut > 0 {
		d.line("Left out", words.Records(v.State.LeftOut))
	}
	d.line("Goes to", goesText(v.GoesTo))
	d.line("What is kept", keptText(v.Source))
	d.lines.Refresh()
}

func (d *doing) line(name, text string) {
	if len(d.lines.Objects) > 0 {
		d.lines.Add(widgets.NewDivider())
	}
	d.lines.Add(widgets.Padded(7, 0, 7, 0, widgets.Columns(12, []float32{1, 3},
		widgets.NewLine(name, widgets.Quiet13), widgets.NewParagraph(text, widgets.Small))))
}

// farText says how far a reading is.
func farText(p core.Progress) string {
	text := words.Reading(p)
	if p.What != "" {
		text = p.What + ": " + lowered(text)
	}
	if p.Records > 0 {
		text += ", " + words.Records(uint64(p.Records))
	}
	return text
}

func lastText(last interface{ IsZero() bool }, ago func() string) string {
	if last.IsZero() {
		return "None yet"
	}
	return ago()
}

func goesText(names []string) string {
	if len(names) == 0 {
		return "No webhook takes its records. Choose it in a webhook under “When”."
	}
	return words.List(names)
}

func keptText(s core.Source) string {
	if len(s.Keep) == 0 {
		return "All fields of a record"
	}
	return "Only " + words.List(s.Keep)
}
