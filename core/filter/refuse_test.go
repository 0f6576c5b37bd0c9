package filter_test

import (
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/filter"
)

func TestRefusesInWords(t *testing.T) {
	tests := []struct{ filter, want string }{
		{"role", "Condition 1 (role): It compares with nothing. Write field=value, field is value, or field is empty."},
		{"role=MEMBER;zip=[1", `Condition 2 (zip=[1): The pattern [1 cannot be read: a bracket does not close; write \[ for a bracket itself.`},
		{"zip=(", `The pattern ( cannot be read: a parenthesis does not close; write \( for a parenthesis itself.`},
		{"zip=(1", "a parenthesis does not close"},
		{"zip=13|[1", `write \[ for a bracket itself (at [1).`},
		{"zip=1)", "a parenthesis closes that was not opened"},
		{"zip=*", "nothing stands before a sign that repeats; write .* for any text"},
		{"zip=a**", "two signs that repeat stand side by side"},
		{`zip=a\;b=c`, `write \\ for a backslash itself and \x3b for a semicolon`},
		{`zip=\y`, "with which it has no meaning"},
		{`zip=\1`, "with which it has no meaning"},
		{"zip=(?=a)", "patterns cannot look ahead or back"},
		{"zip=a{2000}", "a repetition is too large"},
		{"zip=[b-a]", "a range in brackets cannot be read (at b-a)"},
		{"zip=(?P<>x)", "the name of a group cannot be read"},
		{"zip=" + strings.Repeat("(", 1500) + strings.Repeat(")", 1500), "its parentheses are nested too deeply"},
		{"zip=" + strings.Repeat("[a-z]{1000}", 60), "is too large"},
		{"a=" + strings.Repeat("[a-z]{1000}", 40) + ";b=" + strings.Repeat("[a-z]{1000}", 40), "Condition 2"},
		{"a=(((((a|b){10}){10}){10}){10}){10}", "a repetition is too large"},
		{"a=((a|b){900}|(a|b){900}){900}", "it is too large"},
		{"=x", "The name of a field is missing in front."},
		{" is x", "It compares with nothing"},
		{"!=x", "The name of a field is missing in front."},
		{"a(=x", "The field a( cannot be read: a parenthesis does not close."},
		{`"a=x`, "The field \"a cannot be read: a quote does not close."},
		{"role=x;a()=x", "Condition 2 (a()=x): The field a() cannot be read: something is missing in its parentheses."},
		{"age>old", "Condition 1 (age>old): old is no number, date or time. Write them like 12.5, 2026-11-22 or 19:30."},
		{"age>", `A value is missing behind ">".`},
		{"role is", "For one that is not filled in, write: is empty."},
		{`role is ""`, "For one that is not filled in, write: is empty."},
		{"role is not", "For one that is filled in, write: is not empty."},
		{"role contains ", `A value is missing behind "contains".`},
		{"role is one of , ,", `Values are missing behind "is one of".`},
		{`role is "x`, "A quote does not close"},
		{`role is "x" y`, "A quote does not close, or something stands behind it."},
		{`role is one of "a" b`, "A quote does not close, or something stands behind it."},
		{"role=x;any(a=1;b=2", `Condition 2 (any(a=1): The parenthesis behind "any" does not close.`},
		{"any()", `Nothing stands between the parentheses behind "any".`},
		{"not( ; )", `Nothing stands between the parentheses behind "not".`},
		{"any(a=1;b=2) c=3", "Behind its last parenthesis stands c=3. Write a semicolon between conditions."},
		{"any(a=1;b=2).c=3", "Behind its last parenthesis stands .c=3."},
		{strings.Repeat("not(", 21) + "a=1" + strings.Repeat(")", 21), "nested too deeply: 20 is the most"},
		{strings.Repeat("a=1;", 201), "These are too many conditions: at most 200 are allowed."},
		{"a=" + strings.Repeat("x", filter.MaxText), "These conditions are too long: 20002 bytes, and 20000 are allowed."},
		{"a=\xff", "These conditions are not UTF-8 text."},
	}
	for _, tt := range tests {
		_, err := filter.Parse(tt.filter)
		if core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("%.60s: error = %v", tt.filter, err)
			continue
		}
		if got := core.Sentence(err); !strings.Contains(got, tt.want) || len(got) > 1000 {
			t.Errorf("%.60s:\n got %s\nwant %s", tt.filter, got, tt.want)
		}
	}
}

func TestTakesWhatIsAtItsLimits(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("a=1;", filter.MaxConditions),
		strings.Repeat("not(", filter.MaxNesting) + "a=1" + strings.Repeat(")", filter.MaxNesting),
		"a=" + strings.Repeat("x", filter.MaxText-2),
		"zip=" + strings.TrimSuffix(strings.Repeat("13001|", 3000), "|"),
		"zip=[a-z]{1000}[a-z]{1000}",
	} {
		if _, err := filter.Parse(text); err != nil {
			t.Errorf("%.40s: %v", text, err)
		}
	}
}

// No text is read slowly, and no record is, however they are made.
func TestNothingTakesLong(t *testing.T) {
	long := strings.Repeat("a", 20_000)
	data := record(t, `{"a":"`+long+`","b":"`+strings.Repeat(" ", 20_000)+`x"}`)
	n := filter.MaxText
	texts := []string{
		strings.Repeat("a(", n/2), strings.Repeat(`"`, n), strings.Repeat(`a "`, n/3), strings.Repeat(`a("`, n/3),
		strings.Repeat("any(", n/4), strings.Repeat("any(a;", n/6), strings.Repeat(" is", n/3), strings.Repeat(" ", n),
		strings.Repeat("[[:", n/3), "a=" + strings.Repeat("(", n-2), "any(a=" + strings.Repeat("[", n-6), strings.Repeat("a>", n/2),
		"a=(a*)*(a*)*(a*)*b", "a=(a|aa)+b", "a=(.*)(.*)(.*)(.*)(.*)x", "a=a{1000}b", "a contains " + strings.Repeat("a", n-20) + "b",
		"b is x", "b ends with y", "a>5", "a=" + strings.Repeat("a?", 500) + strings.Repeat("a", 500) + "b",
	}
	for _, text := range texts {
		from := time.Now()
		if f, err := filter.Parse(text); err == nil {
			f.Match(data)
			f.Explain(data)
		}
		if took := time.Since(from); took > 5*time.Second {
			t.Errorf("%.40s takes %s", text, took)
		} else if took > time.Second/4 {
			t.Logf("%.40s takes %s", text, took)
		}
	}
}
