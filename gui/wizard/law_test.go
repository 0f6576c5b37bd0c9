package wizard

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hookbird/assets"
	"hookbird/core"
	"hookbird/core/message"
	"hookbird/core/paste"
)

// typing is what somebody may type into a box: nothing, something usual, or
// anything at all.
func typing(usual ...string) *rapid.Generator[string] {
	return rapid.OneOf(rapid.SampledFrom(append(usual, "", " ")), rapid.SampledFrom(usual), rapid.String())
}

// TestNoProblemMeansThatItCanBeSaved holds, whatever is typed, that what no step
// complains about is what the engine accepts.
func TestNoProblemMeansThatItCanBeSaved(t *testing.T) {
	all, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		d, err := newDraft(rapid.SampledFrom(all).Draw(t, "preset"))
		if err != nil {
			t.Fatal(err)
		}
		d.address = typing("https://example.org/h", "http://example.org/[Email]", "example.org").Draw(t, "address")
		d.name = typing("Test").Draw(t, "name")
		for _, f := range d.preset.Fill {
			d.values[f.Mark+f.Place] = typing(f.Example).Draw(t, f.Label)
		}
		if !d.key.fixed {
			d.key.choose(keyKind(rapid.IntRange(0, 3).Draw(t, "kind")))
			d.key.place = keyPlace(rapid.IntRange(0, 2).Draw(t, "place"))
			d.key.line = typing(bearer, "X-Key").Draw(t, "line")
		}
		d.key.token, d.key.field = typing("k123", "Token k").Draw(t, "token"), typing("api_key").Draw(t, "field")
		d.key.user, d.key.password = typing("ada").Draw(t, "user"), typing("pass").Draw(t, "password")
		d.key.given = rapid.Bool().Draw(t, "given")

		problems := d.problems()
		w := d.webhook()
		errs := message.Validate(&w)
		if len(problems) == 0 && len(errs) > 0 {
			t.Fatalf("no step complains, but: %v", errs)
		}
		for i, p := range problems {
			if p.text == "" || p.step <= stepSystem || p.step >= stepTest || i > 0 && p.step < problems[i-1].step {
				t.Fatalf("a problem stands nowhere, or out of order: %+v", problems)
			}
		}
		w.Secrets(func(place string, s *core.Secret) {
			if s.Missing() && len(problems) == 0 {
				t.Fatalf("the secret %s is missing, and nobody asked for it", place)
			}
		})
	})
}

// TestKeysStandInNoProblem holds that nothing that is said repeats a key.
func TestKeysStandInNoProblem(t *testing.T) {
	const secret = "tops3cretvalue"
	rapid.Check(t, func(t *rapid.T) {
		preset := rapid.SampledFrom([]string{"other", "mailchimp", "brevo"}).Draw(t, "preset")
		d, err := newDraft(presetNamed(preset))
		if err != nil {
			t.Fatal(err)
		}
		text := rapid.SampledFrom([]string{secret, secret + "\n", "é" + secret, secret + "\x00", strings.Repeat(secret, 9000)}).Draw(t, "key")
		for _, f := range d.preset.Fill {
			d.values[f.Place] = text
		}
		d.key.choose(keyKind(rapid.IntRange(0, 3).Draw(t, "kind")))
		d.key.place = keyPlace(rapid.IntRange(0, 2).Draw(t, "place"))
		d.key.token, d.key.password, d.key.secret, d.key.field = text, text, text, "k"
		for _, p := range d.problems() {
			if strings.Contains(p.text, secret) {
				t.Fatalf("says the key: %s", p.text)
			}
		}
	})
}

func presetNamed(id string) assets.Preset {
	all, _ := assets.Presets()
	for _, p := range all {
		if p.ID == id {
			return p
		}
	}
	return assets.Preset{}
}

// FuzzTake feeds the wizard whatever may be pasted.
func FuzzTake(f *testing.F) {
	for _, seed := range []string{
		"curl https://crm.example.org/v1 -H 'X-Key: 0123456789abcdef0123' -d 'a=b&token=x1y2z3x1y2z3x1y2z3'",
		`{"email": "ada@example.org", "api_key": "YOUR_KEY", "n": {"x": [1]}}`, "first name, last name", "https://u:p@example.org/?a[b]=c",
		"curl -F a=b -u user https://example.org", "‹x› https://example.org/‹x›",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := newDraft(presetNamed(assets.Other))
		if err != nil {
			t.Fatal(err)
		}
		d.take(paste.Read(text))
		for _, p := range d.problems() {
			if p.text == "" {
				t.Errorf("a problem without words: %+v", p)
			}
		}
		w := d.webhook()
		w.Secrets(func(place string, s *core.Secret) {
			_, has := s.Text()
			if asked := d.asksFor(place); asked == has && d.values[place] == "" {
				t.Errorf("%s: typed %v, asked for %v", place, has, asked)
			}
		})
	})
}

func (d *draft) asksFor(place string) bool {
	for _, f := range d.keys() {
		if f.Place == place {
			return true
		}
	}
	return false
}
