package engine

import (
	"errors"
	"slices"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/source/folder"
)

const (
	receiptEvery = 2 * time.Second // between two looks whether a file is settled
	receiptLast  = time.Minute     // the same, of one that has not been for long
)

// receipts writes the receipts of files once all of their records are settled. It
// belongs to one goroutine.
type receipts struct {
	e     *Engine
	waits map[fileKey]retryAt
}

// retryAt is when something is tried again, after so many times in vain.
type retryAt struct {
	tries int
	at    time.Time
}

// settleFiles looks now and then whether files are settled.
func (e *Engine) settleFiles() {
	r := &receipts{e: e, waits: map[fileKey]retryAt{}}
	e.life.every(receiptEvery, func() {
		for _, info := range e.Sources() {
			if e.feed.files(info.Row.Source.ID) != "" {
				r.look(info.Row.Source)
			}
		}
	})
}

// look goes over the files of a source that have been read.
func (r *receipts) look(src *core.Source) {
	read := map[string]folder.Filed{}
	err := r.e.store.Marks(src.ID, folder.KeyReceipt, func(key string, value []byte) error {
		f, err := folder.ParseFiled(value)
		if err == nil {
			read[strings.TrimPrefix(key, folder.KeyReceipt)] = f
		}
		return err
	})
	if err != nil {
		r.e.log.Error("files that wait for receipts not readable", "source", src.ID, "error", err)
	}
	for name, f := range read {
		r.lookAt(src, name, f)
	}
}

// lookAt writes the receipt of a file if it is time.
func (r *receipts) lookAt(src *core.Source, name string, read folder.Filed) {
	key := fileKey{src.ID, name}
	wait := r.waits[key]
	if r.e.life.ending() || time.Now().Before(wait.at) {
		return
	}
	done, err := r.settle(src, name, read)
	if err != nil && !errors.Is(err, errUnsettled) {
		r.e.log.Warn("receipt not written", "source", src.ID, "file", name, "error", err)
		if wait.tries == 0 || wait.tries%60 == 0 {
			r.e.Note(src.ID, core.SourceNote{Time: time.Now(), Where: name, Text: "All of this file is settled, but its receipt cannot be written now. Hookbird tries again by itself."})
		}
	}
	if done {
		delete(r.waits, key)
		return
	}
	wait.at = time.Now().Add(min(receiptEvery<<min(wait.tries, 10), receiptLast))
	wait.tries++
	r.waits[key] = wait
}

// settle writes the receipt of a file whose records are all settled, and forgets it.
func (r *receipts) settle(src *core.Source, name string, read folder.Filed) (done bool, err error) {
	f, _, err := readFiled(r.e.store, src.ID, name)
	if err != nil || f.count() < read.Events {
		return false, err
	}
	for _, l := range r.e.allLanes() {
		if left, err := l.holdsAny(f.Spans); err != nil || left {
			return false, err
		}
	}
	if err := folder.Settle(src, name, (&account{e: r.e, src: src, name: name, filed: f, read: read}).outcomes); err != nil {
		return false, err
	}
	return true, r.e.commit.do(&op{marks: []core.Mark{
		{Source: src.ID, Key: folder.KeyReceipt + name},
		{Source: src.ID, Key: filedKey + name},
	}})
}

// holdsAny tells whether the lane has still to do with one of the events in spans.
func (l *lane) holdsAny(spans []core.Span) (bool, error) {
	if len(spans) == 0 {
		return false, nil
	}
	l.mu.Lock()
	p, next := l.onDisk(), l.tail+1
	ready := slices.ContainsFunc(l.buf, func(it item) bool {
		skipped, _ := within(p.Gaps, it.event.Seq)
		return !skipped && inSpans(spans, it.event.Seq)
	})
	l.mu.Unlock()
	if ready || slices.ContainsFunc(spans, func(s core.Span) bool { return ahead(s, next, p.Gaps) }) {
		return true, nil
	}
	if slices.ContainsFunc(p.Pending, func(seq uint64) bool { return inSpans(spans, seq) }) || l.holdsRunOf(p.Runs, spans) {
		return true, nil
	}
	return l.retriesAny(spans)
}

// ahead tells whether a span has an event at which a cursor has still to look.
func ahead(s core.Span, next uint64, gaps []core.Span) bool {
	for seq := max(s.From, next); seq < s.To; {
		i := -1
		for j, g := range gaps {
			if seq >= g.From && (g.To == 0 || seq < g.To) {
				i = j
			}
		}
		switch {
		case i < 0:
			return true
		case gaps[i].To == 0:
			return false
		}
		seq = gaps[i].To
	}
	return false
}

// holdsRunOf tells whether a run of the lane has still to come to an event in spans.
func (l *lane) holdsRunOf(places []core.LaneRun, spans []core.Span) bool {
	for _, at := range places {
		run := l.env.runs.get(at.ID)
		if run == nil || run.State == core.RunEnded {
			continue
		}
		for _, s := range run.Spans {
			from, to := nextIn(spans, max(s.From, at.Next))
			if from < to && from < s.To {
				return true
			}
		}
	}
	return false
}

// retriesAny tells whether one of the events in spans waits to be tried again.
func (l *lane) retriesAny(spans []core.Span) (bool, error) {
	for after := (core.RetryPlace{}); ; {
		rows, err := l.env.store.Retries(l.num, after, heapMax)
		for _, row := range rows {
			if inSpans(spans, row.Seq) {
				return true, nil
			}
		}
		if err != nil || len(rows) < heapMax {
			return false, err
		}
		after = rows[len(rows)-1].RetryPlace
	}
}
