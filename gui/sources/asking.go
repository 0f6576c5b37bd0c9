package sources

import (
	"context"
	"slices"
	"time"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// asking is the card of what a source asks, with its choices as buttons.
type asking struct {
	page    *Page
	view    control.SourceView
	notice  *parts.Notice
	card    *widgets.Surface
	buttons []*widgets.Button
}

func newAsking(p *Page, v control.SourceView, notice *parts.Notice) *asking {
	a := &asking{page: p, view: v, notice: notice}
	row := flow(8)
	for i, c := range usualFirst(v.State.Question.Choices) {
		kind, text := widgets.Secondary, c.Text
		if i == 0 && c.Usual {
			kind = widgets.Primary
		}
		if c.Date {
			text += "…"
		}
		b := widgets.NewButton(kind, text, icons.None, func() { a.choose(c) })
		a.buttons = append(a.buttons, b)
		row.Add(b)
	}
	words := widgets.VBox(2,
		widgets.NewParagraph(v.Source.Name+" asks you something", widgets.Title),
		widgets.NewParagraph(v.State.Question.Text, widgets.Body),
		widgets.NewParagraph("Nothing of it is sent until you say.", widgets.Caption))
	a.card = widgets.NewSurface(widgets.Ground{Fill: widgets.Waiting.Soft(), Radius: theme.CardRadius},
		widgets.Padded(14, 16, 14, 16, widgets.HBoxTop(14,
			widgets.NewTintedTile(icons.Help, widgets.Waiting, 36), widgets.Grow(widgets.VBox(10, words, row)))))
	return a
}

// usualFirst gives the choices with the one to recommend first.
func usualFirst(all []core.Choice) []core.Choice {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b core.Choice) int {
		switch {
		case a.Usual == b.Usual:
			return 0
		case a.Usual:
			return -1
		}
		return 1
	})
	return sorted
}

func (a *asking) choose(c core.Choice) {
	if !c.Date {
		a.answer(c.ID)
		return
	}
	askDay(a.page.canvas(), dayWish{
		title: c.Text, text: a.view.State.Question.Text, yes: "From this day on", start: a.page.Now(), now: a.page.Now,
		then: func(day time.Time) { a.answer(c.ID + ":" + day.Format(time.DateOnly)) },
	})
}

// answer tells the engine. The card goes once the question is gone.
func (a *asking) answer(id string) {
	a.enable(false)
	answer := control.SourceAnswer{Source: a.view.Source.ID, Question: a.view.State.Question.ID, Answer: id}
	background.Do(func(ctx context.Context) error { return a.page.service.AnswerSource(ctx, answer) }, func(err error) {
		a.enable(true)
		a.notice.Fail(err)
		a.page.Refresh()
	})
}

func (a *asking) enable(on bool) {
	for _, b := range a.buttons {
		b.SetEnabled(on)
	}
}
