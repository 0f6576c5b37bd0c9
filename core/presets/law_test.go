package presets

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/assets"
	"hookbird/core"
	"hookbird/core/message"
)

// Whatever a record says, it stays a value: the text of a message keeps its shape,
// or the record is refused.
func TestRecordsCannotChangeTheShapeOfAMessage(t *testing.T) {
	each(t, func(t *testing.T, p assets.Preset) {
		w := filled(t, p, nothing)
		b, err := message.New(w, emptyVault{}, version)
		if err != nil {
			t.Fatal(err)
		}
		want := shape(t, request(t, w, person))
		if want == nil {
			return // neither JSON nor a form
		}
		rapid.Check(t, func(t *rapid.T) {
			m, err := b.Build(record(nasty(t)), now)
			if err != nil {
				if core.CodeOf(err) != core.CodeInvalid {
					t.Fatal(err)
				}
				return
			}
			if d := cmp.Diff(want, shape(t, m)); d != "" {
				t.Fatalf("%s (-want +got):\n%s", m.Body, d)
			}
		})
	})
}

// Where the address says whom a message is about, a record that does not say it is
// refused.
func TestRecordsWithoutWhatTheAddressNeedsAreRefused(t *testing.T) {
	refused := 0
	each(t, func(t *testing.T, p assets.Preset) {
		w := filled(t, p, nothing)
		if !strings.ContainsAny(w.Address, "[$") {
			return
		}
		b, err := message.New(w, emptyVault{}, version)
		if err != nil {
			t.Fatal(err)
		}
		if m, err := b.Build(record(`{"firstname": "Ada"}`), now); core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("%+v, %v", m, err)
		}
		refused++
	})
	if refused != 2 {
		t.Errorf("%d presets have a field in the address", refused)
	}
}

// nasty draws the person with other texts, none of them blank.
func nasty(t *rapid.T) string {
	var data map[string]any
	if err := json.Unmarshal([]byte(person), &data); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"firstname", "lastname", "email", "phone", "First Name"} {
		data[name] = "x" + rapid.OneOf(rapid.String(), rapid.StringMatching(`["\\/{}\[\],:&=%$'‹› \n]{0,12}`)).Draw(t, name)
	}
	text, err := json.Marshal(data)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// shape is the body of a request with every text in it emptied: JSON, the JSON
// that a form's params hold, or the names of a form.
func shape(t rapid.TB, m *message.Message) any {
	t.Helper()
	switch {
	case strings.HasPrefix(kind(m), "application/json"):
		return emptied(t, m.Body)
	case strings.HasPrefix(kind(m), "application/x-www-form-urlencoded"):
		form, err := url.ParseQuery(string(m.Body))
		if err != nil {
			t.Fatal(err)
		}
		names := map[string]any{}
		for name, values := range form {
			names[name] = len(values)
		}
		if params := form.Get("params"); params != "" {
			names["params"] = emptied(t, []byte(params))
		}
		return names
	default:
		return nil
	}
}

// emptied reads JSON and empties its texts.
func emptied(t rapid.TB, text []byte) any {
	t.Helper()
	var doc any
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return empty(doc)
}

func empty(doc any) any {
	switch doc := doc.(type) {
	case string:
		return ""
	case []any:
		for i := range doc {
			doc[i] = empty(doc[i])
		}
	case map[string]any:
		for name := range doc {
			doc[name] = empty(doc[name])
		}
	}
	return doc
}
