package settings

import (
	"slices"

	"hookbird/core"
	"hookbird/core/merge"
)

// maxData is how many texts the record of a timer may have.
const maxData = 200

// timed are the merge fields that mean something where no record came in.
var timed = []string{"@id", "@time", "@today"}

func (p *parser) timerFields(t *core.TimerSource) fields {
	return fields{
		"every":  func(n *node) { t.Every = p.duration(n) },
		"at":     func(n *node) { t.At = p.times(n) },
		"days":   func(n *node) { t.Days = p.weekdays(n) },
		"missed": func(n *node) { t.Missed = p.flag(n) },
		"data":   func(n *node) { t.Data = p.data(n) },
	}
}

// data reads texts by their names, in order.
func (p *parser) data(n *node) []core.Fixed {
	if !n.object {
		p.wrong(n.at(), `These are texts by their names, in braces, like {"report": "monthly"}.`)
		return nil
	}
	var all []core.Fixed
	for _, m := range n.children {
		all = append(all, core.Fixed{Name: m.name, Value: p.text(m)})
	}
	return all
}

func timer(t *core.TimerSource) outTimerPart {
	out := outTimerPart{Every: lasting(t.Every), At: clocks(t.At), Days: dayNames(t.Days), Missed: t.Missed}
	for _, d := range t.Data {
		out.Data = append(out.Data, outMember{d.Name, d.Value})
	}
	return out
}

func (c *checker) timer(t *core.TimerSource) {
	if t.Every == 0 && len(t.At) == 0 {
		c.add("/at", "Say when the timer makes a record: every so often, or at set times.")
	}
	c.turns(t.Every, t.At, t.Days, core.MinEvery)
	if len(t.Data) > maxData {
		c.add("/data", "At most %d texts can stand in a record, and these are %d.", maxData, len(t.Data))
		return
	}
	seen := map[string]bool{}
	for _, d := range t.Data {
		at := "/data/" + escapes.Replace(d.Name)
		c.fixed(at, d)
		if seen[d.Name] {
			c.add(at, "%s is here twice. Remove one of the two.", quoted(d.Name))
		}
		seen[d.Name] = true
	}
}

// fixed looks at a text that stands in the record of a timer.
func (c *checker) fixed(at string, d core.Fixed) {
	switch {
	case d.Name == "at":
		c.add(at, `The time that a record is for stands in it as "at". Give this another name.`)
	case len(d.Name) > maxMember:
		c.add(at, "This name is too long: at most %d characters are allowed.", maxMember)
	default:
		c.column(at, d.Name)
	}
	if len(d.Value) > maxTitle*10 {
		c.add(at, "This text is too long: at most %d characters are allowed.", maxTitle*10)
		return
	}
	text, err := merge.Parse(d.Value, merge.Plain)
	if err != nil {
		c.check(at, err)
		return
	}
	if len(text.Paths()) > 0 || len(text.Secrets()) > 0 {
		c.add(at, "A timer has no record and no secrets to read from. %s stand for its number, its time and the day.", brackets(timed))
	}
}

// brackets writes names as merge fields.
func brackets(names []string) string {
	list := slices.Clone(names)
	for i := range list {
		list[i] = "[" + list[i] + "]"
	}
	return joined(list)
}
