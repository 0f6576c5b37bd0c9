package conditions

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/filter"
)

func (d *desk) filter(want string) {
	d.Helper()
	if got := d.card.Filter(); got != want {
		d.Errorf("the filter is %q, want %q", got, want)
	}
	if n := len(d.changed); n > 0 && d.changed[n-1] != want {
		d.Errorf("the page was told %q, want %q", d.changed[n-1], want)
	}
}

func TestConditionIsMadeByKeyboard(t *testing.T) {
	show(t, "", func(d *desk) {
		d.Sees("Every record is sent.")
		d.SeesNot("Add a condition")
		d.Tap("Send only some of them")
		if d.card.Problem() != "" || d.card.Filter() != "" {
			t.Errorf("an empty condition is wrong: %q", d.card.Problem())
		}
		d.key(fyne.KeyDown) // opens the fields
		d.types("rol")
		d.key(fyne.KeyReturn)
		if got := d.line(0).field.Text; got != "role" {
			t.Fatalf("the field is %q", got)
		}
		if d.card.Problem() == "" || d.left > 0 {
			t.Error("without a value it could be saved, or it is said too early")
		}
		d.SeesNot("Type a value")
		d.focus(d.line(0).value)
		d.focus(d.line(0).bin)
		d.Sees("Type a value, or remove this condition.")
		if d.left != 1 {
			t.Errorf("the page was told %d times", d.left)
		}
		d.focus(d.line(0).value)
		d.key(fyne.KeyDown) // opens the values
		d.Sees("12 records")
		d.key(fyne.KeyDown)
		d.key(fyne.KeyReturn)
		d.filter("role is GUEST")
		d.SeesNot("Type a value")
		d.Settle()
		d.Sees("8 of your last 20 records would be sent.")
		d.Sees("12 would no longer be sent.")
	})
}

func TestAllOrAny(t *testing.T) {
	show(t, "role=MEMBER;name=Ada 4", func(d *desk) {
		d.Settle()
		d.Sees("None of your last 20 records would be sent. role was MEMBER 12 times, GUEST 8 times. name was another one each time, as Ada 1.")
		d.Act(func() { d.card.either.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) })
		d.filter("any(role=MEMBER;name=Ada 4)")
		d.Settle()
		d.Sees("13 of your last 20 records would be sent. 13 new ones would be sent.")
	})
}

func TestMovingAndRemoving(t *testing.T) {
	show(t, "role=MEMBER;name=Ada 1;name!=Ada 2", func(d *desk) {
		d.focus(d.line(1).value)
		d.Act(func() { d.card.MoveFocused(-1) })
		d.filter("name=Ada 1;role=MEMBER;name!=Ada 2")
		if !slices.Equal(d.seen, []fyne.CanvasObject{d.line(0).object}) {
			t.Error("the condition may be out of sight")
		}
		if d.Canvas().Focused() != fyne.Focusable(d.line(0).value) {
			t.Error("the focus did not go along")
		}
		d.Act(func() { d.card.MoveFocused(-1) })
		d.filter("name=Ada 1;role=MEMBER;name!=Ada 2")
		d.focus(d.line(0).bin)
		d.key(fyne.KeyDelete)
		d.filter("role=MEMBER;name!=Ada 2")
		d.key(fyne.KeyReturn) // the bin of the next one
		d.key(fyne.KeyDelete)
		d.filter("")
		d.Sees("Every record is sent.")
		d.Act(func() {
			if d.card.MoveFocused(1) {
				t.Error("moves what is not there")
			}
		})
	})
}

func TestTextAndConditionsStayInStep(t *testing.T) {
	show(t, "role=MEMBER", func(d *desk) {
		d.Tap("Show as text")
		d.focus(d.card.text.entry)
		d.key(fyne.KeyEnd)
		d.types(";name")
		if d.card.Problem() == "" || !d.Has(d.card.Problem()) {
			t.Errorf("problem %q is not on screen", d.card.Problem())
		}
		d.types(" contains 4")
		d.filter("role=MEMBER;name contains 4")
		if l := d.line(1); l.field.Text != "name" || l.op.SelectedText() != "contains" || l.value.Text != "4" {
			t.Errorf("the line is %q %q %q", l.field.Text, l.op.SelectedText(), l.value.Text)
		}
		d.Act(func() { d.line(1).value.SetText("5") })
		if got := d.card.text.entry.Text; got != "role=MEMBER;name contains 5" {
			t.Errorf("the text is %q", got)
		}
		d.Tap("Copy the text")
		if got := fyne.CurrentApp().Clipboard().Content(); got != d.card.Filter() {
			t.Errorf("copied %q", got)
		}
		d.Tap("Hide the text")
		d.filter("role=MEMBER;name contains 5")
	})
}

func TestTooDetailed(t *testing.T) {
	show(t, "not(role=MEMBER);rol=1", func(d *desk) {
		d.Sees("Too detailed for the simple view.")
		d.Sees("Did you mean role?")
		d.SeesNot("Add a condition")
		d.SeesNot("of these are true:")
		if d.card.Problem() != "" || len(d.changed) > 0 {
			t.Errorf("problem %q, told %q", d.card.Problem(), d.changed)
		}
		d.Act(func() { d.card.text.entry.SetText("role=GUEST") })
		d.Sees("of these are true:")
		d.SeesNot("Too detailed")
	})
}

func TestStoredFilterThatCannotBeRead(t *testing.T) {
	show(t, "role", func(d *desk) {
		if d.card.Filter() != "role" || d.card.Problem() == "" || !d.Has(d.card.Problem()) {
			t.Errorf("filter %q, problem %q", d.card.Filter(), d.card.Problem())
		}
		if len(d.asked) > 0 {
			t.Errorf("asked %q", d.asked)
		}
	})
}

func TestHintsNeverRefuse(t *testing.T) {
	show(t, `rol is member;role="GUEST"`, func(d *desk) {
		d.Sees("No record so far has a field called rol. Did you mean role?")
		d.Sees("The quotes belong to the value.")
		if d.card.Problem() != "" {
			t.Errorf("problem %q", d.card.Problem())
		}
	})
}

func TestListsGetOneMoreValue(t *testing.T) {
	for name, test := range map[string]struct{ before, chosen, want string }{
		"first":  {"", "MEMBER", "MEMBER"},
		"second": {"MEMBER", "GUEST", "MEMBER, GUEST"},
		"comma":  {"MEMBER, ", `a, "b"`, `MEMBER, "a, ""b"""`},
	} {
		t.Run(name, func(t *testing.T) {
			of := &condition{Row: filter.Row{Op: filter.OpOneOf, Value: test.before}}
			if got := joined(of, test.chosen); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestRefusalStaysUntilAChange(t *testing.T) {
	show(t, "role=MEMBER", func(d *desk) {
		d.Act(func() { d.card.SetProblem("This filter is too slow.") })
		d.Sees("This filter is too slow.")
		if d.card.Problem() != "" {
			t.Errorf("what the page said comes back to it: %q", d.card.Problem())
		}
		d.Act(func() { d.line(0).value.SetText("GUEST") })
		d.SeesNot("This filter is too slow.")
	})
}

func TestSaveShowsWhatNobodyHasLeft(t *testing.T) {
	show(t, "", func(d *desk) {
		d.Tap("Send only some of them")
		d.types("role")
		d.SeesNot("Type a value")
		if d.card.Shows() {
			t.Error("the problem is said to be on screen")
		}
		d.Act(func() { d.card.SetProblem(d.card.Problem()) })
		d.Sees("Type a value, or remove this condition.")
		if !d.card.Shows() {
			t.Error("the problem is said to be hidden")
		}
		if d.card.Focus() != fyne.Focusable(d.line(0).value) {
			t.Error("the focus would go elsewhere")
		}
	})
}

func TestOnlyTheLastKeyIsTriedOut(t *testing.T) {
	show(t, "role=MEMBER", func(d *desk) {
		d.asked = nil
		d.Act(func() { d.line(0).value.SetText("") })
		d.focus(d.line(0).value)
		d.types("GUEST")
		d.Settle()
		if !slices.Equal(d.asked, []string{"role=GUEST"}) {
			t.Errorf("asked %q", d.asked)
		}
	})
}

func TestTroubleAndNoRecords(t *testing.T) {
	show(t, "role=MEMBER", func(d *desk) {
		d.trouble = core.Errorf(core.CodeUnavailable, "Hookbird is starting.")
		d.Act(d.card.Ask)
		d.Settle()
		d.Sees("How many records would be sent is not known now. Hookbird is starting.")
		d.SeesNot("Which ones?")
		d.trouble, d.people = nil, nil
		d.Act(d.card.Ask)
		d.Settle()
		d.Sees("No record has come in yet")
	})
}

func TestFieldsThatNoRecordHas(t *testing.T) {
	show(t, "role=MEMBER", func(d *desk) {
		d.SeesNot("Look up details")
		d.lacking = []string{"status", "level"}
		d.Act(d.card.Ask)
		d.Settle()
		d.Sees("No record has status or level. Is “Look up details” on?")
	})
}

func TestWhichOnes(t *testing.T) {
	show(t, "role=MEMBER", func(d *desk) {
		d.Act(func() { d.line(0).value.SetText("GUEST") })
		d.Settle()
		d.Tap("Which ones?")
		d.Sees("12 would no longer be sent, 8 new ones would be.")
		d.Sees("role is MEMBER.")
		d.Sees("No longer sent")
		d.Sees("New")
		d.Tap("Ada 1.")
		d.Settle()
		d.Sees("Before")
		d.Sees("After your changes")
		d.Sees("POST crm.example.org")
		d.Sees("This record would not be sent.")
		d.SeesNot("Your changes do not change this message.")
		d.trouble = core.Errorf(core.CodeUnavailable, "Hookbird is starting.")
		d.Tap("All records")
		d.Tap("Ada 4.")
		d.Settle()
		d.Sees("Hookbird is starting.")
		d.trouble = nil
		d.Tap("Try again")
		d.Settle()
		d.Sees("POST crm.example.org")
		d.Sees("Your changes do not change this message.")
		d.key(fyne.KeyEscape)
		if d.Canvas().Overlays().Top() != nil {
			t.Error("Esc does not close the list")
		}
	})
}

func TestWhichOnesOfANewWebhook(t *testing.T) {
	show(t, "role=MEMBER", func(d *desk) {
		d.is = false
		d.Act(d.card.Ask)
		d.Settle()
		d.Sees("12 of your last 20 records would be sent.")
		d.SeesNot("no longer")
		d.Tap("Which ones?")
		d.SeesNot("before")
		d.Tap("Ada 1.")
		d.Settle()
		d.Sees("What is sent")
		d.SeesNot("After your changes")
	})
}

func TestMadeUpRecordsAreNoEvidence(t *testing.T) {
	show(t, "role=NOBODY;rol=1", func(d *desk) {
		d.people = guests()[:1]
		d.people[0].Seq = 0
		d.Act(func() { d.card.SetSamples(d.people, 0) })
		d.SeesNot("once")
		d.focus(d.line(0).value)
		d.key(fyne.KeyDown)
		d.Sees("MEMBER")
		d.SeesNot("1 record")
		d.key(fyne.KeyEscape)
		d.Act(func() { d.card.SetSamples(nil, 0) })
		d.SeesNot("No record so far")
	})
}

func TestEveryControlSaysWhatItIs(t *testing.T) {
	show(t, "role=MEMBER", func(d *desk) {
		for _, f := range d.line(0).order() {
			l, ok := f.(interface{ AccessibilityLabel() string })
			if !ok || strings.TrimSpace(l.AccessibilityLabel()) == "" {
				t.Errorf("%T says nothing", f)
			}
		}
	})
}
