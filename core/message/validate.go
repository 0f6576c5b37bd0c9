package message

import (
	"fmt"
	"slices"
	"strings"

	"hookbird/core"
	"hookbird/core/filter"
	"hookbird/core/retry"
	"hookbird/core/schedule"
)

// Limits of a webhook.
const (
	MaxName    = 200  // bytes of a webhook's or a field's name
	MaxFields  = 1000 // of a body
	MaxHeaders = 100
	MaxKeys    = 100      // secrets that merge fields read, of one place
	MaxFixed   = 64 << 10 // bytes of a fixed value
	MaxList    = 1000     // event types, sources or ranges of codes
)

// Validate says everything that is wrong with a webhook at once, each with its
// place as a JSON pointer into the form that a settings file has. Secrets that
// only the vault knows are not looked at. It returns nil for a good webhook.
func Validate(w *core.Webhook) core.Errors {
	v := validator{w: w, c: &compiler{many: w.PerRequest() > 1, reveal: typed}}
	v.itself()
	v.address()
	v.network()
	v.wants()
	v.headers()
	v.keys("/secrets", w.Keys)
	v.body()
	v.all("/sign", checkSign(w))
	v.all("/auth", checkAuth(w.Auth))
	v.all("/send", schedule.Validate(w.Send))
	v.answers()
	v.answer()
	v.pace()
	v.preset()
	if err := retry.Validate(w.Retry); err != nil {
		v.errs = append(v.errs, err.At("/retry"+err.Where))
	}
	return v.errs
}

type validator struct {
	w    *core.Webhook
	c    *compiler // that is told the secrets that were typed
	errs core.Errors
}

// typed gives a secret that was typed, and dots for one that only the vault knows.
func typed(s core.Secret) (string, error) {
	if text, ok := s.Text(); ok {
		return text, nil
	}
	return core.Dots, nil
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

// all adds what was found wrong with a part, at its place.
func (v *validator) all(at string, found core.Errors) {
	for _, err := range found {
		v.errs = append(v.errs, err.At(at+err.Where))
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
	if !v.w.Until.IsZero() && v.w.State != core.StatePaused {
		v.add("/paused_until", "Only a webhook that is paused goes on by itself at some time. Pause it, or remove the time.")
	}
}

// methods are those that a message can be sent with.
var methods = []string{"POST", "GET", "PUT", "PATCH", "DELETE"}

func (v *validator) address() {
	_, err := v.c.target(v.w)
	v.check("/address", err)
	if !slices.Contains(methods, v.w.HTTPMethod()) {
		v.add("/method", "Nothing can be sent with %q. Take one of %s.", v.w.Method, strings.Join(methods, ", "))
	}
}

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
	if v.w.Filter != "" {
		_, err := filter.Parse(v.w.Filter)
		v.check("/filter", err)
	}
}

func (v *validator) headers() {
	if len(v.w.Headers) > MaxHeaders {
		v.add("/headers", "A webhook has at most %d extra header lines.", MaxHeaders)
	}
	for i, h := range v.w.Headers {
		at := fmt.Sprintf("/headers/%d", i)
		v.check(at+"/name", orNil(checkHeaderName(h.Name), checkNotSigned(h.Name, &v.w.Sign), checkNotAuth(h.Name, v.w.Auth)))
		if text, ok := h.Secret.Text(); ok {
			v.secret(at+"/secret", text)
			v.check(at+"/secret", orNil(checkHeaderValue(h.Name, text)))
		} else if h.Secret.IsZero() {
			_, err := v.c.typedLine("", h, v.w.Keys)
			v.check(at+"/value", err)
		}
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
