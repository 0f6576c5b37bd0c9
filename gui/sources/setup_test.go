package sources

import (
	"testing"

	"fyne.io/fyne/v2"
	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

// edit opens the set-up page of a source that is there.
func (d *desk) edit(id string) {
	d.Helper()
	d.Act(func() { d.page.Open(id) })
	d.Tap("Change…")
}

func TestTypingSurvivesReading(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.edit("supporters")
		box := d.box("Name of this source")
		d.Act(func() { d.Window.Canvas().Focus(box) })
		d.typed("Name of this source", "Supporters of to")
		d.service.Edit(func(data *guitest.Data) { data.Sources[2].State.Events++ })
		d.Act(d.page.Refresh)
		if d.box("Name of this source") != box || box.Text != "Supporters of to" || d.Window.Canvas().Focused() != fyne.Focusable(box) {
			d.Errorf("the box holds %q, focus on %T", box.Text, d.Window.Canvas().Focused())
		}
	})
}

func TestSomebodyElsesChangeIsShownWhereNothingWasTyped(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.edit("supporters")
		d.service.Edit(func(data *guitest.Data) {
			data.Sources[2].Revision++
			data.Sources[2].Source.Name = "Theirs"
		})
		d.Act(d.page.Refresh)
		if got := d.box("Name of this source").Text; got != "Theirs" {
			d.Errorf("shown is %q", got)
		}
	})
}

func TestAConflictAsksFieldByField(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.edit("supporters")
		d.typed("Name of this source", "Mine")
		d.service.Edit(func(data *guitest.Data) {
			data.Sources[2].Revision++
			data.Sources[2].Source.Name = "Theirs"
			data.Sources[2].Source.Folder.Match = "*.xlsx"
		})
		d.Act(d.page.Refresh)
		d.Tap("Save")
		d.Sees("changed meanwhile")
		d.Tap("Go on editing")
		if got := d.box("Name of this source").Text; got != "Mine" {
			d.Errorf("what was typed became %q", got)
		}
		d.Tap("Save")
		d.Tap("Name, theirs: Theirs")
		d.Tap("Name, mine: Mine")
		d.Tap("Save this")
		if got := d.source("Mine").Folder.Match; got != "*.xlsx" {
			d.Errorf("which files: %q, want what the other put in", got)
		}
	})
}

func TestRefusedSaveKeepsWhatWasTyped(t *testing.T) {
	s := guitest.Kinds()
	s.Fail("SaveSource", core.Errorf(core.CodeInvalid, "The folder is inside another one that is watched already."))
	in(t, s, false, func(d *desk) {
		d.Tap("Folder")
		d.Tap("Choose…")
		d.Tap("Switch it on")
		d.Sees("The folder is inside another one that is watched already.")
		if got := d.box("Folder").Text; got != "/home/ada/Shared/New" || d.setup().yes.Disabled() {
			d.Errorf("what was typed is %q, or it cannot be saved again", got)
		}
	})
}

func TestLeavingAsksOnlyIfSomethingWasTyped(t *testing.T) {
	in(t, guitest.Kinds(), true, func(d *desk) {
		d.Tap("Folder")
		d.Tap("Cancel")
		d.Sees("Add a source")
		d.edit("supporters")
		d.Tap("Back")
		d.Sees("How it is doing")
		d.Tap("Change…")
		d.typed("Name of this source", "Mine")
		if !d.page.Unsaved() || d.page.Title() != "Mine" {
			d.Errorf("unsaved: %v, title %q", d.page.Unsaved(), d.page.Title())
		}
		d.Act(func() { d.page.Open("supporters") })
		d.Sees("Changes not saved yet") // it is open already
		d.Act(func() { d.page.Open("till") })
		d.Sees("Leave without saving?")
		d.Tap("Keep editing")
		d.Sees("Changes not saved yet")
		d.Act(d.page.Back)
		d.Tap("Leave")
		d.Sees("How it is doing")
		if d.page.Unsaved() {
			d.Error("still unsaved")
		}
	})
}

func TestWhatTheEngineFindsWrongIsShownAtItsField(t *testing.T) {
	tests := []struct{ id, where, label string }{
		{"supporters", "/match", "Which files"},
		{"supporters", "/once/days", "Known for so many days"},
		{"supporters", "/event_type", "What its records are called for webhooks"},
		{"supporters", "/columns/2", "Names of the columns, one a line"},
		{"members", "/keys/0", "Columns that tell rows apart"},
		{"members", "/title", "What a record is called in lists"},
		{"till", "/json_field", "Field of a form that holds the record"},
		{"tickets", "/database_name", "Database"},
		{"tickets", "/password", "Password"},
		{"tickets", "/rising", "Column that rises with every new row"},
		{"shop", "/address", "Web address"},
		{"shop", "/content_type", "Kind of that text"},
		{"nightly", "/at/0", "Times of day"},
	}
	for _, test := range tests {
		t.Run(test.id+test.where, func(t *testing.T) {
			s := guitest.Kinds()
			s.Fail("SaveSource", core.Errors{core.Errorf(core.CodeInvalid, "This cannot be.").At(test.where)})
			in(t, s, false, func(d *desk) {
				d.edit(test.id)
				d.Tap("Save")
				d.Sees("This cannot be.")
				if focus, ok := d.Window.Canvas().Focused().(interface{ AccessibilityLabel() string }); !ok || focus.AccessibilityLabel() != test.label {
					d.Errorf("the focus is on %v", d.Window.Canvas().Focused())
				}
			})
		})
	}
}

func TestProblemsOfALineNameIt(t *testing.T) {
	s := guitest.Kinds()
	s.Fail("SaveSource", core.Errors{core.Errorf(core.CodeInvalid, "Type its name.").At("/fields/1/name")})
	in(t, s, false, func(d *desk) {
		d.edit("desk")
		d.Tap("Save")
		d.Sees("Line 2: Type its name.")
	})
}

func TestAProblemWithoutAFieldStandsOverThePage(t *testing.T) {
	s := guitest.Kinds()
	s.Fail("SaveSource", core.Errors{core.Errorf(core.CodeInvalid, "There are too many sources.").At("/id")})
	in(t, s, false, func(d *desk) {
		d.edit("desk")
		d.Tap("Save")
		d.Sees("There are too many sources.")
	})
}

func TestAnUntouchedFieldIsNeverRed(t *testing.T) {
	for _, k := range kinds {
		in(t, guitest.Kinds(), false, func(d *desk) {
			d.Act(func() { d.page.add(k.kind) })
			for _, s := range d.setup().spots.list {
				if s.said != "" {
					d.Errorf("%s: %s says %q", k.kind, s.where, s.said)
				}
			}
			d.typed("Name of this source", "Mine")
			d.SeesNot("to fix")
		})
	}
}

func TestKeptFieldsFollowTheirTicks(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.Tap("Spreadsheet")
		d.Tap("Choose…")
		d.Tap("Look what is there")
		d.typed("Columns that tell rows apart", "Member no.")
		d.Tap("Email (used), ticked") // no more
		d.Sees("Email is used: the webhooks that send it would find nothing there in new records.")
		d.Tap("Email (used), not ticked")
		d.SeesNot("would find nothing there")
		d.Tap("Email (used), ticked")
		d.Tap("Phone, not ticked")
		d.Tap("Switch it on")
		got := d.source("Members").Keep
		if len(got) != 3 || got[0] != "Member no." || got[1] != "First name" || got[2] != "Phone" {
			d.Errorf("kept %q", got)
		}
		d.Sees("Only Member no., First name and Phone")
	})
}

func TestEverythingIsKeptUnlessChosen(t *testing.T) {
	s := guitest.Kinds()
	s.Edit(func(d *guitest.Data) { d.Sourcing.Survey.Used = nil })
	in(t, s, false, func(d *desk) {
		d.Tap("Spreadsheet")
		d.Tap("Choose…")
		d.Tap("Look what is there")
		d.Sees("No webhook uses a field of it yet, so everything is kept.")
		d.Tap("Switch it on")
		if got := d.source("Members").Keep; got != nil {
			d.Errorf("kept %q", got)
		}
	})
}

func TestTitlePattern(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.Tap("Spreadsheet")
		d.Tap("Choose…")
		d.Tap("Look what is there")
		d.typed("What a record is called in lists", "[Last name], no. [Member no.]")
		d.Sees("For example: Test, no. 1001")
		d.typed("What a record is called in lists", "[Last name")
		d.SeesNot("For example:")
		d.Sees("1 thing to fix")
		d.typed("What a record is called in lists", "")
		d.Tap("Put in a field")
	})
}

func TestOnceAndExpect(t *testing.T) {
	in(t, guitest.Kinds(), true, func(d *desk) {
		d.edit("supporters")
		d.Tap("More: ")
		d.typed("Fields that tell records apart", "Email")
		d.typed("Known for so many days", "x")
		d.Sees("Type a whole number, like 30.")
		d.typed("Known for so many days", "90")
		d.Tap("Expect something by a time off")
		d.typed("Something has come by", "6:30")
		d.Tap("Friday, ticked")
		d.typed("Address to call when it has come", "https://ping.example.org/abc")
		d.SeesNot("Think twice")
		d.Tap("Let records with card numbers in")
		d.Sees("Think twice")
		d.Tap("Save")
		got := d.source("Supporter exports")
		if got.Once.Days != 90 || got.Once.Keys[0] != "Email" || got.Expect.By != 390 || len(got.Expect.Days) != 4 || !got.Cards || got.Expect.Heartbeat.ID() == "" {
			d.Errorf("saved %+v, %+v, %v", got.Once, got.Expect, got.Cards)
		}
	})
}

func TestLookUpDetails(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.edit("supporters")
		d.Tap("More: ")
		d.Tap("Look up details off")
		d.typed("Web address", "https://api.example.org/people/[Email]")
		d.chosen("The same asked again", "Use an answer again for 1 hour")
		d.Tap("Leave a record out if nothing is found about it")
		d.Tap("Save")
		got := d.source("Supporter exports").LookUp
		if got == nil || got.Ask.Address != "https://api.example.org/people/[Email]" || got.Keep.Hours() != 1 || !got.Need {
			d.Errorf("saved %+v", got)
		}
		d.Tap("Change…")
		d.Tap("Look up details on")
		d.Tap("Save")
		if got := d.source("Supporter exports").LookUp; got != nil {
			d.Errorf("still there: %+v", got)
		}
	})
}

// What the page does not show stays as it is, and opening it changes nothing.
func TestOpeningChangesNothing(t *testing.T) {
	for _, v := range allOf(guitest.Kinds()) {
		in(t, guitest.Kinds(), false, func(d *desk) {
			d.edit(v.Source.ID)
			s := d.setup()
			if s.unsaved() {
				d.Errorf("%s would be saved as %+v", v.Source.Name, s.draft.saving())
			}
			got := s.draft.saving()
			if got.Revision != v.Revision || !same(got.Source, v.Source) {
				d.Errorf("%s becomes %+v", v.Source.Name, got)
			}
		})
	}
}

func allOf(s *guitest.Service) (all []control.SourceView) {
	s.Read(func(d guitest.Data) { all = d.Sources })
	return all
}

// Tidying twice is tidying once, and leaves alone what has a use.
func TestTidyIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := newDraft(rapid.SampledFrom(kinds).Draw(t, "kind").kind)
		s := &d.src
		s.Once.Days = rapid.IntRange(0, 9).Draw(t, "days")
		s.Once.Keys = rapid.SliceOfN(rapid.SampledFrom([]string{"", " ", "a", " b "}), 0, 3).Draw(t, "keys")
		if s.Database != nil {
			s.Database.Kind = rapid.SampledFrom(databases).Draw(t, "database")
			s.Database.Host, s.Database.File = rapid.SampledFrom([]string{"", " h "}).Draw(t, "host"), rapid.SampledFrom([]string{"", "/f"}).Draw(t, "file")
		}
		if s.Web != nil {
			s.Web.Paging = core.Paging{Kind: rapid.SampledFrom(pagings).Draw(t, "paging"), Param: "p", Path: "q", First: 1, Size: 2, Most: 3}
			s.Web.Ask.Auth = core.Auth{Kind: rapid.SampledFrom(auths).Draw(t, "auth"), User: "u", TokenURL: "t", Secret: core.NewSecret("x")}
		}
		once := s.Clone()
		tidied(once)
		twice := once.Clone()
		tidied(twice)
		if !same(*once, *twice) || once.Once.Days != twice.Once.Days {
			t.Fatalf("%+v became %+v", once, twice)
		}
		if len(once.Once.Keys) == 0 && once.Once.Days != 0 {
			t.Fatal("days are kept without keys")
		}
		if w := once.Web; w != nil && w.Ask.Auth.Kind == core.AuthNone && !w.Ask.Auth.Secret.IsZero() {
			t.Fatal("a secret is kept that nothing uses")
		}
	})
}

func TestEverythingIsReachedByKeyboardAndFits(t *testing.T) {
	visit := map[string]func(*desk){"list": func(*desk) {}}
	for _, k := range kinds {
		visit["new "+k.title] = func(d *desk) { d.Act(func() { d.page.add(k.kind) }) }
	}
	for _, id := range []string{"members", "supporters", "till", "desk"} {
		visit["of "+id] = func(d *desk) { d.open(id) }
	}
	for _, id := range []string{"shop", "nightly", "desk"} {
		visit["change "+id] = func(d *desk) { d.edit(id) }
	}
	least := screen.Least.SubtractWidthHeight(68, 0)
	for name, open := range visit {
		t.Run(name, func(t *testing.T) {
			inRoom(t, guitest.Kinds(), least, true, func(d *desk) {
				open(d)
				d.Act(d.openFolds)
				d.lookIfPossible()
				screen.Fits(d.T, d.page.Content(), least)
				if missing := screen.NotReached(d.Window); len(missing) > 0 {
					d.Errorf("not reached: %q", missing)
				}
			})
		})
	}
}
