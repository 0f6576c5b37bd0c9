package folder

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/source"
)

// came gives what came of each event, with its type, and forgets it.
func (b *bench) came() (list []string) {
	b.host.mu.Lock()
	defer b.host.mu.Unlock()
	for _, e := range b.host.events {
		list = append(list, strings.TrimPrefix(e.Type, "record.")+" "+string(e.Data))
	}
	b.host.events = nil
	return list
}

func (b *bench) wantCame(when string, want ...string) {
	b.t.Helper()
	if diff := cmp.Diff(want, b.came()); diff != "" {
		b.t.Errorf("%s: %s", when, diff)
	}
}

// next writes a file and lets it be read.
func (b *bench) next(name, text string) {
	b.t.Helper()
	b.write(name, text)
	b.pass(5 * time.Second)
}

// question gives the newest question, and answers it.
func (b *bench) question(answer string) string {
	b.t.Helper()
	asked := b.host.Asked()
	if len(asked) == 0 {
		b.t.Fatal("nothing is asked")
	}
	q := asked[len(asked)-1]
	b.stop()
	b.host.Answer(q.ID, answer)
	b.start()
	b.pass(5 * time.Second)
	return q.Text
}

func everythingByID(after core.After) core.FolderSource {
	return core.FolderSource{Holds: core.HoldAll, Keys: []string{"id"}, Gone: true, After: after}
}

// Of files that hold everything each time, what is new, changed or gone comes in.
func TestFilesThatHoldEverything(t *testing.T) {
	inBubble(t, everythingByID(core.AfterRemember), func(b *bench) {
		b.next("1.csv", "id,name\n1,Ada\n2,Bo\n3,Cy\n")
		b.start()
		b.pass(5 * time.Second)
		b.wantCame("first", `created {"id":"1","name":"Ada"}`, `created {"id":"2","name":"Bo"}`, `created {"id":"3","name":"Cy"}`)
		b.next("2.csv", "id,name\n3,Cy\n2,Bob\n4,Di\n")
		b.wantCame("second", `updated {"id":"2","name":"Bob"}`, `created {"id":"4","name":"Di"}`, `removed {"id":"1"}`)
		b.next("3.csv", "id,name\n3,Cy\n2,Bob\n4,Di\n")
		b.wantCame("the same again")
		b.wantNotes("3.csv: This file holds the same as 2.csv, which was read before. It was not sent again.")
		b.next("4.csv", "id,name\n1,Ada\n2,Bo\n3,Cy\n")
		b.wantCame("as it was at first", `created {"id":"1","name":"Ada"}`, `updated {"id":"2","name":"Bo"}`, `removed {"id":"4"}`)
		b.start()
		b.pass(time.Minute)
		b.wantCame("after a restart")
	})
}

// Rows that are known by somebody's address are found by it in what is remembered. One of
// which nobody may be told any more, because it was erased, is the same as before, is not
// remembered by the address again, and is not told of once it is gone.
func TestErasedRowsAreNotToldOf(t *testing.T) {
	all := everythingByID(core.AfterRemember)
	all.Keys = []string{"email"}
	inBubble(t, all, func(b *bench) {
		b.start()
		b.next("1.csv", "email\nada@example.org\nbo@example.org\ncy@example.org\ndi@example.org\n")
		if n := len(b.came()); n != 4 {
			t.Fatalf("%d came", n)
		}
		ada := func() (marks []core.Mark) {
			for key, value := range b.host.All() {
				if keys := source.Kept([]byte(value), func([]byte) {}); keys > 0 && strings.Contains(value, "ada@") {
					marks = append(marks, core.Mark{Key: key, Value: source.Nameless([]byte(value), keys)})
				}
			}
			return marks
		}
		marks := ada()
		if len(marks) != 1 {
			t.Fatalf("remembered %d times", len(marks))
		}
		b.host.Keep(marks)
		b.next("2.csv", "email\ndi@example.org\ncy@example.org\nbo@example.org\nada@example.org\n")
		b.wantCame("all are there")
		if left := ada(); len(left) > 0 {
			t.Errorf("remembered again: %q", left)
		}
		b.next("3.csv", "email\ncy@example.org\ndi@example.org\n")
		b.wantCame("two are gone", `removed {"email":"bo@example.org"}`)
		b.next("4.csv", "email\ncy@example.org\ndi@example.org\nada@example.org\n")
		b.wantCame("back", `created {"email":"ada@example.org"}`)
	})
}

// Rows that cannot be told apart are told of once, and then nothing counts as gone.
func TestRowsThatCannotBeToldApart(t *testing.T) {
	inBubble(t, everythingByID(core.AfterRemember), func(b *bench) {
		b.start()
		b.next("1.csv", "id,name\n1,Ada\n1,Eve\n,Bo\n2,Cy\n")
		b.wantCame("first", `created {"id":"1","name":"Ada"}`, `created {"id":"2","name":"Cy"}`)
		var why []string
		for _, l := range b.host.LeftOut() {
			why = append(why, l.Origin+": "+l.Why)
		}
		want := []string{
			"1.csv, row 3: It has the same id as row 2, which was taken.",
			"1.csv, row 4: It has no id, by which this source tells records apart.",
		}
		if diff := cmp.Diff(want, why); diff != "" {
			t.Error(diff)
		}
		b.next("2.csv", "id,name\n1,Ada\n1,Eve\n,Bo\n")
		b.wantCame("one is not there, but perhaps it is the one without an id")
		if n := len(b.host.LeftOut()); n != 0 {
			t.Errorf("%d left out once more", n)
		}
		b.next("3.csv", "id,name\n1,Ada\n1,Eve\n")
		b.wantCame("one is gone", `removed {"id":"2"}`)
	})
}

// When most records are gone at once, perhaps the file is not whole: a person is asked.
func TestMostRecordsAreGone(t *testing.T) {
	for answer, want := range map[string]int{"keep": 0, "send": 16} {
		inBubble(t, everythingByID(core.AfterMove), func(b *bench) {
			b.start()
			b.next("1.csv", numbered(1, 20))
			b.came()
			b.next("2.csv", numbered(1, 4))
			b.wantCame("while it is asked")
			if got := b.question(answer); got != "16 of 20 records are no longer in 2.csv." {
				t.Error(got)
			}
			if got := b.came(); len(got) != want {
				t.Errorf("%s: %q", answer, got)
			}
			if diff := cmp.Diff([]string{"Sent by Hookbird/1.csv", "Sent by Hookbird/2.csv"}, b.data()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func numbered(from, n int) string {
	var text strings.Builder
	_, _ = text.WriteString("id,name\n")
	for i := from; i < from+n; i++ {
		_, _ = fmt.Fprintf(&text, "%d,Ada %d\n", i, i)
	}
	return text.String()
}

// Where only new records are wanted, the newest file that is there at first tells what
// is not new.
func TestEverythingButWhatIsThereAtFirst(t *testing.T) {
	inBubble(t, everythingByID(core.AfterMove), func(b *bench) {
		b.src.Existing.Do = core.ExistingAsk
		b.write("1.csv", numbered(1, 3))
		b.write("2.csv", numbered(1, 5))
		before := time.Date(1999, 12, 1, 0, 0, 0, 0, time.UTC)
		if err := os.Chtimes(filepath.Join(b.dir, "1.csv"), before, before); err != nil {
			t.Fatal(err)
		}
		b.start()
		b.pass(5 * time.Second)
		if got := b.question("skip"); got != "2 files are already there. The newest has 5 records." {
			t.Error(got)
		}
		b.wantCame("at first")
		b.next("3.csv", numbered(2, 5))
		b.wantCame("then", `created {"id":"6","name":"Ada 6"}`, `removed {"id":"1"}`)
		if diff := cmp.Diff([]string{"1.csv", "2.csv", "Sent by Hookbird/3.csv"}, b.data()); diff != "" {
			t.Error(diff)
		}
	})
}

// Another key makes another list of it: what is there is asked about anew.
func TestOtherKeysAskAnew(t *testing.T) {
	inBubble(t, everythingByID(core.AfterRemember), func(b *bench) {
		b.src.Existing.Do = core.ExistingAsk
		b.write("1.csv", numbered(1, 3))
		b.start()
		b.pass(5 * time.Second)
		b.question("send")
		if n := len(b.came()); n != 3 {
			t.Errorf("%d came", n)
		}
		b.stop()
		other := *b.src.Folder
		other.Keys = []string{"name"}
		b.src.Folder = &other
		before := len(b.host.Asked())
		b.start()
		b.pass(5 * time.Second)
		if len(b.host.Asked()) == before {
			t.Error("nothing was asked")
		}
		b.wantCame("while it is asked")
	})
}

// A receipt of a file that holds everything tells of what was new in it alone.
func TestEverythingWithAReceipt(t *testing.T) {
	o := everythingByID(core.AfterMove)
	o.Receipt = true
	inBubble(t, o, func(b *bench) {
		b.start()
		b.next("1.csv", "id,name\n1,Ada\n1,Eve\n2,Bo\n")
		if f := b.filed()["1.csv"]; f.Events != 2 || len(f.Bad) != 1 || f.Bad[0].Place != "row 3" {
			t.Errorf("%+v", f)
		}
		b.settle("1.csv")
		b.next("2.csv", "id,name\n1,Ada\n2,Bob\n")
		if f := b.filed()["2.csv"]; f.Events != 1 || len(f.Bad) != 0 {
			t.Errorf("%+v", f)
		}
	})
}

// Whatever files come, and whichever commits fail, each record that is new, changed or
// gone comes in exactly once.
func TestLawOfEverything(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dir := tempDir(rt)
		synctest.Test(t, func(t *testing.T) {
			b := &bench{t: t, dir: dir, host: newHost(), stop: func() {}}
			o := everythingByID(core.AfterRemember)
			o.Path = dir
			b.src = &core.Source{ID: "s1", Kind: core.KindFolder, Existing: core.Existing{Do: core.ExistingSend}, Folder: &o}
			defer func() { b.stop() }()
			b.start()
			before := map[int]int{}
			for n := range rapid.IntRange(1, 4).Draw(rt, "files") {
				now := rapid.MapOfN(rapid.IntRange(0, 8), rapid.IntRange(0, 1), 0, 9).Draw(rt, "rows")
				text, want := everythingText(before, now)
				failAt(b, rapid.IntRange(0, 3).Draw(rt, "fails at"))
				b.next(fmt.Sprintf("%d.csv", n), text)
				b.host.refuse(nil)
				b.start()
				b.pass(5 * time.Minute)
				got := b.came()
				slices.Sort(got)
				if diff := cmp.Diff(want, got); diff != "" {
					rt.Fatalf("file %d: %s", n, diff)
				}
				before = now
			}
		})
	})
}

func tempDir(rt *rapid.T) string {
	dir, err := os.MkdirTemp("", "hookbird-folder-")
	if err != nil {
		rt.Fatal(err)
	}
	rt.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// failAt has the commits from one on fail, if that is not 0.
func failAt(b *bench, from int) {
	done := 0
	b.host.refuse(func(int) error {
		if done++; from > 0 && done >= from {
			return errors.New("the power is out")
		}
		return nil
	})
}

// everythingText writes a file of all records, and tells what is to come of it.
func everythingText(before, now map[int]int) (text string, want []string) {
	text = "id,name\n"
	for id := range 9 {
		old, was := before[id]
		name, is := now[id]
		if is {
			text += fmt.Sprintf("%d,%d\n", id, name)
		}
		switch {
		case is && !was:
			want = append(want, fmt.Sprintf(`created {"id":"%d","name":"%d"}`, id, name))
		case is && old != name:
			want = append(want, fmt.Sprintf(`updated {"id":"%d","name":"%d"}`, id, name))
		case was && !is:
			want = append(want, fmt.Sprintf(`removed {"id":"%d"}`, id))
		}
	}
	slices.Sort(want)
	return text, want
}

var grows = core.FolderSource{Holds: core.Growing, Match: "*.csv"}

// add adds to the end of a file, and lets it be read.
func (b *bench) add(name, text string) {
	b.t.Helper()
	f, err := os.OpenFile(filepath.Join(b.dir, name), os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o600)
	if err == nil {
		_, err = f.WriteString(text)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		b.t.Fatal(err)
	}
	b.pass(10 * time.Second)
}

// Of a file that grows, what is added at its end comes in, but for a line that is
// still being written.
func TestFileThatGrows(t *testing.T) {
	inBubble(t, grows, func(b *bench) {
		b.start()
		b.add("till.csv", "n,m\n1,x\n2,")
		b.want(`till.csv, row 2: {"n":"1","m":"x"}`)
		b.add("till.csv", "y\n3,z\n")
		b.want(`till.csv, row 3: {"n":"2","m":"y"}`, `till.csv, row 4: {"n":"3","m":"z"}`)
		b.start()
		b.add("till.csv", "4,a\n")
		b.want(`till.csv, row 5: {"n":"4","m":"a"}`)
		b.add("till.csv", "5,b")
		b.want()
		b.pass(2 * time.Minute)
		b.want(`till.csv, row 6: {"n":"5","m":"b"}`)
		b.add("till.csv", "\n6,\"two\n")
		b.want()
		b.add("till.csv", "lines\"\n7,c\n")
		b.want(`till.csv, row 7: {"n":"6","m":"two\nlines"}`, `till.csv, row 8: {"n":"7","m":"c"}`)
	})
}

// A file that another program adds to all the time is read all the same.
func TestFileThatGrowsAllTheTime(t *testing.T) {
	inBubble(t, grows, func(b *bench) {
		b.start()
		b.add("till.csv", "n,m\n")
		for i := range 100 {
			f, err := os.OpenFile(filepath.Join(b.dir, "till.csv"), os.O_APPEND|os.O_WRONLY, 0o600)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = fmt.Fprintf(f, "%d,x\n", i)
			_ = f.Close()
			b.pass(300 * time.Millisecond)
		}
		if n := b.host.total(); n < 80 {
			t.Errorf("%d rows while the file grew", n)
		}
		b.pass(time.Minute)
		if n := len(b.host.got()); n != 100 {
			t.Errorf("%d rows", n)
		}
	})
}

// Full files get another name, and another one is begun.
func TestFileThatGrowsIsPutAside(t *testing.T) {
	inBubble(t, grows, func(b *bench) {
		b.start()
		b.add("till.csv", "n,m\n1,x\n2,y\n")
		b.came()
		if err := os.Rename(filepath.Join(b.dir, "till.csv"), filepath.Join(b.dir, "till-1.csv")); err != nil {
			t.Fatal(err)
		}
		b.add("till.csv", "n,m\n3,z\n")
		b.want(`till.csv, row 2: {"n":"3","m":"z"}`)
		b.add("till-1.csv", "9,late\n")
		b.want(`till-1.csv, row 4: {"n":"9","m":"late"}`)
		if err := os.Remove(filepath.Join(b.dir, "till.csv")); err != nil {
			t.Fatal(err)
		}
		b.pass(time.Minute)
		b.add("till.csv", "n,m\n4,z\n")
		b.want(`till.csv, row 2: {"n":"4","m":"z"}`)
	})
}

// Of a file that was changed before its end, a person says what is sent.
func TestFileThatGrowsIsEdited(t *testing.T) {
	for answer, want := range map[string]int{"end": 0, "all": 1001} {
		inBubble(t, grows, func(b *bench) {
			b.start()
			text := strings.TrimSuffix(numbered(1, 1000), "\n")
			b.add("till.csv", text+"\n")
			b.came()
			b.next("till.csv", strings.Replace(text, "Ada 900", "Eve", 1)+"\n2000,x\n")
			b.wantCame("while it is asked")
			if got := b.question(answer); got != "till.csv was changed before its end, where Hookbird has read it already." {
				t.Error(got)
			}
			if got := len(b.came()); got != want {
				t.Errorf("%s: %d came", answer, got)
			}
			b.add("till.csv", "2001,y\n")
			b.wantCame("then", `created {"id":"2001","name":"y"}`)
		})
	}
}

// What was in a growing file at first is left out, if that is wanted.
func TestFileThatGrewBefore(t *testing.T) {
	inBubble(t, grows, func(b *bench) {
		b.src.Existing.Do = core.ExistingSkip
		b.add("till.csv", "n,m\n1,x\n")
		b.start()
		b.pass(time.Minute)
		b.want()
		b.add("till.csv", "2,y\n")
		b.want(`till.csv, row 3: {"n":"2","m":"y"}`)
		b.add("other.csv", "n,m\n3,z\n")
		b.want(`other.csv, row 2: {"n":"3","m":"z"}`)
	})
}

func TestWhatCannotGrow(t *testing.T) {
	inBubble(t, core.FolderSource{Holds: core.Growing}, func(b *bench) {
		b.start()
		b.next("a.json", `[{"a":1}]`)
		b.want()
		b.wantNotes("a.json: A file that grows has one record a line, such as CSV. Add a workbook as a spreadsheet instead. The file was left in place and nothing of it was sent.")
	})
}

// However a file grows, in pieces of any size, and whichever commits fail, each row
// comes in exactly once and in order.
func TestLawOfGrowing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dir := tempDir(rt)
		synctest.Test(t, func(t *testing.T) {
			o := grows
			o.Path = dir
			b := &bench{t: t, dir: dir, host: newHost(), stop: func() {}}
			b.src = &core.Source{ID: "s1", Kind: core.KindFolder, Existing: core.Existing{Do: core.ExistingSend}, Folder: &o}
			defer func() { b.stop() }()
			b.start()
			text := "n,m\n"
			var want []string
			for i := range rapid.IntRange(1, 30).Draw(rt, "rows") {
				text += fmt.Sprintf("%d,\"a\nb\"\n", i)
				want = append(want, fmt.Sprintf(`created {"n":"%d","m":"a\nb"}`, i))
			}
			var got []string
			for len(text) > 0 {
				n := rapid.IntRange(1, len(text)).Draw(rt, "piece")
				failAt(b, rapid.IntRange(0, 2).Draw(rt, "fails at"))
				b.add("till.csv", text[:n])
				text = text[n:]
				b.host.refuse(nil)
				b.start()
				b.pass(20 * time.Second)
				got = append(got, b.came()...)
			}
			b.pass(5 * time.Minute)
			if diff := cmp.Diff(want, append(got, b.came()...)); diff != "" {
				rt.Fatal(diff)
			}
		})
	})
}

// A file of which most stood in the one before is asked about; of what is sent then,
// nothing comes twice.
func TestFileThatRepeatsTheLast(t *testing.T) {
	for answer, want := range map[string]int{"new": 10, "all": 40} {
		inBubble(t, core.FolderSource{}, func(b *bench) {
			b.start()
			b.next("1.csv", numbered(1, 30))
			b.next("2.csv", numbered(31, 30)) // nothing in common
			b.next("few.csv", numbered(31, 10))
			if n := len(b.came()); n != 70 {
				t.Errorf("%d came", n)
			}
			b.next("3.csv", numbered(31, 40))
			b.wantCame("while it is asked")
			got := b.question(answer)
			if want := "30 of the first 40 records of 3.csv stood in the file before it as well, which was 2.csv. If these files hold everything each time, say so in the settings of this folder."; got != want {
				t.Error(got)
			}
			if n := len(b.came()); n != want {
				t.Errorf("%s: %d came", answer, n)
			}
			b.next("4.csv", numbered(100, 40))
			if n := len(b.came()); n != 40 {
				t.Errorf("then %d came", n)
			}
		})
	}
}

// What of a file is new is known over crashes in the middle of it.
func TestRepeatingFileAndCrashes(t *testing.T) {
	for crash := 1; crash <= 6; crash++ {
		inBubble(t, core.FolderSource{}, func(b *bench) {
			b.start()
			b.next("1.csv", numbered(1, 4000))
			b.came()
			b.next("2.csv", numbered(1, 6500))
			failAt(b, crash)
			b.question("new")
			b.host.refuse(nil)
			b.start()
			b.pass(5 * time.Minute)
			got := b.came()
			if len(got) != 2500 || got[0] != `created {"id":"4001","name":"Ada 4001"}` {
				t.Errorf("crash at %d: %d came", crash, len(got))
			}
			if marks := len(b.host.All()); marks > 30 {
				t.Errorf("%d marks are left", marks)
			}
		})
	}
}
