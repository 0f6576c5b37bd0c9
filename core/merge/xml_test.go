package merge

import (
	"encoding/xml"
	"strings"
	"testing"
)

func TestXML(t *testing.T) {
	testAppend(t, XML, []appendCase{
		{"in an element and an attribute", `<a b="[Mark]" c='[Mark]'>[Mark]</a>`, `<a b="&lt;b&gt;&amp;&#39;" c='&lt;b&gt;&amp;&#39;'>&lt;b&gt;&amp;&#39;</a>`},
		{"quotes and lines", `<a b="[Quote]"/>`, `<a b="&#34;a&#34; \ b&#xA;c"/>`},
		{"what XML cannot hold", `<a>[Bell]</a>`, `<a>ab</a>`},
		{"in CDATA", `<a><![CDATA[<[Mark]>\[x]]]></a>`, `<a><![CDATA[<]]>&lt;b&gt;&amp;&#39;<![CDATA[>[x]]]></a>`},
		{"comments and declarations", `<?xml version="1.0" encoding="UTF-8"?><!-- [First Name --><a/>`, `<?xml version="1.0" encoding="UTF-8"?><!-- [First Name --><a/>`},
		{"a sign that is none in quotes", `<a b=">[First Name]"/>`, `<a b=">Ada"/>`},
		{"names", `<s:E xmlns:s="urn:x"><s:B>[First Name]</s:B></s:E>`, `<s:E xmlns:s="urn:x"><s:B>Ada</s:B></s:E>`},
		{"missing", `<a>[Nobody]</a>`, `<a></a>`},
		{"brackets that are text", `<a>\[x] \${y}</a>`, `<a>[x] ${y}</a>`},
		{"text alone", `Dear [First Name]`, `Dear Ada`},
	})
	testRefused(t, XML, []refusal{
		{"in a tag", `<[First Name]/>`, "The merge field at character 2 stands inside a tag."},
		{"for an attribute", `<a [x]="1"/>`, "stands inside a tag"},
		{"an attribute without quotes", `<a b=[x]/>`, "stands inside a tag"},
		{"a tag that does not close", `<a>[x]`, "This XML cannot be read at character 7"},
		{"a tag closed by another", "<a>\n[x]</b>", "This XML cannot be read at line 2, character 8"},
		{"an & alone", `<a>&[x];</a>`, "should be &amp;"},
		{"in the number of a character", `<a>&#[x];</a>`, "cannot be read"},
		{"another encoding", `<?xml version="1.0" encoding="ISO-8859-1"?><a/>`, `Write encoding="UTF-8".`},
		{"an end of CDATA that an empty value makes", `<a>]][x]></a>`, "Write &gt; for the >"},
		{"CDATA that does not close", `<a><![CDATA[ [x]`, "cannot be read"},
		{"a comment that does not close", `<a/><!-- x`, "cannot be read"},
	})
}

// checkXML sees that a filled in template is well-formed, and says the value.
func checkXML(t fataler, value string) {
	text, err := Parse(`<a b="[Value]" c='[Value]'>[Value]<d><![CDATA[]][Value]>]]></d></a>`, XML)
	if err != nil {
		t.Fatal(err)
	}
	got, err := text.Append(nil, scopeOf(t, value))
	if err != nil {
		t.Fatal(err)
	}
	var back struct {
		B    string `xml:"b,attr"`
		C    string `xml:"c,attr"`
		Text string `xml:",chardata"`
		D    string `xml:"d"`
	}
	if err := xml.Unmarshal(got, &back); err != nil {
		t.Fatalf("%s is not well-formed: %v", got, err)
	}
	want := strings.Map(func(r rune) rune {
		if r < ' ' && !strings.ContainsRune("\t\n\r", r) || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, value)
	if back.B != want || back.C != want || back.Text != want || back.D != "]]"+want+">" {
		t.Fatalf("%q became %s", value, got)
	}
}
