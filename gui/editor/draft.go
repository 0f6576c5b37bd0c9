package editor

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/message"
)

// Draft is a webhook as somebody edits it: rows and texts that may be half
// typed, and what is wrong with them. It belongs to the goroutine of the window.
//
// What was not touched stays exactly as it was stored, also where there is more
// than one way to say the same.
type Draft struct {
	Headers    Rows
	Fields     Rows // in the order of the message
	Accept     AcceptKind
	AcceptText string
	EventsText string
	Plan       Plan

	web      core.Webhook // the rest; its rows, codes, types and plan are not kept up to date
	stored   core.Webhook // as it was read
	revision uint64       // that it was read at; 0 for a new one
	tried    bool         // Save was pressed: untouched places are shown too
	touched  map[Place]bool
}

// NewDraft starts editing a stored webhook, or, at revision 0, a new one.
func NewDraft(d control.WebhookDraft) *Draft {
	web := d.Webhook.Clone()
	draft := &Draft{
		Accept:     acceptKind(web.Accept),
		AcceptText: printAccept(web.Accept),
		EventsText: strings.Join(web.Events, ", "),
		Plan:       planOf(web.Retry),
		web:        *web,
		stored:     *web.Clone(),
		revision:   d.Revision,
		touched:    map[Place]bool{},
	}
	for _, f := range web.Body.Fields {
		draft.Fields = append(draft.Fields, rowOfField(f))
	}
	for _, h := range web.Headers {
		draft.Headers = append(draft.Headers, rowOfHeader(h))
	}
	draft.nameSecrets()
	return draft
}

// nameSecrets notes by what names the stored webhook's secrets are revealed. A
// row is found by the secret itself: rows may have moved.
func (d *Draft) nameSecrets() {
	names := map[core.Secret]string{}
	d.stored.Secrets(func(place string, s *core.Secret) { names[*s] = place })
	for _, rows := range []Rows{d.Fields, d.Headers} {
		for _, row := range rows {
			row.place = names[row.Secret]
		}
	}
}

// IsNew tells whether the webhook was never saved.
func (d *Draft) IsNew() bool { return d.revision == 0 }

// Adopt takes what the engine now has, if it says what the draft was read from:
// only turned on or off meanwhile, or saved from here. ok is false if somebody
// else changed the settings.
func (d *Draft) Adopt(view control.WebhookView) (ok bool) {
	if !same(&d.stored, &view.Webhook) {
		return false
	}
	d.revision = view.Revision
	d.stored.State, d.web.State = view.Webhook.State, view.Webhook.State
	return true
}

// Saved takes what the engine made of a draft that was sent to it. What was typed
// since stays.
func (d *Draft) Saved(sent control.WebhookDraft, view control.WebhookView) {
	_, fields, headers := d.Webhook()
	d.revision = view.Revision
	d.stored = *view.Webhook.Clone()
	d.web.ID, d.web.State = view.Webhook.ID, view.Webhook.State
	d.Plan.stored = view.Webhook.Retry
	seal(fields, len(sent.Webhook.Body.Fields), func(i int) (was, is core.Secret) {
		return sent.Webhook.Body.Fields[i].Secret, view.Webhook.Body.Fields[i].Secret
	})
	seal(headers, len(sent.Webhook.Headers), func(i int) (was, is core.Secret) {
		return sent.Webhook.Headers[i].Secret, view.Webhook.Headers[i].Secret
	})
	d.nameSecrets()
}

// seal gives rows the sealed form of the secrets that they were sent with.
func seal(rows Rows, n int, secret func(int) (was, is core.Secret)) {
	for i := range min(n, len(rows)) {
		if was, is := secret(i); rows[i].Secret == was {
			rows[i].Secret = is
		}
	}
}

// base gives a view with what the engine has, to start again from.
func (d *Draft) base(view control.WebhookView) control.WebhookView {
	view.Webhook, view.Revision = *d.stored.Clone(), d.revision
	return view
}

// placed finds the places that an answer of the engine is about.
func (d *Draft) placed(err error) []Problem {
	_, fields, headers := d.Webhook()
	var problems []Problem
	if errs, ok := errors.AsType[core.Errors](err); ok {
		for _, e := range errs {
			problems = append(problems, problemAt(e, fields, headers))
		}
	} else if e, ok := errors.AsType[*core.Error](err); ok {
		problems = append(problems, problemAt(e, fields, headers))
	}
	return problems
}

// KeepMine lets the next save overwrite a revision that somebody else made.
func (d *Draft) KeepMine(revision uint64) { d.revision = revision }

// ID is the webhook's, "" for one whose id is still to be chosen.
func (d *Draft) ID() string { return d.web.ID }

// Web gives the parts that are no rows and no half-typed texts, to read and to
// set: Name, Address, Method, HTTPSOnly, CAFile, Sources, Timeout, Body.Style.
func (d *Draft) Web() *core.Webhook { return &d.web }

// SetMethod chooses how to send. GET carries no data, so that it takes the
// packing with it.
func (d *Draft) SetMethod(method string) {
	if method == d.web.HTTPMethod() {
		return
	}
	was := d.web.HTTPMethod()
	d.web.Method = method
	switch {
	case method == "GET" && d.web.Body.Style != "":
		d.web.Body.Style = core.BodyNone
	case was == "GET" && method != "DELETE" && d.web.Body.Style == core.BodyNone:
		d.web.Body.Style = d.stored.Body.Style
		if d.web.Body.Style == core.BodyNone {
			d.web.Body.Style = core.BodyJSON
		}
	}
}

// Style is how the message is packed.
func (d *Draft) Style() core.BodyStyle { return message.Style(&d.web) }

// SetStyle chooses how to pack.
func (d *Draft) SetStyle(style core.BodyStyle) {
	if style != d.Style() {
		d.web.Body.Style = style
	}
}

// SetTimeout chooses how long to wait for an answer.
func (d *Draft) SetTimeout(limit time.Duration) {
	if limit != d.web.Limit() {
		d.web.Timeout = limit
	}
}

// SetSource says whether records of a source are wanted. Naming none wants all.
func (d *Draft) SetSource(id string, want bool) {
	d.web.Sources = slices.DeleteFunc(slices.Clone(d.web.Sources), func(s string) bool { return s == id })
	if want {
		d.web.Sources = append(d.web.Sources, id)
	}
	if len(d.web.Sources) == len(d.stored.Sources) && sameSet(d.web.Sources, d.stored.Sources) {
		d.web.Sources = slices.Clone(d.stored.Sources)
	}
}

func sameSet(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// Touch notes that somebody has been at a place, so that what is wrong there may
// be shown.
func (d *Draft) Touch(p Place) { d.touched[p] = true }

// ShowAll shows every problem from now on, because somebody wants to save.
func (d *Draft) ShowAll() { d.tried = true }

// Webhook makes the webhook of all rows that are complete. The other returns are
// the rows that its fields and headers came from.
func (d *Draft) Webhook() (web *core.Webhook, fields, headers Rows) {
	web = d.web.Clone()
	web.Body.Fields, web.Headers = nil, nil
	for _, row := range d.Fields {
		if row.Complete() {
			web.Body.Fields = append(web.Body.Fields, row.field())
			fields = append(fields, row)
		}
	}
	for _, row := range d.Headers {
		if row.Complete() {
			web.Headers = append(web.Headers, row.header())
			headers = append(headers, row)
		}
	}
	web.Accept, _ = d.accept()
	web.Retry, _ = d.Plan.Retry()
	web.Events = d.events()
	return web, fields, headers
}

// Control gives the draft as the engine takes it.
func (d *Draft) Control() control.WebhookDraft {
	web, _, _ := d.Webhook()
	return control.WebhookDraft{Webhook: *web, Revision: d.revision}
}

// Dirty tells whether anything differs from what is stored. A new webhook is
// dirty from the start.
func (d *Draft) Dirty() bool {
	if d.IsNew() {
		return true
	}
	web, fields, headers := d.Webhook()
	if len(fields) != len(filled(d.Fields)) || len(headers) != len(filled(d.Headers)) {
		return true
	}
	_, badCodes := d.accept()
	_, badPlan := d.Plan.Retry()
	return badCodes != nil || badPlan != nil || !same(web, &d.stored)
}

// Typed tells whether somebody put anything into the draft: leaving then asks.
func (d *Draft) Typed() bool {
	if !d.IsNew() {
		return d.Dirty()
	}
	web, _, _ := d.Webhook()
	return !same(web, &d.stored) || len(filled(d.Fields)) != len(d.stored.Body.Fields)
}

// filled leaves out the rows in which nothing stands.
func filled(rows Rows) Rows {
	var rest Rows
	for _, r := range rows {
		if !r.Blank() {
			rest = append(rest, r)
		}
	}
	return rest
}

// same compares what two webhooks say; no list and an empty one are the same.
func same(a, b *core.Webhook) bool {
	return reflect.DeepEqual(plain(a), plain(b))
}

func plain(w *core.Webhook) *core.Webhook {
	w = w.Clone()
	w.State = ""
	if len(w.Events) == 0 {
		w.Events = nil
	}
	if len(w.Sources) == 0 {
		w.Sources = nil
	}
	if len(w.Headers) == 0 {
		w.Headers = nil
	}
	if len(w.Body.Fields) == 0 {
		w.Body.Fields = nil
	}
	if len(w.Accept) == 0 {
		w.Accept = nil
	}
	if len(w.Retry.Delays) == 0 {
		w.Retry.Delays = nil
	}
	return w
}

func (d *Draft) accept() (core.Accept, error) {
	switch d.Accept {
	case acceptKind(d.stored.Accept):
		if d.Accept != AcceptOwn || d.AcceptText == printAccept(d.stored.Accept) {
			return slices.Clone(d.stored.Accept), nil
		}
	case AcceptAny:
		return nil, nil
	case AcceptNone:
		return core.Accept{{From: 204, To: 204}}, nil
	}
	return parseAccept(d.AcceptText)
}

// events reads the typed list of record types.
func (d *Draft) events() []string {
	if d.EventsText == strings.Join(d.stored.Events, ", ") {
		return slices.Clone(d.stored.Events)
	}
	return strings.FieldsFunc(d.EventsText, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\n' })
}
