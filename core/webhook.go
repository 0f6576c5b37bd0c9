package core

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// State is what a webhook's owner wants of it.
type State string

// The states an owner can choose.
const (
	StateOn     State = "on"
	StatePaused State = "paused" // keeps its place in the log, sends nothing
	StateOff    State = "off"    // keeps only what was waiting at that moment
)

// BodyStyle is how a message's body is packed.
type BodyStyle string

// The styles of body.
const (
	BodyForm      BodyStyle = "form"      // application/x-www-form-urlencoded
	BodyJSON      BodyStyle = "json"      // application/json, one object
	BodyEnvelope  BodyStyle = "envelope"  // the same as "data" of an object that says which event it is
	BodyList      BodyStyle = "json-list" // application/json, an array of one object a record
	BodyMultipart BodyStyle = "multipart" // multipart/form-data
	BodyTemplate  BodyStyle = "template"  // a text with merge fields
	BodyNone      BodyStyle = "none"      // no body
)

// Limits and defaults of a webhook.
const (
	DefaultTimeout  = 15 * time.Second
	MaxTimeout      = 10 * time.Minute
	DefaultParallel = 4
	MaxParallel     = 64
	MaxBatch        = 1000 // records that one turn or one list may hold
	MinEvery        = time.Second
	MaxEvery        = 30 * 24 * time.Hour
)

// Webhook is one target: where to, what to send, and what to do when it fails.
type Webhook struct {
	ID        string
	Name      string
	Preset    string // the known system it was made from, or ""
	State     State
	Until     time.Time // of StatePaused: when it goes on by itself; zero: when somebody says so
	Address   string    // http or https; merge fields may stand in path and query
	Method    string    // "" means POST
	HTTPSOnly bool
	CAFile    string   // PEM file of authorities trusted besides the system's; absolute
	Events    []string // event types, exact or ending in "*"; none means all
	Sources   []string // source ids; none means all
	Filter    string   // conditions on a record, as package filter reads them; "" means every record
	Headers   []Header
	Keys      []NamedSecret // that address and header lines read as [secret:name]
	Body      Body
	Send      Send
	Sign      Sign
	Auth      Auth
	Network   Network
	Accept    Accept
	Answer    Answer
	Timeout   time.Duration // of the whole exchange; 0 means DefaultTimeout
	Retry     RetryPlan
	Parallel  int // requests at once; 0 means DefaultParallel, at most MaxParallel
	Pace      Pace
	Order     Order
	Brake     Brake
}

// Header is an extra header line, its name sent as it is written.
type Header struct {
	Name   string
	Value  string // may hold merge fields
	Secret Secret // set instead of Value
}

// NamedSecret is a secret that a text with merge fields reads as [secret:name].
type NamedSecret struct {
	Name   string
	Secret Secret
}

// Body is what a message holds.
type Body struct {
	Style       BodyStyle
	Fields      []Field       // in order; none means all the event's data as it came
	Template    string        // of BodyTemplate: a text with merge fields
	ContentType string        // of BodyTemplate; "" means what the text looks like
	Keys        []NamedSecret // that the template, and those of fields, read as [secret:name]
}

// Field is one named value of a body. It comes from one of From, Value, Template
// and Secret.
type Field struct {
	Name      string   // the other system's name for it; dots nest
	From      string   // path into the event's data
	Value     string   // fixed text
	Blank     bool     // the fixed text is empty on purpose
	Template  string   // a text with merge fields
	Secret    Secret   // fixed, and never shown
	Convert   []string // steps of package convert that From or Template goes through, in order
	OmitEmpty bool     // left out where it would be empty
}

// Kind says which of its origins a field's value has.
func (f Field) Kind() FieldKind {
	switch {
	case !f.Secret.IsZero():
		return FieldSecret
	case f.From != "":
		return FieldFrom
	case f.Template != "":
		return FieldTemplate
	default:
		return FieldValue
	}
}

// FieldKind is where a field's value comes from.
type FieldKind int

// The origins of a field's value.
const (
	FieldFrom FieldKind = iota
	FieldValue
	FieldSecret
	FieldTemplate
)

// Send says when messages go out, and how many records together. The zero Send
// sends each record at once.
type Send struct {
	Every time.Duration  // a turn every so often; 0: at once, or at set times
	At    []int          // a turn at each of these minutes after midnight, by this computer's clock; ascending
	Days  []time.Weekday // of At: on these days; none means every day
	Batch int            // records of one list, and of one turn; 0 means 1 at once and DefaultBatch a turn
}

// Turns tells whether messages go out in turns, and not at once.
func (s Send) Turns() bool { return s.Every > 0 || len(s.At) > 0 }

// DefaultBatch is how many records a turn takes that does not say.
const DefaultBatch = 60

// PerRequest is how many records may share one request: more than one only where
// the body is a list.
func (w *Webhook) PerRequest() int {
	if w.Body.Style != BodyList {
		return 1
	}
	return max(1, w.PerTurn())
}

// PerTurn is how many records one turn takes; 0 means that there are no turns and
// no list asks for more than one.
func (w *Webhook) PerTurn() int {
	if w.Send.Batch == 0 && w.Send.Turns() {
		return DefaultBatch
	}
	return w.Send.Batch
}

// SignStyle is how messages are signed.
type SignStyle string

// The styles of signature.
const (
	SignNone     SignStyle = ""
	SignStandard SignStyle = "standard-webhooks" // v1 (whsec_…) or v1a (whsk_…), as the secret says
	SignHMAC     SignStyle = "hmac"              // of the body alone, in a header line of its own
)

// Sign is how messages prove where they come from.
type Sign struct {
	Style     SignStyle
	Secret    Secret
	Previous  Secret    // also signed with, of SignStandard, while receivers change over
	Until     time.Time // when Previous ends; zero: when it is removed
	Header    string    // of SignHMAC: the name of the header line
	Algorithm string    // of SignHMAC: "sha256", "sha512" or "sha1"; "" means sha256
	Encoding  string    // of SignHMAC: "hex" or "base64"; "" means hex
	Prefix    string    // of SignHMAC: written in front, such as "sha256="
}

// HTTPMethod is the method to send with.
func (w *Webhook) HTTPMethod() string {
	if w.Method == "" {
		return "POST"
	}
	return w.Method
}

// Limit is how long one exchange may take.
func (w *Webhook) Limit() time.Duration {
	if w.Timeout == 0 {
		return DefaultTimeout
	}
	return w.Timeout
}

// Workers is how many requests may be on their way at once.
func (w *Webhook) Workers() int {
	if w.Parallel == 0 {
		return DefaultParallel
	}
	return w.Parallel
}

// OwnEvents is what the types begin with of events about Hookbird itself. They are
// only for webhooks that name them.
const OwnEvents = "hookbird."

// Wants tells whether an event of this type and source is for this webhook,
// whatever its state, if its Filter takes the record.
func (w *Webhook) Wants(eventType, source string) bool {
	if len(w.Sources) > 0 && !slices.Contains(w.Sources, source) {
		return false
	}
	own := strings.HasPrefix(eventType, OwnEvents)
	if len(w.Events) == 0 {
		return !own
	}
	for _, pattern := range w.Events {
		if own && !strings.HasPrefix(pattern, OwnEvents) {
			continue
		}
		if prefix, ok := strings.CutSuffix(pattern, "*"); ok && strings.HasPrefix(eventType, prefix) {
			return true
		}
		if pattern == eventType {
			return true
		}
	}
	return false
}

// Secrets calls visit with a pointer to every secret of the webhook and the
// place it stands in ("field:token", "header:X-Key", "key:name" and "body:name"
// for those that merge fields read, "auth", "proxy", "sign", "sign:previous", and
// "field:token#2" where a name comes twice), by which an import finds the stored one again.
func (w *Webhook) Secrets(visit func(place string, s *Secret)) {
	at := eachPlace(visit)
	for i := range w.Headers {
		at("header:"+w.Headers[i].Name, &w.Headers[i].Secret)
	}
	for i := range w.Keys {
		at("key:"+w.Keys[i].Name, &w.Keys[i].Secret)
	}
	for i := range w.Body.Fields {
		at("field:"+w.Body.Fields[i].Name, &w.Body.Fields[i].Secret)
	}
	for i := range w.Body.Keys {
		at("body:"+w.Body.Keys[i].Name, &w.Body.Keys[i].Secret)
	}
	at("auth", &w.Auth.Secret)
	at("proxy", &w.Network.Proxy.Password)
	at("sign", &w.Sign.Secret)
	at("sign:previous", &w.Sign.Previous)
}

// eachPlace gives a function that visits a secret, unless it is none, under a place
// of its own: "header:X", and "header:X#2" for another one of the same name.
func eachPlace(visit func(place string, s *Secret)) func(name string, s *Secret) {
	seen, used := map[string]int{}, map[string]bool{}
	return func(name string, s *Secret) {
		if s.IsZero() {
			return
		}
		place := name
		for {
			if seen[name]++; seen[name] > 1 {
				place = fmt.Sprintf("%s#%d", name, seen[name])
			}
			if !used[place] {
				break // else a name that itself ends in "#2" came before
			}
		}
		used[place] = true
		visit(place, s)
	}
}

// Clone gives a copy that shares nothing with w.
func (w *Webhook) Clone() *Webhook {
	c := *w
	c.Events = slices.Clone(w.Events)
	c.Sources = slices.Clone(w.Sources)
	c.Headers = slices.Clone(w.Headers)
	c.Keys = slices.Clone(w.Keys)
	c.Body.Fields = slices.Clone(w.Body.Fields)
	for i := range c.Body.Fields {
		c.Body.Fields[i].Convert = slices.Clone(c.Body.Fields[i].Convert)
	}
	c.Body.Keys = slices.Clone(w.Body.Keys)
	c.Send.At = slices.Clone(w.Send.At)
	c.Send.Days = slices.Clone(w.Send.Days)
	c.Auth.Scopes = slices.Clone(w.Auth.Scopes)
	c.Accept = slices.Clone(w.Accept)
	c.Answer = w.Answer.clone()
	c.Retry.Delays = slices.Clone(w.Retry.Delays)
	return &c
}

// CodeRange is a range of HTTP status codes, both ends included.
type CodeRange struct{ From, To int }

// Accept is which answers count as delivered. An empty one means any 2xx.
type Accept []CodeRange

// Good tells whether an answer with this status code counts as delivered.
func (a Accept) Good(code int) bool {
	if len(a) == 0 {
		return code >= 200 && code <= 299
	}
	return slices.ContainsFunc(a, func(r CodeRange) bool { return code >= r.From && code <= r.To })
}

// RetryPlan says when a delivery that failed is tried again: either a plan by
// its Name, or Every some time for a number of Times, or a list of Delays, each
// counted from the try before. The zero plan is "24-hours".
type RetryPlan struct {
	Name      string // "90-minutes", "24-hours", "standard-webhooks", "none"; "" if one of the others is set
	Every     time.Duration
	Times     int
	Delays    []time.Duration
	OnRefusal bool // also try again what the target refused because of its data
}
