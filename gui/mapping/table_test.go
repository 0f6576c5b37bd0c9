package mapping

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

func names(rows Rows) []string {
	var all []string
	for _, r := range rows {
		all = append(all, r.Title())
	}
	return all
}

// withFields runs a test of a table of three fields, between which other rows
// stand.
func withFields(t *testing.T, run func(*desk, *Fields, *Rows)) {
	rows := RowsOfFields([]core.Field{
		{Name: "fname", From: "First name"},
		{Name: "source", Value: "desk"},
		{Name: "lname", From: "Last name"},
		{Name: "email", From: "Email"},
	})
	var f *Fields
	show(t, func(d *desk) fyne.CanvasObject {
		f = NewFields(d, &rows)
		f.Sync()
		return f.Object()
	}, func(d *desk) { run(d, f, &rows) })
}

// middleOf is the height of the window at which a row's middle is.
func middleOf(f *Fields, row *Row) float32 {
	o := f.lines[row].ground
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y + o.Size().Height/2
}

func TestRowsAreDragged(t *testing.T) {
	withFields(t, func(d *desk, f *Fields, rows *Rows) {
		first := (*rows)[0]
		grip := newGrip(func(y float32) { f.dragTo(first, y) }, func() { f.lines[first].lift(false) })
		drag := func(y float32) {
			d.Act(func() {
				grip.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: fyne.NewPos(20, y)}})
			})
		}
		last := middleOf(f, (*rows)[3])
		drag(last + 10) // the pointer jumped over a row: where it is counts
		if want := []string{"Last name", "source", "Email", "First name"}; !slices.Equal(names(*rows), want) {
			t.Errorf("order %q, want %q", names(*rows), want)
		}
		drag(last + 12)
		drag(last + 11)
		if got := (*rows)[3]; got != first {
			t.Error("it moves on although the pointer rests")
		}
		drag(middleOf(f, (*rows)[0]) - 5)
		if want := []string{"First name", "source", "Last name", "Email"}; !slices.Equal(names(*rows), want) {
			t.Errorf("order %q, want %q", names(*rows), want)
		}
		d.Act(grip.DragEnd)
		if d.changes == 0 {
			t.Error("the page was not told")
		}
	})
}

func TestGripIsOnEveryRow(t *testing.T) {
	withFields(t, func(d *desk, _ *Fields, _ *Rows) {
		n := 0
		screen.Walk(d.inner, func(o fyne.CanvasObject) bool {
			if _, ok := o.(*grip); ok {
				n++
			}
			return false
		})
		if n != 3 {
			t.Errorf("%d grips for 3 rows", n)
		}
	})
}

func TestRowsMoveByKey(t *testing.T) {
	withFields(t, func(d *desk, f *Fields, rows *Rows) {
		box := f.Find(Spot{(*rows)[2], BoxName})
		d.focus(box)
		moved := false
		d.Act(func() { moved = f.MoveFocused(-1) })
		if !moved || names(*rows)[0] != "Last name" || d.Canvas().Focused() != box {
			t.Errorf("moved: %v, order %q", moved, names(*rows))
		}
		d.Act(func() { f.MoveFocused(-1) })
		if names(*rows)[0] != "Last name" {
			t.Error("the first row moved further up")
		}
	})
}

func TestRowsMoveAndAreCopiedByMenu(t *testing.T) {
	withFields(t, func(d *desk, _ *Fields, rows *Rows) {
		d.Tap("More for this row")
		d.Tap("Move down")
		if got := names(*rows)[0]; got != "Last name" {
			t.Errorf("first is %q", got)
		}
		d.Tap("More for this row")
		d.Tap("Make a copy")
		if len(*rows) != 5 || (*rows)[1].From != "Last name" || (*rows)[1].Name != "" {
			t.Errorf("rows %q", names(*rows))
		}
		d.Tap("More for this row")
		d.Tap("Leave out when empty")
		d.Sees("Left out when empty.")
		if !(*rows)[0].OmitEmpty {
			t.Error("it is not noted in the row")
		}
	})
}

func TestLeftFieldsAreAdded(t *testing.T) {
	withFields(t, func(d *desk, _ *Fields, rows *Rows) {
		d.Tap("Add all 2 that are left")
		if want := []string{"First name", "source", "Last name", "Email", "Joined", "Member"}; !slices.Equal(names(*rows), want) {
			t.Errorf("rows %q, want %q", names(*rows), want)
		}
		d.SeesNot("that are left")
		d.Tap("Remove this row")
		d.Tap("Add the one that is left")
		for range 5 {
			d.Tap("Remove this row")
		}
		d.Sees("Nothing of the record itself is sent now")
	})
}

func TestExamplesStandInEveryRow(t *testing.T) {
	withFields(t, func(d *desk, f *Fields, rows *Rows) {
		d.Sees("Ada@Example.org")
		d.Act(func() {
			(*rows)[3].Convert = []string{"lower"}
			(*rows)[2].SetFrom("Nickname")
			f.ShowExamples()
		})
		d.Sees("→ ada@example.org")
		d.Sees("Converted: Small letters.")
		d.Sees("not in this example")
		d.Act(func() {
			(*rows)[3].Convert = []string{"number"}
			f.ShowExamples()
		})
		d.Sees("→ cannot be sent so")
		d.Sees("The example cannot be sent so: \"Ada@Example.org\" is no number")
	})
}

func TestWhatTheEngineSaysStandsInItsRow(t *testing.T) {
	withFields(t, func(d *desk, f *Fields, rows *Rows) {
		d.remarks[(*rows)[0]] = "This record has no such field."
		d.Act(func() { f.ShowExamples() })
		d.Sees("This record has no such field.")
		problems := map[Spot]string{{(*rows)[0], BoxName}: "Type the name."}
		d.Act(func() {
			if !f.ShowProblems(problems) || f.ShowProblems(problems) {
				t.Error("it does not tell once that something changed")
			}
		})
		d.Sees("Type the name.")
		d.SeesNot("no such field")
	})
}

func TestSeveralFieldsInOneText(t *testing.T) {
	withFields(t, func(d *desk, f *Fields, rows *Rows) {
		d.focus(f.Find(Spot{(*rows)[0], BoxFrom}))
		d.key(fyne.KeyDown)
		d.Tap("Put several fields into one text")
		row := (*rows)[0]
		if row.Kind != core.FieldTemplate || row.Template != "[First name]" {
			t.Fatalf("row %+v", row)
		}
		d.key(fyne.KeyEnd)
		d.types(" [la")
		d.key(fyne.KeyReturn)
		if row.Template != "[First name] [Last name]" {
			t.Errorf("text %q", row.Template)
		}
		d.Sees("→ Ada Lovelace")
		d.Act(func() { d.sent[row] = "something that only the engine knows" })
		d.types(" [@id]")
		d.Sees("→ something that only the engine knows")
		d.Tap("More for this row")
		d.Tap("Take one field instead")
		if row.Kind != core.FieldFrom || row.From != "First name" || row.Name != "fname" {
			t.Errorf("row %+v", row)
		}
	})
}

func TestFieldsAreSearchedByKey(t *testing.T) {
	withFields(t, func(d *desk, f *Fields, rows *Rows) {
		box := f.Find(Spot{(*rows)[0], BoxFrom})
		d.focus(box)
		d.key(fyne.KeyDown)
		d.types("name")
		d.key(fyne.KeyDown)
		d.key(fyne.KeyReturn)
		if got := (*rows)[0].From; got != "Last name" {
			t.Errorf("chosen: %q", got)
		}
		if d.Canvas().Overlays().Top() != nil || d.Canvas().Focused() != box {
			t.Error("the list stays open, or the box has no focus")
		}
		d.key(fyne.KeyDown)
		d.key(fyne.KeyEscape)
		if d.Canvas().Overlays().Top() != nil {
			t.Error("Esc does not close the list")
		}
	})
}

func TestFixedValueMayBeEmpty(t *testing.T) {
	rows := Rows{{Kind: core.FieldValue, Name: "source"}}
	show(t, func(d *desk) fyne.CanvasObject {
		f := NewFixed(d, &rows)
		f.Sync()
		return f.Object()
	}, func(d *desk) {
		d.Tap("More for this row")
		d.Tap("Send it empty")
		d.Sees("Sent empty on purpose.")
		if f := rows.Fields()[0]; !f.Blank {
			t.Errorf("field %+v", f)
		}
	})
}

func TestHeaderLinesShowOnlyWhatMayBeSeen(t *testing.T) {
	rows := RowsOfHeaders([]core.Header{{Name: "X-Id", Value: "[@id]"}, {Name: "X-Key", Value: "plain key"}})
	var h *Table
	show(t, func(d *desk) fyne.CanvasObject {
		h = NewHeaders(d, &rows)
		h.Sync()
		return h.Object()
	}, func(d *desk) {
		open, hidden := h.lines[rows[0]], h.lines[rows[1]]
		if open.text == nil || hidden.secret == nil || !hidden.secret.Masked() {
			t.Fatal("a value is hidden that has fields, or a key is not")
		}
		d.Act(func() { h.unveil(rows[1]) })
		if h.lines[rows[1]].text == nil || rows[1].Value != "plain key" {
			t.Errorf("shown: %+v", rows[1])
		}
		d.Act(func() { h.veil(rows[1]) })
		if text, _ := rows[1].Secret.Text(); text != "plain key" || rows[1].Value != "" {
			t.Errorf("hidden: %+v", rows[1])
		}
	})
}

func TestSecretIsFetchedWhenAskedFor(t *testing.T) {
	rows := RowsOfKeys([]core.NamedSecret{{Name: "key", Secret: core.SealedSecret("s")}})
	rows[0].Keep("body:key")
	var k *Table
	show(t, func(d *desk) fyne.CanvasObject {
		k = NewKeys(d, &rows)
		k.Sync()
		return k.Object()
	}, func(d *desk) {
		d.Tap("Show")
		entry := k.Find(Spot{rows[0], BoxValue}).(*widgets.Entry)
		if entry.Text != "correct horse" {
			t.Errorf("shown %q", entry.Text)
		}
		d.Act(k.Mask)
		if entry.Text != "" {
			t.Error("it stays in the window")
		}
	})
}

func TestRowsThatFoundNoFieldGoTogether(t *testing.T) {
	rows := RowsOfFields([]core.Field{{Name: "fname", From: "First name"}, {Name: "source", Value: "desk"}, {Name: "phone"}})
	show(t, func(d *desk) fyne.CanvasObject {
		rows[2].Kind = core.FieldFrom
		f := NewFields(d, &rows)
		f.Sync()
		return f.Object()
	}, func(d *desk) {
		d.SeesNot("without a field of ours") // it has its own bin
		d.Tap("Add a field")
		d.SeesNot("without a field of ours") // nothing stands in the new one yet
		rows[len(rows)-1].Name = "street"
		d.Tap("Add a field")
		d.Tap("Remove the 2 without a field of ours")
		if want := []string{"First name", "source"}; !slices.Equal(names(rows.Filled()), want) {
			t.Errorf("left are %q, want %q", names(rows.Filled()), want)
		}
		d.SeesNot("without a field of ours")
	})
}
