package filter_test

import (
	"testing"
	"time"

	"hookbird/core/filter"
	"hookbird/core/value"

	"github.com/google/go-cmp/cmp"
)

// FuzzParse holds of every text that can be read that it prints as itself, means
// the same after printing and after rows, and that reading, matching and
// explaining never take long.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"role=MEMBER;addresses(isMain).zipCode=13.*", "Indicators(*).value=true",
		"OperationDatas(ProductCode=XXXX).BasePrice=10000;OrderType=SALE", "any(a=1;not(b is \"x;y\"))", "a! =b", `a=\x3b\x20`,
		"any(a=[)];b=\\))", "a is one of b, \"c, d\"", "age>=41", "role != x", "any(a=1).b=2", "Amount (net)>5", `"e=q" is "not"`,
		"all(all(a exists))", "a=x\\ ;b", "a does not contain ((", "any(Total (EUR is 5;b=1)", `a=\Q(;any(b=\Q)\E)`, "AnY(.(=;)", "not(any(a(=;);b=1)",
	} {
		f.Add(seed)
	}
	v := record(f, contact)
	f.Fuzz(func(t *testing.T, text string) {
		from := time.Now()
		defer func() {
			if took := time.Since(from); took > 10*time.Second {
				t.Fatalf("it takes %s", took)
			}
		}()
		read, err := filter.Parse(text)
		if err != nil {
			return
		}
		again, err := filter.Parse(read.String())
		if err != nil {
			t.Fatalf("%q is printed %q: %v", text, read, err)
		}
		alike(t, read, again, v)
		rows, err := read.Rows()
		if err != nil {
			return
		}
		back, err := rows.Filter()
		if err != nil {
			t.Fatalf("%q is in rows %+v: %v", read, rows, err)
		}
		if back.Match(v) != read.Match(v) || len(back.Explain(v)) != len(read.Explain(v)) {
			t.Fatalf("%q comes from rows as %q, which means something else", read, back)
		}
	})
}

// alike tells two filters apart by all that can be asked of them.
func alike(t *testing.T, a, b *filter.Filter, v value.Value) {
	if a.String() != b.String() {
		t.Fatalf("%q is read as %q", a, b)
	}
	if a.Match(v) != b.Match(v) {
		t.Fatalf("%q takes the record: %v, read again %v", a, a.Match(v), b.Match(v))
	}
	if diff := cmp.Diff(a.Explain(v), b.Explain(v)); diff != "" {
		t.Fatal(diff)
	}
	if diff := cmp.Diff(a.Fields(), b.Fields()); diff != "" {
		t.Fatal(diff)
	}
}
