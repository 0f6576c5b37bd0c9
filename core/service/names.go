package service

import (
	"fmt"
	"maps"
	"slices"

	"hookbird/core"
	"hookbird/core/message"
	"hookbird/core/value"
)

// maxSampleBytes bounds what of the newest records is read to show them, and to
// know which fields there are.
const maxSampleBytes = 4 << 20

// newestRecords are the newest records, read once for all webhooks of an import.
type newestRecords struct {
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
func (s *Service) newest() *newestRecords {
	events, err := s.recent()
	if err != nil {
		return &newestRecords{} // the next start of the engine says what is wrong with the store
	}
	p := &newestRecords{}
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
func (p *newestRecords) unknownNames(w *core.Webhook) []string {
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
	for _, path := range message.Uses(w) {
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
func (p *newestRecords) namesFor(w *core.Webhook) map[string]bool {
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
