package service

import (
	"encoding/json"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/message"
	"hookbird/core/value"
)

// madeUp gives a record about a person who does not exist: of the same shape as
// the newest stored record, so that a test looks like what will come, or with
// the fields that the webhook reads, or with a few usual ones.
func madeUp(w *core.Webhook, known []control.Sample) control.Sample {
	var data []byte
	if len(known) > 0 {
		data = likeRecord(known[0].Data)
	}
	if data == nil {
		paths := message.Uses(w)
		if len(paths) == 0 {
			paths = []string{"firstname", "lastname", "email", "zipcode"}
		}
		data = likePaths(paths)
	}
	return control.Sample{
		Title: "Ada Test (made up)", Time: time.Now(), Data: data, Fields: fieldsOf(data), Wanted: true,
	}
}

// likeRecord gives a record with the same names as another one and with nothing
// of what stands in it, or nil if that cannot be read.
func likeRecord(data []byte) []byte {
	v, err := value.Parse(data)
	if err != nil || v.Kind() != value.Object {
		return nil
	}
	return appendLike(nil, "", v)
}

func appendLike(dst []byte, name string, v value.Value) []byte {
	switch v.Kind() {
	case value.Object:
		dst = append(dst, '{')
		for inner, field := range v.Fields() {
			dst = appendName(dst, inner)
			dst = appendLike(dst, inner, field)
		}
		return append(dst, '}')
	case value.Array:
		dst = append(dst, '[')
		for element := range v.Elements() { // one stands for all
			dst = appendLike(dst, name, element)
			break
		}
		return append(dst, ']')
	case value.Number:
		if number := inventFor(name); strings.Trim(number, "0123456789.") == "" {
			return append(dst, number...)
		}
		return append(dst, '1')
	case value.String:
		return append(dst, quoted(inventFor(name))...)
	default: // true, false and null say nothing of a person
		return append(dst, v.Raw()...)
	}
}

// appendName writes the name of an object's next field.
func appendName(dst []byte, name string) []byte {
	if dst[len(dst)-1] != '{' {
		dst = append(dst, ',')
	}
	return append(append(dst, quoted(name)...), ':')
}

// likePaths gives a record in which each path is found, since the whole path is
// the name of a field.
func likePaths(paths []string) []byte {
	dst := []byte{'{'}
	for _, p := range paths {
		dst = appendName(dst, p)
		dst = append(dst, quoted(inventFor(p))...)
	}
	return append(dst, '}')
}

func quoted(s string) []byte {
	b, _ := json.Marshal(s) // a string always can be
	return b
}

// invented are made-up values by what a field's name holds, the first that fits.
var invented = []struct{ in, value string }{
	{"mail", "ada.test@example.org"},
	{"first", "Ada"},
	{"given", "Ada"},
	{"vorname", "Ada"},
	{"prénom", "Ada"},
	{"prenom", "Ada"},
	{"fname", "Ada"},
	{"last", "Test"},
	{"surname", "Test"},
	{"family", "Test"},
	{"nachname", "Test"},
	{"lname", "Test"},
	{"zip", "75011"},
	{"postcode", "75011"},
	{"postal", "75011"},
	{"plz", "75011"},
	{"code postal", "75011"},
	{"phone", "+33 1 23 45 67 89"},
	{"tel", "+33 1 23 45 67 89"},
	{"mobil", "+33 6 12 34 56 78"},
	{"city", "Paris"},
	{"town", "Paris"},
	{"ville", "Paris"},
	{"ort", "Paris"},
	{"street", "1 Test Street"},
	{"address", "1 Test Street"},
	{"country", "France"},
	{"pays", "France"},
	{"date", "2026-01-31"},
	{"joined", "2026-01-31"},
	{"amount", "10.00"},
	{"price", "10.00"},
	{"number", "1001"},
	{"id", "1001"},
	{"name", "Ada Test"},
}

func inventFor(path string) string {
	p := strings.ToLower(path)
	for _, i := range invented {
		if strings.Contains(p, i.in) {
			return i.value
		}
	}
	return "Test"
}
