package persist

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

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
