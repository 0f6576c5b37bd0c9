package mapping

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
)

// converting opens the dialog of a row that takes a field.
func converting(t *testing.T, from string, steps []string, run func(*desk, *Row)) {
	rows := Rows{{Kind: core.FieldFrom, From: from, Name: "n", Convert: steps}}
	var f *Fields
	show(t, func(d *desk) fyne.CanvasObject {
		f = NewFields(d, &rows)
		f.Sync()
		return f.Object()
	}, func(d *desk) {
		d.Tap("Convert this value")
		d.Sees("Convert " + from)
		run(d, rows[0])
	})
}

// addStep searches a step and takes it.
func (d *desk) addStep(search string) {
	d.Helper()
	d.Tap("Add a step")
	d.types(search)
	d.key(fyne.KeyReturn)
}

func TestStepsAreAddedAndUsed(t *testing.T) {
	converting(t, "Email", nil, func(d *desk, row *Row) {
		d.Sees("No step yet: the value goes out as it is.")
		d.addStep("small letters")
		d.Sees("→ ada@example.org")
		d.addStep("behind")
		d.types("@")
		d.Sees("→ example.org")
		if row.Convert != nil {
			t.Error("the row has steps before somebody takes them over")
		}
		d.Tap("Use it")
		if want := []string{"lower", "after:@"}; !slices.Equal(row.Convert, want) {
			t.Errorf("steps %q, want %q", row.Convert, want)
		}
		d.Sees("Converted: Small letters → What is behind @.")
		if d.Canvas().Overlays().Top() != nil {
			t.Error("the dialog stays open")
		}
	})
}

func TestStepsAreMovedAndRemovedByKey(t *testing.T) {
	converting(t, "Email", []string{"lower", "after:@", "upper"}, func(d *desk, row *Row) {
		d.Tap("Move this step down") // the first one
		d.Tap("Remove this step")    // the one that is first now
		d.Tap("Use it")
		if want := []string{"lower", "upper"}; !slices.Equal(row.Convert, want) {
			t.Errorf("steps %q, want %q", row.Convert, want)
		}
	})
}

func TestStepsMoveWithTheArrows(t *testing.T) {
	rows := Rows{{Kind: core.FieldFrom, From: "Email", Name: "n", Convert: []string{"trim", "before:@"}}}
	var f *Fields
	show(t, func(d *desk) fyne.CanvasObject {
		f = NewFields(d, &rows)
		f.Sync()
		return f.Object()
	}, func(d *desk) {
		d.Tap("Convert this value")
		d.focus(f.steps.cards[1].order[0])
		d.Act(func() { f.MoveFocused(-1) })
		d.types("x") // the focus went along
		d.Tap("Use it")
		if want := []string{"before:x@", "trim"}; !slices.Equal(rows[0].Convert, want) {
			t.Errorf("steps %q, want %q", rows[0].Convert, want)
		}
		if f.steps != nil {
			t.Error("the dialog is thought to be open")
		}
	})
}

func TestCancelKeepsTheSteps(t *testing.T) {
	converting(t, "Email", []string{"lower"}, func(d *desk, row *Row) {
		d.Tap("Remove this step")
		d.key(fyne.KeyEscape)
		if !slices.Equal(row.Convert, []string{"lower"}) || d.Canvas().Overlays().Top() != nil {
			t.Errorf("steps %q", row.Convert)
		}
	})
}

func TestFormsComeFromTheRecords(t *testing.T) {
	converting(t, "Joined", nil, func(d *desk, row *Row) {
		d.addStep("date as")
		d.Tap("Use it")
		if len(row.Convert) != 2 || row.Convert[0] != "from:DD/MM/YYYY" {
			t.Errorf("steps %q: the records have 25/12/2026, which is read in one way only", row.Convert)
		}
	})
}

func TestUnclearDatesAreLeftToThePerson(t *testing.T) {
	rows := Rows{{Kind: core.FieldFrom, From: "Joined", Name: "n"}}
	var f *Fields
	show(t, func(d *desk) fyne.CanvasObject {
		d.examples = NewExamples(d.examples.samples, 1)
		d.examples.samples = d.examples.samples[1:] // 05/12/2026 alone
		d.examples.chosen = 0
		f = NewFields(d, &rows)
		f.Sync()
		return f.Object()
	}, func(d *desk) {
		d.Tap("Convert this value")
		d.addStep("date as")
		if got := f.steps.draft.Convert[0]; got != "from:" {
			t.Errorf("guessed %q", got)
		}
		d.Sees("This example cannot be sent so.")
		d.focus(f.steps.cards[0].order[0])
		d.key(fyne.KeyDown)
		d.types("MM/DD")
		d.key(fyne.KeyReturn)
		if got := f.steps.draft.Convert[0]; got != "from:MM/DD/YYYY" {
			t.Errorf("chosen %q", got)
		}
	})
}

func TestValuesBeginWithThoseThereAre(t *testing.T) {
	converting(t, "Member", nil, func(d *desk, row *Row) {
		d.addStep("values")
		d.Tap("Use it")
		if want := []string{"values:Oui=Oui,Non=Non,*=*"}; !slices.Equal(row.Convert, want) {
			t.Errorf("steps %q, want %q", row.Convert, want)
		}
	})
}

func TestListOfValuesIsEdited(t *testing.T) {
	converting(t, "Member", []string{"values:Oui=true,*=*"}, func(d *desk, row *Row) {
		d.Sees("Every other value")
		d.Sees("→ true")
		d.Tap("Add a value")
		d.types("Non")
		d.Tap("Remove this value")
		d.Sees("Oui")
		d.Tap("Use it")
		if want := []string{"values:Non=,*=*"}; !slices.Equal(row.Convert, want) {
			t.Errorf("steps %q, want %q", row.Convert, want)
		}
	})
}

func TestYesAndNoComeFromTheRecords(t *testing.T) {
	converting(t, "Member", nil, func(d *desk, row *Row) {
		d.addStep("yes / no")
		d.Sees("→ true")
		d.Tap("Use it")
		if want := []string{"boolean:Oui/Non"}; !slices.Equal(row.Convert, want) {
			t.Errorf("steps %q, want %q", row.Convert, want)
		}
	})
}

func TestNumbersAreReadBeforeTheyAreWritten(t *testing.T) {
	rows := Rows{{Kind: core.FieldFrom, From: "Amount", Name: "n"}}
	var f *Fields
	show(t, func(d *desk) fyne.CanvasObject {
		d.examples = NewExamples([]control.Sample{record(1, "Amount", "1.234,50")}, 0)
		f = NewFields(d, &rows)
		f.Sync()
		return f.Object()
	}, func(d *desk) {
		d.Tap("Convert this value")
		d.addStep("number as")
		d.Tap("Use it")
		if got := rows[0].Convert; len(got) != 2 || got[0] != "number:1.234,56" || got[1] != "numeral:1234.56" {
			t.Errorf("steps %q", got)
		}
		d.Sees("→ 1234.50")
	})
}
