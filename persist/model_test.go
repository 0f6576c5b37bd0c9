package persist

import (
	"cmp"
	"context"
	"maps"
	"os"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/core"
)

// model is what a store should hold, kept in the plainest way.
type model struct {
	events   map[uint64]*core.Event
	head     uint64
	headTime time.Time
	webhooks map[string]core.WebhookRow
	rows     map[delivery]*modelRow
	hours    map[hourOf]core.HourCount
	marks    map[string]string
	stat     core.SourceRow
	lastNum  uint32
	clock    time.Duration
}

type delivery struct {
	seq uint64
	num uint32
}

// modelRow is one delivery.
type modelRow struct {
	last  time.Time
	state core.DeliveryState
	due   time.Time
	tries int
	kept  int // tries that the row still tells of
	since int // tries since the last "Send again"
	first time.Time
	group uint64
	cause core.Cause
	code  int
	bare  bool
}

// someCauses are of what fails in the model.
var someCauses = []core.Cause{core.CauseServer, core.CauseKey, core.CauseNone}

// finished tells whether nothing more becomes of a row by itself, and nothing of
// it has to be kept.
func (m *modelRow) finished() bool { return finished(m.state) }

func (m *modelRow) key(d delivery) core.DeliveryKey {
	return core.DeliveryKey{Last: m.last.UnixMilli(), Seq: d.seq, Webhook: d.num}
}

func (m *model) live() (nums []uint32) {
	for _, w := range m.webhooks {
		nums = append(nums, w.Num)
	}
	slices.Sort(nums)
	return nums
}

// machine drives a store and the model side by side.
type machine struct {
	dir   string
	store *Store
	model
}

func TestStoreAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &machine{dir: newDir(t), model: model{
			events: map[uint64]*core.Event{}, webhooks: map[string]core.WebhookRow{},
			rows: map[delivery]*modelRow{}, hours: map[hourOf]core.HourCount{}, marks: map[string]string{},
		}}
		m.open(t)
		defer func() { _ = m.store.Close() }()
		t.Repeat(map[string]func(*rapid.T){
			"commit":  m.commit,
			"save":    m.save,
			"drop":    m.drop,
			"again":   m.sendAgain,
			"end":     m.end,
			"trim":    m.trim,
			"reopen":  m.reopen,
			"settle":  m.settle,
			"":        m.check,
			"commit2": m.commit, // more often than the others
		})
	})
}

func newDir(t *rapid.T) string {
	dir, err := os.MkdirTemp("", "hookbird")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func (m *machine) open(t *rapid.T) {
	s, err := Open(context.Background(), m.dir, Options{Keyring: noKeyring})
	if err != nil {
		t.Fatal(err)
	}
	s.db.NoSync = true // nothing is killed here
	m.store = s
}

func (m *machine) reopen(t *rapid.T) {
	if err := m.store.Close(); err != nil {
		t.Fatal(err)
	}
	m.open(t)
}

func (m *machine) settle(t *rapid.T) {
	if err := m.store.Settle(); err != nil {
		t.Fatal(err)
	}
}

func (m *machine) write(t *rapid.T, b *core.Batch) {
	if err := m.store.Commit(b); err != nil {
		t.Fatalf("Commit: %v", err)
	}
}

// tick moves the clock, seldom not at all: tries in one millisecond happen.
func (m *machine) tick(t *rapid.T) time.Time {
	m.clock += rapid.SampledFrom([]time.Duration{0, time.Millisecond, time.Second, 20 * time.Minute}).Draw(t, "tick")
	return noon.Add(m.clock)
}

// commit brings events, marks, and tries of waiting and of new deliveries.
func (m *machine) commit(t *rapid.T) {
	b := &core.Batch{}
	for range rapid.IntRange(0, 5).Draw(t, "events") {
		m.head++
		e := newEvent(m.head)
		e.Time = m.tick(t)
		m.events[e.Seq], m.headTime = e, e.Time
		m.stat.Last, m.stat.Events = e.Time, m.stat.Events+1
		b.Events = append(b.Events, e)
	}
	for range rapid.IntRange(0, 2).Draw(t, "marks") {
		key := rapid.SampledFrom([]string{"a", "ab", "b", ""}).Draw(t, "key")
		mark := core.Mark{Source: "files", Key: key}
		if rapid.Bool().Draw(t, "set") {
			mark.Value = []byte(rapid.StringMatching("[a-z]{0,3}").Draw(t, "value"))
			m.marks[key] = string(mark.Value)
		} else {
			delete(m.marks, key)
		}
		b.Marks = append(b.Marks, mark)
	}
	nums := m.live()
	for range rapid.IntRange(0, 6).Draw(t, "tries") {
		if len(nums) == 0 || m.head == 0 {
			break
		}
		d := delivery{
			seq: m.head - rapid.Uint64Range(0, min(m.head-1, 6)).Draw(t, "seq"),
			num: rapid.SampledFrom(nums).Draw(t, "webhook"),
		}
		if m.events[d.seq] != nil {
			m.try(t, b, d)
		}
	}
	for _, w := range m.webhooks {
		w.Lane = core.Lane{Next: m.head + 1, Pending: []uint64{m.head}, Delivered: uint64(m.clock)}
		m.webhooks[w.Webhook.ID] = w
		b.Lanes = append(b.Lanes, core.LaneRow{Webhook: w.Num, Lane: w.Lane})
	}
	m.write(t, b)
}

// try adds a try to the batch, unless the delivery is finished.
func (m *machine) try(t *rapid.T, b *core.Batch, d delivery) {
	row := m.rows[d]
	if row != nil && row.state != core.Waiting {
		return
	}
	at := m.tick(t)
	r := try(d.num, d.seq, m.clock, rapid.SampledFrom([]core.DeliveryState{
		core.Delivered, core.Delivered, core.Waiting, core.Waiting, core.Failed,
	}).Draw(t, "state"))
	if row != nil {
		r.Prev, r.PrevDue = row.key(d), row.due.UnixMilli()
	} else {
		row = &modelRow{}
		m.rows[d] = row
	}
	if r.State == core.Waiting {
		r.Group = rapid.SampledFrom([]uint64{0, 0, d.seq}).Draw(t, "group")
	}
	if r.State != core.Delivered {
		r.Attempt.Cause = rapid.SampledFrom(someCauses[:2]).Draw(t, "cause")
		r.Attempt.Code = rapid.SampledFrom([]int{0, 401, 503}).Draw(t, "code")
	}
	row.last, row.state, row.due, row.group = at, r.State, r.Due, r.Group
	row.cause, row.code = r.Attempt.Cause, r.Attempt.Code
	row.tries++
	row.kept = min(row.kept+1, core.MaxAttempts)
	if row.since++; row.since == 1 {
		row.first = at
	}
	m.count(d, at, r.State)
	b.Results = append(b.Results, r)
}

// count adds to the hour of a time.
func (m *machine) count(d delivery, at time.Time, state core.DeliveryState) {
	hour := hourOf{hour: unixHour(at), num: d.num}
	count := m.hours[hour]
	count.Hour, count.Webhook = at.Truncate(time.Hour), d.num
	switch state {
	case core.Delivered:
		count.Delivered++
	case core.Failed:
		count.Failed++
	default:
		return
	}
	m.hours[hour] = count
}

// end says of some deliveries that they arrived, or that a newer record took
// their place, whatever they are and also before they were ever tried.
func (m *machine) end(t *rapid.T) {
	b := &core.Batch{}
	for seq := uint64(1); seq <= m.head; seq++ {
		for _, num := range m.live() {
			if m.events[seq] != nil && rapid.IntRange(0, 3).Draw(t, "pick") == 0 {
				m.endOne(t, b, delivery{seq, num})
			}
		}
	}
	m.write(t, b)
}

func (m *machine) endOne(t *rapid.T, b *core.Batch, d delivery) {
	at := m.tick(t)
	r := core.Result{
		Webhook: d.num, Seq: d.seq, Revision: 1, Due: at,
		State: rapid.SampledFrom([]core.DeliveryState{core.Delivered, core.Replaced, core.Failed, core.Removed}).Draw(t, "end"),
	}
	row := m.rows[d]
	if row == nil {
		row = &modelRow{last: at}
		m.rows[d] = row
	} else if r.Prev = row.key(d); row.state == core.Waiting {
		r.PrevDue = row.due.UnixMilli()
	}
	b.Results = append(b.Results, r)
	if row.finished() || row.state == r.State {
		return
	}
	row.state, row.due, row.group = r.State, time.Time{}, 0
	if r.State == core.Removed {
		row.last, row.bare, row.kept = at, true, min(row.kept, 1)
	}
	m.count(d, at, r.State)
}

// sendAgain makes some deliveries wait, whatever they are.
func (m *machine) sendAgain(t *rapid.T) {
	b := &core.Batch{}
	for _, d := range m.deliveries() {
		row := m.rows[d]
		if !slices.Contains(m.live(), d.num) || m.events[d.seq] == nil || rapid.IntRange(0, 3).Draw(t, "pick") > 0 {
			continue
		}
		due := m.tick(t)
		b.Results = append(b.Results, core.Result{
			Webhook: d.num, Seq: d.seq, Prev: row.key(d), State: core.Waiting, Due: due,
		})
		row.state, row.due, row.since, row.first, row.group, row.bare = core.Waiting, due, 0, time.Time{}, 0, false
	}
	m.write(t, b)
}

func (m *machine) deliveries() []delivery {
	return slices.SortedFunc(maps.Keys(m.rows), func(a, b delivery) int {
		return cmp.Or(cmp.Compare(a.seq, b.seq), cmp.Compare(a.num, b.num))
	})
}

func (m *machine) save(t *rapid.T) {
	id := rapid.SampledFrom([]string{"crm", "mail", "till"}).Draw(t, "id")
	w := newWebhook(id)
	w.Name = rapid.StringMatching("[A-Z][a-z]{1,8}").Draw(t, "name")
	old, known := m.webhooks[id]
	want := core.WebhookRow{Webhook: w, Num: old.Num, Revision: old.Revision + 1, Changed: m.tick(t), Lane: old.Lane}
	if !known {
		m.lastNum++
		want.Num, want.Lane = m.lastNum, core.Lane{Next: m.head + 1}
	}
	b := &core.Batch{Config: []core.Change{{Webhook: w, Lane: &core.Lane{Next: m.head + 1}, Now: want.Changed}}}
	m.write(t, b)
	if diff := gocmp.Diff(want, *b.Config[0].Row, gocmp.AllowUnexported(core.Secret{})); diff != "" {
		t.Fatalf("saved row (-want +got):\n%s", diff)
	}
	m.webhooks[id] = want
}

func (m *machine) drop(t *rapid.T) {
	ids := slices.Sorted(maps.Keys(m.webhooks))
	if len(ids) == 0 || rapid.IntRange(0, 2).Draw(t, "really") > 0 {
		return
	}
	id := rapid.SampledFrom(ids).Draw(t, "id")
	m.write(t, &core.Batch{Config: []core.Change{{DropWebhook: id, Now: noon}}})
	for d, row := range m.rows {
		if d.num == m.webhooks[id].Num && row.state == core.Waiting {
			row.state, row.due = core.Failed, time.Time{}
		}
	}
	delete(m.webhooks, id)
}

// trim forgets what is old and finished, by three clocks.
func (m *machine) trim(t *rapid.T) {
	age := rapid.SampledFrom([]time.Duration{0, time.Hour})
	now := noon.Add(m.clock).Truncate(time.Millisecond)
	kept := core.Kept{Content: now.Add(-age.Draw(t, "content"))}
	kept.Trace = kept.Content.Add(-age.Draw(t, "trace"))
	kept.Unfinished = kept.Content.Add(-age.Draw(t, "unfinished"))
	if rapid.IntRange(0, 3).Draw(t, "for ever") == 0 {
		kept.Unfinished = time.Time{}
	}
	floor := rapid.Uint64Range(0, m.head+1).Draw(t, "floor")
	var done core.Trimmed
	for done.More = true; done.More; {
		var err error
		if done, err = m.store.Trim(kept, floor); err != nil {
			t.Fatal(err)
		}
	}
	unwanted := m.trimEvents(kept, floor)
	if done.Unwanted != unwanted {
		t.Fatalf("%d records that nobody wanted, want %d", done.Unwanted, unwanted)
	}
	for d, row := range m.rows {
		switch {
		case !row.finished() && slices.Contains(m.live(), d.num):
		case row.last.Before(kept.Trace):
			delete(m.rows, d)
		case row.last.Before(kept.Content):
			row.bare, row.kept = true, min(row.kept, 1)
		}
	}
	maps.DeleteFunc(m.hours, func(h hourOf, _ core.HourCount) bool { return h.hour < unixHour(kept.Trace) })
}

// trimEvents forgets old records, and counts those that stay because no webhook
// wanted them.
func (m *machine) trimEvents(kept core.Kept, floor uint64) (unwanted uint64) {
	live := m.live()
	for seq, e := range m.events {
		had, needed := false, false
		for d, row := range m.rows {
			had = had || d.seq == seq
			needed = needed || d.seq == seq && !row.finished() && slices.Contains(live, d.num)
		}
		switch {
		case seq >= floor || !e.Time.Before(kept.Content) || needed:
		case had || e.Time.Before(kept.Unfinished):
			delete(m.events, seq)
		default:
			unwanted++
		}
	}
	return unwanted
}
