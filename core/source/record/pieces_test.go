package record

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// A cell holds the same however a file is cut into the pieces that are read, also where
// it has what JSON writes otherwise.
func TestCSVInPieces(t *testing.T) {
	for _, c := range []struct{ name, cell, want string }{
		{"plain", `Ada`, `Ada`},
		{"backslash", `C:\members\new`, `C:\members\new`},
		{"quote in the middle", `5" nail`, `5" nail`},
		{"doubled quote", `"the ""best"" seat"`, `the "best" seat`},
		{"line ends", "\"row C\r\nseat 4\"", "row C\r\nseat 4"},
		{"tab and bell", "a\tb\ac", "a\tb\ac"},
		{"quoted backslash", `"a\b"`, `a\b`},
		{"long", strings.Repeat("x", 3*firstWindow) + `\` + strings.Repeat("y", firstWindow), strings.Repeat("x", 3*firstWindow) + `\` + strings.Repeat("y", firstWindow)},
	} {
		text := "Name,Note,City\nAda," + c.cell + ",Dresden\n"
		for how, r := range map[string]io.Reader{
			"whole": strings.NewReader(text), "bytes": iotest.OneByteReader(strings.NewReader(text)), "halves": iotest.HalfReader(strings.NewReader(text)),
		} {
			reader, err := New(r, Options{Kind: CSV, Delimiter: ","})
			if err != nil {
				t.Fatal(err)
			}
			rec, err := reader.Next()
			if err != nil {
				t.Fatalf("%s in %s: %v", c.name, how, err)
			}
			got := map[string]string{}
			if err := json.Unmarshal(rec.Data, &got); err != nil {
				t.Errorf("%s in %s: %v", c.name, how, err)
			}
			if diff := cmp.Diff(map[string]string{"Name": "Ada", "Note": c.want, "City": "Dresden"}, got); diff != "" {
				t.Errorf("%s in %s (-want +got):\n%.500s", c.name, how, diff)
			}
		}
	}
}
