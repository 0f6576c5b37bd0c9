package engine

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/source"
	"hookbird/core/source/gate"
)

// LeaveOut counts and keeps records that did not come in, with the next commit.
func (e *Engine) LeaveOut(source string, list []core.LeftOut) {
	marks, err := e.leaveOut(source, list)
	if err == nil {
		err = e.commit.submit(&op{marks: marks})
	}
	if err != nil {
		e.log.Warn("records that were left out are not kept", "source", source, "error", err)
	}
}

// leaveOut counts records that did not come in, and gives the marks to keep them.
func (e *Engine) leaveOut(source string, list []core.LeftOut) (marks []core.Mark, err error) {
	for i := range list {
		l := &list[i]
		if l.ID == "" {
			l.ID, l.At = core.NewEventID(time.Now()), time.Now()
		}
		value, err := json.Marshal(l)
		if err != nil {
			return nil, err
		}
		marks = append(marks, core.Mark{Source: source, Key: leftKey + l.ID, Value: value})
	}
	e.change(source, func(s *core.SourceState) bool {
		s.LeftOut += uint64(len(list))
		return len(list) > 0
	})
	return marks, nil
}

// LeftOut gives the records of a source that were left out, the newest first.
func (e *Engine) LeftOut(source string) ([]core.LeftOut, error) {
	var list []core.LeftOut
	err := e.store.Marks(source, leftKey, func(_ string, value []byte) error {
		var l core.LeftOut
		if err := json.Unmarshal(value, &l); err != nil {
			return err
		}
		list = append(list, l)
		return nil
	})
	slices.Reverse(list)
	return list, err
}

// SendLeftOut takes in records that were left out, and tells how many it could: those
// that are kept.
func (e *Engine) SendLeftOut(id string, ids []string) (int, error) {
	row, ok := e.feed.row(id)
	if !ok {
		return 0, core.Errorf(core.CodeNotFound, "There is no such source any more.")
	}
	var events []*core.Event
	var marks []core.Mark
	for _, left := range ids {
		value, ok, err := e.store.Mark(id, leftKey+left)
		if err != nil {
			return 0, err
		}
		var l core.LeftOut
		if !ok || json.Unmarshal(value, &l) != nil || l.Data == nil {
			continue
		}
		events = append(events, &core.Event{
			ID: core.NewEventID(time.Now()), Type: row.Source.Type(), Source: id, Title: source.Title(l.Data), Origin: l.Origin, Data: l.Data,
		})
		marks = append(marks, core.Mark{Source: id, Key: leftKey + left})
	}
	if len(events) == 0 {
		return 0, nil
	}
	return len(events), e.take(&op{events: events, marks: marks})
}

// tidySources forgets records that were left out long ago, and what Once no longer
// knows. It is housekeeping.
func (e *Engine) tidySources() {
	for _, info := range e.Sources() {
		if marks := e.stale(info.Row.Source); len(marks) > 0 {
			if err := e.commit.do(&op{marks: marks}); err != nil {
				e.log.Warn("old marks of a source not removed", "source", info.Row.Source.ID, "error", err)
			}
		}
	}
}

// stale gives the marks that forget what a source need not remember.
func (e *Engine) stale(src *core.Source) (marks []core.Mark) {
	var left []string
	now := time.Now()
	err := e.store.Marks(src.ID, "", func(key string, value []byte) error {
		switch {
		case strings.HasPrefix(key, leftKey):
			left = append(left, key)
		case len(marks) < maxForgotten && gate.Expired(src, key, value, now):
			marks = append(marks, core.Mark{Source: src.ID, Key: key})
		}
		return nil
	})
	if err != nil {
		e.log.Warn("marks of a source not readable", "source", src.ID, "error", err)
	}
	for _, key := range left[:max(0, len(left)-core.MaxLeftOut)] { // by time, the oldest first
		marks = append(marks, core.Mark{Source: src.ID, Key: key})
	}
	return marks
}

// maxForgotten is how many marks one round of housekeeping removes of a source.
const maxForgotten = 10_000
