package engine

import (
	"container/heap"
	"math"
	"slices"
	"time"

	"hookbird/core"
)

// retryQueue holds the nearest of a lane's waiting retries; the rest is on disk
// only. Its lane's mutex guards it.
type retryQueue struct {
	near    retryHeap
	horizon core.RetryPlace // up to here, all are in near
	more    bool            // beyond the horizon there may be others, on disk

	probe uint64        // seq of the delivery that probes a target which is down; 0: the nearest
	gap   time.Duration // between the last probe and the next
	hurry time.Time     // what was last tried before this need not be due; zero: all must
}

func (q *retryQueue) len() int { return len(q.near) }

// add takes in a retry that has just been written. One beyond the horizon stays
// on disk until its time comes nearer.
func (q *retryQueue) add(r core.Retry) {
	if q.more && after(r.RetryPlace, q.horizon) {
		return
	}
	heap.Push(&q.near, r)
	if !q.more && len(q.near) > 2*heapMax {
		q.shed()
	}
}

// shed lets go of the farther half, which is on disk anyway.
func (q *retryQueue) shed() {
	kept := make(retryHeap, 0, heapMax)
	for len(kept) < heapMax {
		kept = append(kept, heap.Pop(&q.near).(core.Retry))
	}
	kept = whole(kept)
	q.near, q.horizon, q.more = kept, kept[len(kept)-1].RetryPlace, true
}

// fill takes in what the store holds beyond the horizon.
func (q *retryQueue) fill(rows []core.Retry, more bool) {
	if more {
		rows = whole(rows)
	}
	for _, r := range rows {
		heap.Push(&q.near, r)
	}
	q.more = more
	if n := len(rows); n > 0 {
		q.horizon = rows[n-1].RetryPlace
	}
}

// take removes the nearest retry that is due and may go in its order. For a probe
// it need not be due, and the delivery whose turn it is goes first.
func (q *retryQueue) take(now time.Time, probing bool, o *order) (core.Retry, bool) {
	i := q.choose(now, probing, o)
	if i < 0 {
		return core.Retry{}, false
	}
	return heap.Remove(&q.near, i).(core.Retry), true
}

// remove takes out the retry that a test finds.
func (q *retryQueue) remove(found func(core.Retry) bool) (core.Retry, bool) {
	i := slices.IndexFunc(q.near, found)
	if i < 0 {
		return core.Retry{}, false
	}
	return heap.Remove(&q.near, i).(core.Retry), true
}

func (q *retryQueue) choose(now time.Time, probing bool, o *order) int {
	if len(q.near) == 0 {
		return -1
	}
	ms := now.UnixMilli()
	ready := func(r core.Retry) bool { return (probing || isDue(r, ms) || q.hurried(r)) && q.mayGo(r.Seq, o) }
	switch {
	case o != nil && o.all:
		if i := q.oldest(); ready(q.near[i]) {
			return i
		}
		return -1
	case probing:
		if i := slices.IndexFunc(q.near, func(r core.Retry) bool { return r.Seq == q.probe && ready(r) }); i >= 0 {
			return i
		}
	}
	switch {
	case ready(q.near[0]):
		return 0
	case o == nil && q.hurry.IsZero():
		return -1
	}
	if !q.more && !slices.ContainsFunc(q.near, q.hurried) {
		q.hurry = time.Time{}
	}
	return slices.IndexFunc(q.near, ready)
}

// mayGo tells whether a retry may go as far as its order is concerned: nothing of the
// same person is on its way, and nothing older of that person waits here. Where only
// the newest counts, the older is replaced when its turn comes.
func (q *retryQueue) mayGo(seq uint64, o *order) bool {
	if !o.mayFly(seq) {
		return false
	}
	if o == nil || o.newest || !o.shares(seq) {
		return true
	}
	person := o.of[seq]
	return !slices.ContainsFunc(q.near, func(r core.Retry) bool { return r.Seq < seq && o.of[r.Seq] == person })
}

// oldest is where the retry of the oldest event stands.
func (q *retryQueue) oldest() int {
	first := 0
	for i := range q.near {
		if q.near[i].Seq < q.near[first].Seq {
			first = i
		}
	}
	return first
}

// isDue tells whether a retry's time has come, or lies so far off that the clock
// must have been set back since.
func isDue(r core.Retry, ms int64) bool {
	return r.Due <= ms || r.Due-ms > (r.LastDelay+time.Minute).Milliseconds()
}

func (q *retryQueue) hurried(r core.Retry) bool {
	return !q.hurry.IsZero() && r.Key.Last < q.hurry.UnixMilli()
}

// probed takes note of a failed probe and says when the next one is: when the
// delivery that probed is due, but never sooner than after the last wait, so
// that taking turns hammers nobody. turn passes the task to another delivery.
func (q *retryQueue) probed(f *finished, turn bool) time.Time {
	wait := probeHourly // its plan is used up
	if f.again != nil {
		wait = f.again.LastDelay
	}
	q.gap = max(q.gap, wait)
	if wait == probeHourly {
		q.gap = probeHourly
	}
	q.probe = f.result.Seq
	if turn && len(q.near) > 0 {
		q.probe = q.near[0].Seq
	}
	return time.Now().Add(q.gap)
}

// calm forgets the probing, once the target delivers again.
func (q *retryQueue) calm() { q.probe, q.gap = 0, 0 }

// due counts those that are due, as far as it matters for starting workers.
func (q *retryQueue) due(now time.Time) int {
	n, ms := 0, now.UnixMilli()
	for i := 0; i < len(q.near) && i < core.MaxParallel; i++ {
		if isDue(q.near[i], ms) || q.hurried(q.near[i]) {
			n++
		}
	}
	return n
}

// next is the one that is tried next: the nearest or, where all keep their order,
// that of the oldest event, for which the others wait though they may be due.
func (q *retryQueue) next(o *order) (core.Retry, bool) {
	switch {
	case len(q.near) == 0:
		return core.Retry{}, false
	case o != nil && o.all:
		return q.near[q.oldest()], true
	}
	return q.near[0], true
}

// wake is when to look again, if nothing else happens: when the next one is due.
// What is due goes as soon as a worker is free; in an order it may also have to wait
// for one that is due later.
func (q *retryQueue) wake(now time.Time, o *order) time.Time {
	ms := now.UnixMilli()
	switch {
	case len(q.near) == 0:
		return time.Time{}
	case q.near[0].Due > ms:
		return time.UnixMilli(q.near[0].Due)
	case o == nil:
		return time.Time{}
	}
	next := int64(math.MaxInt64)
	for _, r := range q.near {
		if r.Due > ms {
			next = min(next, r.Due)
		}
	}
	if next == math.MaxInt64 {
		return time.Time{}
	}
	return time.UnixMilli(next)
}

// after tells whether a comes after b.
func after(a, b core.RetryPlace) bool {
	return a.Due > b.Due || a.Due == b.Due && a.Seq > b.Seq
}

// retryHeap orders by the time due.
type retryHeap []core.Retry

func (h retryHeap) Len() int           { return len(h) }
func (h retryHeap) Less(i, j int) bool { return after(h[j].RetryPlace, h[i].RetryPlace) }
func (h retryHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *retryHeap) Push(x any)        { *h = append(*h, x.(core.Retry)) }
func (h *retryHeap) Pop() any {
	old := *h
	n := len(old)
	r := old[n-1]
	*h = old[:n-1]
	return r
}
