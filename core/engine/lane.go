package engine

import (
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"hookbird/core"
	"hookbird/core/pace"
	"hookbird/core/retry"
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

	mu        sync.Mutex
	cfg       *config
	place     core.Lane
	turn      turn
	buf       []item // wanted ones, ascending, the first is the next to hand out
	bufSize   int    // bytes of data in buf
	tail      uint64 // seq of the last event that was looked at for buf, or Next-1
	head      uint64 // seq of the newest event of the log
	loading   bool
	run       *runBuf                      // nil if no run is being read
	retrying  map[core.RetryPlace]struct{} // on their way, of a webhook that asks
	doubted   []core.RetryPlace            // were on their way when the program last ended, of a webhook that asks
	order     *order
	newest    *newest // nil unless only the newest record of a person counts
	limit     *pace.Limiter
	brake     brake
	host      *host
	redo      []*delivery         // handed out before, and to be handed out again
	open      map[uint64]struct{} // seqs from the log, handed out, not on disk as done
	out       int                 // deliveries handed out, not on disk as done
	dirty     bool                // the place on disk is behind
	results   []finished          // done, not in a commit yet
	riding    []finished          // in the commit that runs
	wait      retryQueue
	active    int       // workers
	allowed   int       // workers that may be active: starts at 1 after trouble, doubles
	holdTill  time.Time // asked to slow down until then
	blocked   string    // something that the settings name cannot be used now: why
	blockedBy core.Cause
	busy      int // answers in a row that asked us to slow down
	count     backlog
	rate      rate
	lastGood  time.Time
	tries     Tries
	gone      bool // the target said so: nothing more is sent, and the webhook is being turned off
	ended     bool
}

// env is what a lane needs of the engine.
type env struct {
	store  core.Store
	log    *slog.Logger
	tries  *slog.Logger // a line a try
	commit *committer
	clock  *clock
	sender sender
	paused func() bool
	news   func() // something that a window shows is different
	alarm  func(eventType, title string, data any)
	runs   *runs
	hosts  *hosts
	woke   atomic.Int64 // Unix milliseconds at which this computer last woke up
	life   *life
	holes  atomic.Bool    // some events in the middle of the log are gone
	counts sync.WaitGroup // of the backlogs, that are under way
	gone   func(l *lane)  // the target said that it is gone for good: turn it off
}

// delivery is one event in a worker's hands.
type delivery struct {
	seq   uint64
	event *core.Event // nil for a retry until its worker reads it
	retry *core.Retry // nil at the first try

	person string // that it is about, where the order matters
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
		place: row.Lane, open: map[uint64]struct{}{}, retrying: map[core.RetryPlace]struct{}{},
	}
	l.allowed = l.cfg.workers()
	l.order = newOrder(row.Webhook.Order)
	l.lookAnew()
	l.limit = pace.New(row.Webhook.Pace, row.Lane.Sent, time.Now())
	l.host = e.hosts.of(l, row.Webhook)
	l.blocked, l.blockedBy = l.cfg.fault, core.CauseSetup
	for _, seq := range l.place.Pending {
		l.redo = append(l.redo, &delivery{seq: seq})
		l.open[seq] = struct{}{}
	}
	l.wait.more = l.place.Retries > 0
	if l.place.Health.State != core.HealthGood {
		l.allowed = 1
	}
	l.question()
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
			l.push(item{e, l.cfg.person(e.Data)}, l.cfg.match.Wants(e))
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
	l.lookAhead()
	ready := len(l.redo) + l.handy(now) + l.wait.due(now) + l.runReady(now)
	for l.active < l.allowed && ready > 0 && l.out < maxOut {
		l.active++
		ready--
		l.env.life.spawn(l.work)
	}
	l.env.clock.at(l.wait.wake(now, l.order))
}

// mayPick tells whether anything may be sent now and, if not, when to look
// again (zero: when something changes).
func (l *lane) mayPick(now time.Time) (again time.Time, ok bool) {
	h := &l.place.Health
	switch {
	case l.ended, l.env.life.ending(), l.cfg.webhook.State == core.StatePaused, l.off(), l.env.paused():
		return time.Time{}, false
	case l.blocked != "", l.gone:
		return time.Time{}, false
	case now.Before(l.holdTill) && l.holdTill.Sub(now) <= retry.MaxAfter: // else the clock was set back
		return l.holdTill, false
	case h.State == core.HealthAttention && h.ProbeAt.IsZero():
		return time.Time{}, false
	case h.State != core.HealthGood && now.Before(h.ProbeAt) && h.ProbeAt.Sub(now) <= probeAtMost:
		return h.ProbeAt, false
	}
	if h.State == core.HealthDown && reachedNobody(h.Cause) {
		if at := l.host.rest(now); !at.IsZero() {
			return at, false
		}
	}
	if at := l.limit.Next(now); !at.IsZero() {
		return at, false
	}
	return time.Time{}, true
}

// off tells whether the webhook is turned off: its last gap has no end.
func (l *lane) off() bool {
	n := len(l.place.Gaps)
	return n > 0 && l.place.Gaps[n-1].To == 0
}

// end stops the lane for good.
func (l *lane) end() {
	l.mu.Lock()
	l.ended = true
	cfg := l.cfg
	l.host.leave(l)
	l.mu.Unlock()
	cfg.close()
}
