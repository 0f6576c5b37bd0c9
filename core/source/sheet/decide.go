package sheet

import (
	"encoding/hex"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/source"
)

// errAsked says that a person has to answer first.
var errAsked = &trouble{asks: true}

// decide says what becomes of each candidate.
func (r *reading) decide(now time.Time) error {
	first := !r.s.begun()
	skip, err := r.skips(first)
	if err != nil {
		return err
	}
	typing := map[hash]typed{}
	r.s.again = time.Time{}
	for i := range r.list {
		c := &r.list[i]
		switch {
		case c.twice:
			c.do, err = r.twice(c, skip && first)
		case skip && c.finished, c.changed && !r.s.cfg.Changed:
			c.do = keep
		default:
			c.do = r.s.ripe(c, now, typing)
		}
		if err != nil {
			return err
		}
	}
	r.s.typing = typing
	return nil
}

// twice leaves a row out whose key another has, unless that was done before.
func (r *reading) twice(c *candidate, quietly bool) (do, error) {
	before, err := r.s.leftOut(c)
	switch {
	case before || err != nil:
		return wait, err
	case quietly:
		return keep, nil
	}
	return leave, nil
}

// maxTyping is how many rows that are being typed are known one by one. Of more, it
// is known that they have not changed while the file has not.
const maxTyping = 100_000

// ripe tells whether a row is finished, and remembers it if it is not.
func (s *Sheet) ripe(c *candidate, now time.Time, typing map[hash]typed) do {
	since := s.seen.since
	if before, ok := s.typing[c.key]; ok && before.print == c.print && before.since.Before(since) {
		since = before.since
	}
	at := since.Add(s.settle)
	if s.cfg.Ready != "" {
		at = now
	}
	if c.finished && !now.Before(at) {
		return send
	}
	if c.finished && (s.again.IsZero() || at.Before(s.again)) {
		s.again = at
	}
	if len(typing) < maxTyping {
		typing[c.key] = typed{c.print, since}
	}
	return wait
}

// skips tells whether the candidates are only remembered and not sent: those that
// were there when the place was first looked at, or that look new because the
// columns have changed. errAsked: a person is asked.
func (r *reading) skips(first bool) (skip bool, err error) {
	switch {
	case first && r.rows > 0:
		return r.existing()
	case !first && r.otherColumns() && r.many():
		return r.renewed()
	}
	return false, nil
}

func (r *reading) existing() (skip bool, err error) {
	s := r.s
	what, err := source.Existing(s.host, s.src, s.place, rows(r.rows)+" already there.", false)
	switch {
	case err != nil:
		return false, err
	case what.Do == core.ExistingAsk:
		return false, errAsked
	case what.Do == core.ExistingSince:
		return false, &trouble{text: "The rows of a spreadsheet have no date that Hookbird can go by. Choose all of them, or only new ones."}
	}
	return what.Do == core.ExistingSkip, nil
}

// enoughToAsk is how many rows have to look new until it is asked why.
const enoughToAsk = 10

// many tells whether more than half of the rows look new.
func (r *reading) many() bool {
	n := 0
	for i := range r.list {
		if c := &r.list[i]; !c.twice && (!c.changed || r.s.cfg.Changed) {
			n++
		}
	}
	return n > enoughToAsk && 2*n > r.rows
}

func (r *reading) renewed() (skip bool, err error) {
	s := r.s
	id := s.host.Hash("columns", s.place, strings.Join(s.memory.Columns, "\x00"), strings.Join(r.columns, "\x00"))
	answer, err := s.host.Ask(s.src.ID, core.SourceQuestion{
		ID:   "columns:" + hex.EncodeToString(id[:8]),
		Text: "The columns of " + s.name + " have changed, and most of its rows look new because of that.",
		Choices: []core.Choice{
			{ID: string(core.ExistingSkip), Text: "Only new ones from now", Usual: true},
			{ID: string(core.ExistingSend), Text: "All of them"},
		},
	})
	switch {
	case err != nil:
		return false, err
	case answer == "":
		return false, errAsked
	}
	return answer == string(core.ExistingSkip), nil
}
