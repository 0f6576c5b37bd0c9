package value

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"hookbird/core"
)

// Leaf is a value of a record that holds no others.
type Leaf struct {
	Pointer string // where it stands, as a JSON pointer; of names that stand twice, the last counts
	Name    string // for people: "address, city", "lines 2, sku"
	Kind    LeafKind
	Text    string // without quotes; "" for null

	from, to int // its bytes
}

// LeafKind is what a leaf is.
type LeafKind byte

// The kinds of leaves.
const (
	LeafText LeafKind = iota
	LeafNumber
	LeafBool
	LeafNull
)

// Word is a kind in a word for people.
func (k LeafKind) Word() string {
	return [...]string{"text", "number", "yes or no", "empty"}[k]
}

// maxLeaves bounds how many values of one record are given.
const maxLeaves = 1000

// Leaves gives the values of a record in their order, at most 1,000. What is no JSON
// object has none.
func Leaves(data []byte) []Leaf {
	w := leafWalk{data: data, d: json.NewDecoder(bytes.NewReader(data))}
	w.d.UseNumber()
	at := map[string]int{}
	var all []Leaf
	for len(all) < maxLeaves {
		l, ok := w.next()
		if !ok {
			break
		}
		if i, twice := at[l.Pointer]; twice {
			all[i] = l
			continue
		}
		at[l.Pointer] = len(all)
		all = append(all, l)
	}
	return all
}

// leafWalk goes through the tokens of a record.
type leafWalk struct {
	data  []byte
	d     *json.Decoder
	stack []leafStep
}

// leafStep is a list or object that the walk is inside of.
type leafStep struct {
	list  bool
	index int    // of the next item
	key   string // of the member that is next
	named bool   // key was read
}

// next gives the next leaf; ok is false at the end.
func (w *leafWalk) next() (l Leaf, ok bool) {
	for {
		from := int(w.d.InputOffset())
		token, err := w.d.Token()
		if err != nil {
			return l, false
		}
		if mark, is := token.(json.Delim); is {
			w.step(mark)
			continue
		}
		top := w.top()
		if top == nil {
			return l, false // not an object
		}
		if !top.list && !top.named {
			top.key, top.named = token.(string), true
			continue
		}
		l = w.leaf(token)
		l.to = int(w.d.InputOffset())
		l.from = from + bytes.IndexFunc(w.data[from:l.to], func(r rune) bool { return !strings.ContainsRune(" \t\r\n,:", r) })
		w.passed()
		return l, true
	}
}

func (w *leafWalk) top() *leafStep {
	if len(w.stack) == 0 {
		return nil
	}
	return &w.stack[len(w.stack)-1]
}

// step enters or leaves a list or object.
func (w *leafWalk) step(mark json.Delim) {
	switch mark {
	case '{', '[':
		w.stack = append(w.stack, leafStep{list: mark == '['})
	default:
		w.stack = w.stack[:len(w.stack)-1]
		w.passed()
	}
}

// passed notes that a member or item is behind the walk.
func (w *leafWalk) passed() {
	if top := w.top(); top != nil {
		top.index++
		top.named = false
	}
}

func (w *leafWalk) leaf(token json.Token) (l Leaf) {
	var pointer, name strings.Builder
	for _, s := range w.stack {
		step := s.key
		if s.list {
			step = strconv.Itoa(s.index)
			name.WriteString(" " + strconv.Itoa(s.index+1))
		} else {
			if name.Len() > 0 {
				name.WriteString(", ")
			}
			name.WriteString(s.key)
		}
		pointer.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(step))
	}
	l.Pointer, l.Name = pointer.String(), name.String()
	switch t := token.(type) {
	case string:
		l.Text = t
	case json.Number:
		l.Kind, l.Text = LeafNumber, t.String()
	case bool:
		l.Kind, l.Text = LeafBool, strconv.FormatBool(t)
	default:
		l.Kind = LeafNull
	}
	return l
}

// Replace gives a record with other values, by their pointers; every other byte stays
// as it is. A number stays one if the new text is one, and so do true and false; null
// stays if the text is empty. Anything else becomes text.
func Replace(data []byte, values map[string]string) ([]byte, error) {
	out, last, used := []byte(nil), 0, 0
	for _, l := range Leaves(data) {
		text, ok := values[l.Pointer]
		if !ok {
			continue
		}
		used++
		if text == l.Text {
			continue
		}
		if l.from < last { // a name that stood twice
			return nil, core.Errorf(core.CodeInvalid, "The record names %s twice and cannot be corrected here.", l.Name)
		}
		out = append(append(out, data[last:l.from]...), l.literal(text)...)
		last = l.to
	}
	if used < len(values) {
		return nil, core.Errorf(core.CodeInvalid, "The record does not hold all of the values that were corrected.")
	}
	return append(out, data[last:]...), nil
}

// literal writes a text as a value of the leaf's kind, if it can be one.
func (l *Leaf) literal(text string) []byte {
	same := false
	switch l.Kind {
	case LeafNumber:
		same = isNumber(text)
	case LeafBool:
		same = text == "true" || text == "false"
	case LeafNull:
		if text == "" {
			return []byte("null")
		}
	}
	if same {
		return []byte(text)
	}
	return AppendQuoted(nil, text)
}

func isNumber(text string) bool {
	if text == "" || text[0] != '-' && (text[0] < '0' || text[0] > '9') {
		return false
	}
	return json.Valid([]byte(text))
}
