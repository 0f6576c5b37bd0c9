package value

import "bytes"

// Find gives the value that the path names in v, which may be null; of several,
// the first. A path with (*) gives an array of all that it finds.
func (p Path) Find(v Value) (Value, bool) {
	if p.many {
		return p.all(v)
	}
	var found Value
	ok := false
	p.Each(v, func(each Value) bool {
		found, ok = each, true
		return false
	})
	return found, ok
}

// all collects what a path with (*) finds.
func (p Path) all(v Value) (Value, bool) {
	if found, ok := v.named(p.whole); ok {
		return found, true
	}
	var list []Value
	p.Each(v, func(each Value) bool {
		list = append(list, each)
		return true
	})
	if len(list) == 0 {
		return Value{}, false
	}
	return NewArray(list), true
}

// Each visits every value that the path names in v, in order, until yield gives
// false.
func (p Path) Each(v Value, yield func(Value) bool) {
	if p.whole.text == "" {
		return
	}
	if found, ok := v.named(p.whole); ok {
		yield(found)
		return
	}
	if len(p.steps) > 0 {
		walk(v, p.steps, yield)
	}
}

// walk visits what the steps name in v. It gives false when yield wants no more.
func walk(v Value, steps []step, yield func(Value) bool) bool {
	for i := range steps {
		s := &steps[i]
		found, ok := v.named(s.name)
		if !ok {
			return true
		}
		if s.kind != pickWhole {
			return s.items(found, steps[i+1:], yield)
		}
		v = found
	}
	return yield(v)
}

// items visits what the further steps name in the items that s chooses.
func (s *step) items(list Value, further []step, yield func(Value) bool) bool {
	if list.Kind() == Object {
		return !s.takes(list, 1) || walk(list, further, yield)
	}
	nth := 0
	for item := range list.Elements() {
		nth++
		if s.takes(item, nth) && !walk(item, further, yield) {
			return false
		}
		if s.kind == pickNth && nth == s.nth {
			break
		}
	}
	return true
}

// takes tells whether s chooses an item, which is the nth of its list.
func (s *step) takes(item Value, nth int) bool {
	switch s.kind {
	case pickAll:
		return true
	case pickNth:
		return nth == s.nth
	case pickTrue:
		found, ok := s.prop.Find(item)
		return ok && found.isTrue()
	default:
		found, ok := s.prop.Find(item)
		return ok && found.Kind() != Null && string(found.View(nil)) == s.want
	}
}

// isTrue tells whether v is true, or the text "true" that forms and tables have
// for it.
func (v Value) isTrue() bool {
	switch v.Kind() {
	case Bool:
		return v.Raw()[0] == 't'
	case String:
		return bytes.EqualFold(v.View(nil), []byte("true"))
	default:
		return false
	}
}

// named gives the value under a name, exactly or else without case. Where a name
// stands twice, the last counts, as nearly every reader of JSON has it.
func (v Value) named(want name) (found Value, ok bool) {
	if v.Kind() != Object {
		return found, false
	}
	nodes := v.doc.nodes
	var scratch [64]byte
	exact := false
	for at := v.at + 1; at < nodes[v.at].next; at = nodes[at+1].next {
		text := v.doc.data[nodes[at].start+1 : nodes[at].end-1]
		if nodes[at].escaped {
			text = v.doc.appendString(scratch[:0], at)
		}
		switch {
		case string(text) == want.text:
			found, ok, exact = Value{v.doc, at + 1}, true, true
		case !exact && bytes.EqualFold(text, want.bytes):
			found, ok = Value{v.doc, at + 1}, true
		}
	}
	return found, ok
}
