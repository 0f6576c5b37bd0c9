package xmljson

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/value"
)

const most = 100_000

func TestJSON(t *testing.T) {
	tests := []struct{ xml, charset, want string }{
		{`<a/>`, "", `{}`},
		{`<a> </a>`, "", `{}`},
		{`<a>x</a>`, "", `{"text":"x"}`},
		{`<a><b>1</b></a>`, "", `{"b":"1"}`},
		{`<s:a xmlns:s="urn:x" s:id="7"><s:b> x </s:b><b>2</b><c><d/></c></s:a>`, "", `{"id":"7","b":["x","2"],"c":{"d":""}}`},
		{`<a xmlns="urn:x" xml:lang="de"><b/></a>`, "", `{"b":""}`},
		{`<a><p cur="EUR">12.50</p></a>`, "", `{"p":{"cur":"EUR","text":"12.50"}}`},
		{`<a>one<b/>two<text>three</text></a>`, "", `{"b":"","text":["three","onetwo"]}`},
		{`<a><n xsi:nil="true" xmlns:xsi="x"/><m xsi:nil="0"/></a>`, "", `{"n":null,"m":""}`},
		{`<a><![CDATA[<x>]]>&#233;&amp;</a>`, "", `{"text":"<x>é&"}`},
		{"<!DOCTYPE a><!-- no --><a><b>1</b><?php x ?></a>\n", "", `{"b":"1"}`},
		{"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>M\xfcller</a>", "", `{"text":"Müller"}`},
		{"<a>M\xfcller</a>", "iso-8859-1", `{"text":"Müller"}`},
		{"<?xml version='1.0' encoding='utf-8'?><a>\x80</a>", "windows-1252", `{"text":"€"}`},
		{"\ufeff<?xml version='1.0' encoding='ISO-8859-1'?><a>ü</a>", "latin1", `{"text":"ü"}`},
		{"\xff\xfe<\x00a\x00>\x00\xeb\x00<\x00/\x00a\x00>\x00", "utf-8", `{"text":"ë"}`},
		{"\xfe\xff\x00<\x00a\x00>\x00\xeb\x00<\x00/\x00a\x00>", "", `{"text":"ë"}`},
	}
	for _, tt := range tests {
		got, err := JSON([]byte(tt.xml), Options{Charset: tt.charset, Most: most})
		if err != nil || string(got) != tt.want {
			t.Errorf("%s: %s, %v; want %s", tt.xml, got, err, tt.want)
		}
	}
}

// bad are documents that are none, would grow, or do harm.
var bad = map[string]struct{ xml, charset, want string }{
	"entities":     {`<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>`, "", "line 1"},
	"file":         {`<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`, "", "line 1"},
	"deep":         {strings.Repeat("<a>", MaxDepth+1) + strings.Repeat("</a>", MaxDepth+1), "", "deeper ones"},
	"many":         {"<a>" + strings.Repeat("<b/>", most) + "</a>", "", "more elements"},
	"attributes":   {"<a " + strings.Repeat(`b="" `, most) + "/>", "", "more elements"},
	"unclosed":     {`<a><b>`, "", "does not come to its end"},
	"crossed":      {"<a>\n<b></a></b>", "", "In line 2 an element ends that did not begin there."},
	"prefixes":     {`<x:a></y:a>`, "", "did not begin"},
	"two":          {`<a/><b/>`, "", "a second outermost element"},
	"nothing":      {`<!-- x -->`, "", "does not come to its end"},
	"empty":        {"", "", "does not come to its end"},
	"json":         {"{}", "", "outside"},
	"behind":       {"<a/>x", "", "outside"},
	"no encoding":  {`<?xml version="1.0" encoding="klingon"?><a/>`, "", "line 1"},
	"no charset":   {`<a/>`, "klingon", "character set"},
	"other set":    {"<a>\n\xff</a>", "", "line 2"},
	"closed first": {`</a>`, "", "did not begin"},
}

func TestBadDocuments(t *testing.T) {
	for name, tt := range bad {
		began := time.Now()
		got, err := JSON([]byte(tt.xml), Options{Charset: tt.charset, Most: most})
		if core.CodeOf(err) != core.CodeInvalid || !strings.Contains(core.Sentence(err), tt.want) || strings.Contains(core.Sentence(err), "passwd") {
			t.Errorf("%s: %.80s, %v", name, got, err)
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

// FuzzJSON makes of any document an object of valid JSON, not much longer than it is,
// or says in a sentence why not.
func FuzzJSON(f *testing.F) {
	for _, tt := range bad {
		if len(tt.xml) < 1000 {
			f.Add([]byte(tt.xml), tt.charset)
		}
	}
	f.Add([]byte(`<s:a xmlns:s="u" id="7">t<b>x</b><b>&lt;</b></s:a>`), "utf-16")
	f.Fuzz(func(t *testing.T, text []byte, label string) {
		got, err := JSON(text, Options{Charset: label, Most: most})
		if err != nil {
			if core.CodeOf(err) != core.CodeInvalid || !utf8.ValidString(core.Sentence(err)) {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		if v, err := value.Parse(got); err != nil || v.Kind() != value.Object || !json.Valid(got) {
			t.Errorf("%q: %s, %v", text, got, err)
		}
		if len(got) > 16*len(text)+64 {
			t.Errorf("%d bytes became %d", len(text), len(got))
		}
	})
}
