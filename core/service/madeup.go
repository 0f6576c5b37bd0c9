package service

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"hookbird/core/control"
)

// madeUp gives a record about a person who does not exist: with the fields of
// the newest stored record, so that a test looks like what will come, or with
// a few usual ones.
func madeUp(known []control.Sample) control.Sample {
	paths := []string{"firstname", "lastname", "email", "zipcode"}
	if len(known) > 0 {
		paths = paths[:0]
		for _, f := range known[0].Fields {
			paths = append(paths, f.Path)
		}
	}
	var b bytes.Buffer
	b.WriteByte('{')
	for i, p := range paths {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(quoted(p))
		b.WriteByte(':')
		b.Write(quoted(inventFor(p)))
	}
	b.WriteByte('}')
	return control.Sample{
		Title: "Ada Test (made up)", Time: time.Now(), Data: b.Bytes(), Fields: fieldsOf(b.Bytes()), Wanted: true,
	}
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
