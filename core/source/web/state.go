package web

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/merge"
	"hookbird/core/message"
)

// stateKey is the mark of where a source is.
const stateKey = "web"

// state is what is remembered between two looks. It is of one place.
type state struct {
	Place    string    `json:"place"`
	Ready    bool      `json:"ready,omitempty"` // what was there at first is dealt with
	Asked    bool      `json:"asked,omitempty"` // what was there at first is counted:
	Count    int       `json:"count,omitempty"` // so much, or more
	More     bool      `json:"more,omitempty"`
	Last     time.Time `json:"last,omitzero"`   // when the last complete look began
	Tag      string    `json:"tag,omitempty"`   // of a list that is one page
	Modified string    `json:"since,omitempty"` // likewise
	Keyed    bool      `json:"keyed,omitempty"` // the keys of all records are known
	Shape    shape     `json:"shape,omitzero"`
	Wait     time.Time `json:"wait,omitzero"` // until then the service wants to be left alone
}

// place gives what makes a list another one: whence it comes, and what tells its
// records apart.
func (w *Web) place() string {
	a := w.web.Ask
	parts := slices.Concat([]string{a.Webhook().HTTPMethod(), a.Address, a.Body, w.web.List}, w.web.Keys)
	sum := w.host.Hash(append([]string{"web"}, parts...)...)
	return hex.EncodeToString(sum[:])
}

// load reads what is remembered, if it is of this place.
func (w *Web) load() error {
	text, ok, err := w.host.Mark(w.src.ID, stateKey)
	if err != nil {
		return err
	}
	w.state = state{}
	if ok {
		_ = json.Unmarshal(text, &w.state) // what cannot be read is not known
	}
	if place := w.place(); w.state.Place != place {
		w.state = state{Place: place}
	}
	return nil
}

// mark gives what remembers a state.
func (w *Web) mark(s state) core.Mark {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // nothing in it can fail
	}
	return core.Mark{Source: w.src.ID, Key: stateKey, Value: text}
}

// keep remembers a state by itself.
func (w *Web) keep(ctx context.Context, s state) error {
	if err := w.host.Accept(ctx, nil, []core.Mark{w.mark(s)}); err != nil {
		return err
	}
	w.state = s
	return nil
}

// lastField is the merge field for when the last complete look began.
const lastField = "last"

// overlap is how much earlier that is said to be than it was: clocks differ, and a
// service may show a record only some time after its date.
const overlap = core.DefaultOverlap

// askedSince tells whether an Ask asks only for what is new since the last look.
func askedSince(a core.Ask) bool {
	return slices.ContainsFunc(message.Uses(a.Webhook()), func(path string) bool {
		return strings.EqualFold(strings.Trim(path, `"`), lastField)
	})
}

// fixed tells whether an Ask is the same request each time.
func fixed(a core.Ask) bool {
	w := a.Webhook()
	is := func(text string, place merge.Place) bool {
		t, err := merge.Parse(text, place)
		return err == nil && t.Fixed()
	}
	for _, h := range w.Headers {
		if !is(h.Value, merge.Header) {
			return false
		}
	}
	return is(w.Address, merge.Address) && is(w.Body.Template, message.PlaceOf(message.TemplateType(&w.Body)))
}

// event gives what the merge fields of a request are filled in from.
func (w *Web) event(now time.Time) *core.Event {
	last := time.Unix(0, 0)
	if !w.state.Last.IsZero() {
		last = w.state.Last.Add(-overlap)
	}
	data, err := json.Marshal(map[string]string{lastField: last.UTC().Format(time.RFC3339)})
	if err != nil {
		panic(err) // nothing in it can fail
	}
	return &core.Event{ID: core.NewEventID(now), Type: w.src.Type(), Source: w.src.ID, Time: now, Data: data}
}
