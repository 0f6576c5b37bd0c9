package editor

import (
	"context"
	"math"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// head is the top of the page: back, name, how the webhook is doing, on or off.
type head struct {
	page   *Page
	object fyne.CanvasObject
	name   *widgets.Text
	chip   *widgets.Chip
	word   *widgets.Text
	toggle *widgets.Switch
	shown  headState
}

// headState is all that the head says; it is drawn anew only when that changes.
type headState struct {
	name  string
	state core.State
	until time.Time // when a pause ends by itself
	isNew bool
	badge words.Badge
}

func newHead(p *Page) *head {
	h := &head{
		page: p,
		name: widgets.NewLine("", widgets.Name),
		chip: widgets.NewChip(widgets.Neutral, ""),
		word: widgets.NewText("", widgets.Body),
	}
	h.toggle = widgets.NewSwitch(false, h.flip)
	h.toggle.SetLabel("Sending")
	back := widgets.NewIconButton(icons.ArrowLeft, "Back", p.Back)
	title := beside(h.name, func() float32 {
		return float32(math.Ceil(float64(fyne.MeasureText(h.name.Text(), widgets.Name.Size, fyne.TextStyle{Bold: true}).Width))) + 1
	}, h.chip)
	row := widgets.HBox(10, back, widgets.Grow(title), h.word, h.toggle)
	h.object = widgets.Padded(12, theme.PageSide, 6, theme.PageSide, row)
	h.update()
	return h
}

// update shows name and state.
func (h *head) update() {
	p := h.page
	state := p.draft.Web().State
	if on := state == core.StateOn; h.toggle.On() != on {
		h.toggle.SetOn(on)
	}
	now := headState{p.Title(), state, p.draft.Web().Until, p.draft.IsNew(), words.Webhook(p.view)}
	if now == h.shown {
		return
	}
	h.shown = now
	h.name.SetText(now.name)
	h.word.SetText(stateWord(now))
	if now.isNew {
		h.chip.Set(widgets.Paused, "Not saved yet")
	} else {
		h.chip.Set(parts.Status(now.badge.Tone), now.badge.Word)
	}
	h.object.Refresh()
}

func stateWord(s headState) string {
	switch {
	case s.state == core.StateOn && s.isNew:
		return "On once saved"
	case s.state == core.StateOn:
		return "On"
	case s.state == core.StatePaused && !s.until.IsZero():
		return "Paused until " + words.When(s.until, time.Now())
	case s.state == core.StatePaused:
		return "Paused"
	default:
		return "Off"
	}
}

// showState shows what the engine says of the webhook.
func (p *Page) showState() { p.head.update() }

// flip turns the webhook on or off: at once, or, for one that was never saved,
// with its first save.
func (h *head) flip(on bool) {
	p := h.page
	state := core.StateOff
	if on {
		state = core.StateOn
	}
	if p.draft.IsNew() {
		p.draft.Web().State = state
		h.update()
		return
	}
	if on && p.view.Meanwhile > 0 {
		p.askMeanwhile()
		return
	}
	p.setState(state, false)
}

// askMeanwhile asks what becomes of records that came while the webhook was off.
func (p *Page) askMeanwhile() {
	records := words.Records(p.view.Meanwhile)
	d := widgets.Confirm(p.window(), widgets.Question{
		Title: "Send what came meanwhile too?",
		Body:  records + " came while this webhook was off. New ones go out from now on either way.",
		No:    "Only new ones", Yes: "Send " + records + " too",
		OnNo:  func() { p.setState(core.StateOn, false) },
		OnYes: func() { p.setState(core.StateOn, true) },
	})
	d.OnClosed = p.showState
}

var stateNews = map[core.State]string{
	core.StateOn:     "On. New records go out from now on.",
	core.StatePaused: "Paused. New records wait here until you turn it on.",
	core.StateOff:    "Off. Records that come in now are not sent. When you turn it on, you can send them too.",
}

// setState tells the engine and says what that means.
func (p *Page) setState(state core.State, meanwhile bool) {
	id := p.id()
	background.Run(
		func(ctx context.Context) (control.WebhookView, error) {
			if err := p.service.SetState(ctx, id, state, meanwhile); err != nil {
				return control.WebhookView{}, err
			}
			return p.service.Webhook(ctx, id)
		},
		func(view control.WebhookView, err error) {
			if err != nil {
				p.showState()
				p.notice.Fail(err)
				return
			}
			p.draft.Adopt(view)
			p.view = view
			p.showState()
			p.sayState(state)
		},
	)
}

func (p *Page) sayState(state core.State) {
	switch state {
	case core.StateOn:
		p.notice.Say(widgets.Good, stateNews[state], "", nil)
	case core.StateOff:
		p.notice.Say(widgets.Paused, stateNews[state], "Keep them waiting instead", func() { p.setState(core.StatePaused, false) })
	default:
		p.notice.Say(widgets.Paused, stateNews[state], "", nil)
	}
}

// window is the canvas that dialogs open in.
func (p *Page) window() fyne.Canvas {
	if p.canvas != nil {
		return p.canvas
	}
	return fyne.CurrentApp().Driver().CanvasForObject(p.root)
}
