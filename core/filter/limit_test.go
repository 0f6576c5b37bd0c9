package filter_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"hookbird/core/filter"

	"pgregory.net/rapid"
)

const megabyte = 1 << 20

// filled is about a megabyte of a text again and again.
func filled(text string) string { return strings.Repeat(text, megabyte/len(text)) }

// anyOf is a group of n conditions, in which # is the number of each.
func anyOf(n int, condition string) string {
	list := make([]string, n)
	for i := range list {
		list[i] = strings.ReplaceAll(condition, "#", fmt.Sprint(i))
	}
	return "any(" + strings.Join(list, ";") + ")"
}

// However many conditions look at a long record, it is neither slow nor does it
// take more than a few times its length of memory. The bound on time has room for
// a busy machine and the race detector.
func TestLongRecordsAreCheap(t *testing.T) {
	const most = filter.MaxConditions - 1 // the group is one
	tests := []struct{ name, data, filter string }{
		{"words", `{"a":"` + filled("abc ") + `"}`, anyOf(most, "a contains zzz#")},
		{"escaped words", `{"a":"` + filled(`É\n`) + `"}`, anyOf(most, "a contains zzz#")},
		{"a list in words", `{"a":[` + filled(`{}, `) + `1]}`, anyOf(most, "a contains zzz#")},
		{"a pattern", `{"a":"` + filled("abc ") + `"}`, anyOf(most, "a=.*zzz#")},
		{"a pattern on half of it", `{"a":"` + filled("abc ")[:megabyte/2] + `"}`, anyOf(4, "a=.*zzz#")},
		{"large patterns", `{"a":"` + filled("a")[:megabyte/20] + `"}`, anyOf(most, "a=.*(?:.?){50}b#")},
		{"a pattern on items", `{"a":[` + filled(`1,`) + `1]}`, anyOf(most, "a(*)=.*z#")},
		{"words on items", `{"a":[` + filled(`"é",`) + `1]}`, anyOf(most, "a(*) is z#")},
		{"many words on items", `{"a":[` + filled(`11,`) + `1]}`, "a(*) is one of " + strings.Repeat("2,", 9000)},
		{"numbers", `{"a":` + filled("1") + `}`, anyOf(most, "a>#")},
		{"blanks", `{"a":"` + filled(`\n`) + `"}`, anyOf(most, "a is not empty")},
	}
	for _, tt := range tests {
		v, f := record(t, tt.data), parse(t, tt.filter)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		from := time.Now()
		if f.Match(v) {
			t.Errorf("%s: taken", tt.name)
		}
		took := time.Since(from)
		runtime.ReadMemStats(&after)
		if took > 10*time.Second {
			t.Errorf("%s takes %s", tt.name, took)
		}
		if got := after.TotalAlloc - before.TotalAlloc; got > 4*megabyte {
			t.Errorf("%s takes %d KB of memory", tt.name, got>>10)
		}
	}
}

// What is documented is decided on any record that a source lets in by default.
func TestOrdinaryFiltersAreDecidedOnLongRecords(t *testing.T) {
	v := record(t, `{"role":"MEMBER","note":"`+filled("a b c ")+`vip","addresses":[{"isMain":true,"zipCode":"13001"}]}`)
	for text, want := range map[string]bool{
		"role=MEMBER;addresses(isMain).zipCode=13.*;note=.*vip":       true,
		"role=MEMBER;addresses(isMain).zipCode=13.*;note=.*none":      false,
		"role=MEMBER;addresses(isMain).zipCode=13.*;note!=.*none":     true,
		"note contains VIP;note is not empty;note exists;note!=MEM":   true,
		strings.Repeat("note contains VIP;", filter.MaxConditions):    true,
		strings.Repeat("role=M.*;", filter.MaxConditions):             true,
		strings.Repeat("role=M.*;", filter.MaxConditions-1) + "note=": false,
	} {
		f := parse(t, text)
		if got := f.Match(v); got != want {
			t.Errorf("%.70s = %v", text, got)
		}
		for _, verdict := range f.Explain(v) {
			if strings.Contains(verdict.Sentence, "compared") {
				t.Errorf("%.70s: %s", text, verdict.Sentence)
			}
		}
	}
}

// What is too long is never a reason to take a record, and the other conditions
// are decided as ever.
func TestTooLongToBeCompared(t *testing.T) {
	v := record(t, `{"role":"MEMBER","a":"`+filled("abc ")+`zzz","items":[`+strings.Repeat("1,", 20_000)+`1]}`)
	large := "(?:.?){900}" // of which no condition may try a megabyte
	tests := []struct {
		filter, sentence string
		want             bool
	}{
		{strings.Repeat("a=.*zzz#;", filter.MaxConditions), "a is too long to be compared.", false},
		{"a=" + large + ".*zzz", "a is too long to be compared.", false},
		{"a!=" + large, "a is too long to be compared.", false},
		{"not(a=" + large + ")", "a is too long to be compared.", false},
		{"not(a!=" + large + ")", "a is too long to be compared.", false},
		{"not(not(a=" + large + "))", "a is too long to be compared.", false},
		{"not(a=" + large + ";role=GUEST)", "role is MEMBER.", true},
		{"any(a=" + large + ";role=MEMBER)", "role is MEMBER.", true},
		{"any(a=" + large + ";role=GUEST)", "a is too long to be compared; role is MEMBER.", false},
		{strings.Repeat("items(*)=2.*;", filter.MaxConditions), "items(*) has more values than can be compared.", false},
		{"items(*)=1.*", "items(*) is 1, 1, 1, 1, 1 and 19996 more.", true},
		{"a>5", "a is " + strings.Repeat("abc ", 14) + "abc…, which cannot be compared with 5.", false},
	}
	for _, tt := range tests {
		f := parse(t, tt.filter)
		verdict := f.Explain(v)[0]
		if got := f.Match(v); got != tt.want || verdict.OK != tt.want || verdict.Sentence != tt.sentence {
			t.Errorf("%.70s: %v, explained %v: %s", tt.filter, got, verdict.OK, verdict.Sentence)
		}
	}
}

// A plain pattern fits its text also where nothing of it stands as it is.
func TestEscapedTextIsNotTooLong(t *testing.T) {
	v := record(t, `{"a":"`+strings.Repeat(`\u0041`, 200)+`"}`)
	if !parse(t, "a="+strings.Repeat("A", 200)).Match(v) {
		t.Error("not taken")
	}
}

// Conditions on long values, one after the other on the same or on another field,
// say what each says alone.
func TestConditionsDoNotDisturbOneAnother(t *testing.T) {
	text := rapid.Custom(func(t *rapid.T) string {
		piece := rapid.SampledFrom([]string{"a", "B", "é", "É", `\n`, `\u0041`, " ", "ſ", "ß", "x"})
		return strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "text"), "") + strings.Repeat(piece.Draw(t, "filling"), rapid.IntRange(0, 120).Draw(t, "n"))
	})
	condition := rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom([]string{"a", "b", "list", "list(*)"}).Draw(t, "path") + rapid.SampledFrom([]string{
			" contains ab", " contains é", " starts with s", " ends with X", "=.*[bB]a?.*", "=[aA]*", " is empty", " is not aaa", ">5",
		}).Draw(t, "rest")
	})
	rapid.Check(t, func(t *rapid.T) {
		v := record(t, fmt.Sprintf(`{"a":"%s","b":"%s","list":["%s", "%s"]}`, text.Draw(t, "a"), text.Draw(t, "b"), text.Draw(t, "c"), text.Draw(t, "d")))
		list := rapid.SliceOfN(condition, 1, 8).Draw(t, "conditions")
		all, either := true, false
		for _, one := range list {
			holds := parse(t, one).Match(v)
			all, either = all && holds, either || holds
		}
		joined := strings.Join(list, ";")
		if got := parse(t, joined).Match(v); got != all {
			t.Fatalf("%s on %s: %v, one by one %v", joined, v.Raw(), got, all)
		}
		if got := parse(t, "any("+joined+")").Match(v); got != either {
			t.Fatalf("any(%s) on %s: %v, one by one %v", joined, v.Raw(), got, either)
		}
		for i, verdict := range parse(t, joined).Explain(v) {
			if verdict.OK != parse(t, list[i]).Match(v) {
				t.Fatalf("%s on %s: %+v", list[i], v.Raw(), verdict)
			}
		}
	})
}
