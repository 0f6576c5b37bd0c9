package record

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// opened reads everything, as all does, with what is told of records behind them.
func opened(t testing.TB, file []byte, o Options) []string {
	t.Helper()
	r, err := Open(bytes.NewReader(file), o)
	if err != nil {
		return []string{err.Error()}
	}
	defer r.Close()
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
			got = append(got, rec.Notes...)
		}
	}
}

func office(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/office/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The same sheet as LibreOffice keeps it: with a title above the headings, merged
// cells, comments, a hidden row, formulas, empty rows and a sum, behind a hidden sheet.
func TestWorkbooksOfLibreOffice(t *testing.T) {
	want := []string{
		`row 5 {"Name":"Ada Lovelace","Postcode":"01067","Joined":"2026-11-23","Last visit":"2026-11-23T14:30:00","Opens":"14:30:00","Hours":"PT26H30M0S","Amount":1234.5,"Share":0.125,"Paid":true,"Note":"two  spaces\nsecond line & more"}`,
		`row 6 {"Name":"Zoë Müller","Postcode":"10115","Joined":"1900-03-01","Last visit":"","Opens":"","Hours":"","Amount":33612345678,"Share":"","Paid":false,"Note":"#DIV/0!"}`,
		"Cell J6 holds #DIV/0!: its formula has come to nothing.",
		`row 9 {"Name":"Test Person","Postcode":"75001","Joined":"","Last visit":"","Opens":"","Hours":"","Amount":0.125,"Share":"","Paid":"","Note":"Test Person <x>"}`,
		"line 10: This is a row of totals and no record, so it was left out.",
	}
	for _, name := range []string{"club.xlsx", "club-de.xlsm", "club-fr.ods"} {
		kind, ok := KindOf(name)
		if diff := cmp.Diff(want, opened(t, office(t, name), Options{Kind: kind})); diff != "" || !ok {
			t.Errorf("%s: %s", name, diff)
		}
		sheets, err := Sheets(bytes.NewReader(office(t, name)))
		if diff := cmp.Diff([]string{"Members", "Old", "Lists"}, sheets); diff != "" || err != nil {
			t.Errorf("%s: %s %v", name, diff, err)
		}
		got := opened(t, office(t, name), Options{Kind: kind, Sheet: "lists"})
		if diff := cmp.Diff([]string{`row 2 {"Kind":"Gold"}`}, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		got = opened(t, office(t, name), Options{Kind: kind, Sheet: "Gone"})
		if len(got) != 1 || !strings.Contains(got[0], `no sheet "Gone"`) || !strings.Contains(got[0], "Members") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// The same as text, as LibreOffice writes it in several countries.
func TestTablesOfLibreOffice(t *testing.T) {
	sums := "line 11: This is a row of totals and no record, so it was left out."
	german := []string{
		`row 5 {"Name":"Ada Lovelace","Postcode":"01067","Joined":"23.11.2026","Last visit":"23.11.2026 14:30:00","Opens":"14:30:00","Hours":"26:30:00","Amount":"1234,5","Share":"12,5%","Paid":"WAHR","Note":"two  spaces\nsecond line & more"}`,
		`row 6 {"Name":"Zoë Müller","Postcode":"10115","Joined":"01.03.1900","Last visit":"","Opens":"","Hours":"","Amount":"33612345678","Share":"","Paid":"FALSCH","Note":"#DIV/0!"}`,
		`row 9 {"Name":"Test Person","Postcode":"75001","Joined":"","Last visit":"","Opens":"","Hours":"","Amount":"0,125","Share":"","Paid":"","Note":"Test Person <x>"}`,
		sums,
	}
	change := func(pairs ...string) (list []string) {
		for _, line := range german {
			list = append(list, strings.NewReplacer(pairs...).Replace(line))
		}
		return list
	}
	tests := map[string][]string{
		"club-de-windows.csv": german,
		"club-fr-latin9.csv":  change("23.11.2026", "23/11/2026", "01.03.1900", "01/03/1900", "WAHR", "VRAI", "FALSCH", "FAUX"),
		"club-en-utf8.csv":    change("23.11.2026", "11/23/2026", "01.03.1900", "03/01/1900", "WAHR", "TRUE", "FALSCH", "FALSE", "1234,5", "1234.5", "0,125", "0.125", "12,5%", "12.5%", `"14:30:00"`, `"02:30:00 PM"`),
		"club-ch-utf16.tsv":   change("1234,5", "1234.5", "0,125", "0.125", "12,5%", "12.5%"),
	}
	for name, want := range tests {
		kind, _ := KindOf(name)
		if diff := cmp.Diff(want, opened(t, office(t, name), Options{Kind: kind})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestTSV(t *testing.T) {
	kind, ok := KindOf("Members.TSV")
	got := opened(t, []byte("name;first\tsum\nx;Ada\t1,5\n"), Options{Kind: kind})
	if diff := cmp.Diff([]string{`row 2 {"name;first":"x;Ada","sum":"1,5"}`}, got); diff != "" || !ok {
		t.Error(diff, ok)
	}
}
