package service

import (
	"fmt"
	"maps"
	"slices"

	"hookbird/core"
	"hookbird/core/filter"
	"hookbird/core/merge"
	"hookbird/core/message"
	"hookbird/core/value"
)

// maxSampleBytes bounds what of the newest records is read to show them, and to
// know which fields there are.
const maxSampleBytes = 4 << 20

// past is the newest records, read once for all webhooks of an import.
type past struct {
	events  []*core.Event
	records []value.Value // of events
	names   []map[string]bool
}

// recent gives the newest records, within maxSampleBytes but one at least. An
// error means that there is none that can be read.
func (s *Service) recent() ([]*core.Event, error) {
	events, err := s.store.EventsBack(0, samplesRead)
	if len(events) == 0 {
		return nil, err
	}
	size := 0
	for i, e := range events {
		if size += len(e.Data); size > maxSampleBytes && i > 0 {
			return events[:i], nil
		}
	}
	return events, nil
}

// newest reads the newest records.
func (s *Service) newest() *past {
	events, err := s.recent()
	if err != nil {
		return &past{} // the next start of the engine says what is wrong with the store
	}
	p := &past{}
	for _, e := range events {
		r, err := value.Parse(e.Data)
		if err != nil {
			continue
		}
		names := map[string]bool{}
		for _, f := range value.Paths(r) {
			names[f.Path] = true
		}
		p.events, p.records, p.names = append(p.events, e), append(p.records, r), append(p.names, names)
	}
	return p
}

// unknownNames says a sentence for each field that a webhook reads and that none
// of the newest records for it has. That is no fault, the next record may have
// it; where there is no record yet, nothing is said.
func (p *past) unknownNames(w *core.Webhook) []string {
	var records []value.Value
	var names map[string]bool
	for i, e := range p.events {
		if w.Wants(e.Type, e.Source) {
			records = append(records, p.records[i])
		}
	}
	if len(records) == 0 {
		return nil
	}
	var notes []string
	for _, path := range reads(w) {
		if known(path, records) {
			continue
		}
		if names == nil {
			names = p.namesFor(w)
		}
		note := fmt.Sprintf("%s: no record so far has a field called [%s].", w.Name, path)
		if meant, ok := value.Suggest(path, slices.Sorted(maps.Keys(names))); ok {
			note += fmt.Sprintf(" Did you mean [%s]?", meant)
		}
		notes = append(notes, note)
	}
	return notes
}

// namesFor are the names of all fields of the records that a webhook wants.
func (p *past) namesFor(w *core.Webhook) map[string]bool {
	all := map[string]bool{}
	for i, e := range p.events {
		if w.Wants(e.Type, e.Source) {
			maps.Copy(all, p.names[i])
		}
	}
	return all
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
