package editor

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/core/retry"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// fails is the tab that says what happens when a message is not accepted.
type fails struct {
	own   *fyne.Container
	strip *fyne.Container
	text  *widgets.Text
}

func (p *Page) buildFails() fyne.CanvasObject {
	f := &fails{strip: widgets.Stack(), text: widgets.NewParagraph("", widgets.Caption)}
	p.fails = f
	plan := widgets.NewTitledCard("Plan", "A message that was not accepted is tried again by itself.", nil,
		widgets.VBox(12, p.planChoice(), p.ownPlan(), f.strip, f.text, p.refusalCheck()))
	held := widgets.NewTitledCard("When the settings are the cause", "", nil, widgets.NewParagraph(
		"A key that is not accepted, or a web address that does not exist, is no fault of the record. After five different records in a row, Hookbird stops sending to this webhook, keeps everything that comes in, and tells you. Nothing is used up; after your next save it goes on by itself.",
		widgets.Body))
	p.showPlan()
	return widgets.VBox(theme.CardGap, plan, held)
}

func (p *Page) planChoice() fyne.CanvasObject {
	kinds := p.draft.Plan.Kinds()
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		names[i] = p.planName(kind)
	}
	group := widget.NewRadioGroup(names, nil)
	group.Required = true
	for i, kind := range kinds {
		if kind == p.draft.Plan.Kind {
			group.SetSelected(names[i])
		}
	}
	group.OnChanged = func(name string) {
		for i, kind := range kinds {
			if names[i] == name {
				p.draft.Plan.Kind = kind
			}
		}
		p.showPlan()
		p.changed()
		p.relayout()
	}
	return widgets.Padded(0, 0, 0, -7, group)
}

// planName says what a plan does, in words worked out from its times.
func (p *Page) planName(kind PlanKind) string {
	switch kind {
	case PlanEvery:
		return "My own"
	case PlanNone:
		return "Don't try again"
	}
	plan := p.draft.Plan
	plan.Kind = kind
	r, _ := plan.Retry()
	name := retry.Describe(r)
	if kind == PlanList {
		name += " (times from the settings file)"
	}
	return name
}

// ownPlan are the boxes for "My own".
func (p *Page) ownPlan() fyne.CanvasObject {
	every := p.entry(Place{Part: PartEvery}, p.draft.Plan.Every, func(text string) { p.draft.Plan.Every = text; p.showPlan() })
	times := p.entry(Place{Part: PartTimes}, p.draft.Plan.Times, func(text string) { p.draft.Plan.Times = text; p.showPlan() })
	p.fails.own = widgets.Grid(2, theme.CardGap,
		p.field(Place{Part: PartEvery}, "Minutes between two tries", every, ""),
		p.field(Place{Part: PartTimes}, "Times to try again", times, ""))
	return p.fails.own
}

func (p *Page) refusalCheck() fyne.CanvasObject {
	check := widget.NewCheck("Also try again when the data itself is refused", nil)
	check.SetChecked(p.draft.Plan.OnRefusal)
	check.OnChanged = func(on bool) {
		p.draft.Plan.OnRefusal = on
		p.changed()
	}
	return widgets.VBox(0, widgets.Padded(0, 0, 0, -7, check), widgets.Padded(0, 0, 0, 22,
		widgets.NewParagraph("Usually off: the same data would be refused again.", widgets.Caption)))
}

// showPlan draws the tries of the plan.
func (p *Page) showPlan() {
	f := p.fails
	f.own.Hidden = p.draft.Plan.Kind != PlanEvery
	plan, problems := p.draft.Plan.Retry()
	f.strip.Hidden = len(problems) > 0
	f.text.Hidden = f.strip.Hidden
	if f.strip.Hidden {
		return
	}
	steps := retry.Steps(plan)
	f.strip.Objects = []fyne.CanvasObject{newStrip(steps)}
	f.strip.Refresh()
	last := steps[len(steps)-1]
	if len(steps) == 1 {
		f.text.SetText("What is not accepted at once has failed. It is kept in Activity, and you can send it again.")
		return
	}
	f.text.SetText(words.Count(uint64(len(steps)), "try", "tries") + " in " + words.Span(last) +
		". What is not accepted by then has failed. It is kept in Activity, and you can send it again.")
}
