package timer

import (
	"context"
	"slices"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/merge"
	"hookbird/core/schedule"
	"hookbird/core/value"
)

// timeField is the name of the time that a record is for.
const timeField = "at"

// maker makes the records of a timer.
type maker struct {
	src   *core.Source
	texts []*merge.Text // of Data
}

// newMaker reads a timer's settings. CodeInvalid if nothing can be made of them.
func newMaker(src *core.Source) (*maker, error) {
	t := src.Timer
	if t.Every == 0 && len(t.At) == 0 {
		return nil, core.Errorf(core.CodeInvalid, "Say how often, or at which times of the day, a record is to be made.")
	}
	if errs := schedule.Validate(times(t)); len(errs) > 0 {
		return nil, errs[0]
	}
	m := &maker{src: src}
	for i, d := range t.Data {
		text, err := parse(d)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(t.Data[:i], func(before core.Fixed) bool { return before.Name == d.Name }) {
			return nil, core.Errorf(core.CodeInvalid, "The name %q stands twice in the record. Each value has a name of its own.", d.Name)
		}
		m.texts = append(m.texts, text)
	}
	return m, nil
}

// parse reads one text of the record, in which nothing can stand that a record
// brings along or that is secret.
func parse(d core.Fixed) (*merge.Text, error) {
	if strings.TrimSpace(d.Name) == "" {
		return nil, core.Errorf(core.CodeInvalid, "A value of the record has no name. Give it one, or remove it.")
	}
	text, err := merge.Parse(d.Value, merge.Plain)
	if err != nil {
		return nil, core.Errorf(core.CodeInvalid, "The value of %q cannot be used. %s", d.Name, core.Sentence(err))
	}
	if uses := text.Paths(); len(uses) > 0 {
		return nil, core.Errorf(core.CodeInvalid, "The value of %q asks for [%s], but a timer has no record to take it from. It can hold [@today], [@time] and [@id]; a bracket that is meant as one is written \\[.", d.Name, uses[0].Path)
	}
	if names := text.Secrets(); len(names) > 0 {
		return nil, core.Errorf(core.CodeInvalid, "The value of %q asks for a secret, which cannot stand in a record. Add it in the webhook.", d.Name)
	}
	return text, nil
}

// event makes the record for a time, now.
func (m *maker) event(at, now time.Time) (*core.Event, error) {
	e := &core.Event{ID: core.NewEventID(now), Type: m.src.Type(), Time: now, Source: m.src.ID, Origin: clock(at)}
	data, first := []byte{'{'}, true
	add := func(name, text string) {
		if !first {
			data = append(data, ',')
		}
		first = false
		data = append(value.AppendQuoted(data, name), ':')
		data = value.AppendQuoted(data, text)
	}
	if !slices.ContainsFunc(m.src.Timer.Data, func(d core.Fixed) bool { return d.Name == timeField }) {
		add(timeField, at.Format(time.RFC3339Nano))
	}
	for i, d := range m.src.Timer.Data {
		text, err := m.texts[i].Append(nil, &merge.Scope{Event: e, At: now})
		if err != nil {
			return nil, err
		}
		add(d.Name, string(text))
	}
	e.Data = append(data, '}')
	return e, nil
}

// make makes the record for a time and stores it.
func (t *Timer) make(ctx context.Context, at time.Time) error {
	e, err := t.maker.event(at, t.now())
	if err != nil {
		return err
	}
	return t.accept(ctx, []*core.Event{e}, t.state.with(at, t.send))
}
