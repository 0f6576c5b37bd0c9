package sheet

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
	"hookbird/core/source/sourcetest"
)

// desk is a spreadsheet that somebody works in, and the source that watches it.
type desk struct {
	t    testing.TB
	path string
	src  *core.Source
	host *sourcetest.Host
	stop func()
}

func newDesk(t testing.TB, cfg core.SheetSource) *desk {
	t.Helper()
	cfg.Path = filepath.Join(t.TempDir(), "members.csv")
	return &desk{
		t: t, path: cfg.Path, host: &sourcetest.Host{},
		src: &core.Source{ID: "src", Kind: core.KindSheet, Sheet: &cfg},
	}
}

// save saves the file with these rows, as an editor does that writes a new file.
func (d *desk) save(rows ...string) {
	d.t.Helper()
	text := strings.Join(rows, "\n") + "\n"
	if err := os.WriteFile(d.path+".new", []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
	if err := os.Rename(d.path+".new", d.path); err != nil {
		d.t.Fatal(err)
	}
}

// run has the source watch for a time.
func (d *desk) run(of time.Duration) {
	d.t.Helper()
	if err := d.try(of); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) try(of time.Duration) error {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), of)
	defer cancel()
	return New(d.src, d.host, slog.New(slog.DiscardHandler)).Run(ctx)
}

// watch has the source watch until stop.
func (d *desk) watch() {
	ctx, cancel := context.WithCancel(d.t.Context())
	done := make(chan error, 1)
	go func() { done <- New(d.src, d.host, slog.New(slog.DiscardHandler)).Run(ctx) }()
	d.stop = func() {
		cancel()
		if err := <-done; err != nil {
			d.t.Error(err)
		}
	}
}

func (d *desk) got(want ...string) {
	d.t.Helper()
	if diff := cmp.Diff(want, d.host.Got()); diff != "" {
		d.t.Error(diff)
	}
}

func (d *desk) said(cause, found string) {
	d.t.Helper()
	c, f := d.host.Said()
	if diff := cmp.Diff([]string{cause, found}, []string{c, f}); diff != "" {
		d.t.Error(diff)
	}
}

func inBubble(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, f)
}

var members = core.SheetSource{Keys: []string{"No"}, Changed: true}

const head = "No,Name,Town"

func TestNewAndChangedRows(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, members)
		d.src.Existing.Do = core.ExistingSkip
		d.save(head, "1,Ada,Ulm", "2,Grace,Bern")
		d.watch()
		time.Sleep(time.Minute)
		d.got()
		d.save(head, "1,Ada,Ulm", "3,Alan,Graz", "2,Grace,Basel")
		time.Sleep(30 * time.Second)
		d.got()
		d.said("", "2 rows still being typed.")
		time.Sleep(2 * time.Minute)
		d.got(`members.csv, row 3: {"No":"3","Name":"Alan","Town":"Graz"}`,
			`record.updated members.csv, row 4: {"No":"2","Name":"Grace","Town":"Basel"}`)
		d.said("", "")
		d.stop()
		d.run(time.Hour)
		d.got()
	})
}

func TestChangedRowsThatNobodyWants(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, core.SheetSource{Keys: []string{"No"}})
		d.src.Existing.Do = core.ExistingSkip
		d.save(head, "1,Ada,Ulm")
		d.run(time.Minute)
		d.save(head, "1,Ada,Bern", "2,Grace,Bern")
		d.run(5 * time.Minute)
		d.got(`members.csv, row 3: {"No":"2","Name":"Grace","Town":"Bern"}`)
		d.src.Sheet.Changed = true
		d.run(5 * time.Minute)
		d.got()
	})
}

// Whatever is done to a sheet that changes no row repeats none.
func TestNothingIsRepeated(t *testing.T) {
	before := []string{head, "1,Ada,Ulm", "2,Grace,Bern", "3,Alan,Graz", "3,Alan,Graz"}
	for name, after := range map[string][]string{
		"sorted":            {head, "3,Alan,Graz", "2,Grace,Bern", "3,Alan,Graz", "1,Ada,Ulm"},
		"a row deleted":     {head, "1,Ada,Ulm", "3,Alan,Graz"},
		"an empty row":      {head, "1,Ada,Ulm", ",,", "2,Grace,Bern", "3,Alan,Graz", "3,Alan,Graz"},
		"columns moved":     {"Name,No,Town", "Ada,1,Ulm", "Grace,2,Bern", "Alan,3,Graz", "Alan,3,Graz"},
		"a new column":      {head + ",Age", "1,Ada,Ulm,", "2,Grace,Bern,", "3,Alan,Graz,", "3,Alan,Graz,"},
		"a row of totals":   {head, "1,Ada,Ulm", "2,Grace,Bern", "3,Alan,Graz", "3,Alan,Graz", "Total:,9,"},
		"saved as it was":   before,
		"all rows deleted":  {head},
		"another delimiter": {"No;Name;Town", "1;Ada;Ulm", "2;Grace;Bern", "3;Alan;Graz", "3;Alan;Graz"},
	} {
		for kind, cfg := range map[string]core.SheetSource{"keys": members, "no keys": {}} {
			t.Run(name+", "+kind, func(t *testing.T) {
				inBubble(t, func(t *testing.T) {
					d := newDesk(t, cfg)
					d.src.Existing.Do = core.ExistingSend
					d.save(before...)
					d.run(5 * time.Minute)
					if got := len(d.host.Got()); got != 4-len(cfg.Keys) {
						t.Fatalf("%d events at first", got)
					}
					d.host.LeftOut()
					d.save(after...)
					d.run(5 * time.Minute)
					d.got()
					d.save(before...)
					d.run(5 * time.Minute)
					d.got()
					if left := d.host.LeftOut(); len(left) > 0 {
						t.Errorf("left out again: %+v", left)
					}
				})
			})
		}
	}
}

func TestEqualRowsAreCounted(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, core.SheetSource{})
		d.src.Existing.Do = core.ExistingSkip
		d.save("Item", "Tea")
		d.run(time.Minute)
		d.save("Item", "Tea", "Tea", "Cake", "Tea")
		d.run(5 * time.Minute)
		d.got(`members.csv, row 3: {"Item":"Tea"}`, `members.csv, row 4: {"Item":"Cake"}`, `members.csv, row 5: {"Item":"Tea"}`)
	})
}

func TestRowsBeingTyped(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, core.SheetSource{Required: []string{"Town"}, Settle: 5 * time.Minute})
		d.src.Existing.Do = core.ExistingSkip
		d.save(head)
		d.watch()
		time.Sleep(time.Minute)
		d.save(head, "1,Ada,")
		time.Sleep(time.Hour)
		d.said("", "1 row still being typed.")
		d.save(head, "1,Ada,Ul")
		time.Sleep(4 * time.Minute)
		d.save(head, "1,Ada,Ulm")
		time.Sleep(4 * time.Minute)
		d.got()
		// Saving another row does not put off this one.
		d.save(head, "1,Ada,Ulm", "2,Grace,Bern")
		time.Sleep(2 * time.Minute)
		d.got(`members.csv, row 2: {"No":"1","Name":"Ada","Town":"Ulm"}`)
		d.stop()
		// Nor does it begin anew when the program does.
		d.run(4 * time.Minute)
		d.got(`members.csv, row 3: {"No":"2","Name":"Grace","Town":"Bern"}`)
	})
}

func TestColumnThatSaysReady(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, core.SheetSource{Keys: []string{"No"}, Changed: true, Ready: "Done", ReadyIs: "yes"})
		d.save("No,Name,Done", "1,Ada,", "2,Grace, YES ", "3,Alan,no")
		d.src.Existing.Do = core.ExistingSkip
		d.run(time.Minute)
		d.got()
		d.said("", "2 rows still being typed.")
		d.save("No,Name,Done", "1,Ada,yes", "2,Grace H.,no", "3,Alan,no")
		d.run(10 * time.Second)
		d.got(`members.csv, row 2: {"No":"1","Name":"Ada","Done":"yes"}`)
		d.save("No,Name,Done", "1,Ada,yes", "2,Grace H.,yes", "3,Alan,no")
		d.run(10 * time.Second)
		d.got(`record.updated members.csv, row 3: {"No":"2","Name":"Grace H.","Done":"yes"}`)
	})
}

func TestWhatIsThereAlready(t *testing.T) {
	for answer, want := range map[string]int{"skip": 0, "send": 1200} {
		t.Run(answer, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				d := newDesk(t, members)
				rows := []string{head}
				for i := range 1200 {
					rows = append(rows, fmt.Sprintf("%d,Ada,Ulm", i))
				}
				d.save(rows...)
				d.run(time.Hour)
				d.got()
				asked := d.host.Asked()
				if len(asked) == 0 || asked[0].Text != "1,200 rows are already there." {
					t.Fatalf("asked: %+v", asked)
				}
				d.host.Answer(asked[0].ID, answer)
				d.run(time.Hour)
				if got := len(d.host.Got()); got != want {
					t.Errorf("%d events, want %d", got, want)
				}
				if runs := len(d.host.Runs()); runs != want/500 {
					t.Errorf("%d commits of a run", runs)
				}
				d.save(append(rows, "x,Grace,Bern")...)
				d.run(time.Hour)
				if got := len(d.host.Got()); got != 1 {
					t.Errorf("%d events for a new row", got)
				}

				// Another key is another place.
				d.src.Sheet.Keys = []string{"No", "Name"}
				d.run(time.Hour)
				if asked := d.host.Asked(); len(asked) == 0 {
					t.Error("nothing was asked")
				}
				d.got()
			})
		})
	}
}

func TestOldRowsOfAnotherPlaceAreForgotten(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, members)
		d.src.Existing.Do = core.ExistingSkip
		d.save(head, "1,Ada,Ulm", "2,Grace,Bern")
		d.run(time.Minute)
		before := len(d.host.All())
		d.src.Sheet.Keys = []string{"Name"}
		d.run(time.Minute)
		if got := len(d.host.All()); got != before {
			t.Errorf("%d marks, before %d", got, before)
		}
	})
}

func TestSameKeyTwice(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, members)
		d.src.Existing.Do = core.ExistingSend
		d.save(head, "1,Ada,Ulm", "2,Grace,Bern", "1,Ida,Bonn")
		d.run(5 * time.Minute)
		if got := d.host.Got(); len(got) != 2 {
			t.Errorf("events: %q", got)
		}
		left := d.host.LeftOut()
		if len(left) != 1 || left[0].Why != "Row 2 and row 4 have the same No." || left[0].Origin != "members.csv, row 4" || string(left[0].Data) != `{"No":"1","Name":"Ida","Town":"Bonn"}` {
			t.Errorf("left out: %+v", left)
		}
		// Sorted, and the one that was sent edited: the other stays left out.
		d.save(head, "1,Ida,Bonn", "1,Ada,Köln", "2,Grace,Bern")
		d.run(5 * time.Minute)
		d.got(`record.updated members.csv, row 3: {"No":"1","Name":"Ada","Town":"Köln"}`)
		if left := d.host.LeftOut(); len(left) > 0 {
			t.Errorf("left out again: %+v", left)
		}
	})
}

func TestRowsWithoutTheirKey(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, members)
		d.src.Existing.Do = core.ExistingSend
		d.save(head, ",Ada,Ulm", ",Grace,Bern")
		d.run(5 * time.Minute)
		d.got()
		d.said("", "2 rows still being typed.")
	})
}

func TestColumnsThatAreMissing(t *testing.T) {
	for name, cfg := range map[string]core.SheetSource{
		"tells the rows apart":         {Keys: []string{"Number"}},
		"has to be filled in":          {Required: []string{"Number"}},
		"says that a row is finished,": {Ready: "Number"},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				d := newDesk(t, cfg)
				d.src.Existing.Do = core.ExistingSend
				d.save(head, "1,Ada,Ulm")
				d.run(time.Hour)
				d.got()
				if cause, _ := d.host.Said(); !strings.HasPrefix(cause, "The column Number, which "+strings.TrimSuffix(name, ",")+", is not in members.csv.") {
					t.Error(cause)
				}
			})
		})
	}
}

func TestColumnsThatSomebodyElseNeeds(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, members)
		d.src.Existing.Do = core.ExistingSend
		d.host.Hold(func(names []string) error {
			if names[1] != "Name" {
				return core.Errorf(core.CodeConflict, "The column Name is gone.")
			}
			return nil
		})
		d.save("No,Full name,Town", "1,Ada,Ulm")
		d.watch()
		time.Sleep(time.Hour)
		d.said("The column Name is gone.", "")
		d.got()
		d.save(head, "1,Ada,Ulm")
		time.Sleep(time.Hour)
		d.got(`members.csv, row 2: {"No":"1","Name":"Ada","Town":"Ulm"}`)
		d.said("", "")
		d.stop()
	})
}

func TestColumnThatIsCalledOtherwiseNow(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, members)
		d.src.Existing.Do = core.ExistingSkip
		d.save(head, "1,Ada,Ulm")
		d.run(time.Minute)
		d.host.Keep([]core.Mark{{Key: "alias", Value: []byte(`{"Number":"No"}`)}})
		d.save("Number,Name,Town", "1,Ada,Ulm", "2,Grace,Bern")
		d.run(time.Hour)
		d.got(`members.csv, row 3: {"Number":"2","Name":"Grace","Town":"Bern"}`)
	})
}

func TestColumnsThatMakeAllRowsLookNew(t *testing.T) {
	for answer, want := range map[string]int{"skip": 1, "send": 21} {
		t.Run(answer, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				d := newDesk(t, core.SheetSource{})
				d.src.Existing.Do = core.ExistingSkip
				before, after := []string{"No,Name"}, []string{"No,Full name"}
				for i := range 20 {
					before, after = append(before, fmt.Sprintf("%d,Ada", i)), append(after, fmt.Sprintf("%d,Ada", i))
				}
				d.save(before...)
				d.run(time.Minute)
				d.save(after...)
				d.run(time.Hour)
				d.got()
				asked := d.host.Asked()
				if len(asked) == 0 || asked[0].Text != "The columns of members.csv have changed, and most of its rows look new because of that." {
					t.Fatalf("asked: %+v", asked)
				}
				d.host.Answer(asked[0].ID, answer)
				d.run(time.Hour)
				d.save(append(after, "99,Grace")...)
				d.run(time.Hour)
				if got := d.host.Got(); len(got) != want {
					t.Errorf("events: %q", got)
				}
			})
		})
	}
}

func TestShortRows(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, core.SheetSource{Required: []string{"Town"}})
		d.src.Existing.Do = core.ExistingSend
		d.save(head, "1", `"2`, "3,Ada,Ulm")
		d.run(time.Hour)
		d.got(`members.csv, row 4: {"No":"3","Name":"Ada","Town":"Ulm"}`)
		d.said("", "1 row still being typed. 1 row could not be read.")
		if notes := d.host.Noted(); len(notes) != 1 {
			t.Errorf("notes: %q", notes)
		}
	})
}

// Without its rows a sheet is still the same, and so are the rows that come back.
func TestSheetThatIsEmptied(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, core.SheetSource{})
		d.src.Existing.Do = core.ExistingSkip
		rows := []string{head}
		for i := range 20 {
			rows = append(rows, fmt.Sprintf("%d,Ada,Ulm", i))
		}
		d.save(rows...)
		d.run(time.Minute)
		d.host.Hold(func(names []string) error {
			if len(names) != 3 {
				t.Errorf("columns: %q", names)
			}
			return nil
		})
		d.save(head)
		d.run(time.Hour)
		d.said("", "")
		d.save(append(rows, "99,Grace,Bern")...)
		d.run(time.Hour)
		d.got(`members.csv, row 22: {"No":"99","Name":"Grace","Town":"Bern"}`)
		if asked := d.host.Asked(); len(asked) > 0 {
			t.Errorf("asked: %+v", asked)
		}
	})
}

func TestFileThatGoesAndComesBack(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, members)
		d.src.Existing.Do = core.ExistingSend
		d.watch()
		time.Sleep(time.Minute)
		d.said("The spreadsheet "+d.path+" is not there. Hookbird goes on by itself once it is back.", "")
		d.save(head, "1,Ada,Ulm")
		time.Sleep(5 * time.Minute)
		d.got(`members.csv, row 2: {"No":"1","Name":"Ada","Town":"Ulm"}`)
		if err := os.Remove(d.path); err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * time.Minute)
		d.said("The spreadsheet "+d.path+" is not there. Hookbird goes on by itself once it is back.", "")
		d.save(head, "2,Grace,Bern", "1,Ada,Ulm")
		time.Sleep(5 * time.Minute)
		d.got(`members.csv, row 2: {"No":"2","Name":"Grace","Town":"Bern"}`)
		d.said("", "")
		d.stop()
	})
}

// A file that is being written is read once it stays as it is.
func TestFileThatIsSavedAgainAndAgain(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, core.SheetSource{Settle: time.Second})
		d.src.Existing.Do = core.ExistingSend
		d.watch()
		text := head + "\n"
		for i := range 30 {
			text += fmt.Sprintf("%d,Ada,Ul", i)
			if err := os.WriteFile(d.path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			text += "m\n"
			time.Sleep(time.Second)
		}
		d.got()
		if err := os.WriteFile(d.path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		if got := d.host.Got(); len(got) != 30 || strings.Contains(strings.Join(got, ""), `"Ul"`) {
			t.Errorf("events: %q", got)
		}
		d.stop()
	})
}

var errStore = errors.New("disk full")

// Whichever commit is the last before the program ends: nothing is lost, and
// nothing comes twice.
func TestCrashBetweenAnyTwoCommits(t *testing.T) {
	for name, cfg := range map[string]core.SheetSource{"keys": members, "no keys": {}, "ready": {Ready: "Town"}} {
		for _, do := range []core.ExistingDo{core.ExistingSend, core.ExistingSkip} {
			t.Run(name+", "+string(do), func(t *testing.T) {
				for last := range 12 {
					crash(t, cfg, do, last)
				}
			})
		}
	}
}

func crash(t *testing.T, cfg core.SheetSource, do core.ExistingDo, last int) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, cfg)
		d.src.Existing.Do = do
		d.host.Refuse(func(commit int) error {
			if commit == last+1 {
				return errStore
			}
			return nil
		})
		rows := []string{head}
		live := func() {
			for range 3 {
				if d.try(10*time.Minute) == nil {
					return
				}
			}
			t.Fatal("it does not come to an end")
		}
		for round := range 3 {
			for i := range 1100 {
				rows = append(rows, fmt.Sprintf("%d,Ada,Ulm", round*2000+i))
			}
			d.save(rows...)
			live()
		}
		want := 3300
		if do == core.ExistingSkip {
			want = 2200
		}
		seen := map[string]int{}
		for _, e := range d.host.Events() {
			seen[string(e.Data)]++
		}
		if len(seen) != want {
			t.Errorf("crash after %d: %d rows, want %d", last, len(seen), want)
		}
		for data, n := range seen {
			if n != 1 {
				t.Errorf("crash after %d: %s came %d times", last, data, n)
			}
		}
	})
}

// So many rows are remembered in several commits. As long as the last is missing, they
// are still those that were there first.
func TestCrashWhileRowsAreSkipped(t *testing.T) {
	d := newDesk(t, core.SheetSource{Settle: 1})
	d.src.Existing.Do = core.ExistingSkip
	rows := []string{"Item"}
	for i := range sliceMarks + 10 {
		rows = append(rows, fmt.Sprint(i))
	}
	d.save(rows...)
	d.host.Refuse(func(commit int) error {
		if commit == 2 {
			return errStore
		}
		return nil
	})
	for range 2 {
		_ = d.readBy(New(d.src, d.host, slog.New(slog.DiscardHandler))) // the first is cut off
	}
	if d.got(); d.host.Commits() != 4 {
		t.Errorf("%d commits", d.host.Commits())
	}
}
