package engine

import (
	"fmt"
	"sync"
	"time"

	"hookbird/core"
)

// How often it is looked how full the store is: while something is written, and
// while it is full.
const (
	roomEvery = time.Second
	fullEvery = 5 * time.Second
)

// RoomState is how full the store is.
type RoomState struct {
	core.Room
	Quota int64 // bytes that it may hold
	Full  bool  // no new records are taken
	Near  bool  // it is nearly full

	// Holder is the webhook for which most of it is kept, nil if it is none, and
	// Waiting how many messages wait for that one.
	Holder  *core.Webhook
	Waiting uint64
}

// quota knows whether the store may take more records.
type quota struct {
	mu     sync.Mutex
	looked time.Time
	full   string // why no records are taken, "" while they are
	again  bool   // it will be looked again without a commit
}

// Room tells how full the store is.
func (e *Engine) Room() RoomState {
	r := RoomState{Room: e.store.Room()}
	r.Quota = e.Settings().Quota(r.Room)
	r.Full = r.Used() >= r.Quota
	r.Near = r.Used() >= r.Quota/100*core.QuotaWarning
	if r.Near {
		r.Holder, r.Waiting = e.holder()
	}
	return r
}

// holder is the webhook that has the oldest record left to send, and so keeps all
// that came after it, if it has anything waiting.
func (e *Engine) holder() (w *core.Webhook, waiting uint64) {
	var lowest uint64
	for _, st := range e.Webhooks() {
		l := e.laneByNum(st.Num)
		if l == nil || st.Waiting == 0 {
			continue
		}
		l.mu.Lock()
		low := l.lowest()
		l.mu.Unlock()
		if w == nil || low < lowest {
			w, waiting, lowest = st.Webhook, st.Waiting, low
		}
	}
	return w, waiting
}

// lookAtRoom finds out whether the store may take more records, at most once in
// roomEvery unless it must. It is called after each commit, so it costs little; the
// committer does not wait for it.
func (e *Engine) lookAtRoom(must bool) {
	q := &e.quota
	q.mu.Lock()
	if !must && time.Since(q.looked) < roomEvery {
		q.mu.Unlock()
		return
	}
	q.looked = time.Now()
	was := q.full
	q.mu.Unlock()
	r := e.Room()
	full := ""
	if r.Full {
		full = fullText(r)
	}
	q.mu.Lock()
	q.full = full
	if r.Full && !q.again {
		q.again = true
		time.AfterFunc(fullEvery, e.lookAgain)
	}
	q.mu.Unlock()
	if (was == "") == (full == "") {
		return
	}
	if full != "" {
		e.log.Error("store is full: no records are taken", "used", r.Used(), "quota", r.Quota)
	} else {
		e.log.Info("store takes records again", "used", r.Used(), "quota", r.Quota)
	}
	e.p.OnChange()
}

// lookAgain looks whether a full store has room again.
func (e *Engine) lookAgain() {
	e.quota.mu.Lock()
	e.quota.again = false
	e.quota.mu.Unlock()
	if !e.life.ending() {
		e.lookAtRoom(true)
	}
}

// text says why no records are taken, "" while they are.
func (q *quota) text() string {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.full
}

func fullText(r RoomState) string {
	text := "Hookbird holds as much as it may, so it takes no new records now. They stay where they are. "
	if r.Holder != nil {
		text += fmt.Sprintf("%d messages wait for %s: let them go out or throw them away, or ", r.Waiting, r.Holder.Name)
	} else {
		text += "Keep records for fewer days, or "
	}
	return text + "let Hookbird hold more in Settings."
}
