package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/value"
)

func surveyOf(t *testing.T, answer string, w core.WebSource, header ...string) (core.Survey, error) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		for _, line := range header {
			name, text, _ := strings.Cut(line, ": ")
			rw.Header().Set(name, text)
		}
		_, _ = io.WriteString(rw, answer)
	}))
	defer server.Close()
	w.Ask.Address = server.URL
	return Survey(t.Context(), &core.Source{ID: "s", Kind: core.KindWeb, Web: &w}, env)
}

func TestSurvey(t *testing.T) {
	answer := `{"total":3,"tags":["a"],"meta":{"pages":[{"n":1}]},"data":{"my.orders":[
		{"id":1,"name":"Ada","x":null},{"id":2,"name":"Ada","more":[1]},{"id":3,"name":""}]}}`
	s, err := surveyOf(t, answer, core.WebSource{}, "Link: <?page=2>; rel=next")
	if err != nil {
		t.Fatal(err)
	}
	if s.Text != `3 records in the list data."my.orders", with 4 fields.` || s.Records != 3 || s.Layout.List != `data."my.orders"` {
		t.Errorf("%s %d %s", s.Text, s.Records, s.Layout.List)
	}
	if !slices.Equal(s.Element, []string{`data."my.orders"`, "meta.pages"}) {
		t.Errorf("%q", s.Element)
	}
	var got []string
	for _, c := range s.Columns {
		name := c.Name + "=" + strings.Join(c.Samples, ",")
		if c.Key {
			name += "!"
		}
		got = append(got, name)
	}
	if strings.Join(got, " ") != "id=1,2,3! name=Ada x= more=[1]" {
		t.Errorf("%q", got)
	}
	if len(s.Samples) != 3 || string(s.Samples[0]) != `{"id":1,"name":"Ada","x":null}` || len(s.Notes) != 1 || !strings.Contains(s.Notes[0].Text, "Link line") {
		t.Errorf("%s, %v", s.Samples, s.Notes)
	}
}

func TestSurveyOfOthers(t *testing.T) {
	tests := map[string]struct {
		answer string
		web    core.WebSource
		want   string // text, or that of the error
		code   core.Code
	}{
		"top":        {`[{"a":1}]`, core.WebSource{}, "1 record, with 1 field.", ""},
		"empty":      {`[]`, core.WebSource{}, "No record.", ""},
		"no list":    {`{"a":1}`, core.WebSource{}, "1 record, with 1 field.", ""},
		"wrong path": {`{"a":[{"b":1}]}`, core.WebSource{List: "x"}, "There is no list of records at x in the answer. There is one at a.", core.CodeInvalid},
		"nowhere":    {`{"a":1}`, core.WebSource{List: "x"}, "nor anywhere else", core.CodeInvalid},
		"xml":        {`<r><o><id>1</id></o><o><id>2</id></o></r>`, core.WebSource{}, "2 records in the list o, with 1 field.", ""},
		"pages":      {`[{"a":1},{"a":2}]`, core.WebSource{Paging: core.Paging{Kind: core.PagingPage, Param: "p"}}, "2 records on the first page, with 1 field.", ""},
		"page":       {`<html>`, core.WebSource{}, "web page", core.CodeUnavailable},
	}
	for name, tt := range tests {
		s, err := surveyOf(t, tt.answer, tt.web)
		if core.CodeOf(err) != tt.code || !strings.Contains(s.Text+core.Sentence(err), tt.want) {
			t.Errorf("%s: %q, %v", name, s.Text, err)
		}
	}
}

// The path that a survey gives finds the list.
func FuzzSurvey(f *testing.F) {
	f.Add([]byte(`{"a.b":{"c(d":[{"e":1}]},"f":[{"\"":2}]}`))
	f.Add([]byte(`{"":[{}],"A":{"a":[{}]}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := value.Parse(text)
		if err != nil {
			return
		}
		for _, l := range listsIn(v) {
			p, err := value.ParsePath(l.path)
			if err != nil {
				continue // a name that no path can hold
			}
			if _, ok := p.Find(v); !ok {
				t.Errorf("%s: nothing at %s", text, l.path)
			}
		}
		columns(collect(v))
	})
}

func TestLinks(t *testing.T) {
	tests := map[string]string{
		`<https://x/2>; rel="next"`:                                   "https://x/2",
		`<a>; rel=prev, <b,c;d>; title="x, <y>; rel=z"; rel = "next"`: "b,c;d",
		`<a>; rel="last NEXT"`:                                        "a",
		`<a>; anchor="#x"; rel=next, <b>;rel=next`:                    "b",
		`<a>; rel=prev; rel=next`:                                     "",
		`<a>; REL=Next;x`:                                             "a",
		`<a>; title="a\"; rel=next"; rel=prev`:                        "",
		`<a; rel=next`:                                                "",
		`rel=next`:                                                    "",
		``:                                                            "",
	}
	for line, want := range tests {
		if got := nextLink([]string{line}); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
	if got := nextLink([]string{`<a>; rel=first`, `<b>; rel=next`}); got != "b" {
		t.Error(got)
	}
}

func FuzzLink(f *testing.F) {
	f.Add(`<a>; rel=prev, <b,c;d>; title="x, <y>; rel=z"; rel = "next"`)
	f.Add(`<>;;=";\`)
	f.Fuzz(func(t *testing.T, line string) {
		if got := nextLink([]string{line}); got != "" && !strings.Contains(line, "<"+got+">") {
			t.Errorf("%q: %q", line, got)
		}
		whole := nextLink([]string{`<first>; rel="next"`, line})
		if whole != "first" {
			t.Errorf("%q hides another line", line)
		}
	})
}
