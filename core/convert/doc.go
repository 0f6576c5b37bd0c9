// Package convert turns a value of a record into what another system wants: a
// number written with a decimal comma, a date the other way round, a phone number
// with its country code. A conversion is a Chain of steps, each a name with at
// most one argument behind a colon, as settings, merge fields and the window's
// mapping write them:
//
//	trim | from:DD.MM.YYYY | date:YYYY-MM-DD
//
//	a value -> step -> step -> a value, or one sentence that says why not
//
// Nothing is guessed. What a step cannot read stops the chain, so that a value
// that is half right is never sent. An empty or missing value goes through every
// step as it is, but for those that are made for it (default). Numbers keep all of
// their digits: no step computes with floating point.
//
// It must not know of webhooks, messages or fields.
package convert
