package service

import (
	"context"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/settings"
	"hookbird/core/source/database"
)

// keyLength of a new local address: 32 characters of 5 bits.
const keyLength = 32

// Sources gives all sources and how they are doing.
func (s *Service) Sources(context.Context) ([]control.SourceView, error) {
	views := []control.SourceView{}
	for _, info := range s.engine.Sources() {
		views = append(views, s.sourceView(info))
	}
	return views, nil
}

func (s *Service) sourceView(info engine.SourceInfo) control.SourceView {
	src := info.Row.Source
	v := control.SourceView{Source: *src, Revision: info.Row.Revision, State: info.State}
	if address := s.engine.Address(); src.Kind == core.KindLocal && address != "" {
		v.Address = address + "/in/" + core.Dots
	}
	for _, st := range s.engine.Webhooks() {
		if st.Webhook.Wants(src.Type(), src.ID) {
			v.GoesTo = append(v.GoesTo, st.Webhook.Name)
		}
	}
	return v
}

// SaveSource makes or changes a source. A new local address without a key gets
// one.
func (s *Service) SaveSource(_ context.Context, d control.SourceDraft) (control.SourceView, error) {
	src := d.Source.Clone()
	if src.ID == "" {
		src.ID = newID(src.Name, "source", func(id string) bool { _, ok := s.engine.Source(id); return ok })
	}
	if src.Kind == core.KindLocal && src.Local != nil && src.Local.Key.IsZero() {
		src.Local.Key = core.NewSecret(core.NewKey(keyLength))
	}
	if err := settings.ValidateSource(src).OrNil(); err != nil {
		return control.SourceView{}, err
	}
	if err := checkQuery(src); err != nil {
		return control.SourceView{}, err.At("/query")
	}
	if err := s.engine.Apply(engine.Edit{Source: src, Revision: d.Revision, By: s.byWindow()}); err != nil {
		return control.SourceView{}, err
	}
	info, ok := s.engine.Source(src.ID)
	if !ok {
		return control.SourceView{}, core.Errorf(core.CodeNotFound, "This source was deleted meanwhile.")
	}
	return s.sourceView(info), nil
}

// checkQuery refuses a query that no database would be asked, which package settings
// knows nothing of.
func checkQuery(src *core.Source) *core.Error {
	if src.Database == nil || src.Database.Query == "" {
		return nil
	}
	err := database.CheckQuery(src.Database.Kind, src.Database.Query)
	if err == nil {
		return nil
	}
	return core.Wrap(core.CodeInvalid, err, core.Sentence(err))
}

// DeleteSource deletes a source and what it remembered. Its records stay.
func (s *Service) DeleteSource(_ context.Context, id string, revision uint64) error {
	return s.engine.Apply(engine.Edit{DropSource: id, Revision: revision, By: s.byWindow()})
}

// SetSourcePaused pauses a source or lets it go on.
func (s *Service) SetSourcePaused(_ context.Context, id string, paused bool) error {
	info, ok := s.engine.Source(id)
	if !ok {
		return core.Errorf(core.CodeNotFound, "There is no such source any more.")
	}
	src := info.Row.Source.Clone()
	src.Paused = paused
	return s.engine.Apply(engine.Edit{Source: src, Revision: info.Row.Revision, By: s.byWindow()})
}

// RevealSecret gives one secret's text, because somebody asked to see it.
func (s *Service) RevealSecret(_ context.Context, r control.SecretRef) (string, error) {
	var found core.Secret
	look := func(place string, secret *core.Secret) {
		if place == r.Place {
			found = *secret
		}
	}
	if r.Source != "" {
		if info, ok := s.engine.Source(r.Source); ok {
			info.Row.Source.Clone().Secrets(look)
		}
	} else if st, err := s.engine.Webhook(r.Webhook); err == nil {
		st.Webhook.Clone().Secrets(look)
	}
	if found.IsZero() {
		return "", core.Errorf(core.CodeNotFound, "There is no such secret value any more.")
	}
	return s.store.Reveal(found)
}
