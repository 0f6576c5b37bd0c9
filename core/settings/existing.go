package settings

import (
	"time"

	"hookbird/core"
)

// existing reads what becomes of the records that are there when a source is first
// switched on: by a word, or as an object with the day from which on they are sent.
// usual is what it gives where that cannot be read.
func (p *parser) existing(n *node, usual core.Existing) core.Existing {
	if n.object {
		e := core.Existing{Do: core.ExistingSince}
		p.object(n, "existing", fields{"since": func(n *node) { e.Since = p.day(n) }})
		return e
	}
	word, _ := n.value.(string)
	switch word {
	case "ask":
		return core.Existing{Do: core.ExistingAsk}
	case "send", "read":
		return core.Existing{Do: core.ExistingSend}
	case "skip":
		return core.Existing{Do: core.ExistingSkip}
	}
	p.wrong(n.at(), `This is "ask", "send", "skip", or the day from which on records are sent, like {"since": "2026-01-31"}`)
	return usual
}

// firstDay is the earliest year from which on records can be sent.
const firstDay = 1900

// day reads a day, by the clock of this computer, or a moment.
func (p *parser) day(n *node) time.Time {
	text := p.text(n)
	t, err := time.ParseInLocation(time.DateOnly, text, time.Local)
	if err != nil {
		t = time.Time{}
		err = t.UnmarshalText([]byte(text))
	}
	if _, isText := n.value.(string); isText && (err != nil || !validDay(t)) {
		p.wrong(n.at(), `This has to be a day such as "2026-01-31", or a day and a time with its zone such as "2026-01-31T18:00:00Z".`)
		return time.Time{}
	}
	return t.UTC()
}

func validDay(t time.Time) bool { return t.UTC().Year() >= firstDay && t.UTC().Year() <= lastYear }

// since writes what day reads.
func since(t time.Time) string {
	text := t.Local().Format(time.DateOnly)
	if day, err := time.ParseInLocation(time.DateOnly, text, time.Local); err == nil && day.Equal(t) {
		return text
	}
	return moment(t)
}

// existed writes what existing reads, and nil for what is usual.
func existed(s *core.Source) any {
	do := s.Existing.Do
	usual := core.ExistingAsk
	if s.Kind == core.KindFolder {
		usual = core.ExistingSend
	}
	switch do {
	case usual:
		return nil
	case core.ExistingAsk:
		return "ask"
	case core.ExistingSince:
		return outExisting{since(s.Existing.Since)}
	default:
		return do
	}
}

func (c *checker) existing(s *core.Source) {
	switch s.Existing.Do {
	case core.ExistingAsk, core.ExistingSend, core.ExistingSkip:
		return
	case core.ExistingSince:
	default:
		c.add("/existing", "Records that are there already can be sent, left out, or sent from a day on, but not %s.", quoted(string(s.Existing.Do)))
		return
	}
	switch {
	case s.Existing.Since.IsZero():
		c.add("/existing/since", "Choose the day from which on records are sent.")
	case !validDay(s.Existing.Since):
		c.add("/existing/since", "This day is too long ago, or too far away. Choose one from %d on.", firstDay)
	case s.Kind == core.KindSheet:
		c.add("/existing", "The rows of a spreadsheet have no date that Hookbird can go by. Choose all of them, or only new ones.")
	case s.Kind == core.KindWeb && s.Web != nil && !asksLast(&s.Web.Ask):
		c.add("/existing", "How old records are can only be told if the request asks for those of a time. Choose all of them, or only new ones; or write [last] where the service wants to know from when on.")
	}
}
