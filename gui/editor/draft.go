package editor

import (
	"errors"
	"slices"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/message"
	"hookbird/gui/mapping"
)

// Draft is a webhook as somebody edits it: rows and texts that may be half
// typed, and what is wrong with them. It belongs to the goroutine of the window.
//
// What was not touched stays exactly as it was stored, also where there is more
// than one way to say the same.
type Draft struct {
	Headers    mapping.Rows
	Keys       mapping.Rows // that address and header lines read
	Fields     mapping.Rows // in the order of the message
	BodyKeys   mapping.Rows // that texts of the message read
	Accept     AcceptKind
	AcceptText string
	EventsText string
	Condition  string // what is wrong with a condition that the filter leaves out
	Need       Rules  // of a good answer
	Forbid     Rules
	Already    Rules // answers that mean that the other system has the record
	Soon       Soon
	Pacing     Pacing
	Braking    Braking // when it asks before it sends unusually much
	SignIn     SignIn
	Plan       Plan

	web      core.Webhook // the rest; what stands above is not kept up to date in it
	stored   core.Webhook // as it was read
	revision uint64       // that it was read at; 0 for a new one
	joined   bool         // what somebody else saved meanwhile is in it
	tried    bool         // Save was pressed: untouched places are shown too
	touched  map[Place]bool
	refused  []Problem     // what the engine said of a draft that it did not take
	refusal  *core.Webhook // that draft
}

// NewDraft starts editing a stored webhook, or, at revision 0, a new one.
func NewDraft(d control.WebhookDraft) *Draft {
	web := d.Webhook.Clone()
	draft := &Draft{
		Headers:    mapping.RowsOfHeaders(web.Headers),
		Keys:       mapping.RowsOfKeys(web.Keys),
		Fields:     mapping.RowsOfFields(web.Body.Fields),
		BodyKeys:   mapping.RowsOfKeys(web.Body.Keys),
		Accept:     acceptKind(web.Accept),
		AcceptText: printAccept(web.Accept),
		EventsText: strings.Join(web.Events, ", "),
		Need:       rulesOf(web.Answer.Need, false),
		Forbid:     rulesOf(web.Answer.Forbid, false),
		Already:    rulesOf(web.Answer.Already, true),
		Soon:       soonOf(web),
		Pacing:     pacingOf(web),
		Braking:    brakingOf(web),
		SignIn:     signInOf(web.Auth),
		Plan:       planOf(web.Retry),
		web:        *web,
		stored:     *web.Clone(),
		revision:   d.Revision,
		touched:    map[Place]bool{},
	}
	draft.nameSecrets()
	return draft
}

// joinedDraft goes on editing what somebody else saved, with what was changed here.
func joinedDraft(theirs control.WebhookView, both *core.Webhook) *Draft {
	d := NewDraft(control.WebhookDraft{Webhook: *both, Revision: theirs.Revision})
	d.stored, d.joined = *theirs.Webhook.Clone(), true
	d.nameSecrets()
	return d
}

// lists are all tables of the draft, that of the fields first.
func (d *Draft) lists() []mapping.Rows {
	return []mapping.Rows{d.Fields, d.Headers, d.Keys, d.BodyKeys}
}

// nameSecrets notes by what names the stored webhook's secrets are revealed. A
// row is found by the secret itself: rows may have moved.
func (d *Draft) nameSecrets() {
	names := map[core.Secret]string{}
	d.stored.Secrets(func(place string, s *core.Secret) { names[*s] = place })
	for _, rows := range d.lists() {
		for _, row := range rows {
			row.Keep(names[row.Secret])
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
	d.takeState(&view.Webhook)
	return true
}

// takeState takes over whether the webhook is on, off, or paused and until when.
func (d *Draft) takeState(w *core.Webhook) {
	d.web.State, d.web.Until = w.State, w.Until
	d.stored.State, d.stored.Until = w.State, w.Until
}

// Saved takes what the engine made of a draft that was sent to it. What was typed
// since stays.
func (d *Draft) Saved(sent control.WebhookDraft, view control.WebhookView) {
	b := d.build()
	was, is := &sent.Webhook, &view.Webhook
	d.revision, d.refusal, d.joined = view.Revision, nil, false
	d.stored = *is.Clone()
	d.web.ID = is.ID
	d.takeState(is)
	d.Plan.stored = is.Retry
	d.Soon.stored, d.Soon.packed = is.Send, message.Style(is)
	seal(b.fields, was.Body.Fields, is.Body.Fields, func(f core.Field) core.Secret { return f.Secret })
	seal(b.headers, was.Headers, is.Headers, func(h core.Header) core.Secret { return h.Secret })
	seal(b.keys, was.Keys, is.Keys, keySecret)
	seal(b.bodyKeys, was.Body.Keys, is.Body.Keys, keySecret)
	sealOne(&d.web.Sign.Secret, was.Sign.Secret, is.Sign.Secret)
	sealOne(&d.web.Sign.Previous, was.Sign.Previous, is.Sign.Previous)
	for _, c := range d.SignIn.all() {
		sealOrForget(&c.Secret, was.Auth.Secret, is.Auth.Secret)
	}
	sealOrForget(&d.web.Network.Proxy.Password, was.Network.Proxy.Password, is.Network.Proxy.Password)
	d.nameSecrets()
}

func keySecret(k core.NamedSecret) core.Secret { return k.Secret }

// seal gives rows the sealed form of the secrets that they were sent with.
func seal[T any](rows mapping.Rows, was, is []T, secret func(T) core.Secret) {
	for i := range min(len(rows), len(was), len(is)) {
		sealOne(&rows[i].Secret, secret(was[i]), secret(is[i]))
	}
}

func sealOne(now *core.Secret, was, is core.Secret) {
	if *now == was {
		*now = is
	}
}

// sealOrForget is sealOne for a secret that is not always part of the webhook. One
// that was sealed and is none of it any more is kept nowhere.
func sealOrForget(now *core.Secret, was, is core.Secret) {
	sealOne(now, was, is)
	if now.ID() != "" && *now != is {
		*now = core.Secret{}
	}
}

// base gives a view with what the engine has, to start again from.
func (d *Draft) base(view control.WebhookView) control.WebhookView {
	view.Webhook, view.Revision = *d.stored.Clone(), d.revision
	return view
}

// placed finds the places that an answer of the engine is about.
func (d *Draft) placed(err error) []Problem {
	b := d.build()
	var problems []Problem
	if errs, ok := errors.AsType[core.Errors](err); ok {
		for _, e := range errs {
			problems = append(problems, b.problemAt(e))
		}
	} else if e, ok := errors.AsType[*core.Error](err); ok {
		problems = append(problems, b.problemAt(e))
	}
	return problems
}

// Refuse notes what the engine says of a draft that it did not take. It stands
// until something is changed.
func (d *Draft) Refuse(sent control.WebhookDraft, err error) {
	d.refusal, d.refused = sent.Webhook.Clone(), nil
	for _, p := range d.placed(err) {
		if p.Place.Part != PartNone {
			d.refused = append(d.refused, p)
		}
	}
}

// Refused lists what the engine said of the draft as it is now.
func (d *Draft) Refused() []Problem {
	if d.refusal == nil || !same(d.refusal, d.Webhook()) {
		return nil
	}
	return d.refused
}

// ID is the webhook's, "" for one whose id is still to be chosen.
func (d *Draft) ID() string { return d.web.ID }

// Web gives the parts that are no rows and no half-typed texts, to read and to
// set: Name, Address, Method, HTTPSOnly, CAFile, Network, Sources, Filter, Order,
// Sign, Timeout, of Answer Redirects and Unsure, and of Body Style, Template and
// ContentType.
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

// SetStyle chooses how to pack. A list is chosen to hold many records, so that it
// gets them.
func (d *Draft) SetStyle(style core.BodyStyle) {
	if style == d.Style() {
		return
	}
	d.web.Body.Style = style
	if style == core.BodyList && d.Soon.Kind == SoonNow {
		d.Soon.Kind = SoonLists
	}
}

// usesFields tells whether the message is made of the rows that are taken from the
// record.
func (d *Draft) usesFields() bool {
	return d.Style() != core.BodyNone && d.Style() != core.BodyTemplate
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
