package settings

import (
	"bytes"
	"encoding/json"
)

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
		Filter    string      `json:"filter,omitempty"`
		Headers   []outHeader `json:"headers,omitempty"`
		Secrets   outSecrets  `json:"secrets,omitempty"`
		Body      *outBody    `json:"body,omitempty"`
		Send      *outSend    `json:"send,omitempty"`
		Sign      *outSign    `json:"sign,omitempty"`
		Accept    []any       `json:"accept,omitempty"`
		Timeout   string      `json:"timeout,omitempty"`
		Retry     *outRetry   `json:"retry,omitempty"`
		Parallel  int         `json:"parallel,omitempty"`
	}
	outTLS struct {
		CAFile string `json:"ca_file"`
	}
	outHeader struct {
		Name   string  `json:"name"`
		Value  *string `json:"value,omitempty"`
		Secret any     `json:"secret,omitempty"`
	}
	outBody struct {
		Style       string     `json:"style,omitempty"`
		ContentType string     `json:"content_type,omitempty"`
		Template    string     `json:"template,omitempty"`
		Fields      []outField `json:"fields,omitempty"`
		Secrets     outSecrets `json:"secrets,omitempty"`
	}
	outField struct {
		Name      string   `json:"name"`
		From      string   `json:"from,omitempty"`
		Value     *string  `json:"value,omitempty"`
		Template  string   `json:"template,omitempty"`
		Secret    any      `json:"secret,omitempty"`
		Convert   []string `json:"convert,omitempty"`
		OmitEmpty bool     `json:"omit_empty,omitempty"`
	}
	outSend struct {
		When  string `json:"when,omitempty"`
		Every string `json:"every,omitempty"`
		Batch int    `json:"batch,omitempty"`
	}
	outSign struct {
		Style     string `json:"style"`
		Secret    any    `json:"secret,omitempty"`
		Previous  any    `json:"previous_secret,omitempty"`
		Until     string `json:"until,omitempty"`
		Header    string `json:"header,omitempty"`
		Algorithm string `json:"algorithm,omitempty"`
		Encoding  string `json:"encoding,omitempty"`
		Prefix    string `json:"prefix,omitempty"`
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

// outSecrets are secrets by their names, in order.
type outSecrets []outSecret

type outSecret struct {
	name  string
	value any
}

// MarshalJSON writes an object whose members keep their order.
func (all outSecrets) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	b.WriteByte('{')
	for i, s := range all {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := e.Encode(s.name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := e.Encode(s.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
