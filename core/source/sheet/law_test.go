package sheet

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/core"
)

// by has a source that has just begun read the file, as if it had been quiet.
func (d *desk) by(t testing.TB) *Sheet {
	t.Helper()
	s := New(d.src, d.host, slog.New(slog.DiscardHandler))
	if err := d.readBy(s); err != nil {
		t.Fatal(err)
	}
	return s
}

func (d *desk) readBy(s *Sheet) error {
	if err := s.load(); err != nil {
		return err
	}
	if why := s.stat(); why != "" {
		return fmt.Errorf("%s", why)
	}
	s.seen.since = time.Now().Add(-quiet)
	return s.readNow(d.t.Context())
}

// However a sheet is edited between two readings, and whenever the store refuses and
// the source is run anew, each row comes as often as it was there at once.
func TestRowsComeAsOftenAsTheyWereThere(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := newDesk(t, core.SheetSource{Settle: 1})
		d.src.Existing.Do = core.ExistingSend
		most, rows := map[string]int{}, []string{}
		for range rapid.IntRange(1, 6).Draw(rt, "readings") {
			rows = edit(rt, rows)
			d.save(append([]string{"Item"}, rows...)...)
			count := map[string]int{}
			for _, row := range rows {
				count[row]++
				most[row] = max(most[row], count[row])
			}
			d.readThrough(rt)
		}
		got := map[string]int{}
		for _, e := range d.host.Events() {
			got[strings.TrimSuffix(strings.TrimPrefix(string(e.Data), `{"Item":"`), `"}`)]++
		}
		if diff := cmp.Diff(most, got); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// With keys, what a row held when it came last is what it holds now.
func TestChangedRowsComeOnceForEachChange(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := newDesk(t, core.SheetSource{Keys: []string{"No"}, Changed: true, Settle: 1})
		d.src.Existing.Do = core.ExistingSend
		var want []string
		last := map[string]string{}
		for range rapid.IntRange(1, 6).Draw(rt, "readings") {
			table := rapid.MapOfN(rapid.StringMatching("[1-9]"), rapid.SampledFrom([]string{"tea", "cake", ""}), 0, 9).Draw(rt, "table")
			rows := []string{"Name,No"}
			for key, name := range table {
				rows = append(rows, name+","+key)
				if before, ok := last[key]; !ok || before != name {
					want = append(want, fmt.Sprintf("%s %s %v", key, name, ok))
				}
				last[key] = name
			}
			d.save(rows...)
			d.readThrough(rt)
		}
		var got []string
		for _, e := range d.host.Events() {
			row := strings.NewReplacer(`{"Name":"`, "", `","No":"`, "|", `"}`, "").Replace(string(e.Data))
			name, key, _ := strings.Cut(row, "|")
			got = append(got, fmt.Sprintf("%s %s %v", key, name, e.Type == core.EventUpdated))
		}
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// readThrough reads the file with a source that may be cut off at any commit.
func (d *desk) readThrough(rt *rapid.T) {
	refused := rapid.IntRange(0, 3).Draw(rt, "refused")
	base := d.host.Commits()
	d.host.Refuse(func(commit int) error {
		if commit == base+refused {
			return errStore
		}
		return nil
	})
	for range 3 {
		if d.readBy(New(d.src, d.host, slog.New(slog.DiscardHandler))) == nil {
			return
		}
	}
	rt.Fatal("it does not come to an end")
}

// edit does what people do with rows.
func edit(rt *rapid.T, rows []string) []string {
	rows = slices.Clone(rows)
	for range rapid.IntRange(0, 5).Draw(rt, "edits") {
		at := rapid.IntRange(0, len(rows)).Draw(rt, "at")
		switch rapid.SampledFrom([]string{"insert", "delete", "sort", "shuffle"}).Draw(rt, "edit") {
		case "insert":
			rows = slices.Insert(rows, at, rapid.SampledFrom([]string{"tea", "cake", "milk", "jam"}).Draw(rt, "row"))
		case "delete":
			rows = slices.Delete(rows, min(at, len(rows)), min(at+1, len(rows)))
		case "sort":
			slices.Sort(rows)
		case "shuffle":
			random := rand.New(rand.NewPCG(uint64(at), 0))
			random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		}
	}
	return rows
}

func FuzzTextOf(f *testing.F) {
	f.Add([]byte(`"a\"b"`))
	f.Add([]byte(`12.50`))
	f.Add([]byte("null"))
	f.Fuzz(func(_ *testing.T, raw []byte) {
		textOf(raw, false)
		textOf(raw, true)
	})
}
