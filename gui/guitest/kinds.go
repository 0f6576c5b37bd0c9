package guitest

import (
	"time"

	"hookbird/core"
	"hookbird/core/control"
)

// Kinds is an office with a source of every kind, in as many states: one asks
// something, one reads, one cannot be read, one is paused, from one nothing comes.
func Kinds() *Service {
	s := Office()
	s.Edit(func(d *Data) {
		d.Sources = append([]control.SourceView{members(d), tickets(d)}, d.Sources...)
		d.Sources = append(d.Sources, shop(d), nightly(d), desk(d))
		d.Sourcing.Survey = membersFound()
		d.Sourcing.LeftOut = map[string][]core.LeftOut{"supporters": leftOut(d)}
		d.Sourcing.Examples = control.Examples{
			List: []control.Example{
				{Language: "curl", Title: "curl", Code: "curl -X POST http://127.0.0.1:8471/in/" + core.Dots + " \\\n  -H 'Content-Type: application/json' \\\n  -d '{\"First name\": \"Ada\"}'\n"},
				{Language: "Python", Title: "Python", Code: "import urllib.request\nurl = \"http://127.0.0.1:8471/in/" + core.Dots + "\"\n", Note: "Python 3, nothing else is needed."},
			},
			Other: "Only programs on this computer reach the address. To let another computer send, a reverse proxy has to stand in front of it.",
		}
		d.Sourcing.Trial = control.Trial{Code: 202, Answer: `{"accepted": 1}`, Sentence: "The address took the record. It stands in Activity now."}
	})
	return s
}

func state(d *Data, id string, events uint64) core.SourceState {
	return core.SourceState{
		SourceID: id, Working: true, Since: d.Now.Add(-48 * time.Hour), Last: d.Now.Add(-2 * time.Minute),
		Looked: d.Now.Add(-20 * time.Second), Events: events,
	}
}

func members(d *Data) control.SourceView {
	v := control.SourceView{
		Source: core.Source{
			ID: "members", Kind: core.KindSheet, Name: "Members list",
			Sheet: &core.SheetSource{Path: "/home/ada/Shared/Members.xlsx", Keys: []string{"Member no."}},
		},
		Revision: 1, GoesTo: []string{"Newsletter sign-ups"}, State: state(d, "members", 0),
	}
	v.State.Last = time.Time{}
	v.State.Question = &core.SourceQuestion{ID: "existing:1", Text: "4,812 rows are already there.", Choices: []core.Choice{
		{ID: "send", Text: "All of them"},
		{ID: "skip", Text: "Only new ones from now", Usual: true},
		{ID: "since", Text: "Those from a day on", Date: true},
	}}
	return v
}

func tickets(d *Data) control.SourceView {
	v := control.SourceView{
		Source: core.Source{
			ID: "tickets", Kind: core.KindDatabase, Name: "Box office database",
			Database: &core.DatabaseSource{
				Kind: core.SQLServer, Host: "box-office", Name: "tickets", User: "reader", Password: core.SealedSecret("tickets/password"),
				Table: "dbo.orders", Rising: "id",
			},
		},
		Revision: 1, GoesTo: []string{"Box office contacts"}, State: state(d, "tickets", 90_000),
	}
	d.Secrets["source/tickets/password"] = "open sesame"
	v.State.Progress = &core.Progress{What: "dbo.orders", Done: 40, Total: 100, Records: 12_000}
	return v
}

func shop(d *Data) control.SourceView {
	v := control.SourceView{
		Source: core.Source{
			ID: "shop", Kind: core.KindWeb, Name: "Web shop",
			Web: &core.WebSource{
				Ask: core.Ask{
					Address: "https://shop.example.com/api/orders",
					Headers: []core.Header{{Name: "X-Api-Key", Secret: core.SealedSecret("shop/header:X-Api-Key")}},
				}, Keys: []string{"id"},
			},
			Expect: core.Expect{By: 7 * 60, Days: []time.Weekday{time.Monday}},
		},
		Revision: 1, GoesTo: []string{"Staff directory"}, State: state(d, "shop", 310),
	}
	d.Secrets["source/shop/header:X-Api-Key"] = "shop key"
	v.State.Silent, v.State.Last = d.Now.Add(-27*time.Hour), d.Now.Add(-30*time.Hour)
	return v
}

func nightly(d *Data) control.SourceView {
	return control.SourceView{
		Source: core.Source{
			ID: "nightly", Kind: core.KindTimer, Name: "Nightly nudge",
			Timer: &core.TimerSource{At: []int{7 * 60}, Data: []core.Fixed{{Name: "what", Value: "report"}}},
		},
		Revision: 1, GoesTo: []string{"Finance export"}, State: state(d, "nightly", 12),
	}
}

func desk(d *Data) control.SourceView {
	return control.SourceView{
		Source: core.Source{
			ID: "desk", Kind: core.KindForm, Name: "New supporter",
			Form: &core.FormSource{Inputs: []core.Input{
				{Name: "First name", Required: true},
				{Name: "Last name", Required: true},
				{Name: "Email", Kind: core.InputEmail},
				{Name: "Likes", Kind: core.InputChoice, Choices: []string{"Theatre", "Music"}},
			}},
		},
		Revision: 1, GoesTo: []string{"Supporter CRM"}, State: state(d, "desk", 7),
	}
}

// membersFound is what a look finds: a list of members with something odd in it.
func membersFound() control.SourceSurvey {
	return control.SourceSurvey{
		Survey: core.Survey{
			Text: "312 rows with 6 columns.", Records: 312,
			Columns: []core.Column{
				{Name: "Member no.", Samples: []string{"1001", "1002", "1003"}, Key: true, Rising: true},
				{Name: "First name", Samples: []string{"Ada", "Grace"}},
				{Name: "Last name", Samples: []string{"Test", "Example"}},
				{Name: "Email", Samples: []string{"ada@example.org"}, Key: true},
				{Name: "Phone"},
				{Name: "Postcode", Samples: []string{"75011", "1067"}},
			},
			Samples: [][]byte{
				[]byte(`{"Member no.":"1001","First name":"Ada","Last name":"Test","Email":"ada@example.org","Phone":"3.36E+10","Postcode":"75011"}`),
				[]byte(`{"Member no.":"1002","First name":"Grace","Last name":"Example","Email":"grace@example.org","Phone":"3.36E+10","Postcode":"1067"}`),
			},
			Sheets: []string{"Members", "Old"}, Tables: []string{"dbo.orders", "dbo.people"},
			Notes: []core.SourceNote{{Where: "members.csv, line 48", Text: "This row has 9 cells and the heading has 6."}},
			Doctor: []core.Finding{
				{Kind: core.FindScientific, Column: "Phone", Count: 41, Examples: []string{"3.36E+10"}},
				{Kind: core.FindSpaces, Column: "Email", Count: 3, Examples: []string{"ada@example.org "}, Repaired: []string{"ada@example.org"}, Convert: []string{"trim"}},
			},
		},
		Used: []string{"Email", "First name"},
	}
}

func leftOut(d *Data) []core.LeftOut {
	return []core.LeftOut{
		{ID: "left-1", At: d.Now.Add(-8 * time.Minute), Origin: "supporters.csv, row 12", Why: "The same came on 3 November 2026.", Data: record("Ada Lovelace")},
		{ID: "left-2", At: d.Now.Add(-9 * time.Minute), Origin: "supporters.csv, row 11", Why: "Notes holds what looks like the number of a card."},
		{ID: "left-3", At: d.Now.Add(-9 * time.Minute), Origin: "supporters.csv, row 9", Why: "The same came just before.", Data: record("Grace Hopper")},
	}
}
