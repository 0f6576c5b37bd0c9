package value_test

import (
	"testing"

	"hookbird/core"
	"hookbird/core/value"

	"github.com/google/go-cmp/cmp"
)

const order = `{
	"addresses": [{"isMain": false, "zipCode": "75001"}, {"isMain": true, "zipCode": "13001"}, {"isMain": true, "zipCode": "13002", "more": {"a": 1}}],
	"indicators": [{"value": false}, {"value": true}, {"value": null}, {"other": 1}],
	"items": [{"Code": "a1", "price": 1}, {"Code": "A1", "price": 2.50, "ok": "TRUE"}, {"code": 7, "price": 3, "sub.x": "dot", "deep": {"x": "A1"}}],
	"one": {"isMain": true, "zipCode": "99"}, "tags": ["VIP", "new"], "none": [], "blank": [{"a": null, "n": 1}, {"n": 2}, {"a": "", "n": 3}], "text": "x",
	"nested": {"lists": [{"in": [1, 2]}, {"in": [3]}]}, "Sum (net)": 5, "lines(2).sku": "whole"
}`

func TestSelectors(t *testing.T) {
	tests := []struct {
		path string
		want []string
	}{
		{"addresses(isMain).zipCode", []string{"13001", "13002"}},
		{"Addresses(ISMAIN).ZIPCODE", []string{"13001", "13002"}},
		{"addresses( isMain ).zipCode", []string{"13001", "13002"}},
		{"addresses(isMain=false).zipCode", []string{"75001"}},
		{"addresses(2).zipCode", []string{"13001"}},
		{"addresses(4).zipCode", nil},
		{"addresses(*).more.a", []string{"1"}},
		{"addresses(more.a=1).zipCode", []string{"13002"}},
		{"addresses.zipCode", nil},
		{"Indicators(*).value", []string{"false", "true", ""}},
		{"indicators(value).value", []string{"true"}},
		{"items(code=A1).price", []string{"2.50"}},
		{"items(code = A1).price", []string{"2.50"}},
		{`items(code="A1").price`, []string{"2.50"}},
		{"items(code=7).price", []string{"3"}},
		{"items(ok).price", []string{"2.50"}},
		{`items("sub.x"=dot).price`, []string{"3"}},
		{`items(sub.x=dot).price`, []string{"3"}},
		{"items(deep.x=A1).price", []string{"3"}},
		{"items(code=zzz).price", nil},
		{"one(isMain).zipCode", []string{"99"}},
		{"one(1).zipCode", []string{"99"}},
		{"one(2).zipCode", nil},
		{"one(*).zipCode", []string{"99"}},
		{"blank(a=).n", []string{"3"}},
		{`blank(a="").n`, []string{"3"}},
		{"tags(*)", []string{"VIP", "new"}},
		{"tags(2)", []string{"new"}},
		{"tags(VIP)", nil},
		{"none(*)", nil},
		{"text(*)", nil},
		{"text(1)", nil},
		{"nested.lists(*).in(*)", []string{"1", "2", "3"}},
		{"nested.lists(2).in(1)", []string{"3"}},
		{"Sum (net)", []string{"5"}},
		{"lines(2).sku", []string{"whole"}},
	}
	v := parse(t, order)
	for _, tt := range tests {
		p, err := value.ParsePath(tt.path)
		if err != nil {
			t.Errorf("%s: %v", tt.path, err)
			continue
		}
		var got []string
		p.Each(v, func(found value.Value) bool {
			got = append(got, found.Text())
			return true
		})
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.path, diff)
		}
		found, ok := p.Find(v)
		if ok != (len(tt.want) > 0) {
			t.Errorf("%s: found %v", tt.path, ok)
		}
		if ok && !p.Many() && found.Text() != tt.want[0] {
			t.Errorf("%s finds %q", tt.path, found.Text())
		}
	}
}

func TestAnyItemFindsAnArray(t *testing.T) {
	v := parse(t, order)
	for path, want := range map[string]string{
		"indicators(*).value":   `[false,true,null]`,
		"addresses(*).more":     `[{"a": 1}]`,
		"nested.lists(*).in":    `[[1, 2],[3]]`,
		"nested.lists(1).in(*)": `[1,2]`,
	} {
		p, _ := value.ParsePath(path)
		if got := find(t, v, path); !p.Many() || string(got.Raw()) != want {
			t.Errorf("%s finds %s, want %s", path, got.Raw(), want)
		}
	}
}

func TestRefusesWrongSelectors(t *testing.T) {
	for _, path := range []string{
		"a()", "a( ).b", "a(", "a(b", "a(b=c", "a(*", "a(2", "a(b)c", "a(b)(c)", "a(0)", "a(-1)", "a(99999999999999)", "a(=x)",
		"a(b(c))", "a(b (c).d", "a(b=c (d).e", `a("b)`, `a(b="c)`, `a("b"c)`, `a(*).b(`, "a(*=1)(",
	} {
		_, err := value.ParsePath(path)
		if core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("%s: error = %v", path, err)
		}
		t.Log(err)
	}
}
