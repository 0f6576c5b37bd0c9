package settings

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"hookbird/core"
)

// Current is what is stored.
type Current struct {
	Sources  []*core.Source
	Webhooks []*core.Webhook
	Settings core.Settings
}

// Print writes what is stored as a settings file, the same bytes for the same
// settings. With a vault it writes secrets and the keys of local addresses as
// texts, and fails if one cannot be opened; with nil it writes {"sealed": true}
// for each, which an import reads as "the one that is stored".
func Print(c Current, vault core.Vault) ([]byte, error) {
	p := printer{vault: vault}
	out := outFile{Hookbird: Version, Settings: outSettings{Look: "automatic", ContentDays: c.Settings.ContentDays, TraceDays: c.Settings.TraceDays, QuotaMB: c.Settings.QuotaMB}}
	switch days := c.Settings.UnfinishedDays; {
	case days == core.ForEver:
		out.Settings.UnfinishedDays = forEver
	case days != 0:
		out.Settings.UnfinishedDays = days
	}
	if c.Settings.Look != "" {
		out.Settings.Look = c.Settings.Look
	}
	if out.Settings.Proxy = p.proxy(c.Settings.Proxy); out.Settings.Proxy == nil {
		out.Settings.Proxy = core.ProxySystem
	}
	out.Settings.Backup = p.backup(c.Settings.Backup)
	for _, s := range sorted(c.Sources, func(s *core.Source) string { return s.ID }) {
		out.Sources = append(out.Sources, p.source(s))
	}
	for _, w := range sorted(c.Webhooks, func(w *core.Webhook) string { return w.ID }) {
		out.Webhooks = append(out.Webhooks, p.webhook(w))
	}
	if p.err != nil {
		return nil, p.err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(out); err != nil {
		return nil, fmt.Errorf("print settings: %w", err)
	}
	return b.Bytes(), nil
}

func sorted[T any](all []T, id func(T) string) []T {
	return slices.SortedStableFunc(slices.Values(all), func(a, b T) int { return cmp.Compare(id(a), id(b)) })
}

// printer opens secrets on the way; err is the first that could not be opened.
type printer struct {
	vault core.Vault
	err   error
}

// secret gives what to write for a secret: nil for none.
func (p *printer) secret(s core.Secret) any {
	if s.IsZero() {
		return nil
	}
	if p.vault == nil || p.err != nil {
		return outSealed{true}
	}
	if text, ok := s.Text(); ok {
		return text
	}
	text, err := p.vault.Reveal(s)
	if core.CodeOf(err) == core.CodeNotFound {
		return outSealed{true} // it was never given: an import asks for it
	}
	if err != nil {
		p.err = err
	}
	return text
}

func (p *printer) webhook(w *core.Webhook) outWebhook {
	out := outWebhook{
		ID: w.ID, Name: w.Name, Preset: w.Preset, State: string(w.State), Address: w.Address, Method: w.Method,
		HTTPSOnly: w.HTTPSOnly, Events: w.Events, Sources: w.Sources, Filter: w.Filter, Headers: p.headers(w.Headers), Secrets: p.named(w.Keys),
		Body: p.body(w.Body), Send: sent(w.Send), Sign: p.sign(w.Sign), Auth: p.auth(w.Auth),
		TLS: tlsOf(w.CAFile, w.Network), Private: privately(w.Network), Proxy: p.proxy(w.Network.Proxy), Accept: accepted(w.Accept), Answer: answered(w.Answer),
		Timeout: lasting(w.Timeout), Retry: planned(w.Retry), Parallel: w.Parallel, Pace: paced(w.Pace), Order: ordered(w.Order), Brake: braked(w.Brake),
	}
	if out.State == "" {
		out.State = string(core.StateOn)
	}
	if w.State == core.StatePaused && !w.Until.IsZero() {
		out.PausedUntil = moment(w.Until)
	}
	return out
}

func (p *printer) headers(lines []core.Header) []outHeader {
	var all []outHeader
	for _, h := range lines {
		all = append(all, p.header(h))
	}
	return all
}

// header writes a header line: an empty value too, for none at all would be a
// secret that was left out.
func (p *printer) header(h core.Header) outHeader {
	if h.Secret.IsZero() {
		return outHeader{Name: h.Name, Value: &h.Value}
	}
	return outHeader{Name: h.Name, Secret: p.secret(h.Secret)}
}

func (p *printer) body(b core.Body) *outBody {
	out := outBody{Style: string(b.Style), ContentType: b.ContentType, Template: b.Template, Secrets: p.named(b.Keys)}
	for _, f := range b.Fields {
		out.Fields = append(out.Fields, p.field(f))
	}
	if out.Style == "" && out.ContentType == "" && out.Template == "" && len(out.Fields) == 0 && len(out.Secrets) == 0 {
		return nil
	}
	return &out
}

func (p *printer) field(f core.Field) outField {
	out := outField{f.Name, f.From, nil, f.Template, p.secret(f.Secret), f.Convert, f.OmitEmpty}
	if f.Value != "" || f.Blank {
		out.Value = &f.Value
	}
	return out
}

func (p *printer) named(all []core.NamedSecret) outObject {
	var out outObject
	for _, s := range all {
		out = append(out, outMember{s.Name, p.secret(s.Secret)})
	}
	return out
}

// sign writes how messages are signed; what is kept for a style that was taken
// back means nothing.
func (p *printer) sign(s core.Sign) *outSign {
	if s.Style == core.SignNone {
		return nil
	}
	out := &outSign{
		Style: string(s.Style), Secret: p.secret(s.Secret), Previous: p.secret(s.Previous),
		Header: s.Header, Algorithm: s.Algorithm, Encoding: s.Encoding, Prefix: s.Prefix,
	}
	if !s.Previous.IsZero() && !s.Until.IsZero() {
		out.Until = moment(s.Until)
	}
	return out
}

// moment writes a time as files have it.
func moment(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

func accepted(a core.Accept) []any {
	var out []any
	for _, r := range a {
		if r.From == r.To {
			out = append(out, r.From)
		} else {
			out = append(out, fmt.Sprintf("%d-%d", r.From, r.To))
		}
	}
	return out
}
