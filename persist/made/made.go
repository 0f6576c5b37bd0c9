// Package made fills stores with made-up records and history, for tests and for
// measurements that need many of them. It must not be imported by the program.
package made

import (
	"fmt"
	"strconv"
	"time"

	"hookbird/core"
)

// Size says what a store is filled with.
type Size struct {
	Rows     int           // messages; each has a record of its own
	Webhooks int           // 0 means 4
	Until    time.Time     // the newest message; zero means now
	Over     time.Duration // how far back they reach; 0 means 28 days
	Failed   int           // each how manieth message failed; 0 means 50, negative none did
}

// Rare is a text that is in one of RareEvery records, and Never one that is in none.
const (
	Rare      = "Zeppelin"
	RareEvery = 100_000
	Never     = "no record holds this"
)

// slice is how many messages are written in one commit.
const slice = 5000

// Webhook is the id of the nth webhook, from 0.
func Webhook(n int) string { return "made-" + strconv.Itoa(n) }

// Fill adds records and their history to an empty store. The webhooks are paused, so
// that an engine over the store sends nothing. done, which may be nil, is told how
// many messages are there.
func Fill(store core.Store, s Size, done func(rows int)) error {
	f := &filler{Size: s, store: store}
	if f.Webhooks == 0 {
		f.Webhooks = 4
	}
	if f.Until.IsZero() {
		f.Until = time.Now()
	}
	if f.Over == 0 {
		f.Over = 28 * 24 * time.Hour
	}
	if f.Failed == 0 {
		f.Failed = 50
	}
	if err := f.webhooks(); err != nil {
		return err
	}
	for from := 0; from < f.Rows; from += slice {
		if err := f.slice(from, min(from+slice, f.Rows)); err != nil {
			return fmt.Errorf("fill from row %d: %w", from, err)
		}
		if done != nil {
			done(min(from+slice, f.Rows))
		}
	}
	return nil
}

type filler struct {
	Size
	store core.Store
	lanes []core.LaneRow
}

func (f *filler) webhooks() error {
	b := &core.Batch{}
	for n := range f.Webhooks {
		b.Config = append(b.Config, core.Change{Now: f.Until, Lane: &core.Lane{Next: 1}, Webhook: &core.Webhook{
			ID: Webhook(n), Name: "Made-up system " + strconv.Itoa(n+1), State: core.StatePaused,
			Address: "http://127.0.0.1:9/in", Body: core.Body{Style: core.BodyJSON},
		}})
	}
	if err := f.store.Commit(b); err != nil {
		return err
	}
	for _, c := range b.Config {
		f.lanes = append(f.lanes, core.LaneRow{Webhook: c.Row.Num})
	}
	return nil
}

// slice writes some messages, and the lanes as they are then.
func (f *filler) slice(from, to int) error {
	b := &core.Batch{}
	for n := from; n < to; n++ {
		e := f.Record(n)
		lane := &f.lanes[n%f.Webhooks].Lane
		r := core.Result{Webhook: f.lanes[n%f.Webhooks].Webhook, Seq: e.Seq, Revision: 1, State: core.Delivered, Attempt: answer(e.Time)}
		if f.Failed > 0 && n%f.Failed == f.Failed-1 {
			r.State = core.Failed
			r.Attempt.Cause, r.Attempt.Code, r.Attempt.Answer = failure(n / f.Failed)
			lane.Failed++
		} else {
			lane.Delivered++
		}
		b.Events, b.Results = append(b.Events, e), append(b.Results, r)
	}
	for i := range f.lanes {
		f.lanes[i].Lane.Next = uint64(to) + 1
	}
	b.Lanes = f.lanes
	return f.store.Commit(b)
}

func answer(at time.Time) *core.Attempt {
	return &core.Attempt{
		At: at.Add(time.Second), Took: 80 * time.Millisecond, Code: 200,
		Answer: `{"ok":true,"status":"accepted"}`, Header: []string{"Content-Type: application/json"},
	}
}

func failure(n int) (core.Cause, int, string) {
	switch n % 3 {
	case 0:
		return core.CauseKey, 401, `{"error":"invalid_key"}`
	case 1:
		return core.CauseData, 422, `{"error":"postcode is wrong"}`
	}
	return core.CauseServer, 503, "Service Unavailable"
}

var (
	first = []string{"Ada", "Grace", "Katherine", "Alan", "Zoë", "Jürgen", "Łukasz", "Radia"}
	last  = []string{"Lovelace", "Hopper", "Johnson", "Turing", "Müller", "O'Brien", "Wójcik", "Perlman"}
)

// Record is the nth record, from 0. Its data has about 500 bytes, and in each tenth
// letters beyond ASCII are escaped.
func (s Size) Record(n int) *core.Event {
	given, name := first[n%len(first)], last[(n/len(first))%len(last)]
	title := given + " " + name
	note := "Came by the form on the web page, wants the newsletter and two tickets for the evening"
	if n%RareEvery == RareEvery-1 {
		note += " with the " + Rare
	}
	at := s.Until.Add(-s.Over / time.Duration(s.Rows+1) * time.Duration(s.Rows-n)).Truncate(time.Millisecond)
	return &core.Event{
		Seq: uint64(n) + 1, ID: fmt.Sprintf("01958a3c-0000-7000-8000-%012d", n), Type: "record.created",
		Time: at, Source: "made", Title: title, Origin: "made.csv, row " + strconv.Itoa(n+2),
		Data: data(n, given, name, note),
	}
}

func data(n int, given, name, note string) []byte {
	quote := strconv.Quote
	if n%10 == 0 {
		quote = strconv.QuoteToASCII
	}
	return fmt.Appendf(nil,
		`{"id":%d,"firstname":%s,"lastname":%s,"email":"person.%d@example.org","phone":"+44 20 7946 %04d","street":"Station Road %d","postcode":"N%d 4QR","city":"Northampton","country":"GB","joined":"2026-03-%02d","role":"MEMBER","amount":"%d.50","interests":["theatre","garden","history"],"consent":true,"note":%s,"campaign":"spring appeal of the friends of the town","reference":"REF-%08d"}`,
		n, quote(given), quote(name), n, n%10000, n%300, n%20, n%28+1, n%90, quote(note), n)
}
