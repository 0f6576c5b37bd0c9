package web

import (
	"fmt"

	"hookbird/core"
	"hookbird/core/ask"
	"hookbird/core/value"
)

// list finds the records in answers, and what tells them apart.
type list struct {
	path value.Path // zero: the top
	text string
	keys []value.Path
	name string // of the service
}

func newList(w *core.WebSource, name string) (l list, err error) {
	l.name, l.text = name, w.List
	if w.List != "" {
		if l.path, err = value.ParsePath(w.List); err != nil {
			return l, err
		}
	}
	for _, key := range w.Keys {
		path, err := value.ParsePath(key)
		if err != nil {
			return l, err
		}
		l.keys = append(l.keys, path)
	}
	return l, nil
}

// records gives the records of an answer: the items of a list, or an object alone.
// In XML a list without an item is not there at all. kind is that of what stands
// where the list is.
func (l list) records(a *ask.Answer) (records []value.Value, kind value.Kind, err error) {
	v, found := a.Value, a.JSON != nil
	if found && l.text != "" {
		v, found = l.path.Find(a.Value)
	}
	kind = v.Kind()
	switch {
	case a.JSON == nil || kind == value.Null && found || !found && a.XML:
		return nil, kind, nil
	case !found:
		return nil, kind, l.changed("there is no list at " + l.text)
	case kind == value.Array:
		return collect(v), kind, nil
	case kind == value.Object:
		return []value.Value{v}, kind, nil
	case a.XML && v.Text() == "":
		return nil, kind, nil
	case l.text == "":
		return nil, kind, l.changed("it is a single value and no list")
	}
	return nil, kind, l.changed("at " + l.text + " there is a single value and no list")
}

func (l list) changed(what string) error {
	return core.Errorf(core.CodeConflict, "The answer of %s has another shape than expected: %s. Nothing of it was read, and nothing is lost. Choose where the list is once more.", l.name, what)
}

func collect(v value.Value) []value.Value {
	var all []value.Value
	for item := range v.Elements() {
		all = append(all, item)
	}
	return all
}

// object gives a record as an object of JSON of its own: what is none stands under
// the name "value".
func object(v value.Value) []byte {
	if v.Kind() == value.Object {
		return append([]byte(nil), v.Raw()...)
	}
	return fmt.Appendf(nil, `{"value":%s}`, v.Raw())
}

// key gives what tells a record apart: its keys, or else all that it holds. lacks
// names the first key that it does not have.
func (l list) key(v value.Value) (key []string, lacks string) {
	if len(l.keys) == 0 {
		return []string{string(v.Raw())}, ""
	}
	for _, path := range l.keys {
		part, _ := path.Find(v)
		if part.IsEmpty() {
			return nil, path.String()
		}
		key = append(key, part.Text())
	}
	return key, ""
}

// keyless tells whether none of some records has all of its keys, so that they are
// no longer called what they were.
func (l list) keyless(records []value.Value) error {
	lacks := ""
	for _, r := range records {
		if _, lacks = l.key(r); lacks == "" {
			return nil
		}
	}
	if lacks == "" {
		return nil
	}
	return l.changed("none of its records has " + lacks)
}
