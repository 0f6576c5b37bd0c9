package engine_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
	"hookbird/core/engine"
)

// source saves a source that only takes what it is given.
func (r *rig) source(change func(*core.Source)) *core.Source {
	r.t.Helper()
	src := &core.Source{ID: "test", Kind: core.KindLocal, Name: "Till", Local: &core.LocalSource{Key: core.NewSecret("0123456789abcdef0123")}}
	if change != nil {
		change(src)
	}
	if err := r.engine.Apply(engine.Edit{Source: src, Any: true}); err != nil {
		r.t.Fatal(err)
	}
	return src
}

// give hands in one record.
func (r *rig) give(data string) {
	r.t.Helper()
	e := &core.Event{ID: core.NewEventID(time.Now()), Type: core.DefaultEventType, Source: "test", Data: []byte(data)}
	if err := r.engine.Accept(context.Background(), []*core.Event{e}, nil); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) sourceState() core.SourceState {
	r.t.Helper()
	info, ok := r.engine.Source("test")
	if !ok {
		r.t.Fatal("the source is gone")
	}
	return info.State
}

// What a source leaves out is counted and listed over a restart, is not sent, and is
// sent all the same when somebody says so; what must not be kept is not.
func TestRecordsThatAreLeftOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.save(hook("crm"))
		r.source(func(s *core.Source) { s.Once.Keys = []string{"n"} })
		if n, err := r.engine.SetNever("ada@example.org\nno address", false); n != 1 || err != nil {
			t.Fatalf("%d never to be sent, %v", n, err)
		}
		if n, err := r.engine.SetNever(" ADA@example.org", false); n != 0 || err != nil {
			t.Fatalf("once more: %d, %v", n, err)
		}
		for _, data := range []string{`{"n":1}`, `{"n":1,"again":true}`, `{"n":2,"card":"4111 1111 1111 1111"}`, `{"n":3,"mail":"Ada@example.org"}`} {
			r.give(data)
		}
		pass(time.Minute)
		r.want("crm", 1, 0, 0)
		r.engineAnew()
		if r.engine.Never() != 1 {
			t.Errorf("after a restart %d are never sent", r.engine.Never())
		}
		r.give(`{"n":4,"mail":"ADA@example.org"}`)
		pass(time.Minute)
		left, err := r.engine.LeftOut("test")
		if err != nil || len(left) != 4 || r.sourceState().LeftOut != 4 {
			t.Fatalf("left out %+v, %v, counted %d", left, err, r.sourceState().LeftOut)
		}
		var ids []string
		for _, l := range left {
			ids = append(ids, l.ID)
			if l.Data != nil && !strings.Contains(string(l.Data), "again") {
				t.Errorf("kept %s", l.Data)
			}
		}
		if n, err := r.engine.SendLeftOut("test", ids); n != 1 || err != nil {
			t.Errorf("sent %d all the same, %v", n, err)
		}
		pass(time.Minute)
		r.want("crm", 2, 0, 0)
		if left, _ := r.engine.LeftOut("test"); len(left) != 3 {
			t.Errorf("%d are still left out", len(left))
		}
		r.stop()
	})
}

// A question stands until it is answered, its answer counts over a restart, and an
// answer to another one is refused.
func TestQuestionsAreAskedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.source(nil)
		q := core.SourceQuestion{ID: "existing:1", Text: "412 rows are already there.", Choices: []core.Choice{{ID: "skip", Usual: true}, {ID: "send"}}}
		if answer, err := r.engine.Ask("test", q); answer != "" || err != nil {
			t.Fatalf("answered %q, %v", answer, err)
		}
		if got := r.sourceState().Question; got == nil || got.Text != q.Text {
			t.Fatalf("asks %+v", got)
		}
		if err := r.engine.Answer("test", "another", "skip"); core.CodeOf(err) != core.CodeConflict {
			t.Errorf("another question is answered: %v", err)
		}
		if err := r.engine.Answer("test", q.ID, "skip"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if got := r.sourceState().Question; got != nil {
			t.Errorf("still asks %+v", got)
		}
		r.engineAnew()
		if answer, err := r.engine.Ask("test", q); answer != "skip" || err != nil {
			t.Errorf("after a restart: %q, %v", answer, err)
		}
		r.stop()
	})
}

// A column that is used and gone holds the source; the one that is said to be in its
// place is known by the old name from then on. One that nobody uses may go.
func TestAColumnThatIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		w := hook("crm")
		w.Body.Fields = []core.Field{{Name: "mail", From: "Email"}}
		r.save(w)
		r.source(nil)
		columns := func(names ...string) error { return r.engine.Columns(context.Background(), "test", names) }
		if err := columns("Name", "Email", "Fax"); err != nil {
			t.Fatal(err)
		}
		if err := columns("Name", "Email"); err != nil {
			t.Errorf("a column that nobody uses holds the source: %v", err)
		}
		if err := columns("Name", "Email address"); core.CodeOf(err) != core.CodeConflict {
			t.Fatalf("a column that is used may go: %v", err)
		}
		q := r.sourceState().Question
		if q == nil || q.Text != "The column Email is gone. Email address is new. Use that one?" || len(q.Choices) != 2 || !q.Choices[0].Usual {
			t.Fatalf("asks %+v", q)
		}
		if err := r.engine.Answer("test", q.ID, q.Choices[0].ID); err != nil {
			t.Fatal(err)
		}
		if err := columns("Name", "Email address"); err != nil {
			t.Fatal(err)
		}
		r.give(`{"Name":"Ada","Email address":"ada@example.org"}`)
		pass(time.Minute)
		got := r.target.requests()
		if len(got) != 1 || got[0].body != `{"mail":"ada@example.org"}` {
			t.Errorf("sent %+v", got)
		}
		r.engineAnew()
		r.give(`{"Name":"Bob","Email address":"bob@example.org"}`)
		pass(time.Minute)
		if got := r.target.requests(); len(got) != 2 || got[1].body != `{"mail":"bob@example.org"}` {
			t.Errorf("after a restart sent %+v", got)
		}
		r.stop()
	})
}

// The same texts have the same hash over a restart, and another in another store.
func TestHashBelongsToTheStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, other := newRig(t), newRig(t)
		r.start()
		other.start()
		sum := r.engine.Hash("a", "b")
		if sum == other.engine.Hash("a", "b") || sum == r.engine.Hash("ab") || sum == r.engine.Hash("a", "b", "") {
			t.Error("different texts or stores have the same hash")
		}
		r.engineAnew()
		if r.engine.Hash("a", "b") != sum {
			t.Error("the hash is another after a restart")
		}
		r.stop()
		other.stop()
	})
}

// What is expected and does not come raises one alarm, also over a restart; what
// comes in time, or at last, gives a sign of life. Alarms go to those who name them
// alone.
func TestSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.save(hook("all"))
		w := hook("alarms")
		w.Events = []string{"hookbird.*"}
		r.save(w)
		r.source(func(s *core.Source) {
			s.Expect = core.Expect{By: 7 * 60, Days: []time.Weekday{1, 2, 3, 4, 5}, Heartbeat: core.NewSecret("http://life.example/beat")}
		})
		until := func(day, hour, minute int) { // January 2000 begins on a Saturday
			t.Helper()
			d := time.Until(time.Date(2000, 1, day, hour, minute, 0, 0, time.Local))
			if d < 0 {
				t.Fatalf("day %d, %d:%02d is over", day, hour, minute)
			}
			pass(d)
		}
		states := func(silent bool, requests int) {
			t.Helper()
			if got := !r.sourceState().Silent.IsZero(); got != silent {
				t.Errorf("%s: silent %v", time.Now(), got)
			}
			if got := r.target.requests(); len(got) != requests {
				t.Errorf("%s: %d requests, want %d: %+v", time.Now(), len(got), requests, got)
			}
		}
		until(3, 6, 30)
		r.give(`{"n":1}`)
		until(3, 7, 5)
		states(false, 2) // the record, and a sign of life
		until(4, 7, 5)
		states(true, 3) // the alarm
		if got := r.target.requests()[2].body; !strings.Contains(got, `"source":"test","name":"Till"`) {
			t.Errorf("the alarm is %s", got)
		}
		r.engineAnew()
		until(4, 12, 0)
		states(true, 3)
		r.give(`{"n":2}`)
		pass(time.Minute)
		states(false, 6) // the record, that it was heard, and a sign of life
		until(5, 7, 5)
		states(false, 7) // something has come since the day before: a sign of life
		until(6, 7, 5)
		states(true, 8)
		until(8, 12, 0) // a Saturday: on Friday it was silent too
		states(true, 9)
		until(10, 6, 0)
		states(true, 9)
		r.stop()
	})
}

// A webhook that is held and a message that was given up raise an alarm; one about a
// message that was an alarm itself does not.
func TestAlarms(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.save(hook("crm"))
		w := hook("alarms")
		w.Events, w.Retry.Name = []string{"hookbird.*"}, "none"
		r.save(w)
		r.target.answers(422)
		r.accept(0, 1)
		pass(time.Minute)
		r.want("crm", 0, 0, 1)
		r.want("alarms", 0, 0, 1)
		r.target.answers(401)
		r.accept(1, 20)
		pass(time.Minute)
		if r.state("crm").Health.State != core.HealthAttention || r.state("alarms").Failed < 2 {
			t.Errorf("crm %+v, alarms %+v", r.state("crm").Health, r.state("alarms"))
		}
		found := false
		for _, q := range r.target.requests() {
			found = found || strings.Contains(q.body, `"state":"attention"`)
		}
		if !found {
			t.Error("no alarm about the webhook that is held")
		}
		r.stop()
	})
}

// Details are looked up before a record is matched. While they cannot be, records
// wait on disk, in order, also over a crash; about whom nothing is known goes on
// without, or is left out.
func TestDetailsAreLookedUp(t *testing.T) {
	for _, need := range []bool{false, true} {
		var broken atomic.Bool
		broken.Store(true)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			switch n := strings.TrimPrefix(q.URL.Path, "/"); {
			case broken.Load():
				w.WriteHeader(http.StatusServiceUnavailable)
			case n == "2":
				w.WriteHeader(http.StatusNotFound)
			default:
				_, _ = fmt.Fprintf(w, `{"person":{"mail":"p%s@example.org"}}`, n)
			}
		}))
		r := newRig(t)
		r.start()
		w := hook("crm")
		w.Filter, w.Order.Kind = "any(details.mail exists; n is 2)", core.OrderAll
		r.save(w)
		r.source(func(s *core.Source) {
			s.LookUp = &core.LookUp{Ask: core.Ask{Address: server.URL + "/[n]"}, Path: "person", Need: need}
		})
		r.give(`{"n":1}`)
		r.give(`{"n":2}`)
		r.eventually(func() bool { return strings.Contains(r.sourceState().Cause, "Details cannot be looked up now.") })
		r.crash()
		broken.Store(false)
		r.start()
		r.give(`{"n":3}`)
		want := []string{`{"n":1,"details":{"mail":"p1@example.org"}}`, `{"n":2}`, `{"n":3,"details":{"mail":"p3@example.org"}}`}
		if need {
			want = slices.Delete(want, 1, 2)
		}
		r.eventually(func() bool { return len(r.target.requests()) == len(want) && r.sourceState().Working })
		for i, q := range r.target.requests() {
			if q.body != want[i] {
				t.Errorf("%d: sent %s, want %s", i, q.body, want[i])
			}
		}
		if left, err := r.engine.LeftOut("test"); err != nil || (len(left) == 1) != need {
			t.Errorf("left out %+v, %v", left, err)
		}
		r.stop()
		server.Close()
	}
}

// eventually waits for something that takes real time, for a while.
func (r *rig) eventually(f func() bool) {
	r.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if f() {
			return
		}
	}
	r.t.Fatalf("nothing of the kind has happened; the target got %+v", r.target.requests())
}
