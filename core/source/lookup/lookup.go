// Package lookup fetches more about a record and puts it into the record, under a
// name of its own: the other half of systems that tell no more than an id.
//
//	{"contactId": 4711}  ->  {"contactId": 4711,"details":{"email": …}}
//
// The bytes that came stay as they were. Whoever calls waits, tries again and keeps
// records meanwhile: an answer is only kept in memory, for as long as the settings
// say.
//
// The package must not know of sources, stores or webhooks.
package lookup

import (
	"bytes"
	"context"
	"time"

	"hookbird/core"
	"hookbird/core/ask"
	"hookbird/core/source"
	"hookbird/core/value"
)

// LookUp fetches more about records. It may be used from any goroutine.
type LookUp struct {
	client *ask.Client
	into   string
	path   value.Path // zero: all of an answer
	cache  *cache     // nil: each record asks
}

// New makes a LookUp. Secrets are opened here: CodeInvalid if something is set that
// cannot be, CodeUnavailable if a secret cannot be opened now.
func New(l *core.LookUp, env source.Env) (*LookUp, error) { return newWith(l, env, ask.Options{}) }

func newWith(l *core.LookUp, env source.Env, o ask.Options) (*LookUp, error) {
	u := &LookUp{into: l.Into}
	if u.into == "" {
		u.into = core.DefaultInto
	}
	var err error
	if l.Path != "" {
		if u.path, err = value.ParsePath(l.Path); err != nil {
			return nil, err
		}
	}
	if l.Keep > 0 {
		u.cache = newCache(l.Keep)
	}
	u.client, err = ask.NewWith(&l.Ask, env, o)
	return u, err
}

// Close gives up the connections that are kept open.
func (u *LookUp) Close() { u.client.Close() }

// Join asks about a record, and gives it with what was found. found is false if there
// is nothing about it: the service says so (404, 410), or what is looked for is not in
// its answer, or empty. Then joined is the record as it is. event is whose record it
// is, for merge fields such as [@id]; its own data does not count.
//
// CodeInvalid: this record cannot be asked about, or takes nothing in, and it will be
// the same the next time. Every other error is about the service, and the same may be
// tried again: ask.RetryAfter tells when, if it said so. When ctx ends first, the
// error is that of ctx.
func (u *LookUp) Join(ctx context.Context, record []byte, event *core.Event) (joined []byte, found bool, err error) {
	fields, err := value.Parse(record)
	if err != nil || fields.Kind() != value.Object {
		return nil, false, core.Errorf(core.CodeInvalid, "Nothing can be looked up about this record: it is not one object of JSON, with names and values.")
	}
	for name := range fields.Fields() {
		if name == u.into {
			return nil, false, core.Errorf(core.CodeInvalid, "This record has a field called %s already. Give what is looked up another name.", u.into)
		}
	}
	details, err := u.details(ctx, record, event)
	if err != nil || details == nil {
		return record, false, err
	}
	joined = join(record, u.into, details)
	if len(joined) > core.MaxEventData {
		return nil, false, core.Errorf(core.CodeInvalid, "What was found about this record makes it longer than %d MB. Take only a part of it.", core.MaxEventData>>20)
	}
	return joined, true, nil
}

// details gives what is found about a record, nil for nothing.
func (u *LookUp) details(ctx context.Context, record []byte, event *core.Event) ([]byte, error) {
	e := core.Event{}
	if event != nil {
		e = *event
	}
	e.Data = record
	r := ask.Request{Event: &e, At: time.Now()}
	if u.cache == nil {
		return u.ask(ctx, r)
	}
	id, err := u.client.Identify(r)
	if err != nil {
		return nil, err
	}
	return u.cache.get(ctx, id, func() ([]byte, error) { return u.ask(ctx, r) })
}

func (u *LookUp) ask(ctx context.Context, r ask.Request) ([]byte, error) {
	a, err := u.client.Do(ctx, r)
	if core.CodeOf(err) == core.CodeNotFound && a != nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	v := a.Value
	if u.path.String() != "" {
		v, _ = u.path.Find(v)
	}
	if v.IsEmpty() {
		return nil, nil
	}
	return bytes.Clone(v.Raw()), nil
}

// join puts a value into an object, behind all that is there.
func join(record []byte, name string, details []byte) []byte {
	end := bytes.LastIndexByte(record, '}')
	before := bytes.TrimRight(record[:end], " \t\r\n")
	joined := make([]byte, 0, len(record)+len(name)+len(details)+8)
	joined = append(joined, record[:end]...)
	if before[len(before)-1] != '{' {
		joined = append(joined, ',')
	}
	joined = append(value.AppendQuoted(joined, name), ':')
	joined = append(joined, details...)
	return append(joined, record[end:]...)
}
