package hooks

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/guitest/screen"
)

var kinds = []Kind{
	{ID: "zapier", Name: "Zapier", Line: "Starts a Zap for each record", Icon: icons.Plug, Known: true},
	{ID: "rally-congress", Name: "Rally Congress style", Line: "A web form, your own field names", Icon: icons.Heart, Words: "supporter advocacy"},
	{ID: "intervengine", Name: "Intervengine style", Line: "Messages signed with a secret key", Icon: icons.Lock},
}

// offered opens a choice and gives it with the window it is in.
func offered(t *testing.T, kinds []Kind) (*Chooser, fyne.Window) {
	screen.App(t)
	c := NewChooser(kinds)
	w := screen.Window(t, c.Content(), screen.Narrow)
	c.Show(w.Canvas())
	return c, w
}

func names(w fyne.Window) []string {
	var found []string
	for _, name := range []string{"Zapier", "Rally Congress style", "Intervengine style", "More systems", "Not in the list"} {
		if screen.Find(w.Content(), name) != nil {
			found = append(found, name)
		}
	}
	return found
}

func TestChooserShowsKnownOnesFirst(t *testing.T) {
	_, w := offered(t, kinds)
	if got, want := names(w), []string{"Zapier", "More systems", "Not in the list"}; !slices.Equal(got, want) {
		t.Errorf("offers %q, want %q", got, want)
	}
	screen.Tap(t, w.Content(), "More systems")
	if got, want := names(w), []string{"Zapier", "Rally Congress style", "Intervengine style", "Not in the list"}; !slices.Equal(got, want) {
		t.Errorf("with more: %q, want %q", got, want)
	}
	_, w = offered(t, kinds[1:])
	if got, want := names(w), []string{"Rally Congress style", "Intervengine style", "Not in the list"}; !slices.Equal(got, want) {
		t.Errorf("with none known: %q, want %q", got, want)
	}
}

func TestChooserSearches(t *testing.T) {
	c, w := offered(t, kinds)
	for typed, want := range map[string][]string{
		"ADVOC":     {"Rally Congress style", "Not in the list"},
		" secret ":  {"Intervengine style", "Not in the list"},
		"mailchimp": {"Not in the list"},
		"":          {"Zapier", "More systems", "Not in the list"},
	} {
		c.search.SetText(typed)
		if got := names(w); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", typed, got, want)
		}
		if told := screen.Has(w.Content(), "We do not know"); told != (typed == "mailchimp") {
			t.Errorf("%q: told that it is not known: %v", typed, told)
		}
	}
}

func TestChooserChooses(t *testing.T) {
	c, w := offered(t, kinds)
	var chosen []string
	c.OnChoose = func(id string) { chosen = append(chosen, id) }
	screen.Tap(t, w.Content(), "Zapier")
	screen.Tap(t, w.Content(), "Not in the list")
	if !slices.Equal(chosen, []string{"zapier", ""}) {
		t.Errorf("chosen %q", chosen)
	}
}

func TestChooserExplainsAndGoesBack(t *testing.T) {
	c, w := offered(t, kinds)
	screen.Tap(t, w.Content(), "What is a webhook?")
	dialog := w.Canvas().Overlays().Top()
	if !screen.Has(dialog, "a web address at another system that accepts your records") {
		t.Errorf("explains %q", screen.Texts(dialog))
	}
	screen.Tap(t, dialog, "Got it")
	if screen.Find(w.Content(), "Back") != nil {
		t.Error("there is a way back that leads nowhere")
	}
	left := 0
	c.OnBack = func() { left++ }
	c.Show(w.Canvas())
	screen.Tap(t, w.Content(), "Back")
	if left != 1 {
		t.Errorf("left %d times", left)
	}
}

func TestChooserShots(t *testing.T) {
	screen.OnlyForShots(t)
	_, w := offered(t, kinds)
	screen.Shots(t, w, "chooser-900")
}
