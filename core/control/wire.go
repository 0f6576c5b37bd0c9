package control

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"hookbird/core"
)

// Why a request failed, for errors.Is: what a Client returns wraps one of these
// where it applies.
var (
	ErrNobody     = errors.New("no engine listens")
	ErrStarting   = errors.New("engine is still starting")
	ErrToken      = errors.New("engine refused the token")
	ErrAPI        = errors.New("engine speaks another version of the API")
	ErrVersion    = errors.New("engine is of another version than before")
	ErrWindowOpen = errors.New("another window is open")
)

// reasons are the names by which sentinels cross the wire.
var reasons = map[string]error{
	"starting": ErrStarting,
	"token":    ErrToken,
	"window":   ErrWindowOpen,
}

// wireError is a core.Error on the wire.
type wireError struct {
	Code    core.Code `json:"code"`
	Message string    `json:"message"`
	Where   string    `json:"where,omitempty"`
	Reason  string    `json:"reason,omitempty"`
}

// wireErrors is the body of a refusal: one error, or a list.
type wireErrors struct {
	Error  *wireError  `json:"error,omitempty"`
	Errors []wireError `json:"errors,omitempty"`
}

// statusOf gives the HTTP status that goes with a code.
func statusOf(code core.Code) int {
	switch code {
	case core.CodeInvalid:
		return http.StatusBadRequest
	case core.CodeNotFound:
		return http.StatusNotFound
	case core.CodeConflict:
		return http.StatusConflict
	case core.CodeUnavailable:
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}

// packError gives what of an error crosses the wire: sentences and places, no
// causes.
func packError(err error) wireErrors {
	if all, ok := errors.AsType[core.Errors](err); ok && len(all) > 0 {
		list := make([]wireError, len(all))
		for i, e := range all {
			list[i] = packOne(e)
		}
		return wireErrors{Errors: list}
	}
	e, ok := errors.AsType[*core.Error](err)
	if !ok {
		e = core.Wrap(core.CodeInternal, err, core.Sentence(err))
	}
	one := packOne(e)
	return wireErrors{Error: &one}
}

func packOne(e *core.Error) wireError {
	w := wireError{Code: e.Code, Message: e.Message, Where: e.Where}
	for name, sentinel := range reasons {
		if errors.Is(e.Err, sentinel) {
			w.Reason = name
		}
	}
	return w
}

// unpackError turns the body of a refusal back into the error that it was made
// of.
func unpackError(status int, body []byte) error {
	var w wireErrors
	if err := json.Unmarshal(body, &w); err != nil || w.Error == nil && len(w.Errors) == 0 {
		return core.Wrap(core.CodeInternal, fmt.Errorf("status %d", status),
			"Hookbird gave an answer that this window does not understand. Close it and start Hookbird again.")
	}
	if w.Error != nil {
		return unpackOne(*w.Error)
	}
	all := make(core.Errors, len(w.Errors))
	for i, e := range w.Errors {
		all[i] = unpackOne(e)
	}
	return all
}

func unpackOne(w wireError) *core.Error {
	return &core.Error{Code: w.Code, Message: w.Message, Where: w.Where, Err: reasons[w.Reason]}
}

// texts are secrets on their way to the engine, by their places.
type texts map[string]string

// String gives dots, so that no printed request holds a text.
func (texts) String() string { return core.Dots }

// GoString gives dots, for %#v.
func (texts) GoString() string { return core.Dots }

// LogValue gives dots to the log.
func (texts) LogValue() slog.Value { return slog.StringValue(core.Dots) }

// visitor is what core.Webhook.Secrets and core.Source.Secrets have in common.
type visitor func(visit func(place string, s *core.Secret))

// pickTexts collects the texts that a draft carries.
func pickTexts(secrets visitor) texts {
	var t texts
	secrets(func(place string, s *core.Secret) {
		text, ok := s.Text()
		if !ok {
			return
		}
		if t == nil {
			t = texts{}
		}
		t[place] = text
	})
	return t
}

// putTexts gives the texts back to the secrets of a draft that were marshalled
// without them.
func (t texts) putTexts(secrets visitor) error {
	used := 0
	var err error
	secrets(func(place string, s *core.Secret) {
		if !s.Unsealed() {
			return
		}
		text, ok := t[place]
		if !ok {
			err = core.Errorf(core.CodeInvalid, "The text of the secret %q is missing from the request.", place)
			return
		}
		*s = core.NewSecret(text)
		used++
	})
	if err == nil && used != len(t) {
		err = core.Errorf(core.CodeInvalid, "The request holds a secret that belongs to no place in it.")
	}
	return err
}

// The bodies that are more than one of Service's own types.
type (
	wireWebhookDraft struct {
		Draft   WebhookDraft `json:"draft"`
		Secrets texts        `json:"secrets,omitempty"`
	}
	wireTestRequest struct {
		Test    TestRequest `json:"test"`
		Secrets texts       `json:"secrets,omitempty"`
	}
	wireSourceDraft struct {
		Draft   SourceDraft `json:"draft"`
		Secrets texts       `json:"secrets,omitempty"`
	}
	wireTryOut struct {
		Draft wireWebhookDraft `json:"draft"`
		Max   int              `json:"max"`
	}
	wireState struct {
		State     core.State `json:"state"`
		Meanwhile bool       `json:"meanwhile"`
	}
	wireSettingsDraft struct {
		Draft   SettingsDraft `json:"draft"`
		Secrets texts         `json:"secrets,omitempty"`
	}
	wireShow struct {
		Page string `json:"page,omitempty"`
	}
	wireShown struct {
		Show uint64 `json:"show"`
	}
	wireQuit struct {
		Newer bool `json:"newer"`
	}
)

func packWebhook(d WebhookDraft) wireWebhookDraft {
	return wireWebhookDraft{d, pickTexts(d.Webhook.Secrets)}
}

func (w *wireWebhookDraft) unpack() (WebhookDraft, error) {
	return w.Draft, w.Secrets.putTexts(w.Draft.Webhook.Secrets)
}

// secrets visits what is secret in a draft of the settings.
func (d *SettingsDraft) secrets(visit func(place string, s *core.Secret)) {
	if !d.Proxy.Password.IsZero() {
		visit("proxy", &d.Proxy.Password)
	}
}

func packSettings(d SettingsDraft) wireSettingsDraft {
	return wireSettingsDraft{d, pickTexts(d.secrets)}
}

func (w *wireSettingsDraft) unpack() (SettingsDraft, error) {
	return w.Draft, w.Secrets.putTexts(w.Draft.secrets)
}

func packTest(r TestRequest) wireTestRequest {
	return wireTestRequest{r, pickTexts(r.Draft.Webhook.Secrets)}
}

func (w *wireTestRequest) unpack() (TestRequest, error) {
	return w.Test, w.Secrets.putTexts(w.Test.Draft.Webhook.Secrets)
}

func packSource(d SourceDraft) wireSourceDraft {
	return wireSourceDraft{d, pickTexts(d.Source.Secrets)}
}

func (w *wireSourceDraft) unpack() (SourceDraft, error) {
	return w.Draft, w.Secrets.putTexts(w.Draft.Source.Secrets)
}
