package home

import (
	"slices"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/parts"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// progress is how far a large file is.
type progress struct {
	sent, all uint64 // messages
	text      string
}

// progressOf reckons with one message a record for each webhook that takes them.
func progressOf(r control.RunView, o control.Overview) progress {
	takers := uint64(0)
	for _, v := range o.Webhooks {
		w := &v.Webhook
		if w.State != core.StateOff && (len(w.Sources) == 0 || slices.Contains(w.Sources, r.Source)) {
			takers++
		}
	}
	p := progress{all: max(r.Records*max(takers, 1), r.Left)}
	p.sent = p.all - r.Left
	p.text = words.Number(p.sent) + " of " + words.Number(p.all) + " sent"
	switch {
	case r.State == core.RunPaused:
		p.text += ", paused"
	case o.Paused:
		p.text += ", goes on when sending resumes"
	case !r.Done.IsZero():
		p.text += ", " + words.Done(r.Done, o.Now)
	}
	return p
}

// giveUpText says what happens to what is left of a file.
func giveUpText(r control.RunView) string {
	return "What is left of " + r.Name + ", " + words.Messages(r.Left) + ", is not sent. The records stay in the log."
}

// runsCard is "Large files": those on their way, how far they are, and what can be
// done about them. It takes no room while there is none.
type runsCard struct {
	object *widgets.Surface
	list   *parts.List[*runRow]
}

// newRunsCard makes the card; set is asked for another state of a run.
func newRunsCard(set func(control.RunView, core.RunState)) *runsCard {
	c := &runsCard{list: parts.NewList(func() *runRow { return newRunRow(set) })}
	head := widgets.VBox(2, widgets.NewText("Large files", widgets.Title),
		widgets.NewParagraph("Single records that come in meanwhile go first.", widgets.Caption))
	c.object = widgets.NewCard(widgets.VBox(6, head, c.list.Object()))
	c.object.Hide()
	return c
}

func (c *runsCard) show(runs []control.RunView, o control.Overview) {
	c.object.Hidden = len(runs) == 0
	for i, row := range c.list.SetLen(len(runs)) {
		row.show(runs[i], progressOf(runs[i], o))
	}
}

// runRow is one large file.
type runRow struct {
	object fyne.CanvasObject
	run    control.RunView
	name   *widgets.Text
	text   *widgets.Text
	bar    *widgets.Progress
	pause  *widgets.Button
	giveUp *widgets.Button
}

func newRunRow(set func(control.RunView, core.RunState)) *runRow {
	r := &runRow{name: widgets.NewLine("", widgets.Strong), text: widgets.NewLine("", widgets.Small), bar: widgets.NewProgress()}
	r.pause = widgets.NewButton(widgets.Secondary, "Pause", icons.Pause, func() { set(r.run, r.other()) })
	r.giveUp = widgets.NewButton(widgets.Quiet, "Give up", icons.None, func() { set(r.run, core.RunEnded) })
	far := widgets.VBox(7, widgets.VBox(1, r.name, r.text), r.bar)
	r.object = widgets.Padded(8, 0, 8, 0, widgets.HBox(8, widgets.NewIcon(icons.File, widgets.Neutral.Color(), 20),
		widgets.Grow(widgets.Padded(0, 8, 0, 4, far)), r.pause, r.giveUp))
	return r
}

// Object is the row, to be laid out.
func (r *runRow) Object() fyne.CanvasObject { return r.object }

// other is the state that the button for pausing leads to.
func (r *runRow) other() core.RunState {
	if r.run.State == core.RunPaused {
		return core.RunGoing
	}
	return core.RunPaused
}

func (r *runRow) show(v control.RunView, p progress) {
	r.run = v
	r.name.SetText(v.Name)
	r.text.SetText(p.text)
	r.bar.Set(p.sent, p.all, v.State == core.RunPaused)
	word, icon := "Pause", icons.Pause
	if v.State == core.RunPaused {
		word, icon = "Go on", icons.Play
	}
	r.pause.SetText(word)
	r.pause.SetIcon(icon)
	r.pause.SetLabel(word + ": " + v.Name)
	r.giveUp.SetLabel("Give up: " + v.Name)
}
