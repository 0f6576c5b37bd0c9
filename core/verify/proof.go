package verify

import (
	"fmt"
	"regexp"
	"strings"

	"hookbird/core"
	"hookbird/core/message"
	"hookbird/core/sign"
)

// NoProof says what it means that Proofs finds none.
const NoProof = "Nothing in these messages proves that they come from you: whoever learns the web address can send there too. Add a signature, or a secret value."

// Proof is something in a webhook's messages that shows where they come from.
type Proof struct {
	Text string // what it is: "A signature in webhook-signature"
	Note string // what it proves, and what not: sentences
}

// Proofs says what proofs a webhook's messages carry, the strongest first; none
// if there are none, of which NoProof speaks.
func Proofs(w *core.Webhook) []Proof {
	var proofs []Proof
	for _, c := range checks(w) {
		p := Proof{c.title, c.kind.note()}
		if n := len(proofs); n == 0 || proofs[n-1] != p { // a signature of either kind counts once
			proofs = append(proofs, p)
		}
	}
	return proofs
}

// MaxProofs is how many proofs of one webhook are looked at.
const MaxProofs = 20

// kind is what has to be done to check a proof, by the name that the templates
// have for it.
type kind string

const (
	sharedKey   kind = "shared"    // signature of Standard Webhooks, version v1
	keyPair     kind = "pair"      // the same, version v1a
	ownHeader   kind = "own"       // signature of the body in a header line of its own
	headerValue kind = "line"      // secret value in a header line
	formValue   kind = "form"      // secret value in a form
	partValue   kind = "multipart" // secret value in a form with parts
	jsonValue   kind = "json"      // secret value in JSON, or in the data of an envelope
	listValue   kind = "list"      // secret value in every record of a list
	ownText     kind = ""          // secret value in a text of the user's own: no program
)

// signature tells whether it is one, and not a secret value.
func (k kind) signature() bool { return k == sharedKey || k == keyPair || k == ownHeader }

// inBody tells whether it is a secret value under a name in the body.
func (k kind) inBody() bool {
	return k == formValue || k == partValue || k == jsonValue || k == listValue
}

// note says what a proof of this kind is worth.
func (k kind) note() string {
	switch k {
	case sharedKey, keyPair:
		return "It shows that the message comes from you, that nobody changed it, and that it was sent just now."
	case ownHeader:
		return "It shows that the message comes from you and that nobody changed it. It holds no time, so somebody who catches a message could send it again."
	case ownText:
		return "It shows that the message comes from you, as long as nobody else learns the value. How to check it depends on where your text puts it, so there is no example of it here."
	default:
		return "It shows that the message comes from you, as long as nobody else learns the value. It does not show whether somebody changed the message."
	}
}

// check is one proof, with all that a program needs to check it.
type check struct {
	kind      kind
	title     string
	only      string // how the secrets start that it is for; "" if that is known
	Variable  string // that holds the secret on the receiver's side
	Header    string // name of the header line, as written
	Algorithm string
	Base64    bool // else hexadecimal
	Prefix    string
	Before    string   // what stands in front of a secret value
	After     string   // and behind it
	Name      string   // of a field, as forms write it: a[b]
	Steps     []string // to a field in JSON, from the outside
}

// checks finds the proofs of a webhook, signatures first.
func checks(w *core.Webhook) []*check {
	f := finder{w: w}
	f.signature()
	f.fields()
	f.lines()
	f.texts()
	if len(f.list) > MaxProofs {
		f.list = f.list[:MaxProofs]
	}
	nameVariables(f.list)
	return f.list
}

type finder struct {
	w    *core.Webhook
	list []*check
}

func (f *finder) add(c *check, title string, args ...any) {
	c.title = fmt.Sprintf(title, args...)
	f.list = append(f.list, c)
}

func (f *finder) signature() {
	switch s := f.w.Sign; s.Style {
	case core.SignStandard:
		f.standard(s)
	case core.SignHMAC:
		algorithm := s.Algorithm
		if algorithm == "" {
			algorithm = "sha256"
		}
		f.add(&check{kind: ownHeader, Header: s.Header, Algorithm: algorithm, Base64: s.Encoding == "base64", Prefix: s.Prefix}, "A signature in %s", s.Header)
	}
}

// standard finds out of which kind the signatures of Standard Webhooks are. Only
// the text of the secret says so: where the vault alone knows it, both are shown.
func (f *finder) standard(s core.Sign) {
	secret, known := s.Secret.Text()
	kinds := []*check{{kind: sharedKey, only: sign.PrefixSecret}, {kind: keyPair, only: sign.PrefixPrivate}}
	for _, c := range kinds {
		if known && !strings.HasPrefix(secret, c.only) {
			continue
		}
		if known {
			c.only = ""
		}
		f.add(c, "A signature in %s", sign.HeaderSignature)
	}
}

// place is a body that can hold a secret value under a name.
type place struct {
	kind kind
	name string
}

var places = map[core.BodyStyle]place{
	core.BodyForm:      {formValue, "the form"},
	core.BodyMultipart: {partValue, "the form"},
	core.BodyJSON:      {jsonValue, "the JSON data"},
	core.BodyEnvelope:  {jsonValue, "the JSON data"},
	core.BodyList:      {listValue, "every record of the JSON data"},
}

func (f *finder) fields() {
	style := message.Style(f.w)
	in, found := places[style]
	if !found {
		return
	}
	for _, field := range f.w.Body.Fields {
		if before, after, ok := plainSecret(field); ok {
			c := fieldCheck(style, field.Name)
			c.Before, c.After = before, after
			f.add(c, "The secret value %s in %s", field.Name, in.name)
		}
	}
}

func fieldCheck(style core.BodyStyle, name string) *check {
	c := &check{kind: places[style].kind, Name: formName(name), Steps: steps(name)}
	if style == core.BodyEnvelope {
		c.Steps = append([]string{"data"}, c.Steps...)
	}
	return c
}

// plainSecret tells whether a field is a secret, or one with a fixed text around
// it.
func plainSecret(f core.Field) (before, after string, ok bool) {
	if f.Kind() == core.FieldSecret {
		return "", "", true
	}
	if f.Kind() != core.FieldTemplate || len(f.Convert) > 0 {
		return "", "", false
	}
	return around(f.Template)
}

// oneSecret is a text that reads one secret, and holds nothing else that would
// not stand for itself.
var oneSecret = regexp.MustCompile(`(?s)^([^\[\]$\\]*)\[secret:[^|\[\]$\\]+\]([^\[\]$\\]*)$`)

// around cuts a text at the one secret that it reads.
func around(text string) (before, after string, ok bool) {
	parts := oneSecret.FindStringSubmatch(text)
	if parts == nil {
		return "", "", false
	}
	return parts[1], parts[2], true
}

func (f *finder) lines() {
	for _, h := range f.w.Headers {
		before, after, ok := around(h.Value)
		if ok || !h.Secret.IsZero() {
			f.add(&check{kind: headerValue, Header: h.Name, Before: before, After: after}, "The secret value in the header line %s", h.Name)
		}
	}
}

// texts finds the texts that read secrets in other ways.
func (f *finder) texts() {
	if reads(f.w.Address) {
		f.add(&check{kind: ownText}, "A secret value in the web address")
	}
	for _, h := range f.w.Headers {
		if _, _, plain := around(h.Value); reads(h.Value) && !plain {
			f.add(&check{kind: ownText}, "A secret value in the header line %s", h.Name)
		}
	}
	style := message.Style(f.w)
	if style == core.BodyTemplate && reads(f.w.Body.Template) {
		f.add(&check{kind: ownText}, "A secret value in your own text")
	}
	if _, found := places[style]; !found {
		return
	}
	for _, field := range f.w.Body.Fields {
		if _, _, plain := plainSecret(field); field.Kind() == core.FieldTemplate && reads(field.Template) && !plain {
			f.add(&check{kind: ownText}, "A secret value in the field %s", field.Name)
		}
	}
}

// reads tells whether a text with merge fields reads a secret.
func reads(text string) bool {
	return strings.Contains(text, "[secret:") || strings.Contains(text, "${secret:")
}
