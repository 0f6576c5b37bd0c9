package engine

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/value"
)

const (
	// maxHeld is how many deliveries of an ordered lane may wait to be tried again
	// before nothing new is handed out: whose they are is kept in memory.
	maxHeld = 4096
	// maxParked is how many may have passed the cursor and wait for one before.
	maxParked = 512

	maxPerson = 200 // bytes of what names a person; longer ones are hashed
	anybody   = "*" // the person that all records are about, where all keep their order
	unknown   = "?" // one whose record was not read yet
)

// order holds back what may not overtake: a record waits until the one before it
// of the same person is done or given up. Its lane's mutex guards it. A nil order
// holds nothing back.
//
// A person is held from the time at which one of their records is handed out until
// it is delivered or given up, and so also while it waits to be tried again.
type order struct {
	all    bool                   // everybody is the same person
	newest bool                   // only the newest record of a person counts
	ready  bool                   // who is held from before the start is known
	asked  bool                   // it is being read
	gone   map[uint64]bool        // done with while it was read
	held   map[string]int         // deliveries that hold a person
	of     map[uint64]string      // whom a delivery holds, by its seq
	flew   map[uint64]string      // whom a delivery that is in a request is about
	flying map[string]int         // how many of those there are of a person
	parked map[string][]*delivery // those that wait, in the order in which they came
	n      int                    // of parked
}

// newOrder gives what a webhook asks for, nil for no order.
func newOrder(o core.Order) *order {
	if o.Kind == core.OrderNone {
		return nil
	}
	return &order{
		all: o.Kind == core.OrderAll, newest: o.Kind == core.OrderField && o.Newest,
		held: map[string]int{}, of: map[uint64]string{}, gone: map[uint64]bool{},
		flew: map[uint64]string{}, flying: map[string]int{}, parked: map[string][]*delivery{},
	}
}

// whoOf gives a function that says whom a record is about: "" if it names nobody,
// or if nothing has an order.
func whoOf(o core.Order) func(data []byte) string {
	path, err := value.ParsePath(o.Field)
	switch {
	case o.Kind == core.OrderNone:
		return func([]byte) string { return "" }
	case o.Kind == core.OrderAll, err != nil: // no such field is saved: the careful reading
		return func([]byte) string { return anybody }
	}
	return func(data []byte) string { return person(path, data) }
}

func person(path value.Path, data []byte) string {
	record, err := value.Parse(data)
	if err != nil {
		return ""
	}
	found, _ := path.Find(record)
	name := strings.TrimSpace(found.Text()) // with its case: ids of some systems differ by nothing else
	if len(name) > maxPerson {
		sum := sha256.Sum256([]byte(name))
		name = hex.EncodeToString(sum[:])
	}
	return name
}

// hold has a delivery hold a person, until release.
func (o *order) hold(seq uint64, person string) {
	if o == nil || person == "" || o.of[seq] != "" {
		return
	}
	o.of[seq] = person
	o.held[person]++
}

// release lets go of whom a delivery held, and gives what may go now.
func (o *order) release(seq uint64) (next []*delivery) {
	if o == nil {
		return nil
	}
	if !o.ready {
		o.gone[seq] = true
	}
	person := o.of[seq]
	if person == "" {
		return nil
	}
	delete(o.of, seq)
	if o.held[person]--; o.held[person] > 0 {
		return nil
	}
	delete(o.held, person)
	if waiting := o.parked[person]; len(waiting) > 0 {
		next = waiting[:1]
		if o.n--; len(waiting) == 1 {
			delete(o.parked, person)
		} else {
			o.parked[person] = waiting[1:]
		}
	}
	return next
}

// fly notes whose records are in a request, land that they no longer are: for one that
// is to be tried again, once that is on disk, so that nothing overtakes it before.
func (o *order) fly(group []*delivery) {
	if o == nil {
		return
	}
	for _, d := range group {
		person := o.personOf(d.seq)
		o.flew[d.seq] = person
		o.flying[person]++
	}
}

func (o *order) land(d *delivery) {
	if o == nil {
		return
	}
	person, ok := o.flew[d.seq]
	if !ok {
		return
	}
	delete(o.flew, d.seq)
	if o.flying[person]--; o.flying[person] == 0 {
		delete(o.flying, person)
	}
}

func (o *order) personOf(seq uint64) string {
	if person, ok := o.of[seq]; ok {
		return person
	}
	if o.all {
		return anybody
	}
	if o.ready {
		return "" // holds nobody
	}
	return unknown
}

// mayFly tells whether a retry may go while others are on their way.
func (o *order) mayFly(seq uint64) bool {
	if o == nil {
		return true
	}
	person := o.personOf(seq)
	return person == "" || o.flying[person] == 0
}

// shares tells whether other deliveries hold the person of this one too.
func (o *order) shares(seq uint64) bool { return o.held[o.of[seq]] > 1 }

// full tells whether nothing new may be handed out for now.
func (o *order) full(retries uint64) bool {
	return o != nil && (retries >= maxHeld || o.n >= maxParked || o.all && len(o.held) > 0)
}

// outdated tells whether a newer record of the person of a retry waits already.
func (l *lane) outdated(seq uint64) bool {
	o := l.order
	return o != nil && o.newest && (len(o.parked[o.of[seq]]) > 0 || l.newest.stale(o.of[seq], seq))
}

// admit tells whether a delivery may go now. If it may not, it is kept until the
// one before it is done; where only the newest counts, those before it are done.
func (l *lane) admit(d *delivery) bool {
	o := l.order
	if l.newest.stale(d.person, d.seq) {
		l.replace(d)
		return false
	}
	if o == nil || d.person == "" || o.of[d.seq] != "" || o.held[d.person] == 0 || o.all {
		o.hold(d.seq, d.person)
		return true
	}
	if o.newest {
		for _, older := range o.parked[d.person] {
			l.out++
			l.replace(older)
			o.n--
		}
		delete(o.parked, d.person)
		if r, ok := l.wait.remove(func(r core.Retry) bool { return o.of[r.Seq] == d.person && r.Seq < d.seq }); ok {
			l.out++
			l.replace(&delivery{seq: r.Seq, retry: &r})
		}
		if o.held[d.person] == 0 {
			o.hold(d.seq, d.person)
			return true
		}
	}
	l.out--
	o.parked[d.person] = append(o.parked[d.person], d)
	o.n++
	return false
}

// replace files a delivery that a newer record of the same person stands in for.
func (l *lane) replace(d *delivery) { l.endUntried(d, core.Replaced) }

// endUntried files a delivery that ends without another try.
func (l *lane) endUntried(d *delivery, state core.DeliveryState) {
	r := core.Result{Webhook: l.num, Seq: d.seq, Revision: l.cfg.revision, State: state, Due: time.Now()}
	if d.retry != nil {
		r.Prev, r.PrevDue = d.retry.Key, d.retry.Due
	}
	l.done([]finished{{d: d, result: r}})
}

// leave gives all that are parked, because there is no such order any more.
func (o *order) leave() (parked []*delivery) {
	if o == nil {
		return nil
	}
	for _, list := range o.parked {
		parked = append(parked, list...)
	}
	slices.SortFunc(parked, bySeq)
	return parked
}

func bySeq(a, b *delivery) int { return cmp.Compare(a.seq, b.seq) }

// letGo hands on to whoever waited for these deliveries.
func (l *lane) letGo(done []finished) {
	for i := range done {
		if done[i].result.State == core.Waiting {
			continue
		}
		for _, d := range l.order.release(done[i].d.seq) {
			l.order.hold(d.seq, d.person)
			l.redo = append(l.redo, d)
		}
	}
}

// learnOrder reads whose deliveries wait from before, in the background. Until it
// knows, nothing new is handed out; while too many wait, only they go.
func (l *lane) learnOrder() {
	o := l.order
	switch {
	case o == nil || o.ready || o.asked:
	case l.place.Retries == 0 && len(l.redo) == 0:
		o.ready = true
	case l.place.Retries < maxHeld:
		o.asked = true
		cfg, redo := l.cfg, slices.Clone(l.redo)
		l.env.life.spawn(func() { l.readOrder(cfg, o, redo) })
	}
}

// learning tells whether it is not known yet what may go.
func (o *order) learning() bool { return o != nil && !o.ready }

// readOrder reads the events of what waits, without the lane's lock.
func (l *lane) readOrder(cfg *config, o *order, redo []*delivery) {
	persons := map[uint64]string{}
	read := func(seq uint64) *core.Event {
		e, err := l.env.store.Event(seq)
		if err != nil {
			return nil // its worker says so
		}
		persons[seq] = cfg.person(e.Data)
		return e
	}
	events := map[uint64]*core.Event{}
	for _, d := range redo {
		events[d.seq] = read(d.seq)
	}
	var place core.RetryPlace
	for !l.env.life.ending() {
		rows, err := l.env.store.Retries(l.num, place, heapMax)
		if err != nil {
			l.env.log.Error("waiting messages not readable", "webhook", l.id, "error", err)
		}
		for _, r := range rows {
			read(r.Seq)
		}
		if len(rows) < heapMax {
			break
		}
		place = rows[len(rows)-1].RetryPlace
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.order != o {
		return
	}
	l.knowOrder(persons, events)
	l.kick()
}

// knowOrder takes over what readOrder found.
func (l *lane) knowOrder(persons map[uint64]string, events map[uint64]*core.Event) {
	l.order.ready = true
	given := map[uint64]bool{}
	for _, d := range l.redo {
		given[d.seq] = true
		if d.event == nil {
			d.event = events[d.seq]
		}
		if d.person == "" {
			d.person = persons[d.seq]
		}
	}
	for seq, person := range persons {
		if !given[seq] && !l.order.gone[seq] {
			l.order.hold(seq, person)
		}
	}
	l.order.gone = nil
	slices.SortFunc(l.redo, bySeq)
}
