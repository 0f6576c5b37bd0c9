package pace_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/pace"

	"pgregory.net/rapid"
)

const maxHeld = 40 // slots of a limit, however many requests there are

func genPace() *rapid.Generator[core.Pace] {
	most := rapid.OneOf(rapid.Just(0), rapid.IntRange(1, 4), rapid.IntRange(1, 60))
	return rapid.Custom(func(t *rapid.T) core.Pace {
		return core.Pace{
			Second: most.Draw(t, "second"), Minute: most.Draw(t, "minute"),
			Hour: most.Draw(t, "hour"), Day: most.Draw(t, "day"),
		}
	})
}

// world is a limiter, the clock that it is told, and each request that began. Time
// only goes forward; the clock may be set back and is late from then on.
type world struct {
	pace    core.Pace
	limiter *pace.Limiter
	time    int64
	late    int64                 // nanoseconds that the clock is behind
	began   []int64               // by time
	known   map[time.Duration]int // of a span: from where in began on its limit has to know them
	again   bool                  // there was a restart
	blur    time.Duration         // what was kept is in milliseconds
	vague   bool                  // the clock was set back or the limits changed: it may wait longer than it must
}

func newWorld(p core.Pace) *world {
	w := &world{pace: p, known: map[time.Duration]int{}, time: time.Date(2026, 7, 16, 12, 0, 0, 0, time.UTC).UnixNano()}
	w.limiter = pace.New(p, nil, w.clock())
	return w
}

func (w *world) clock() time.Time { return time.Unix(0, w.time-w.late).UTC() }

// wait is how long it is until a time that Next gave.
func (w *world) wait(next time.Time) time.Duration {
	if next.IsZero() {
		return 0
	}
	return next.Sub(w.clock())
}

func (w *world) take() {
	w.limiter.Took(w.clock())
	w.began = append(w.began, w.time)
}

// within counts requests that began less than a time ago.
func within(began []int64, now int64, span time.Duration) int {
	n := 0
	for i := len(began) - 1; i >= 0 && began[i] > now-int64(span); i-- {
		n++
	}
	return n
}

// full tells whether a limit allows no more.
func (w *world) full(l core.PaceLimit) bool {
	return within(w.began[w.known[l.Span]:], w.time, l.Span) >= l.Most
}

// nearly tells whether a limit would allow no more if its span were longer by a
// slot, or two after a restart.
func (w *world) nearly(l core.PaceLimit) bool {
	slack := l.Span / 31
	if w.again {
		slack *= 2
	}
	return within(w.began, w.time, l.Span+slack) >= l.Most
}

// start ends the limiter and makes a new one of what it kept. Only the limits an hour
// and a day keep anything, in slots that are long for the others, and none knows of
// more than the longest did.
func (w *world) start(p core.Pace) {
	w.limiter = pace.New(p, w.limiter.Slots(w.clock()), w.clock())
	for _, l := range (core.Pace{Second: 1, Minute: 1, Hour: 1, Day: 1}).Limits() {
		if l.Span < time.Hour || l.Span > longest(w.pace) {
			w.known[l.Span] = len(w.began)
		}
	}
	w.vague = w.vague || p != w.pace || p.Second > 0 || p.Minute > 0
	w.pace, w.again, w.blur = p, true, time.Millisecond
}

// ask asks for the next request and checks the answer against every request there
// was: none too early, and none later than a limit whose span is a little longer
// would have it.
func (w *world) ask(t *rapid.T) time.Time {
	next := w.limiter.Next(w.clock())
	limits := w.pace.Limits()
	switch {
	case next.IsZero() && slices.ContainsFunc(limits, w.full):
		t.Fatalf("%+v: the next may begin now, but there is no room", w.pace)
	case w.wait(next) > w.blur && !w.vague && !slices.ContainsFunc(limits, w.nearly):
		t.Fatalf("%+v: the next may begin in %s, but there is room", w.pace, next.Sub(w.clock()))
	case !next.IsZero() && (!next.After(w.clock()) || next.Sub(w.clock()) > longest(w.pace)):
		t.Fatalf("%+v: the next may begin in %s", w.pace, next.Sub(w.clock()))
	}
	return next
}

func longest(p core.Pace) time.Duration {
	limits := p.Limits()
	if len(limits) == 0 {
		return 0
	}
	return limits[len(limits)-1].Span
}

// goOn waits until the moment that Next gave: not a nanosecond less will do.
func (w *world) goOn(t *rapid.T, next time.Time) {
	if next.IsZero() {
		return
	}
	w.time += int64(next.Sub(w.clock())) - 1
	if again := w.limiter.Next(w.clock()); !again.Equal(next) {
		t.Fatalf("just before %s it is %s", next, again)
	}
	w.time++
	if again := w.limiter.Next(w.clock()); !again.IsZero() {
		t.Fatalf("at %s it is %s", next, again)
	}
}

func TestNoSpanEverHoldsMoreThanItsLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(genPace().Draw(t, "pace"))
		some := func(label string) int64 {
			span := rapid.SampledFrom([]time.Duration{time.Second, time.Minute, time.Hour, 24 * time.Hour}).Draw(t, "scale")
			return int64(rapid.Float64Range(0, 1.1).Draw(t, label) * float64(span) / rapid.SampledFrom([]float64{1, 7, 50, 1000}).Draw(t, "part"))
		}
		begin := func(t *rapid.T) {
			for range rapid.IntRange(1, 30).Draw(t, "requests") {
				if !w.ask(t).IsZero() {
					return
				}
				w.take()
				w.time += rapid.Int64Range(0, int64(20*time.Millisecond)).Draw(t, "took")
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"requests": begin,
			"more":     begin,
			"in time":  func(t *rapid.T) { w.goOn(t, w.ask(t)); begin(t) },
			"all the same": func(*rapid.T) { // whatever the limits say, as a person may ask for
				w.take()
			},
			"later":    func(*rapid.T) { w.time += some("later") },
			"restart":  func(*rapid.T) { w.start(w.pace) },
			"settings": func(t *rapid.T) { w.start(genPace().Draw(t, "pace")) },
			"back":     func(*rapid.T) { w.late, w.vague = w.late+some("back"), true },
			"": func(t *rapid.T) {
				w.ask(t)
				if held := w.limiter.Held(); held > maxHeld {
					t.Fatalf("%d slots", held)
				}
				if kept := w.limiter.Slots(w.clock()); len(kept) > 2*maxHeld || sum(kept) > len(w.began) || w.limiter.Held() > maxHeld {
					t.Fatalf("%d slots of %d requests are kept, of %d that began", len(kept), sum(kept), len(w.began))
				}
			},
		})
	})
}

func sum(slots []core.PaceSlot) int {
	n := 0
	for _, s := range slots {
		n += s.N
	}
	return n
}

// A restart changes nothing of when the next request may begin, but for a
// millisecond, and where there are two limits for what the slots of one are shorter
// than those of the other.
func TestRestartForgetsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := genPace().Draw(t, "pace")
		p.Second, p.Minute = 0, 0
		w := newWorld(p)
		for range rapid.IntRange(0, 300).Draw(t, "requests") {
			w.time += rapid.Int64Range(0, int64(20*time.Minute)).Draw(t, "later")
			w.goOn(t, w.ask(t))
			w.take()
		}
		before := w.wait(w.ask(t))
		w.start(p)
		after := w.wait(w.ask(t))
		least, most := before, before+time.Millisecond
		if p.Hour > 0 && p.Day > 0 {
			least, most = before-24*time.Hour/32, before+24*time.Hour/32
		}
		if after < least || after > most {
			t.Fatalf("%+v: the next may begin in %s, after the restart in %s", p, before, after)
		}
	})
}

// Whatever is kept on disk, nobody waits longer than a span, and memory is bounded.
func TestNonsenseOnDiskDoesNoHarm(t *testing.T) {
	number := rapid.OneOf(rapid.Int64(), rapid.SampledFrom([]int64{0, -1, math.MaxInt64, math.MinInt64}))
	rapid.Check(t, func(t *rapid.T) {
		now := time.UnixMilli(rapid.Int64Range(0, 4e12).Draw(t, "now"))
		near := rapid.Map(rapid.Int64Range(-2*86_400_000, 2*86_400_000), func(ms int64) int64 { return now.UnixMilli() + ms })
		spans := rapid.Map(rapid.Int64Range(-1000, int64(48*time.Hour)), func(d int64) int64 { return d })
		kept := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) core.PaceSlot {
			return core.PaceSlot{
				Start: rapid.OneOf(near, number).Draw(t, "start"),
				Span:  time.Duration(rapid.OneOf(spans, number).Draw(t, "span")),
				N:     int(rapid.OneOf(rapid.Int64Range(1, 9), number).Draw(t, "n")),
			}
		}), 0, 200).Draw(t, "kept")
		p := genPace().Draw(t, "pace")
		l := pace.New(p, kept, now)
		if next := l.Next(now); !next.IsZero() && (!next.After(now) || next.Sub(now) > longest(p)) {
			t.Fatalf("%+v: the next may begin in %s", p, next.Sub(now))
		}
		if held := l.Held(); held > maxHeld {
			t.Fatalf("%d slots", held)
		}
		for _, s := range l.Slots(now) {
			if s.N <= 0 || s.Span < 0 || s.Start > now.UnixMilli() {
				t.Fatalf("%+v is kept", s)
			}
		}
		if next := l.Next(now.Add(longest(p))); !next.IsZero() {
			t.Fatalf("%+v: after the longest span the next may begin at %s", p, next)
		}
	})
}

// Requests that come evenly are the worst for slots: all of a slot wait for its last.
func TestAtMostATwentiethOfTheRateIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.SampledFrom([]core.Pace{{Second: 1}, {Minute: 1}, {Hour: 1}, {Day: 1}}).Draw(t, "span").Limits()[0]
		most := rapid.IntRange(1, 400).Draw(t, "most")
		p := core.Pace{}
		for _, f := range []struct {
			span time.Duration
			most *int
		}{{time.Second, &p.Second}, {time.Minute, &p.Minute}, {time.Hour, &p.Hour}, {24 * time.Hour, &p.Day}} {
			if f.span == limit.Span {
				*f.most = most
			}
		}
		w := newWorld(p)
		gap := int64(rapid.Float64Range(0, 1).Draw(t, "gap") * float64(limit.Span) / float64(most))
		const spans = 60
		for end := w.time + spans*int64(limit.Span); w.time < end; w.time += gap {
			if next := w.limiter.Next(w.clock()); !next.IsZero() {
				w.time += int64(next.Sub(w.clock()))
			}
			w.take()
		}
		if got, all := float64(len(w.began)), float64(most*spans); got < 0.95*all {
			t.Fatalf("%v of %v", got, all)
		}
	})
}
