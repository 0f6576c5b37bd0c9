package value_test

import (
	"fmt"
	"math/big"
	"testing"
	"time"

	"hookbird/core/value"

	"pgregory.net/rapid"
)

func TestCompare(t *testing.T) {
	const no = 9
	tests := []struct {
		a, b string
		want int
	}{
		{"1", "2", -1},
		{"10", "9", 1},
		{"1.10", "1.1", 0},
		{"-0", "0", 0},
		{"-1", "0.5", -1},
		{"-2", "-1", -1},
		{"9007199254740993", "9007199254740992", 1},
		{"0.1", "0.10000000000000000000000000000000001", -1},
		{"1e3", "1000", 0},
		{"1E-2", "0.01", 0},
		{"12.5e1", "125", 0},
		{"1e400", "1e399", 1},
		{"0.00e5", "0", 0},
		{"100", "1e2", 0},
		{" 5 ", "5", 0},
		{"01067", "1067", no},
		{"+33", "33", no},
		{"1,5", "1", no},
		{".5", "1", no},
		{"5.", "5", no},
		{"1e", "1", no},
		{"1e99999999999", "1", no},
		{"", "", no},
		{"a", "a", no},
		{"NaN", "NaN", no},
		{"0x10", "16", no},
		{"-", "-", no},
		{"true", "true", no},
		{"2026-11-22", "2026-11-23", -1},
		{"2026-11-22", "2026-11-22", 0},
		{"1984-05-01", "984-05-01", no},
		{"2026-11-22", "2026-11-22T19:30:00Z", 0},
		{"2026-11-22T00:00", "2026-11-21", 1},
		{"2026-11-22T19:30", "2026-11-22 19:30:00", 0},
		{"2026-11-22T19:30:00.5", "2026-11-22T19:30:00,49", 1},
		{"2026-11-22T19:30:00Z", "2026-11-22T20:30:00+01:00", 0},
		{"2026-11-22T19:30:00Z", "2026-11-22T20:30:00+0100", 0},
		{"2026-11-22T19:30:00Z", "2026-11-22T20:30:00+01", 0},
		{"2026-11-22T19:30:00Z", "2026-11-22T18:30:00-01:00", 0},
		{"2026-11-22T19:30:00Z", "2026-11-22T20:30:00+02:00", 1},
		{"2026-11-22T19:30", "2026-11-22T19:30:00+02:00", 0},
		{"0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", -1},
		{"19:30", "19:31", -1},
		{"19:30", "19:30:00", 0},
		{"19:30", "2026-11-22T19:30", no},
		{"24:00", "19:30", no},
		{"19:60", "19:30", no},
		{"2026-02-29", "2026-02-28", no},
		{"2024-02-29", "2024-02-28", 1},
		{"2026-13-01", "2026-01-01", no},
		{"2026-00-01", "2026-01-01", no},
		{"2026-1-1", "2026-01-01", no},
		{"2026-11-22T", "2026-11-22", no},
		{"2026-11-22Tx", "2026-11-22", no},
		{"22/11/2026", "22/11/2026", no},
		{"2026-11-22T19:30:00.", "2026-11-22", no},
		{"2026-11-22T19:30:00*01:00", "2026-11-22", no},
		{"5", "2026-11-22", no},
	}
	for _, tt := range tests {
		got, ok := value.Compare(tt.a, tt.b)
		if ok != (tt.want != no) || ok && got != tt.want {
			t.Errorf("Compare(%q, %q) = %d %v", tt.a, tt.b, got, ok)
		}
		if back, again := value.Compare(tt.b, tt.a); again != ok || back != -got {
			t.Errorf("Compare(%q, %q) = %d %v", tt.b, tt.a, back, again)
		}
	}
}

// Numbers are compared as exactly as fractions of whole numbers are.
func TestCompareIsExact(t *testing.T) {
	number := rapid.StringMatching(`-?(0|[1-9][0-9]{0,3})(\.[0-9]{1,4})?([eE][+-]?[0-9]{1,2})?`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := number.Draw(t, "a"), number.Draw(t, "b")
		x, _ := new(big.Rat).SetString(a)
		y, _ := new(big.Rat).SetString(b)
		if got, ok := value.Compare(a, b); !ok || got != x.Cmp(y) {
			t.Fatalf("Compare = %d %v, want %d", got, ok, x.Cmp(y))
		}
	})
}

// Times are compared as the standard library compares them.
func TestCompareIsOfInstants(t *testing.T) {
	moment := rapid.Custom(func(t *rapid.T) time.Time {
		zone := time.FixedZone("", rapid.IntRange(-12*60, 14*60).Draw(t, "zone")*60)
		return time.Unix(rapid.Int64Range(-1e9, 4e9).Draw(t, "seconds"), rapid.Int64Range(0, 999).Draw(t, "milli")*1e6).In(zone)
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := moment.Draw(t, "a"), moment.Draw(t, "b")
		got, ok := value.Compare(a.Format(time.RFC3339Nano), b.Format(time.RFC3339Nano))
		if !ok || got != a.Compare(b) {
			t.Fatalf("Compare of %s and %s = %d %v", a, b, got, ok)
		}
	})
}

// FuzzCompare holds that the order is one from both sides, that what compares
// with anything equals itself, and that nothing reads long numbers slowly.
func FuzzCompare(f *testing.F) {
	for _, seed := range []string{"1.50", "-3e4", "2026-11-22", "2026-11-22T19:30:00.5+01:00", "19:30", "01067", "x", "0000-01-01"} {
		f.Add(seed, "7")
		f.Add(seed, "2026-11-22 08:00")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		order, ok := value.Compare(a, b)
		if back, again := value.Compare(b, a); back != -order || again != ok {
			t.Fatal(fmt.Sprint(order, ok, back, again))
		}
		if self, readable := value.Compare(a, a); self != 0 || ok && !readable {
			t.Fatalf("%q compares with itself as %d %v", a, self, readable)
		}
	})
}
