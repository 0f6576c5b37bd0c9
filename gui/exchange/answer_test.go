package exchange

import (
	"testing"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

// shown gives all that an answer says.
func shown(t *testing.T, a core.Attempt) []string {
	screen.App(t)
	answer := NewAnswer()
	screen.Window(t, answer.Object(), screen.Narrow)
	answer.Set(a, "verdict")
	return screen.Texts(answer.Object())
}

func TestAnswerHasNoEmptyLineAtItsEnd(t *testing.T) {
	for _, text := range shown(t, core.Attempt{Code: 503, Answer: "Service Unavailable\n\n"}) {
		if text != "verdict" && text != "Service Unavailable" {
			t.Errorf("says %q", text)
		}
	}
}

func TestAnswerWithoutText(t *testing.T) {
	for want, a := range map[string]core.Attempt{
		"The answer had no text.":                     {Code: 204, Answer: "\n"},
		"No answer came.":                             {},
		"No answer came. The computer says: refused.": {Detail: "refused."},
	} {
		texts := shown(t, a)
		if texts[len(texts)-1] != want {
			t.Errorf("%+v says %q, want %q", a, texts, want)
		}
	}
}

func TestNoteIsCopiedAsItIsShown(t *testing.T) {
	screen.App(t)
	w := screen.Window(t, widgets.Spacer(), screen.Least)
	const note = "Let this computer connect to crm.example.org.\nThanks.\n"
	ShowNote(w.Canvas(), note)
	top := w.Canvas().Overlays().Top()
	if !screen.Has(top, "Let this computer connect to crm.example.org.\nThanks.") || screen.Has(top, "Thanks.\n") {
		t.Errorf("shows %q", screen.Texts(top))
	}
	screen.Tap(t, top, "Copy")
	if got := fyne.CurrentApp().Clipboard().Content(); got != note || w.Canvas().Overlays().Top() != nil {
		t.Errorf("copied %q", got)
	}
	ShowNote(w.Canvas(), note)
	screen.Tap(t, w.Canvas().Overlays().Top(), "Close")
	if w.Canvas().Overlays().Top() != nil {
		t.Error("it does not close")
	}
}
