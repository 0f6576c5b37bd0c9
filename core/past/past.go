// Package past compares states of the settings, field by field and in the words of
// the window, and joins two changes that were made at once. It must not store
// anything nor know who asks.
package past

import (
	"reflect"
	"slices"
	"time"

	"hookbird/core"
)

// Change is one field that differs between two states.
type Change struct {
	Field  string // its name in the window: "Web address"
	Before string // in words; "" if it was not set
	After  string
}

// Diff tells what differs between two states, in the order of the window. Secrets
// only say that they were changed, and of addresses there is the host. A state that
// is not there has no fields.
func Diff(before, after core.PastState) []Change {
	a, b := root(before), root(after)
	if !a.IsValid() && !b.IsValid() {
		return nil
	}
	d := &differ{}
	for _, leaf := range leavesOf(a, b) {
		d.leaf(leaf)
	}
	return d.changes
}

// root is the struct that a state holds, invalid if it holds none.
func root(s core.PastState) reflect.Value {
	switch {
	case s.Webhook != nil:
		return reflect.ValueOf(*s.Webhook)
	case s.Source != nil:
		return reflect.ValueOf(*s.Source)
	case s.Settings != nil:
		return reflect.ValueOf(*s.Settings)
	}
	return reflect.Value{}
}

// leaf is one field of two structs of a kind: the same path in both. A side is
// invalid where a struct on the way is not there.
type leaf struct {
	path string // "Body.Fields"
	a, b reflect.Value
}

// leavesOf gives the fields of two structs, either of which may be invalid.
func leavesOf(a, b reflect.Value) []leaf {
	var list []leaf
	walk("", a, b, func(l leaf) { list = append(list, l) })
	return list
}

var (
	timeType   = reflect.TypeFor[time.Time]()
	secretType = reflect.TypeFor[core.Secret]()
)

// walk visits the leaves below a place, in the order of the structs' fields.
func walk(path string, a, b reflect.Value, visit func(leaf)) {
	t := typeOf(a, b)
	switch {
	case t.Kind() == reflect.Pointer:
		walk(path, inside(a), inside(b), visit)
	case t.Kind() == reflect.Struct && t != timeType && t != secretType:
		for i := range t.NumField() {
			f := t.Field(i)
			if !f.IsExported() {
				continue
			}
			name := f.Name
			if path != "" {
				name = path + "." + f.Name
			}
			if !valid(field(a, i)) && !valid(field(b, i)) {
				continue
			}
			walk(name, field(a, i), field(b, i), visit)
		}
	default:
		visit(leaf{path, a, b})
	}
}

func typeOf(a, b reflect.Value) reflect.Type {
	if a.IsValid() {
		return a.Type()
	}
	return b.Type()
}

// inside follows a pointer; nil and invalid lead nowhere.
func inside(v reflect.Value) reflect.Value {
	if !v.IsValid() || v.IsNil() {
		return reflect.Value{}
	}
	return v.Elem()
}

func field(v reflect.Value, i int) reflect.Value {
	if !v.IsValid() {
		return v
	}
	return v.Field(i)
}

// valid tells whether there is something at a place: no nil pointer.
func valid(v reflect.Value) bool {
	return v.IsValid() && (v.Kind() != reflect.Pointer || !v.IsNil())
}

// same compares two values; one that is not there is the same as a zero one, and no
// list as an empty one.
func same(a, b reflect.Value) bool {
	switch {
	case empty(a) || empty(b):
		return empty(a) && empty(b)
	case a.Type() == timeType:
		return a.Interface().(time.Time).Equal(b.Interface().(time.Time))
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}

func empty(v reflect.Value) bool {
	return !v.IsValid() || v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0
}

// differ collects changes.
type differ struct{ changes []Change }

func (d *differ) leaf(l leaf) {
	if same(l.a, l.b) || hidden[l.path] {
		return
	}
	if typeOf(l.a, l.b).Kind() == reflect.Slice && named(typeOf(l.a, l.b).Elem()) {
		d.list(l)
		return
	}
	before, after := describe(l.path, l.a), describe(l.path, l.b)
	if before == after { // a secret, or more of an address than is shown
		after = "changed"
	}
	d.changes = append(d.changes, Change{Label(l.path), before, after})
}

// named tells whether the elements of a list have names of their own.
func named(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	f, ok := t.FieldByName("Name")
	return ok && f.Type.Kind() == reflect.String
}

// list compares lists whose elements have names, element by element. One that only
// stands elsewhere is told once, for all.
func (d *differ) list(l leaf) {
	label := Label(l.path)
	a, b := elements(l.a), elements(l.b)
	moved := false
	for i, e := range a {
		k := slices.IndexFunc(b, func(o element) bool { return o.name == e.name })
		switch {
		case k < 0:
			d.changes = append(d.changes, Change{label + ": " + e.name, describeElement(e.value), ""})
		case !reflect.DeepEqual(e.value.Interface(), b[k].value.Interface()):
			before, after := describeElement(e.value), describeElement(b[k].value)
			if before == after {
				after = "changed"
			}
			d.changes = append(d.changes, Change{label + ": " + e.name, before, after})
		}
		moved = moved || k >= 0 && k != i
	}
	added := false
	for _, e := range b {
		if !slices.ContainsFunc(a, func(o element) bool { return o.name == e.name }) {
			added = true
			d.changes = append(d.changes, Change{label + ": " + e.name, "", describeElement(e.value)})
		}
	}
	if moved && !added && len(a) == len(b) {
		d.changes = append(d.changes, Change{label, names(a), names(b)})
	}
}

// element is one of a list, by a name that no other of the list has.
type element struct {
	name  string
	value reflect.Value
}

func elements(list reflect.Value) []element {
	if !list.IsValid() {
		return nil
	}
	seen := map[string]int{}
	var all []element
	for i := range list.Len() {
		v := list.Index(i)
		name := v.FieldByName("Name").String()
		if name == "" {
			name = "(no name)"
		}
		if seen[name]++; seen[name] > 1 {
			name += " " + ordinal(seen[name])
		}
		all = append(all, element{name, v})
	}
	return all
}

// Conflict is a field that two people changed at once, differently.
type Conflict struct {
	Path   string // which, for Merge's take
	Field  string // its name in the window
	Theirs string // what is stored now, in words
	Mine   string // what was to be saved
}

// Merge joins two changes of one state: base is what both began with, theirs what is
// stored now, mine what was to be saved. Fields that only one changed are as that
// one has them; of those that both changed differently, which it lists, take says
// whether mine counts (nil: theirs does). All three hold the same kind of state.
func Merge(base, theirs, mine core.PastState, take func(path string) bool) (merged core.PastState, conflicts []Conflict) {
	merged = clone(theirs)
	into := target(merged)
	b, m := root(base), root(mine)
	var all []leaf
	walk("", b, m, func(l leaf) { all = append(all, l) })
	for _, l := range all {
		if hidden[l.path] || same(l.a, l.b) {
			continue // mine did not change it
		}
		stored := at(into, l.path)
		if same(stored, l.b) {
			continue // both want the same
		}
		if !same(stored, l.a) {
			conflicts = append(conflicts, Conflict{l.path, Label(l.path), describe(l.path, stored), describe(l.path, l.b)})
			if take == nil || !take(l.path) {
				continue
			}
		}
		put(into, l.path, l.b)
	}
	return merged, conflicts
}

func clone(s core.PastState) core.PastState {
	switch {
	case s.Webhook != nil:
		return core.PastState{Webhook: s.Webhook.Clone()}
	case s.Source != nil:
		return core.PastState{Source: s.Source.Clone()}
	case s.Settings != nil:
		set := *s.Settings
		return core.PastState{Settings: &set}
	}
	return s
}

// target is the struct of a state, to be changed.
func target(s core.PastState) reflect.Value {
	switch {
	case s.Webhook != nil:
		return reflect.ValueOf(s.Webhook).Elem()
	case s.Source != nil:
		return reflect.ValueOf(s.Source).Elem()
	}
	return reflect.ValueOf(s.Settings).Elem()
}
