package service

import (
	"context"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/settings"
	"hookbird/core/source"
)

// SurveySource looks at what a source would find. Typed secrets are not saved for it.
func (s *Service) SurveySource(ctx context.Context, d control.SourceDraft) (control.SourceSurvey, error) {
	src := d.Source.Clone()
	if src.ID == "" {
		src.ID = "survey" // nothing is kept under it
	}
	if err := settings.ValidateSurvey(src).OrNil(); err != nil {
		return control.SourceSurvey{}, err
	}
	found, err := s.engine.Survey(ctx, src)
	if err != nil {
		return control.SourceSurvey{}, err
	}
	return control.SourceSurvey{Survey: found, Used: s.engine.Uses(d.Source.ID, src.Type())}, nil
}

// AnswerSource answers what a source asks.
func (s *Service) AnswerSource(_ context.Context, a control.SourceAnswer) error {
	return s.engine.Answer(a.Source, a.Question, a.Answer)
}

// RereadSource has a source read everything once more, or what is from a day on.
func (s *Service) RereadSource(_ context.Context, r control.Reread) error {
	wish := source.Reread{Existing: core.Existing{Do: core.ExistingSend}}
	switch {
	case r.Ask:
		wish = source.Reread{Asked: core.NewEventID(time.Now())}
	case !r.Since.IsZero():
		wish.Existing = core.Existing{Do: core.ExistingSince, Since: r.Since}
	}
	if r.Source == "" {
		return s.engine.RereadAll(wish)
	}
	return s.engine.Reread(r.Source, wish)
}

// LeftOut gives the records of a source that were left out.
func (s *Service) LeftOut(_ context.Context, source string) ([]core.LeftOut, error) {
	list, err := s.engine.LeftOut(source)
	return slices.Clip(append([]core.LeftOut{}, list...)), err
}

// SendLeftOut takes in records that were left out.
func (s *Service) SendLeftOut(_ context.Context, r control.LeftOutRef) (int, error) {
	return s.engine.SendLeftOut(r.Source, r.IDs)
}

// Never says how many addresses and numbers are never sent.
func (s *Service) Never(context.Context) (int, error) { return s.engine.Never(), nil }

// SetNever adds or removes addresses and numbers that are never sent.
func (s *Service) SetNever(_ context.Context, n control.NeverChange) (int, error) {
	return s.engine.SetNever(n.Text, n.Remove)
}
