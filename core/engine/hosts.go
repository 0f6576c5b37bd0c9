package engine

import (
	"sync"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/message"
)

// hostPause is how long after a try that reached nobody at a host no other webhook
// probes it.
const hostPause = 30 * time.Second

// hosts is what webhooks of one host know of it together: whether anybody can be
// reached there. Whether it accepts what it is sent, each finds out for itself.
type hosts struct {
	mu   sync.Mutex
	all  map[string]*host
	life *life
}

func newHosts(life *life) *hosts { return &hosts{all: map[string]*host{}, life: life} }

// host is one of them, by scheme, name and port. Its own mutex guards it and is
// taken after a lane's, never before.
type host struct {
	hosts *hosts

	mu      sync.Mutex
	lanes   map[*lane]struct{}
	failing int       // tries in a row that reached nobody
	last    time.Time // when that last happened
}

// of gives the host of a webhook and notes that the lane sends there.
func (h *hosts) of(l *lane, w *core.Webhook) *host {
	name := w.Address
	if u, err := message.ParseAddress(w.Address); err == nil {
		name = u.Scheme + "://" + u.Host
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	one := h.all[name]
	if one == nil {
		one = &host{hosts: h, lanes: map[*lane]struct{}{}}
		h.all[name] = one
	}
	one.mu.Lock()
	defer one.mu.Unlock()
	one.lanes[l] = struct{}{}
	return one
}

// leave notes that a lane no longer sends there.
func (h *host) leave(l *lane) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.lanes, l)
}

// reachedNobody tells whether a try says that nobody can be reached at its host.
func reachedNobody(c core.Cause) bool { return c == core.CauseDNS || c == core.CauseConnect }

// saw takes note of what a lane's try says of the host, and tells the others: that
// it is down, so that they need not find out with five tries of their own, and that
// it answers again.
func (h *host) saw(l *lane, a core.Attempt, class attempt.Class) {
	h.mu.Lock()
	defer h.mu.Unlock()
	was := h.failing
	if reachedNobody(a.Cause) {
		h.failing++
		h.last = time.Now()
	} else {
		h.failing = 0
	}
	switch {
	case was < downAfter && h.failing >= downAfter:
		h.tell(l, func(o *lane) { o.hostDown(a) })
	case was >= downAfter && h.failing == 0:
		h.tell(l, (*lane).hostUp)
	}
}

// tell does something with the other lanes, later: a lane's lock is held here.
func (h *host) tell(except *lane, what func(*lane)) {
	for o := range h.lanes {
		if o != except {
			h.hosts.life.spawn(func() { what(o) })
		}
	}
}

// rest gives until when nobody should probe the host again, because somebody just
// did.
func (h *host) rest(now time.Time) time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.failing < downAfter || len(h.lanes) < 2 {
		return time.Time{}
	}
	if till := h.last.Add(hostPause); till.After(now) && till.Sub(now) <= hostPause {
		return till
	}
	return time.Time{}
}

// ask has nobody wait for another's probe: somebody wants to know now.
func (h *host) ask() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last = time.Time{}
}

// hostDown holds a lane whose host another found down.
func (l *lane) hostDown(a core.Attempt) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := &l.place.Health
	if h.State != core.HealthGood || l.ended {
		return
	}
	*h = core.Health{
		State: core.HealthDown, Since: a.At, Cause: a.Cause, Detail: a.Detail,
		Failing: downAfter, ProbeAt: time.Now().Add(hostPause),
	}
	l.allowed, l.dirty = 1, true
	l.kick()
}

// hostUp has a lane ask its host again that another found to answer.
func (l *lane) hostUp() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if h := &l.place.Health; h.State == core.HealthDown && reachedNobody(h.Cause) {
		h.ProbeAt = time.Now()
		l.kick()
	}
}
