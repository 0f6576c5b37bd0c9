package persist

import (
	"flag"
	"fmt"
	"os"
	"testing"
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
