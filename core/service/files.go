package service

import (
	"context"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/settings"
)

// current is all that a settings file can say of what is stored.
func (s *Service) current() settings.Current {
	c := settings.Current{Settings: s.engine.Settings()}
	for _, w := range s.engine.Webhooks() {
		c.Webhooks = append(c.Webhooks, w.Webhook)
	}
	for _, src := range s.engine.Sources() {
		c.Sources = append(c.Sources, src.Row.Source)
	}
	return c
}

// Import reads a settings file and saves what it says in one commit: all of it,
// or nothing and every wrong place at once.
func (s *Service) Import(_ context.Context, r control.ImportRequest) (control.ImportResult, error) {
	changes, notes, err := settings.Import(r.Data, r.Dir, s.current())
	if err != nil {
		return control.ImportResult{}, err
	}
	for _, src := range changes.Sources {
		if err := checkQuery(src); err != nil {
			return control.ImportResult{}, core.Wrap(err.Code, err, "In the source "+src.Name+": "+err.Message)
		}
	}
	if err := s.engine.Apply(edits(changes, s.byFile(r.Name))...); err != nil {
		return control.ImportResult{}, err
	}
	if len(changes.Webhooks) > 0 {
		newest := s.newest()
		for _, w := range changes.Webhooks {
			notes = append(notes, newest.unknownNames(w)...)
		}
	}
	return control.ImportResult{Webhooks: len(changes.Webhooks), Sources: len(changes.Sources), Notes: notes}, nil
}

// edits orders an import: webhooks first, so that none of the records of its new
// sources is missed.
func edits(c settings.Changes, by core.Author) []engine.Edit {
	var all []engine.Edit
	for _, w := range c.Webhooks {
		all = append(all, engine.Edit{Webhook: w, Any: true, By: by})
	}
	for _, src := range c.Sources {
		all = append(all, engine.Edit{Source: src, Any: true, By: by})
	}
	if !c.Settings.IsZero() {
		all = append(all, engine.Edit{Settings: func(set *core.Settings) { c.Settings.Set(set) }, By: by})
	}
	return all
}

// Export writes all settings as a file.
func (s *Service) Export(_ context.Context, withSecrets bool) ([]byte, error) {
	if withSecrets {
		return settings.Print(s.current(), s.store)
	}
	return settings.Print(s.current(), nil)
}
