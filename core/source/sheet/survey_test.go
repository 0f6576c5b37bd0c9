package sheet

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
)

func TestSurvey(t *testing.T) {
	d := newDesk(t, core.SheetSource{})
	d.save(head, "1,Ada,Ulm", "2,Ada,", `3,"Al"an,Graz`, "4,Grace,Bern")
	got, err := Survey(t.Context(), d.src)
	if err != nil {
		t.Fatal(err)
	}
	want := []core.Column{
		{Name: "No", Samples: []string{"1", "2", "4"}, Key: true},
		{Name: "Name", Samples: []string{"Ada", "Grace"}},
		{Name: "Town", Samples: []string{"Ulm", "Bern"}},
	}
	if diff := cmp.Diff(want, got.Columns); diff != "" || got.Records != 3 || len(got.Notes) != 1 {
		t.Errorf("%s\n%+v", diff, got)
	}
	if len(d.host.All()) > 0 || d.host.Commits() > 0 {
		t.Error("it remembers something")
	}
}

func TestSurveyOfWhatIsNoSpreadsheet(t *testing.T) {
	d := newDesk(t, core.SheetSource{})
	there := "The spreadsheet " + d.path + " is not there. Hookbird goes on by itself once it is back."
	for path, want := range map[string]string{
		d.path:                                   there,
		d.path + ".xml":                          "members.csv.xml is not a spreadsheet. Choose a file of Excel, LibreOffice or CSV: .xlsx, .xlsm, .ods or .csv.",
		filepath.Dir(d.path) + "/~$members.xlsx": "~$members.xlsx is what a program puts beside a spreadsheet while it is open. Choose the spreadsheet itself.",
	} {
		if filepath.Ext(path) == ".xml" {
			if err := os.WriteFile(path, []byte("<a/>"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		d.src.Sheet.Path = path
		_, err := Survey(t.Context(), d.src)
		if core.CodeOf(err) != core.CodeUnavailable || core.Sentence(err) != want {
			t.Errorf("%s: %v", path, err)
		}
	}
}
