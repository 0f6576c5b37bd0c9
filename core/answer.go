package core

import "slices"

// Answer says what an answer means beyond its status code.
type Answer struct {
	Need      []AnswerRule // a good answer fits all of these
	Forbid    []AnswerRule // and none of these
	Already   []AnswerRule // one that is not good and fits one of these counts as delivered: the target has the record
	Redirects Redirects
	Unsure    UnsureRule
}

// AnswerRule is something that an answer says. All parts that are set have to
// fit; at least one is.
type AnswerRule struct {
	Code  int    // the status code
	Text  string // stands somewhere in the body, whatever the case of its letters
	Field string // path into the body, which is JSON: there, and neither null nor false nor empty
	Value string // with Field: what is there, without case and outer spaces
}

// Redirects is what an answer means that points to another address (3xx). The
// message itself is never sent to that address.
type Redirects string

// What a redirect can mean.
const (
	RedirectsFail   Redirects = ""       // it is not delivered
	RedirectsAccept Redirects = "accept" // it is delivered
	RedirectsRead   Redirects = "read"   // the answer is behind it: read with GET, without body, keys or own header lines
)

// UnsureRule is what happens to a message that was sent and never answered.
type UnsureRule string

// What can happen to a message that may have arrived.
const (
	UnsureRetry UnsureRule = ""    // it is tried again: the target may get it twice
	UnsureAsk   UnsureRule = "ask" // it has failed until a person says whether it arrived
)

// Limits of rules of answers.
const (
	MaxAnswerRules    = 20
	MaxAnswerRuleText = 1000 // bytes
)

func (a Answer) clone() Answer {
	a.Need, a.Forbid, a.Already = slices.Clone(a.Need), slices.Clone(a.Forbid), slices.Clone(a.Already)
	return a
}
