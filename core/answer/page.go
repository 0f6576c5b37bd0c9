package answer

import (
	"bytes"
	"strings"
)

// IsPage tells whether an answer is a web page: by its Content-Type, or by how it
// begins where that says something else.
func IsPage(contentType string, body []byte) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	kind = strings.TrimSpace(kind)
	if strings.EqualFold(kind, "text/html") || strings.EqualFold(kind, "application/xhtml+xml") {
		return true
	}
	body = pageStart(body)
	return begins(body, "<!doctype html") || begins(body, "<html")
}

// pageStart leaves out what may stand before a page: a byte order mark, space,
// comments, and the first line of XML.
func pageStart(body []byte) []byte {
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	for {
		body = bytes.TrimLeft(body, " \t\r\n")
		end := ""
		switch {
		case begins(body, "<!--"):
			end = "-->"
		case begins(body, "<?xml"):
			end = "?>"
		}
		_, rest, ok := bytes.Cut(body, []byte(end))
		if end == "" || !ok {
			return body
		}
		body = rest
	}
}

// begins tells whether a body begins with a text, whatever the case of its
// letters.
func begins(body []byte, text string) bool {
	return len(body) >= len(text) && bytes.EqualFold(body[:len(text)], []byte(text))
}
