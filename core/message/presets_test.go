package message_test

import (
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/message"
)

func TestRulesOfKnownSystems(t *testing.T) {
	contact := func(method, address string) *core.Webhook {
		return &core.Webhook{Name: "W", Preset: "secutix-contact-v1", Method: method, Address: address}
	}
	tests := []struct {
		name string
		w    *core.Webhook
		good bool
	}{
		{"GET with the number", contact("GET", "https://example.org/${contactNumber}"), true},
		{"GET with it in the query", contact("GET", "https://example.org/path/?data=${contactNumber}"), true},
		{"GET with it in between", contact("GET", "http://example.org/path/${contactNumber}?update=true"), true},
		{"GET without", contact("GET", "https://example.org/contacts"), false},
		{"GET with a secret alone", func() *core.Webhook {
			w := contact("GET", "https://example.org/[secret:key]")
			w.Keys = []core.NamedSecret{{Name: "key", Secret: core.NewSecret("x")}}
			return w
		}(), false},
		{"POST without", contact("POST", "https://example.org/contacts"), true},
		{"their first wrong one", contact("POST", "http://dev.example.org/?data={contactNumber}"), false},
		{"their second wrong one", contact("GET", "http://dev.example.org/?data=${contact id}"), false},
		{"another system", &core.Webhook{Name: "W", Method: "GET", Address: "https://example.org/"}, true},
		{"https where it is asked for", &core.Webhook{Name: "W", Preset: "engagement-rx", Address: "https://example.org/"}, true},
		{"http where https is asked for", &core.Webhook{Name: "W", Preset: "engagement-rx", Address: "http://example.org/"}, false},
	}
	for _, tt := range tests {
		errs := message.Validate(tt.w)
		if tt.good && errs != nil || !tt.good && (len(errs) != 1 || errs[0].Where != "/address") {
			t.Errorf("%s: %v", tt.name, errs)
		}
	}
}

// Presets mark what their user has to fill in; nothing is sent before.
func TestMarksHaveToBeFilledIn(t *testing.T) {
	const mark = "‹your key›"
	for where, change := range map[string]func(w *core.Webhook){
		"/address":             func(w *core.Webhook) { w.Address = "https://‹your key›.api.example.com/x" },
		"/headers/0/value":     func(w *core.Webhook) { w.Headers = []core.Header{{Name: "X", Value: "Bearer " + mark}} },
		"/body/fields/0/value": func(w *core.Webhook) { w.Body.Fields = []core.Field{{Name: "a", Value: mark}} },
		"/body/template":       func(w *core.Webhook) { w.Body = core.Body{Style: core.BodyTemplate, Template: "a=" + mark} },
		"/body/fields/0/template": func(w *core.Webhook) {
			w.Body.Fields = []core.Field{{Name: "a", Template: "[b] " + mark}}
		},
	} {
		w := styled(core.BodyJSON)
		change(w)
		errs := message.Validate(w)
		if len(errs) != 1 || errs[0].Where != where || errs[0].Message != "Fill in ‹your key›." {
			t.Errorf("%s: %v", where, errs)
		}
		if _, err := message.New(w, &vault{}, "1.0"); err == nil || !strings.Contains(err.Error(), mark) {
			t.Errorf("%s: error = %v", where, err)
		}
		if shown := show(t, w, odd); len(shown.Notes) == 0 || shown.Notes[0].Text != "Fill in ‹your key›." {
			t.Errorf("%s: notes = %+v", where, shown.Notes)
		}
	}
	for text, want := range map[string]string{"a ‹b› ‹c›": "‹b›", "‹›": "", "a › b ‹ c": "", "‹a\nb›": "", "": ""} {
		if mark, found := message.Mark(text); mark != want || found != (want != "") {
			t.Errorf("Mark(%q) = %q %v", text, mark, found)
		}
	}
}

func TestSchedulesAndFiltersAreChecked(t *testing.T) {
	for where, change := range map[string]func(w *core.Webhook){
		"/send/every": func(w *core.Webhook) { w.Send.Every = time.Millisecond },
		"/send/batch": func(w *core.Webhook) { w.Send.Batch = core.MaxBatch + 1 },
		"/filter":     func(w *core.Webhook) { w.Filter = "role=(" },
	} {
		w := styled(core.BodyJSON)
		change(w)
		if errs := message.Validate(w); len(errs) != 1 || errs[0].Where != where {
			t.Errorf("%s: %v", where, errs)
		}
	}
	w := styled(core.BodyList)
	w.Send, w.Filter = core.Send{Every: core.MaxEvery, Batch: core.MaxBatch}, "role=MEMBER;addresses(isMain).zipCode=13.*"
	if errs := message.Validate(w); errs != nil {
		t.Error(errs)
	}
	w.Send.Every = core.MaxEvery + 1
	if errs := message.Validate(w); len(errs) != 1 {
		t.Error(errs)
	}
	w.Send = core.Send{Every: -1, Batch: -1}
	if errs := message.Validate(w); len(errs) != 2 {
		t.Error(errs)
	}
}
