package editor

import (
	"strconv"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/pace"
	"hookbird/gui/exchange"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// paceCard is the card that says how fast messages may go.
type paceCard struct {
	fold  *exchange.Fold
	hint  *widgets.Hint
	alone *widgets.Hint
}

// unbounded says that nothing is bounded.
const unbounded = "As fast as the other system answers"

func (p *Page) buildPace() fyne.CanvasObject {
	c := &paceCard{hint: widgets.NewHint(widgets.Info, ""), alone: widgets.NewHint(widgets.Info, "")}
	p.pacing = c
	d := &p.draft.Pacing
	parallel := p.paceField(PartParallel, "Messages on their way at once", &d.Parallel, strconv.Itoa(core.DefaultParallel)+" (usual)")
	limits := widgets.Grid(2, theme.CardGap,
		p.paceField(PartSecond, "In a second", &d.Second, "No limit"), p.paceField(PartMinute, "In a minute", &d.Minute, "No limit"),
		p.paceField(PartHour, "In an hour", &d.Hour, "No limit"), p.paceField(PartDay, "In a day", &d.Day, "No limit"))
	c.fold = p.fold(unbounded, widgets.Padded(6, 0, 4, 0, widgets.VBox(14,
		widgets.VBox(5, widgets.Grid(2, theme.CardGap, parallel, widgets.VBox(0)), c.alone),
		widgets.NewDivider(),
		widgets.VBox(2, widgets.NewLine("At most this many messages", widgets.Label), widgets.NewParagraph("For systems that name a limit. What is over it waits; nothing is lost.", widgets.Caption)),
		limits, c.hint)))
	for _, part := range []Part{PartParallel, PartSecond, PartMinute, PartHour, PartDay} {
		p.spots[Place{Part: part}].fold = c.fold
	}
	p.showPace()
	c.fold.SetOpen(*d != Pacing{})
	return widgets.NewTitledCard("How fast", "", nil, c.fold)
}

func (p *Page) paceField(part Part, label string, into *string, sample string) *widgets.Field {
	at := Place{Part: part}
	e := p.entry(at, *into, func(text string) {
		*into = text
		p.showPace()
	})
	e.SetPlaceHolder(sample)
	return p.field(at, label, e, "")
}

// showPace says how fast messages go.
func (p *Page) showPace() {
	c := p.pacing
	if c == nil {
		return
	}
	parallel, limits, _ := p.draft.pace()
	c.fold.SetWords(paceWords(parallel, limits))
	said := ""
	if !limits.IsZero() {
		said = pace.Describe(limits) + "."
	}
	c.hint.Set(widgets.Info, said)
	alone := ""
	if p.draft.Web().Order.Kind == core.OrderAll {
		alone = "One after the other is chosen under In which order: only one is on its way at a time."
	}
	c.alone.Set(widgets.Info, alone)
}

// paceWords say in a line how fast messages go.
func paceWords(parallel int, limits core.Pace) string {
	text := unbounded
	if !limits.IsZero() {
		text = pace.Describe(limits)
	}
	switch {
	case parallel == 1:
		text += ", one at a time"
	case parallel > 1:
		text += ", up to " + strconv.Itoa(parallel) + " at once"
	}
	return text
}
