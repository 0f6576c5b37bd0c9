package claim

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"hookbird/core/source/sourcetest"
)

// office is a share that several computers reach.
type office struct {
	t   *testing.T
	dir string
}

// pc is one computer with a source.
type pc struct {
	*Claim
	host *keyed
	t    *testing.T
}

// keyed is a host whose store has a key of its own.
type keyed struct {
	sourcetest.Host
	key string
}

func (k *keyed) Hash(parts ...string) [16]byte { return k.Host.Hash(append(parts, k.key)...) }

func newOffice(t *testing.T) office { return office{t: t, dir: t.TempDir()} }

func (o office) pc(name, user string) *pc {
	h := &keyed{key: name}
	c := ForFolder(h, "src", o.dir)
	c.shared, c.me.Computer, c.me.User = true, name, user
	return &pc{Claim: c, host: h, t: o.t}
}

func (p *pc) hold(want string) {
	p.t.Helper()
	why, err := p.Hold(context.Background())
	if err != nil {
		p.t.Fatal(err)
	}
	if !strings.HasPrefix(why, want) || want == "" && why != "" {
		p.t.Errorf("%s: %q, want %q", p.me.Computer, why, want)
	}
}

// over looks at the share for a time, as sources do.
func over(d time.Duration, all ...*pc) {
	for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(checkEvery) {
		for _, p := range all {
			if _, err := p.Hold(context.Background()); err != nil {
				p.t.Fatal(err)
			}
		}
	}
}

func (o office) files() (names []string) {
	entries, err := os.ReadDir(o.dir)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestSecondComputerStaysOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		kasse, back := o.pc("PC-KASSE2", "anna"), o.pc("PC-BACK", "")
		kasse.hold("")
		time.Sleep(3 * 24 * time.Hour) // it is Saturday, 1 January 2000
		kasse.hold("")
		back.hold("Read by PC-KASSE2 (anna) since Saturday. ")
		over(time.Hour, kasse, back)
		kasse.hold("")
		back.hold("Read by PC-KASSE2 (anna) since Saturday. ")
		asked := back.host.Asked()
		if len(asked) == 0 || asked[0].Text != "This folder is read by PC-KASSE2 (anna) since Saturday. If both read it, everything is sent twice." {
			t.Errorf("asked: %+v", asked)
		}
		if diff := cmp.Diff([]string{name}, o.files()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestTakingOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		kasse, back := o.pc("PC-KASSE2", "anna"), o.pc("PC-BACK", "")
		over(time.Minute, kasse, back)
		back.host.Answer(back.host.Asked()[0].ID, answerTake)
		back = o.again(back)
		back.hold("Taking over from PC-KASSE2 (anna).")
		time.Sleep(checkEvery)
		kasse.hold("Read by PC-BACK since 00:01. ")
		back.hold("Taking over")
		over(time.Hour, kasse, back)
		back.hold("")
		kasse.hold("Read by PC-BACK since 00:01. ")

		// The other way round it is another question.
		kasse.host.Answer(kasse.host.Asked()[0].ID, answerTake)
		kasse = o.again(kasse)
		over(time.Hour, kasse, back)
		kasse.hold("")
		back.hold("Read by PC-KASSE2 (anna) since ")
		if asked := back.host.Asked(); len(asked) == 0 {
			t.Error("nothing was asked")
		}
	})
}

// again is the same computer after its source was run anew.
func (o office) again(p *pc) *pc {
	p.Release()
	fresh := o.pc(p.me.Computer, p.me.User)
	fresh.Claim.host, fresh.host = p.host, p.host
	return fresh
}

func TestBothMayRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		kasse, back := o.pc("PC-KASSE2", "anna"), o.pc("PC-BACK", "")
		over(time.Minute, kasse, back)
		back.host.Answer(back.host.Asked()[0].ID, answerBoth)
		back = o.again(back)
		over(time.Hour, back, kasse)
		back.hold("")
		kasse.hold("")
		kasse, back = o.again(kasse), o.again(back)
		kasse.hold("")
		back.hold("")
	})
}

// A computer that is silent is perhaps switched off, and knows what it has sent: it is
// said, and a person decides.
func TestSilentComputer(t *testing.T) {
	for name, end := range map[string]func(*pc){
		"switched off without a word": func(*pc) {},
		"ended in order":              func(p *pc) { p.Release() },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOffice(t)
				kasse, back := o.pc("PC-KASSE2", "anna"), o.pc("PC-BACK", "")
				over(time.Minute, kasse, back)
				if asked := back.host.Asked(); strings.Contains(asked[len(asked)-1].Text, "switched off") {
					t.Errorf("while it reads: %q", asked[len(asked)-1].Text)
				}
				end(kasse)
				over(3*StaleAfter, back)
				back.hold("Read by PC-KASSE2 (anna) since")
				asked := back.host.Asked()
				if !strings.Contains(asked[len(asked)-1].Text, "perhaps it is switched off") {
					t.Errorf("asked %q", asked[len(asked)-1].Text)
				}
				back.host.Answer(asked[0].ID, answerTake)
				over(2*handover, back)
				back.hold("")
				kasse.hold("Read by PC-BACK")
			})
		})
	}
}

// The clock of the one that reads is days off, and its file is as old: it counts
// that it changes.
func TestClocksDiffer(t *testing.T) {
	for name, off := range map[string]time.Duration{"behind": -50 * time.Hour, "ahead": 50 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOffice(t)
				back := o.pc("PC-BACK", "")
				n := note{ID: "x", Computer: "PC-KASSE2", Since: time.Now().Add(off)}
				for range 20 {
					n.Renewals++
					if err := n.write(back.path, time.Now().Add(off)); err != nil {
						t.Fatal(err)
					}
					over(renewEvery, back)
					back.hold("Read by PC-KASSE2")
				}
			})
		})
	}
}

func TestTwoTakeOverAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		a, b := o.pc("A", ""), o.pc("B", "")
		if err := (note{ID: "gone", Computer: "OLD"}).write(a.path, time.Now()); err != nil {
			t.Fatal(err)
		}
		over(checkEvery, a, b)
		for _, p := range []*pc{a, b} { // on both somebody says so
			p.host.Answer(p.host.Asked()[0].ID, answerTake)
		}
		for range 400 {
			over(checkEvery, a, b)
			if a.reads && b.reads {
				t.Fatal("both read")
			}
		}
		if !a.reads && !b.reads {
			t.Error("none reads")
		}
	})
}

func TestOfTwoThatBeginOneReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		a, b := o.pc("A", ""), o.pc("B", "")
		n := a.me
		if err := n.create(a.path, time.Now()); err != nil {
			t.Fatal(err)
		}
		if err := b.me.create(b.path, time.Now()); !os.IsExist(err) {
			t.Fatal(err)
		}
		a.hold("")
		b.hold("Read by A")
	})
}

// The folder's own computer reads it without a claim, since nothing tells it that
// others can come; one that comes is told all the same.
func TestFolderThatThisComputerShares(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		owner, guest := o.pc("OWNER", ""), o.pc("GUEST", "")
		owner.shared = false
		owner.hold("")
		if got := o.files(); len(got) > 0 {
			t.Errorf("files: %q", got)
		}
		time.Sleep(time.Hour)
		guest.hold("")
		owner.hold("")
		time.Sleep(checkEvery)
		guest.hold("Read by OWNER")
		over(time.Hour, owner, guest)
		owner.hold("")
		guest.hold("Read by OWNER")

		guest.host.Answer(guest.host.Asked()[0].ID, answerTake)
		guest = o.again(guest)
		over(time.Hour, owner, guest)
		guest.hold("")
		owner.hold("Read by GUEST")
	})
}

func TestOwnClaimAfterACrash(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.pc("PC-KASSE2", "anna").hold("")
		time.Sleep(time.Hour)
		again := o.pc("PC-KASSE2", "anna")
		again.hold("")
		n, _, err := read(again.path)
		if err != nil || n.Renewals != 1 || !n.Renewed.Equal(n.Since.Add(time.Hour)) {
			t.Errorf("%+v, %v", n, err)
		}
	})
}

// A computer that was set up as the copy of another has the same store.
func TestCopiedComputer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		a, b := o.pc("A", ""), o.pc("B", "")
		b.me.ID = a.me.ID
		over(time.Minute, a, b)
		a.hold("")
		b.hold("Read by A since 00:00.")
	})
}

// The one that reads without a claim stays the first when it can write one after all.
func TestShareThatCanBeWrittenLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		a, b := o.pc("A", ""), o.pc("B", "")
		create := a.create
		a.create = func(note, string, time.Time) error { return syscall.EROFS }
		over(time.Minute, a)
		b.hold("")
		a.create = create
		over(time.Minute, a, b)
		a.hold("")
		b.hold("Read by A")
	})
}

func TestRelease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		a, b := o.pc("A", ""), o.pc("B", "")
		a.hold("")
		b.hold("Read by A")
		b.Release()
		if got := o.files(); len(got) != 1 {
			t.Errorf("another's claim is gone: %q", got)
		}
		a.Release()
		if got := o.files(); len(got) != 0 {
			t.Errorf("left: %q", got)
		}
	})
}

func TestClaimThatSomebodyDeletes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		a := o.pc("A", "")
		a.hold("")
		if err := os.Remove(a.path); err != nil {
			t.Fatal(err)
		}
		over(checkEvery*2, a)
		a.hold("")
		if got := o.files(); len(got) != 1 {
			t.Errorf("files: %q", got)
		}
	})
}

func TestShareThatCannotBeWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		a, b := o.pc("A", ""), o.pc("B", "")
		a.create = func(note, string, time.Time) error { return syscall.EROFS }
		a.write = a.create
		over(time.Hour, a)
		a.hold("")
		if notes := a.host.Noted(); len(notes) != 1 || !strings.Contains(notes[0], "cannot write here") {
			t.Errorf("notes: %q", notes)
		}
		over(time.Minute, b, a)
		b.hold("")
		a.hold("Read by B since 01:00.")
		a.host.Answer(a.host.Asked()[0].ID, answerTake)
		over(2*checkEvery, b, a)
		a.hold("Hookbird cannot take over from B")
		over(StaleAfter, a)
		a.hold("Hookbird cannot take over from B")
	})
}

func TestShareThatIsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		a := o.pc("A", "")
		a.hold("")
		if err := os.Rename(o.dir, o.dir+"-away"); err != nil {
			t.Fatal(err)
		}
		over(time.Hour, a)
		if err := os.Rename(o.dir+"-away", o.dir); err != nil {
			t.Fatal(err)
		}
		over(time.Minute, a)
		a.hold("")
		if notes := a.host.Noted(); len(notes) != 0 {
			t.Errorf("notes: %q", notes)
		}
	})
}

func TestSince(t *testing.T) {
	now := time.Date(2026, 11, 19, 15, 0, 0, 0, time.Local) // a Thursday
	for want, ago := range map[string]time.Duration{
		"":                0,
		"14:30":           30 * time.Minute,
		"15:02":           -2 * time.Minute,
		"Monday":          3 * 24 * time.Hour,
		"Wednesday":       20 * time.Hour,
		"9 November 2026": 10 * 24 * time.Hour,
	} {
		at := now.Add(-ago)
		if want == "" {
			at = now.Add(time.Hour)
		}
		if got := since(now, at); got != want {
			t.Errorf("%s ago: %q, want %q", ago, got, want)
		}
	}
}

func TestShared(t *testing.T) {
	for dir, want := range map[string]bool{
		t.TempDir():                          false,
		filepath.Join(t.TempDir(), "a", "b"): false,
		`C:\Users\anna\OneDrive - Verein`:    true,
		"/home/anna/Nextcloud/Kasse":         true,
		"/home/anna/one drive":               false,
	} {
		if got := Shared(dir); got != want {
			t.Errorf("%s: %v", dir, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(string(note{ID: "1", Computer: "PC", User: "anna", Since: time.Unix(0, 0)}.bytes(time.Unix(60, 0))))
	f.Add(`{"computer":"a\u0000b\n\u202e"}`)
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		n := parse([]byte(text))
		for _, s := range []string{n.ID, n.Computer, n.User} {
			if plain(s) != s || len([]rune(s)) > maxName {
				t.Errorf("%q", s)
			}
		}
		if s := said(time.Now(), n); !strings.HasPrefix(s, "Read by ") || len(s) > 2000 {
			t.Errorf("%q", s)
		}
		if again := parse(n.bytes(n.Renewed)); again.who() != n.who() || again.ID != n.ID || again.Renewals != n.Renewals {
			t.Errorf("%+v became %+v", n, again)
		}
	})
}
