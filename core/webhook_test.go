package core

import (
	"slices"
	"testing"
)

func TestEverySecretHasItsPlace(t *testing.T) {
	w := Webhook{
		Headers: []Header{{Name: "X-Key", Secret: NewSecret("1")}, {Name: "X-Plain", Value: "x"}},
		Keys:    []NamedSecret{{Name: "api", Secret: NewSecret("2")}},
		Body: Body{
			Fields: []Field{{Name: "token", Secret: NewSecret("3")}, {Name: "token", Secret: NewSecret("4")}, {Name: "n", From: "n"}},
			Keys:   []NamedSecret{{Name: "api", Secret: NewSecret("5")}},
		},
		Sign: Sign{Style: SignStandard, Secret: NewSecret("6"), Previous: NewSecret("7")},
	}
	var places []string
	w.Secrets(func(place string, s *Secret) {
		places = append(places, place)
		*s = s.Sealed(place)
	})
	want := []string{"header:X-Key", "key:api", "field:token", "field:token#2", "body:api", "sign", "sign:previous"}
	if !slices.Equal(places, want) {
		t.Errorf("places are %q, want %q", places, want)
	}
	if w.Keys[0].Secret.ID() != "key:api" || w.Sign.Previous.ID() != "sign:previous" {
		t.Error("visit was given copies")
	}
}

func TestACloneSharesNothing(t *testing.T) {
	w := Webhook{
		Keys: []NamedSecret{{Name: "a"}},
		Body: Body{Fields: []Field{{Name: "f", Convert: []string{"trim"}}}, Keys: []NamedSecret{{Name: "b"}}},
	}
	c := w.Clone()
	c.Keys[0].Name, c.Body.Keys[0].Name, c.Body.Fields[0].Convert[0] = "x", "x", "x"
	if w.Keys[0].Name != "a" || w.Body.Keys[0].Name != "b" || w.Body.Fields[0].Convert[0] != "trim" {
		t.Errorf("a change of the clone changed the webhook: %+v", w)
	}
}

func TestHowManyRecordsGoTogether(t *testing.T) {
	for name, tt := range map[string]struct {
		style               BodyStyle
		send                Send
		perTurn, perRequest int
	}{
		"at once":              {BodyJSON, Send{}, 0, 1},
		"a list at once":       {BodyList, Send{}, 0, 1},
		"a list of 50":         {BodyList, Send{Batch: 50}, 50, 50},
		"turns":                {BodyJSON, Send{Every: MinEvery}, DefaultBatch, 1},
		"turns of 5":           {BodyForm, Send{Every: MinEvery, Batch: 5}, 5, 1},
		"turns with a list":    {BodyList, Send{Every: MinEvery}, DefaultBatch, DefaultBatch},
		"grouped, but no list": {BodyForm, Send{Batch: 50}, 50, 1},
	} {
		t.Run(name, func(t *testing.T) {
			w := Webhook{Body: Body{Style: tt.style}, Send: tt.send}
			if w.PerTurn() != tt.perTurn || w.PerRequest() != tt.perRequest {
				t.Errorf("a turn takes %d and a request %d, want %d and %d", w.PerTurn(), w.PerRequest(), tt.perTurn, tt.perRequest)
			}
		})
	}
}
