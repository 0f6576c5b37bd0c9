package engine

import (
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"hookbird/core"
)

// How the committer groups what it writes. The figures are measured ones: more
// events a commit cost less each, and a result needs no sync of its own.
const (
	flushAfter   = 20 * time.Millisecond // a result waits at most this long for a commit to ride on
	flushAt      = 128                   // results that are worth a commit of their own
	linger       = 2 * time.Millisecond  // waited for more, while the last commit had lingerFrom intakes
	lingerFrom   = 5
	maxOps       = 1024     // intakes in one commit
	maxOpBytes   = 16 << 20 // bytes of event data in one commit, unless one intake alone has more
	maxWaiting   = 64 << 20 // bytes of event data that may wait for a commit, over all senders
	troublePause = time.Second
	settleAfter  = 5 * time.Second // without anything to write, the store is made quick to open
)

// op is something to be written: an intake of events, or a change that needs to
// know where the log ends.
type op struct {
	events []*core.Event
	marks  []core.Mark
	run    *core.Run // that the events are part of, nil for single records
	size   int
	left   []core.LeftOut // of what was to come in, what did not
	filed  string         // the source, if receipts are wanted for the files that it comes from
	// plan, if set, makes the op a commit of its own: it runs in the committer's
	// goroutine with the seq that the next event will get. What the lanes have to
	// write rides along, so that their places on disk hold neither more nor less
	// than their results do.
	plan func(next uint64) (*core.Batch, moves, error)
	// after runs in the committer's goroutine once the op is on disk.
	after func(b *core.Batch)
	done  chan error // of capacity 1; nil if nobody waits
}

// moves is what a change does to places in the log, by the webhook's number. Each
// is applied to the place that goes to disk and, once that is there, by after to
// the lane's own, which has gone on meanwhile.
type moves map[uint32]func(*core.Lane)

// committer is the only one who writes to the store. It merges what senders,
// workers and windows hand in into one transaction at a time: while one commit
// is synced, the next batch gathers.
type committer struct {
	store    core.Store
	log      *slog.Logger
	publish  func(events []*core.Event) // to the lanes, after the commit
	lanes    func() []*lane
	runs     *runs
	changed  func()        // something that a window shows is different
	full     func() string // why no records are taken, "" while they are; may be nil
	wrote    func()        // after each commit; may be nil
	wake     chan struct{}
	first    chan struct{}
	stopped  chan struct{}
	results  atomic.Int64 // in lanes, not yet in a commit
	head     atomic.Uint64
	headTime time.Time // committer goroutine only
	lastOps  int       // intakes of the last commit; committer goroutine only

	mu      sync.Mutex
	ops     []*op
	waiting int // bytes in ops
	closing bool
	trouble string    // why the store takes nothing now
	retryAt time.Time // when it is asked again
}

func newCommitter(store core.Store, log *slog.Logger) *committer {
	return &committer{
		store: store, log: log,
		wake: make(chan struct{}, 1), first: make(chan struct{}, 1), stopped: make(chan struct{}),
	}
}

// poke fills a one-slot channel: whoever listens will look once more.
func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// submit hands in an op. The sentence of its error says that the store takes
// nothing now.
func (c *committer) submit(o *op) error {
	full := ""
	if len(o.events) > 0 && c.full != nil {
		full = c.full()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.closing:
		return core.Errorf(core.CodeUnavailable, "Hookbird is stopping. Send it again in a moment.")
	case full != "":
		return core.Errorf(core.CodeUnavailable, "%s", full)
	case c.trouble != "" && time.Now().Before(c.retryAt):
		return core.Errorf(core.CodeUnavailable, "%s", c.trouble)
	case c.waiting > 0 && c.waiting+o.size > maxWaiting:
		return core.Errorf(core.CodeUnavailable, "More arrives than this computer's disk can take. Send it again in a moment.")
	}
	c.ops = append(c.ops, o)
	c.waiting += o.size
	poke(c.wake)
	return nil
}

// do submits an op and waits until it is on disk.
func (c *committer) do(o *op) error {
	o.done = make(chan error, 1)
	if err := c.submit(o); err != nil {
		return err
	}
	return <-o.done
}

// resulted tells that a lane has one more result to write.
func (c *committer) resulted() {
	switch c.results.Add(1) {
	case 1:
		poke(c.first)
	case flushAt:
		poke(c.wake)
	}
}

// run writes until close and everything handed in before it is written. It
// belongs to a goroutine of its own.
func (c *committer) run() {
	defer close(c.stopped)
	flush, idle := time.NewTimer(time.Hour), time.NewTimer(time.Hour)
	flush.Stop()
	idle.Stop()
	for {
		select {
		case <-c.wake:
		case <-flush.C:
		case <-c.first:
			flush.Reset(flushAfter)
			continue
		case <-idle.C:
			c.settleStore()
			continue
		}
		idle.Reset(settleAfter)
		c.lingerForMore()
		for c.round() {
		}
		if c.results.Load() > 0 {
			flush.Reset(flushAfter)
		}
		if c.finished() {
			return
		}
	}
}

// settleStore has a store that can write down what makes it quick to open, so
// that a crash in a quiet hour costs the next start nothing.
func (c *committer) settleStore() {
	s, ok := c.store.(interface{ Settle() error })
	if !ok {
		return
	}
	if err := s.Settle(); err != nil {
		c.log.Warn("store not settled", "error", err)
	}
}

// lingerForMore waits a little under load: commits that take half a batch each
// cost twice as much as commits that take a whole one.
func (c *committer) lingerForMore() {
	c.mu.Lock()
	n := len(c.ops)
	busy := n > 0 && c.lastOps >= lingerFrom && n < c.lastOps && !c.closing
	c.mu.Unlock()
	if busy {
		time.Sleep(linger)
	}
}

// round writes one batch and tells whether another is ready at once.
func (c *committer) round() bool {
	ops := c.take()
	defer c.refill()
	wrote, err := true, error(nil)
	if len(ops) == 1 && ops[0].plan != nil {
		err = c.commitPlan(ops[0])
	} else {
		wrote, err = c.commitGroup(ops)
	}
	if wrote {
		c.noteTrouble(err)
		if c.wrote != nil {
			c.wrote()
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return err == nil && (len(c.ops) > 0 || c.results.Load() >= flushAt)
}

// refill has every lane read more retries that needs them.
func (c *committer) refill() {
	for _, l := range c.lanes() {
		l.refill()
	}
}

// take removes what belongs into the next commit: one plan alone, or all
// intakes up to the next plan or the limits of a commit.
func (c *committer) take() []*op {
	c.mu.Lock()
	defer c.mu.Unlock()
	n, size := 0, 0
	for n < len(c.ops) && n < maxOps {
		o := c.ops[n]
		if n > 0 && (o.plan != nil || size+o.size > maxOpBytes) {
			break
		}
		n, size = n+1, size+o.size
		if o.plan != nil {
			break
		}
	}
	taken := c.ops[:n:n]
	c.ops = c.ops[n:]
	if len(c.ops) == 0 {
		c.ops = nil
	}
	c.waiting -= size
	return taken
}

// commitGroup writes intakes and all results that wait, if there are any.
func (c *committer) commitGroup(ops []*op) (wrote bool, err error) {
	b := &core.Batch{}
	seq, at := c.head.Load(), c.clock()
	running := c.runs.list()
	for _, o := range ops {
		first := seq + 1
		for _, e := range o.events {
			seq++
			e.Seq, e.Time = seq, at
		}
		b.Events = append(b.Events, o.events...)
		b.Marks = append(b.Marks, o.marks...)
		if o.run != nil && len(o.events) > 0 {
			running = extended(running, o.run, core.Span{From: first, To: seq + 1})
		}
	}
	c.keepRuns(b, ops, running)
	c.keepFiled(b, ops)
	riding := c.collect(b, nil)
	c.lastOps = len(ops)
	if len(ops) == 0 && len(b.Results) == 0 && len(b.Lanes) == 0 {
		return false, nil
	}
	err = c.store.Commit(b)
	c.settle(riding, err)
	if err == nil {
		c.headTime = at
		c.head.Store(seq)
		c.runs.all.Store(&running)
		c.publish(b.Events)
	}
	c.answer(ops, b, err)
	return true, err
}

// keepRuns adds the marks of those runs that the ops have extended.
func (c *committer) keepRuns(b *core.Batch, ops []*op, running []core.Run) {
	kept := map[string]bool{}
	for _, o := range ops {
		if o.run == nil || kept[o.run.ID] {
			continue
		}
		kept[o.run.ID] = true
		i := slices.IndexFunc(running, func(r core.Run) bool { return r.ID == o.run.ID })
		if i < 0 {
			continue
		}
		mark, err := markOf(&running[i])
		if err != nil {
			c.log.Error("large file not remembered as one", "run", o.run.ID, "error", err)
			continue
		}
		b.Marks = append(b.Marks, mark)
	}
}

// commitPlan writes one planned op, with no other.
func (c *committer) commitPlan(o *op) error {
	b, moved, err := o.plan(c.head.Load() + 1)
	if err == nil {
		riding := c.collect(b, moved)
		err = c.store.Commit(b)
		c.settle(riding, err)
	}
	c.answer([]*op{o}, b, err)
	if core.CodeOf(err) != core.CodeUnavailable {
		return nil // what is wrong is wrong with the change, not with the store
	}
	return err
}

// collect adds every lane's results and place to b, the place as a plan moves it.
func (c *committer) collect(b *core.Batch, moved moves) []*lane {
	var riding []*lane
	for _, l := range c.lanes() {
		before := len(b.Results)
		if l.ride(b, moved[l.num]) {
			riding = append(riding, l)
			c.results.Add(int64(before - len(b.Results)))
		}
	}
	return riding
}

// settle tells the lanes whether what they gave is on disk.
func (c *committer) settle(riding []*lane, err error) {
	for _, l := range riding {
		if err == nil {
			l.landed()
		} else {
			c.results.Add(int64(l.bounced()))
		}
	}
}

func (c *committer) answer(ops []*op, b *core.Batch, err error) {
	for _, o := range ops {
		if err == nil && o.after != nil {
			o.after(b)
		}
		if o.done != nil {
			o.done <- err
		}
	}
	c.changed()
}

// clock gives the time for new events: to the millisecond, and never before
// that of the event before, whatever the computer's clock does.
func (c *committer) clock() time.Time {
	now := time.Now().Truncate(time.Millisecond)
	if now.Before(c.headTime) {
		return c.headTime
	}
	return now
}

// noteTrouble remembers whether the store takes anything, and has it asked again.
func (c *committer) noteTrouble(err error) {
	c.mu.Lock()
	was := c.trouble
	c.trouble = ""
	if err != nil {
		c.trouble = core.Sentence(err)
		c.retryAt = time.Now().Add(troublePause)
		time.AfterFunc(troublePause, func() { poke(c.wake) })
	}
	now := c.trouble
	c.mu.Unlock()
	if was == now {
		return
	}
	c.changed()
	if err != nil {
		c.log.Error("store takes nothing", "error", err)
	} else {
		c.log.Info("store takes records again")
	}
}

// troubleText is why the store takes nothing now, "" while it does.
func (c *committer) troubleText() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.trouble
}

// close makes run end after what was handed in is written, and waits for it. If
// the store takes nothing, what the lanes hold is given up: it goes out again
// after the next start.
func (c *committer) close() {
	c.mu.Lock()
	c.closing = true
	c.mu.Unlock()
	poke(c.wake)
	<-c.stopped
}

func (c *committer) finished() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closing && len(c.ops) == 0 && (c.results.Load() == 0 || c.trouble != "")
}
