package record

import (
	"io"
	"strings"

	"hookbird/core"
)

// listPath takes a path like "data.items" apart.
func listPath(path string) []string {
	path = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(path), "$"), ".")
	if path == "" {
		return nil
	}
	return strings.Split(path, ".")
}

// descend goes into the objects on the path to what holds the records, and shows the
// byte with which that begins.
func (r *jsonReader) descend(next []byte) ([]byte, error) {
	for _, name := range r.path {
		if next[0] != '{' {
			return nil, r.noList("What stands before " + name + " is no object in curly braces.")
		}
		r.w.use(1)
		r.inside++
		if err := r.member(name); err != nil {
			return nil, err
		}
		var err error
		if next, err = r.space(); err != nil {
			return nil, err
		} else if len(next) == 0 {
			return nil, r.early()
		}
	}
	if next[0] != '{' && next[0] != '[' {
		return nil, r.noList("What stands there is neither a list nor an object.")
	}
	return next, nil
}

func (r *jsonReader) noList(why string) error {
	return core.Errorf(core.CodeInvalid, "There is no list at %q in it. %s", strings.Join(r.path, "."), why)
}

func (r *jsonReader) early() error {
	return core.Errorf(core.CodeInvalid, "The file is cut off in line %d: a bracket is not closed.", r.line)
}

// member goes to the value of a member of the object that has begun.
func (r *jsonReader) member(name string) error {
	var others []string
	for {
		found, ended, err := r.name()
		switch {
		case err != nil:
			return err
		case ended && len(others) == 0:
			return r.noList("What stands there is empty.")
		case ended:
			return r.noList("It has " + listed(others) + ".")
		case strings.EqualFold(found, name):
			return nil
		}
		if len(others) < surveyNotes {
			others = append(others, shorten(found))
		}
		if err := r.pass(); err != nil {
			return err
		}
	}
}

// name takes the name of the next member and the colon behind it. ended tells that
// the object has ended.
func (r *jsonReader) name() (name string, ended bool, err error) {
	next, err := r.space()
	if err == nil && len(next) > 0 && next[0] == ',' {
		r.w.use(1)
		next, err = r.space()
	}
	switch {
	case err != nil:
		return "", false, err
	case len(next) == 0:
		return "", false, r.early()
	case next[0] == '}':
		r.w.use(1)
		return "", true, nil
	case next[0] != '"':
		return "", false, core.Errorf(core.CodeInvalid, "It is not JSON: the name of a value does not begin with a quotation mark in line %d.", r.line)
	}
	s, err := r.value()
	if err != nil {
		return "", false, err
	}
	name = textOfJSON(s.bytes)
	if next, err = r.space(); err == nil && (len(next) == 0 || next[0] != ':') {
		err = core.Errorf(core.CodeInvalid, "It is not JSON: a colon is missing in line %d.", r.line)
	}
	if err == nil {
		r.w.use(1)
	}
	return name, false, err
}

// value takes a value.
func (r *jsonReader) value() (span, error) {
	scan := valueScan{}
	s, err := r.w.next(scan.end)
	if err == io.EOF || err == nil && s.cut {
		return span{}, r.early()
	}
	r.line += scan.lines
	return s, err
}

// pass passes over a value.
func (r *jsonReader) pass() error {
	if _, err := r.space(); err != nil {
		return err
	}
	_, err := r.value()
	return err
}

// leave passes over what stands behind the records in the objects around them, and
// gives io.EOF: a file that is cut off is found out.
func (r *jsonReader) leave() error {
	r.ended, r.list = true, true
	for r.inside > 0 {
		_, ended, err := r.name()
		if err == nil && !ended {
			err = r.pass()
		}
		if err != nil {
			return err
		}
		if ended {
			r.inside--
		}
	}
	next, err := r.space()
	if err == nil && len(next) > 0 {
		return core.Errorf(core.CodeInvalid, "Something stands behind the end of the records, in line %d.", r.line)
	}
	if err == nil {
		err = io.EOF
	}
	return err
}
