package persist

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/core"
)

// torture makes the tests of failing disks try every point, and not some.
var torture = flag.Bool("torture", os.Getenv("HOOKBIRD_TORTURE") != "", "try every point at which a disk can fail (minutes)")

// sparse tells whether a point is left out of the short form: it takes one of so
// many.
func sparse(point, oneOf int) bool { return !*torture && point%oneOf != 0 }

// tally counts what became of the points that were tried.
type tally struct {
	t       *testing.T
	what    string
	tried   int
	refused int // not opened, with a sentence
	lost    int // opened, and did not hold what it had to
}

func (c *tally) report() {
	c.t.Helper()
	c.t.Logf("%s: %d points, %d lost, %d refused", c.what, c.tried, c.lost, c.refused)
	if c.tried == 0 {
		c.t.Error("nothing was tried")
	}
}

// survivor checks the files that are left of a life.
type survivor struct {
	*life
	tally
	dir string
}

func newSurvivor(t *testing.T, l *life, what string) *survivor {
	return &survivor{life: l, tally: tally{t: t, what: what}, dir: quickDir(t)}
}

// outlives opens a file that is left when a step did not end: it has to hold what
// was there after the steps before, or that step's too.
func (v *survivor) outlives(i *image, point string, done int) {
	v.t.Helper()
	v.tried++
	v.lay(v.t, v.dir, i)
	got, err := openHeld(v.t, v.dir)
	switch {
	case err != nil && !refusal(err):
		v.t.Errorf("%s: %v", point, err)
	case err != nil:
		v.refused++
	case got != v.held[done] && (done+1 == len(v.held) || got != v.held[done+1]):
		v.lost++
	}
}

// clean fails the test unless every point was survived.
func (v *survivor) clean() {
	v.t.Helper()
	v.report()
	if v.lost > 0 || v.refused > 0 {
		v.t.Errorf("%d lost and %d refused, want none", v.lost, v.refused)
	}
}

// done is how many steps had ended before an op, -1 while the store was made.
func (l *life) done(op int) int {
	n := -1
	for n+1 < len(l.ends) && l.ends[n+1] <= op {
		n++
	}
	return n
}

// tears are the parts of a write that may reach the file: how many bytes of its
// beginning, and which of its sectors.
func tears(n int) (prefixes []int, sectors []func(int) bool) {
	for _, p := range []int{0, 1, 40, 64, 79, 80, 511, 512, 1024, n / 2, n - 512, n - 1, n} {
		if p >= 0 && p <= n {
			prefixes = append(prefixes, p)
		}
	}
	return prefixes, []func(int) bool{
		func(s int) bool { return s == 0 },
		func(s int) bool { return s != 0 },
		func(s int) bool { return s%2 == 0 },
		func(s int) bool { return s%2 == 1 },
		func(s int) bool { return s == (n-1)/512 },
	}
}

// TestKilledAtEveryWrite lets the program die before, in the middle of and after
// each write. What came before is in the file.
func TestKilledAtEveryWrite(t *testing.T) {
	l := live(t)
	v := newSurvivor(t, l, "killed")
	point := 0
	for at := l.ends[0]; at < len(l.ops); at++ {
		o := l.ops[at]
		if !o.isWrite() {
			continue
		}
		before, done := l.after(at), l.done(at)
		prefixes, sectors := tears(len(o.data))
		for _, n := range prefixes {
			if point++; sparse(point, 29) {
				continue
			}
			torn := before.clone()
			torn.put(o.at, o.data[:n])
			v.outlives(torn, fmt.Sprintf("op %d, %d bytes", at, n), done)
		}
		for n, kept := range sectors {
			if point++; sparse(point, 29) {
				continue
			}
			torn := before.clone()
			torn.apply(o, kept)
			v.outlives(torn, fmt.Sprintf("op %d, sectors %d", at, n), done)
		}
	}
	v.clean()
}

// TestKilledWhileItIsMade lets the program die, or the power go, while a store is
// made: there is a store of nothing then, or one that can be made.
func TestKilledWhileItIsMade(t *testing.T) {
	l := live(t)
	c := &tally{t: t, what: "killed while it was made"}
	dir := quickDir(t)
	survives := func(i *image, point string) {
		c.tried++
		l.lay(t, dir, i)
		s, err := Open(t.Context(), dir, Options{Keyring: noKeyring})
		if err != nil {
			t.Errorf("%s: %v", point, err)
			return
		}
		s.db.NoSync = true
		if got := content(t, s); got != l.told[0] {
			t.Errorf("%s: holds\n%s", point, got)
		}
		_ = s.Close()
	}
	for at, o := range l.ops[:l.ends[0]] {
		if !o.isWrite() {
			survives(l.after(at), fmt.Sprintf("op %d", at))
			continue
		}
		prefixes, sectors := tears(len(o.data))
		for _, n := range prefixes {
			torn := l.after(at)
			torn.put(o.at, o.data[:n])
			survives(torn, fmt.Sprintf("op %d, %d bytes", at, n))
		}
		for n, kept := range sectors {
			torn := l.after(at)
			torn.apply(o, kept)
			survives(torn, fmt.Sprintf("op %d, sectors %d", at, n))
		}
	}
	c.report()
}

// outage is a moment at which the power may go: before a sync has ended.
type outage struct {
	at      int    // the sync
	base    *image // what is on the disk for certain
	pending []op   // what may be
	done    int
}

// outages gives each moment of a life. Where no is set, a sync does nothing, as
// with a disk that lies.
func (l *life) outages(no func(sync int) bool, visit func(outage)) {
	base, pending := &image{}, []op(nil)
	for at, o := range l.ops {
		if !o.sync {
			pending = append(pending, o)
			continue
		}
		if at >= l.ends[0] && len(pending) > 0 {
			visit(outage{at: at, base: base, pending: pending, done: l.done(at)})
		}
		if no != nil && no(at) {
			continue
		}
		for _, p := range pending {
			base.apply(p, nil)
		}
		pending = nil
	}
}

// with is the disk if some of the pending ops reached it.
func (o outage) with(kept func(i int) func(sector int) bool) *image {
	i := o.base.clone()
	for n, p := range o.pending {
		if k := kept(n); k != nil {
			i.apply(p, k)
		}
	}
	return i
}

func all(int) bool { return true }

// exhaustive is how many pending writes may be lost in every way.
const exhaustive = 6

// subsets visits ways in which pending writes may be lost: all where they are
// few, else each alone, all but each, and some by chance.
func (o outage) subsets(random *rand.Rand, visit func(kept uint64)) {
	n := len(o.pending)
	if n <= exhaustive {
		for kept := range uint64(1) << n {
			visit(kept)
		}
		return
	}
	every := uint64(1)<<n - 1
	visit(0)
	visit(every)
	for i := range n {
		visit(1 << i)
		visit(every &^ (1 << i))
	}
	for range 40 {
		visit(random.Uint64() & every)
	}
}

// TestPowerLossBeforeEverySync lets the power go while writes are on their way:
// any of them may have reached the disk.
func TestPowerLossBeforeEverySync(t *testing.T) {
	l := live(t)
	v := newSurvivor(t, l, "power lost")
	random := rand.New(rand.NewPCG(1, 2))
	point := 0
	l.outages(nil, func(o outage) {
		o.subsets(random, func(kept uint64) {
			if point++; sparse(point, 17) {
				return
			}
			v.outlives(o.with(func(i int) func(int) bool {
				if kept&(1<<i) == 0 {
					return nil
				}
				return all
			}), fmt.Sprintf("sync %d, writes %b", o.at, kept), o.done)
		})
	})
	v.clean()
}

// TestPowerLossInTheMiddleOfSectors loses any sectors of any writes.
func TestPowerLossInTheMiddleOfSectors(t *testing.T) {
	l := live(t)
	var all []outage
	l.outages(nil, func(o outage) {
		o.base = o.base.clone()
		all = append(all, o)
	})
	v := newSurvivor(t, l, "power lost, torn")
	tries := 40
	if *torture {
		tries = 2000
	}
	for range tries / 40 {
		rapid.Check(t, func(r *rapid.T) {
			o := rapid.SampledFrom(all).Draw(r, "sync")
			share := rapid.IntRange(1, 9).Draw(r, "share")
			random := rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "seed"), 0))
			lost, refused := v.lost, v.refused
			v.outlives(o.with(func(int) func(int) bool {
				return func(int) bool { return random.IntN(10) < share }
			}), fmt.Sprintf("sync %d", o.at), o.done)
			if v.lost > lost || v.refused > refused {
				r.Fatal("lost or refused")
			}
		})
	}
	v.clean()
}

// TestLyingDiskIsNoticed holds that the tests above can fail: with a disk that
// does not sync before a commit is completed, things are lost or refused, and
// never a panic.
func TestLyingDiskIsNoticed(t *testing.T) {
	l := live(t)
	v := newSurvivor(t, l, "disk that lies")
	before := func(sync int) bool { return sync+1 < len(l.ops) && l.ops[sync+1].isWrite() && l.ops[sync+1].at < 8192 }
	l.outages(before, func(o outage) {
		n := len(o.pending)
		if !l.ops[o.at-1].isWrite() || l.ops[o.at-1].at >= 8192 || sparse(o.at, 3) {
			return
		}
		for gone := range n - 1 { // all but one page, and the one at the start
			v.outlives(o.with(func(i int) func(int) bool {
				if i == gone {
					return nil
				}
				return all
			}), fmt.Sprintf("sync %d without write %d", o.at, gone), o.done)
		}
	})
	v.report()
	if v.refused == 0 || v.lost+v.refused < v.tried/2 {
		t.Errorf("%d of %d were refused or lost, want most", v.lost+v.refused, v.tried)
	}
}

// wantUnavailable checks the error of a step on a failing disk.
func wantUnavailable(t *testing.T, point string, err error) {
	t.Helper()
	if core.CodeOf(err) != core.CodeUnavailable || !strings.HasSuffix(core.Sentence(err), ".") {
		t.Errorf("%s: %v, want CodeUnavailable and a sentence", point, err)
	}
}

// patient is a store at a step of its life, on a disk that is about to fail.
type patient struct {
	*life
	t    *testing.T
	dir  string
	at   int // the step that is done next
	s    *Store
	disk *disk

	swapped []func() // undo what stands in for files of the store
}

func newPatient(t *testing.T, l *life, at int) *patient {
	t.Helper()
	p := &patient{life: l, t: t, dir: quickDir(t), at: at}
	l.lay(t, p.dir, l.after(l.ends[at]))
	s, err := Open(t.Context(), p.dir, Options{Keyring: noKeyring})
	if err != nil {
		t.Fatal(err)
	}
	p.s, p.disk = s, attach(t, s)
	return p
}

// suffers does the step while the disk fails, twice, and tells whether it failed.
// Nothing of it may be there then, except that what a commit shows may be seen
// until the doubt about it has ended.
func (p *patient) suffers(point string) bool {
	p.t.Helper()
	failed := p.steps[p.at].do(p.s)
	if failed == nil {
		return false
	}
	wantUnavailable(p.t, point, failed)
	p.mayHold(point)
	if p.s.doubt == nil {
		p.swapBack() // it would not come as far as the sync
	}
	wantUnavailable(p.t, point+", again", p.steps[p.at].do(p.s))
	if p.s.doubt == nil {
		p.holds(point, p.at)
	}
	return true
}

// mayHold opens a copy of the file, as if the program had died now.
func (p *patient) mayHold(point string) {
	p.t.Helper()
	dir := quickDir(p.t)
	p.lay(p.t, dir, &image{b: readFile(p.t, p.s.path), size: p.disk.length()})
	copied, err := Open(p.t.Context(), dir, Options{Keyring: noKeyring})
	if err != nil {
		p.t.Errorf("%s: open what is left: %v", point, err)
		return
	}
	defer copied.Close()
	if got := content(p.t, copied); got != p.told[p.at] && got != p.told[p.at+1] {
		p.t.Errorf("%s: what is left holds half:\n%s", point, got)
	}
}

func (p *patient) holds(point string, done int) {
	p.t.Helper()
	if diff := cmp.Diff(brief(p.told[done]), brief(content(p.t, p.s))); diff != "" {
		p.t.Errorf("%s: holds (-want +got):\n%s", point, diff)
	}
}

// recovers does the step on a disk that works again, then the next, and opens the
// store anew.
func (p *patient) recovers(point string, failed bool) {
	p.t.Helper()
	p.disk.failing(nil)
	if failed {
		p.does(point)
	}
	p.at++
	p.holds(point, p.at)
	p.does(point + ", next")
	if err := p.s.Close(); err != nil {
		p.t.Errorf("%s: Close: %v", point, err)
	}
	s, err := Open(p.t.Context(), p.dir, Options{Keyring: noKeyring})
	if err != nil {
		p.t.Errorf("%s: Open: %v", point, err)
		return
	}
	p.s = s
	p.holds(point+", opened anew", p.at+1)
	checkTree(p.t, s)
	if err := s.Close(); err != nil {
		p.t.Errorf("%s: Close: %v", point, err)
	}
}

// brief cuts what is told into short lines.
func brief(told string) []string {
	lines := strings.Split(told, "\n")
	for i, line := range lines {
		lines[i] = line[:min(len(line), 150)]
	}
	return lines
}

func (p *patient) does(point string) {
	p.t.Helper()
	p.disk.follow()
	if err := p.steps[p.at].do(p.s); err != nil {
		p.t.Errorf("%s: %s: %v", point, p.steps[p.at].name, err)
	}
	p.disk.follow()
}

// TestEveryWriteFails lets each write fail in turn, and all after it, until the
// disk works again.
func TestEveryWriteFails(t *testing.T) {
	l := live(t)
	c := &tally{t: t, what: "write failed"}
	for at := range len(l.steps) - 2 { // the last is to close
		writes := l.writesOf(at)
		for n := range writes {
			failWrite(t, l, c, at, n)
		}
		if *torture { // should this run of the step write more
			for n := writes; failWrite(t, l, c, at, n); n++ {
			}
		}
	}
	c.report()
}

// failWrite tries the ways in which a step's write can fail. It tells whether there
// was such a write.
func failWrite(t *testing.T, l *life, c *tally, at, n int) (there bool) {
	t.Helper()
	for way, answer := range []func(o op) (int, error){
		func(op) (int, error) { return 0, errIO },
		func(o op) (int, error) { return len(o.data) / 1024 * 512, errFull },
		func(o op) (int, error) { return len(o.data), errIO },
	} {
		if sparse(7*at+3*n+way, 23) {
			continue
		}
		p := newPatient(t, l, at)
		point := fmt.Sprintf("step %q, write %d, way %d", l.steps[at].name, n, way)
		p.disk.failing(func(writes int, o op) (int, error) {
			if writes < n {
				return len(o.data), nil
			}
			there = true
			return answer(o)
		})
		failed := p.suffers(point)
		if there {
			c.tried++
		}
		p.recovers(point, failed)
	}
	return there
}

// TestEverySyncFails lets each sync fail, and all after it, until the disk works
// again: the one before a commit is completed, the one after it, and also the
// one that asks again; and lets the file not grow.
func TestEverySyncFails(t *testing.T) {
	l := live(t)
	c := &tally{t: t, what: "sync failed"}
	doubts := 0
	for at := range len(l.steps) - 2 {
		for way, name := range []string{"before", "after", "after, once", "grow"} {
			if sparse(at+2*way, 3) {
				continue
			}
			p := newPatient(t, l, at)
			point := fmt.Sprintf("step %q, sync %s", l.steps[at].name, name)
			p.failSyncs(name)
			failed := p.suffers(point)
			if p.s.doubt != nil {
				doubts++
			}
			p.swapBack()
			if name != "grow" {
				c.tried++
			}
			if name == "before" && !failed || name == "after, once" && failed {
				t.Errorf("%s: failed is %v", point, failed)
			}
			p.recovers(point, failed)
		}
	}
	c.report()
	if doubts == 0 {
		t.Error("no commit was ever in doubt")
	}
}

// failSyncs lets syncs fail from the next writes on.
func (p *patient) failSyncs(which string) {
	bad, readOnly := unsyncable(p.t), p.disk.ungrowable()
	if which == "grow" {
		p.swapped = append(p.swapped, p.disk.swapFile(readOnly))
		return
	}
	p.disk.failing(func(_ int, o op) (int, error) {
		if len(p.swapped) == 0 && p.disk.isStart(o.at) == (which != "before") {
			p.swapped = append(p.swapped, p.disk.swapFile(bad))
			if which == "after" {
				p.swapped = append(p.swapped, p.disk.swapStoreFile(readOnly))
			}
		}
		return len(o.data), nil
	})
}

// swapBack gives the store its files again, until the next write.
func (p *patient) swapBack() {
	for _, undo := range p.swapped {
		undo()
	}
	p.swapped = nil
}

// TestMappingThatIsLost lets the file outgrow what is mapped of it while it cannot
// be mapped anew, as where memory is short.
func TestMappingThatIsLost(t *testing.T) {
	s := mustOpen(t, quickDir(t))
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 50)})
	d := attach(t, s)
	f, err := os.OpenFile(s.path, os.O_WRONLY, 0) // cannot be mapped to be read
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	undo := d.swapFile(f)
	*mustInner[int](t, s.db, "datasz") = 1
	wantUnavailable(t, "commit", s.Commit(&core.Batch{Events: newEvents(51, 500)}))
	undo()
	_, err = s.Events(1, 9, 1<<20)
	wantUnavailable(t, "read", err)
	mustCommit(t, s, &core.Batch{Events: newEvents(51, 500)})
	if events, err := s.Events(1, 1000, 1<<30); err != nil || len(events) != 500 {
		t.Errorf("%d events, %v; want 500", len(events), err)
	}
	checkTree(t, s)
}

// TestBoltIsWhatTheTortureKnows fails if bbolt does not write and sync as these
// tests assume.
func TestBoltIsWhatTheTortureKnows(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	d := attach(t, s)
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 50)})
	var said []string
	for _, o := range d.ops {
		switch {
		case o.sync:
			said = append(said, "sync")
		case o.isWrite() && d.isStart(o.at):
			said = append(said, "start")
		case o.isWrite() && (len(said) == 0 || said[len(said)-1] != "pages"):
			said = append(said, "pages")
		}
	}
	if got := strings.Join(said, " "); got != "pages sync start sync" {
		t.Errorf("bbolt did %q to the file, want pages, sync, start, sync", got)
	}
	// The first sync is there, and comes before the start is written.
	d.ops = nil
	undo := d.swapFile(unsyncable(t))
	err := s.Commit(&core.Batch{Events: newEvents(51, 60)})
	undo()
	for _, o := range d.ops {
		if err == nil || o.isWrite() && d.isStart(o.at) {
			t.Fatalf("%v: the start was written before what it leads to was synced", err)
		}
	}
	// And so is the second.
	p := &patient{t: t, s: s, disk: d}
	p.failSyncs("after")
	err = s.Commit(&core.Batch{Events: newEvents(51, 60)})
	p.swapBack()
	d.failing(nil)
	if err == nil || s.doubt == nil {
		t.Errorf("Commit: %v, doubt %v; want one about a commit that was not synced", err, s.doubt)
	}
	if _, err := inner[int](s.db, "ops", "writeAt"); err == nil {
		t.Error("a field of another type was taken")
	}
}
