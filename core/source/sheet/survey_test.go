package sheet

import (
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
	want := core.Survey{
		Text: "3 rows, with 3 columns.", Records: 3,
		Columns: []core.Column{
			{Name: "No", Samples: []string{"1", "2", "4"}, Key: true},
			{Name: "Name", Samples: []string{"Ada", "Grace"}},
			{Name: "Town", Samples: []string{"Ulm", "Bern"}},
		},
		Samples: [][]byte{
			[]byte(`{"No":"1","Name":"Ada","Town":"Ulm"}`), []byte(`{"No":"2","Name":"Ada","Town":""}`), []byte(`{"No":"4","Name":"Grace","Town":"Bern"}`),
		},
		Notes: []core.SourceNote{{Where: "members.csv, line 4", Text: "A cell goes on after its closing quotation mark, so the row was left out."}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(d.host.All()) > 0 || d.host.Commits() > 0 {
		t.Error("it remembers something")
	}
}

func TestSurveyOfWhatIsNotThere(t *testing.T) {
	d := newDesk(t, core.SheetSource{})
	_, err := Survey(t.Context(), d.src)
	if core.CodeOf(err) != core.CodeUnavailable || core.Sentence(err) != "The spreadsheet "+d.path+" is not there. Hookbird goes on by itself once it is back." {
		t.Error(err)
	}
}
