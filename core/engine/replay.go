package engine

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"time"

	"hookbird/core"
)

// Replay says which records go to a webhook once more, or for the first time, and
// how fast. They are those of a span of the log or, if Sent is set, those that were
// delivered. What goes out by itself is left to do so.
type Replay struct {
	Webhook uint32 // to which
	Filter  bool   // only what the webhook itself wants

	Span    core.Span // of the log; Next is how far it is
	Next    uint64
	Sources []string // ids; none: all
	Types   []string // one that ends in "*" means all that begin so; none: all
	Text    string   // in title, origin or data, whatever its case

	Sent     *core.DeliveryQuery `json:",omitempty"` // what was delivered; Before is how far it is
	Revision uint64              // of the settings that it was delivered with; 0: any

	// Waits, if not 0, is the webhook whose waiting messages these are: Retry is how
	// far it is among those that were tried, the log follows.
	Waits uint32
	Retry *core.RetryPlace `json:",omitempty"`

	PerMinute int // messages; 0: as fast as the webhook's own limits let it
}

// Chosen is a record that a replay takes.
type Chosen struct {
	Event    *core.Event
	Row      core.DeliveryKey // of the webhook so far; zero if it never had the record
	Revision uint64           // of the settings that it was delivered with, if it was asked for that
	own      bool             // Event is not the log's, but was corrected
}

const (
	replaySpan = 20_000 // records for which the rows of the history are looked up at once
	replayRead = 500    // records that are read at once
)

// Replaying looks through what a replay takes, from where it is. It sends nothing.
type Replaying struct {
	e    *Engine
	r    *Replay
	l    *lane
	rows map[uint64]core.DeliveryKey // of the records in span
	done func(seq uint64) bool       // tells whether the webhook was done with a record when rows was read
	span core.Span
	from func(*core.Event) bool // tells whether a record waits for the webhook that it is taken from
}

// Look begins to look through a replay. CodeNotFound: its webhook is gone.
func (e *Engine) Look(r Replay) (*Replaying, error) {
	l := e.laneByNum(r.Webhook)
	if l == nil {
		return nil, core.Errorf(core.CodeNotFound, "There is no such webhook any more.")
	}
	p := &Replaying{e: e, r: &r, l: l}
	if r.Waits != 0 {
		of := e.laneByNum(r.Waits)
		if of == nil {
			return nil, core.Errorf(core.CodeNotFound, "The webhook whose messages wait is not there any more.")
		}
		p.from = of.holds()
	}
	return p, nil
}

// At is how far the look is: the replay of what comes after it.
func (p *Replaying) At() Replay { return *p.r }

// Next gives a few of the records that are taken, at most max, perhaps none before
// the end; how many more were passed over because they go out by themselves; and
// whether there is more. At then is behind them.
func (p *Replaying) Next(ctx context.Context, most int) (found []Chosen, alone uint64, more bool, err error) {
	next := *p.r
	switch {
	case next.Sent != nil:
		found, more, err = p.sent(ctx, &next, most)
	case next.Retry != nil:
		found, alone, more, err = p.retries(ctx, &next, most)
	default:
		found, alone, more, err = p.log(ctx, &next, most)
	}
	if err == nil {
		p.r = &next
	}
	return found, alone, more, err
}

// sent gives some of what was delivered.
func (p *Replaying) sent(ctx context.Context, next *Replay, most int) (found []Chosen, more bool, err error) {
	q := *next.Sent
	q.Webhooks, q.States, q.Tests = []uint32{next.Webhook}, []core.DeliveryState{core.Delivered}, core.WithoutTests
	q.Types, q.Sources, q.Text = next.Types, next.Sources, next.Text
	q.Limit, q.Look = min(most, errandSlice), errandLook
	page, err := p.e.store.Deliveries(ctx, q)
	if err := unreadable(p.e, err, page.Looked); err != nil {
		return nil, false, err
	}
	for i := range page.Rows {
		d := &page.Rows[i]
		if d.Event != nil && (next.Revision == 0 || d.Revision == next.Revision) && (!next.Filter || p.wants(d.Event)) {
			found = append(found, Chosen{Event: d.Event, Row: d.Key, Revision: d.Revision})
		}
	}
	kept := *next.Sent
	kept.Before = page.Next
	next.Sent = &kept
	return found, !page.Next.IsZero(), nil
}

// log gives some of the records of the log.
func (p *Replaying) log(ctx context.Context, next *Replay, most int) (found []Chosen, alone uint64, more bool, err error) {
	next.Next = max(next.Next, next.Span.From)
	if next.Next >= next.Span.To {
		return nil, 0, false, nil
	}
	events, err := p.e.store.Events(next.Next, int(min(next.Span.To-next.Next, replayRead)), bufBytes)
	if err != nil && len(events) == 0 {
		return nil, 0, false, err
	}
	if len(events) == 0 || events[0].Seq >= next.Span.To {
		next.Next = next.Span.To
		return nil, 0, false, nil
	}
	for _, e := range events {
		if e.Seq >= next.Span.To {
			next.Next = next.Span.To
			break
		}
		if len(found) == most {
			break
		}
		next.Next = e.Seq + 1
		if !p.takes(e) {
			continue
		}
		row, ok, err := p.row(ctx, e)
		switch {
		case err != nil:
			return nil, 0, false, err
		case ok:
			found = append(found, Chosen{Event: e, Row: row})
		default:
			alone++
		}
	}
	return found, alone, next.Next < next.Span.To, nil
}

// retries gives some of the messages of another webhook that were tried and wait.
func (p *Replaying) retries(ctx context.Context, next *Replay, most int) (found []Chosen, alone uint64, more bool, err error) {
	waiting, err := p.e.store.Retries(next.Waits, *next.Retry, min(most, errandSlice))
	if err != nil && len(waiting) == 0 {
		return nil, 0, false, err
	}
	if len(waiting) == 0 {
		next.Retry = nil
		p.rows = nil // there are new ones: what was on its way before may wait here and stand in the log too
		return nil, 0, true, nil
	}
	for _, r := range waiting {
		next.Retry = &core.RetryPlace{Due: r.Due, Seq: r.Seq}
		if r.Seq >= next.Span.To { // it came after this was asked for
			continue
		}
		d, err := p.e.store.Delivery(r.Key)
		if err != nil || d.Event == nil || next.Filter && !p.wants(d.Event) {
			continue
		}
		row, ok, err := p.row(ctx, d.Event)
		switch {
		case err != nil:
			return nil, 0, false, err
		case ok:
			found = append(found, Chosen{Event: d.Event, Row: row, own: d.Logged != nil})
		default:
			alone++
		}
	}
	return found, alone, true, nil
}

// takes tells whether a record of the log is one that is asked for.
func (p *Replaying) takes(e *core.Event) bool {
	r := p.r
	if len(r.Sources) > 0 && !slices.Contains(r.Sources, e.Source) {
		return false
	}
	if len(r.Types) > 0 && !slices.ContainsFunc(r.Types, func(t string) bool { return isType(t, e.Type) }) {
		return false
	}
	if p.from != nil && !p.from(e) {
		return false
	}
	if r.Text != "" && !holdsText(e, strings.ToLower(r.Text)) {
		return false
	}
	return !r.Filter || p.wants(e)
}

func isType(want, is string) bool {
	begin, all := strings.CutSuffix(want, "*")
	return want == is || all && strings.HasPrefix(is, begin)
}

func holdsText(e *core.Event, lower string) bool {
	return strings.Contains(strings.ToLower(e.Title), lower) || strings.Contains(strings.ToLower(e.Origin), lower) ||
		bytes.Contains(bytes.ToLower(e.Data), []byte(lower))
}

// wants tells whether the webhook, as it is set up now, wants a record.
func (p *Replaying) wants(e *core.Event) bool {
	p.l.mu.Lock()
	cfg := p.l.cfg
	p.l.mu.Unlock()
	return cfg.match.Wants(e)
}

// row gives the row that the webhook has of a record, zero if it has none; ok is
// false for one that goes out by itself.
func (p *Replaying) row(ctx context.Context, e *core.Event) (row core.DeliveryKey, ok bool, err error) {
	if p.rows == nil || e.Seq < p.span.From || e.Seq >= p.span.To {
		if err := p.readRows(ctx, e); err != nil {
			return row, false, err
		}
	}
	if !p.done(e.Seq) && p.wants(e) {
		return row, false, nil
	}
	return p.rows[e.Seq], true, nil
}

// readRows looks up which records the webhook has had. What it is done with is found
// out before: whatever it was done with then has its row on disk by now, or never
// had one.
func (p *Replaying) readRows(ctx context.Context, e *core.Event) error {
	p.span = core.Span{From: e.Seq, To: e.Seq + replaySpan}
	p.done = p.l.doneWith()
	var err error
	p.rows, err = p.e.store.Rows(ctx, p.r.Webhook, p.span, e.Time.Add(-clockSlack))
	return err
}

// doneWith gives a function that tells whether nothing more becomes of a record by
// itself, as it is now: it was delivered or given up, or was never wanted.
func (l *lane) doneWith() func(seq uint64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	place := l.onDisk()
	next, passed, gaps := l.place.Next, l.passed(), slices.Clone(place.Gaps)
	pending := map[uint64]bool{}
	for _, seq := range place.Pending {
		pending[seq] = true
	}
	return func(seq uint64) bool {
		if in, _ := within(gaps, seq); in {
			return !pending[seq]
		}
		if passed != nil {
			return passed(seq) && !pending[seq]
		}
		return seq < next && !pending[seq]
	}
}

// holds gives a function that tells whether a record waits for the webhook, as it is
// now, and was not tried yet.
func (l *lane) holds() func(e *core.Event) bool {
	done := l.doneWith()
	l.mu.Lock()
	defer l.mu.Unlock()
	cfg, pending := l.cfg, map[uint64]bool{}
	for _, seq := range l.onDisk().Pending {
		pending[seq] = true
	}
	return func(e *core.Event) bool { return pending[e.Seq] || !done(e.Seq) && cfg.match.Wants(e) }
}

// stepReplay has a few records of a replay wait for a try now, as many as the pace
// lets.
func (e *Engine) stepReplay(ctx context.Context, er *Errand) (time.Duration, error) {
	if er.waits = e.queue(er); er.waits != "" {
		return errandIdle, nil
	}
	p := er.look
	if p == nil {
		from := *er.Replay
		if from.Waits != 0 { // what was on its way when this was looked at before may wait anywhere by now
			from.Retry = &core.RetryPlace{}
		}
		var err error
		if p, err = e.Look(from); err != nil {
			return 0, err
		}
		er.look = p
	}
	most, pause := portion(er.Replay.PerMinute)
	if er.waits = p.l.standsStill(); er.waits != "" {
		if !p.l.wantsProbe() {
			return errandIdle, nil
		}
		most = 1
	}
	if p.l.full() {
		return errandIdle, nil
	}
	before := p.At()
	found, alone, more, err := p.Next(ctx, most)
	if err != nil {
		return 0, err
	}
	next := *er
	at := p.At()
	if next.Replay = &at; !more {
		next.Replay, next.look = nil, nil
	}
	revision := p.l.revision()
	of := er.Replay
	_, err = e.sendAgain(func() core.Work { return next.work() }, func(a *again) error {
		next.Done, next.Left = er.Done, er.Left+alone
		for _, c := range found {
			if of.wait(a, c, revision) {
				next.Done++
			} else {
				next.Left++
			}
		}
		return nil
	})
	if err != nil {
		p.r = &before
		return 0, err
	}
	*er = next
	if len(found) == 0 || !more {
		return 0, nil
	}
	return pause * time.Duration(len(found)) / time.Duration(most), nil
}

// wait has a record wait, and tells whether it could. What moves from one webhook to
// another goes to it only if it never had it, or if it was taken from it unsent.
func (r *Replay) wait(a *again, c Chosen, revision uint64) bool {
	switch {
	case !c.Row.IsZero():
		return (r.Waits == 0 || a.removed(c.Row)) && a.add(c.Row)
	case c.own:
		return a.addOwn(r.Webhook, c.Event, revision)
	default:
		return a.addNew(r.Webhook, c.Event, revision)
	}
}

// portion is how many messages are made to wait at once, and for how long that is
// enough.
func portion(perMinute int) (n int, pause time.Duration) {
	switch {
	case perMinute <= 0:
		return errandSlice, 0
	case perMinute < 60:
		return 1, time.Minute / time.Duration(perMinute)
	default:
		n = min(perMinute/60, errandSlice)
		return n, time.Minute * time.Duration(n) / time.Duration(perMinute)
	}
}

// wantsProbe tells whether a lane that is held for its target's sake has nothing to try
// it with, and so would stay held.
func (l *lane) wantsProbe() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	behind, _ := l.count.value()
	return behind == 0 && l.blocked == "" && l.cfg.webhook.State == core.StateOn && !l.env.paused() &&
		l.place.Health.State != core.HealthGood && l.place.Retries == 0 && len(l.open) == 0
}

// full tells whether a lane has as much to try as it should hold at once.
func (l *lane) full() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.wait.len() >= heapMax || l.order != nil && l.place.Retries >= maxHeld/2
}

// standsStill says why a lane sends nothing now, "" while it does.
func (l *lane) standsStill() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	name := l.cfg.webhook.Name
	switch {
	case l.env.paused():
		return "Sending is paused."
	case l.off():
		return name + " is turned off."
	case l.cfg.webhook.State == core.StatePaused:
		return name + " is paused."
	case l.blocked != "":
		return l.blocked
	case l.place.Health.State == core.HealthAttention:
		return name + " needs attention: its settings are to be put right first."
	case l.place.Health.State == core.HealthDown:
		return name + " does not answer now."
	}
	return ""
}
