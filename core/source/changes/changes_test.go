package changes

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/source/sourcetest"
)

// read has a table look at rows, and commits what it finds in slices of n. It stops
// before it has committed so many slices, if stop is not negative.
func read(t testing.TB, h *sourcetest.Host, table *Table, rows []string, n, stop int) (said []string) {
	t.Helper()
	table.Begin()
	var marks []core.Mark
	var waiting []string
	commit := func() bool {
		if stop == 0 {
			return false
		}
		stop--
		if len(marks) > 0 {
			if err := h.Accept(t.Context(), nil, marks); err != nil {
				t.Fatal(err)
			}
		}
		said, marks, waiting = append(said, waiting...), nil, nil
		return true
	}
	for i, row := range rows {
		f, err := table.Look([]byte(row), i+2)
		if err != nil {
			t.Fatal(err)
		}
		if f.Mark.Key != "" {
			marks = append(marks, f.Mark)
		}
		switch f.Verdict {
		case Created:
			waiting = append(waiting, "new "+row)
		case Updated:
			waiting = append(waiting, "changed "+row)
		case Twice:
			waiting = append(waiting, fmt.Sprintf("row %d has the %s of row %d", i+2, f.Field, f.First))
		case Keyless:
			waiting = append(waiting, fmt.Sprintf("row %d has no %s", i+2, f.Field))
		}
		if (i+1)%n == 0 && !commit() {
			return said
		}
	}
	commit()
	return said
}

func TestRows(t *testing.T) {
	h := &sourcetest.Host{}
	table := New(h, "s1", "members.csv", Shape{Keys: []string{"id"}})
	steps := []struct {
		name string
		rows []string
		want []string
	}{
		{"first", []string{`{"id":"1","name":"Ada"}`, `{"id":"2","name":"Bo"}`}, []string{`new {"id":"1","name":"Ada"}`, `new {"id":"2","name":"Bo"}`}},
		{"unchanged", []string{`{"id":"1","name":"Ada"}`, `{"id":"2","name":"Bo"}`}, nil},
		{"in another order", []string{`{"name":"Bo","id":"2"}`, `{"name":"Ada","id":"1"}`}, nil},
		{"with an empty column", []string{`{"id":"1","town":"","name":"Ada"}`, `{"id":"2","town":null,"name":"Bo"}`}, nil},
		{"one changed, one new", []string{`{"id":"2","name":"Bob"}`, `{"id":"1","name":"Ada"}`, `{"id":"3"}`}, []string{`changed {"id":"2","name":"Bob"}`, `new {"id":"3"}`}},
		{"the same key again", []string{`{"id":"1","name":"Ada"}`, `{"id":" 1","name":"Eve"}`, `{"id":"9"}`, `{"id":9}`}, []string{"row 3 has the id of row 2", `new {"id":"9"}`, "row 5 has the id of row 4"}},
		{"without a key", []string{`{"name":"Ada"}`, `{"id":"","name":"Ada"}`, `{"id":" ","name":"Ada"}`}, []string{"row 2 has no id", "row 3 has no id", "row 4 has no id"}},
		{"with the key written otherwise", []string{`{"ID":"1","name":"Ada"}`}, []string{`changed {"ID":"1","name":"Ada"}`}},
	}
	for _, s := range steps {
		if diff := cmp.Diff(s.want, read(t, h, table, s.rows, 100, -1)); diff != "" {
			t.Errorf("%s: %s", s.name, diff)
		}
	}
}

func TestUnchangedWritesNothing(t *testing.T) {
	for _, shape := range []Shape{{}, {Keys: []string{"id"}}, {Keys: []string{"id"}, Gone: true}} {
		h := &sourcetest.Host{}
		table := New(h, "s1", "here", shape)
		rows := []string{`{"id":"1"}`, `{"id":"2"}`, `{"id":"3"}`}
		read(t, h, table, rows, 2, -1)
		before := h.Commits()
		read(t, h, table, rows, 2, -1)
		if h.Commits() != before || before == 0 {
			t.Errorf("%+v: %d commits, then %d", shape, before, h.Commits())
		}
	}
}

func TestOnlyWhatCounts(t *testing.T) {
	h := &sourcetest.Host{}
	table := New(h, "s1", "here", Shape{Keys: []string{"id"}, Only: []string{"Name"}, Alias: map[string]string{"Full name": "name"}})
	read(t, h, table, []string{`{"id":"1","name":"Ada","exported":"Monday"}`}, 1, -1)
	for row, want := range map[string]int{
		`{"id":"1","name":"Ada","exported":"Tuesday"}`:      0,
		`{"id":"1","Full name":"Ada","exported":"Tuesday"}`: 0,
		`{"id":"1","name":"Eve","exported":"Monday"}`:       1,
	} {
		if got := read(t, h, New(h, "s1", "here", table.shape), []string{row}, 9, 0); len(got) != 0 {
			t.Fatalf("committed %q", got)
		}
		table.Begin()
		f, err := table.Look([]byte(row), 2)
		if err != nil || f.Verdict == Updated != (want == 1) || f.Verdict == Created {
			t.Errorf("%s: %+v, %v", row, f, err)
		}
	}
}

// Rows without key fields are as many as there are of them.
func TestWithoutKeys(t *testing.T) {
	h := &sourcetest.Host{}
	table := New(h, "s1", "here", Shape{})
	read(t, h, table, []string{`{"a":"1"}`, `{"a":"1"}`, `{"a":"2"}`}, 100, -1)
	want := []string{`new {"a":"1"}`, `new {"a":"3"}`}
	if diff := cmp.Diff(want, read(t, h, table, []string{`{"a":"1"}`, `{"a":"1"}`, `{"a":"1"}`, `{"a":"3"}`}, 100, -1)); diff != "" {
		t.Error(diff)
	}
}

func TestGone(t *testing.T) {
	h := &sourcetest.Host{}
	table := New(h, "s1", "here", Shape{Keys: []string{"id", "Sh\"op"}, Gone: true})
	var rows []string
	for i := range 3000 {
		rows = append(rows, fmt.Sprintf(`{"name":"x","sh\"op":"a","id":%d}`, i))
	}
	read(t, h, table, rows, 1000, -1)
	read(t, h, table, rows[:10], 1000, -1)
	if known, gone, err := table.Count(); known != 3000 || gone != 2990 || err != nil {
		t.Errorf("%d known, %d gone, %v", known, gone, err)
	}
	seen := map[string]bool{}
	err := table.Gone(func(list []Lost) error {
		var marks []core.Mark
		for _, l := range list {
			seen[string(l.Keys)] = true
			marks = append(marks, l.Mark)
		}
		return h.Accept(t.Context(), nil, marks)
	})
	if err != nil || len(seen) != 2990 || !seen[`{"id":2999,"Sh\"op":"a"}`] || seen[`{"id":9,"Sh\"op":"a"}`] {
		t.Errorf("%d rows, %v", len(seen), err)
	}
	if known, gone, err := table.Count(); known != 10 || gone != 0 || err != nil {
		t.Errorf("%d known, %d gone, %v", known, gone, err)
	}
}

// What gone rows were known by is remembered as soon as it is asked for.
func TestKeysAreKeptLater(t *testing.T) {
	h := &sourcetest.Host{}
	row := []string{`{"id":"1"}`}
	read(t, h, New(h, "s1", "here", Shape{Keys: []string{"id"}}), row, 1, -1)
	table := New(h, "s1", "here", Shape{Keys: []string{"id"}, Gone: true})
	if said := read(t, h, table, row, 1, -1); len(said) != 0 {
		t.Errorf("%q", said)
	}
	table.Begin()
	if err := table.Gone(func(list []Lost) error {
		if diff := cmp.Diff(`{"id":"1"}`, string(list[0].Keys)); diff != "" {
			t.Error(diff)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

func TestAnotherPlace(t *testing.T) {
	h := &sourcetest.Host{}
	var rows []string
	for i := range 2500 {
		rows = append(rows, fmt.Sprintf(`{"id":%d}`, i))
	}
	read(t, h, New(h, "s1", "here", Shape{Keys: []string{"id"}}), rows, 1000, -1)
	there := New(h, "s1", "there", Shape{Keys: []string{"id"}})
	if said := read(t, h, there, rows[:2], 9, -1); len(said) != 2 {
		t.Errorf("%q", said)
	}
	commits := 0
	err := there.Others(func(marks []core.Mark) error {
		commits++
		return h.Accept(t.Context(), nil, marks)
	})
	if err != nil || commits != 3 || len(h.All()) != 2 {
		t.Errorf("%v, %d commits, %d marks", err, commits, len(h.All()))
	}
}

func TestErrorsOfTheStore(t *testing.T) {
	full := errors.New("the disk is gone")
	table := New(broken{&sourcetest.Host{}, full}, "s1", "here", Shape{Keys: []string{"id"}})
	if _, err := table.Look([]byte(`{"id":1}`), 1); !errors.Is(err, full) {
		t.Error(err)
	}
}

type broken struct {
	*sourcetest.Host
	err error
}

func (b broken) Mark(_, _ string) ([]byte, bool, error) { return nil, false, b.err }

// Whatever lists come, and wherever reading is cut off, each row that is new or
// another than before is told of exactly once.
func TestLawOfChanges(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := &sourcetest.Host{}
		table := New(h, "s1", "here", Shape{Keys: []string{"id"}})
		before := map[int]string{}
		for range rapid.IntRange(1, 5).Draw(rt, "lists") {
			ids := rapid.SliceOfDistinct(rapid.IntRange(0, 20), func(i int) int { return i }).Draw(rt, "ids")
			var rows, want []string
			for _, id := range ids {
				row := fmt.Sprintf(`{"id":%d,"v":%d}`, id, rapid.IntRange(0, 2).Draw(rt, "value"))
				rows = append(rows, row)
				switch old, known := before[id]; {
				case !known:
					want = append(want, "new "+row)
				case old != row:
					want = append(want, "changed "+row)
				}
				before[id] = row
			}
			n := rapid.IntRange(1, 5).Draw(rt, "slice")
			got := read(t, h, table, rows, n, rapid.IntRange(0, 3).Draw(rt, "cut off after"))
			got = append(got, read(t, h, table, rows, n, -1)...)
			if diff := cmp.Diff(want, got); diff != "" {
				rt.Fatal(diff)
			}
		}
	})
}

// A million rows take no more memory than is said.
func TestMemoryOfAMillion(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	table := New(broken{&sourcetest.Host{}, nil}, "s1", "here", Shape{Keys: []string{"id"}})
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range MaxRows {
		if f, err := table.Look(fmt.Appendf(nil, `{"id":%d}`, i), i); err != nil || f.Verdict != Created {
			t.Fatal(i, f, err)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if took := int(after.HeapAlloc-before.HeapAlloc) / MaxRows; took > 45 {
		t.Errorf("%d bytes a row", took)
	} else {
		t.Logf("%d bytes a row", took)
	}
	if _, err := table.Look([]byte(`{"id":"one more"}`), 1); core.CodeOf(err) != core.CodeInvalid {
		t.Error(err)
	}
	runtime.KeepAlive(table)
}

// Two objects are the same row exactly if their fields are, without empty ones.
func FuzzFields(f *testing.F) {
	f.Add(`{"a":"1","b":2}`, `{"b":2,"a":"1","c":""}`)
	f.Add(`{"a\u0062":null}`, `{"ab":[1,{"x":"}"}]}`)
	f.Fuzz(func(t *testing.T, one, two string) {
		a, okA := plainObject(one)
		b, okB := plainObject(two)
		var x, y fields
		if !okA || !okB {
			return
		}
		x.read([]byte(strings.TrimSpace(one)), &Shape{})
		y.read([]byte(strings.TrimSpace(two)), &Shape{})
		same := string(x.all(nil, nil)) == string(y.all(nil, nil))
		if same != cmp.Equal(a, b) {
			t.Errorf("%s and %s: %v", one, two, same)
		}
	})
}

// plainObject gives the fields that hold something; ok is false for what is no object
// or names a field twice.
func plainObject(text string) (m map[string]string, ok bool) {
	var all map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &all) != nil || all == nil {
		return nil, false
	}
	var f fields
	f.read([]byte(strings.TrimSpace(text)), &Shape{})
	m = map[string]string{}
	for name, value := range all {
		if s := strings.TrimSpace(string(value)); s != `""` && s != "null" {
			m[name] = s
		}
	}
	names := make([]string, 0, len(f.list))
	for _, x := range f.list {
		names = append(names, x.name)
	}
	slices.Sort(names)
	return m, len(slices.Compact(names)) == len(f.list) && len(f.list) == len(m)
}

func BenchmarkUnchanged(b *testing.B) {
	h := &sourcetest.Host{}
	table := New(h, "s1", "here", Shape{Keys: []string{"id"}})
	row := []byte(`{"id":10482,"firstname":"Ada","lastname":"Lovelace","email":"ada@example.org","zipcode":"01067","city":"London","joined":"2026-01-31"}`)
	read(b, h, table, []string{string(row)}, 1, -1)
	b.ReportAllocs()
	for b.Loop() {
		table.Begin()
		if _, err := table.Look(row, 2); err != nil {
			b.Fatal(err)
		}
	}
}
