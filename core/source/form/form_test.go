package form

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
	"hookbird/core/source"
	"hookbird/core/source/sourcetest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// bench is a form in a bubble.
type bench struct {
	t    *testing.T
	host *sourcetest.Host
	src  *core.Source
	form *Form
	stop func()
}

func in(t *testing.T, f func(b *bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &bench{t: t, host: &sourcetest.Host{}}
		b.src = &core.Source{ID: "s1", Kind: core.KindForm, EventType: "guest.created", Form: &core.FormSource{Inputs: []core.Input{{Name: "name", Required: true}}}}
		b.on()
		f(b)
		if b.stop != nil {
			b.off()
		}
	})
}

func (b *bench) on() {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	b.form = New(b.src, b.host, source.Env{}, slog.New(slog.DiscardHandler))
	go func() { done <- b.form.Run(ctx) }()
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

func (b *bench) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func (b *bench) fill(name string) (id string) {
	b.t.Helper()
	id, err := b.form.Fill(b.t.Context(), map[string]string{"name": name})
	if err != nil {
		b.t.Fatal(err)
	}
	return id
}

// want sees whose records have gone out.
func (b *bench) want(names ...string) {
	b.t.Helper()
	var got []string
	for _, e := range b.host.Events() {
		got = append(got, strings.TrimSuffix(strings.TrimPrefix(string(e.Data), `{"name":"`), `"}`))
	}
	if !slices.Equal(got, names) {
		b.t.Errorf("sent %q, want %q", got, names)
	}
}

func TestGrace(t *testing.T) {
	in(t, func(b *bench) {
		id := b.fill("Ada")
		want := []Held{{ID: id, At: time.Now(), Until: time.Now().Add(time.Minute), Data: []byte(`{"name":"Ada"}`)}}
		if diff := cmp.Diff(want, b.form.Held()); diff != "" {
			t.Error(diff)
		}
		b.pass(59 * time.Second)
		b.want()
		b.pass(time.Second)
		events := b.host.Events()
		if len(events) != 1 {
			t.Fatalf("%d records", len(events))
		}
		e := events[0]
		if e.ID != id || e.Type != "guest.created" || e.Source != "s1" || string(e.Data) != `{"name":"Ada"}` || !strings.HasPrefix(e.Origin, "Filled in on 1 January 2000") {
			t.Errorf("%+v", e)
		}
		if len(b.host.All()) > 0 || len(b.form.Held()) > 0 {
			t.Error("it is still held")
		}
		if err := b.form.Undo(t.Context(), id); core.CodeOf(err) != core.CodeNotFound {
			t.Error(err)
		}
	})
}

func TestUndo(t *testing.T) {
	in(t, func(b *bench) {
		ada, eve := b.fill("Ada"), b.fill("Eve")
		if err := b.form.Undo(t.Context(), ada); err != nil {
			t.Error(err)
		}
		if err := b.form.Undo(t.Context(), ada); core.CodeOf(err) != core.CodeNotFound {
			t.Error(err)
		}
		b.pass(time.Minute)
		b.want("Eve")
		bob := b.fill("Bob")
		err := b.form.Undo(t.Context(), eve, bob)
		if core.CodeOf(err) != core.CodeNotFound || !strings.HasPrefix(core.Sentence(err), "1 of 2 have gone out") {
			t.Error(err)
		}
		b.pass(time.Hour)
		b.want()
	})
}

func TestShortGrace(t *testing.T) {
	in(t, func(b *bench) {
		b.src.Form.Grace = 5 * time.Second
		b.fill("Ada")
		b.pass(5 * time.Second)
		b.want("Ada")
	})
}

func TestNoGrace(t *testing.T) {
	in(t, func(b *bench) {
		b.src.Form.Grace = -1
		id := b.fill("Ada")
		b.want("Ada")
		if len(b.host.All()) > 0 {
			t.Error("it is held")
		}
		if err := b.form.Undo(t.Context(), id); core.CodeOf(err) != core.CodeNotFound {
			t.Error(err)
		}
	})
}

// What is held is sent after a restart, in its order; what is due, at once.
func TestRestart(t *testing.T) {
	in(t, func(b *bench) {
		names := []string{"Ada"}
		b.fill("Ada")
		b.pass(10 * time.Second)
		var all []map[string]string
		for i := range 25 {
			name := fmt.Sprintf("Guest %d", i)
			all, names = append(all, map[string]string{"name": name}), append(names, name)
		}
		if _, err := b.form.FillAll(t.Context(), all); err != nil {
			t.Fatal(err)
		}
		b.off()
		b.pass(49 * time.Second)
		b.on()
		b.want()
		b.pass(time.Second)
		b.want(names[:1]...)
		b.off()
		b.pass(time.Hour)
		b.on()
		b.want(names[1:]...)
	})
}

// A clock that was put back makes nothing wait longer than its grace.
func TestClockPutBack(t *testing.T) {
	in(t, func(b *bench) {
		b.off()
		ahead := time.Now().Add(1000 * time.Hour)
		text := fmt.Sprintf(`{"at":%q,"until":%q,"data":"e30="}`, ahead.Format(time.RFC3339), ahead.Add(time.Minute).Format(time.RFC3339))
		b.host.Keep([]core.Mark{{Source: "s1", Key: heldKey + core.NewEventID(ahead), Value: []byte(text)}, {Source: "s1", Key: heldKey + "x", Value: []byte("{")}})
		b.on()
		b.pass(59 * time.Second)
		if n := len(b.host.Events()); n != 0 {
			t.Errorf("%d too early", n)
		}
		b.pass(time.Second)
		if n := len(b.host.Events()); n != 1 {
			t.Errorf("%d went out", n)
		}
	})
}

func TestPaused(t *testing.T) {
	in(t, func(b *bench) {
		id := b.fill("Ada")
		b.off()
		b.src.Paused = true
		b.on()
		b.pass(time.Hour)
		b.want()
		if _, err := b.form.Fill(t.Context(), map[string]string{"name": "Eve"}); core.CodeOf(err) != core.CodeUnavailable {
			t.Error(err)
		}
		if err := b.form.Undo(t.Context(), id); err != nil {
			t.Error(err)
		}
	})
}

func TestWrongFill(t *testing.T) {
	in(t, func(b *bench) {
		_, err := b.form.Fill(t.Context(), map[string]string{"name": ""})
		if errs, ok := errors.AsType[core.Errors](err); !ok || errs[0].Where != "/name" {
			t.Error(err)
		}
		ids, err := b.form.FillAll(t.Context(), []map[string]string{{"name": "Ada"}, {}, {"name": "Eve", "x": ""}})
		if errs, ok := errors.AsType[core.Errors](err); !ok || errs.Error() != "/1/name: Fill this in.\n/2/x: The form has no field with this name." || ids != nil {
			t.Error(err)
		}
		if _, err := b.form.FillAll(t.Context(), make([]map[string]string, maxRows+1)); core.CodeOf(err) != core.CodeInvalid {
			t.Error(err)
		}
		b.src.Form.Inputs = nil
		if _, err := b.form.Fill(t.Context(), nil); core.CodeOf(err) != core.CodeInvalid {
			t.Error(err)
		}
		if len(b.host.All()) > 0 {
			t.Error("something is held")
		}
	})
}

// Many are stored and sent in slices, and what was stored is told.
func TestSlices(t *testing.T) {
	in(t, func(b *bench) {
		all := make([]map[string]string, 2500)
		for i := range all {
			all[i] = map[string]string{"name": fmt.Sprint(i)}
		}
		b.host.Refuse(func(commit int) error {
			if commit == 3 {
				return core.Errorf(core.CodeUnavailable, "The disk is full.")
			}
			return nil
		})
		ids, err := b.form.FillAll(t.Context(), all)
		if len(ids) != 2000 || core.CodeOf(err) != core.CodeUnavailable {
			t.Fatalf("%d, %v", len(ids), err)
		}
		b.pass(time.Minute)
		events := b.host.Events()
		if len(events) != 2000 || b.host.Commits() != 5 {
			t.Fatalf("%d records in %d commits", len(events), b.host.Commits())
		}
		for i, e := range events {
			if e.ID != ids[i] {
				t.Fatalf("record %d is not in order", i)
			}
		}
		big := []map[string]string{}
		for range 100 {
			big = append(big, map[string]string{"name": strings.Repeat("x", 90_000)})
		}
		if _, err := b.form.FillAll(t.Context(), big); err != nil || b.host.Commits() != 8 {
			t.Errorf("%v, %d commits", err, b.host.Commits())
		}
	})
}

func TestTrouble(t *testing.T) {
	in(t, func(b *bench) {
		b.fill("Ada")
		b.host.Refuse(func(n int) error {
			if n < 4 {
				return core.Errorf(core.CodeUnavailable, "The disk is full.")
			}
			return nil
		})
		b.pass(time.Minute)
		if cause, _ := b.host.Said(); cause != "The disk is full." {
			t.Errorf("says %q", cause)
		}
		if _, err := b.form.Fill(t.Context(), map[string]string{"name": "Eve"}); core.CodeOf(err) != core.CodeUnavailable {
			t.Error(err)
		}
		b.pass(2 * time.Second)
		b.want("Ada")
		if cause, _ := b.host.Said(); cause != "" {
			t.Errorf("still says %q", cause)
		}
		b.host.Refuse(func(int) error { return core.Errorf(core.CodeConflict, "Somebody was asked.") })
		b.off()
		b.on()
		b.pass(time.Hour)
	})
}

func TestSurvey(t *testing.T) {
	src := &core.Source{Form: &core.FormSource{Inputs: []core.Input{{Name: "a", Required: true}, {Name: "b", Kind: core.InputNumber, Default: "1,5"}}}}
	s, err := Survey(t.Context(), src, source.Env{})
	if err != nil || s.Text != "A form with 2 fields." || string(s.Samples[0]) != `{"a":"","b":1.5}` || len(s.Columns) != 2 || s.Records != -1 {
		t.Errorf("%+v, %v", s, err)
	}
	if !src.Form.Inputs[0].Required {
		t.Error("the form was changed")
	}
	if _, err := Survey(t.Context(), &core.Source{Form: &core.FormSource{}}, source.Env{}); core.CodeOf(err) != core.CodeInvalid {
		t.Error(err)
	}
}

// Whatever is refused, and whenever it is started anew: what was taken goes out once,
// unless it was taken back, and then never.
func TestOnceOrNotAtAll(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		synctest.Test(t, func(t *testing.T) {
			b := &bench{t: t, host: &sourcetest.Host{}, src: &core.Source{ID: "s1", Form: &core.FormSource{Inputs: []core.Input{{Name: "name"}}}}}
			refused := rapid.SliceOfN(rapid.Bool(), 40, 40).Draw(r, "refused")
			b.host.Refuse(func(n int) error {
				if n < len(refused) && refused[n] {
					return core.Errorf(core.CodeUnavailable, "The disk is full.")
				}
				return nil
			})
			b.on()
			state := map[string]string{} // of each id
			var ids []string
			for range rapid.IntRange(1, 25).Draw(r, "steps") {
				switch rapid.IntRange(0, 3).Draw(r, "what") {
				case 0:
					if id, err := b.form.Fill(t.Context(), map[string]string{"name": "x"}); err == nil {
						ids, state[id] = append(ids, id), "held"
					}
				case 1:
					if len(ids) > 0 {
						id := rapid.SampledFrom(ids).Draw(r, "id")
						if err := b.form.Undo(t.Context(), id); err == nil {
							state[id] = "back"
						}
					}
				case 2:
					b.off()
					b.on()
				default:
					b.pass(time.Duration(rapid.IntRange(0, 70).Draw(r, "seconds")) * time.Second)
				}
			}
			b.pass(time.Hour)
			b.off()
			for _, e := range b.host.Events() {
				if state[e.ID] != "held" {
					r.Errorf("%s went out, but was %q", e.ID, state[e.ID])
				}
				state[e.ID] = "sent"
			}
			for id, s := range state {
				if s == "held" {
					r.Errorf("%s never went out", id)
				}
			}
		})
	})
}
