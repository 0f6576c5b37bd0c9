package service

import (
	"fmt"
	"slices"

	"hookbird/core"
	"hookbird/core/filter"
	"hookbird/core/merge"
	"hookbird/core/message"
	"hookbird/core/value"
)

// unknownNames says a sentence for each field that a webhook reads and that none
// of the newest records for it has. That is no fault, the next record may have
// it; where there is no record yet, nothing is said.
func (s *Service) unknownNames(w *core.Webhook) []string {
	records := s.recordsFor(w)
	if len(records) == 0 {
		return nil
	}
	var names []string
	for _, r := range records {
		for _, f := range value.Paths(r) {
			if !slices.Contains(names, f.Path) {
				names = append(names, f.Path)
			}
		}
	}
	var notes []string
	for _, path := range reads(w) {
		if known(path, records) {
			continue
		}
		note := fmt.Sprintf("%s: no record so far has a field called [%s].", w.Name, path)
		if meant, ok := value.Suggest(path, names); ok {
			note += fmt.Sprintf(" Did you mean [%s]?", meant)
		}
		notes = append(notes, note)
	}
	return notes
}

// recordsFor gives the newest records of the types and sources that a webhook
// wants.
func (s *Service) recordsFor(w *core.Webhook) []value.Value {
	events, err := s.store.EventsBack(0, samplesRead)
	if err != nil && len(events) == 0 {
		return nil // the next start of the engine says what is wrong with the store
	}
	var records []value.Value
	for _, e := range events {
		if !w.Wants(e.Type, e.Source) {
			continue
		}
		if r, err := value.Parse(e.Data); err == nil {
			records = append(records, r)
		}
	}
	return records
}

// known tells whether one of the records has a field.
func known(path string, records []value.Value) bool {
	p, err := value.ParsePath(path)
	return err != nil || slices.ContainsFunc(records, func(r value.Value) bool {
		_, found := p.Find(r)
		return found
	})
}

// reads lists the fields of a record that a webhook asks for, each once: those of
// its messages in the order in which they go out, then those of its conditions.
func reads(w *core.Webhook) []string {
	var paths []string
	add := func(path string) {
		if path != "" && !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	text := func(t string, place merge.Place) {
		parsed, err := merge.Parse(t, place)
		if err != nil {
			return // somebody is typing it
		}
		for _, use := range parsed.Paths() {
			add(use.Path)
		}
	}
	text(w.Address, merge.Address)
	for _, h := range w.Headers {
		text(h.Value, merge.Header)
	}
	if w.Body.Style == core.BodyTemplate {
		text(w.Body.Template, message.PlaceOf(message.TemplateType(&w.Body)))
	} else {
		for _, f := range w.Body.Fields {
			add(f.From)
			text(f.Template, merge.Plain)
		}
	}
	if f, err := filter.Parse(w.Filter); err == nil {
		for _, path := range f.Fields() {
			add(path)
		}
	}
	return paths
}
