package record

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/core"
)

// all reads everything: "row 2 {…}" for each record, "line 3: …" for each bad
// one, and the sentence that ended it, if one did.
func all(t testing.TB, text io.Reader, o Options) []string {
	t.Helper()
	r, err := New(text, o)
	if err != nil {
		return []string{err.Error()}
	}
	var got []string
	for {
		rec, err := r.Next()
		bad, isBad := errors.AsType[*Bad](err)
		switch {
		case err == io.EOF:
			return got
		case isBad:
			got = append(got, bad.Error())
		case err != nil:
			return append(got, err.Error())
		default:
			got = append(got, strings.TrimSpace(rec.Place+" "+string(rec.Data)))
		}
	}
}

func TestCSV(t *testing.T) {
	tests := map[string]struct {
		text string
		want []string
	}{
		"plain":                {"name,zip\nAda,01067\n", []string{`row 2 {"name":"Ada","zip":"01067"}`}},
		"no newline at end":    {"name,zip\nAda,01067", []string{`row 2 {"name":"Ada","zip":"01067"}`}},
		"semicolon":            {"name;sum\nAda;1,5\nBob;2,5\n", []string{`row 2 {"name":"Ada","sum":"1,5"}`, `row 3 {"name":"Bob","sum":"2,5"}`}},
		"tab":                  {"name\tsum\nAda\t1,5\n", []string{`row 2 {"name":"Ada","sum":"1,5"}`}},
		"bar":                  {"name|sum\nAda|1;5\n", []string{`row 2 {"name":"Ada","sum":"1;5"}`}},
		"one column":           {"note\nhello, world\n", []string{`row 2 {"note":"hello, world"}`}},
		"sep line":             {"sep=;\r\nname;x,y,z,w\r\nAda;1,2\r\n", []string{`row 2 {"name":"Ada","x,y,z,w":"1,2"}`}},
		"quoted sep line":      {"\"sep=|\"\nname|a\nAda|1\n", []string{`row 2 {"name":"Ada","a":"1"}`}},
		"spaces stay":          {"a,b\n x , y\n", []string{`row 2 {"a":" x ","b":" y"}`}},
		"quoted newline":       {"a,b\n\"x\r\ny\",z\n1,2\n", []string{`row 2 {"a":"x\r\ny","b":"z"}`, `row 3 {"a":"1","b":"2"}`}},
		"doubled quotes":       {"a,b\n\"say \"\"hi\"\"\",\"\"\n", []string{`row 2 {"a":"say \"hi\"","b":""}`}},
		"quote inside":         {"a,b\n5\" pipe,x\n", []string{`row 2 {"a":"5\" pipe","b":"x"}`}},
		"repeated headings":    {"Email,Email,,Email (2),Email\n1,2,3,4,5\n", []string{`row 2 {"Email":"1","Email (3)":"2","Column 3":"3","Email (2)":"4","Email (4)":"5"}`}},
		"repeated once":        {"Email,Email\n1,2\n", []string{`row 2 {"Email":"1","Email (2)":"2"}`}},
		"Column 1 is taken":    {",Column 1\n1,2\n", []string{`row 2 {"Column 1 (2)":"1","Column 1":"2"}`}},
		"short row":            {"a,b,c\n1,\n", []string{`row 2 {"a":"1","b":""}`}},
		"long row":             {"a,b\n1,2,3\n4,5\n", []string{"line 2: This row has 3 cells, but there are only 2 headings, so it was left out.", `row 3 {"a":"4","b":"5"}`}},
		"empty cells too many": {"a,b\n1,2,,\n", []string{`row 2 {"a":"1","b":"2"}`}},
		"blank rows":           {"a,b\n\n1,2\n,\n3,4\n\n", []string{`row 3 {"a":"1","b":"2"}`, `row 5 {"a":"3","b":"4"}`}},
		"carriage returns":     {"a,b\r1,2\r3,4", []string{`row 2 {"a":"1","b":"2"}`, `row 3 {"a":"3","b":"4"}`}},
		"text behind quote": {"a,b\n\"x\"y,1\n2,3\n", []string{
			"line 2: A cell goes on after its closing quotation mark, so the row was left out.", `row 3 {"a":"2","b":"3"}`,
		}},
		"quote never closed": {"a,b\n\"x,1\n2,3\n4,5", []string{
			"line 2: A quotation mark is opened in this row and never closed, so the row was left out.",
			`row 3 {"a":"2","b":"3"}`, `row 4 {"a":"4","b":"5"}`,
		}},
		"quote closed by a later one": {"a,b\n\"x,1\n\"y\",3\n4,5", []string{
			"line 2: A cell goes on after its closing quotation mark, so lines 2 to 3 were left out.", `row 3 {"a":"4","b":"5"}`,
		}},
		"not UTF-8":        {"a\nx\xff\ny\n", []string{"line 2: This row is not written in UTF-8, so it was left out.", `row 3 {"a":"y"}`}},
		"only headings":    {"a,b\n", nil},
		"nothing":          {"", nil},
		"byte order mark":  {"\ufeffname\nAda\n", []string{`row 2 {"name":"Ada"}`}},
		"two files in one": {"a,b\n1,2\n\ufeffa,b\n\ufeff\"3\",4\n", []string{`row 2 {"a":"1","b":"2"}`, "line 3: These are the headings once more and no record, so they were left out.", `row 4 {"a":"3","b":"4"}`}},
		"title above":      {"Members;;\nas of;;\n;;\nname;zip;sum\nAda;01067;1\n", []string{`row 5 {"name":"Ada","zip":"01067","sum":"1"}`}},
		"bare title":       {"Members of the club\n\nname;zip;sum\nAda;01067;1,5\nBob;1,2;3\n", []string{`row 4 {"name":"Ada","zip":"01067","sum":"1,5"}`, `row 5 {"name":"Bob","zip":"1,2","sum":"3"}`}},
		"few headings":     {"name,,\nAda,x,\nBob,y,\n", []string{`row 2 {"name":"Ada","Column 2":"x","Column 3":""}`, `row 3 {"name":"Bob","Column 2":"y","Column 3":""}`}},
		"totals":           {"name;sum;n\nAda;1,50;1\nTotal;2,50 €;\nSumme:;;3\n;;\n", []string{`row 2 {"name":"Ada","sum":"1,50","n":"1"}`, "line 3: This is a row of totals and no record, so it was left out.", "line 4: This is a row of totals and no record, so it was left out."}},
		"totals between":   {"name;sum;n\nTotal;2;\nAda;1;1\n", []string{`row 2 {"name":"Total","sum":"2","n":""}`, `row 3 {"name":"Ada","sum":"1","n":"1"}`}},
		"no totals":        {"name;sum;n\nTotal;2;4\nTotal;x;\nTotal;;\n", []string{`row 2 {"name":"Total","sum":"2","n":"4"}`, `row 3 {"name":"Total","sum":"x","n":""}`, `row 4 {"name":"Total","sum":"","n":""}`}},
		"NUL":              {"a\nx\x00y\n", []string{`row 2 {"a":"x\u0000y"}`}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, all(t, strings.NewReader(tt.text), Options{Kind: CSV})); diff != "" {
				t.Error(diff)
			}
			slow := iotest.OneByteReader(strings.NewReader(tt.text))
			if diff := cmp.Diff(tt.want, all(t, slow, Options{Kind: CSV})); diff != "" {
				t.Errorf("byte by byte: %s", diff)
			}
		})
	}
}

// What was found out can be put right.
func TestCSVAsked(t *testing.T) {
	tests := map[string]struct {
		text string
		o    Options
		want []string
	}{
		"no headings":       {"Ada,ada@example.org\nBob,b,c\n", Options{NoHeader: true}, []string{`row 1 {"Column 1":"Ada","Column 2":"ada@example.org"}`, `row 2 {"Column 1":"Bob","Column 2":"b","Column 3":"c"}`}},
		"own names":         {"Ada,x\n", Options{NoHeader: true, Columns: []string{"Name"}}, []string{`row 1 {"Name":"Ada","Column 2":"x"}`}},
		"names instead":     {"N,Z,N\nAda,1,2\n", Options{Columns: []string{"Name", "", "Name"}}, []string{`row 2 {"Name":"Ada","Z":"1","Name (2)":"2"}`}},
		"more names":        {"N\nAda\n", Options{Columns: []string{"Name", "Zip"}}, []string{`row 2 {"Name":"Ada"}`}},
		"row of headings":   {"1,2\nx,y\n\n2024,01067\nAda,1\n", Options{HeaderRow: 4}, []string{`row 5 {"2024":"Ada","01067":"1"}`}},
		"first row":         {"Members,,\na,b,c\n", Options{HeaderRow: 1}, []string{`row 2 {"Members":"a","Column 2":"b","Column 3":"c"}`}},
		"no such row":       {"a,b\n", Options{HeaderRow: 3}, []string{"It has no row 3, where the headings should stand."}},
		"no quotes":         {"a;b\n5\" pipe;\"x\n", Options{Quote: "none"}, []string{`row 2 {"a":"5\" pipe","b":"\"x"}`}},
		"other quotes":      {"a,b\n'x,''y',\"z\n", Options{Quote: "'"}, []string{`row 2 {"a":"x,'y","b":"\"z"}`}},
		"quotes of no kind": {"a", Options{Quote: "<<"}, []string{`The quotation mark "<<" cannot be used. Choose a single character, or none.`}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			tt.o.Kind = CSV
			if diff := cmp.Diff(tt.want, all(t, strings.NewReader(tt.text), tt.o)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestColumns(t *testing.T) {
	r := mustNew(t, "a,,a\n1,2,3\n", CSV)
	if diff := cmp.Diff([]string{"a", "Column 2", "a (2)"}, r.Columns()); diff != "" {
		t.Error(diff)
	}
	if rec, err := r.Next(); err != nil || string(rec.Data) != `{"a":"1","Column 2":"2","a (2)":"3"}` {
		t.Errorf("%s %v", rec.Data, err)
	}
	if got := mustNew(t, "Ada,ada@example.org\n", CSV).Columns(); got != nil {
		t.Errorf("no headings: %q", got)
	}
}

func TestCSVDelimiterAsked(t *testing.T) {
	got := all(t, strings.NewReader("a,b#c\n1#2\n"), Options{Kind: CSV, Delimiter: "#"})
	if diff := cmp.Diff([]string{`row 2 {"a,b":"1","c":"2"}`}, got); diff != "" {
		t.Error(diff)
	}
	for _, d := range []string{"ab", "é", "\"", "\n"} {
		if _, err := New(strings.NewReader(""), Options{Kind: CSV, Delimiter: d}); core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("delimiter %q: %v", d, err)
		}
	}
}

func TestFirstRowIsData(t *testing.T) {
	data := []string{"Ada,ada@example.org", "Ada,Lovelace,01067", "1,2,3", "Ada,+49 351 1234", "Ada,2024-01-31"}
	for _, row := range data {
		_, err := mustNew(t, row+"\nx,y,z\n", CSV).Next()
		if core.CodeOf(err) != core.CodeInvalid || !strings.Contains(err.Error(), "headings") {
			t.Errorf("%s: %v", row, err)
		}
		if err != nil && strings.Contains(err.Error(), "ada@") {
			t.Errorf("the sentence repeats the data: %v", err)
		}
	}
	for _, row := range []string{"Name,2023,2024", "E-mail @ work", "Address 1,Address 2", "Name,,Email"} {
		if _, err := mustNew(t, row+"\nx\n", CSV).Next(); err != nil {
			t.Errorf("%s: %v", row, err)
		}
	}
}

func mustNew(t testing.TB, text string, k Kind) Reader {
	t.Helper()
	r, err := New(strings.NewReader(text), Options{Kind: k})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestJSON(t *testing.T) {
	tests := map[string]struct {
		text string
		want []string
	}{
		"object":         {" {\"a\": 1.0,\n \"a\":2} \n", []string{"{\"a\": 1.0,\n \"a\":2}"}},
		"array":          {`[{"a":"]}"}, {"b":[{"c":"\""}]}]`, []string{`record 1 {"a":"]}"}`, `record 2 {"b":[{"c":"\""}]}`}},
		"one in a list":  {`[{"a":1}]`, []string{`record 1 {"a":1}`}},
		"empty array":    {" [ ] ", nil},
		"sequence":       {"{\"a\":1}\n{\"b\":2}{\"c\":3}", []string{`record 1 {"a":1}`, `record 2 {"b":2}`, `record 3 {"c":3}`}},
		"nothing":        {"  \n", nil},
		"not an object":  {"[{\"a\":1},\n 7, \"x\", [1],\n{\"b\":2}]", []string{`record 1 {"a":1}`, "line 2: This is JSON, but not an object in curly braces.", "line 2: This is JSON, but not an object in curly braces.", "line 2: This is JSON, but not an object in curly braces.", `record 5 {"b":2}`}},
		"one is wrong":   {"[{\"a\":1},\n{\"b\":x},\n{\"c\":3}]", []string{`record 1 {"a":1}`, `line 2: This is not JSON: column 6: "x" does not belong there.`, `record 3 {"c":3}`}},
		"cut off":        {"[{\"a\":1},\n{\"b\":", []string{`record 1 {"a":1}`, "The record that begins in line 2 never ends: the file is cut off or a bracket is missing."}},
		"cut off early":  {`[`, []string{"The file is cut off in line 1: the list of records that it begins with is not closed."}},
		"cut off later":  {`[{"a":1}`, []string{`record 1 {"a":1}`, "The file is cut off in line 1: the list of records that it begins with is not closed."}},
		"comma missing":  {"[{\"a\":1}\n{\"b\":2}]", []string{`record 1 {"a":1}`, "A comma is missing behind record 1, in line 2."}},
		"text behind":    {"[{\"a\":1}] x", []string{`record 1 {"a":1}`, "Something stands behind the end of the list of records, in line 1."}},
		"something else": {"<xml/>", []string{`It is not JSON: it begins with "<" in line 1, where a curly or square bracket must stand.`}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, all(t, strings.NewReader(tt.text), Options{Kind: JSON})); diff != "" {
				t.Error(diff)
			}
			slow := iotest.OneByteReader(strings.NewReader(tt.text))
			if diff := cmp.Diff(tt.want, all(t, slow, Options{Kind: JSON})); diff != "" {
				t.Errorf("byte by byte: %s", diff)
			}
		})
	}
}

func TestJSONList(t *testing.T) {
	tests := map[string]struct {
		text, list string
		want       []string
	}{
		"two down":     {`{"meta":{"data":[1]},"data":{"n":2,"items":[{"a":1},{"b":2}],"next":null},"x":"}"}`, "data.items", []string{`record 1 {"a":1}`, `record 2 {"b":2}`}},
		"other case":   {`{"Data":[{"a":1}]}`, "$.data", []string{`record 1 {"a":1}`}},
		"one object":   {`{"data":{"a":1},"z":0}`, "data", []string{`{"a":1}`}},
		"empty":        {`{"data":[],"z":[{}]}`, "data", nil},
		"not there":    {`{"meta":1,"rows":[]}`, "data", []string{`There is no list at "data" in it. It has meta, rows.`}},
		"nothing in":   {`{}`, "data", []string{`There is no list at "data" in it. What stands there is empty.`}},
		"no object":    {`[{"data":1}]`, "data", []string{`There is no list at "data" in it. What stands before data is no object in curly braces.`}},
		"a number":     {`{"data":7}`, "data", []string{`There is no list at "data" in it. What stands there is neither a list nor an object.`}},
		"cut off":      {`{"data":[{"a":1}]`, "data", []string{`record 1 {"a":1}`, "The file is cut off in line 1: a bracket is not closed."}},
		"cut off soon": {`{"meta":{"a"`, "data", []string{"The file is cut off in line 1: a bracket is not closed."}},
		"text behind":  {"{\"data\":[{\"a\":1}]}\nx", "data", []string{`record 1 {"a":1}`, "Something stands behind the end of the records, in line 2."}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			o := Options{Kind: JSON, List: tt.list}
			if diff := cmp.Diff(tt.want, all(t, strings.NewReader(tt.text), o)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.want, all(t, iotest.OneByteReader(strings.NewReader(tt.text)), o)); diff != "" {
				t.Errorf("byte by byte: %s", diff)
			}
		})
	}
}

func TestNDJSON(t *testing.T) {
	got := all(t, strings.NewReader("{\"a\": 1}\r\n\n{\"b\":}\n[1]\n  {\"c\":1e400}"), Options{Kind: NDJSON})
	want := []string{
		`line 1 {"a": 1}`,
		`line 3: This is not JSON: column 6: "}" does not belong there.`,
		"line 4: This is JSON, but not an object in curly braces.",
		`line 5 {"c":1e400}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadErrorComesThrough(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, k := range []Kind{CSV, JSON, NDJSON} {
		text := map[Kind]string{CSV: "a\n1\n", JSON: `[{"a":1},`, NDJSON: "{}\n"}[k]
		r, err := New(io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)), Options{Kind: k})
		for err == nil {
			_, err = r.Next()
		}
		if !errors.Is(err, broken) {
			t.Errorf("kind %d: %v", k, err)
		}
	}
}

// giant gives a file in which one record is n bytes long.
func giant(head string, fill string, n int64, tail string) io.Reader {
	return io.MultiReader(strings.NewReader(head), io.LimitReader(&repeat{s: fill}, n), strings.NewReader(tail))
}

// repeat gives a text over and over again.
type repeat struct {
	s  string
	at int
}

func (r *repeat) Read(p []byte) (int, error) {
	whole := min(len(p), len(r.s))
	for i := range whole {
		p[i] = r.s[(r.at+i)%len(r.s)]
	}
	for n := whole; n < len(p); n += copy(p[n:], p[:n/len(r.s)*len(r.s)]) {
	}
	r.at = (r.at + len(p)) % len(r.s)
	return len(p), nil
}

// A gigabyte in one cell is left out, with its line, in little memory, and the
// rest is read.
func TestOneGigabyteInOneRecord(t *testing.T) {
	const gigabyte = 1 << 30
	long := "line 3: This record is longer than 1 MiB, so it was left out."
	tests := map[string]struct {
		kind Kind
		text io.Reader
		want []string
	}{
		"plain cell":  {CSV, giant("a,b\n1,2\n3,", "x", gigabyte, "\n5,6\n"), []string{`row 2 {"a":"1","b":"2"}`, long, `row 4 {"a":"5","b":"6"}`}},
		"quoted cell": {CSV, giant("a,b\n1,2\n3,\"", "x,\ny", gigabyte, "\"\n5,6\n"), []string{`row 2 {"a":"1","b":"2"}`, long, `row 4 {"a":"5","b":"6"}`}},
		"not closed":  {CSV, giant("a,b\n1,2\n3,\"", "x,\ny", 64<<20, ""), []string{`row 2 {"a":"1","b":"2"}`, "line 3: A quotation mark that is opened here is never closed, so the rest of the file could not be read."}},
		"object":      {JSON, giant("[{\"a\":1},\n\n{\"b\":\"", "x", gigabyte, `"},{"c":3}]`), []string{`record 1 {"a":1}`, long, `record 3 {"c":3}`}},
		"line":        {NDJSON, giant("{}\n\n", "x", gigabyte, "\n{\"c\":3}"), []string{"line 1 {}", long, `line 4 {"c":3}`}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			got := all(t, tt.text, Options{Kind: tt.kind})
			runtime.ReadMemStats(&after)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 16<<20 {
				t.Errorf("%d MiB of memory for it", used>>20)
			}
		})
	}
}

// What encoding/csv can write, or read without being lenient, reads the same.
func TestCSVAgreesWithStandardLibrary(t *testing.T) {
	text := rapid.StringMatching(`[a-zé01 ,;"\n\t']{0,6}`)
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(1, 5).Draw(t, "columns")
		rows := rapid.SliceOfN(rapid.SliceOfN(text, columns, columns), 0, 8).Draw(t, "rows")
		head := strings.Split("h1,h2,h3,h4,h5", ",")[:columns]
		var file strings.Builder
		w := csv.NewWriter(&file)
		w.Comma = rapid.SampledFrom([]rune(",;\t|")).Draw(t, "delimiter")
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		_ = w.Write(head)
		_ = w.WriteAll(rows)
		compare(t, file.String(), w.Comma)
	})
}

// compare checks that what encoding/csv reads is what we read.
func compare(t interface {
	Helper()
	Fatalf(string, ...any)
}, text string, delim rune,
) {
	t.Helper()
	std := csv.NewReader(strings.NewReader(text))
	std.Comma, std.FieldsPerRecord = delim, -1
	rows, err := std.ReadAll()
	if err != nil || len(rows) == 0 || checkHeadings(rows[0]) != nil || headingsAt(rows[:min(len(rows), sampleRows)]) != 0 {
		return
	}
	if slices.ContainsFunc(slices.Concat(rows...), func(cell string) bool { return isTotalWord([]byte(cell)) }) {
		return // rows of totals are no records
	}
	r, err := New(strings.NewReader(text), Options{Kind: CSV, Delimiter: string(delim)})
	if err != nil {
		t.Fatalf("%v", err)
	}
	keys := headings(rows[0])
	for _, row := range rows[1:] {
		if empty(row) && len(row) > 1 {
			continue // nothing but delimiters is no row
		}
		if len(row) > 1 && slices.Equal(row, rows[0]) {
			continue // the headings once more are no row
		}
		if len(row) > len(keys) && empty(row[len(keys):]) {
			row = row[:len(keys)] // empty cells beyond the headings are no cells
		}
		if len(row) > len(keys) {
			continue
		}
		want := map[string]string{}
		for i, c := range row {
			want[keys[i]] = c
		}
		rec, err := nextGood(r)
		if err != nil {
			t.Fatalf("%q: %v, want %v", text, err, want)
		}
		got := map[string]string{}
		if err := json.Unmarshal(rec.Data, &got); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		for k, v := range got {
			got[k] = strings.ReplaceAll(v, "\r\n", "\n") // encoding/csv drops these carriage returns
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q: %s", text, diff)
		}
	}
}

// nextGood passes over rows that are left out for their length, or that hold
// nothing.
func nextGood(r Reader) (Record, error) {
	for {
		rec, err := r.Next()
		if _, bad := errors.AsType[*Bad](err); bad {
			continue
		}
		var cells map[string]string
		if err == nil && json.Unmarshal(rec.Data, &cells) == nil && len(cells) > 1 && strings.Trim(string(join(cells)), "") == "" {
			continue
		}
		return rec, err
	}
}

func join(cells map[string]string) (all string) {
	for _, c := range cells {
		all += c
	}
	return all
}

func empty(row []string) bool { return strings.Join(row, "") == "" }

func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "sep=;\na;b\n\"x\"\"\n\",2", "a\r\n\"\r\n\"", "a,b\n\"x\"y,\n", "\ufeffa\tb\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fuzzReader(t, text, CSV)
		text = strings.ToValidUTF8(text, "")
		if !strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\r") && json.Valid(AppendString(nil, []byte(text))) &&
			!strings.HasPrefix(strings.ToLower(strings.Trim(text, "\"")), "sep=") && !strings.Contains(text, utf8BOM) && !strings.Contains(text, "\ufffd") {
			compare(t, text, ',')
		}
	})
}

func FuzzJSON(f *testing.F) {
	for _, s := range []string{`{"a":1}`, `[{"a":"]"},2]`, "{}\n{}", `[1,"\"",[]]`, "[,]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fuzzReader(t, text, JSON)
		fuzzReader(t, text, NDJSON)
		var list []json.RawMessage
		if json.Unmarshal([]byte(text), &list) != nil || list == nil {
			return
		}
		elements, complete := Elements([]byte(strings.TrimSpace(text)), len(text))
		if !complete || len(elements) != len(list) {
			t.Fatalf("%q: %d elements, want %d", text, len(elements), len(list))
		}
		for i := range list {
			if string(elements[i]) != string(list[i]) {
				t.Errorf("%q: element %q, want %q", text, elements[i], list[i])
			}
		}
		if got := all(t, strings.NewReader(text), Options{Kind: JSON}); len(got) != len(list) {
			t.Errorf("%d values, %d read: %q", len(list), len(got), got)
		}
	})
}

// fuzzReader checks that a reader gives only JSON objects, ends, and reads the
// same however its input is cut.
func fuzzReader(t *testing.T, text string, k Kind) {
	o := Options{Kind: k, Limit: 64}
	r, err := New(strings.NewReader(text), o)
	if err != nil {
		t.Fatal(err)
	}
	for range len(text) + 2 {
		rec, err := r.Next()
		if _, bad := errors.AsType[*Bad](err); bad {
			continue
		}
		if err != nil {
			whole, pieces := all(t, strings.NewReader(text), o), all(t, iotest.OneByteReader(strings.NewReader(text)), o)
			if diff := cmp.Diff(whole, pieces); diff != "" {
				t.Fatalf("cut otherwise: %s", diff)
			}
			return
		}
		if why := WrongObject(rec.Data); why != "" {
			t.Fatalf("%q: %s", rec.Data, why)
		}
	}
	t.Fatal("it does not end")
}
