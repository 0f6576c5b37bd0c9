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
// listed once, with the value that Find gives.
func Paths(v Value) []FieldAt {
	l := lister{top: map[string]bool{}, seen: map[string]int{}}
	for name := range v.Fields() {
		l.top[strings.ToLower(name)] = true
	}
	for name, field := range v.Fields() {
		l.add(topStep(name), name, field)
	}
	return l.list
}

type lister struct {
	list []FieldAt
	top  map[string]bool // names of the top level in lower case
	seen map[string]int  // path to its place in list
}

// add lists a field, or what it holds. first is the bare name of the top-level
// field that path begins with.
func (l *lister) add(path, first string, v Value) {
	if v.Kind() == Object && !v.IsEmpty() {
		for name, field := range v.Fields() {
			l.add(l.join(path, first, name), first, field)
		}
		return
	}
	if i, ok := l.seen[path]; ok {
		l.list[i].Value = v
		return
	}
	l.seen[path] = len(l.list)
	l.list = append(l.list, FieldAt{Path: path, Value: v})
}

// join puts a name behind a path. Where the whole would be taken for a field of
// the top level, or its beginning cannot stand bare, the first name is quoted.
func (l *lister) join(path, first, name string) string {
	joined := path + "." + step(name)
	if path == first && (step(first) != first || l.top[strings.ToLower(joined)]) {
		joined = quote(first) + "." + step(name)
	}
	return joined
}

// topStep gives the path of a field of the top level: its name as it is, unless
// that is no path.
func topStep(name string) string {
	if _, err := ParsePath(name); err != nil {
		return quote(name)
	}
	return name
}

// step gives a name as it has to stand between dots.
func step(name string) string {
	if strings.TrimSpace(name) == "" || strings.ContainsAny(name, `.()`) || strings.HasPrefix(name, `"`) {
		return quote(name)
	}
	return name
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
