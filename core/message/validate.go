package message

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/retry"
	"hookbird/core/value"
)

// Limits of a webhook.
const (
	MaxName    = 200  // bytes of a webhook's or a field's name
	MaxFields  = 1000 // of a body
	MaxHeaders = 100
	MaxFixed   = 64 << 10 // bytes of a fixed value
	MaxList    = 1000     // event types, sources or ranges of codes
)

// Validate says everything that is wrong with a webhook at once, each with its
// place as a JSON pointer into the form that a settings file has. Secrets that
// only the vault knows are not looked at. It returns nil for a good webhook.
func Validate(w *core.Webhook) core.Errors {
	v := validator{w: w}
	v.itself()
	v.address()
	v.wants()
	v.headers()
	v.body()
	v.answers()
	if err := retry.Validate(w.Retry); err != nil {
		v.errs = append(v.errs, err.At("/retry"+err.Where))
	}
	return v.errs
}

type validator struct {
	w    *core.Webhook
	errs core.Errors
}

func (v *validator) add(where, format string, args ...any) {
	v.errs = append(v.errs, core.Errorf(core.CodeInvalid, format, args...).At(where))
}

// check adds an error, if there is one, at a place.
func (v *validator) check(where string, err error) {
	if err != nil {
		v.add(where, "%s", core.Sentence(err))
	}
}

func (v *validator) itself() {
	if len(v.w.ID) > core.MaxTypeLen || strings.ContainsFunc(v.w.ID, isControl) {
		v.add("/id", "An id has at most %d characters, and none that cannot be seen.", core.MaxTypeLen)
	}
	switch {
	case strings.TrimSpace(v.w.Name) == "":
		v.add("/name", "Give the webhook a name. Only you see it.")
	case len(v.w.Name) > MaxName:
		v.add("/name", "This name is too long: it has %d characters, and %d are allowed.", len(v.w.Name), MaxName)
	}
	switch v.w.State {
	case "", core.StateOn, core.StatePaused, core.StateOff:
	default:
		v.add("/state", "A webhook is on, paused or off, but not %q.", v.w.State)
	}
}

// methods are those that a message can be sent with.
var methods = []string{"POST", "GET", "PUT", "PATCH", "DELETE"}

func (v *validator) address() {
	u, err := ParseAddress(v.w.Address)
	v.check("/address", err)
	if err == nil && u.Scheme == "http" && (v.w.HTTPSOnly || v.w.Preset == presetHTTPS) {
		v.add("/address", "This address is not secure, and this webhook may only use a secure one. Change http:// to https://")
	}
	if !slices.Contains(methods, v.w.HTTPMethod()) {
		v.add("/method", "Nothing can be sent with %q. Take one of %s.", v.w.Method, strings.Join(methods, ", "))
	}
	if v.w.CAFile != "" && !filepath.IsAbs(v.w.CAFile) {
		v.add("/tls/ca_file", "The file of authorities has to be named with its whole path.")
	}
}

// presetHTTPS is the known system that takes nothing but https.
const presetHTTPS = "engagement-rx"

func (v *validator) wants() {
	if len(v.w.Events) > MaxList {
		v.add("/events", "A webhook names at most %d types of event.", MaxList)
	}
	for i, pattern := range v.w.Events {
		if pattern == "*" {
			continue
		}
		v.check(fmt.Sprintf("/events/%d", i), core.ValidType(strings.TrimSuffix(pattern, "*")))
	}
	if len(v.w.Sources) > MaxList {
		v.add("/sources", "A webhook names at most %d sources.", MaxList)
	}
	for i, id := range v.w.Sources {
		if id == "" {
			v.add(fmt.Sprintf("/sources/%d", i), "A source is named by its id, which is missing here.")
		}
	}
}

func (v *validator) headers() {
	if len(v.w.Headers) > MaxHeaders {
		v.add("/headers", "A webhook has at most %d extra header lines.", MaxHeaders)
	}
	for i, h := range v.w.Headers {
		at := fmt.Sprintf("/headers/%d", i)
		v.check(at+"/name", orNil(checkHeaderName(h.Name)))
		if text, ok := h.Secret.Text(); ok {
			v.secret(at+"/secret", text)
			v.check(at+"/secret", orNil(checkHeaderValue(h.Name, text)))
		} else {
			v.check(at+"/value", orNil(checkHeaderValue(h.Name, h.Value)))
		}
	}
}

func (v *validator) body() {
	switch style := v.w.Body.Style; style {
	case "", core.BodyForm, core.BodyJSON, core.BodyNone:
		if v.w.HTTPMethod() == "GET" && style != "" && style != core.BodyNone {
			v.add("/body/style", "With GET no data is sent. Choose POST, or pack nothing.")
		}
	default:
		v.add("/body/style", "There is no packing called %q. Take one of form, json and none.", style)
	}
	if len(v.w.Body.Fields) > MaxFields {
		v.add("/body/fields", "A message has at most %d fields.", MaxFields)
		return
	}
	if style := Style(v.w); style == core.BodyForm || style == core.BodyJSON {
		for i, f := range v.w.Body.Fields {
			v.field(fmt.Sprintf("/body/fields/%d", i), f)
		}
		v.names(style)
	}
}

func (v *validator) field(at string, f core.Field) {
	switch {
	case f.Name == "":
		v.add(at+"/name", "Type the name the other system uses, or remove this row.")
	case len(f.Name) > MaxName:
		v.add(at+"/name", "This name is too long: it has %d characters, and %d are allowed.", len(f.Name), MaxName)
	case !utf8.ValidString(f.Name):
		v.add(at+"/name", "This name holds bytes that are no text.")
	}
	text, typed := f.Secret.Text()
	switch {
	case typed:
		v.secret(at+"/secret", text)
	case f.Kind() == core.FieldFrom:
		_, err := value.ParsePath(f.From)
		v.check(at+"/from", err)
	case f.Kind() == core.FieldValue && f.Value == "":
		v.add(at+"/from", "Choose one of your fields, or type a fixed value.")
	case len(f.Value) > MaxFixed:
		v.add(at+"/value", "This value is too long: it has %d characters, and %d are allowed.", len(f.Value), MaxFixed)
	}
	if f.From != "" && (f.Value != "" || !f.Secret.IsZero()) || f.Value != "" && !f.Secret.IsZero() {
		v.add(at, "A field has one of three: a field of the record, a fixed value or a secret value.")
	}
}

// names finds names that would stand twice in one message.
func (v *validator) names(style core.BodyStyle) {
	root := &branch{}
	seen := map[string]bool{}
	for i, f := range v.w.Body.Fields {
		at := fmt.Sprintf("/body/fields/%d/name", i)
		name := formName(f.Name)
		switch {
		case f.Name == "":
		case style == core.BodyJSON:
			v.check(at, root.add(nameSteps(f.Name), &field{name: f.Name}))
		case seen[name] && !strings.HasSuffix(name, "[]"): // a name in [] makes a list
			v.add(at, "This name is used twice. The other system will only keep one.")
		}
		seen[name] = true
	}
}

func (v *validator) answers() {
	if t := v.w.Timeout; t < 0 || t > core.MaxTimeout {
		v.add("/timeout", "The time after which to give up waiting is at most 10 minutes, and not below zero.")
	}
	if p := v.w.Parallel; p < 0 || p > core.MaxParallel {
		v.add("/parallel", "Up to %d messages can be on their way at once.", core.MaxParallel)
	}
	if len(v.w.Accept) > MaxList {
		v.add("/accept", "At most %d answers can be named.", MaxList)
	}
	for i, r := range v.w.Accept {
		if r.From < 200 || r.To > 599 || r.From > r.To {
			v.add(fmt.Sprintf("/accept/%d", i), "A good answer is a number from 200 to 599, or a range such as 200-204.")
		}
	}
}

func (v *validator) secret(at, text string) {
	switch {
	case text == "":
		v.add(at, "The secret value is empty. Type it, or remove this row.")
	case len(text) > MaxFixed:
		v.add(at, "This secret value is too long: at most %d characters are allowed.", MaxFixed)
	}
}
