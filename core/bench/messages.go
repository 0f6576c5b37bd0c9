package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"runtime"
	"time"

	"hookbird/core"
	"hookbird/core/filter"
	"hookbird/core/message"
	"hookbird/core/value"
)

// Bounds of what making one message may cost.
const (
	messageBar  = 3.0 // µs
	allocsBar   = 10.0
	parsingBar  = 0.8 // of decoding and encoding by encoding/json
	messageRuns = 20_000
)

// person is a record of 500 bytes, as a membership office has it.
var person = []byte(`{"contactNumber":"0000417311","firstname":"Ada","lastname":"Lovelace","email":"ada.lovelace@example.org",` +
	`"phone":"+33 1 23 45 67 89","street":"12 rue de l'Église","city":"Marseille","zipcode":"13001","country":"France","role":"MEMBER",` +
	`"amount":1234.50,"joined":"2026-11-22T09:12:00Z","newsletter":true,"indicators":[{"code":"VIP","value":false},{"code":"DONOR","value":true}],` +
	`"addresses":[{"isMain":true,"zipCode":"13001","city":"Marseille"}],"note":"Prefers the balcony, row C; arrives early."}`)

// measureMessages takes the time and the allocations of making a message and of
// asking a filter, against what the standard library takes for the same record.
func measureMessages(s settings, r *report) error {
	b, err := message.New(tenFields(), nil, "bench")
	if err != nil {
		return err
	}
	f, err := filter.Parse("role=MEMBER;addresses(isMain).zipCode=13.*;indicators(*).value=true")
	if err != nil {
		return err
	}
	e := &core.Event{ID: core.NewEventID(time.Now()), Type: core.DefaultEventType, Source: "bench", Data: person}
	doc, err := value.Parse(person)
	if err != nil {
		return err
	}
	if !f.Match(doc) {
		return fmt.Errorf("the filter does not take the record")
	}
	read := []message.Record{{Event: e, Data: doc}}
	one := []*core.Event{e}
	sides := map[string]func() error{
		"build":  func() error { _, err := b.BuildRead(read, time.Time{}); return err },
		"filter": func() error { f.Match(doc); return nil },
		"whole":  func() error { _, err := b.Build(one, time.Time{}); return err },
		"json":   func() error { return decodeEncode(person) },
	}
	times, allocs := map[string][]float64{}, map[string]float64{}
	for range s.rounds {
		for name, do := range sides {
			µs, n, err := perRun(do)
			if err != nil {
				return err
			}
			times[name], allocs[name] = append(times[name], µs), n
		}
	}
	r.tell("a record to send, bytes", fmt.Sprint(len(person)))
	r.tell("form message of ten fields from a parsed record, µs", spread(times["build"]))
	r.atMost("form message of ten fields from a parsed record", median(times["build"]), messageBar, " µs")
	r.atMost("its allocations", allocs["build"], allocsBar, "")
	r.tell("filter of three conditions, µs", spread(times["filter"]))
	r.atMost("filter of three conditions on a parsed record", median(times["filter"]), messageBar, " µs")
	r.atMost("its allocations", allocs["filter"], allocsBar, "")
	r.tell("message with parsing, and encoding/json both ways, µs", spread(times["whole"])+" and "+spread(times["json"]))
	r.atMost("message with parsing / encoding/json both ways", median(times["whole"])/median(times["json"]), parsingBar, "")
	return nil
}

// tenFields is a webhook with ten mapped fields, packed as a form.
func tenFields() *core.Webhook {
	w := &core.Webhook{
		ID: "bench", Name: "Bench", Address: "http://127.0.0.1:9/", Method: "POST",
		Body: core.Body{Style: core.BodyForm},
	}
	for _, from := range []string{"contactNumber", "firstname", "lastname", "email", "phone", "street", "city", "zipcode", "country", "amount"} {
		w.Body.Fields = append(w.Body.Fields, core.Field{Name: "their_" + from, From: from})
	}
	return w
}

// decodeEncode is what a program does that knows JSON only by the standard
// library.
func decodeEncode(data []byte) error {
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	var out bytes.Buffer
	return json.NewEncoder(&out).Encode(v)
}

// perRun gives the microseconds and the allocations of one run.
func perRun(do func() error) (µs, allocs float64, err error) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	began := time.Now()
	for range messageRuns {
		if err := do(); err != nil {
			return 0, 0, err
		}
	}
	took := time.Since(began)
	runtime.ReadMemStats(&after)
	return took.Seconds() * 1e6 / messageRuns, float64(after.Mallocs-before.Mallocs) / messageRuns, nil
}
