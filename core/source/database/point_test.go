package database

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hookbird/core/value"
)

// anyPoint draws a value as a column may hold it.
func anyPoint(t *rapid.T, name string) point {
	var v any
	switch rapid.IntRange(0, 5).Draw(t, name+" kind") {
	case 0:
		v = rapid.Int64().Draw(t, name)
	case 1:
		v = rapid.Uint64().Draw(t, name)
	case 2:
		v = rapid.Float64().Filter(func(f float64) bool { return !math.IsInf(f, 0) && !math.IsNaN(f) }).Draw(t, name)
	case 3:
		v = time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, name), rapid.Int64Range(0, 999_999_999).Draw(t, name+" ns"))
	case 4:
		v = rapid.String().Draw(t, name)
	case 5:
		v = rapid.SliceOf(rapid.Byte()).Draw(t, name)
	}
	p, ok := pointOf(dynamic, v)
	if !ok {
		t.Fatalf("%v has no place", v)
	}
	return p
}

// Points are in one order, and written down and read they are the same.
func TestPoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := anyPoint(t, "a"), anyPoint(t, "b"), anyPoint(t, "c")
		if a.compare(b) != -b.compare(a) || a.compare(a) != 0 {
			t.Fatalf("%v and %v are in no order", a, b)
		}
		if a.compare(b) <= 0 && b.compare(c) <= 0 && a.compare(c) > 0 {
			t.Fatalf("%v, %v, %v go round", a, b, c)
		}
		if (point{}).compare(a) >= 0 {
			t.Fatalf("nothing is after %v", a)
		}
		text, err := a.MarshalText()
		var back point
		if err != nil || back.UnmarshalText(text) != nil || back != a {
			t.Fatalf("%v became %v", a, back)
		}
	})
}

func TestOrderOfPoints(t *testing.T) {
	ordered := []any{int64(-5), 0.25, "0.5", int64(9), int64(10), "9999999999999999999.5"}
	for i := range len(ordered) - 1 {
		a, _ := pointOf(numeric, ordered[i])
		b, _ := pointOf(numeric, ordered[i+1])
		if a.compare(b) != -1 {
			t.Errorf("%v is not before %v", a, b)
		}
	}
}

// FuzzPoint reads what may stand in a damaged store.
func FuzzPoint(f *testing.F) {
	f.Add([]byte("n12"), []byte("t2026-01-31T12:00:00Z"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		var p, q point
		if p.UnmarshalText(a) != nil || q.UnmarshalText(b) != nil {
			return
		}
		if p.compare(q) != -q.compare(p) {
			t.Errorf("%v, %v", p, q)
		}
	})
}

// FuzzCell writes any text, of any class of column, as a value that can be read.
func FuzzCell(f *testing.F) {
	f.Add([]byte("0000-00-00"), 7)
	f.Add([]byte(`{"a":1}`), int(document))
	f.Add([]byte("-1.50"), int(numeric))
	f.Fuzz(func(t *testing.T, b []byte, c int) {
		for _, v := range []any{b, string(b)} {
			cell, _ := appendCell([]byte(`{"a":`), class(uint(c)%uint(document+1)), v)
			if _, err := value.Parse(append(cell, '}')); err != nil {
				t.Errorf("%s: %v", cell, err)
			}
		}
	})
}

func TestCells(t *testing.T) {
	at := time.Date(2026, 1, 31, 12, 0, 0, 120_000_000, time.FixedZone("", 3600))
	for _, tt := range []struct {
		class class
		value any
		want  string
	}{
		{numeric, "12345678901234567890.10", "12345678901234567890.10"},
		{numeric, []byte("-0.5"), "-0.5"},
		{numeric, "NaN", `"NaN"`},
		{numeric, "007", `"007"`},
		{numeric, uint64(math.MaxUint64), "18446744073709551615"},
		{single, float64(float32(0.1)), "0.1"},
		{double, math.Inf(1), `"+Inf"`},
		{double, 1e300, "1e+300"},
		{wall, at, `"2026-01-31T12:00:00.12"`},
		{oldWall, at, `"2026-01-31T12:00:00.12"`},
		{instant, at, `"2026-01-31T11:00:00.12Z"`},
		{date, at, `"2026-01-31"`},
		{clock, at, `"12:00:00.12"`},
		{instant, []byte("2026-01-31 12:00:00"), `"2026-01-31T12:00:00Z"`},
		{wall, []byte("0000-00-00 00:00:00"), "null"},
		{wall, "2026-13-31 12:00:00", `"2026-13-31 12:00:00"`},
		{bits, []byte{1, 2}, "258"},
		{guid, []byte{0x33, 0x22, 0x11, 0, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF}, `"00112233-4455-6677-8899-AABBCCDDEEFF"`},
		{truth, int64(2), "2"},
		{other, []byte("a\xff"), "\"a\uFFFD\""},
	} {
		if got, left := appendCell(nil, tt.class, tt.value); string(got) != tt.want || left {
			t.Errorf("%v: %s, want %s", tt.value, got, tt.want)
		}
	}
	if got, left := appendCell(nil, blob, make([]byte, maxBinary+1)); string(got) != "null" || !left {
		t.Error("a long value was written")
	}
}
