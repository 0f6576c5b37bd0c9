package editor

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/mapping"
)

// built is the webhook of all rows of a draft that are complete, with the rows
// that its lists came from.
type built struct {
	web                             *core.Webhook
	fields, headers, keys, bodyKeys mapping.Rows
	need, forbid, already           Rules
}

func (d *Draft) build() *built {
	b := &built{
		web:    d.web.Clone(),
		fields: d.Fields.Complete(), headers: d.Headers.Complete(),
		keys: d.Keys.Complete(), bodyKeys: d.BodyKeys.Complete(),
	}
	b.web.Body.Fields, b.web.Body.Keys = b.fields.Fields(), b.bodyKeys.Keys()
	b.web.Headers, b.web.Keys = b.headers.Headers(), b.keys.Keys()
	b.need, _ = d.Need.complete()
	b.forbid, _ = d.Forbid.complete()
	b.already, _ = d.Already.complete()
	b.web.Answer.Need, b.web.Answer.Forbid, b.web.Answer.Already = b.need.list(), b.forbid.list(), b.already.list()
	b.web.Accept, _ = d.accept()
	b.web.Send, _ = d.Soon.Send(d.Style())
	b.web.Parallel, b.web.Pace, _ = d.pace()
	b.web.Brake, _ = d.Braking.Brake()
	b.web.Order = orderOf(d.web.Order, d.stored.Order)
	b.web.Network.Proxy = proxyOf(d.web.Network.Proxy, d.stored.Network.Proxy)
	b.web.Auth = d.auth()
	b.web.Retry, _ = d.Plan.Retry()
	b.web.Events = d.events()
	b.web = b.web.Clone() // shares nothing with what is stored
	return b
}

// Webhook makes the webhook of all rows that are complete.
func (d *Draft) Webhook() *core.Webhook { return d.build().web }

// Control gives the draft as the engine takes it.
func (d *Draft) Control() control.WebhookDraft {
	return control.WebhookDraft{Webhook: *d.Webhook(), Revision: d.revision}
}

// Dirty tells whether anything differs from what is stored. A new webhook is
// dirty from the start.
func (d *Draft) Dirty() bool {
	if d.IsNew() {
		return true
	}
	return d.unfinished() || len(d.halfTyped()) > 0 || !same(d.Webhook(), &d.stored)
}

// Typed tells whether somebody put anything into the draft: leaving then asks.
func (d *Draft) Typed() bool {
	if !d.IsNew() {
		return d.Dirty()
	}
	return d.unfinished() || len(d.halfTyped()) > 0 || !same(d.Webhook(), &d.stored)
}

// unfinished tells whether a row that would be sent is filled in by half.
func (d *Draft) unfinished() bool {
	for i, rows := range d.lists() {
		if len(rows.Complete()) != len(rows.Filled()) && (i > 0 || d.usesFields()) {
			return true
		}
	}
	return false
}

// same compares what two webhooks say; no list and an empty one are the same.
func same(a, b *core.Webhook) bool {
	return reflect.DeepEqual(plain(a), plain(b))
}

func plain(w *core.Webhook) *core.Webhook {
	w = w.Clone()
	w.State, w.Until = "", time.Time{}
	w.Events, w.Sources = orNil(w.Events), orNil(w.Sources)
	w.Headers, w.Keys = orNil(w.Headers), orNil(w.Keys)
	w.Body.Fields, w.Body.Keys = orNil(w.Body.Fields), orNil(w.Body.Keys)
	for i := range w.Body.Fields {
		w.Body.Fields[i].Convert = orNil(w.Body.Fields[i].Convert)
	}
	w.Accept, w.Retry.Delays = orNil(w.Accept), orNil(w.Retry.Delays)
	w.Answer.Need, w.Answer.Forbid, w.Answer.Already = orNil(w.Answer.Need), orNil(w.Answer.Forbid), orNil(w.Answer.Already)
	w.Send.At, w.Send.Days, w.Auth.Scopes = orNil(w.Send.At), orNil(w.Send.Days), orNil(w.Auth.Scopes)
	return w
}

func orNil[L ~[]T, T any](list L) L {
	if len(list) == 0 {
		return nil
	}
	return list
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
