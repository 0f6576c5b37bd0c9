package value

import "strings"

// FieldAt is a field of a record and the text of a Path that finds it.
type FieldAt struct {
	Path  string
	Value Value
}

// Paths lists the fields of a record in order, each with a path that finds it:
// those of the top level, and instead of an object the fields inside it. Arrays
// and empty objects count as fields. A name that stands twice in one object is
// listed once, with the value that Find gives. The odd field that no path can
// name, because it would be too long or is itself another field's name, is left
// out.
func Paths(v Value) []FieldAt {
	l := lister{top: map[string]bool{}}
	fields := distinct(v)
	for _, f := range fields {
		l.top[strings.ToLower(f.Path)] = true
	}
	for _, f := range fields {
		l.add([]string{f.Path}, f.Value)
	}
	return l.list
}

type lister struct {
	list []FieldAt
	top  map[string]bool // names of the top level in lower case
}

// add lists the field under these names, or what it holds.
func (l *lister) add(names []string, v Value) {
	if v.Kind() == Object && !v.IsEmpty() {
		for _, f := range distinct(v) {
			l.add(append(names[:len(names):len(names)], f.Path), f.Value)
		}
		return
	}
	if path, ok := l.path(names); ok {
		l.list = append(l.list, FieldAt{Path: path, Value: v})
	}
}

// path writes the path of a field: the name of a top-level one as it is, if that
// can stand as a path; others with dots, their first name in quotes where the
// whole would be taken for a field of the top level.
func (l *lister) path(names []string) (path string, ok bool) {
	if len(names) == 1 {
		if _, err := ParsePath(names[0]); err == nil {
			return names[0], true
		}
		path = quote(names[0])
		return path, l.free(path)
	}
	steps := make([]string, len(names))
	for i, name := range names {
		steps[i] = spell(name)
	}
	if path = strings.Join(steps, "."); l.free(path) {
		return path, true
	}
	steps[0] = quote(names[0])
	path = strings.Join(steps, ".")
	return path, l.free(path)
}

// free tells whether a path can be written, and is not taken for a name of the
// top level.
func (l *lister) free(path string) bool {
	return len(path) <= MaxPath && !l.top[strings.ToLower(path)]
}

// distinct gives the names of an object, each once and with its last value.
func distinct(v Value) []FieldAt {
	var list []FieldAt
	places := map[string]int{}
	for name, field := range v.Fields() {
		if i, twice := places[name]; twice {
			list[i].Value = field
			continue
		}
		places[name] = len(list)
		list = append(list, FieldAt{Path: name, Value: field})
	}
	return list
}

// spell gives a name as it has to stand between dots.
func spell(name string) string {
	r := pathReader{text: name}
	s, quoted := r.step()
	if strings.TrimSpace(name) == "" || quoted || r.fault != "" || s.name.text != name {
		return quote(name)
	}
	return name
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
