package engine_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/engine"
	"hookbird/core/job"
)

// TestLawOfErrands lets a person send things again, replay, move, throw away and
// correct them in any order, while other records come, targets fail, and the engine
// ends and crashes: whatever was asked for comes about, nothing that was not thrown
// away is lost, and nothing is sent more often than it was asked for, but for what a
// crash leaves open.
func TestLawOfErrands(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		synctest.Test(t, func(t *testing.T) { newErrandLife(t, rt).live() })
	})
}

// errandLife is a story of two webhooks: crm wants every record, copy every fifth.
type errandLife struct {
	*rig
	rt    *rapid.T
	hooks map[string]*core.Webhook

	accepted int
	crashes  int
	thrown   bool                   // something was thrown away
	lost     map[string]int         // by webhook: records before this may have been thrown away or moved
	due      map[string]map[int]int // by webhook and record: how often it is to be sent at most
	must     map[string]map[int]bool
	story    []string

	cancel context.CancelCauseFunc // of the errands that run
	ctx    context.Context
	run    sync.WaitGroup
}

func newErrandLife(t *testing.T, rt *rapid.T) *errandLife {
	s := &errandLife{
		rig: newRig(t), rt: rt, hooks: map[string]*core.Webhook{}, lost: map[string]int{},
		due:  map[string]map[int]int{"crm": {}, "copy": {}},
		must: map[string]map[int]bool{"crm": {}, "copy": {}},
	}
	plan := rapid.SampledFrom([]string{"none", "standard-webhooks"}).Draw(rt, "plan")
	for _, id := range []string{"crm", "copy"} {
		w := hook(id)
		w.Name, w.Retry, w.Parallel = id, core.RetryPlan{Name: plan}, rapid.IntRange(1, 4).Draw(rt, "parallel")
		s.hooks[id] = w
	}
	s.hooks["copy"].Filter = "n=.*[05]"
	if rapid.Bool().Draw(rt, "in order") {
		s.hooks["crm"].Order.Kind = core.OrderAll
	}
	s.tell("plan %s, order %q, parallel %d and %d", plan, s.hooks["crm"].Order.Kind, s.hooks["crm"].Parallel, s.hooks["copy"].Parallel)
	return s
}

func (s *errandLife) live() {
	s.start()
	s.errands()
	for _, w := range s.hooks {
		s.save(w)
	}
	acts := map[string]func(){
		"accept": s.come, "answer": s.answer, "pass": s.wait, "turn": s.turn, "restart": s.again, "crash": s.fall,
		"send again": s.sendAgain, "replay": s.replay, "replay sent": s.replaySent, "throw": s.throw, "move": s.move, "correct": s.correct,
	}
	var names []string
	for name := range acts {
		names = append(names, name)
	}
	names = append(names, "accept", "accept", "answer", "pass", "replay") // more often
	slices.Sort(names)
	s.come()
	for range rapid.IntRange(1, 12).Draw(s.rt, "steps") {
		acts[rapid.SampledFrom(names).Draw(s.rt, "step")]()
	}
	s.finish()
}

func (s *errandLife) tell(format string, args ...any) {
	s.story = append(s.story, fmt.Sprintf(format, args...))
}

// wanted tells whether a webhook wants a record by itself.
func wanted(id string, n int) bool { return id == "crm" || n%5 == 0 }

func (s *errandLife) come() {
	k := rapid.IntRange(1, 60).Draw(s.rt, "n")
	s.accept(s.accepted, k)
	for n := s.accepted; n < s.accepted+k; n++ {
		for id, w := range s.hooks {
			if wanted(id, n) && w.State != core.StateOff {
				s.due[id][n]++
				s.must[id][n] = true
			}
		}
	}
	s.accepted += k
	s.tell("accept %d", k)
}

func (s *errandLife) answer() {
	code := rapid.SampledFrom([]int{200, 200, 200, 500, 0, 401, 422}).Draw(s.rt, "answer")
	s.target.answers(code)
	s.tell("answer %d", code)
}

func (s *errandLife) wait() {
	d := time.Duration(rapid.IntRange(1, 100_000).Draw(s.rt, "ms")) * time.Millisecond
	pass(d)
	s.tell("pass %v", d)
}

// turn turns a webhook on, or pauses it.
func (s *errandLife) turn() {
	state := rapid.SampledFrom([]core.State{core.StateOn, core.StatePaused}).Draw(s.rt, "state")
	s.set(s.one(), state)
}

func (s *errandLife) one() string {
	return rapid.SampledFrom([]string{"crm", "copy"}).Draw(s.rt, "webhook")
}

func (s *errandLife) set(id string, state core.State) {
	w := s.hooks[id].Clone()
	w.State = state
	s.hooks[id] = w
	s.save(w)
	s.tell("%s is %s", id, state)
}

// again ends the engine in order, and starts it.
func (s *errandLife) again() {
	s.cancel(job.ErrStopping)
	s.run.Wait()
	s.restart()
	s.errands()
	s.tell("restart")
}

// fall has the engine crash in the middle of whatever it does, and starts it.
func (s *errandLife) fall() {
	if err := s.store.Close(); err != nil {
		s.t.Error(err)
	}
	s.cancel(job.ErrStopping)
	s.run.Wait()
	if err := s.engine.Stop(context.Background()); err != nil {
		s.t.Error(err)
	}
	s.crashes++
	s.start()
	s.errands()
	s.tell("crash")
}

// errands goes on with what was begun, as a start does.
func (s *errandLife) errands() {
	s.ctx, s.cancel = context.WithCancelCause(context.Background())
	left, err := s.engine.Errands()
	if err != nil {
		s.t.Error(err)
	}
	for _, er := range left {
		s.do(er)
	}
}

// begin begins an errand, and has it done beside all else.
func (s *errandLife) begin(er engine.Errand) {
	er, err := s.engine.Begin(er)
	if err != nil {
		s.t.Fatal(err)
	}
	s.do(er)
}

func (s *errandLife) do(er engine.Errand) {
	e, ctx := s.engine, s.ctx
	s.run.Go(func() {
		_, err := e.Run(ctx, er, func(engine.Errand) {})
		if err != nil && !errors.Is(context.Cause(ctx), job.ErrStopping) {
			s.t.Errorf("%s: %v", er.Kind, err)
		}
	})
}

func (s *errandLife) sendAgain() {
	s.begin(engine.Errand{Kind: engine.ErrandAgain, Query: &core.DeliveryQuery{States: []core.DeliveryState{core.Failed}}})
	s.tell("send again what failed")
}

// replay sends some of the log to a webhook.
func (s *errandLife) replay() {
	id, from := s.one(), rapid.IntRange(0, s.accepted-1).Draw(s.rt, "from")
	to := rapid.IntRange(from+1, s.accepted).Draw(s.rt, "to")
	filter, pace := rapid.Bool().Draw(s.rt, "only what it wants"), rapid.SampledFrom([]int{0, 0, 30, 600}).Draw(s.rt, "pace")
	for n := from; n < to; n++ {
		if !filter || wanted(id, n) {
			s.due[id][n]++
			s.must[id][n] = true
		}
	}
	s.begin(engine.Errand{Kind: engine.ErrandReplay, Replay: &engine.Replay{
		Webhook: s.state(id).Num, Filter: filter, Span: core.Span{From: uint64(from) + 1, To: uint64(to) + 1}, PerMinute: pace,
	}})
	s.tell("replay %d to %d to %s, filter %t, pace %d", from, to, id, filter, pace)
}

// replaySent sends what was delivered once more.
func (s *errandLife) replaySent() {
	id := s.one()
	for n := range s.accepted {
		s.due[id][n]++
	}
	s.begin(engine.Errand{Kind: engine.ErrandReplay, Replay: &engine.Replay{
		Webhook: s.state(id).Num, Sent: &core.DeliveryQuery{Until: time.Now()},
	}})
	s.tell("replay what was delivered to %s", id)
}

// throw throws away what waits for a webhook.
func (s *errandLife) throw() {
	id := s.one()
	s.lost[id], s.thrown = s.accepted, true
	s.begin(engine.Errand{Kind: engine.ErrandThrow, Clear: &engine.Clear{Webhook: s.state(id).Num, Limit: s.engine.Head() + 1, Why: "Not wanted."}})
	s.tell("throw away what waits for %s", id)
}

// move turns a webhook off, and has what waits for it go to the other.
func (s *errandLife) move() {
	from := s.one()
	to := other(from)
	s.set(from, core.StateOff)
	st := s.state(from)
	s.lost[from] = s.accepted
	for n := range s.accepted {
		s.due[to][n]++
	}
	limit := s.engine.Head() + 1
	s.begin(engine.Errand{
		Kind: engine.ErrandMove,
		Replay: &engine.Replay{
			Webhook: s.state(to).Num, Waits: st.Num, Retry: &core.RetryPlace{}, Span: core.Span{From: st.First, To: limit},
		},
		Clear: &engine.Clear{Webhook: st.Num, Limit: limit, Why: "It was moved."},
	})
	s.tell("move what waits for %s to %s", from, to)
}

func other(id string) string {
	if id == "crm" {
		return "copy"
	}
	return "crm"
}

// correct gives a message that failed another value.
func (s *errandLife) correct() {
	page, err := s.store.Deliveries(context.Background(), core.DeliveryQuery{States: []core.DeliveryState{core.Failed}, Limit: 1})
	if err != nil {
		s.t.Fatal(err)
	}
	if len(page.Rows) == 0 {
		return
	}
	d := page.Rows[0]
	n := d.Key.Seq - 1
	err = s.engine.Correct(d.Key, d.Event.Data, fmt.Appendf(nil, `{"n":%d,"corrected":true}`, n))
	if err != nil && core.CodeOf(err) != core.CodeConflict {
		s.t.Error(err)
	}
	s.tell("correct %d: %v", n, err)
}

// finish has all be well again, and checks what became of it.
func (s *errandLife) finish() {
	defer s.stop()
	s.target.answers(http.StatusOK)
	for id := range s.hooks {
		if s.hooks[id].State != core.StateOn {
			s.set(id, core.StateOn)
		} else {
			s.save(s.hooks[id].Clone())
		}
		if err := s.engine.TryNow(id); err != nil {
			s.t.Error(err)
		}
	}
	for range 3 {
		pass(time.Hour)
		sendAllAgain(s.t, s.rig)
	}
	pass(time.Minute)
	s.cancel(errors.New("they are over"))
	s.run.Wait()
	if left, err := s.engine.Errands(); err != nil || len(left) > 0 {
		s.t.Errorf("errands are left: %+v, %v", left, err)
	}
	got, over := map[string]map[int]int{"crm": s.arrived("crm"), "copy": s.arrived("copy")}, 0
	for id := range s.hooks {
		over += s.check(id, got)
	}
	if over > s.crashes*(256+8) {
		s.t.Errorf("%d came more often than was asked for, with %d crashes", over, s.crashes)
	}
	s.logStays()
	if s.t.Failed() {
		for _, line := range s.story {
			s.t.Log(line)
		}
	}
}

// arrived counts how often a webhook got each record, and said so.
func (s *errandLife) arrived(id string) map[int]int {
	got := map[int]int{}
	for _, r := range s.target.requests() {
		if r.code == http.StatusOK && r.path == "/"+id {
			got[r.list(s.t)[0]]++
		}
	}
	return got
}

// check looks what a webhook got, and tells how often it got something once too often.
func (s *errandLife) check(id string, all map[string]map[int]int) (over int) {
	st, got := s.state(id), all[id]
	if st.Waiting != 0 || st.Failed != 0 {
		s.t.Errorf("%s: %d wait, %d failed, health %+v", id, st.Waiting, st.Failed, st.Health)
	}
	for n := range s.accepted {
		missing := s.must[id][n] && got[n] == 0
		switch {
		case missing && n >= s.lost[id]:
			s.t.Errorf("%s never got record %d", id, n)
		case missing && !s.thrown && all[other(id)][n] == 0:
			s.t.Errorf("record %d was moved away from %s and came nowhere", n, id)
		}
		if more := got[n] - s.due[id][n]; more > 0 {
			over += more
			s.tell("%s got record %d %d times, at most %d were asked for", id, n, got[n], s.due[id][n])
		}
	}
	return over
}

// logStays checks that no record of the log was touched.
func (s *errandLife) logStays() {
	events, err := s.store.Events(1, s.accepted+1, 1<<20)
	if err != nil || len(events) != s.accepted {
		s.t.Fatalf("%d of %d records are in the log: %v", len(events), s.accepted, err)
	}
	for n, e := range events {
		if want := fmt.Sprintf(`{"n":%d}`, n); string(e.Data) != want {
			s.t.Errorf("record %d is %s", n, e.Data)
		}
	}
}
