package settings

import (
	"strings"

	"hookbird/core"
)

// Bounds of an answer.
const (
	maxErrors   = 100  // wrong places that it names
	maxSentence = 1000 // bytes about one of them: some repeat what is wrong
)

// findings are what is wrong with a file, each place once.
type findings struct {
	errs   core.Errors
	places map[string]bool // of errs, and of what need not be said besides
	more   int             // that were wrong beyond maxErrors
}

// wrong notes a wrong place.
func (f *findings) wrong(at, format string, args ...any) {
	f.add(core.Errorf(core.CodeInvalid, format, args...).At(at))
}

func (f *findings) add(e *core.Error) {
	f.places[e.Where] = true
	if len(f.errs) == maxErrors {
		f.more++
		return
	}
	if len(e.Message) > maxSentence {
		e = core.Errorf(e.Code, "%s…", strings.ToValidUTF8(e.Message[:maxSentence], "")).At(e.Where)
	}
	f.errs = append(f.errs, e)
}

// count is how many places were wrong so far.
func (f *findings) count() int { return len(f.errs) + f.more }

// addAll notes what a check of the finished thing found, unless reading the same
// place went wrong already.
func (f *findings) addAll(at string, found core.Errors) {
	for _, e := range found {
		where := at + e.Where
		if !f.isWrong(at, where) {
			f.add(e.At(where))
		}
	}
}

// isWrong tells whether a place, or one that it lies in below root, is known to
// be wrong.
func (f *findings) isWrong(root, where string) bool {
	for len(where) > len(root) {
		if f.places[where] {
			return true
		}
		where = where[:strings.LastIndexByte(where, '/')]
	}
	return false
}

// result is all that was wrong, or nil.
func (f *findings) result() error {
	if f.more > 0 {
		return append(f.errs, core.Errorf(core.CodeInvalid, "%d more places are wrong. Put these right first.", f.more))
	}
	return f.errs.OrNil()
}
