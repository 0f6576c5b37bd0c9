package sources

import (
	"reflect"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

func TestAddAFolder(t *testing.T) {
	in(t, guitest.Empty(), false, func(d *desk) {
		d.Tap("Folder")
		d.Tap("Switch it on")
		d.Sees("Choose the folder")
		d.Sees("1 thing to fix")
		if got := d.Window.Canvas().Focused(); got != fyne.Focusable(d.box("Folder")) || d.service.Called("SaveSource") != 0 {
			d.Errorf("the focus is on %T, or it was saved", got)
		}
		d.typed("Folder", "Shared")
		d.Sees("whole path")
		d.Tap("Choose…")
		d.SeesNot("thing to fix")
		d.typed("Which files", "*.csv")
		d.Tap("Those in subfolders too")
		d.chosen("Files that are already there", "Send them")
		d.chosen("After it was read", "Move it to “Sent by Hookbird”")
		d.Tap("Switch it on")
		got := d.source("New")
		want := core.FolderSource{Path: "/home/ada/Shared/New", Match: "*.csv", Subfolders: true, After: core.AfterMove}
		if !reflect.DeepEqual(*got.Folder, want) || got.Kind != core.KindFolder || got.Existing.Do != core.ExistingSend {
			d.Errorf("saved %+v, %+v", *got.Folder, got.Existing)
		}
		if !slices.Equal(d.said, []string{"New is switched on."}) {
			d.Errorf("said %q", d.said)
		}
		d.Sees("How it is doing") // its own page follows
	})
}

func TestFilesThatAreThereAreLeftUnlessSaid(t *testing.T) {
	in(t, guitest.Empty(), true, func(d *desk) {
		d.Tap("Folder")
		d.Tap("Choose…")
		d.Tap("Switch it on")
		if got := d.source("New"); got.Existing.Do != core.ExistingSkip {
			d.Errorf("saved %+v", got)
		}
		d.Tap("Change…")
		d.SeesNot("Files that are already there") // counts once only
	})
}

func TestFilesThatHoldEverything(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.Tap("Folder")
		d.Tap("Choose…")
		d.SeesNot("Columns that tell records apart")
		d.Tap("Everything each time")
		d.typed("Columns that tell records apart", "Member no.")
		d.Tap("Add another column")
		d.Tap("Also tell when a record is in the file no more")
		d.Tap("Switch it on")
		got := d.source("New").Folder
		if got.Holds != core.HoldAll || !slices.Equal(got.Keys, []string{"Member no."}) || !got.Gone {
			d.Errorf("saved %+v", got)
		}
	})
}

func TestLookWhatIsThere(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.Tap("Folder")
		d.Tap("Choose…")
		d.Tap("Look what is there")
		for _, words := range []string{
			"312 rows with 6 columns.", "Member no.", "1001", "grace@example.org",
			"members.csv, line 48: This row has 9 cells", "Phone: 41 values were shortened by a spreadsheet.",
			"Email: 3 values have spaces", "ada@example.org   →  ada@example.org", "add “Without spaces around it” to this field",
			"For example: Ada Test", // what a record is called
			"Ticked is what your webhooks use. 4 fields are left out.",
		} {
			d.Sees(words)
		}
		if screen.Find(d.Front(), "Email (used), ticked") == nil || screen.Find(d.Front(), "Phone, not ticked") == nil {
			d.Error("what webhooks use is not ticked")
		}
		d.Tap("Everything each time")
		d.Tap("Choose: Columns that tell records apart")
		d.Sees("Postcode")
	})
}

func TestALookCanBeGivenUpAndBlocksNothing(t *testing.T) {
	s := guitest.Kinds()
	s.Edit(func(d *guitest.Data) { d.Sourcing.SurveyWaits = true })
	in(t, s, true, func(d *desk) {
		d.Tap("Folder")
		d.Tap("Choose…")
		d.Tap("Look what is there")
		d.Sees("Looking…")
		d.typed("Which files", "*.csv") // goes on meanwhile
		d.Tap("Stop looking")
		d.SeesNot("Looking…")
		d.Tap("Look what is there")
		d.givenUp(1)
		d.Act(d.page.Leave) // gives it up too
		d.SeesNot("Looking…")
		d.givenUp(2)
	})
}

// givenUp fails the test unless so many looks were given up so far.
func (d *desk) givenUp(n int) {
	d.Helper()
	d.service.Read(func(data guitest.Data) {
		if data.Sourcing.GivenUp != n {
			d.Errorf("%d looks were given up, want %d", data.Sourcing.GivenUp, n)
		}
	})
}

func TestALookThatFailsSaysWhere(t *testing.T) {
	s := guitest.Kinds()
	s.Fail("SurveySource", core.Errorf(core.CodeUnavailable, "The folder is not there."))
	in(t, s, false, func(d *desk) {
		d.Tap("Folder")
		d.Tap("Choose…")
		d.Tap("Look what is there")
		d.Sees("The folder is not there.")
		d.service.Fail("SurveySource", core.Errors{core.Errorf(core.CodeInvalid, "This is no pattern.").At("/match")})
		d.Tap("Look what is there")
		d.Sees("This is no pattern.")
		d.SeesNot("The folder is not there.")
		if d.Window.Canvas().Focused() != fyne.Focusable(d.box("Which files")) {
			d.Error("the focus is not at the problem")
		}
	})
}
