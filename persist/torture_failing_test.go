package persist

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
)

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
