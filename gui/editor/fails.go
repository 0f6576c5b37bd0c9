package editor

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/core"
	"hookbird/core/retry"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// fails is the tab that says what happens when a message is not accepted.
type fails struct {
	plan  *widgets.Ways
	how   *widgets.Segmented // of the two ways to have a plan of one's own
	every *fyne.Container
	list  *widgets.Field
	strip *fyne.Container
	text  *widgets.Text
}

// plans are the ways to try again in the order they are offered; PlanEvery stands
// for both that are one's own.
var plans = []PlanKind{Plan90Minutes, Plan24Hours, PlanDays, PlanEvery, PlanNone}

// ownPlans are the two ways to have a plan of one's own.
var ownPlans = []PlanKind{PlanEvery, PlanList}

func (p *Page) buildFails() fyne.CanvasObject {
	f := &fails{strip: widgets.Stack(), text: widgets.NewParagraph("", widgets.Caption)}
	p.fails = f
	p.buildPlans()
	tries := widgets.VBox(8, f.strip, f.text, p.remark(Place{Part: PartPlan}))
	plan := widgets.NewTitledCard("Plan", "A message that was not accepted is tried again by itself.", nil,
		widgets.VBox(12, f.plan.Object(), tries, widgets.NewDivider(), widgets.Padded(-6, 0, 0, 0, p.refusalCheck())))
	held := widgets.NewTitledCard("When the settings are the cause", "", nil, widgets.NewParagraph(
		"A key that is not accepted, or a web address that does not exist, is no fault of the record. After five different records in a row, Hookbird stops sending to this webhook, keeps everything that comes in, and tells you. Nothing is used up; after your next save it goes on by itself.",
		widgets.Body))
	p.showPlan()
	return widgets.VBox(theme.CardGap, plan, p.buildUnsure(), held)
}

func (p *Page) buildPlans() {
	ways := make([]widgets.Way, len(plans))
	for i, kind := range plans {
		ways[i].Name = p.planName(kind)
		if kind.Own() {
			ways[i].Inner = p.ownPlan()
		}
	}
	p.fails.plan = widgets.NewWays(ways, planIndex(p.draft.Plan.Kind), func(i int) {
		if !plans[i].Own() {
			p.setPlan(plans[i])
			return
		}
		p.setPlan(p.draft.Plan.own)
	})
}

// planIndex finds a plan among those that are offered.
func planIndex(kind PlanKind) int {
	return slices.IndexFunc(plans, func(k PlanKind) bool { return k == kind || k.Own() && kind.Own() })
}

// setPlan takes a plan that was chosen.
func (p *Page) setPlan(kind PlanKind) {
	p.draft.Plan.choose(kind)
	p.showPlan()
	p.changed()
	p.relayout()
}

// planName says what a plan does, in words worked out from its times.
func (p *Page) planName(kind PlanKind) string {
	switch kind {
	case PlanEvery, PlanList:
		return "My own"
	case PlanNone:
		return "Don't try again"
	}
	return retry.Describe(core.RetryPlan{Name: planNames[kind]})
}

// ownPlan are the boxes of a plan of one's own.
func (p *Page) ownPlan() fyne.CanvasObject {
	f, plan := p.fails, &p.draft.Plan
	f.how = widgets.NewSegmented([]string{"Every so many minutes", "A list of times to wait"}, func(i int) { p.setPlan(ownPlans[i]) })
	typed := func(into *string) func(string) {
		return func(text string) {
			*into = text
			p.showPlan()
		}
	}
	every := p.entry(Place{Part: PartEvery}, plan.Every, typed(&plan.Every))
	times := p.entry(Place{Part: PartTimes}, plan.Times, typed(&plan.Times))
	f.every = widgets.Grid(2, theme.CardGap,
		p.field(Place{Part: PartEvery}, "Minutes between two tries", every, ""),
		p.field(Place{Part: PartTimes}, "Times to try again", times, ""))
	delays := p.entry(Place{Part: PartDelays}, plan.Delays, typed(&plan.Delays))
	delays.SetPlaceHolder("1 min, 5 min, 1 h")
	f.list = p.field(Place{Part: PartDelays}, "How long to wait before each further try", delays, "Each counts from the try before it. Write s, min, h or d.")
	return widgets.VBox(10, f.how, f.every, f.list)
}

func (p *Page) refusalCheck() fyne.CanvasObject {
	check := widget.NewCheck("Also try again when the data itself is refused", nil)
	check.SetChecked(p.draft.Plan.OnRefusal)
	check.OnChanged = func(on bool) {
		p.draft.Plan.OnRefusal = on
		p.changed()
	}
	return checkWith(check, "Usually off: the same data would be refused again.")
}

// checkWith puts a line of words under a check.
func checkWith(check *widget.Check, note string) *fyne.Container {
	return widgets.VBox(0, widgets.Padded(0, 0, 0, -7, check),
		widgets.Padded(-3, 0, 0, widgets.WayIndent-7, widgets.NewParagraph(note, widgets.Caption)))
}

// unsureRules are what can happen to a message that may have arrived, in the order
// they are offered.
var unsureRules = []core.UnsureRule{core.UnsureRetry, core.UnsureAsk}

// buildUnsure makes the card of messages that were sent and never answered.
func (p *Page) buildUnsure() fyne.CanvasObject {
	ways := widgets.NewWays([]widgets.Way{
		{Name: "Try again (usual)", Note: "Nothing is lost, but the other system may get it twice."},
		{Name: "Ask me", Note: "It stays in Activity until you say whether it arrived. Choose this where twice is worse than late."},
	}, max(0, slices.Index(unsureRules, p.draft.Web().Answer.Unsure)), func(i int) {
		p.draft.Web().Answer.Unsure = unsureRules[i]
		p.changed()
	})
	return widgets.NewTitledCard("When nobody knows whether it arrived", "The message went out, but the connection broke before an answer came.", nil,
		widgets.VBox(0, ways.Object(), p.remark(Place{Part: PartUnsure})))
}

// showPlan draws the tries of the plan.
func (p *Page) showPlan() {
	f, kind := p.fails, p.draft.Plan.Kind
	f.plan.Set(planIndex(kind))
	if kind.Own() {
		f.how.Select(slices.Index(ownPlans, kind))
	}
	f.every.Hidden, f.list.Hidden = kind != PlanEvery, kind != PlanList
	plan, problems := p.draft.Plan.Retry()
	if f.strip.Hidden = len(problems) > 0; f.strip.Hidden {
		f.text.SetText("The tries are shown here once they can be worked out.")
		return
	}
	steps := retry.Steps(plan)
	f.strip.Objects = []fyne.CanvasObject{newStrip(steps)}
	f.strip.Refresh()
	f.text.SetText(triesText(steps))
}

// triesText says in a sentence how often and how long is tried.
func triesText(steps []time.Duration) string {
	if len(steps) == 1 {
		return "What is not accepted at once has failed. It is kept in Activity, and you can send it again."
	}
	return words.Count(uint64(len(steps)), "try", "tries") + " in " + words.Span(steps[len(steps)-1]) +
		". What is not accepted by then has failed. It is kept in Activity, and you can send it again."
}
