package folder

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hookbird/core"
)

// all gives outcomes one by one.
func all(list []Outcome) iter.Seq2[Outcome, error] {
	return func(yield func(Outcome, error) bool) {
		for _, o := range list {
			if !yield(o, nil) {
				return
			}
		}
	}
}

func TestOriginsAreTakenApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		file := rapid.StringMatching(`[a-z, 0-9/.ü]{1,20}\.csv`).Draw(t, "file")
		place := rapid.SampledFrom([]string{"", "row 1", "line 48", "record 1000000"}).Draw(t, "place")
		gotFile, gotPlace := FileOf(origin(file, place))
		if gotFile != file || gotPlace != place {
			t.Errorf("%q and %q come back as %q and %q", file, place, gotFile, gotPlace)
		}
	})
}

// filed gives what is to be known of the files that wait for their receipts.
func (b *bench) filed() map[string]Filed {
	b.t.Helper()
	all := map[string]Filed{}
	err := b.host.Marks("s1", KeyReceipt, func(key string, value []byte) error {
		f, err := ParseFiled(value)
		all[strings.TrimPrefix(key, KeyReceipt)] = f
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return all
}

// settle settles a file as the engine does.
func (b *bench) settle(name string) {
	b.t.Helper()
	if err := Settle(b.src, name, all(nil)); err != nil {
		b.t.Fatal(err)
	}
	b.host.Keep([]core.Mark{{Source: "s1", Key: KeyReceipt + name}})
}

// A file with a receipt stays where it is until it is settled, however often the
// program is started anew, and everything that did not come in is known then. Its
// receipt is never read.
func TestFilesWaitForTheirReceipts(t *testing.T) {
	for _, after := range []core.After{core.AfterRemember, core.AfterMove, core.AfterDelete} {
		inBubble(t, core.FolderSource{Receipt: true, After: after, Match: "*.csv"}, func(b *bench) {
			b.write("a.csv", "n,m\n1,x\n2,3,4\n2,y\n")
			b.start()
			b.pass(time.Minute)
			b.start()
			b.pass(time.Minute)
			b.want(`a.csv, row 2: {"n":"1","m":"x"}`, `a.csv, row 4: {"n":"2","m":"y"}`)
			want := map[string]Filed{"a.csv": {Events: 2, Bad: []Outcome{{
				Place: "line 3", Word: "Not read", Reason: "This row has 3 cells, but there are only 2 headings, so it was left out.",
			}}}}
			ignored := cmpopts.IgnoreTypes(time.Time{})
			if diff := cmp.Diff(want, b.filed(), ignored); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff([]string{"a.csv"}, b.data()); diff != "" {
				t.Error(diff)
			}
			b.settle("a.csv")
			b.pass(time.Minute)
			b.want()
			if len(b.filed()) > 0 {
				t.Errorf("waits again: %v", b.filed())
			}
			b.write("b.csv", "n,m\n1,x\n2,3,4\n2,y\n")
			b.pass(time.Minute)
			b.want()
			if f := b.filed()["b.csv"]; len(f.Bad) != 1 || f.Events != 0 || f.Bad[0].Reason != "It holds the same as a.csv, which was read before." {
				t.Errorf("of the same once more: %+v", f)
			}
		})
	}
}

// data lists the files but for the claim.
func (b *bench) data() (names []string) {
	for _, name := range b.files() {
		if !strings.HasPrefix(name, ".") {
			names = append(names, name)
		}
	}
	return names
}

// What is known of a file is whole whichever commits fail.
func TestWhatIsFiledOutlivesCrashes(t *testing.T) {
	for refused := 1; refused <= 8; refused++ {
		inBubble(t, core.FolderSource{Receipt: true}, func(b *bench) {
			var text strings.Builder
			_, _ = text.WriteString("n,m\n")
			for i := range 2500 {
				if i%100 == 0 {
					_, _ = text.WriteString("1,2,3\n")
				}
				_, _ = fmt.Fprintf(&text, "%d,x\n", i)
			}
			b.write("a.csv", text.String())
			b.host.refuse(func(commit int) error {
				if commit == refused {
					return core.Errorf(core.CodeUnavailable, "The disk is full.")
				}
				return nil
			})
			b.start()
			b.pass(time.Second)
			b.start()
			b.pass(5 * time.Minute)
			if f := b.filed()["a.csv"]; f.Events != 2500 || len(f.Bad) != 25 || len(b.host.got()) != 2500 {
				t.Errorf("commit %d refused: %d events, %d bad, %d came", refused, f.Events, len(f.Bad), len(b.host.got()))
			}
		})
	}
}

// Of very many only so many are told of one by one.
func TestFiledIsBounded(t *testing.T) {
	var f Filed
	for range 5000 {
		f.leave(Outcome{Word: "Not read"})
	}
	if len(f.Bad) != 1000 || f.MoreBad != 4000 {
		t.Errorf("%d and %d more", len(f.Bad), f.MoreBad)
	}
	value, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	back, err := ParseFiled(value)
	if diff := cmp.Diff(f, back); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// Outcomes that turn out not to be known leave everything as it is, and a file that is
// gone has been settled.
func TestSettleThatIsGivenUp(t *testing.T) {
	b := &bench{t: t, dir: t.TempDir()}
	b.write("a.csv", "n\n1\n")
	src := &core.Source{ID: "s1", Folder: &core.FolderSource{Path: b.dir, After: core.AfterMove}}
	unsettled := errors.New("unsettled")
	err := Settle(src, "a.csv", func(yield func(Outcome, error) bool) {
		_ = yield(Outcome{Good: true}, nil) && yield(Outcome{}, unsettled)
	})
	if !errors.Is(err, unsettled) {
		t.Error(err)
	}
	if err := Settle(src, "gone.csv", all(nil)); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"a.csv"}, b.files()); diff != "" {
		t.Error(diff)
	}
}
