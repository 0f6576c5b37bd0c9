package attempt

import (
	"bytes"
	"fmt"
	"strings"

	"hookbird/core"
	"hookbird/core/value"
)

// rules are what an answer has to say besides its code.
type rules struct {
	need, forbid, already []rule
	read                  bool // some look into the body
}

// rule is one of them, ready to be used.
type rule struct {
	core.AnswerRule
	text []byte // folded
	path value.Path
}

// newRules compiles what a webhook says of answers, nil if nothing. CodeInvalid if
// a path cannot be read.
func newRules(a core.Answer) (*rules, error) {
	if len(a.Need)+len(a.Forbid)+len(a.Already) == 0 {
		return nil, nil
	}
	r := &rules{}
	for _, part := range []struct {
		from []core.AnswerRule
		to   *[]rule
	}{{a.Need, &r.need}, {a.Forbid, &r.forbid}, {a.Already, &r.already}} {
		for _, from := range part.from {
			compiled := rule{AnswerRule: from, text: folded([]byte(from.Text))}
			if from.Field != "" {
				var err error
				if compiled.path, err = value.ParsePath(from.Field); err != nil {
					return nil, err
				}
			}
			r.read = r.read || from.Text != "" || from.Field != ""
			*part.to = append(*part.to, compiled)
		}
	}
	return r, nil
}

// needed tells whether something has to be in the body, or must not be.
func (r *rules) needed() bool { return r != nil && r.read }

// object says why a good answer is not one, to stand behind "It answered 200,
// but "; "" if it is good.
func (r *rules) object(p *reply, m *masker) string {
	if r == nil {
		return ""
	}
	for i := range r.need {
		if !r.need[i].fits(p) {
			return r.need[i].lacking(p, m)
		}
	}
	for i := range r.forbid {
		if r.forbid[i].fits(p) {
			return r.forbid[i].present(m)
		}
	}
	return ""
}

// known tells whether an answer says that the target has the record already.
func (r *rules) known(p *reply) bool {
	if r == nil {
		return false
	}
	for i := range r.already {
		if r.already[i].fits(p) {
			return true
		}
	}
	return false
}

// fits tells whether an answer says what the rule does. Where JSON is asked for
// and cannot be read, it does not.
func (r *rule) fits(p *reply) bool {
	return r.fitsCode(p) && r.fitsText(p) && r.fitsField(p)
}

func (r *rule) fitsCode(p *reply) bool { return r.Code == 0 || r.Code == p.code }

func (r *rule) fitsText(p *reply) bool {
	return len(r.text) == 0 || bytes.Contains(p.foldedBody(), r.text)
}

func (r *rule) fitsField(p *reply) bool {
	if r.Field == "" {
		return true
	}
	fits := false
	r.each(p, func(v value.Value) bool {
		fits = r.is(v)
		return !fits
	})
	return fits
}

// each visits the values that the path names in an answer, and where that is a
// list, in each of its items.
func (r *rule) each(p *reply, yield func(value.Value) bool) {
	root := p.json()
	r.path.Each(root, yield)
	for item := range root.Elements() {
		more := true
		r.path.Each(item, func(v value.Value) bool {
			more = yield(v)
			return more
		})
		if !more {
			return
		}
	}
}

// is tells whether a value is the one that the rule asks for: without case and
// outer spaces, numbers as numbers. Without one, it has to say anything at all.
func (r *rule) is(v value.Value) bool {
	text := strings.TrimSpace(v.Text())
	if r.Value == "" {
		return text != "" && !v.IsEmpty() && !strings.EqualFold(text, "false")
	}
	if bytes.Equal(folded([]byte(text)), folded([]byte(strings.TrimSpace(r.Value)))) {
		return true
	}
	if len(text) > maxCompared {
		return false
	}
	order, ok := value.Compare(text, r.Value)
	return ok && order == 0
}

// maxCompared is how long a number or a time may be.
const maxCompared = 128

// lacking says what of the rule an answer does not have.
func (r *rule) lacking(p *reply, m *masker) string {
	switch {
	case !r.fitsCode(p):
		return fmt.Sprintf("only %d is a good answer here", r.Code)
	case !r.fitsText(p):
		if p.more {
			return "the first 64 KB of its answer do not say " + quoted(r.Text, m)
		}
		return "its answer does not say " + quoted(r.Text, m)
	}
	field := quoted(r.Field, m)
	if p.json().Kind() == value.Null {
		if p.more {
			return "its answer is longer than 64 KB, too long to look for " + field + " in it"
		}
		return "its answer is no JSON in which " + field + " could be found"
	}
	var found *value.Value
	r.each(p, func(v value.Value) bool {
		found = &v
		return false
	})
	switch {
	case found == nil:
		return "its answer does not have " + field
	case r.Value == "":
		return field + " in its answer says nothing"
	default:
		return field + " in its answer is " + quoted(found.Text(), m) + " and not " + quoted(r.Value, m)
	}
}

// present says what an answer has that it must not have.
func (r *rule) present(m *masker) string {
	var parts []string
	if r.Text != "" {
		parts = append(parts, "its answer says "+quoted(r.Text, m))
	}
	switch {
	case r.Field != "" && r.Value != "":
		parts = append(parts, quoted(r.Field, m)+" in its answer is "+quoted(r.Value, m))
	case r.Field != "":
		parts = append(parts, "its answer has "+quoted(r.Field, m))
	}
	if len(parts) == 0 {
		return "that is no good answer here"
	}
	return strings.Join(parts, ", and ")
}

// quoted gives a text as words say it, masked and on one line.
func quoted(text string, m *masker) string {
	return "“" + strings.Join(strings.Fields(m.start([]byte(text), maxQuoted)), " ") + "”"
}

// maxQuoted is how many bytes of a text words repeat.
const maxQuoted = 60
