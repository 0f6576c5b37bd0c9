package message

import (
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/sign"
)

// compiler turns a webhook into a Builder. For a real Builder the first thing
// that is wrong ends it; for Show, which has to make the best of a half-written
// webhook, it becomes a note.
type compiler struct {
	version string
	reveal  func(core.Secret) (string, error) // nil: dots stand for every secret
	note    func(n core.Note)                 // nil: what is wrong is an error
	secrets []string
	many    bool // one request may hold several records
	reads   bool // something of a record is needed
}

// wrong reports something wrong at a place: "address", "field:3", "header:1".
func (c *compiler) wrong(where string, err error) error {
	if err == nil || c.note == nil {
		return err
	}
	c.note(core.Note{Warn: true, Where: where, Text: core.Sentence(err)})
	return nil
}

func (c *compiler) compile(w *core.Webhook) (*Builder, error) {
	c.many = w.PerRequest() > 1
	b := &Builder{webhookID: w.ID, method: w.HTTPMethod(), agent: "Hookbird/" + c.version, bound: MaxBody}
	for _, step := range []func(*Builder, *core.Webhook) error{
		func(b *Builder, w *core.Webhook) (err error) { b.target, err = c.target(w); return err },
		func(b *Builder, w *core.Webhook) (err error) { b.extra, err = c.extraLines(w); return err },
		c.auth,
		c.body,
		c.signature,
	} {
		if err := step(b, w); err != nil {
			return nil, err
		}
	}
	b.reads = c.reads || c.note != nil
	return b, nil
}

// onlyOne refuses a text that is of one record where one request holds several.
func (c *compiler) onlyOne(t *text) error {
	if !c.many || t.Fixed() {
		return nil
	}
	return errOnlyOne
}

var errOnlyOne = wrong("One request holds many records here, so that no merge field of a record can stand in it but in its data. Remove the field, or send each record by itself.")

// signature sets up how messages are signed.
func (c *compiler) signature(b *Builder, w *core.Webhook) error {
	b.sign = func(string, time.Time, []byte) []sign.Line { return nil }
	if errs := checkSign(w); len(errs) > 0 {
		return c.wrong("sign", errs[0])
	}
	if c.reveal == nil {
		b.sign = func(_ string, at time.Time, _ []byte) []sign.Line { return sign.Shown(w.Sign, at) }
		return nil
	}
	signer, err := sign.New(w.Sign, c.secret)
	if err != nil {
		return err
	}
	b.sign = signer.Lines
	return nil
}

// checkSign says everything that is wrong with how messages are signed: also that
// the header line of the signature is one that is written anyway.
func checkSign(w *core.Webhook) core.Errors {
	s := &w.Sign
	errs := sign.Validate(s)
	if s.Style != core.SignHMAC {
		return errs
	}
	if reason, taken := reserved[strings.ToLower(s.Header)]; taken {
		errs = append(errs, wrong("The header line %s is written by Hookbird itself. %s. Take another name.", s.Header, reason).At("/header"))
	}
	if err := checkNotAuth(s.Header, w.Auth); err != nil {
		errs = append(errs, err.At("/header"))
	}
	return errs
}
