package control

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"

	"hookbird/core"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// aDraft has secrets typed anew, sealed ones, and names that come twice.
func aDraft() WebhookDraft {
	return WebhookDraft{Revision: 7, Webhook: core.Webhook{
		ID: "crm", Headers: []core.Header{
			{Name: "X-Key", Secret: core.NewSecret("typed in a header")},
			{Name: "X-Plain", Value: "plain"},
		},
		Body: core.Body{Fields: []core.Field{
			{Name: "token", Secret: core.NewSecret("typed & new")},
			{Name: "token", Secret: core.SealedSecret("s-42")},
			{Name: "token#2", Secret: core.NewSecret("a third")},
			{Name: "empty", Secret: core.NewSecret("")},
			{Name: "email", From: "email"},
		}, Keys: []core.NamedSecret{{Name: "key", Secret: core.NewSecret("of the template")}}},
		Keys:    []core.NamedSecret{{Name: "key", Secret: core.NewSecret("of the address")}},
		Auth:    core.Auth{Kind: core.AuthBasic, User: "ada", Secret: core.NewSecret("signs in")},
		Network: core.Network{Proxy: core.Proxy{Kind: core.ProxyManual, Password: core.NewSecret("lets through")}},
		Sign:    core.Sign{Style: core.SignHMAC, Secret: core.NewSecret("signs"), Previous: core.NewSecret("signed")},
	}}
}

func TestTypedSecretsReachTheEngine(t *testing.T) {
	f := &fake{}
	_, dir := started(t, f, ServerOptions{})
	c := dialed(t, dir)
	d := aDraft()
	source := SourceDraft{Source: core.Source{ID: "till", Kind: core.KindLocal, Local: &core.LocalSource{
		Key: core.NewSecret("0123456789abcdef"), Token: core.SealedSecret("s-1"),
	}}}
	test := TestRequest{Draft: d, Seq: 5}
	set := SettingsDraft{Proxy: core.Proxy{Kind: core.ProxyManual, Password: core.NewSecret("of the proxy")}}
	for name, tt := range map[string]struct {
		call func() error
		want any
	}{
		"save":     {func() error { _, err := c.SaveWebhook(t.Context(), d); return err }, d},
		"samples":  {func() error { _, err := c.Samples(t.Context(), d); return err }, d},
		"preview":  {func() error { _, err := c.Preview(t.Context(), test); return err }, test},
		"try out":  {func() error { _, err := c.TryOut(t.Context(), d, 20); return err }, d},
		"compare":  {func() error { _, err := c.Compare(t.Context(), test); return err }, test},
		"differ":   {func() error { _, err := c.Differences(t.Context(), d); return err }, d},
		"test":     {func() error { _, err := c.Test(t.Context(), test); return err }, test},
		"check":    {func() error { _, err := c.CheckAddress(t.Context(), d); return err }, d},
		"settings": {func() error { return c.SaveSettings(t.Context(), set) }, set},
		"source":   {func() error { _, err := c.SaveSource(t.Context(), source); return err }, source},
	} {
		t.Run(name, func(t *testing.T) {
			if err := tt.call(); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, f.args[0], sameSecrets); d != "" {
				t.Errorf("(-sent +heard):\n%s", d)
			}
		})
	}
}

// Whatever names the fields have, each secret comes back to its own place.
func TestSecretsKeepTheirPlaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"a", "a#2", "a#3", "a#2#2", "b", ""})
		var d WebhookDraft
		for i := range rapid.IntRange(0, 8).Draw(t, "fields") {
			f := core.Field{Name: name.Draw(t, "name")}
			if rapid.Bool().Draw(t, "typed") {
				f.Secret = core.NewSecret(fmt.Sprint("text ", i))
			} else {
				f.Secret = core.SealedSecret(fmt.Sprint("id ", i))
			}
			d.Webhook.Body.Fields = append(d.Webhook.Body.Fields, f)
		}
		data, err := json.Marshal(packWebhook(d))
		if err != nil {
			t.Fatal(err)
		}
		var w wireWebhookDraft
		if err := json.Unmarshal(data, &w); err != nil {
			t.Fatal(err)
		}
		got, err := w.unpack()
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(d, got, sameSecrets); d != "" {
			t.Errorf("(-sent +got):\n%s", d)
		}
	})
}

func TestDraftWhoseTextsDoNotFitIsRefused(t *testing.T) {
	for name, secrets := range map[string]texts{
		"missing":  {"header:X-Key": "x"},
		"too many": {"header:X-Key": "x", "field:token": "x", "field:token#2#2": "x", "field:empty": "", "field:other": "x"},
	} {
		t.Run(name, func(t *testing.T) {
			data, err := json.Marshal(wireWebhookDraft{aDraft(), secrets})
			if err != nil {
				t.Fatal(err)
			}
			var w wireWebhookDraft
			if err := json.Unmarshal(data, &w); err != nil {
				t.Fatal(err)
			}
			if _, err := w.unpack(); core.CodeOf(err) != core.CodeInvalid {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestAnswersHoldNoText(t *testing.T) {
	d := aDraft()
	view := WebhookView{Webhook: d.Webhook}
	source := SourceView{Source: core.Source{Local: &core.LocalSource{Key: core.NewSecret("typed key")}}}
	for _, value := range []any{
		view,
		[]WebhookView{view},
		Overview{Webhooks: []WebhookView{view}},
		source,
		[]SourceView{source},
		d,
		DeliveryView{Sent: &core.Shown{}},
	} {
		data, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), "typed") || strings.Contains(string(data), "third") {
			t.Errorf("%T: %s", value, data)
		}
	}
}

func TestTextsPrintAsDots(t *testing.T) {
	w := packWebhook(aDraft())
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "secrets", w.Secrets)
	for _, text := range []string{fmt.Sprint(w), fmt.Sprintf("%+v %#v %s", w, w, w.Secrets), log.String()} {
		if strings.Contains(text, "typed") {
			t.Errorf("printed: %s", text)
		}
	}
}

// The bytes on the wire, both ways, of a life with a secret in it: the text goes
// out once, with the draft, and comes back only when asked for.
func TestWireCarriesATextOnlyWhenAsked(t *testing.T) {
	f := &fake{}
	_, dir := started(t, f, ServerOptions{})
	tap := &tap{}
	c, err := dial(dir, tap.dial)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.SaveWebhook(t.Context(), aDraft()); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(tap.seen(), "typed & new") + strings.Count(tap.seen(), `typed \u0026 new`); n != 1 {
		t.Errorf("the text crossed %d times", n)
	}
}

// tap keeps what went over connections.
type tap struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (t *tap) seen() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.all.String()
}

func (t *tap) dial(ctx context.Context, network, address string) (net.Conn, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, network, address)
	return &tapped{conn, t}, err
}

type tapped struct {
	net.Conn
	tap *tap
}

func (c *tapped) keep(p []byte) {
	c.tap.mu.Lock()
	defer c.tap.mu.Unlock()
	_, _ = c.tap.all.Write(p)
}

func (c *tapped) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.keep(p[:n])
	return n, err
}

func (c *tapped) Write(p []byte) (int, error) {
	c.keep(p)
	return c.Conn.Write(p)
}
