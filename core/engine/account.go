package engine

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/source"
	"hookbird/core/source/folder"
	"hookbird/core/value"
)

const (
	// accountSlice is for how many records at once the history is looked through.
	accountSlice = 50_000

	// clockSlack is how far a clock may have been set back since a file was read.
	clockSlack = 3 * time.Hour
)

// account tells what became of the records of one file.
type account struct {
	e     *Engine
	src   *core.Source
	name  string
	filed *filed
	read  folder.Filed
	hooks map[hookAt]*core.Webhook
}

// hookAt names a webhook as it was at a revision.
type hookAt struct {
	num      uint32
	revision uint64
}

// errUnsettled is for a record that is on its way again.
var errUnsettled = errors.New("a record of the file is not settled any more")

// outcomes tells of each record and each webhook that it went to, in the order of the
// file, and then of those that did not come in.
func (a *account) outcomes(yield func(folder.Outcome, error) bool) {
	a.hooks = map[hookAt]*core.Webhook{}
	for _, span := range a.filed.Spans {
		for from := span.From; from < span.To; from += accountSlice {
			if !a.slice(core.Span{From: from, To: min(from+accountSlice, span.To)}, yield) {
				return
			}
		}
	}
	for _, list := range [][]folder.Outcome{a.filed.Left, more(a.filed.More, "left out", true), a.read.Bad, more(a.read.MoreBad, "not read", false)} {
		for _, o := range list {
			if !yield(o, nil) {
				return
			}
		}
	}
}

// more tells of records that are not told of one by one.
func more(n int, what string, good bool) []folder.Outcome {
	if n == 0 {
		return nil
	}
	return []folder.Outcome{{Record: fmt.Sprintf("%d more records", n), Word: "And so on", Reason: "They were " + what + " as well.", Good: good}}
}

// slice tells of the records in one span.
func (a *account) slice(span core.Span, yield func(folder.Outcome, error) bool) bool {
	rows, err := a.history(span)
	if err != nil {
		return yield(folder.Outcome{}, err) && false
	}
	for from := span.From; from < span.To; {
		events, err := a.e.store.Events(from, int(min(span.To-from, bufEvents)), bufBytes)
		if err != nil {
			return yield(folder.Outcome{}, err) && false
		}
		if len(events) == 0 {
			break // not kept any longer
		}
		for _, e := range events {
			if from = e.Seq + 1; e.Seq >= span.To {
				break
			}
			if !a.tell(e, rows[e.Seq], yield) {
				return false
			}
		}
	}
	return true
}

// history gives what the history has of the events in a span, the oldest first.
func (a *account) history(span core.Span) (map[uint64][]core.Delivery, error) {
	rows := map[uint64][]core.Delivery{}
	q := core.DeliveryQuery{Limit: 500, Since: a.read.Began.Add(-clockSlack)}
	for {
		page, err := a.e.store.Deliveries(a.e.life.sending, q)
		if err != nil {
			return nil, err
		}
		for _, d := range page.Rows {
			if d.Key.Seq < span.From || d.Key.Seq >= span.To {
				continue
			}
			d.Event, d.Attempts = nil, lastOf(d.Attempts)
			rows[d.Key.Seq] = append([]core.Delivery{d}, rows[d.Key.Seq]...)
		}
		switch {
		case page.Next.IsZero():
			return rows, nil
		case a.e.life.ending():
			return nil, core.Errorf(core.CodeUnavailable, "Hookbird is stopping.")
		}
		q.Before = page.Next
	}
}

// lastOf gives the last of a message's tries alone.
func lastOf(list []core.Attempt) []core.Attempt {
	if len(list) == 0 {
		return nil
	}
	return []core.Attempt{list[len(list)-1]}
}

// tell tells what became of one record.
func (a *account) tell(e *core.Event, rows []core.Delivery, yield func(folder.Outcome, error) bool) bool {
	_, place := folder.FileOf(e.Origin)
	o := folder.Outcome{Place: place, Record: e.Title, Word: "Not sent", At: e.Time}
	if place == "" && o.Record == "" { // as of one that is gone from the file
		o.Record = fieldsOf(e.Data)
	}
	if len(rows) == 0 {
		o.Good, o.Reason = true, "No webhook wants it."
		if run := a.e.env.runs.at(e.Seq); run != nil && run.State == core.RunEnded {
			o.Good, o.Reason = false, "What was left of this file was given up."
		}
		return yield(o, nil)
	}
	for _, d := range rows {
		if d.State == core.Waiting && a.e.laneByNum(d.Key.Webhook) != nil {
			return yield(o, errUnsettled) && false
		}
		if !yield(a.outcome(o, d), nil) {
			return false
		}
	}
	return true
}

// fieldsOf writes what a record without a name can be known by.
func fieldsOf(data []byte) string {
	var parts []string
	source.Fields(data, func(name, val []byte) {
		if val[0] == '{' || val[0] == '[' || len(parts) == maxFields {
			return
		}
		var field, text string
		_ = json.Unmarshal(append(append([]byte{'"'}, name...), '"'), &field) // it is valid, as all data of records
		if text = string(val); val[0] == '"' {
			_ = json.Unmarshal(val, &text) // likewise
		}
		parts = append(parts, field+" "+text)
	})
	return source.Shorten(strings.Join(parts, ", "))
}

// maxFields is how many fields tell what a record without a name is known by.
const maxFields = 3

// outcome tells what became of one record at one webhook.
func (a *account) outcome(o folder.Outcome, d core.Delivery) folder.Outcome {
	w := a.hook(hookAt{d.Key.Webhook, d.Revision})
	o.To, o.At = w.Name, time.UnixMilli(d.Key.Last)
	var last core.Attempt
	if len(d.Attempts) > 0 {
		last = d.Attempts[0]
	}
	switch d.State {
	case core.Delivered:
		o.Word, o.Good = "Delivered", true
		if w.PerRequest() == 1 {
			o.ID = theirID(last.Answer)
		}
	case core.Replaced:
		o.Word, o.Good, o.Reason = "Replaced", true, "A newer record of the same person took its place."
	case core.Removed:
		o.Word, o.Reason = "Not delivered", "It was kept for as long as such records are, and then removed."
		if last.Cause == core.CauseThrown {
			o.Reason = last.Detail
		}
	case core.Failed:
		o.Word, o.Reason = "Not delivered", w.Name+" "+attempt.Short(last)+"."
	default: // of a webhook that was deleted meanwhile
		o.Word, o.Reason = "Not delivered", "It was still waiting when the webhook was deleted."
	}
	return o
}

// hook gives a webhook as it was; one that nothing is known of any more has no name.
func (a *account) hook(at hookAt) *core.Webhook {
	if w := a.hooks[at]; w != nil {
		return w
	}
	w, err := a.e.store.WebhookAt(at.num, at.revision)
	if err != nil {
		w = &core.Webhook{Name: "A webhook that was deleted"}
	}
	a.hooks[at] = w
	return w
}

// idPaths are where answers of other systems say what they call a record.
var idPaths = []string{"id", "data.id", "records(1).id", "values(1).id", "results(1).id"}

// theirID is what the target calls a record, if its answer says so.
func theirID(answer string) string {
	v, err := value.Parse([]byte(answer))
	if err != nil {
		return ""
	}
	for _, text := range idPaths {
		path, err := value.ParsePath(text)
		if err != nil {
			continue
		}
		if id, ok := path.Find(v); ok && (id.Kind() == value.String || id.Kind() == value.Number) && len(id.Text()) <= 100 {
			return id.Text()
		}
	}
	return ""
}
