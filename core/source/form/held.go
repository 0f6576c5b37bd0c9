package form

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"hookbird/core"
)

// heldKey is what the marks of held records begin with:
//
//	held:ID  when it was filled in and when it goes out, and the record
//
// where ID is the id that its event will have.
const heldKey = "held:"

// Held is a record that can be taken back.
type Held struct {
	ID    string
	At    time.Time // when it was filled in
	Until time.Time // when it goes out
	Data  []byte    // the record
}

// stored is what the mark of a held record holds.
type stored struct {
	At    time.Time `json:"at"`
	Nr    int       `json:"nr,omitempty"` // among those that were filled in at once
	Until time.Time `json:"until"`
	Data  []byte    `json:"data"`
}

// place is a held record in memory.
type place struct {
	id  string
	at  time.Time
	nr  int
	due time.Time // by a clock that nobody puts
}

// Held gives the records that can be taken back, the latest last. One that cannot be
// read is left out.
func (f *Form) Held() []Held {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.load(); err != nil {
		f.log.Warn("held records of a form not read", "error", err)
		return nil
	}
	held := make([]Held, 0, len(f.held))
	for _, p := range f.held {
		if s, ok, err := f.stored(p.id); ok && err == nil {
			held = append(held, Held{ID: p.id, At: s.At, Until: p.due.Round(0), Data: s.Data})
		}
	}
	return held
}

// load finds out, once, which records are held. f.mu is locked.
func (f *Form) load() error {
	if f.loaded {
		return nil
	}
	f.held = nil
	now := time.Now()
	err := f.host.Marks(f.src.ID, heldKey, func(key string, text []byte) error {
		var s stored
		if err := json.Unmarshal(text, &s); err != nil {
			f.log.Error("held record of a form not read", "error", err)
			return nil
		}
		// Where clocks were put, it waits no longer than it would have at first.
		left := max(0, min(s.Until.Sub(now), s.Until.Sub(s.At)))
		f.held = append(f.held, place{strings.TrimPrefix(key, heldKey), s.At, s.Nr, now.Add(left)})
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(f.held, func(a, b place) int {
		if c := a.at.Compare(b.at); c != 0 {
			return c
		}
		return a.nr - b.nr
	})
	f.loaded = true
	return nil
}

// stored gives what is on disk of a held record.
func (f *Form) stored(id string) (s stored, ok bool, err error) {
	text, ok, err := f.host.Mark(f.src.ID, heldKey+id)
	if !ok || err != nil {
		return s, false, err
	}
	return s, json.Unmarshal(text, &s) == nil, nil
}

// forget takes records out of those that are held. f.mu is locked.
func (f *Form) forget(ids map[string]bool) {
	f.held = slices.DeleteFunc(f.held, func(p place) bool { return ids[p.id] })
}

// released gives the mark that holds a record no more.
func (f *Form) released(id string) core.Mark {
	return core.Mark{Source: f.src.ID, Key: heldKey + id}
}

// event gives the record as it goes out.
func (f *Form) event(id string, at time.Time, data []byte) *core.Event {
	return &core.Event{
		ID: id, Type: f.src.Type(), Source: f.src.ID, Data: data,
		Origin: "Filled in on " + at.Local().Format("2 January 2006, 15:04"),
	}
}
