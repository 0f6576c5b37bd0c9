package record

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func TestXML(t *testing.T) {
	cut := "The file is cut off in line 1: the element members is not closed."
	tests := map[string]struct {
		text    string
		element string
		want    []string
	}{
		"members": {
			`<members><member id="1"><name>Ada</name></member><member id="2"><name>Bob</name></member></members>`, "",
			[]string{`record 1 {"id":"1","name":"Ada"}`, `record 2 {"id":"2","name":"Bob"}`},
		},
		"nested and repeated": {
			`<l><r><a><b>1</b></a><c>x</c><c>y</c></r><r/></l>`, "",
			[]string{`record 1 {"a":{"b":"1"},"c":["x","y"]}`, `record 2 {}`},
		},
		"text beside": {
			`<l><r><p unit="EUR"> 12 </p></r><r>plain</r></l>`, "",
			[]string{`record 1 {"p":{"unit":"EUR","text":"12"}}`, `record 2 {"text":"plain"}`},
		},
		"prefixes and nothing": {
			`<x:l xmlns:x="u" xmlns:xsi="v"><x:r xml:lang="de"><x:a xsi:nil="true"/></x:r><x:r/></x:l>`, "",
			[]string{`record 1 {"a":null}`, `record 2 {}`},
		},
		"entities and cdata": {
			"<l><r>a &lt;b&gt; &#233;&#xE9; &amp;amp;</r><r><![CDATA[<x> & ]]>y</r></l>", "",
			[]string{`record 1 {"text":"a <b> éé &amp;"}`, `record 2 {"text":"<x> & y"}`},
		},
		"feed": {
			`<?xml version="1.0"?><!DOCTYPE rss SYSTEM "x.dtd"><rss><channel><title>News</title><!-- > --><item><g>a</g></item><item><g>b</g></item></channel></rss>`, "",
			[]string{`record 1 {"g":"a"}`, `record 2 {"g":"b"}`},
		},
		"only one":         {`<members><member><name>Ada</name></member></members>`, "", []string{`record 1 {"name":"Ada"}`}},
		"one order":        {`<order id="7"><customer><name>Ada</name></customer></order>`, "", []string{`record 1 {"id":"7","customer":{"name":"Ada"}}`}},
		"asked for":        {`<l><r/><r/><s><t>1</t></s></l>`, "s", []string{`record 1 {"t":"1"}`}},
		"asked for a path": {`<l><a><r>1</r></a><b><r>2</r></b></l>`, "b/r", []string{`record 1 {"text":"2"}`}},
		"not there":        {`<l><r/><r/></l>`, "member", []string{`There is no element "member" in it. Choose the one that stands for a record.`}},
		"cut off":          {`<members><member>a</member><member>b</member>`, "", []string{`record 1 {"text":"a"}`, `record 2 {"text":"b"}`, cut}},
		"no XML":           {"a,b\n1,2", "", []string{`It is not XML: it begins with "a" in line 1, where a < must stand.`}},
		"nothing":          {"  ", "", []string{"It is not XML: there is no element in it."}},
		"crossed":          {"<l>\n<a></b></l>", "a", []string{"It is not well-formed XML in line 2: the element a is not closed before b is."}},
		"two roots":        {"<l/><l/>", "", []string{`record 1 {}`, "Something stands behind the end of the first element, in line 1."}},
		"unknown entity":   {"<l><r>&nbsp;</r></l>", "r", []string{"It is not well-formed XML in line 1: it does not say what &nbsp; means."}},
		"bomb": {
			`<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l><r>&b;</r></l>`, "r",
			[]string{"It declares XML entities or elements of its own in line 1, which Hookbird does not take. Have it written without a DOCTYPE."},
		},
		"outside": {`<!DOCTYPE l SYSTEM "file:///etc/passwd"><l><r>&x;</r></l>`, "r", []string{"It is not well-formed XML in line 1: it does not say what &x; means."}},
		"deep":    {strings.Repeat("<a>", 500), "b", []string{"More than 100 XML elements stand in each other, in line 1."}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			o := Options{Kind: XML, Element: tt.element}
			if diff := cmp.Diff(tt.want, all(t, strings.NewReader(tt.text), o)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.want, all(t, iotest.OneByteReader(strings.NewReader(tt.text)), o)); diff != "" {
				t.Errorf("byte by byte: %s", diff)
			}
		})
	}
}

func TestXMLEncodings(t *testing.T) {
	text := func(name string) string {
		return `<?xml version="1.0" encoding="` + name + `"?><l><r>Zürich 5 €</r><r/></l>`
	}
	tests := map[string][]byte{
		"says utf-8":        []byte(text("utf-8")),
		"says nothing":      []byte("<l><r>Zürich 5 €</r><r/></l>"),
		"says windows-1252": encode(t, charmap.Windows1252, text("Windows-1252")),
		"says latin 9":      encode(t, charmap.ISO8859_15, text("iso-8859-15")),
		"utf-16":            encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text("utf-16")),
		"utf-16, big":       encode(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), text("utf-16")),
		"marked":            []byte(utf8BOM + text("iso-8859-1")),
	}
	for name, file := range tests {
		got := opened(t, file, Options{Kind: XML})
		if diff := cmp.Diff([]string{`record 1 {"text":"Zürich 5 €"}`, "record 2 {}"}, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	got := opened(t, encode(t, charmap.ISO8859_15, text("utf-8")), Options{Kind: XML, Encoding: Latin9})
	if len(got) != 2 || !strings.Contains(got[0], "€") {
		t.Error(got)
	}
	got = opened(t, []byte(text("klingon")), Options{Kind: XML})
	if len(got) != 1 || !strings.Contains(got[0], "klingon") {
		t.Error(got)
	}
}

func TestXMLInBoundedMemory(t *testing.T) {
	long := "line 1: This record is longer than 1 MiB, so it was left out."
	const gigabyte = 1 << 30
	tests := map[string]struct {
		text io.Reader
		want []string
	}{
		"text":      {giant("<l><r>a</r><r>", "x", gigabyte, "</r><r>b</r></l>"), []string{`record 1 {"text":"a"}`, long, `record 3 {"text":"b"}`}},
		"elements":  {giant("<l><r>a</r><r>", "<b/>", 256<<20, "</r><r>b</r></l>"), []string{`record 1 {"text":"a"}`, long, `record 3 {"text":"b"}`}},
		"attribute": {giant(`<l><r>a</r><r a="`, "x", 64<<20, `"/></l>`), []string{`record 1 {"text":"a"}`, "It is not well-formed XML in line 1: a tag is longer than 1 MiB."}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			got := all(t, tt.text, Options{Kind: XML, Element: "r"})
			runtime.ReadMemStats(&after)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 96<<20 {
				t.Errorf("%d MiB of memory for it", used>>20)
			}
		})
	}
}

func TestRepeated(t *testing.T) {
	tests := map[string][]string{
		`<l><h><t/><t/></h><rows><row a="1"/><row/><row/></rows></l>`: {"row", "t"},
		`<l><a/><a/><b><c/></b><b/></l>`:                              {"b", "a"},
		`<l><x><r>1</r></x><r>2</r><r>3</r></l>`:                      {"l/r"},
		`<l xmlns="u"><r><a/></r></l>`:                                {"r"},
		`<l><r><a/></r><r><a/></r><cut`:                               {"r"},
		``:                                                            {},
	}
	for text, want := range tests {
		if diff := cmp.Diff(want, repeated([]byte(text))); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

// tokens takes XML apart with encoding/xml: names and texts, as xmlScan gives them.
func tokens(text []byte) (list []string, err error) {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.Strict = true
	depth := 0
	for {
		token, err := d.RawToken()
		if err != nil {
			return list, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
			list = append(list, "<"+token.Name.Local)
		case xml.EndElement:
			depth--
			list = append(list, ">"+token.Name.Local)
		case xml.CharData:
			if depth > 0 {
				list = joined(list, string(token))
			}
		}
	}
}

// joined adds a text, to the last one if that is a text.
func joined(list []string, text string) []string {
	if n := len(list); n > 0 && list[n-1][0] == '=' {
		list[n-1] += text
		return list
	}
	return append(list, "="+text)
}

func scanned(r io.Reader) (list []string, err error) {
	x := newXMLScan(r)
	for {
		token, err := x.next()
		if err != nil {
			return list, err
		}
		switch token {
		case xmlStart:
			list = append(list, "<"+string(local(x.name)))
		case xmlEnd:
			list = append(list, ">"+string(local(x.name)))
		case xmlText:
			list = joined(list, string(x.text))
		}
	}
}

// FuzzXML checks that what encoding/xml can take apart comes out the same, that the
// file may be cut anywhere, and that every record is JSON.
func FuzzXML(f *testing.F) {
	for _, s := range []string{`<a><b c="1">x</b><b/></a>`, "<a><![CDATA[<]]>&#10;&amp;\r\n</a>", `<?xml version="1.0"?><!DOCTYPE a><a/>`, "<a><!-- x --><b>1</b><b>2</b></a>", "<a", `<a:b x='>'/>`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := scanned(bytes.NewReader(text))
		again, err2 := scanned(iotest.OneByteReader(bytes.NewReader(text)))
		if diff := cmp.Diff(got, again); diff != "" || (err == io.EOF) != (err2 == io.EOF) {
			t.Fatalf("cut otherwise: %s %v %v", diff, err, err2)
		}
		want, stdErr := tokens(text)
		if err == io.EOF && stdErr == io.EOF && !bytes.Contains(text, []byte("]]>")) {
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%q: %s", text, diff)
			}
		}
		r, err := New(bytes.NewReader(text), Options{Kind: XML, Limit: 64})
		if err != nil {
			t.Fatal(err)
		}
		for range len(text) + 2 {
			rec, err := r.Next()
			if _, bad := errors.AsType[*Bad](err); bad {
				continue
			}
			if err != nil {
				return
			}
			if why := WrongObject(rec.Data); why != "" {
				t.Fatalf("%q: %s", rec.Data, why)
			}
		}
		t.Fatal("it does not end")
	})
}
