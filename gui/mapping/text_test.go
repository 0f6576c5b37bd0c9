package mapping

import (
	"testing"

	"fyne.io/fyne/v2"

	"hookbird/core/merge"
	"hookbird/gui/widgets"
)

// writing runs a test of a text with buttons for fields over it.
func writing(t *testing.T, place merge.Place, text string, run func(*desk, *Text)) {
	var x *Text
	show(t, func(d *desk) fyne.CanvasObject {
		x = NewMultiText(d, place, 5, func() []string { return []string{"key"} })
		x.SetText(text)
		return widgets.VBox(8, NewChips(d, x).Object(), x)
	}, func(d *desk) {
		d.focus(x.Focus())
		run(d, x)
	})
}

func TestChipsInsertAtTheCursor(t *testing.T) {
	writing(t, merge.Form, "a=&b=", func(d *desk, x *Text) {
		d.key(fyne.KeyRight)
		d.key(fyne.KeyRight)
		d.Tap("+ First name")
		d.types("!")
		if got := x.Entry().Text; got != "a=[First name]!&b=" {
			t.Errorf("text %q", got)
		}
		d.Tap("Search all fields")
		d.types("town")
		d.key(fyne.KeyReturn)
		if got := x.Entry().Text; got != "a=[First name]![Town]&b=" {
			t.Errorf("text %q", got)
		}
	})
}

func TestFieldsAreOfferedWhileTyping(t *testing.T) {
	writing(t, merge.Form, "", func(d *desk, x *Text) {
		told := 0
		x.Entry().OnChanged = func(string) { told++ }
		d.types("a=[")
		d.Sees("First name")
		if x.at >= 0 {
			t.Error("Enter takes a field although nothing of one is typed")
		}
		d.types("name")
		d.key(fyne.KeyDown)
		told = 0
		d.key(fyne.KeyReturn)
		if got := x.Entry().Text; got != "a=[Last name]" || told != 1 {
			t.Errorf("text %q, told %d times", got, told)
		}
		if x.Typing() {
			t.Error("the list stays open")
		}
		d.types("&b=[joi|da")
		if x.typing.query != "da" || !x.Typing() {
			t.Errorf("typing %+v", x.typing)
		}
		d.key(fyne.KeyReturn)
		d.types("DD/MM/YYYY]")
		if got := x.Entry().Text; got != "a=[Last name]&b=[joi|date:DD/MM/YYYY]" {
			t.Errorf("text %q", got)
		}
	})
}

func TestEscClosesTheListAndLetsTheTextBe(t *testing.T) {
	writing(t, merge.Plain, "", func(d *desk, x *Text) {
		d.types("[fir")
		d.key(fyne.KeyEscape)
		if x.Typing() || d.Canvas().Focused() != x.Focus() {
			t.Error("the list is open, or the focus gone")
		}
		d.types("s")
		if x.Typing() {
			t.Error("it opens again although Esc closed it")
		}
		d.key(fyne.KeyReturn)
		if got := x.Entry().Text; got != "[firs\n" {
			t.Errorf("text %q", got)
		}
		d.types("[fir")
		if !x.Typing() {
			t.Error("it does not open for the next field")
		}
	})
}

func TestSuggestionIsPressed(t *testing.T) {
	writing(t, merge.JSON, "", func(d *desk, x *Text) {
		d.types(`{"a": "[fir]"}`)
		for range 3 {
			d.key(fyne.KeyLeft)
		}
		d.Tap("First name")
		if got := x.Entry().Text; got != `{"a": "[First name]"}` {
			t.Errorf("text %q", got)
		}
		d.types("!")
		if got := x.Entry().Text; got != `{"a": "[First name]!"}` {
			t.Errorf("the cursor is elsewhere: %q", got)
		}
	})
}

func TestCheckText(t *testing.T) {
	tests := []struct {
		text   string
		place  merge.Place
		status widgets.Status
		want   string
	}{
		{"a=[First name]&b=[Email]&c=[Town]", merge.Form, widgets.Good, "3 fields found, all of them exist."},
		{"a=[First name]", merge.Form, widgets.Good, "1 field found, and it exists."},
		{"a=[Frist Name]", merge.Form, widgets.Waiting, "There is no field called [Frist Name]. Did you mean [First name]?"},
		{"a=[shoe size]", merge.Form, widgets.Waiting, "There is no field called [shoe size]. It would be sent empty."},
		{"a=[first NAME]", merge.Form, widgets.Good, "1 field found, and it exists."},
		{"a=b", merge.Form, widgets.Neutral, "No field yet: every message would say the same. Press one above, or type [ to put one in."},
		{"a=[secret:key]", merge.Form, widgets.Good, "1 field found, and it exists."},
		{"a=[secret:other]", merge.Form, widgets.Waiting, "There is no secret value called other yet. Add it below."},
	}
	for _, tt := range tests {
		status, got := CheckText(tt.text, tt.place, people(), []string{"key"})
		if got != tt.want || status != tt.status {
			t.Errorf("%s: %v %q, want %v %q", tt.text, status, got, tt.status, tt.want)
		}
	}
	if status, got := CheckText(`{"a": [}`, merge.JSON, people(), nil); status != widgets.Bad || got == "" {
		t.Errorf("broken JSON: %v %q", status, got)
	}
}

func TestMissingKeys(t *testing.T) {
	got := MissingKeys([]string{"[secret:a][secret:b]", "[secret:b][secret:c]", "[broken"}, merge.Plain, []string{"c"})
	if len(got) != 2 || got[0] != "a" || got[1] != "b" {
		t.Errorf("missing %q", got)
	}
}

func TestListClosesWhenTheFocusHasGone(t *testing.T) {
	writing(t, merge.Plain, "", func(d *desk, x *Text) {
		d.types("[fir")
		d.Act(func() {
			d.Canvas().Unfocus()
			if !x.Typing() {
				t.Error("it closes before a press on it can end")
			}
		})
		d.Settle()
		d.Act(func() {
			if x.Typing() {
				t.Error("it stays open")
			}
		})
	})
}
