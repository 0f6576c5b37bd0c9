package engine

import (
	"cmp"
	"container/heap"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/retry"
)

// together adds to a delivery those that share its request: of a retry the ones
// that it was tried with, if today's settings still put so many into one, of a
// first try as many more as a list may hold. What probes a target goes alone,
// unless it was tried with others before.
func (l *lane) together(d *delivery, now time.Time, probing bool) []*delivery {
	group := []*delivery{d}
	switch most := l.cfg.webhook.PerRequest(); {
	case d.retry != nil:
		for _, r := range l.wait.mates(d.retry, most-1) {
			l.out++
			mate := &delivery{seq: r.Seq, retry: &r}
			if l.outdated(r.Seq) {
				l.replace(mate)
				continue
			}
			group = append(group, mate)
		}
	case probing:
	default:
		for len(group) < most {
			more := l.fresh(now)
			if more == nil {
				break
			}
			group = append(group, more)
		}
	}
	return group
}

// halve has a refused list go out again at once as two, until the record that it
// was refused for stands alone. It is nil where that is not the answer. The halves
// keep the place in their plan that the list had.
func (l *lane) halve(cfg *config, group []*delivery, a *core.Attempt, now time.Time) []finished {
	if len(group) < 2 || !divisible(*a) {
		return nil
	}
	due := now.Truncate(time.Millisecond)
	if r := group[0].retry; r != nil {
		due = time.UnixMilli(min(r.Due, due.UnixMilli())) // so that it keeps its place before later ones
	}
	middle := (len(group) + 1) / 2
	var done []finished
	for _, half := range [][]*delivery{group[:middle], group[middle:]} {
		r := core.Result{Webhook: l.num, Revision: cfg.revision, State: core.Waiting, Attempt: a, Due: due}
		if len(half) > 1 {
			r.Group = half[0].seq
		}
		for _, d := range half {
			r.Seq, r.Prev, r.PrevDue = d.seq, core.DeliveryKey{}, 0
			s := retry.State{First: a.At}
			if d.retry != nil {
				r.Prev, r.PrevDue = d.retry.Key, d.retry.Due
				s = retry.State{Tries: d.retry.Tries, First: d.retry.First}
			}
			again := waits(&r, s, 0)
			done = append(done, finished{d: d, result: r, again: again})
		}
	}
	return done
}

// divisible tells whether an answer may mean one record of a list alone.
func divisible(a core.Attempt) bool {
	switch attempt.ClassOf(a.Cause) {
	case attempt.Data:
		return true
	case attempt.Again:
		return a.Code >= 400 && a.Code < 500
	}
	return false
}

// mates removes the other retries of one request, but at most so many.
func (q *retryQueue) mates(of *core.Retry, most int) []core.Retry {
	if of.Group == 0 || most < 1 {
		return nil
	}
	var mates []core.Retry
	for _, r := range q.near {
		if r.Group == of.Group && r.Due == of.Due {
			mates = append(mates, r)
		}
	}
	bySeq := func(a, b core.Retry) int { return cmp.Compare(a.Seq, b.Seq) }
	slices.SortFunc(mates, bySeq)
	mates = mates[:min(len(mates), most)]
	q.near = slices.DeleteFunc(q.near, func(r core.Retry) bool {
		_, mate := slices.BinarySearchFunc(mates, r, bySeq) // a delivery waits once
		return mate
	})
	heap.Init(&q.near)
	return mates
}

// whole drops from the end of retries, ordered by time, what may be part of a
// request whose rest lies beyond.
func whole(rows []core.Retry) []core.Retry {
	n := len(rows)
	last := rows[n-1]
	if last.Group == 0 {
		return rows
	}
	for n > 0 && rows[n-1].Due == last.Due {
		n--
	}
	if n == 0 { // nothing would be left
		return rows
	}
	return rows[:n]
}
