package attempt

import (
	"slices"

	"hookbird/core"
)

// Class says what follows from a cause, for those who act on it.
type Class string

// The classes.
const (
	Good     Class = "good"     // delivered
	Trouble  Class = "trouble"  // the target does not answer: tried again, five in a row mean down
	Busy     Class = "busy"     // it asked us to slow down: the whole webhook waits
	Portal   Class = "portal"   // somebody else answered in its place: the whole webhook is held at once
	Settings Class = "settings" // tried again, five different events in a row mean attention
	Data     Class = "data"     // this very record is refused: the plan ends, unless the webhook says otherwise
	Gone     Class = "gone"     // the address was given up for good: the webhook is turned off
	Local    Class = "local"    // nothing was sent, for a reason on this side
	Again    Class = "again"    // tried again, and counts to nothing
)

// ClassOf gives the class of a cause. A cause that this version does not know is
// tried again.
func ClassOf(c core.Cause) Class {
	if o, ok := byCause[c]; ok {
		return o.class
	}
	return Again
}

// Key is what a webhook tells its target who it is with, so that words about it
// fit.
type Key string

// The keys.
const (
	KeyNone   Key = ""       // nothing
	KeyText   Key = "key"    // a key or token, wherever it stands
	KeyLogin  Key = "login"  // user and password
	KeyClient Key = "client" // a key that is fetched first with a client's id and secret (OAuth 2)
)

// KeyOf gives the key of a webhook.
func KeyOf(w *core.Webhook) Key {
	switch w.Auth.Kind {
	case core.AuthBasic:
		return KeyLogin
	case core.AuthOAuth:
		return KeyClient
	}
	key := KeyNone
	w.Secrets(func(place string, _ *core.Secret) {
		if place != "proxy" { // which is for the proxy alone
			key = KeyText
		}
	})
	return key
}

// outcome is a row of the table of outcomes: how a cause is known, what follows
// from it, and how to say it to a person.
type outcome struct {
	cause   core.Cause
	class   Class
	codes   []core.CodeRange // answers with these codes, unless the webhook counts them as good; the narrowest range of all rows counts
	asking  []core.CodeRange // the same, where the answer says when to come back
	follows string           // in place of what follows from the class
	said
	unsure string       // what is added where the message may have arrived; "" means mayHave
	keys   map[Key]said // what is different with these keys
	kinds  []kind       // what is known more closely
}

// said is how something is said. What is empty in a kind or for a key is as in
// its row. In all texts but seen,
//
//	{name}   is the webhook's name
//	{who}    the same, or whoever else it was that answered: begins a title
//	{code}   the status code; without one, its sentence is left out
//	{good}   which codes would have been good
//	{rule}   what the answer lacks
//	{detail} what the machine said, where that is a sentence
//	{host}   the target's host, in check and allow
//	{place}  the same, with its port if it is known, in allow
//	{proxy}  the proxy on the way, in allow
type said struct {
	seen  string // what was seen, for the document; of a row that has codes, what to know of them
	short string // goes on after the name: "did not accept the key"
	title string // "" means the name and short
	text  string
	check string // of a look at the address, which sends nothing
	allow string // what an IT department can do; "" in a row means that it is no matter of theirs
	steps []Step
}

// kind is what is known more closely of a cause: by a mark at the front of the
// detail, or by the code.
type kind struct {
	mark string
	code int
	said
}

// byCause is the table by cause.
var byCause = func() map[core.Cause]*outcome {
	m := make(map[core.Cause]*outcome, len(outcomes))
	for i := range outcomes {
		m[outcomes[i].cause] = &outcomes[i]
	}
	return m
}()

// byCode and byAsking are the table by status code, from 100 to 999.
var (
	byCode   = spread(func(o outcome) []core.CodeRange { return o.codes })
	byAsking = spread(func(o outcome) []core.CodeRange { return o.asking })
)

// spread writes the ranges of all rows into a table, the narrowest last.
func spread(ranges func(outcome) []core.CodeRange) (table [1000]core.Cause) {
	type part struct {
		core.CodeRange
		cause core.Cause
	}
	var parts []part
	for _, o := range outcomes {
		for _, r := range ranges(o) {
			parts = append(parts, part{r, o.cause})
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int { return (b.To - b.From) - (a.To - a.From) })
	for _, p := range parts {
		for code := p.From; code <= p.To; code++ {
			table[code] = p.cause
		}
	}
	return table
}

// CauseOf says what an answer with a code means that is not among those that
// count as good. asks tells that it says when to come back.
func CauseOf(code int, asks bool) core.Cause {
	if code < 100 || code >= len(byCode) {
		return core.CauseOther
	}
	if asks && byAsking[code] != core.CauseNone {
		return byAsking[code]
	}
	return byCode[code]
}

// say finds how an attempt is said.
func say(a core.Attempt, key Key) (s said, unsure string) {
	o, ok := byCause[a.Cause]
	if !ok {
		o = byCause[core.CauseOther]
	}
	if unsure = o.unsure; unsure == "" {
		unsure = mayHave
	}
	mark := readDetail(a.Detail).mark
	for _, k := range o.kinds {
		if k.mark != "" && k.mark == mark || k.code != 0 && k.code == a.Code {
			return o.with(k.said), unsure
		}
	}
	return o.with(o.keys[key]), unsure
}

// with gives the words of a row with those that know more closely.
func (o *outcome) with(closer said) said {
	s := o.said
	if closer.short != "" {
		s.short, s.title = closer.short, "" // a title goes with its words
	}
	if closer.title != "" {
		s.title = closer.title
	}
	if closer.text != "" {
		s.text = closer.text
	}
	if closer.check != "" {
		s.check = closer.check
	}
	if closer.allow != "" {
		s.allow = closer.allow
	}
	if closer.steps != nil {
		s.steps = closer.steps
	}
	return s
}

// mayHave is said where bytes went out and no answer came.
const mayHave = "It may have taken the message all the same."
