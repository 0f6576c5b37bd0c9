package home

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// need is a line of "What needs you": what is the matter, what it means, and what
// its button says and does.
type need struct {
	title, text, button string
	status              widgets.Status
	act                 needAct
	id                  string // of the webhook or the source
	step                attempt.Action
	note                string // for the people who run this office's network
	upto                uint64 // of actBrake: the newest record that is asked about
}

// needAct is what the button of a need does.
type needAct int

// The acts.
const (
	actOpen     needAct = iota // opens the webhook where the step is
	actTry                     // asks the target once more
	actNote                    // shows a note for IT
	actFailed                  // shows what has failed
	actSource                  // opens the source
	actSettings                // opens the settings
	actBrake                   // says what becomes of what a brake holds: has buttons of its own
	actRestored                // shows what is to be done after a backup was put back
)

// needsOf gives the lines. While this computer has no network at all, the banner
// says so once for all webhooks.
func needsOf(o control.Overview) []need {
	var list []need
	for _, n := range o.Needs {
		v, ok := viewOf(o, n.ID)
		switch {
		case n.Kind == control.NeedSource:
			list = append(list, need{title: n.Title, text: n.Text, button: "Look into it", status: widgets.Bad, act: actSource, id: n.ID})
		case n.Kind == control.NeedProgram:
			list = append(list, need{title: n.Title, text: n.Text, button: "Open settings", status: widgets.Bad, act: actSettings})
		case n.Kind == control.NeedBackup:
			list = append(list, need{title: n.Title, text: n.Text, button: "Open settings", status: widgets.Waiting, act: actSettings})
		case n.Kind == control.NeedRestored:
			list = append(list, need{title: n.Title, text: n.Text, button: n.Step, status: widgets.Waiting, act: actRestored})
		case n.Kind == control.NeedBrake && ok && v.Brake != nil:
			list = append(list, need{title: v.Webhook.Name + ": " + words.Brake(v.Brake), text: n.Text, status: widgets.Waiting, act: actBrake, id: n.ID, upto: v.Brake.Upto})
		case n.Kind == control.NeedExpiring:
			list = append(list, need{title: n.Title, text: n.Text, button: "See them", status: widgets.Waiting, act: actFailed, id: n.ID})
		case ok && withoutNetwork(v):
		case ok:
			list = append(list, webhookNeed(n, v, o))
		default:
			list = append(list, need{title: n.Title, text: n.Text, button: cmp.Or(n.Step, "Open"), status: widgets.Bad, id: n.ID})
		}
	}
	return list
}

func webhookNeed(n control.Need, v control.WebhookView, o control.Overview) need {
	line := need{title: n.Title, text: n.Text, button: n.Step, status: widgets.Bad, id: n.ID, step: attempt.Action(n.Action)}
	switch {
	case v.Condition == control.Down:
		line.text, line.status = downText(v, o), widgets.Waiting
		line.button, line.act = "Try now", actTry
	case n.Step == "" && v.Condition == control.On:
		line.button, line.act = "See them", actFailed
	case n.Step == "":
		line.button = "Open"
	case line.step == attempt.ActionNote:
		line.button, line.act, line.note = "Copy a note for IT", actNote, attempt.Note(v.Webhook.Name, v.Host, *v.Last)
	}
	return line
}

// downText says since when a target is down, what helps, and that nothing is lost.
func downText(v control.WebhookView, o control.Overview) string {
	text := words.Outage(v, o.Now) + " " + keptText(v)
	if v.Last != nil && v.Last.Cause == core.CausePortal { // nothing of this passes by itself
		if steps := attempt.Explain(v.Webhook.Name, attempt.KeyOf(&v.Webhook), *v.Last).Steps; len(steps) > 0 {
			return steps[0].Title + ". " + text
		}
	}
	return text
}

// keptText says that nothing is lost of what waits for a webhook.
func keptText(v control.WebhookView) string {
	switch {
	case v.Waiting == 1 && !v.About:
		return "Nothing is lost: 1 message is kept here."
	case v.Waiting > 0:
		return "Nothing is lost: " + words.About(v.Waiting, v.About) + " messages are kept here."
	default:
		return "Nothing is lost: new records are kept here."
	}
}

func viewOf(o control.Overview, id string) (control.WebhookView, bool) {
	i := slices.IndexFunc(o.Webhooks, func(v control.WebhookView) bool { return v.Webhook.ID == id })
	if i < 0 {
		return control.WebhookView{}, false
	}
	return o.Webhooks[i], true
}

// withoutNetwork tells whether a webhook's last tries found no network on this
// computer.
func withoutNetwork(v control.WebhookView) bool {
	return v.Condition == control.Down && v.Last != nil && v.Last.Cause == core.CauseNetwork
}

// needsCard is "What needs you": a line each, the cause and its button. It takes
// no room while nothing does.
type needsCard struct {
	object *widgets.Surface
	act    func(need)
	answer func(need, control.BrakeChoice)
	needs  []need
	lines  *fyne.Container
}

func newNeedsCard(act func(need)) *needsCard {
	c := &needsCard{act: act, lines: widgets.VBox(0)}
	head := widgets.Padded(0, 0, 2, 0, widgets.NewText("What needs you", widgets.Title))
	c.object = widgets.NewSurface(groundOf(nil), widgets.Padded(14, 16, 8, 16, widgets.VBox(4, head, c.lines)))
	c.object.Hide()
	return c
}

// set shows the needs. The same again leaves the lines alone, and the focus.
func (c *needsCard) set(needs []need) {
	c.object.Hidden = len(needs) == 0
	if slices.Equal(c.needs, needs) {
		return
	}
	c.needs = slices.Clone(needs)
	c.object.SetGround(groundOf(needs))
	c.lines.Objects = nil
	for i, n := range c.needs {
		c.lines.Add(c.line(n, i == 0))
	}
	c.lines.Refresh()
}

// groundOf is red where something is wrong, and amber where all of it may pass by
// itself.
func groundOf(needs []need) widgets.Ground {
	status := widgets.Waiting
	for _, n := range needs {
		if n.status == widgets.Bad {
			status = widgets.Bad
		}
	}
	return widgets.Ground{Fill: status.Soft(), Radius: theme.CardRadius}
}

// brakeButtons are the three answers to a brake.
func (c *needsCard) brakeButtons(n need, kind widgets.ButtonKind) fyne.CanvasObject {
	answer := func(kind widgets.ButtonKind, word string, choice control.BrakeChoice) fyne.CanvasObject {
		return widgets.NewButton(kind, word, icons.None, func() { c.answer(n, choice) })
	}
	return widgets.HBox(8, answer(widgets.Secondary, "Throw away", control.BrakeThrow),
		answer(widgets.Secondary, "All", control.BrakeAll), answer(kind, "10 first", control.BrakeTen))
}

// line is one need; the first one has the main button.
func (c *needsCard) line(n need, first bool) fyne.CanvasObject {
	kind := widgets.Secondary
	if first {
		kind = widgets.Primary
	}
	var button fyne.CanvasObject = widgets.NewButton(kind, n.button, icons.None, func() { c.act(n) })
	if n.act == actBrake {
		button = c.brakeButtons(n, kind)
	}
	text := widgets.VBox(1, widgets.NewParagraph(n.title, widgets.Strong), widgets.NewParagraph(n.text, widgets.Small))
	return widgets.Padded(5, 0, 6, 0, widgets.HBox(14, widgets.NewStatusIcon(n.status, 20), widgets.Grow(text), button))
}
