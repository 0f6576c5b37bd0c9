package engine

import (
	"hash/maphash"

	"hookbird/core"
)

// maxPeople bounds of how many persons it is known which of their waiting records
// is the newest. Of others, each record counts.
const maxPeople = 200_000

// newest is which record of a person, of those that the cursor has not reached, is
// the newest, for lanes where only that one counts. Its lane's mutex guards it.
type newest struct {
	seed    maphash.Seed
	last    map[uint64]uint64 // seq of the newest record, by the hash of the person
	upto    uint64            // seq of the last event that was looked at
	goal    uint64            // up to here has to be looked at before anything goes out
	looking bool
}

func newNewest(next uint64) *newest {
	return &newest{seed: maphash.MakeSeed(), last: map[uint64]uint64{}, upto: next - 1}
}

// stale tells whether a newer record of the same person waits.
func (n *newest) stale(person string, seq uint64) bool {
	return n != nil && person != "" && n.last[maphash.String(n.seed, person)] > seq
}

// ready tells whether enough was looked at to know.
func (n *newest) ready() bool { return n == nil || n.upto >= n.goal }

// lookAhead looks through the log up to its end, in the background.
func (l *lane) lookAhead() {
	n := l.newest
	if n == nil || n.looking || n.upto >= l.head || l.ended {
		return
	}
	if l.place.Next > n.upto { // nothing of before waits
		n.last, n.upto = map[uint64]uint64{}, l.place.Next-1
	}
	n.looking, n.goal = true, l.head
	l.env.life.spawn(func() {
		for l.lookSlice(n) {
		}
	})
}

// lookSlice looks at a slice of the log, read without the lane's lock, and tells
// whether there is more.
func (l *lane) lookSlice(n *newest) bool {
	l.mu.Lock()
	cfg, from, head := l.cfg, n.upto+1, l.head
	if from > head || l.newest != n || l.ended || l.env.life.ending() {
		n.looking = false
		l.kick()
		l.mu.Unlock()
		return false
	}
	l.mu.Unlock()
	events, err := l.env.store.Events(from, bufEvents, bufBytes)
	if err != nil {
		l.env.log.Error("log not readable", "webhook", l.id, "from", from, "error", err)
	}
	upto := head // trimmed, or not readable: each record counts there
	people := make([]string, len(events))
	for i, e := range events {
		if cfg.match.Wants(e) {
			people[i] = cfg.person(e.Data)
		}
		upto = e.Seq
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, e := range events {
		n.note(people[i], e)
	}
	n.upto = max(n.upto, upto)
	return true
}

func (n *newest) note(person string, e *core.Event) {
	if person == "" {
		return
	}
	key := maphash.String(n.seed, person)
	if _, known := n.last[key]; known || len(n.last) < maxPeople {
		n.last[key] = e.Seq
	}
}
