package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"hookbird/assets"
)

// person is a record of the demo.
type person struct{ First, Last, Email, Zip, Note string }

// known are people whose values have gone wrong somewhere before: leading
// zeros, quotes, separators and line ends inside a value, signs of form
// encoding, blanks at the ends, and letters of several alphabets. All of them
// can be written in Windows-1252.
var known = []person{
	{"Ada", "Lovelace", "ada", "01067", "Likes mornings"},
	{"José", "Núñez", "jose", "08001", "Prefers e-mail; no calls"},
	{"Siân", "O'Neill-Brown", "sian", "SW1A 1AA", `Says "hello, world"`},
	{"Jürgen", "Groß", "juergen", "70173", "Zwei\nZeilen"},
	{"Marie-Ève", "L’Écuyer", "marie", "H2Y 1C6", "50 % = half & more"},
	{"Åse", "Bjørnstad", "aase", "0150", "a+b=c?d#e"},
	{"Renée", "van der Meer", "renee", "1012 AB", ""},
	{"Kim", "Smith, Jr.", "kim", "00501", "  blanks at both ends  "},
	{"Test", "=1+1", "formula", "12345-6789", "€ 20,00"},
	{"Null", "null", "null", "0", "0.10"},
}

// more are people that only Unicode can write.
var more = []person{
	{"Ελένη", "Παπαδοπούλου", "eleni", "105 57", "Καλημέρα"},
	{"花子", "山田", "hanako", "100-0001", "🐦 → 🌍"},
	{"Łukasz", "Żółć", "lukasz", "00-950", "zażółć gęślą jaźń"},
}

// crowd gives n people nobody needs to remember.
func crowd(n int) []person {
	people := make([]person, n)
	for i := range people {
		people[i] = person{
			First: fmt.Sprintf("Person %d", i+1), Last: "Crowd",
			Email: fmt.Sprintf("crowd%d", i+1), Zip: fmt.Sprintf("%05d", i*37), Note: fmt.Sprintf("number %d of %d", i+1, n),
		}
	}
	return people
}

// file is a file of records as some program would write it.
type file struct {
	name   string
	people []person
	write  func([]person) ([]byte, error)
}

// newFile marks its people with the file's name, so that nobody comes twice.
func newFile(name string, write func([]person) ([]byte, error), groups ...[]person) file {
	f := file{name: name, write: write}
	for _, group := range groups {
		for _, p := range group {
			p.Email += "@" + strings.ToLower(strings.TrimSuffix(name, filepath.Ext(name))) + ".example"
			f.people = append(f.people, p)
		}
	}
	return f
}

// sampleFile is one that Hookbird brings along, with the people that the standard
// library reads in it.
func sampleFile() (file, error) {
	const name = "supporters.csv"
	data, err := fs.ReadFile(assets.Samples(), name)
	if err != nil {
		return file{}, err
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return file{}, err
	}
	f := file{name: name, write: func([]person) ([]byte, error) { return data, nil }}
	cell := func(row []string, heading string) string { return row[slices.Index(rows[0], heading)] }
	for _, row := range rows[1:] {
		f.people = append(f.people, person{
			First: cell(row, "firstname"), Last: cell(row, "lastname"), Email: cell(row, "email"), Zip: cell(row, "zipcode"),
		})
	}
	return f, nil
}

// drop writes the file into a folder, as a program would: under its own name
// from the start, in several pieces.
func (f file) drop(folder string) error {
	data, err := f.write(f.people)
	if err != nil {
		return err
	}
	out, err := os.Create(filepath.Join(folder, f.name))
	if err != nil {
		return err
	}
	for len(data) > 0 {
		piece := data[:min(len(data), 300)]
		data = data[len(piece):]
		if _, err := out.Write(piece); err != nil {
			_ = out.Close()
			return err
		}
	}
	return out.Close()
}

// asCSV writes people with a delimiter in an encoding.
func asCSV(delimiter rune, enc encoding.Encoding) func([]person) ([]byte, error) {
	return func(people []person) ([]byte, error) {
		var text strings.Builder
		w := csv.NewWriter(&text)
		w.Comma = delimiter
		_ = w.Write([]string{"firstname", "lastname", "email", "zipcode", "Remarks, if any"})
		for _, p := range people {
			_ = w.Write([]string{p.First, p.Last, p.Email, p.Zip, p.Note})
		}
		w.Flush()
		if err := w.Error(); err != nil {
			return nil, err
		}
		return enc.NewEncoder().Bytes([]byte(text.String()))
	}
}

// asNDJSON writes a JSON object a line.
func asNDJSON(people []person) ([]byte, error) {
	var text []byte
	for _, p := range people {
		line, err := json.Marshal(map[string]string{
			"firstname": p.First, "lastname": p.Last, "email": p.Email, "zipcode": p.Zip, "Remarks, if any": p.Note,
		})
		if err != nil {
			return nil, err
		}
		text = append(append(text, line...), '\n')
	}
	return text, nil
}

// The encodings of the demo's files.
var (
	utf8    = unicode.UTF8
	utf8BOM = unicode.UTF8BOM
	utf16   = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	windows = charmap.Windows1252
)
