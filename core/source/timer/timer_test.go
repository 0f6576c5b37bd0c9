package timer

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
	"hookbird/core/source"
	"hookbird/core/source/sourcetest"
)

// bench is a timer in a bubble, from Saturday, 1 January 2000 on.
type bench struct {
	t    *testing.T
	host *sourcetest.Host
	src  *core.Source
	slow time.Duration // what a commit takes
	put  atomic.Int64  // how far the clock was put
	stop func()
}

// in has a time zone be that of this computer while a test runs in a bubble.
func in(t *testing.T, zone string, cfg core.TimerSource, f func(b *bench)) {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	local := time.Local
	time.Local = loc
	defer func() { time.Local = local }()
	synctest.Test(t, func(t *testing.T) {
		b := &bench{t: t, host: &sourcetest.Host{}, src: &core.Source{ID: "s1", Kind: core.KindTimer, Timer: &cfg}}
		f(b)
		if b.stop != nil {
			b.off()
		}
	})
}

// slowHost takes its time to commit.
type slowHost struct {
	*sourcetest.Host
	takes time.Duration
}

func (h slowHost) Accept(ctx context.Context, events []*core.Event, marks []core.Mark) error {
	time.Sleep(h.takes)
	return h.Host.Accept(ctx, events, marks)
}

// on starts the source, and off ends it.
func (b *bench) on() {
	b.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	timer := New(b.src, slowHost{b.host, b.slow}, source.Env{}, slog.New(slog.DiscardHandler))
	timer.now = func() time.Time { return time.Now().Add(time.Duration(b.put.Load())) }
	go func() { done <- timer.Run(ctx) }()
	b.stop = func() {
		cancel()
		if err := <-done; err != nil {
			b.t.Error(err)
		}
	}
	synctest.Wait()
}

func (b *bench) off() {
	b.stop()
	b.stop = nil
}

// until lets time pass to a moment by the clock on the wall.
func (b *bench) until(text string) {
	b.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04:05", text, time.Local)
	if err != nil {
		b.t.Fatal(err)
	}
	time.Sleep(time.Until(at) - time.Duration(b.put.Load()))
	synctest.Wait()
}

// want sees for which times there are new records.
func (b *bench) want(at ...string) {
	b.t.Helper()
	var got []string
	for _, e := range b.host.Events() {
		var record struct{ At string }
		if err := json.Unmarshal(e.Data, &record); err != nil {
			b.t.Errorf("%s: %v", e.Data, err)
		}
		got = append(got, record.At)
	}
	if !slices.Equal(got, at) {
		b.t.Errorf("records for %q, want %q", got, at)
	}
}

func TestEvery(t *testing.T) {
	in(t, "UTC", core.TimerSource{Every: 15 * time.Minute}, func(b *bench) {
		b.until("2000-01-01 00:05:00")
		b.on()
		b.want()
		b.until("2000-01-01 00:30:00")
		b.want("2000-01-01T00:15:00Z", "2000-01-01T00:30:00Z")
	})
}

func TestSetTimes(t *testing.T) {
	in(t, "Europe/Berlin", core.TimerSource{At: []int{7 * 60, 18*60 + 30}, Days: []time.Weekday{time.Monday}}, func(b *bench) {
		b.on()
		b.until("2000-01-03 06:59:59")
		b.want()
		b.until("2000-01-03 07:00:00")
		b.want("2000-01-03T07:00:00+01:00")
		b.until("2000-01-10 07:00:00")
		b.want("2000-01-03T18:30:00+01:00", "2000-01-10T07:00:00+01:00")
	})
}

// On 26 March 2000 there is no 2:30 in Berlin, and on 29 October there are two.
func TestDaylightSaving(t *testing.T) {
	in(t, "Europe/Berlin", core.TimerSource{At: []int{2*60 + 30}}, func(b *bench) {
		b.until("2000-03-25 12:00:00")
		b.on()
		b.until("2000-03-27 12:00:00")
		b.want("2000-03-26T03:00:00+02:00", "2000-03-27T02:30:00+02:00")
		b.off()
		b.until("2000-10-28 12:00:00")
		b.on()
		b.until("2000-10-30 12:00:00")
		b.want("2000-10-29T02:30:00+02:00", "2000-10-30T02:30:00+01:00")
	})
}

func TestMissed(t *testing.T) {
	for _, made := range []bool{false, true} {
		in(t, "UTC", core.TimerSource{At: []int{7 * 60}, Missed: made}, func(b *bench) {
			b.on()
			b.off()
			b.until("2000-01-04 09:00:00") // three were missed
			b.on()
			if made {
				b.want("2000-01-04T07:00:00Z") // once
			} else {
				b.want()
			}
			b.off()
			b.on()
			b.until("2000-01-05 07:00:00")
			b.want("2000-01-05T07:00:00Z")
		})
	}
}

// A restart right at a time misses nothing.
func TestRestartAtTheTime(t *testing.T) {
	in(t, "UTC", core.TimerSource{At: []int{7 * 60}}, func(b *bench) {
		b.on()
		b.until("2000-01-02 06:59:50")
		b.want("2000-01-01T07:00:00Z")
		b.off()
		b.until("2000-01-02 07:01:00")
		b.on()
		b.want("2000-01-02T07:00:00Z")
		b.off()
		b.on()
		b.want()
	})
}

// What passed before there was a timer, while it had other times, or while it was
// paused, was not missed.
func TestNobodysTimes(t *testing.T) {
	in(t, "UTC", core.TimerSource{At: []int{7 * 60}, Missed: true}, func(b *bench) {
		b.until("2000-01-01 07:01:00")
		b.on()
		b.off()
		b.want()
		b.until("2000-01-02 07:01:00")
		b.src.Timer.At = []int{7*60 + 1}
		b.on()
		b.off()
		b.want()
		b.src.Paused = true
		b.on()
		b.until("2000-01-03 09:00:00")
		b.off()
		b.src.Paused = false
		b.on()
		b.want()
		b.until("2000-01-04 09:00:00")
		b.want("2000-01-04T07:01:00Z")
	})
}

func TestClockPutBack(t *testing.T) {
	in(t, "UTC", core.TimerSource{At: []int{7 * 60}}, func(b *bench) {
		b.on()
		b.until("2000-01-03 07:30:00")
		b.want("2000-01-01T07:00:00Z", "2000-01-02T07:00:00Z", "2000-01-03T07:00:00Z")
		b.put.Store(int64(-25 * time.Hour))
		b.until("2000-01-03 08:00:00")
		b.want()
		b.off()
		b.put.Store(int64(-49 * time.Hour))
		b.on()
		b.until("2000-01-04 07:00:00")
		b.want("2000-01-04T07:00:00Z")
	})
}

// A clock that is wrong for a while and goes to another century does not stop a
// timer for as long.
func TestClockWrongForAWhile(t *testing.T) {
	in(t, "UTC", core.TimerSource{At: []int{7 * 60}, Missed: true}, func(b *bench) {
		b.on()
		b.until("2000-01-01 08:00:00")
		b.want("2000-01-01T07:00:00Z")
		b.put.Store(int64(100 * 365 * 24 * time.Hour))
		time.Sleep(time.Hour)
		b.want("2099-12-07T07:00:00Z")
		b.put.Store(0)
		b.until("2000-01-03 08:00:00")
		b.want("2000-01-02T07:00:00Z", "2000-01-03T07:00:00Z")
	})
}

// A timer that was made while the clock was ahead runs once it is right.
func TestMadeWhileTheClockWasAhead(t *testing.T) {
	in(t, "UTC", core.TimerSource{Every: time.Hour}, func(b *bench) {
		b.put.Store(int64(1000 * time.Hour))
		b.on()
		b.put.Store(0)
		b.until("2000-01-01 02:30:00")
		b.want("2000-01-01T01:00:00Z", "2000-01-01T02:00:00Z")
	})
}

// A record that cannot be stored is stored once that is possible, and the one for
// the time after it as well.
func TestRefusedCommits(t *testing.T) {
	in(t, "UTC", core.TimerSource{Every: time.Minute}, func(b *bench) {
		var full atomic.Bool
		b.host.Refuse(func(int) error {
			if full.Load() {
				return core.Errorf(core.CodeUnavailable, "The disk is full.")
			}
			return nil
		})
		b.on()
		full.Store(true)
		b.until("2000-01-01 00:01:30")
		if cause, _ := b.host.Said(); cause != "The disk is full." {
			t.Errorf("says %q", cause)
		}
		b.off() // died before it was stored
		full.Store(false)
		b.on()
		b.until("2000-01-01 00:02:00")
		b.want("2000-01-01T00:01:00Z", "2000-01-01T00:02:00Z")
		if cause, _ := b.host.Said(); cause != "" {
			t.Errorf("still says %q", cause)
		}
	})
}

// A commit that takes longer than a turn costs no turn.
func TestSlowCommit(t *testing.T) {
	in(t, "UTC", core.TimerSource{Every: time.Second}, func(b *bench) {
		b.slow = 900 * time.Millisecond
		b.on()
		b.until("2000-01-01 00:01:00")
		if n := len(b.host.Events()); n < 57 {
			t.Errorf("%d records in a minute", n)
		}
	})
}

func TestConflictWaits(t *testing.T) {
	in(t, "UTC", core.TimerSource{Every: time.Minute}, func(b *bench) {
		b.host.Refuse(func(n int) error {
			if n > 1 {
				return core.Errorf(core.CodeConflict, "Somebody was asked.")
			}
			return nil
		})
		b.on()
		b.until("2000-01-01 01:00:00")
		b.want()
		if n := b.host.Commits(); n != 2 {
			t.Errorf("%d commits", n)
		}
	})
}

func TestRecord(t *testing.T) {
	in(t, "Europe/Berlin", core.TimerSource{At: []int{7 * 60}, Missed: true, Data: []core.Fixed{
		{Name: "report", Value: "daily, of [@today|date:DD.MM.YYYY]"}, {Name: "nr", Value: "[@id]"}, {Name: "made", Value: "[@time]"}, {Name: "b", Value: `\[x]`},
	}}, func(b *bench) {
		b.src.EventType = "report.due"
		b.on()
		b.off()
		b.until("2000-01-03 06:00:00")
		b.on()
		events := b.host.Events()
		if len(events) != 1 {
			t.Fatalf("%d records", len(events))
		}
		e := events[0]
		want := `{"at":"2000-01-02T07:00:00+01:00","report":"daily, of 03.01.2000","nr":"` + e.ID + `","made":"2000-01-03T06:00:00.000+01:00","b":"[x]"}`
		if string(e.Data) != want || e.Type != "report.due" || e.Source != "s1" || e.Origin != "2 January 2000, 07:00" || e.Title != "" {
			t.Errorf("%+v\n%s\n%s", e, e.Data, want)
		}
		if _, found := b.host.Said(); found != "The next record is made on Monday, 3 January, at 07:00." {
			t.Errorf("says %q", found)
		}
	})
}

var wrong = map[string]struct {
	cfg  core.TimerSource
	says string
}{
	"no times":   {core.TimerSource{}, "how often"},
	"too often":  {core.TimerSource{Every: time.Millisecond}, "once a second"},
	"both":       {core.TimerSource{Every: time.Hour, At: []int{7}}, "not both"},
	"no name":    {core.TimerSource{Every: time.Hour, Data: []core.Fixed{{Name: " "}}}, "no name"},
	"twice":      {core.TimerSource{Every: time.Hour, Data: []core.Fixed{{Name: "a"}, {Name: "a"}}}, "twice"},
	"no field":   {core.TimerSource{Every: time.Hour, Data: []core.Fixed{{Name: "a", Value: "[Name]"}}}, "[Name]"},
	"not closed": {core.TimerSource{Every: time.Hour, Data: []core.Fixed{{Name: "a", Value: "[@id"}}}, `The value of "a"`},
	"secret":     {core.TimerSource{Every: time.Hour, Data: []core.Fixed{{Name: "a", Value: "[secret:x]"}}}, "secret"},
}

func TestWrongSettings(t *testing.T) {
	for name, tt := range wrong {
		t.Run(name, func(t *testing.T) {
			in(t, "UTC", tt.cfg, func(b *bench) {
				_, err := Survey(t.Context(), b.src, source.Env{})
				if core.CodeOf(err) != core.CodeInvalid || !strings.Contains(core.Sentence(err), tt.says) {
					t.Errorf("survey: %v", err)
				}
				b.on()
				b.until("2000-01-02 00:00:00")
				b.want()
				if cause, _ := b.host.Said(); cause != core.Sentence(err) {
					t.Errorf("says %q", cause)
				}
			})
		})
	}
}

func TestSurvey(t *testing.T) {
	in(t, "UTC", core.TimerSource{At: []int{7 * 60}, Data: []core.Fixed{{Name: "day", Value: "[@today]"}}}, func(b *bench) {
		s, err := Survey(t.Context(), b.src, source.Env{})
		if err != nil || s.Text != "Every day at 7:00. The next record is made on Saturday, 1 January, at 07:00." || s.Records != -1 || len(s.Samples) != 3 {
			t.Fatalf("%+v, %v", s, err)
		}
		if got := string(s.Samples[2]); got != `{"at":"2000-01-03T07:00:00Z","day":"2000-01-03"}` {
			t.Error(got)
		}
	})
}

// What cannot be read of what is remembered is as if there were no timer yet.
func TestUnreadableState(t *testing.T) {
	in(t, "UTC", core.TimerSource{Every: time.Minute, Missed: true}, func(b *bench) {
		b.host.Keep([]core.Mark{{Source: "s1", Key: stateKey, Value: []byte(`{"place":`)}})
		b.on()
		b.until("2000-01-01 00:01:00")
		b.want("2000-01-01T00:01:00Z")
	})
}

type brokenHost struct{ sourcetest.Host }

var errBroken = errors.New("broken")

func (*brokenHost) Mark(string, string) ([]byte, bool, error) { return nil, false, errBroken }

func TestUnreadableStore(t *testing.T) {
	src := &core.Source{ID: "s1", Timer: &core.TimerSource{Every: time.Minute}}
	if err := New(src, &brokenHost{}, source.Env{}, slog.New(slog.DiscardHandler)).Run(t.Context()); !errors.Is(err, errBroken) {
		t.Error(err)
	}
}
