package wizard

import (
	"regexp"
	"testing"

	"hookbird/assets"
	"hookbird/core/control"
)

func TestAdviceSpeaksOfTheSteps(t *testing.T) {
	for id, want := range map[string][]string{
		"rally-congress":     {"type them beside yours on the step Fields."},
		"slack":              {"Write the text of the line on the step Fields."},
		"ontraport":          {"On the step Fields, write one line"},
		"n8n":                {"header line of the same name here on the step Key, with"},
		"intervengine":       {"On the step Key, copy the key", "add it later under Security as a header line", "change that later under When."},
		"secutix-contact-v1": {"as packing later under What to send, and write", "wants a key, add it on the step Key."},
		"ontraport-note":     {"as header lines later under Security and remove"},
		"engagement-rx":      {"later under If it fails you can"},
	} {
		t.Run(id, func(t *testing.T) {
			open(t, id, func(d *desk) {
				for _, words := range want {
					d.Sees(words)
				}
			})
		})
	}
}

// tabs are the words for tabs of the editor, which no step of the wizard has.
var tabs = regexp.MustCompile(`(?i)(\w+) (?:under|on the tab) (Where to|What to send|When|Security|If it fails)\b`)

func TestNoAdviceSpeaksOfATabThatIsNotThere(t *testing.T) {
	all, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		d := begun(t, p.ID)
		for _, text := range append(append([]string{p.Find}, p.Steps...), p.Traps...) {
			for _, found := range tabs.FindAllStringSubmatch("- "+d.inWizard(text), -1) {
				if found[1] != "later" {
					t.Errorf("%s: %q", p.ID, found[0])
				}
			}
		}
	}
}

func TestRecordsThatGoElsewhereDoNotMislead(t *testing.T) {
	here := control.Sample{Seq: 1, Wanted: true}
	elsewhere := control.Sample{Seq: 2, Why: "It comes from the till."}
	madeUp := control.Sample{Wanted: true}
	for name, tt := range map[string]struct {
		samples []control.Sample
		want    int
	}{
		"some go there":    {[]control.Sample{here, here, elsewhere, madeUp}, 2},
		"none goes there":  {[]control.Sample{elsewhere, elsewhere, madeUp}, 3},
		"none came in yet": {[]control.Sample{madeUp}, 1},
		"nothing at all":   {nil, 0},
	} {
		if got := ours(tt.samples); len(got) != tt.want {
			t.Errorf("%s: %d records of %d", name, len(got), len(tt.samples))
		}
	}
}

func TestASingleTrapHasNoBullet(t *testing.T) {
	for id, bullets := range map[string]bool{"rally-congress": false, "mailchimp": true} {
		open(t, id, func(d *desk) {
			d.Sees("Good to know")
			if got := d.Has("•"); got != bullets {
				t.Errorf("%s: bullets are shown: %v", id, got)
			}
		})
	}
}
