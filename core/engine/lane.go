package engine

import (
	"log/slog"
	"sync"
	"time"

	"hookbird/core"
)

// Bounds of a lane.
const (
	// maxOut is how many deliveries of a lane may be handed out and not yet on
	// disk as done: what a crash can send twice, beside the requests on their way.
	maxOut = 256

	bufEvents = 1024    // events read ahead from the log
	bufBytes  = 4 << 20 // of their data
	bufLow    = 512     // below this the next ones are read
	heapMax   = 1024    // retries held in memory, the nearest

	unreadableAgain = time.Minute // until a log that could not be read is tried again
)

// lane carries the events of the log to one webhook. It has a cursor, a few
// events read ahead, the nearest retries, and as many workers as have something
// to do. All fields below mu are guarded by it.
type lane struct {
	num uint32
	id  string
	env *env // what all lanes share

	mu       sync.Mutex
	cfg      *config
	place    core.Lane
	turn     turn
	buf      []*core.Event // wanted ones, ascending, the first is the next to hand out
	bufSize  int           // bytes of data in buf
	tail     uint64        // seq of the last event that was looked at for buf, or Next-1
	head     uint64        // seq of the newest event of the log
	loading  bool
	redo     []*delivery         // handed out before and given back
	open     map[uint64]struct{} // seqs from the log, handed out, not on disk as done
	out      int                 // deliveries handed out, not on disk as done
	dirty    bool                // the place on disk is behind
	results  []finished          // done, not in a commit yet
	riding   []finished          // in the commit that runs
	wait     retryQueue
	active   int       // workers
	allowed  int       // workers that may be active: starts at 1 after trouble, doubles
	holdTill time.Time // asked to slow down until then
	blocked  string    // a secret cannot be opened now: why
	count    backlog
	lastGood time.Time
	ended    bool
}

// env is what a lane needs of the engine.
type env struct {
	store  core.Store
	log    *slog.Logger
	commit *committer
	clock  *clock
	sender sender
	paused func() bool
	life   *life
	counts sync.WaitGroup // of the backlogs, that are under way
	gone   func(l *lane)  // the target said that it is gone for good: turn it off
}

// delivery is one event in a worker's hands.
type delivery struct {
	seq   uint64
	event *core.Event // nil for a retry until its worker reads it
	retry *core.Retry // nil at the first try
}

// finished is a delivery and what came of it.
type finished struct {
	result core.Result
	d      *delivery
	again  *core.Retry // the retry to hold in memory, if it waits
}

func newLane(row core.WebhookRow, head uint64, e *env) *lane {
	l := &lane{
		num: row.Num, id: row.Webhook.ID, env: e, head: head,
		cfg:   newConfig(row),
		place: row.Lane, open: map[uint64]struct{}{},
		allowed: row.Webhook.Workers(),
	}
	l.tail = l.place.Next - 1
	l.blocked = l.cfg.fault
	for _, seq := range l.place.Pending {
		l.redo = append(l.redo, &delivery{seq: seq})
		l.open[seq] = struct{}{}
		l.out++
	}
	l.wait.more = l.place.Retries > 0
	if l.place.Health.State != core.HealthGood {
		l.allowed = 1
	}
	return l
}

// publish takes note of events that have just come into the log.
func (l *lane) publish(events []*core.Event) {
	if len(events) == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.keepTurn(time.Now())
	for _, e := range events {
		if l.tail+1 == e.Seq && len(l.buf) < bufEvents && l.bufSize < bufBytes && !l.cfg.looksInside() {
			l.push(e, l.cfg.match.Wants(e))
		}
		l.count.arrived(l.cfg, e, l.off())
	}
	l.head = events[len(events)-1].Seq
	l.countOn()
	l.kick()
}

// kick starts workers for what can be done now, and the clock for what cannot.
// It is called with mu held, after anything that may have made work.
func (l *lane) kick() {
	now := time.Now()
	if at, ok := l.mayPick(now); !ok {
		l.env.clock.at(at)
		return
	}
	l.loadMore()
	ready := len(l.redo) + l.handy(now) + l.wait.due(now)
	for l.active < l.allowed && ready > 0 && l.out < maxOut {
		l.active++
		ready--
		l.env.life.spawn(l.work)
	}
	if at, ok := l.wait.nearest(); ok {
		l.env.clock.at(at)
	}
}

// mayPick tells whether anything may be sent now and, if not, when to look
// again (zero: when something changes).
func (l *lane) mayPick(now time.Time) (again time.Time, ok bool) {
	h := &l.place.Health
	switch {
	case l.ended, l.env.life.ending(), l.cfg.webhook.State == core.StatePaused, l.off(), l.env.paused():
		return time.Time{}, false
	case l.blocked != "":
		return time.Time{}, false
	case now.Before(l.holdTill):
		return l.holdTill, false
	case h.State == core.HealthAttention && h.ProbeAt.IsZero():
		return time.Time{}, false
	case h.State != core.HealthGood && now.Before(h.ProbeAt):
		return h.ProbeAt, false
	}
	return time.Time{}, true
}

// off tells whether the webhook is turned off: its last gap has no end.
func (l *lane) off() bool {
	n := len(l.place.Gaps)
	return n > 0 && l.place.Gaps[n-1].To == 0
}

// pick hands out what goes into the next request, or nil if there is nothing for
// this worker.
func (l *lane) pick(now time.Time) []*delivery {
	if _, ok := l.mayPick(now); !ok || l.active > l.allowed || l.out >= maxOut {
		return nil
	}
	probing := l.place.Health.State != core.HealthGood
	d := l.next(now, probing)
	if d == nil {
		return nil
	}
	if probing {
		l.place.Health.ProbeAt = now.Add(l.cfg.webhook.Limit() + probeGrace)
	}
	return l.together(d, now, probing)
}

// next chooses: what was given back, then retries that are due (for a probe the
// nearest one, due or not), then the log.
func (l *lane) next(now time.Time, probing bool) *delivery {
	if len(l.redo) > 0 {
		return l.fresh(now)
	}
	if r, ok := l.wait.take(now, probing); ok {
		l.out++
		l.askRetries()
		return &delivery{seq: r.Seq, retry: &r}
	}
	return l.fresh(now)
}

// fresh hands out a first try: what was given back, then the log.
func (l *lane) fresh(now time.Time) *delivery {
	if len(l.redo) > 0 {
		d := l.redo[0]
		l.redo = l.redo[1:]
		return d
	}
	for l.handy(now) > 0 {
		e := l.buf[0]
		l.buf, l.bufSize = l.buf[1:], l.bufSize-len(e.Data)
		l.place.Next = e.Seq + 1
		l.dirty = true
		if l.inGap(e.Seq) {
			continue
		}
		l.count.left(1)
		l.open[e.Seq] = struct{}{}
		l.out++
		l.turn.left--
		l.loadMore()
		return &delivery{seq: e.Seq, event: e}
	}
	l.passUnwanted()
	l.loadMore()
	return nil
}

// passUnwanted moves the cursor over events that nothing here wants.
func (l *lane) passUnwanted() {
	if len(l.buf) == 0 && l.tail >= l.place.Next && !l.off() {
		l.place.Next = l.tail + 1
		l.dirty = true
	}
}

// inGap tells whether the webhook was off when seq came, and forgets gaps that
// lie behind.
func (l *lane) inGap(seq uint64) bool {
	for len(l.place.Gaps) > 0 {
		g := l.place.Gaps[0]
		if seq < g.From {
			return false
		}
		if g.To == 0 || seq < g.To {
			return true
		}
		l.place.Gaps = l.place.Gaps[1:]
	}
	return false
}

// askRetries has the committer read more retries, once memory holds none.
func (l *lane) askRetries() {
	if l.wait.more && l.wait.len() == 0 {
		poke(l.env.commit.wake)
	}
}

// refill reads the nearest retries. Only the committer's goroutine may call it:
// nobody else writes retries, so none can be lost or come twice.
func (l *lane) refill() {
	l.mu.Lock()
	need := l.wait.more && l.wait.len() == 0 && !l.ended
	after := l.wait.horizon
	l.mu.Unlock()
	if !need {
		return
	}
	rows, err := l.env.store.Retries(l.num, after, heapMax)
	if err != nil {
		l.env.log.Error("waiting messages not readable", "webhook", l.id, "error", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wait.fill(rows, len(rows) == heapMax)
	l.kick()
}

// ride gives the committer what this lane has to write, and says whether that
// is anything. The committer then calls landed or bounced.
func (l *lane) ride(b *core.Batch) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.results) == 0 && !l.dirty || l.ended {
		return false
	}
	l.riding, l.results = l.results, l.riding[:0]
	for i := range l.riding {
		b.Results = append(b.Results, l.riding[i].result)
	}
	b.Lanes = append(b.Lanes, core.LaneRow{Webhook: l.num, Lane: l.snapshot()})
	l.dirty = false
	return true
}

// snapshot is the place as it will be once riding is on disk.
func (l *lane) snapshot() core.Lane {
	for i := range l.riding {
		if l.riding[i].d.retry == nil {
			delete(l.open, l.riding[i].d.seq)
		}
	}
	p := l.place
	p.Pending = make([]uint64, 0, len(l.open))
	for seq := range l.open {
		p.Pending = append(p.Pending, seq)
	}
	p.Gaps = append([]core.Span(nil), l.place.Gaps...)
	p.Health.Refused = append([]uint64(nil), l.place.Health.Refused...)
	return p
}

// landed is called when what rode is on disk.
func (l *lane) landed() {
	l.mu.Lock()
	for i := range l.riding {
		if r := l.riding[i].again; r != nil {
			l.wait.add(*r)
		}
		l.riding[i] = finished{}
		l.out--
	}
	l.riding = l.riding[:0]
	l.kick()
	l.mu.Unlock()
}

// bounced is called when what rode could not be written; it rides again. It
// tells how many results that are.
func (l *lane) bounced() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range l.riding {
		if d := l.riding[i].d; d.retry == nil {
			l.open[d.seq] = struct{}{}
		}
	}
	n := len(l.riding)
	l.results = append(append([]finished(nil), l.riding...), l.results...)
	l.riding = l.riding[:0]
	l.dirty = true
	return n
}

// end stops the lane for good.
func (l *lane) end() {
	l.mu.Lock()
	l.ended = true
	cfg := l.cfg
	l.mu.Unlock()
	cfg.close()
}
