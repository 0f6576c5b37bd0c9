package core

import (
	"errors"
	"fmt"
)

// Code says what kind of trouble an Error is, for those who must act on it.
type Code string

// The codes. An error that is no Error counts as CodeInternal.
const (
	CodeInvalid     Code = "invalid"     // what was asked for is wrong and stays wrong
	CodeNotFound    Code = "not_found"   // there is no such thing
	CodeConflict    Code = "conflict"    // somebody else changed it meanwhile
	CodeUnavailable Code = "unavailable" // not now; the same again later may work
	CodeInternal    Code = "internal"    // a fault of the program itself
)

// Error is trouble put in words for a person. Message is a whole sentence: what
// happened, and what to do. It never holds a secret.
type Error struct {
	Code    Code
	Message string
	// Where is the place in a settings file or a form the sentence is about, as
	// a JSON pointer ("/webhooks/0/address"); empty if it is about no one place.
	Where string
	// Err is the cause, for the log. It may be nil.
	Err error
}

// Error gives the sentence alone: causes are for Unwrap and the log.
func (e *Error) Error() string { return e.Message }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error from a sentence. An error among args that stands for
// the cause is wrapped when the verb is %w, and then also becomes part of the
// sentence; use Wrap to keep it out.
func Errorf(code Code, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Message: err.Error(), Err: errors.Unwrap(err)}
}

// Wrap makes an Error whose sentence does not repeat its cause.
func Wrap(code Code, cause error, sentence string) *Error {
	return &Error{Code: code, Message: sentence, Err: cause}
}

// At returns a copy of e that names its place by a JSON pointer.
func (e *Error) At(pointer string) *Error {
	c := *e
	c.Where = pointer
	return &c
}

// CodeOf gives the code of the first Error in err's chain, CodeInternal if
// there is none, and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return CodeInternal
}

// Sentence gives what a person should read about err: all of Errors, a sentence a
// line, or the message of the first Error in its chain, else a sentence that says only that the program is at
// fault (the details are in the log).
func Sentence(err error) string {
	if err == nil {
		return ""
	}
	if errs, ok := errors.AsType[Errors](err); ok && len(errs) > 0 {
		return errs.Error() // before its parts: they are in the chain too
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Message
	}
	return "Something in Hookbird itself went wrong. The log in the data folder says more."
}

// Errors is every wrong place of one thing at once, as an import reports them:
// a sentence a line, each with its place.
type Errors []*Error

// Error prints a sentence a line, each behind its place.
func (es Errors) Error() string {
	text := ""
	for i, e := range es {
		if i > 0 {
			text += "\n"
		}
		if e.Where != "" {
			text += e.Where + ": "
		}
		text += e.Message
	}
	return text
}

// Unwrap lets errors.As find the single errors.
func (es Errors) Unwrap() []error {
	all := make([]error, len(es))
	for i, e := range es {
		all[i] = e
	}
	return all
}

// OrNil gives nil when there is nothing to report, so that a collected list can
// be returned as an error.
func (es Errors) OrNil() error {
	if len(es) == 0 {
		return nil
	}
	return es
}
