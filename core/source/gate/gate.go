// Package gate is what every record passes on its way from a source into the log:
// fields that its source does not keep are taken out, and it gets its title; records
// that came before, that hold what looks like a card number, or that are about
// somebody who asked never to be sent, are left out.
//
// It must not know what kind of source a record is from, nor what it is good for.
package gate

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/merge"
	"hookbird/core/source"
	"hookbird/core/value"
)

// MarkOnce is the prefix of the marks by which records are known that came before.
const MarkOnce = "once:"

// MarkAlias is the mark of the names that fields get in place of those they have: as
// JSON, from these to those.
const MarkAlias = "alias"

// Options are what a gate needs of the engine.
type Options struct {
	Hash  func(parts ...string) [16]byte                      // as source.Host has it
	Mark  func(key string) (value []byte, ok bool, err error) // of the source
	Never *Never                                              // nil: nobody asked
	Alias map[string]string                                   // what fields are called in records, and the names that they get
}

// Gate is the gate of one source. Any goroutine may use it, one at a time where
// Once is set.
type Gate struct {
	src   *core.Source
	o     Options
	title *merge.Text // nil: guessed
	keys  []value.Path
}

// New makes the gate of a source. What of its settings cannot be read counts as not
// set: such settings are not saved.
func New(src *core.Source, o Options) *Gate {
	g := &Gate{src: src, o: o}
	if src.Title != "" {
		g.title, _ = merge.Parse(src.Title, merge.Plain)
	}
	for _, name := range src.Once.Keys {
		if path, err := value.ParsePath(name); err == nil {
			g.keys = append(g.keys, path)
		}
	}
	return g
}

// Pass gives the events that may come in, changed as the source's settings say,
// what has to be remembered of them in the same commit, and those that are left
// out. The list of events is not changed; the events are.
func (g *Gate) Pass(events []*core.Event) (in []*core.Event, marks []core.Mark, left []core.LeftOut, err error) {
	p := pass{g: g, now: time.Now()}
	for i, e := range events {
		if len(g.o.Alias) > 0 {
			e.Data = renamed(e.Data, g.o.Alias)
		}
		why, private, err := p.refuses(e)
		if err != nil {
			return nil, nil, nil, err
		}
		if why != "" {
			if in == nil {
				in = append(make([]*core.Event, 0, len(events)), events[:i]...)
			}
			left = append(left, leftOut(e, why, private))
			continue
		}
		g.shape(e, p.now)
		if in != nil {
			in = append(in, e)
		}
	}
	if len(left) == 0 {
		in = events
	}
	return in, p.marks, left, nil
}

// leftOut keeps a record unless it is private.
func leftOut(e *core.Event, why string, private bool) core.LeftOut {
	l := core.LeftOut{Origin: e.Origin, Why: why}
	if !private && len(e.Data) <= maxKept {
		l.Data = e.Data
	}
	return l
}

// maxKept is how large a record is at most that is kept though it was left out, in
// bytes.
const maxKept = 64 << 10

// shape takes out what is not kept, and gives the title.
func (g *Gate) shape(e *core.Event, now time.Time) {
	e.Title = g.titleOf(e, now) // of all the record: a name need not be kept to be seen
	if len(g.src.Keep) > 0 {
		e.Data = only(e.Data, g.src.Keep)
	}
}

func (g *Gate) titleOf(e *core.Event, now time.Time) string {
	if g.title == nil {
		return source.Title(e.Data)
	}
	record, err := value.Parse(e.Data)
	if err != nil {
		return ""
	}
	text, err := g.title.Append(nil, &merge.Scope{Data: record, Event: e, At: now})
	if err != nil {
		return source.Title(e.Data)
	}
	return source.Shorten(strings.Join(strings.Fields(string(text)), " "))
}

// pass is one call of Pass.
type pass struct {
	g     *Gate
	now   time.Time
	marks []core.Mark
	here  map[string]string // origin of the records of this call, by their keys
}

// refuses says why a record is left out, "" if it is not. private tells that it may
// not be kept either.
func (p *pass) refuses(e *core.Event) (why string, private bool, err error) {
	if !p.g.src.Cards {
		if field := CardIn(e.Data); field != "" {
			return HoldsCard(field), true, nil
		}
	}
	if p.g.o.Never.Holds(e.Data) {
		return "It is about somebody who asked not to be sent anywhere.", true, nil
	}
	why, err = p.again(e)
	return why, false, err
}

// again says that a record came before, and else remembers it.
func (p *pass) again(e *core.Event) (why string, err error) {
	key := p.g.keyOf(e)
	if key == "" {
		return "", nil
	}
	if origin, twice := p.here[key]; twice {
		return strings.TrimSpace("The same came just before. " + origin), nil
	}
	days := p.g.src.Once.Days
	if days == 0 {
		days = core.DefaultOnceDays
	}
	stored, ok, err := p.g.o.Mark(key)
	if err != nil {
		return "", fmt.Errorf("look whether a record came before: %w", err)
	}
	if came := time.Unix(at(stored), 0); ok && p.now.Sub(came) < time.Duration(days)*24*time.Hour {
		return "The same came on " + came.Format("2 January 2006") + ".", nil
	}
	if p.here == nil {
		p.here = map[string]string{}
	}
	p.here[key] = e.Origin
	p.marks = append(p.marks, core.Mark{Source: p.g.src.ID, Key: key, Value: binary.BigEndian.AppendUint64(nil, uint64(p.now.Unix()))})
	return "", nil
}

// at reads the time of a mark, in Unix seconds.
func at(stored []byte) int64 {
	if len(stored) != 8 {
		return 0
	}
	return int64(binary.BigEndian.Uint64(stored))
}

// keyOf is the mark of a record's keys, "" where there are none.
func (g *Gate) keyOf(e *core.Event) string {
	if len(g.keys) == 0 {
		return ""
	}
	record, err := value.Parse(e.Data)
	if err != nil {
		return ""
	}
	parts, some := []string{"once", e.Type}, false
	for _, path := range g.keys {
		found, _ := path.Find(record)
		text := strings.TrimSpace(found.Text())
		parts, some = append(parts, text), some || text != ""
	}
	if !some {
		return "" // without any of its keys a record is like no other
	}
	sum := g.o.Hash(parts...)
	return MarkOnce + hex.EncodeToString(sum[:])
}

// Expired tells whether a mark of a source is one of a record that is known no more.
func Expired(src *core.Source, key string, stored []byte, now time.Time) bool {
	days := src.Once.Days
	if days == 0 {
		days = core.DefaultOnceDays
	}
	return strings.HasPrefix(key, MarkOnce) &&
		(len(src.Once.Keys) == 0 || now.Sub(time.Unix(at(stored), 0)) >= time.Duration(days)*24*time.Hour)
}
