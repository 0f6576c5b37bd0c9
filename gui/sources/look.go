package sources

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/choices"
	"hookbird/gui/widgets"
)

// look is the card that shows what a source would find, without sending anything.
type look struct {
	ask   func(ctx context.Context) (control.SourceSurvey, error)
	found func() // told when something was found
	fail  func(error)
	fit   func() // told when heights are different

	survey *control.SourceSurvey // what was found last; nil for nothing yet
	giveUp context.CancelFunc    // of the look that runs; nil while none does
	turn   int

	card   *widgets.Surface
	button *widgets.Button
	busy   *fyne.Container
	result *fyne.Container
	more   *fyne.Container // what belongs to it: how a file is read
}

const lookHelp = "Nothing is sent or changed by looking."

func newLook(title string) *look {
	l := &look{found: func() {}, result: widgets.VBox(12), more: widgets.VBox(14)}
	l.button = widgets.NewButton(widgets.Secondary, "Look what is there", icons.Search, l.start)
	cancel := widgets.NewButton(widgets.Quiet, "Stop looking", icons.Cross, l.stop)
	l.busy = widgets.HBox(8, widgets.NewStatusIcon(widgets.Sending, 16), widgets.NewText("Looking…", widgets.Small), cancel)
	l.busy.Hide()
	l.result.Hide()
	l.card = widgets.NewTitledCard(title, lookHelp, nil, widgets.VBox(12, widgets.HBox(12, l.button, l.busy), l.result, l.more))
	l.more.Hide()
	return l
}

// start looks in the background. A look that runs is given up for it.
func (l *look) start() {
	l.stop()
	l.turn++
	turn := l.turn
	l.setBusy(true)
	l.giveUp = background.Run(l.ask, func(v control.SourceSurvey, err error) {
		if turn == l.turn {
			l.done(v, err)
		}
	})
}

// stop gives up the look that runs, if one does.
func (l *look) stop() {
	if l.giveUp == nil {
		return
	}
	l.giveUp()
	l.giveUp = nil
	l.turn++
	l.setBusy(false)
}

func (l *look) done(v control.SourceSurvey, err error) {
	l.giveUp = nil
	l.setBusy(false)
	if err != nil {
		if !errors.Is(err, context.Canceled) {
			l.fail(err)
		}
		return
	}
	l.survey = &v
	l.result.Objects = surveyParts(v.Survey, l.fit)
	l.result.Show()
	l.button.SetText("Look again")
	l.found()
	l.fit()
}

func (l *look) setBusy(on bool) {
	setVisible(l.busy, on)
	l.button.SetEnabled(!on)
	l.fit()
}

// lookCard is the card of a set-up page. It looks at the draft as it stands.
func (s *setup) lookCard(title string, more ...fyne.CanvasObject) fyne.CanvasObject {
	s.look = newLook(title)
	s.look.fit = s.layout
	s.look.more.Objects = more
	setVisible(s.look.more, len(more) > 0)
	s.look.button.OnTapped = s.startLook
	s.look.fail = s.refused
	s.look.found = func() {
		s.notice.Clear()
		s.told = nil
		s.adopt()
		for _, f := range s.renew {
			f()
		}
		s.changed()
	}
	return s.look.card
}

// startLook looks, unless something that is needed for it is missing.
func (s *setup) startLook() {
	draft := s.draft.looking()
	s.look.ask = func(ctx context.Context) (control.SourceSurvey, error) {
		return s.page.service.SurveySource(ctx, draft)
	}
	s.notice.Clear()
	s.told = nil
	s.showProblems()
	s.look.start()
}

// adopt takes over what a look has found out and nobody has said yet.
func (s *setup) adopt() {
	if w, v := s.draft.src.Web, s.survey(); w != nil && w.List == "" && s.listBox != nil {
		s.listBox.SetText(v.Survey.Layout.List)
	}
}

// survey is what was found last; nil for nothing yet.
func (s *setup) survey() *control.SourceSurvey {
	if s.look == nil {
		return nil
	}
	return s.look.survey
}

// fieldOffers are the fields that the records have, as choices.
func (s *setup) fieldOffers() []choices.Choice {
	v := s.survey()
	if v == nil {
		return nil
	}
	var all []choices.Choice
	for _, f := range fieldsOf(v.Survey) {
		all = append(all, choices.Choice{Text: f.Name, Note: first(f.Samples)})
	}
	return all
}

// textOffers are plain texts as choices.
func textOffers(texts []string) []choices.Choice {
	all := make([]choices.Choice, len(texts))
	for i, t := range texts {
		all[i].Text = t
	}
	return all
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
