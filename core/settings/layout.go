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
		Sources  []any        `json:"sources,omitempty"`
		Webhooks []outWebhook `json:"webhooks,omitempty"`
	}
	outSettings struct {
		Look           string `json:"look"`
		ContentDays    int    `json:"keep_days,omitempty"`
		TraceDays      int    `json:"trace_days,omitempty"`
		UnfinishedDays any    `json:"unfinished_days,omitempty"`
		QuotaMB        int    `json:"quota_mb,omitempty"`
		Proxy          any    `json:"proxy"`

		Backup *outBackup `json:"backup,omitempty"`
	}
	outBackup struct {
		Folder string `json:"folder,omitempty"`
		At     string `json:"at,omitempty"`
		Keep   any    `json:"keep,omitempty"`
	}
	outWebhook struct {
		ID          string      `json:"id"`
		Name        string      `json:"name"`
		Preset      string      `json:"preset,omitempty"`
		State       string      `json:"state"`
		PausedUntil string      `json:"paused_until,omitempty"`
		Address     string      `json:"address"`
		Method      string      `json:"method,omitempty"`
		HTTPSOnly   bool        `json:"https_only,omitempty"`
		TLS         *outTLS     `json:"tls,omitempty"`
		Proxy       any         `json:"proxy,omitempty"`
		Private     string      `json:"private_addresses,omitempty"`
		Auth        *outAuth    `json:"auth,omitempty"`
		Events      []string    `json:"events,omitempty"`
		Sources     []string    `json:"sources,omitempty"`
		Filter      string      `json:"filter,omitempty"`
		Headers     []outHeader `json:"headers,omitempty"`
		Secrets     outObject   `json:"secrets,omitempty"`
		Body        *outBody    `json:"body,omitempty"`
		Send        *outSend    `json:"send,omitempty"`
		Sign        *outSign    `json:"sign,omitempty"`
		Accept      []any       `json:"accept,omitempty"`
		Answer      *outAnswer  `json:"answer,omitempty"`
		Timeout     string      `json:"timeout,omitempty"`
		Retry       *outRetry   `json:"retry,omitempty"`
		Parallel    int         `json:"parallel,omitempty"`
		Pace        *outPace    `json:"pace,omitempty"`
		Order       any         `json:"order,omitempty"`
		Brake       *outBrake   `json:"brake,omitempty"`
	}
	outTLS struct {
		CAFile   string `json:"ca_file,omitempty"`
		CertFile string `json:"cert_file,omitempty"`
		KeyFile  string `json:"key_file,omitempty"`
	}
	outProxy struct {
		Address  string `json:"address"`
		User     string `json:"user,omitempty"`
		Password any    `json:"password,omitempty"`
	}
	outAuth struct {
		Kind         string   `json:"kind"`
		User         string   `json:"user,omitempty"`
		Password     any      `json:"password,omitempty"`
		Token        any      `json:"token,omitempty"`
		TokenURL     string   `json:"token_url,omitempty"`
		ClientID     string   `json:"client_id,omitempty"`
		ClientSecret any      `json:"client_secret,omitempty"`
		Scopes       []string `json:"scopes,omitempty"`
		Audience     string   `json:"audience,omitempty"`
		InBody       bool     `json:"in_body,omitempty"`
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
		Secrets     outObject  `json:"secrets,omitempty"`
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
		When  string   `json:"when,omitempty"`
		Every string   `json:"every,omitempty"`
		At    []string `json:"at,omitempty"`
		Days  []string `json:"days,omitempty"`
		Batch int      `json:"batch,omitempty"`
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
	outAnswer struct {
		Need      []outRule `json:"need,omitempty"`
		Forbid    []outRule `json:"forbid,omitempty"`
		Already   []outRule `json:"already,omitempty"`
		Redirects string    `json:"redirects,omitempty"`
		Unsure    string    `json:"unsure,omitempty"`
	}
	outRule struct {
		Code  int    `json:"code,omitempty"`
		Text  string `json:"text,omitempty"`
		Field string `json:"field,omitempty"`
		Value string `json:"value,omitempty"`
	}
	outPace struct {
		Second int `json:"second,omitempty"`
		Minute int `json:"minute,omitempty"`
		Hour   int `json:"hour,omitempty"`
		Day    int `json:"day,omitempty"`
	}
	outBrake struct {
		Factor int `json:"factor"`
		First  int `json:"first"`
	}
	outOrder struct {
		By     string `json:"by"`
		Newest bool   `json:"newest,omitempty"`
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

// outObject is an object whose members keep their order.
type outObject []outMember

type outMember struct {
	name  string
	value any
}

// MarshalJSON implements json.Marshaler.
func (all outObject) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	b.WriteByte('{')
	for i, m := range all {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := e.Encode(m.name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := e.Encode(m.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
