package filter_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDoubts(t *testing.T) {
	for text, want := range map[string][]string{
		"": nil,
		"role=MEMBER;zip=13.*;a=War and Peace;b=x|y;c=a.*b*;d=[0-9]*": nil,
		`role is "MEMBER";a contains 5*`:                              nil,
		`role="MEMBER"`:                                               {`role="MEMBER": The quotes belong to the value. Write it without them, or role is "MEMBER".`},
		"role==MEMBER":                                                {"role==MEMBER: One = is enough; the second belongs to the value."},
		"x=1;zip=13*":                                                 {"zip=13*: The star repeats the character before it. Write 13.* for what begins with 13."},
		"name contains x=y":                                           {`name contains x=y: All that stands before the first = is the name of a field. Write the value in quotes: name contains "x=y"`},
		"any(role=MEMBER and age>18;a=1)": {
			"role=MEMBER and age>18: All behind = is one value. Write a semicolon between conditions that must all be true, or any(role=MEMBER;age>18).",
		},
		"role=A||role=B": {"role=A||role=B: All behind = is one value. Write a semicolon between conditions that must all be true, or any(role=A;role=B)."},
	} {
		if diff := cmp.Diff(want, parse(t, text).Doubts()); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}
