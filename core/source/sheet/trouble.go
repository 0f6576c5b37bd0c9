package sheet

import (
	"errors"
	"io/fs"

	"hookbird/core"
)

// trouble is what keeps a spreadsheet from being read: its own, not the store's.
type trouble struct {
	text    string // a sentence
	passing bool   // it may be because the file is just being saved
	asks    bool   // a person has to answer, which has the source run anew
	err     error
}

func (t *trouble) Error() string { return t.text }

// Unwrap gives what the system said, if it said something.
func (t *trouble) Unwrap() error { return t.err }

// asTrouble tells the file's trouble from that of the store.
func asTrouble(err error) (bad *trouble, store error) {
	bad, ok := errors.AsType[*trouble](err)
	if !ok {
		return nil, err
	}
	return bad, nil
}

// unreadable is the trouble of a file that cannot be opened or read.
func (s *Sheet) unreadable(err error) *trouble {
	t := &trouble{err: err}
	switch {
	case errors.Is(err, errChanged):
		t.text, t.passing = s.name+" is saved again and again. Hookbird reads it once it stays as it is for a few seconds.", true
	case core.CodeOf(err) == core.CodeInvalid:
		t.text, t.passing = core.Sentence(err), true
	case errors.Is(err, fs.ErrNotExist):
		t.text, t.passing = s.away(), true
	case errors.Is(err, fs.ErrPermission):
		t.text = "Hookbird is not allowed to read " + s.cfg.Path + ". Give your user the right to read it."
	case keptToItself(err):
		t.text, t.passing = "Another program keeps "+s.name+" to itself. Hookbird reads it once that program lets it.", true
	default:
		t.text, t.passing = s.name+" cannot be read now. Hookbird tries again by itself.", true
	}
	return t
}

func (s *Sheet) away() string {
	return "The spreadsheet " + s.cfg.Path + " is not there. Hookbird goes on by itself once it is back."
}
