package presets

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hookbird/assets"
	"hookbird/core"
	"hookbird/core/message"
)

// Fill names every mark and every secret that is missing, once, and nothing else.
func TestFillNamesAllThatIsMissing(t *testing.T) {
	each(t, func(t *testing.T, p assets.Preset) {
		var want, got []string
		for _, m := range mark.FindAllString(string(p.Webhook), -1) {
			if !slices.Contains(want, m) {
				want = append(want, m)
			}
		}
		made(t, p).Secrets(func(place string, s *core.Secret) {
			if s.Missing() {
				want = append(want, place)
			}
		})
		for _, f := range p.Fill {
			got = append(got, f.Mark+f.Place)
		}
		slices.Sort(want)
		slices.Sort(got)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("(-missing +named):\n%s", d)
		}
	})
}

// Nothing can be sent while anything is left open.
func TestRefusedUntilFilledIn(t *testing.T) {
	each(t, func(t *testing.T, p assets.Preset) {
		for _, open := range p.Fill {
			w := filled(t, p, func(f assets.Fill) bool { return f == open })
			if open.Mark != "" && !says(message.Validate(w), "Fill in "+open.Mark+".") {
				t.Errorf("nobody says that %s is left: %v", open.Mark, message.Validate(w))
			}
			want := core.CodeInvalid
			if open.Place != "" {
				want = core.CodeNotFound
			}
			if _, err := message.New(w, emptyVault{}, version); core.CodeOf(err) != want {
				t.Errorf("without %s%s: %v", open.Mark, open.Place, err)
			}
		}
		if w := made(t, p); w.Address == "" && !slices.ContainsFunc(message.Validate(w), func(e *core.Error) bool { return e.Where == "/address" }) {
			t.Error("nobody says that the address is missing")
		}
	})
}

func says(errs core.Errors, sentence string) bool {
	return slices.ContainsFunc(errs, func(err *core.Error) bool { return err.Message == sentence })
}

// The owner gets an example of an address, or its parts, and by the address the
// system is found again.
func TestHostsFitTheAddress(t *testing.T) {
	each(t, func(t *testing.T, p assets.Preset) {
		if w := made(t, p); (w.Address == "") != (p.Example != "") {
			t.Errorf("its address is %q, and the example %q", w.Address, p.Example)
		}
		w := filled(t, p, nothing)
		u, err := url.Parse(request(t, w, person).URL)
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Hosts) > 0 && (!p.Matches(u.Hostname()) || !w.HTTPSOnly && p.ID != "n8n") {
			t.Errorf("%s is not known by %q, or may be reached without https", u.Hostname(), p.Hosts)
		}
	})
}

// What is filled in shows nowhere where secrets are dots.
func TestSecretsAreNotShown(t *testing.T) {
	each(t, func(t *testing.T, p assets.Preset) {
		w := filled(t, p, nothing)
		shown, err := message.Show(w, record(person), now, version)
		if err != nil {
			t.Fatal(err)
		}
		w.Secrets(func(place string, s *core.Secret) {
			text, ok := s.Text()
			if !ok {
				t.Errorf("%s is not filled in", place)
			}
			if holds(shown, text) {
				t.Errorf("%s is shown: %+v", place, shown)
			}
		})
		for _, note := range shown.Notes {
			if note.Warn {
				t.Errorf("%s: %s", note.Where, note.Text)
			}
		}
	})
}

// holds tells whether a text stands anywhere in what is shown.
func holds(shown *core.Shown, text string) bool {
	return strings.Contains(fmt.Sprintf("%+v", *shown), text)
}
