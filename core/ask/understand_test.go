package ask

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/value"
)

// Whatever encoding an answer is in and says that it is in, it is read, or it is said
// that it cannot be.
func TestEncodings(t *testing.T) {
	c := &Client{name: "crm"}
	for _, tt := range []struct{ kind, body, want string }{
		{"application/json; charset=UTF-8", "\ufeff[\"ü\"]", `["ü"]`},
		{"application/json; charset=ISO-8859-1", "[\"\xfc\"]", `["ü"]`},
		{"application/json; charset=ISO-8859-1", "\ufeff[\"ü\"]", `["ü"]`},
		{"application/json", "\xff\xfe[\x00\"\x00\xfc\x00\"\x00]\x00", `["ü"]`},
		{"application/json; charset=utf-16", "\xfe\xff\x00[\x00\"\x00\xfc\x00\"\x00]", `["ü"]`},
		{"application/json; charset=klingon", "[]", ""},
		{"application/json", "[\"\xfc\"]", ""},
		{"text/xml; charset=iso-8859-1", "<a>\xfc</a>", `{"text":"ü"}`},
		{"text/xml; charset=utf-8", "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xfc</a>", `{"text":"ü"}`},
		{"text/xml; charset=utf-8", "<?xml version='1.0' encoding='ISO-8859-1'?><a>ü</a>", `{"text":"ü"}`},
		{"", "\xff\xfe<\x00?\x00x\x00m\x00l\x00 \x00v\x00e\x00r\x00s\x00i\x00o\x00n\x00=\x00'\x001\x00.\x000\x00'\x00 \x00e\x00n\x00c\x00o\x00d\x00i\x00n\x00g\x00=\x00'\x00u\x00t\x00f\x00-\x001\x006\x00'\x00?\x00>\x00<\x00a\x00>\x00\xfc\x00<\x00/\x00a\x00>\x00", `{"text":"ü"}`},
		{"text/xml", "<a>&ü;</a>", ""},
		{"text/xml", "<a>" + strings.Repeat("<b/>", maxElements) + "</a>", ""},
	} {
		a := &Answer{Code: 200}
		err := c.understand(a, tt.kind, []byte(tt.body))
		if string(a.JSON) != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("%s %.60q: %s, %v", tt.kind, tt.body, a.JSON, err)
		}
		if err != nil && !strings.HasPrefix(core.Sentence(err), "crm gave an answer that is of no use. Its answer ") {
			t.Errorf("%s %.60q: %s", tt.kind, tt.body, core.Sentence(err))
		}
	}
}

// FuzzUnderstand reads any answer: JSON in UTF-8 that can be read, nothing, or a
// sentence that holds nothing of it.
func FuzzUnderstand(f *testing.F) {
	f.Add("application/json; charset=utf-16", []byte("\xff\xfe[\x00]\x00"), 200)
	f.Add("text/xml; charset=latin1", []byte("<a b='1'>\xfc<c/><c/></a>"), 200)
	f.Add("text/html", []byte("<p>Log in"), 200)
	f.Add("", []byte(` {"a":[1.10,null,{"b":"\u00e9"}]} `), 201)
	f.Fuzz(func(t *testing.T, kind string, body []byte, code int) {
		a := &Answer{Code: code}
		err := (&Client{name: "crm"}).understand(a, kind, body)
		switch {
		case err != nil:
			if said := core.Sentence(err); core.CodeOf(err) != core.CodeUnavailable || !utf8.ValidString(said) || len(said) > 500 {
				t.Errorf("%q", said)
			}
		case a.JSON == nil:
			if code != 204 {
				t.Errorf("nothing was read of %q", body)
			}
		default:
			if v, err := value.Parse(a.JSON); err != nil || v.Kind() != a.Value.Kind() || !json.Valid(a.JSON) || !utf8.Valid(a.JSON) {
				t.Errorf("%q became %q, %v", body, a.JSON, err)
			}
		}
	})
}
