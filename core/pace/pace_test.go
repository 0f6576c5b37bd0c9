package pace_test

import (
	"math"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/pace"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 7, 16, 12, 0, 0, 0, time.UTC)

func TestSpanIsOpenAtItsEnd(t *testing.T) {
	l := pace.New(core.Pace{Second: 2}, nil, noon)
	steps := []struct{ at, next time.Duration }{ // next is 0 if a request begins
		{0, 0},
		{300 * time.Millisecond, 0},
		{300 * time.Millisecond, time.Second},
		{time.Second - 1, time.Second},
		{time.Second, 0},
		{time.Second, 1300 * time.Millisecond},
		{1300 * time.Millisecond, 0},
	}
	for _, s := range steps {
		now := noon.Add(s.at)
		next := l.Next(now)
		switch {
		case s.next != 0 && !next.Equal(noon.Add(s.next)):
			t.Errorf("at %s: next %s, want %s", s.at, next.Sub(noon), s.next)
		case s.next == 0 && !next.IsZero():
			t.Errorf("at %s: next %s, want now", s.at, next.Sub(noon))
		case s.next == 0:
			l.Took(now)
		}
	}
}

func TestLongestWaitCounts(t *testing.T) {
	l := pace.New(core.Pace{Second: 1, Day: 2}, nil, noon)
	l.Took(noon)
	if next := l.Next(noon); !next.Equal(noon.Add(time.Second)) {
		t.Errorf("after the first: %s", next)
	}
	l.Took(noon.Add(2 * time.Hour))
	if next := l.Next(noon.Add(3 * time.Hour)); !next.Equal(noon.Add(24 * time.Hour)) {
		t.Errorf("after the second: %s", next)
	}
}

func TestWithoutLimits(t *testing.T) {
	l := pace.New(core.Pace{}, []core.PaceSlot{{Start: noon.UnixMilli(), N: 5}}, noon)
	l.Took(noon)
	if next := l.Next(noon); !next.IsZero() || l.Slots(noon) != nil || l.PerSecond() != 0 {
		t.Errorf("next %s, %v kept, %v a second", next, l.Slots(noon), l.PerSecond())
	}
}

func TestSlotsOfHourAndDay(t *testing.T) {
	l := pace.New(core.Pace{Second: 9, Hour: 9, Day: 9}, nil, noon)
	for _, at := range []time.Duration{0, time.Second, 2 * time.Hour, 2*time.Hour + 20*time.Minute, 2*time.Hour + 20*time.Minute + time.Second} {
		l.Took(noon.Add(at))
	}
	ms := noon.UnixMilli()
	want := []core.PaceSlot{
		{Start: ms, Span: time.Second, N: 2},
		{Start: ms + 7_200_000, N: 1},
		{Start: ms + 8_400_000, Span: time.Second, N: 2},
	}
	if diff := cmp.Diff(want, l.Slots(noon.Add(150*time.Minute))); diff != "" {
		t.Error(diff)
	}
	if kept := l.Slots(noon.Add(48 * time.Hour)); kept != nil {
		t.Errorf("two days later: %v", kept)
	}
}

func TestSlotsAreKeptForHourAndDayAlone(t *testing.T) {
	l := pace.New(core.Pace{Second: 9, Minute: 9}, nil, noon)
	l.Took(noon)
	if kept := l.Slots(noon); kept != nil {
		t.Errorf("%v", kept)
	}
}

func TestSlotsOfTheDayDoNotHoldTheHour(t *testing.T) {
	p := core.Pace{Hour: 2, Day: 9}
	l := pace.New(p, nil, noon)
	for _, at := range []time.Duration{0, 30 * time.Minute, 40 * time.Minute} { // one slot of the day
		l.Took(noon.Add(at))
	}
	now := noon.Add(70 * time.Minute)
	l = pace.New(p, l.Slots(now), now)
	if next := l.Next(now); !next.Equal(noon.Add(90 * time.Minute)) {
		t.Errorf("next at %s", next)
	}
}

func TestSlotsThatOverlapCountAsTheLaterOne(t *testing.T) {
	kept := []core.PaceSlot{
		{Start: noon.UnixMilli(), Span: 50 * time.Minute, N: 1},
		{Start: noon.UnixMilli() + 120_000, Span: time.Minute, N: 1},
	}
	l := pace.New(core.Pace{Hour: 1}, kept, noon.Add(50*time.Minute))
	if next := l.Next(noon.Add(63 * time.Minute)); !next.Equal(noon.Add(110 * time.Minute)) {
		t.Errorf("next at %s", next)
	}
}

func TestNonsenseOnDiskCountsNotTooLittle(t *testing.T) {
	for name, kept := range map[string]core.PaceSlot{
		"in the future":     {Start: noon.UnixMilli() + 1, N: 1},
		"at the end of it":  {Start: math.MaxInt64, N: 1},
		"ends before":       {Start: noon.UnixMilli(), Span: -2 * time.Hour, N: 1},
		"ends never":        {Start: noon.UnixMilli() - 7_200_000, Span: math.MaxInt64, N: 1},
		"more than allowed": {Start: noon.UnixMilli(), N: math.MaxInt32},
	} {
		l := pace.New(core.Pace{Hour: 1}, []core.PaceSlot{kept}, noon)
		if next := l.Next(noon); !next.Equal(noon.Add(time.Hour)) {
			t.Errorf("%s: next at %s", name, next)
		}
	}
}

func TestLongSlotsOnDiskAreBounded(t *testing.T) {
	kept := []core.PaceSlot{{Start: noon.UnixMilli(), N: 1}}
	for i := range 1000 {
		kept = append(kept, core.PaceSlot{Start: noon.UnixMilli() + int64(i)*150_000, Span: 1001 * 150 * time.Second, N: 1})
	}
	now := noon.Add(1000 * 150 * time.Second)
	l := pace.New(core.Pace{Hour: 5}, kept, now)
	if held := l.Held(); held > maxHeld {
		t.Errorf("%d slots", held)
	}
	if next := l.Next(now); !next.Equal(now.Add(time.Hour)) {
		t.Errorf("next at %s", next)
	}
}

func TestClockSetBackCountsFromThenOn(t *testing.T) {
	l := pace.New(core.Pace{Hour: 1}, nil, noon)
	l.Took(noon)
	early := noon.AddDate(-1, 0, 0)
	if next := l.Next(early); !next.Equal(early.Add(time.Hour)) {
		t.Errorf("next at %s", next)
	}
	kept := []core.PaceSlot{{Start: noon.UnixMilli(), Span: time.Minute, N: 1}}
	if next := pace.New(core.Pace{Hour: 1}, kept, early).Next(early); !next.Equal(early.Add(time.Hour)) {
		t.Errorf("after a restart: next at %s", next)
	}
}

func TestPerSecond(t *testing.T) {
	tests := []struct {
		pace core.Pace
		want float64
	}{
		{core.Pace{Second: 5}, 5},
		{core.Pace{Minute: 30}, 0.5},
		{core.Pace{Second: 5, Day: 86_400}, 1},
		{core.Pace{Second: 1, Day: 1_000_000}, 1},
	}
	for _, tt := range tests {
		if got := pace.New(tt.pace, nil, noon).PerSecond(); got != tt.want {
			t.Errorf("%+v: %v, want %v", tt.pace, got, tt.want)
		}
	}
}

func TestDescribe(t *testing.T) {
	tests := []struct {
		pace core.Pace
		want string
	}{
		{core.Pace{}, "No limit"},
		{core.Pace{Second: 5}, "At most 5 a second"},
		{core.Pace{Second: 5, Day: 1000}, "At most 5 a second and 1,000 a day"},
		{core.Pace{Second: 999, Minute: 12_345, Hour: 1_000_000}, "At most 999 a second, 12,345 a minute and 1,000,000 an hour"},
	}
	for _, tt := range tests {
		if got := pace.Describe(tt.pace); got != tt.want {
			t.Errorf("Describe(%+v) = %q, want %q", tt.pace, got, tt.want)
		}
	}
}

func TestValidate(t *testing.T) {
	tests := []struct {
		name string
		pace core.Pace
		want []string // places
	}{
		{"none", core.Pace{}, nil},
		{"the most", core.Pace{Second: core.MaxPace, Minute: 1, Hour: 1, Day: core.MaxPace}, nil},
		{"too many", core.Pace{Minute: core.MaxPace + 1}, []string{"/minute"}},
		{"below none", core.Pace{Second: -1, Minute: -1, Hour: -1, Day: -1}, []string{"/second", "/minute", "/hour", "/day"}},
	}
	for _, tt := range tests {
		var got []string
		for _, err := range pace.Validate(tt.pace) {
			got = append(got, err.Where)
			if err.Code != core.CodeInvalid {
				t.Errorf("%s: %+v", tt.name, err)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", tt.name, diff)
		}
	}
}

// busy is a limiter that has been at its limits for a while.
func busy() (*pace.Limiter, time.Time) {
	now := noon
	l := pace.New(core.Pace{Second: 500, Minute: 20_000, Hour: 1_000_000, Day: core.MaxPace}, nil, now)
	for range 100_000 {
		now = now.Add(3 * time.Millisecond)
		if l.Next(now).IsZero() {
			l.Took(now)
		}
	}
	return l, now
}

func TestRequestsCostNoMemory(t *testing.T) {
	l, now := busy()
	allocs := testing.AllocsPerRun(10_000, func() {
		now = now.Add(3 * time.Millisecond)
		if l.Next(now).IsZero() {
			l.Took(now)
		}
	})
	if allocs != 0 {
		t.Errorf("%v allocations a request", allocs)
	}
}

func BenchmarkTook(b *testing.B) {
	l, now := busy()
	b.ReportAllocs()
	for b.Loop() {
		now = now.Add(3 * time.Millisecond)
		l.Took(now)
	}
}

func BenchmarkNext(b *testing.B) {
	l, now := busy()
	b.ReportAllocs()
	for b.Loop() {
		now = now.Add(3 * time.Microsecond)
		l.Next(now)
	}
}
