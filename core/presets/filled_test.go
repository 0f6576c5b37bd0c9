package presets

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"hookbird/assets"
	"hookbird/core"
	"hookbird/core/settings"
)

// now is when every request is sent, and version what sends it.
var now = time.Date(2026, 11, 22, 10, 30, 0, 0, time.UTC)

const version = "1.0"

// person is the record of the golden requests. It holds what a careless text
// would trip over.
const person = `{
  "prefix": "Ms",
  "firstname": "Ada \"Augusta\"",
  "lastname": "Lovelace-Müller",
  "email": " Ada@Example.ORG ",
  "phone": "+44 20 7946 0000",
  "street": "12 St. James's Sq. \\ 3",
  "city": "London",
  "state": "",
  "zipcode": "SW1Y 4JH",
  "company": "Engines & Söhne",
  "First Name": "Ada",
  "Contact ID": 4711,
  "contactNumber": "C/0042",
  "role": "MEMBER"
}`

// record makes an event of a record.
func record(data string) []*core.Event {
	return []*core.Event{{
		Seq: 7, ID: "01935cfa-6a40-7abc-8def-0123456789ab", Type: "participant.created",
		Time: now.Add(-time.Second), Source: "portal", Data: []byte(data),
	}}
}

// each runs a test for every preset.
func each(t *testing.T, test func(t *testing.T, p assets.Preset)) {
	t.Helper()
	all, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		t.Run(p.ID, func(t *testing.T) { test(t, p) })
	}
}

// made makes the webhook of a preset, with a name.
func made(t *testing.T, p assets.Preset) *core.Webhook {
	t.Helper()
	w, err := settings.FromPreset(p)
	if err != nil {
		t.Fatal(err)
	}
	w.ID, w.Name = p.ID, p.Name
	return w
}

// filled is made with everything filled in by the preset's examples but the fills
// for which leave says so.
func filled(t *testing.T, p assets.Preset, leave func(assets.Fill) bool) *core.Webhook {
	t.Helper()
	w := made(t, p)
	if w.Address == "" {
		w.Address = p.Example
	}
	for _, f := range p.Fill {
		if !leave(f) {
			fill(w, f)
		}
	}
	return w
}

// nothing is left open.
func nothing(assets.Fill) bool { return false }

// fill fills in one example.
func fill(w *core.Webhook, f assets.Fill) {
	if f.Place != "" {
		w.Secrets(func(place string, s *core.Secret) {
			if place == f.Place {
				*s = core.NewSecret(f.Example)
			}
		})
		return
	}
	for _, text := range texts(w) {
		*text = strings.ReplaceAll(*text, f.Mark, f.Example)
	}
}

// texts are those of a webhook in which marks may stand.
func texts(w *core.Webhook) []*string {
	list := []*string{&w.Address, &w.Body.Template}
	for i := range w.Headers {
		list = append(list, &w.Headers[i].Value)
	}
	for i := range w.Body.Fields {
		list = append(list, &w.Body.Fields[i].Value, &w.Body.Fields[i].Template)
	}
	return list
}

var mark = regexp.MustCompile(`‹[^‹›]*›`)

// emptyVault holds nothing.
type emptyVault struct{}

func (emptyVault) Reveal(core.Secret) (string, error) {
	return "", core.Errorf(core.CodeNotFound, "There is no such secret.")
}
