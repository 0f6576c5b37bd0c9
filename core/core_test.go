package core_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hookbird/core"
)

const sesame = "open sesame & more"

// Every way of printing or marshalling a secret gives dots or its id.
func TestSecretNeverShowsItsText(t *testing.T) {
	s := core.NewSecret(sesame)
	w := core.Webhook{Headers: []core.Header{{Name: "X-Key", Secret: s}}}
	shown := map[string]string{"String": s.String(), "GoString": s.GoString(), "nested": fmt.Sprintf("%+v %#v", w, w)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%10.3s"} {
		shown[verb] = fmt.Sprintf(verb, s)
		shown["pointer "+verb] = fmt.Sprintf(verb, &s)
	}
	for name, v := range map[string]any{"json": s, "nested json": w, "map json": map[core.Secret]string{s: "x"}} {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		shown[name] = string(b)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("saved", "secret", s, "webhook", w)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("saved", "secret", s, "webhook", w)
	shown["log"] = log.String()
	shown["error"] = fmt.Errorf("save %v: %w", s, errors.New("x")).Error()
	for how, text := range shown {
		if strings.Contains(text, "sesame") || strings.Contains(text, "736573616d65") {
			t.Errorf("%s shows the secret: %s", how, text)
		}
	}
}

func TestSecretTravelsByName(t *testing.T) {
	for _, s := range []core.Secret{{}, core.SealedSecret("abc"), core.MissingSecret()} {
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var back core.Secret
		if err := json.Unmarshal(b, &back); err != nil || back != s {
			t.Errorf("%s came back as %q (%v)", b, back.ID(), err)
		}
	}
	b, _ := json.Marshal(core.NewSecret(sesame))
	var back core.Secret
	if err := json.Unmarshal(b, &back); err != nil || !back.Unsealed() {
		t.Errorf("a typed secret came back as %q (%v), want one that says that its text is elsewhere", back.ID(), err)
	}
}

// Golden values: a delivery's id must be the same in every version to come.
func TestDeliveryIDIsForEver(t *testing.T) {
	for _, c := range []struct{ event, webhook, want string }{
		{"0199b1c2-0000-7000-8000-000000000001", "our-database", "msg_mixliqkfu37j5d3sse6cvavcy4"},
		{"", "", "msg_ny2axhh7wn5jrhffittlw6akfr"},
	} {
		if got := core.DeliveryID(c.event, c.webhook); got != c.want {
			t.Errorf("id of %q and %q is %s, was %s", c.event, c.webhook, got, c.want)
		}
	}
}

func TestDeliveryIDsDiffer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-z0-9-]{0,200}`)
		e1, w1, e2, w2 := text.Draw(t, "e1"), text.Draw(t, "w1"), text.Draw(t, "e2"), text.Draw(t, "w2")
		same := e1 == e2 && w1 == w2
		if (core.DeliveryID(e1, w1) == core.DeliveryID(e2, w2)) != same {
			t.Fatalf("ids of %q %q and %q %q", e1, w1, e2, w2)
		}
	})
}

func TestEventIDIsUUIDv7(t *testing.T) {
	at := time.UnixMilli(1645557742000) // the example of RFC 9562, appendix A.6
	id := core.NewEventID(at)
	if !strings.HasPrefix(id, "017f22e2-79b0-7") || !strings.ContainsAny(id[19:20], "89ab") || len(id) != 36 {
		t.Errorf("id %s", id)
	}
	if id == core.NewEventID(at) {
		t.Error("two events have one id")
	}
}

func TestDeliveryKeysOrderAsBytes(t *testing.T) {
	key := rapid.Custom(func(t *rapid.T) core.DeliveryKey {
		return core.DeliveryKey{
			Last: rapid.Int64Range(0, 1<<50).Draw(t, "last"), Seq: rapid.Uint64().Draw(t, "seq"), Webhook: rapid.Uint32().Draw(t, "webhook"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := key.Draw(t, "a"), key.Draw(t, "b")
		less := a.Last < b.Last || a.Last == b.Last && (a.Seq < b.Seq || a.Seq == b.Seq && a.Webhook < b.Webhook)
		if (string(a.Bytes()) < string(b.Bytes())) != less {
			t.Fatalf("%v and %v order differently as bytes", a, b)
		}
		text, _ := a.MarshalText()
		var back core.DeliveryKey
		if err := back.UnmarshalText(text); err != nil || back != a {
			t.Fatalf("%v came back as %v, %v", a, back, err)
		}
	})
}

func TestWants(t *testing.T) {
	w := core.Webhook{Events: []string{"member.joined", "order.*"}, Sources: []string{"till"}}
	for _, c := range []struct {
		eventType, source string
		want              bool
	}{
		{"member.joined", "till", true},
		{"member.left", "till", false},
		{"order.paid", "till", true},
		{"order.", "till", true},
		{"order", "till", false},
		{"member.joined", "web", false},
	} {
		if got := w.Wants(c.eventType, c.source); got != c.want {
			t.Errorf("%s from %s: %v, want %v", c.eventType, c.source, got, c.want)
		}
	}
	if !(&core.Webhook{}).Wants("anything", "anywhere") {
		t.Error("a webhook that names nothing wants everything")
	}
}

func TestSentenceGivesAllOfErrors(t *testing.T) {
	all := core.Errors{
		core.Errorf(core.CodeInvalid, "The address has no host.").At("/webhooks/0/address"),
		core.Errorf(core.CodeInvalid, "The name is empty."),
	}
	want := "/webhooks/0/address: The address has no host.\nThe name is empty."
	if got := core.Sentence(fmt.Errorf("import: %w", all)); got != want {
		t.Errorf("sentence %q, want %q", got, want)
	}
	if got := core.Sentence(errors.New("dial tcp 10.0.0.1: refused")); strings.Contains(got, "10.0.0.1") {
		t.Errorf("an inner fault is shown to a person: %q", got)
	}
	if core.CodeOf(all) != core.CodeInvalid || core.CodeOf(nil) != "" || core.CodeOf(errors.New("x")) != core.CodeInternal {
		t.Error("codes")
	}
}
