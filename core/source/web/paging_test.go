package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/ask"
	"hookbird/core/value"
)

// Whatever a service answers, a look ends, asks for nothing twice, and a cursor or a
// link that is new is followed.
func TestEveryLookEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]core.PagingKind{core.PagingPage, core.PagingOffset, core.PagingCursor, core.PagingLink}).Draw(t, "kind")
		paging := core.Paging{Kind: kind, Param: "p", Path: "next", Size: rapid.IntRange(0, 3).Draw(t, "size"), Most: 1000}
		g, err := newPager(paging, list{}, "crm")
		if err != nil {
			t.Fatal(err)
		}
		r := g.first(ask.Request{})
		var asked []string
		for n := 1; ; n++ {
			id := r.Next
			if len(r.Query) > 0 {
				id = r.Query[0].Value
			}
			if slices.Contains(asked, id) {
				t.Fatalf("%q is asked for twice", id)
			}
			asked = append(asked, id)
			if n > 200 {
				t.Fatal("it does not end")
			}
			list := rapid.SampledFrom([]string{"[]", "[1]", "[1,2]", "[1,2,3]", "[2,3,1]"}).Draw(t, "list")
			next := rapid.SampledFrom([]string{"null", `""`, `"a"`, `"b"`, "7", "false", "{}", `"?c"`}).Draw(t, "next")
			p := pageOf(t, n, `{"next":`+next+`,"list":`+list+`}`)
			more := false
			if r, more, err = g.next(r, p); err != nil || !more {
				return
			}
		}
	})
}

func pageOf(t interface{ Fatal(...any) }, n int, text string) *page {
	v, err := value.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	list, _ := mustPath("list").Find(v)
	u, _ := url.Parse("https://crm.example.org/list")
	return &page{number: n, records: collect(list), answer: &ask.Answer{Value: v, JSON: []byte(text), Header: http.Header{}, URL: u}}
}

func mustPath(text string) value.Path {
	p, err := value.ParsePath(text)
	if err != nil {
		panic(err)
	}
	return p
}

// FuzzPaging reads the next page out of any answer.
func FuzzPaging(f *testing.F) {
	f.Add([]byte(`{"next":"https://evil.example/","list":[{}]}`), "next")
	f.Add([]byte(`{"next":{"a":[1]}}`), "next.a")
	f.Fuzz(func(t *testing.T, text []byte, path string) {
		if _, err := value.Parse(text); err != nil {
			return
		}
		for _, kind := range []core.PagingKind{core.PagingLink, core.PagingCursor} {
			g, err := newPager(core.Paging{Kind: kind, Param: "p", Path: path}, list{}, "crm")
			if err != nil {
				return
			}
			r, more, err := g.next(ask.Request{}, pageOf(t, 1, string(text)))
			if more && (err != nil || r.Next == "" && len(r.Query) != 1) {
				t.Errorf("%s at %s: %+v, %v", text, path, r, err)
			}
		}
	})
}

func TestShape(t *testing.T) {
	steps := []struct{ records, names, sure string }{
		{`[{"id":1,"a":1},{"id":2,"a":1,"b":1}]`, "id a b", "id a"},
		{`[{"id":3}]`, "id a b", "id a"},                                 // one record says little
		{`[{"id":3},{"id":3},{"id":3},{"id":3},{"id":3}]`, "id b", "id"}, // many say that it is gone
		{`[{"id":4,"d":1,"c":1}]`, "id b c d", "id"},
		{`[{"a":5}]`, "b c d a", ""}, // it is called otherwise by now
	}
	var s shape
	for _, tt := range steps {
		v, err := value.Parse([]byte(tt.records))
		if err != nil {
			t.Fatal(err)
		}
		names, after := s.see(collect(v))
		if got := strings.Join(names, " "); got != tt.names || strings.Join(after.Sure, " ") != tt.sure {
			t.Errorf("%s: %q, sure %q", tt.records, got, after.Sure)
		}
		s = after
	}
}
