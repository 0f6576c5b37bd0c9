package settings

import (
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/message"
	"hookbird/core/schedule"
)

// once reads how records that came before are left out.
func (p *parser) once(n *node) core.Once {
	var o core.Once
	p.object(n, "once", fields{
		"keys": func(n *node) { o.Keys = p.texts(n) },
		"days": func(n *node) { o.Days = p.whole(n, 1, maxDays) },
	})
	if n.object && len(o.Keys) == 0 && !p.places[n.pointer("keys")] {
		p.wrong(n.pointer("keys"), onceKeys)
	}
	return o
}

const onceKeys = `Name the fields that tell records apart, such as "keys": ["E-Mail"].`

func onced(o core.Once) *outOnce {
	if len(o.Keys) == 0 {
		return nil
	}
	out := outOnce(o)
	return &out
}

func (c *checker) once(o core.Once) {
	c.names("/once/keys", o.Keys)
	if o.Days < 0 || o.Days > maxDays {
		c.add("/once/days", "A record is known for 1 to %d days.", maxDays)
	}
}

// everyDay is when something is expected where no days are named.
var everyDay = []time.Weekday{
	time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday,
}

// expect reads until when something has to have come in.
func (p *parser) expect(n *node) core.Expect {
	var e core.Expect
	if !p.object(n, "expect", fields{
		"by":        func(n *node) { e.By, _ = p.clock(n) },
		"days":      func(n *node) { e.Days = p.weekdays(n) },
		"heartbeat": func(n *node) { e.Heartbeat = p.password(n) },
	}) {
		return e
	}
	if n.get("by") == nil {
		p.wrong(n.pointer("by"), `Say until when something has to have come in, such as "by": "07:00".`)
	}
	if n.get("days") == nil {
		e.Days = append(e.Days, everyDay...)
	}
	p.filled(n, "days")
	return e
}

func (p *printer) expect(e core.Expect) *outExpect {
	if len(e.Days) == 0 {
		return nil
	}
	return &outExpect{By: clock(e.By), Days: dayNames(e.Days), Heartbeat: p.secret(e.Heartbeat)}
}

func (c *checker) expect(e core.Expect) {
	c.heartbeat(e.Heartbeat)
	if len(e.Days) == 0 {
		if !e.Heartbeat.IsZero() {
			c.add("/expect/days", "The address is called once something has come that was expected. Choose the days on which something is.")
		}
		return
	}
	for _, err := range schedule.Validate(core.Send{At: []int{e.By}, Days: e.Days}) {
		c.errs = append(c.errs, err.At("/expect"+strings.Replace(err.Where, "/at/0", "/by", 1)))
	}
}

// heartbeat looks at the address that is called. It is as good as a key, so that
// nothing of it is repeated.
func (c *checker) heartbeat(s core.Secret) {
	text, typed := s.Text()
	if !typed {
		return
	}
	if _, err := message.ParseAddress(text); err != nil || message.HasFields(text) {
		c.add("/expect/heartbeat", "This is no web address that can be called. It starts with https:// or http://, and has no merge fields in it.")
	}
}
