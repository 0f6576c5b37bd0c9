package engine

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"hookbird/core"
)

// Whose tells whether something is about a person.
type Whose interface {
	Has(data []byte) bool    // a record
	Is(text string) bool     // a title
	Within(text []byte) bool // an answer, which may hold more
}

// OfPerson is what there is about a person.
type OfPerson struct {
	Events  []uint64 // seqs, ascending
	Rows    []core.DeliveryKey
	Ahead   []Ahead            // messages that no try was made of, and that are in no row yet
	Waiting uint64             // messages that are still to be sent, of the rows and ahead
	Others  []core.DeliveryKey // of others, with answers that name the person
	LeftOut []LeftRef

	Coming     []Coming     // records that are not in the log yet
	Remembered []Remembered // rows that sources know by the person's values
}

// Records is how many records there are of the person, in the log or on their way there.
func (p *OfPerson) Records() uint64 { return uint64(len(p.Events) + len(p.Coming)) }

// Ahead is a message that is still to be tried for the first time.
type Ahead struct {
	Webhook uint32
	Seq     uint64
}

// Messages is how many messages there are about the person.
func (p *OfPerson) Messages() uint64 { return uint64(len(p.Rows) + len(p.Ahead)) }

// LeftRef is a record that a source left out.
type LeftRef struct {
	Source string
	core.LeftOut
}

// IsEmpty tells whether there is nothing.
func (p *OfPerson) IsEmpty() bool {
	return len(p.Events)+len(p.Rows)+len(p.Others)+len(p.LeftOut)+len(p.Coming)+len(p.Remembered) == 0
}

const (
	forgetEvents = 500       // records that are looked at in one read
	forgetRows   = 2_000     // rows likewise
	forgetSlice  = 200       // records or rows that are removed in one commit
	forgetMost   = 1_000_000 // records of one person, beyond which somebody typed what everybody has
	forgetWaits  = 600       // times that it is waited for what is on its way
	forgetIdle   = 100 * time.Millisecond
)

// FindPerson looks for all that is about a person, in log, history and what sources
// left out. tell is told how many of how many records and rows were looked at.
func (e *Engine) FindPerson(ctx context.Context, who Whose, tell func(done, total uint64)) (*OfPerson, error) {
	return e.find(ctx, who, tell, false)
}

func (e *Engine) find(ctx context.Context, who Whose, tell func(done, total uint64), gently bool) (*OfPerson, error) {
	f := &finder{e: e, ctx: ctx, who: who, tell: tell, found: &OfPerson{}, seqs: map[uint64]bool{}, gently: gently}
	if err := f.run(); err != nil {
		return nil, err
	}
	return f.found, nil
}

// finder is one FindPerson.
type finder struct {
	e     *Engine
	ctx   context.Context
	who   Whose
	tell  func(done, total uint64)
	found *OfPerson
	seqs  map[uint64]bool                   // found in the log
	holds map[uint32]func(*core.Event) bool // by webhook: whether a record waits for it, untried

	done, total uint64
	gently      bool // leave the computer to deliveries
}

func (f *finder) run() error {
	reach, err := f.e.store.Reach()
	if err != nil {
		return err
	}
	if reach.First > 0 {
		f.total = f.e.Head() - reach.First + 1
	}
	if tallies, err := f.e.store.Tallies(); err == nil {
		for _, t := range tallies {
			for _, n := range t.States {
				f.total += n
			}
		}
	}
	f.holds = map[uint32]func(*core.Event) bool{}
	for _, l := range f.e.allLanes() {
		f.holds[l.num] = l.holds()
	}
	if err := f.log(max(reach.First, 1)); err != nil {
		return err
	}
	if err := f.rows(); err != nil {
		return err
	}
	f.settle()
	if f.found.Coming, err = f.e.coming(f.who); err != nil {
		return err
	}
	if err := f.leftOut(); err != nil {
		return err
	}
	return f.remembered()
}

// settle counts what is ahead, without what was tried while the history was read.
func (f *finder) settle() {
	tried := map[Ahead]bool{}
	for _, key := range f.found.Rows {
		tried[Ahead{key.Webhook, key.Seq}] = true
	}
	f.found.Ahead = slices.DeleteFunc(f.found.Ahead, func(a Ahead) bool { return tried[a] })
	slices.SortFunc(f.found.Ahead, func(a, b Ahead) int {
		return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Webhook, b.Webhook))
	})
	f.found.Waiting += uint64(len(f.found.Ahead))
}

// log looks through the log.
func (f *finder) log(from uint64) error {
	for {
		if err := f.ctx.Err(); err != nil {
			return err
		}
		began := time.Now()
		events, err := f.e.store.Events(from, forgetEvents, bufBytes)
		if err != nil && len(events) == 0 {
			return err
		}
		if len(events) == 0 {
			return nil
		}
		for _, e := range events {
			if !f.who.Has(e.Data) && !f.who.Is(e.Title) {
				continue
			}
			if f.found.Events = append(f.found.Events, e.Seq); len(f.found.Events) > forgetMost {
				return core.Errorf(core.CodeInvalid, "More than %d records hold this. Look for something that only this person has.", forgetMost)
			}
			f.seqs[e.Seq] = true
			for num, holds := range f.holds {
				if holds(e) {
					f.found.Ahead = append(f.found.Ahead, Ahead{num, e.Seq})
				}
			}
		}
		from = events[len(events)-1].Seq + 1
		f.far(len(events), began)
	}
}

// far tells how far the search is, and rests after a slice that began then.
func (f *finder) far(n int, began time.Time) {
	f.done += uint64(n)
	f.tell(f.done, max(f.done, f.total))
	if f.gently {
		rest(f.ctx, time.Since(began))
	}
}

// rows looks through the history.
func (f *finder) rows() error {
	var place core.DeliveryKey
	for {
		if err := f.ctx.Err(); err != nil {
			return err
		}
		n, began := 0, time.Now()
		next, err := f.e.store.ScanRows(place, forgetRows, func(r *core.RowTexts) {
			n++
			f.row(r)
		})
		if err != nil {
			return err
		}
		f.far(n, began)
		if next.IsZero() {
			return nil
		}
		place = next
	}
}

func (f *finder) row(r *core.RowTexts) {
	switch {
	case f.seqs[r.Key.Seq], r.Data != nil && (f.who.Has(r.Data) || f.who.Is(string(r.Title))):
		f.found.Rows = append(f.found.Rows, r.Key)
		if r.State == core.Waiting {
			f.found.Waiting++
		}
	case slices.ContainsFunc(r.Answers, f.who.Within):
		f.found.Others = append(f.found.Others, r.Key)
	}
}

// leftOut looks through what sources left out.
func (f *finder) leftOut() error {
	for _, info := range f.e.Sources() {
		id := info.Row.Source.ID
		err := f.e.store.Marks(id, leftKey, func(_ string, value []byte) error {
			var l core.LeftOut
			if json.Unmarshal(value, &l) == nil && l.Data != nil && f.who.Has(l.Data) {
				f.found.LeftOut = append(f.found.LeftOut, LeftRef{id, l})
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Forget removes all that is about a person from log, queue and history, in slices
// between which deliveries go on. What is on its way to a webhook is waited for;
// what waits is not sent any more. Doing it again removes what was missed.
func (e *Engine) Forget(ctx context.Context, who Whose, tell func(done, total uint64)) (core.Erased, error) {
	coming, err := e.dropComing(ctx, who)
	if err != nil {
		return core.Erased{}, err
	}
	f, err := e.find(ctx, who, tell, true)
	if err != nil {
		return core.Erased{}, err
	}
	done := core.Erased{
		At: time.Now(), Records: coming + uint64(len(f.Events)), Messages: f.Messages(), Waiting: f.Waiting,
		LeftOut: uint64(len(f.LeftOut)), Answers: uint64(len(f.Others)), Remembered: uint64(len(f.Remembered)),
	}
	seqs := f.Events
	for _, key := range f.Rows {
		if key.Seq&testMark == 0 {
			seqs = append(seqs, key.Seq)
		}
	}
	slices.Sort(seqs)
	seqs = slices.Compact(seqs)
	for slice := range slices.Chunk(seqs, forgetSlice) {
		if err := e.endAll(ctx, slice); err != nil {
			return done, err
		}
	}
	if f.Rows, err = e.rowsOf(ctx, seqs, f.Rows); err != nil { // those of what was ended have moved
		return done, err
	}
	if err := e.dropComplaints(who); err != nil {
		return done, err
	}
	return done, e.erase(ctx, f)
}

// testMark is set in the seqs of tests, which are in no log.
const testMark = 1 << 63

// endAll ends every delivery of some records that waits or has failed, and waits for
// those on their way.
func (e *Engine) endAll(ctx context.Context, seqs []uint64) error {
	set := map[uint64]bool{}
	for _, seq := range seqs {
		set[seq] = true
	}
	for range forgetWaits {
		if err := ctx.Err(); err != nil {
			return err
		}
		busy, err := e.endSome(seqs, set)
		if err != nil || !busy {
			return err
		}
		rest(ctx, forgetIdle)
	}
	return core.Errorf(core.CodeUnavailable, "Some messages about this person are still on their way. Erase once more in a few minutes.")
}

// endSome ends what can be ended now, and tells whether anything is left.
func (e *Engine) endSome(seqs []uint64, set map[uint64]bool) (busy bool, err error) {
	moved := moves{}
	err = e.commit.do(&op{
		plan: func(uint64) (*core.Batch, moves, error) {
			busy = false
			b := &core.Batch{}
			for _, l := range e.allLanes() {
				busy = l.dropHeld(set) || busy
			}
			list, err := e.store.Standing(seqs)
			if err != nil && len(list) == 0 {
				return nil, nil, err
			}
			busy = e.endStanding(list, b, moved) || busy
			return b, moved, nil
		},
		after: func(*core.Batch) { e.moveLanes(moved) },
	})
	return busy, err
}

// endStanding ends deliveries that have failed, and those that wait to be tried again,
// and tells whether there were any that wait. It runs in the committer's goroutine.
func (e *Engine) endStanding(list []core.Unfinished, b *core.Batch, moved moves) (waiting bool) {
	failed := map[uint32]uint64{}
	for _, u := range list {
		l := e.laneByNum(u.Key.Webhook)
		switch {
		case l == nil: // of a webhook that was deleted: its row goes as it is
		case u.Due != 0:
			l.expireRetry(u)
			waiting = true
		default:
			failed[u.Key.Webhook]++
			b.Results = append(b.Results, core.Result{
				Webhook: u.Key.Webhook, Seq: u.Key.Seq, Prev: u.Key, State: core.Removed, Due: time.Now(),
			})
		}
	}
	for num, count := range failed {
		moved[num] = func(p *core.Lane) { p.Failed -= min(count, p.Failed) }
	}
	return waiting
}

// dropHeld lets go of records that were read ahead, ends those that wait for their
// turn, and tells whether some are in a worker's hands or the log is being read.
func (l *lane) dropHeld(seqs map[uint64]bool) (busy bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		return false
	}
	gone := func(it item) bool { return seqs[it.event.Seq] }
	for _, it := range l.buf {
		if gone(it) {
			l.bufSize -= len(it.event.Data)
		}
	}
	l.buf = slices.DeleteFunc(l.buf, gone)
	busy = l.loading
	if l.run != nil {
		l.run.buf = slices.DeleteFunc(l.run.buf, gone)
		busy = busy || l.run.loading
	}
	for i := len(l.redo) - 1; i >= 0; i-- {
		if d := l.redo[i]; seqs[d.seq] {
			l.redo = slices.Delete(l.redo, i, i+1)
			l.out++
			l.endUntried(d, core.Removed)
		}
	}
	for seq := range l.open {
		busy = busy || seqs[seq]
	}
	return busy
}

// rowsOf finds the rows of some records, and of those that were found before the ones
// that are still there.
func (e *Engine) rowsOf(ctx context.Context, seqs []uint64, before []core.DeliveryKey) (rows []core.DeliveryKey, err error) {
	tests := map[core.DeliveryKey]bool{}
	for _, key := range before {
		tests[key] = true
	}
	var place core.DeliveryKey
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		next, err := e.store.ScanRows(place, forgetRows, func(r *core.RowTexts) {
			if _, of := slices.BinarySearch(seqs, r.Key.Seq); of || tests[r.Key] {
				rows = append(rows, r.Key)
			}
		})
		if err != nil || next.IsZero() {
			return rows, err
		}
		place = next
	}
}

// erase removes what nothing more comes of.
func (e *Engine) erase(ctx context.Context, f *OfPerson) error {
	var slice core.Erasure
	flush := func() error {
		if slice.IsEmpty() {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		b := &core.Batch{Erase: &slice}
		err := e.commit.do(&op{plan: func(uint64) (*core.Batch, moves, error) { return b, nil, nil }})
		slice = core.Erasure{}
		return err
	}
	n := 0
	step := func(add func()) error {
		add()
		if n++; n%forgetSlice == 0 {
			return flush()
		}
		return nil
	}
	for _, seq := range f.Events {
		if err := step(func() { slice.Events = append(slice.Events, seq) }); err != nil {
			return err
		}
	}
	for _, key := range f.Rows {
		if err := step(func() { slice.Rows = append(slice.Rows, key) }); err != nil {
			return err
		}
	}
	for _, key := range f.Others {
		if err := step(func() { slice.Blank = append(slice.Blank, key) }); err != nil {
			return err
		}
	}
	if err := flush(); err != nil {
		return err
	}
	if err := e.dropAhead(ctx, f.Events); err != nil {
		return err
	}
	e.env.holes.Store(e.env.holes.Load() || len(f.Events) > 0)
	for _, l := range e.allLanes() {
		l.recount()
	}
	if err := e.dropLeftOut(f.LeftOut); err != nil {
		return err
	}
	return e.dropRemembered(f.Remembered)
}

// dropAhead makes sure that no lane has read records from the log before they went.
func (e *Engine) dropAhead(ctx context.Context, seqs []uint64) error {
	set := map[uint64]bool{}
	for _, seq := range seqs {
		set[seq] = true
	}
	for range forgetWaits {
		busy := false
		for _, l := range e.allLanes() {
			busy = l.dropHeld(set) || busy
		}
		if !busy {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		rest(ctx, forgetIdle)
	}
	return nil // a log that is read for a minute is read anew
}

// dropLeftOut forgets records that sources left out.
func (e *Engine) dropLeftOut(list []LeftRef) error {
	var marks []core.Mark
	for _, l := range list {
		marks = append(marks, core.Mark{Source: l.Source, Key: leftKey + l.ID})
		e.change(l.Source, func(s *core.SourceState) bool {
			s.LeftOut -= min(1, s.LeftOut)
			return true
		})
	}
	if len(marks) == 0 {
		return nil
	}
	return e.commit.do(&op{marks: marks})
}

// forgetPrefix begins the ids of erasing that was begun, among other long work.
const forgetPrefix = "forget/"

// ToForget is somebody to be erased, as it is kept over a start until it is done.
type ToForget struct {
	ID     string `json:"-"`
	Values string // as they were typed; "" once everything is removed
	By     core.Author
	Done   *core.Erased // once everything is removed: then the store is to be made anew
}

// Receipt is the id of the receipt for it: the same after a start.
func (t ToForget) Receipt() string { return strings.TrimPrefix(t.ID, forgetPrefix) }

// BeginForget keeps a wish to erase somebody, so that it is met after a crash too.
func (e *Engine) BeginForget(t ToForget) (ToForget, error) {
	t.ID = forgetPrefix + core.NewKey(12)
	return t, e.KeepForget(t)
}

// KeepForget keeps how far a wish is.
func (e *Engine) KeepForget(t ToForget) error {
	data, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return e.commit.do(&op{plan: func(uint64) (*core.Batch, moves, error) {
		return &core.Batch{Works: []core.Work{{ID: t.ID, Data: data}}}, nil, nil
	}})
}

// EndForget forgets a wish that was met or given up.
func (e *Engine) EndForget(t ToForget) error {
	return e.commit.do(&op{plan: func(uint64) (*core.Batch, moves, error) {
		return &core.Batch{Works: []core.Work{{ID: t.ID}}}, nil, nil
	}})
}

// ToForget gives the wishes that were begun and are not met. A quiet engine has none.
func (e *Engine) ToForget() (all []ToForget, err error) {
	if e.p.Quiet {
		return nil, nil
	}
	works, err := e.store.Works()
	for _, w := range works {
		t := ToForget{ID: w.ID}
		if strings.HasPrefix(w.ID, forgetPrefix) && json.Unmarshal(w.Data, &t) == nil {
			all = append(all, t)
		}
	}
	return all, err
}
