package codec

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hookbird/core"
)

// Generators of what the store keeps, within what the types allow.
var (
	someTime = rapid.Custom(func(t *rapid.T) time.Time {
		return FromMilli(rapid.Int64Range(0, 1<<45).Draw(t, "ms"))
	})
	someEvent = rapid.Custom(func(t *rapid.T) *core.Event {
		return &core.Event{
			Seq:    rapid.Uint64().Draw(t, "seq"),
			ID:     rapid.String().Draw(t, "id"),
			Type:   rapid.String().Draw(t, "type"),
			Time:   someTime.Draw(t, "time"),
			Source: rapid.String().Draw(t, "source"),
			Title:  rapid.String().Draw(t, "title"),
			Origin: rapid.String().Draw(t, "origin"),
			Hops:   rapid.IntRange(0, core.MaxHops).Draw(t, "hops"),
			Data:   rapid.SliceOf(rapid.Byte()).Draw(t, "data"),
		}
	})
	someAttempt = rapid.Custom(func(t *rapid.T) core.Attempt {
		return core.Attempt{
			At:     someTime.Draw(t, "at"),
			Took:   time.Duration(rapid.Int64().Draw(t, "took")),
			Cause:  core.Cause(rapid.String().Draw(t, "cause")),
			Unsure: rapid.Bool().Draw(t, "unsure"),
			Page:   rapid.Bool().Draw(t, "page"),
			Code:   rapid.IntRange(0, 999).Draw(t, "code"),
			Detail: rapid.String().Draw(t, "detail"),
		}
	})
	someRow = rapid.Custom(func(t *rapid.T) *Row {
		row := &Row{
			State:    rapid.SampledFrom(states).Draw(t, "state"),
			Test:     rapid.Bool().Draw(t, "test"),
			Revision: rapid.Uint64().Draw(t, "revision"),
			Next:     someTime.Draw(t, "next"),
			Tries:    rapid.IntRange(0, 1<<40).Draw(t, "tries"),
			Before:   rapid.IntRange(0, 1<<40).Draw(t, "before"),
			First:    someTime.Draw(t, "first"),
			Attempts: rapid.SliceOfN(someAttempt, 0, core.MaxAttempts).Draw(t, "attempts"),
			Bare:     rapid.Bool().Draw(t, "bare"),
			Changed:  rapid.SampledFrom([]time.Time{{}, time.UnixMilli(1_772_456_400_123).UTC()}).Draw(t, "changed"),
		}
		if n := len(row.Attempts); n > 0 {
			row.Attempts[n-1].Answer = rapid.String().Draw(t, "answer")
			if rapid.Bool().Draw(t, "each") {
				for i := range row.Attempts {
					a := &row.Attempts[i]
					a.Revision, a.Corrected = rapid.Uint64().Draw(t, "own revision"), rapid.Bool().Draw(t, "corrected")
					a.Answer = rapid.SampledFrom([]string{"", "no", "busy"}).Draw(t, "own answer")
				}
			}
			row.Attempts[n-1].Header = rapid.SliceOf(rapid.String()).Draw(t, "header")
		}
		if rapid.Bool().Draw(t, "with event") {
			row.Event = someEvent.Draw(t, "event")
		}
		return row
	})
)

// same fails the test unless two values are equal, nil and empty alike.
func same(t *rapid.T, want, got any, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("decoded differs (-want +got):\n%s", diff)
	}
}

func TestEventRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := someEvent.Draw(t, "event")
		value := Event(e)
		got, err := ReadEvent(e.Seq, value)
		same(t, e, got, err)
		if at, ok := EventTime(value); !ok || !at.Equal(e.Time) {
			t.Fatalf("EventTime = %v, %v; want %v", at, ok, e.Time)
		}
	})
}

func TestRowRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row := someRow.Draw(t, "row")
		value := MarshalRow(row)
		got, err := UnmarshalRow(value)
		same(t, row, got, err)
		if state, ok := RowState(value); !ok || state != row.State {
			t.Fatalf("RowState = %q, %v; want %q", state, ok, row.State)
		}
		looksAlike(t, row, value)
	})
}

// looksAlike holds that a search sees what there is.
func looksAlike(t *rapid.T, row *Row, value []byte) {
	t.Helper()
	var l RowLook
	if err := LookAtRow(value, &l); err != nil {
		t.Fatalf("LookAtRow: %v", err)
	}
	if l.RowHead != (RowHead{State: row.State, Test: row.Test, Bare: row.Bare}) || l.HasOwn != (row.Event != nil) {
		t.Fatalf("looked at %+v of %+v", l, row)
	}
	answers := map[string]bool{}
	for _, a := range row.Attempts {
		if string(l.Cause) != string(row.Attempts[len(row.Attempts)-1].Cause) {
			t.Fatalf("cause %q", l.Cause)
		}
		if a.Answer != "" {
			answers[a.Answer] = true
		}
	}
	seen := map[string]bool{}
	for _, a := range l.Answers {
		seen[string(a)] = true
	}
	if diff := cmp.Diff(answers, seen); diff != "" {
		t.Fatalf("answers (-want +got):\n%s", diff)
	}
	if e := row.Event; e != nil && (string(l.Event.Title) != e.Title || string(l.Event.Origin) != e.Origin || string(l.Event.Type) != e.Type || string(l.Event.Source) != e.Source || string(l.Event.Data) != string(e.Data)) {
		t.Fatalf("looked at event %+v of %+v", l.Event, e)
	}
}

func TestRowOfNoKnownStateCannotBeRead(t *testing.T) {
	value := MarshalRow(&Row{State: "lost"})
	if _, err := UnmarshalRow(value); !errors.Is(err, ErrDamaged) {
		t.Errorf("UnmarshalRow: %v, want ErrDamaged", err)
	}
	if _, ok := RowState(value); ok {
		t.Error("RowState gave a state")
	}
}

func TestSmallRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		num := rapid.Uint32().Draw(t, "num")
		place := core.RetryPlace{Due: rapid.Int64().Draw(t, "due"), Seq: rapid.Uint64().Draw(t, "seq")}
		retry := core.Retry{
			RetryPlace: place,
			Key:        core.DeliveryKey{Last: rapid.Int64().Draw(t, "last"), Seq: place.Seq, Webhook: num},
			Tries:      rapid.IntRange(0, 1<<40).Draw(t, "tries"),
			First:      someTime.Draw(t, "first"),
			LastDelay:  time.Duration(rapid.Int64().Draw(t, "delay")),
			Group:      rapid.Uint64().Draw(t, "group"),
		}
		gotRetry, err := ReadRetry(num, place, Retry(retry))
		same(t, retry, gotRetry, err)

		ref := Ref{Last: rapid.Int64().Draw(t, "ref last"), Due: rapid.SampledFrom([]int64{0, 0, -1, 7, 1 << 60}).Draw(t, "ref due")}
		if ref.Due == 0 {
			ref.Cause, ref.Code = core.Cause(rapid.String().Draw(t, "ref cause")), rapid.IntRange(0, 999).Draw(t, "ref code")
		}
		gotRef, err := UnmarshalRef(MarshalRef(ref))
		same(t, ref, gotRef, err)

		count := Count{Delivered: rapid.Uint64().Draw(t, "delivered"), Failed: rapid.Uint64().Draw(t, "failed")}
		gotCount, err := UnmarshalCount(MarshalCount(count))
		same(t, count, gotCount, err)

		number := rapid.Uint64().Draw(t, "number")
		gotNumber, err := ReadNumber(Number(number))
		same(t, number, gotNumber, err)

		tally := Tally{Rows: map[core.DeliveryState]uint64{}, Tests: map[core.DeliveryState]uint64{}}
		for _, state := range states {
			tally.Rows[state], tally.Tests[state] = rapid.Uint64Min(1).Draw(t, "rows"), rapid.Uint64Min(1).Draw(t, "tests")
		}
		gotTally, err := UnmarshalTally(MarshalTally(tally))
		same(t, tally, gotTally, err)

		stat := Stat{Last: someTime.Draw(t, "stat last"), Events: rapid.Uint64().Draw(t, "events")}
		gotStat, err := UnmarshalStat(MarshalStat(stat))
		same(t, stat, gotStat, err)

		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
		gotPlain, err := ReadBytes(Bytes(plain))
		same(t, plain, gotPlain, err)
		if gotPlain == nil {
			t.Fatal("ReadBytes gave nil for bytes that are there")
		}
	})
}

// TestEveryFlippedBitIsNoticed is what keeps a failing disk from sending other
// data than came in.
func TestEveryFlippedBitIsNoticed(t *testing.T) {
	e := &core.Event{ID: "id", Type: "t", Time: FromMilli(1), Source: "s", Title: "Ada", Origin: "o", Data: []byte(`{"a":1}`)}
	value := Event(e)
	for i := range value {
		for bit := range 8 {
			value[i] ^= 1 << bit
			if _, err := ReadEvent(1, value); !errors.Is(err, ErrDamaged) {
				t.Errorf("bit %d of byte %d flipped: %v, want ErrDamaged", bit, i, err)
			}
			value[i] ^= 1 << bit
		}
	}
}

func TestValuesAreAllocatedOnce(t *testing.T) {
	e := &core.Event{ID: "01958a3c-0000-7000-8000-000000000001", Type: "t", Time: FromMilli(1), Data: make([]byte, 500)}
	if n := testing.AllocsPerRun(100, func() { Event(e) }); n > 1 {
		t.Errorf("Event allocates %v times, want 1", n)
	}
	row := &Row{State: core.Delivered, Attempts: []core.Attempt{{At: FromMilli(1), Code: 200, Header: []string{"A: b"}}}}
	if n := testing.AllocsPerRun(100, func() { MarshalRow(row) }); n > 1 {
		t.Errorf("MarshalRow allocates %v times, want 1", n)
	}
}

// shelled puts foreign bytes into a shell that is right, so that fuzzing reaches
// what is behind the checksum.
func shelled(payload []byte) []byte { return Bytes(payload) }

func FuzzReadEvent(f *testing.F) {
	f.Add([]byte{})
	f.Add(Event(&core.Event{ID: "id", Type: "t", Data: []byte("{}")}))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, _ = ReadEvent(1, b)
		_, _ = EventTime(b)
		value := shelled(b)
		e, err := ReadEvent(1, value)
		look, looked := LookAtEvent(value)
		if (looked == nil) != (err == nil) {
			t.Errorf("read: %v, looked at: %v", err, looked)
		}
		if err != nil {
			return
		}
		if string(look.Data) != string(e.Data) || string(look.Title) != e.Title {
			t.Errorf("looked at %+v of %+v", look, e)
		}
		if back, err := ReadEvent(1, Event(e)); err != nil || !cmp.Equal(e, back, cmpopts.EquateEmpty()) {
			t.Errorf("%+v is read as %+v, %v", e, back, err)
		}
	})
}

func FuzzUnmarshalRow(f *testing.F) {
	f.Add([]byte{})
	seed := MarshalRow(&Row{
		State: core.Waiting, Next: FromMilli(5), Tries: 2, Test: true,
		Attempts: []core.Attempt{{At: FromMilli(1)}, {At: FromMilli(2), Answer: "a", Header: []string{"A: b"}}},
		Event:    &core.Event{Seq: 1, Data: []byte("{}")},
	})
	f.Add(seed[1 : len(seed)-4])
	f.Add([]byte{1, 0, 1, 0, 1, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Fuzz(func(t *testing.T, b []byte) {
		_, _ = UnmarshalRow(b)
		_, _ = RowState(b)
		row, err := UnmarshalRow(shelled(b))
		var l RowLook
		if looked := LookAtRow(shelled(b), &l); looked != nil && err == nil {
			t.Errorf("%+v can be read and not be looked at: %v", row, looked)
		}
		if err != nil {
			return
		}
		if back, err := UnmarshalRow(MarshalRow(row)); err != nil || !cmp.Equal(row, back, cmpopts.EquateEmpty()) {
			t.Errorf("%+v is read as %+v, %v", row, back, err)
		}
	})
}

func FuzzReadSmall(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte(`{"Num":1,"Webhook":{"ID":"crm"}}`))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(_ *testing.T, b []byte) {
		for _, value := range [][]byte{b, shelled(b)} {
			_, _ = ReadRetry(1, core.RetryPlace{}, value)
			_, _ = UnmarshalRef(value)
			_, _ = UnmarshalCount(value)
			_, _ = UnmarshalTally(value)
			_, _ = ReadNumber(value)
			_, _ = UnmarshalStat(value)
			_, _ = ReadBytes(value)
			var w core.Webhook
			_ = ReadJSON(value, &w)
			var lane core.Lane
			_ = ReadJSON(value, &lane)
		}
	})
}
