package value_test

import (
	"testing"

	"hookbird/core/value"
)

func TestMissingSaysWhy(t *testing.T) {
	tests := []struct{ path, want string }{
		{"addresses.zipCode", "addresses is a list. Write addresses(*).zipCode for any of its items, or addresses(1).zipCode for the first."},
		{"nested.lists.in(*)", "nested.lists is a list. Write nested.lists(*).in(*) for any of its items, or nested.lists(1).in(*) for the first."},
		{"adresses(isMain).zipCode", `The record has no field called "adresses". Did you mean "addresses"?`},
		{"addresses(isMain).zipcodes", `addresses(isMain) has no field called "zipcodes". Did you mean "zipCode"?`},
		{"addresses(isOld).zipCode", "No item of addresses has isOld."},
		{"items( code=zzz ).price", "No item of items has code=zzz."},
		{"addresses(7).zipCode", "addresses has only 3 items."},
		{"one(2).zipCode", "one has only 1 item."},
		{"none(*).x", "none is empty."},
		{"none.x", "none is empty."},
		{"text(*)", "text is no list of items to choose from."},
		{"text.x", "text holds no fields of its own."},
		{"tags(1).x", "tags(1) holds no fields of its own."},
		{"birthday", `The record has no field called "birthday".`},
		{"birthday..", `The record has no field called "birthday..".`},
		{"one.zip", `one has no field called "zip". Did you mean "zipCode"?`},
		{"zipCode", `The record has no field called "zipCode". Did you mean "one.zipCode"?`},
		{"Sum net", `The record has no field called "Sum net". Did you mean "Sum (net)"?`},
		{"tags", ""},
		{"addresses(*).zipCode", ""},
	}
	v := parse(t, order)
	for _, tt := range tests {
		p, err := value.ParsePath(tt.path)
		if err != nil {
			t.Errorf("%s: %v", tt.path, err)
			continue
		}
		if got := p.Missing(v); got != tt.want {
			t.Errorf("%s: %s", tt.path, got)
		}
	}
	p, _ := value.ParsePath("a")
	if got := p.Missing(parse(t, "[1]")); got != "The record is not one object with names and values." {
		t.Error(got)
	}
}

func TestQuotedPaths(t *testing.T) {
	for path, want := range map[string]string{
		"First Name":                `"First Name"`,
		"a.b":                       `"a"."b"`,
		`"a".b`:                     `"a"."b"`,
		"No. of seats = 3":          `"No. of seats = 3"`,
		"Etc..":                     `"Etc.."`,
		"items(code=a;b).price":     `"items"(code="a;b")."price"`,
		`items("x=y"=A"1).p`:        `"items"("x=y"="A""1")."p"`,
		"items(2).a=b":              `"items"(2)."a=b"`,
		`say "x"`:                   `"say ""x"""`,
		"addresses( isMain ).zip;5": `"addresses"( isMain )."zip;5"`,
	} {
		p, err := value.ParsePath(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if got := p.Quoted(); got != want {
			t.Errorf("%s is quoted %s", path, got)
		}
		if _, err := value.ParsePath(p.Quoted()); err != nil {
			t.Errorf("%s is quoted %s: %v", path, p.Quoted(), err)
		}
	}
}
