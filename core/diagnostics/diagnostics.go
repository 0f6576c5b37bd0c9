// Package diagnostics makes texts fit to be given to somebody who helps: settings
// without addresses and values, records that only show their form, the last lines
// of a log. It must not read the store nor know the engine: what it works on is
// handed to it.
package diagnostics

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"regexp"
	"strings"

	"hookbird/core/mask"
)

// plain are the names in a settings file whose texts are shown as they are: words of
// Hookbird's own, and names that an office gave to its webhooks, sources and fields.
var plain = map[string]bool{
	"id": true, "kind": true, "preset": true, "state": true, "method": true, "name": true, "style": true,
	"plan": true, "event_type": true, "updated_type": true, "removed_type": true, "events": true, "sources": true,
	"from": true, "timeout": true, "every": true, "at": true, "days": true, "look": true, "proxy": true,
	"encoding": true, "delimiter": true, "quote": true, "after": true, "holds": true, "gone": true,
	"existing": true, "keys": true, "keep": true, "columns": true, "rising": true, "label": true,
	"algorithm": true, "header": true, "convert": true, "mode": true, "auth": true, "tls": true, "database": true,
	"delays": true, "limit": true, "order": true, "unsure": true, "version": true, "type": true, "format": true,
}

// Settings gives a settings file that can be shown to others. Of addresses it
// leaves the host, and of every other text that is no word of Hookbird's own what
// it looks like.
func Settings(file []byte) (string, error) {
	var all any
	d := json.NewDecoder(bytes.NewReader(file))
	d.UseNumber()
	if err := d.Decode(&all); err != nil {
		return "", fmt.Errorf("read settings: %w", err)
	}
	return indented(hide("", all))
}

// hide masks the texts of a value that stands under a name.
func hide(name string, v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key := range v {
			v[key] = hide(key, v[key])
		}
	case []any:
		for i := range v {
			v[i] = hide(name, v[i])
		}
	case string:
		return hideText(name, v)
	}
	return v
}

func hideText(name, text string) string {
	switch {
	case strings.Contains(text, "://"):
		return Address(text)
	case plain[name]:
		return text
	}
	return mask.Value(text)
}

// Address leaves the host of an address.
func Address(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return "…"
	}
	return u.Scheme + "://" + u.Host + "/…"
}

// Record gives a record that only shows its form: the names of its fields, and of
// the values what they look like. Data that is no JSON is left out.
func Record(data []byte) string {
	var all any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&all); err != nil {
		return "(no JSON)"
	}
	text, err := indented(form(all))
	if err != nil {
		return "(no JSON)"
	}
	return text
}

func form(v any) any {
	switch v := v.(type) {
	case map[string]any:
		shown := make(map[string]any, len(v))
		for key, value := range v {
			shown[emails(key)] = form(value)
		}
		return shown
	case []any:
		for i := range v {
			v[i] = form(v[i])
		}
	case string:
		return mask.Value(v)
	case json.Number:
		return json.Number(zeros(string(v)))
	}
	return v
}

// zeros hides a number's digits, so that it stays one.
func zeros(number string) string {
	whole := strings.TrimLeft(number, "-")
	if i := strings.IndexAny(whole, ".eE"); i >= 0 {
		return "0.0"
	}
	return "0"
}

func indented(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return "", err
	}
	return b.String(), nil
}

// attr is a quoted value of a log line that may repeat what a record holds.
var attr = regexp.MustCompile(`\b(note|where|file|problem|question|found|data)=("(?:[^"\\]|\\.)*"|\S+)`)

// Line hides in a line of the log what may be of a record, or tell who works here.
func Line(line, home string) string {
	if home != "" {
		line = strings.ReplaceAll(line, home, "~")
	}
	line = attr.ReplaceAllStringFunc(line, func(m string) string {
		name, value, _ := strings.Cut(m, "=")
		return name + "=" + mask.Value(value)
	})
	return emails(line)
}

// email is an address somewhere in a line; times and numbers stay as they are.
var email = regexp.MustCompile(`[^\s"'<>,;:=&@]+@[^\s"'<>,;:=&@]+`)

func emails(line string) string { return email.ReplaceAllStringFunc(line, mask.Value) }

// Tail gives the last lines of a file, at most n of them and no more than size
// bytes; "" if there is none.
func Tail(path string, n int, size int64) []string {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	end, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil
	}
	from := max(end-size, 0)
	data := make([]byte, end-from)
	got, err := f.ReadAt(data, from)
	if err != nil && err != io.EOF {
		return nil
	}
	text := strings.TrimRight(string(data[:got]), "\n")
	if text == "" {
		return nil
	}
	lines := strings.Split(text, "\n")
	if from > 0 {
		lines = lines[1:] // begins in the middle
	}
	return lines[max(len(lines)-n, 0):]
}

// Table writes names and values in two columns, in the order of the names given.
func Table(rows [][2]string) string {
	width := 0
	for _, r := range rows {
		width = max(width, len(r[0]))
	}
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%-*s  %s\n", width, r[0], r[1])
	}
	return b.String()
}
