package record

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/convert"
	val "hookbird/core/value"
)

// What is wrong with the same sheet, in the files that LibreOffice made of it: the
// dates of empty cells, a postcode without its zero, phone numbers that CSV has lost,
// umlauts that were read wrongly.
func TestDoctor(t *testing.T) {
	spaces := `spaces of 2 in Town: "Dresden " to "Dresden", " München" to "München" by trim`
	order := `day-month of 1 in Joined: "12/31/2025", "31/12/2025"`
	zeros := `zeros of 2 in Postcode: "1067" to "01067", "4109" to "04109" by values:1067=01067,4109=04109,*=*`
	short := func(first, second, third string) string {
		return fmt.Sprintf("scientific of 5 in Phone: %q, %q, %q", first, second, third)
	}
	for name, want := range map[string][]string{
		"doctor-en.csv": {
			short("3.36E+10", "3.37E+10", "4.93E+09"), zeros,
			`1900 of 3 in Born: "30.12.1899" to "", "30.12.1899" to "", "01.01.1900" to "" by values:01.01.1900=,30.12.1899=,*=*`,
			order, spaces,
			`formula of 3 in Fee: "#DIV/0!" to "", "#N/A" to "", "#NAME?" to "" by values:#DIV/0!=,#N/A=,#NAME?=,*=*`,
		},
		"doctor-de.csv": {
			short("3,36E+10", "3,37E+10", "4,93E+09"), zeros,
			`1900 of 3 in Born: "30.12.1899" to "", "30.12.1899" to "", "01.01.1900" to "" by values:01.01.1900=,30.12.1899=,*=*`,
			order, spaces,
			`formula of 3 in Fee: "#DIV/0!" to "", "#N/A" to "", "#NAME?" to "" by values:#DIV/0!=,#N/A=,#NAME?=,*=*`,
		},
		"doctor.xlsx": {
			zeros,
			`1900 of 3 in Born: "1899-12-31" to "", "1899-12-31" to "", "1900-01-02" to "" by values:1899-12-31=,1900-01-02=,*=*`,
			order, spaces,
			`formula of 3 in Fee: "#DIV/0!" to "", "#N/A" to "", "#NAME?" to "" by values:#DIV/0!=,#N/A=,#NAME?=,*=*`,
		},
		"doctor.ods": {
			zeros,
			`1900 of 3 in Born: "1899-12-30" to "", "1899-12-30" to "", "1900-01-01" to "" by values:1899-12-30=,1900-01-01=,*=*`,
			order, spaces,
			`formula of 3 in Fee: "#DIV/0!" to "", "#N/A" to "", "#NAME?" to "" by values:#DIV/0!=,#N/A=,#NAME?=,*=*`,
		},
		"doctor-misread.xlsx": {
			`mojibake of 1 in Name: "ZoÃ« Test" to "Zoë Test" by values:ZoÃ« Test=Zoë Test,*=*`,
			short("3,36E+10", "3,37E+10", "4,93E+09"), zeros,
			`1900 of 3 in Born: "30.12.1899" to "", "30.12.1899" to "", "01.01.1900" to "" by values:01.01.1900=,30.12.1899=,*=*`,
			order,
			`mojibake of 1 in Town: "MÃ¼nchen" to "München" by values:MÃ¼nchen=München,*=*`,
			`spaces of 2 in Town: "Dresden " to "Dresden", " MÃ¼nchen" to "MÃ¼nchen" by trim`,
			`formula of 3 in Fee: "#DIV/0!" to "", "#N/A" to "", "#NAME?" to "" by values:#DIV/0!=,#N/A=,#NAME?=,*=*`,
		},
		"club.xlsx": {
			`1900 of 1 in Joined: "1900-03-01" to "" by values:1900-03-01=,*=*`,
			`formula of 1 in Note: "#DIV/0!" to "" by values:#DIV/0!=,*=*`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			file := office(t, name)
			v, err := Survey(bytes.NewReader(file), name, core.Layout{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, shownFindings(v.Doctor)); diff != "" {
				t.Error(diff)
			}
			for _, f := range v.Doctor {
				repairs(t, f, v.Samples)
			}
		})
	}
}

// shownFindings writes findings as text.
func shownFindings(found []core.Finding) (list []string) {
	for _, f := range found {
		var examples []string
		for i, e := range f.Examples {
			text := fmt.Sprintf("%q", e)
			if f.Repaired != nil {
				text += fmt.Sprintf(" to %q", f.Repaired[i])
			}
			examples = append(examples, text)
		}
		text := fmt.Sprintf("%s of %d in %s: %s", f.Kind, f.Count, f.Column, strings.Join(examples, ", "))
		if f.Convert != nil {
			text += " by " + strings.Join(f.Convert, ", ")
		}
		list = append(list, text)
	}
	return list
}

// repairs sends the values of a column through the repair that is offered: nothing of
// it is found in what comes out.
func repairs(t rapid.TB, f core.Finding, records [][]byte) {
	t.Helper()
	if f.Convert == nil {
		return
	}
	chain, err := convert.Parse(f.Convert)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range f.Examples {
		made, err := chain.Apply(val.NewText(e))
		if made.Text() != f.Repaired[i] || err != nil {
			t.Errorf("%s makes %q of %q, not %q: %v", f.Convert, made.Text(), e, f.Repaired[i], err)
		}
	}
	var d doctor
	for _, record := range records {
		v, err := val.Parse(record)
		if err != nil {
			t.Fatal(err)
		}
		cell := val.Value{}
		for name, held := range v.Fields() {
			if name == f.Column {
				cell = held
			}
		}
		made, err := chain.Apply(cell)
		if err != nil {
			t.Fatal(err)
		}
		d.look(made.Text(), made.Kind() == val.String)
	}
	for _, again := range d.findings(f.Column) {
		if again.Kind == f.Kind {
			t.Errorf("after %s there is still %s", f.Convert, again.Kind)
		}
	}
}

// What is right is left alone, and what is wrong is found however it is written.
func TestDoctorTellsRightFromWrong(t *testing.T) {
	many := func(n int, format string) (list []string) {
		for i := range n {
			list = append(list, fmt.Sprintf(format, i+1))
		}
		return list
	}
	for name, tt := range map[string]struct {
		column string
		values []string
		want   []string
	}{
		"letters that are right":      {"Name", []string{"Müller", "„Spaß“", "CAFÉ”", "Łódź", "voilà\u00a0»", "Μαρία", "naïve", "EL NIÑO", "Zoë’s"}, nil},
		"read as Windows-1252":        {"Name", []string{"MÃ¼ller", "LÃ³pez", "Å\u0081Ã³dÅº", "â‚¬ 5", "Donâ€™t"}, []string{"mojibake 5"}},
		"read as on a Mac":            {"Name", []string{"M√ºller", "Ren√©e"}, []string{"mojibake 2"}},
		"read wrongly twice":          {"Name", []string{"MÃƒÂ¼ller"}, []string{"mojibake 1"}},
		"letters that are lost":       {"Name", []string{"M\ufffdller"}, []string{"mojibake 1"}},
		"numbers that are not short":  {"No", []string{"1E5", "2E10", "3.36", "E+10", "12E+10", "3E+1", "3.36E-10", "3.3.6E+10"}, nil},
		"a number with all digits":    {"No", []string{"3.36123E+05"}, []string{"scientific 1"}},
		"postcodes with their zeros":  {"PLZ", []string{"01067", "10115", "80331"}, nil},
		"postcodes of one length":     {"PLZ", []string{"1010", "1020", "8010"}, nil},
		"a code that others show":     {"Kennung", []string{"00123", "12345", "4711", "99999"}, []string{"zeros 1"}},
		"amounts":                     {"Amount", []string{"100", "250", "99", "980", "75"}, nil},
		"running numbers":             {"No", many(200, "%d"), nil},
		"postcodes, too many to list": {"Postal code", append(many(20, "1%03d"), many(60, "10%03d")...), []string{"zeros 20"}},
		"days first":                  {"Date", []string{"31.12.2026", "01.02.2026", "13.01.2026"}, nil},
		"months first":                {"Date", []string{"12/31/2026", "02/01/2026"}, nil},
		"both orders":                 {"Date", []string{"31/12/2026 10:00", "12/31/2026", "1/2/26"}, []string{"day-month 1"}},
		"dates that were swapped":     {"Date", []string{"2026-02-01", "2026-12-03", "13/02/2026"}, []string{"day-month 1"}},
		"dates of two kinds":          {"Date", []string{"2026-02-21", "13/02/2026"}, nil},
		"days that stand for nothing": {"Date", []string{"00.01.1900", "1/0/00", "1899-12-30T00:00:00", "1904-01-01", "0000-00-00"}, []string{"1900 5"}},
		"no dates":                    {"Text", []string{"1.2.3", "10.0.0.1", "01.23.45.67.89", "1/2", "2026-1", "99/99/9999"}, nil},
		"formulas that failed":        {"Sum", []string{"#REF!", "#BEZUG!", "#NOM?", "#¡VALOR!", "#NV", "Err:502", "########"}, []string{"formula 7"}},
		"what is no formula":          {"Tag", []string{"#1", "#sale!", "#Ada", "Err:x", "#NO ONE!", "##"}, nil},
		"spaces of all kinds":         {"Name", []string{"Ada\u00a0", "\ufeffGrace", "Alan\u200b", "a b"}, []string{"spaces 3"}},
	} {
		t.Run(name, func(t *testing.T) {
			var d doctor
			var records [][]byte
			for _, text := range tt.values {
				d.look(text, true)
				records = append(records, append(append(append([]byte(`{"`), tt.column...), `":`...), append(AppendString(nil, []byte(text)), '}')...))
			}
			var got []string
			for _, f := range d.findings(tt.column) {
				got = append(got, fmt.Sprintf("%s %d", f.Kind, f.Count))
				repairs(t, f, records)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Whatever a column holds: a repair that is offered repairs it, and changes nothing
// else.
func TestWhatTheDoctorOffersRepairs(t *testing.T) {
	part := rapid.SampledFrom([]string{
		"3.36E+02", "3.361E+3", "01067", "1067", "10115", "00.01.1900", "31.12.2026", "12.31.2026", "MÃ¼ller", `"`, ",", "=", "*", " ",
		"#REF!", "Err:502", "\u200b", "Ada", "É”", "√º", "\ufffd", ":", "\n",
	})
	rapid.Check(t, func(rt *rapid.T) {
		var d doctor
		var records [][]byte
		column := rapid.SampledFrom([]string{"PLZ", "Name"}).Draw(rt, "column")
		for range rapid.IntRange(1, 20).Draw(rt, "rows") {
			text := strings.Join(rapid.SliceOfN(part, 0, 3).Draw(rt, "value"), "")
			d.look(text, true)
			records = append(records, append(append([]byte(`{"`+column+`":`), AppendString(nil, []byte(text))...), '}'))
		}
		for _, f := range d.findings(column) {
			if len(f.Examples) == 0 || f.Count < 1 || f.Repaired != nil && len(f.Repaired) != len(f.Examples) {
				rt.Fatalf("%+v", f)
			}
			repairs(rt, f, records)
		}
	})
}
