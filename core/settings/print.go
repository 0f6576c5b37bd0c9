package settings

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

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
	out := outFile{Hookbird: Version, Settings: outSettings{Look: "automatic", KeepDays: c.Settings.KeepDays}}
	if c.Settings.Look != "" {
		out.Settings.Look = c.Settings.Look
	}
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

// The file as it is written: names and their order are the format.
type (
	outFile struct {
		Hookbird int          `json:"hookbird"`
		Settings outSettings  `json:"settings"`
		Sources  []outSource  `json:"sources,omitempty"`
		Webhooks []outWebhook `json:"webhooks,omitempty"`
	}
	outSettings struct {
		Look     string `json:"look"`
		KeepDays int    `json:"keep_days,omitempty"`
	}
	outSource struct {
		ID             string   `json:"id"`
		Kind           string   `json:"kind"`
		Name           string   `json:"name"`
		Paused         bool     `json:"paused"`
		Path           string   `json:"path,omitempty"`
		Match          string   `json:"match,omitempty"`
		Key            any      `json:"key,omitempty"`
		Token          any      `json:"token,omitempty"`
		EventType      string   `json:"event_type,omitempty"`
		Existing       string   `json:"existing,omitempty"`
		After          string   `json:"after,omitempty"`
		Encoding       string   `json:"encoding,omitempty"`
		Delimiter      string   `json:"delimiter,omitempty"`
		AllowedOrigins []string `json:"allowed_origins,omitempty"`
		MaxEventBytes  int      `json:"max_event_bytes,omitempty"`
	}
	outWebhook struct {
		ID        string      `json:"id"`
		Name      string      `json:"name"`
		Preset    string      `json:"preset,omitempty"`
		State     string      `json:"state"`
		Address   string      `json:"address"`
		Method    string      `json:"method,omitempty"`
		HTTPSOnly bool        `json:"https_only,omitempty"`
		TLS       *outTLS     `json:"tls,omitempty"`
		Events    []string    `json:"events,omitempty"`
		Sources   []string    `json:"sources,omitempty"`
		Headers   []outHeader `json:"headers,omitempty"`
		Body      *outBody    `json:"body,omitempty"`
		Accept    []any       `json:"accept,omitempty"`
		Timeout   string      `json:"timeout,omitempty"`
		Retry     *outRetry   `json:"retry,omitempty"`
		Parallel  int         `json:"parallel,omitempty"`
	}
	outTLS struct {
		CAFile string `json:"ca_file"`
	}
	outHeader struct {
		Name   string `json:"name"`
		Value  string `json:"value,omitempty"`
		Secret any    `json:"secret,omitempty"`
	}
	outBody struct {
		Style  string     `json:"style,omitempty"`
		Fields []outField `json:"fields,omitempty"`
	}
	outField struct {
		Name      string `json:"name"`
		From      string `json:"from,omitempty"`
		Value     string `json:"value,omitempty"`
		Secret    any    `json:"secret,omitempty"`
		OmitEmpty bool   `json:"omit_empty,omitempty"`
	}
	outRetry struct {
		Plan      string   `json:"plan,omitempty"`
		Every     string   `json:"every,omitempty"`
		Times     int      `json:"times,omitempty"`
		Delays    []string `json:"delays,omitempty"`
		OnRefusal string   `json:"on_refusal,omitempty"`
	}
	outSealed struct {
		Sealed bool `json:"sealed"`
	}
)

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

func (p *printer) source(s *core.Source) outSource {
	out := outSource{ID: s.ID, Kind: string(s.Kind), Name: s.Name, Paused: s.Paused, EventType: s.EventType}
	if f := s.Folder; f != nil {
		out.Path, out.Match, out.After = f.Path, f.Match, string(f.After)
		out.Encoding, out.Delimiter = f.Encoding, f.Delimiter
		if f.SkipExisting {
			out.Existing = "skip"
		}
	}
	if l := s.Local; l != nil {
		out.Key, out.Token = p.secret(l.Key), p.secret(l.Token)
		out.AllowedOrigins, out.MaxEventBytes = l.AllowedOrigins, l.MaxEventBytes
	}
	return out
}

func (p *printer) webhook(w *core.Webhook) outWebhook {
	out := outWebhook{
		ID: w.ID, Name: w.Name, Preset: w.Preset, State: string(w.State), Address: w.Address, Method: w.Method,
		HTTPSOnly: w.HTTPSOnly, Events: w.Events, Sources: w.Sources,
		Body: p.body(w.Body), Accept: accepted(w.Accept), Retry: planned(w.Retry), Parallel: w.Parallel,
	}
	if out.State == "" {
		out.State = string(core.StateOn)
	}
	if w.CAFile != "" {
		out.TLS = &outTLS{w.CAFile}
	}
	if w.Timeout != 0 {
		out.Timeout = FormatDuration(w.Timeout)
	}
	for _, h := range w.Headers {
		out.Headers = append(out.Headers, outHeader{h.Name, h.Value, p.secret(h.Secret)})
	}
	return out
}

func (p *printer) body(b core.Body) *outBody {
	if b.Style == "" && len(b.Fields) == 0 {
		return nil
	}
	out := &outBody{Style: string(b.Style)}
	for _, f := range b.Fields {
		out.Fields = append(out.Fields, outField{f.Name, f.From, f.Value, p.secret(f.Secret), f.OmitEmpty})
	}
	return out
}

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

func planned(r core.RetryPlan) *outRetry {
	out := outRetry{Plan: r.Name, Times: r.Times}
	if r.Every != 0 {
		out.Every = FormatDuration(r.Every)
	}
	for _, d := range r.Delays {
		out.Delays = append(out.Delays, FormatDuration(d))
	}
	if r.OnRefusal {
		out.OnRefusal = "retry"
	}
	if r.Name == "" && r.Every == 0 && r.Times == 0 && len(r.Delays) == 0 && !r.OnRefusal {
		return nil
	}
	return &out
}
