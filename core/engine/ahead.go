package engine

import (
	"time"

	"hookbird/core"
)

// push takes the next event of the log into account: into buf if it is wanted,
// unless it is left to its run.
func (l *lane) push(it item, wanted bool) {
	e := it.event
	l.tail = e.Seq
	if !wanted {
		return
	}
	if run := l.defers(e.Seq); run != nil {
		l.enter(run, e.Seq)
		return
	}
	l.buf = append(l.buf, it)
	l.bufSize += len(e.Data)
}

// loadMore reads the log ahead in a goroutine of its own, when little is left.
func (l *lane) loadMore() {
	if l.loading || l.tail >= l.head || len(l.buf) >= bufLow || l.bufSize >= bufBytes/2 || l.ended {
		return
	}
	l.loading = true
	cfg, from := l.cfg, l.tail+1
	l.env.life.spawn(func() { l.load(cfg, from) })
}

// load reads a slice of the log and looks, without the lane's lock, which of it
// the webhook wants.
func (l *lane) load(cfg *config, from uint64) {
	events, err := l.env.store.Events(from, bufEvents, bufBytes)
	wanted, items := make([]bool, len(events)), make([]item, len(events))
	for i, e := range events {
		if l.env.life.ending() {
			return // large records and many conditions take their time
		}
		items[i].event = e
		if wanted[i] = cfg.match.Wants(e); wanted[i] {
			items[i].person = cfg.person(e.Data)
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.loading = false
	if err != nil {
		l.env.log.Error("log not readable", "webhook", l.id, "from", from, "error", err)
	}
	switch {
	case l.tail+1 != from || l.cfg != cfg: // the cursor was moved meanwhile, or the settings changed
		l.kick()
		return
	case err != nil && len(events) == 0:
		l.holdTill = time.Now().Add(unreadableAgain) // nothing is passed over because of it
		l.env.clock.at(l.holdTill)
	case len(events) == 0:
		l.tail = l.head // trimmed up to there
	}
	for i, e := range events {
		if e.Seq > l.head {
			break
		}
		l.push(items[i], wanted[i])
	}
	l.kick()
}

// lookAnew forgets what was read ahead, since it was chosen by other settings.
func (l *lane) lookAnew() {
	l.buf, l.bufSize, l.tail, l.run, l.newest = nil, 0, l.place.Next-1, nil, nil
	if o := l.cfg.webhook.Order; o.Kind == core.OrderField && o.Newest {
		l.newest = newNewest(l.place.Next)
		l.newest.goal = l.head
	}
}
