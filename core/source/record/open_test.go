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

func TestMembersOfLibreOffice(t *testing.T) {
	got := opened(t, office(t, "members.xlsx"), Options{Kind: XLSX})
	want := []string{
		`row 2 {"Name":"Ada Lovelace","Postcode":1067,"Joined":"2026-11-23","Amount":12.5,"Paid":true}`,
		`row 3 {"Name":"Zoë Müller","Postcode":10115,"Joined":"2026-01-02","Amount":1000000,"Paid":false}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTSV(t *testing.T) {
	kind, ok := KindOf("Members.TSV")
	got := opened(t, []byte("name;first\tsum\nx;Ada\t1,5\n"), Options{Kind: kind})
	if diff := cmp.Diff([]string{`row 2 {"name;first":"x;Ada","sum":"1,5"}`}, got); diff != "" || !ok {
		t.Error(diff, ok)
	}
}
