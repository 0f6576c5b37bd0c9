package local

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"hookbird/core"

	"golang.org/x/text/encoding/charmap"
)

// checkMethod refuses what is no POST, nor a GET where the source takes its query.
// Browsers ask for addresses by themselves, in advance or because a page shows a
// picture from there, and say so, which programs do not.
func checkMethod(r *http.Request, src *core.Source, known bool) *refusal {
	if r.Method == http.MethodPost {
		return nil
	}
	if r.Method != http.MethodGet || !known || src.Local == nil || !src.Local.Query {
		return refuse(http.StatusMethodNotAllowed, "method_not_allowed", "This address takes records by POST only.").with("Allow", http.MethodPost)
	}
	from := r.Header.Get("Sec-Fetch-Site")
	switch {
	case from != "" && from != "none" && r.Header.Get("Origin") == "":
		return refusedPage()
	case r.Header.Get("Sec-Purpose") != "" || r.Header.Get("Purpose") != "":
		return refuse(http.StatusForbidden, "forbidden_origin", "Browsers may not ask for this address in advance.")
	case src.Local.Verify.Style != core.VerifyNone:
		return refuse(http.StatusMethodNotAllowed, "method_not_allowed", "This source asks for a signature, which is made of the body: send the record by POST.").with("Allow", http.MethodPost)
	case r.ContentLength != 0:
		return invalid("A GET request has its record in the query, after the question mark, and no body.")
	}
	return nil
}

// query makes a record of the query of an address, as form does. Old programs write
// it in the character set of their country, of which Windows-1252 is the one to
// expect.
func (b *batch) query(text []byte) *refusal {
	plain, err := url.QueryUnescape(string(text))
	if err == nil && !utf8.ValidString(plain) {
		text = asUTF8(string(text))
	}
	return b.form(text)
}

// asUTF8 writes a query anew whose characters are those of Windows-1252.
func asUTF8(query string) []byte {
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		parts := strings.SplitN(pair, "=", 2)
		for j, part := range parts {
			plain, err := url.QueryUnescape(part)
			if err != nil {
				continue // form says what is wrong with it
			}
			if text, err := charmap.Windows1252.NewDecoder().String(plain); err == nil {
				parts[j] = url.QueryEscape(text)
			}
		}
		pairs[i] = strings.Join(parts, "=")
	}
	return []byte(strings.Join(pairs, "&"))
}
