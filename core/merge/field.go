package merge

import (
	"strings"

	"hookbird/core"
	"hookbird/core/convert"
	"hookbird/core/value"
)

// source is what a merge field reads.
type source uint8

const (
	fromRecord source = iota
	fromSecret
	fromBuiltIn
)

// field is one merge field.
type field struct {
	source  source
	name    string     // its path, the name of the secret, or the built-in's with its @
	path    value.Path // of fromRecord
	builtIn *BuiltIn   // of fromBuiltIn
	steps   convert.Chain
	spot    spot
	at      int // where the name stands in the text as typed
	size    int
}

// typed gives the field as it is named in sentences.
func (f *field) typed() string {
	if f.source == fromSecret {
		return "[secret:" + f.name + "]"
	}
	return "[" + f.name + "]"
}

// newField reads what stands between the brackets. whole is the field as typed,
// and where gives its position, for sentences.
func newField(inner []part, opener, whole string, where func() string) (*field, error) {
	head := inner[0].trimmed()
	if len(head.text) == 0 {
		return nil, wrong(`There is no name between the brackets at %s. Write the name of a field, or \%s where it is just text.`, where(), opener)
	}
	if opener == "${" && strings.ContainsAny(string(inner[0].text), " \t\r\n") {
		return nil, wrong("The syntax of the placeholder %s at %s is not correct: its name has a space in it. Right is a name without one, such as ${contactNumber}, or square brackets: [%s].",
			short(whole), where(), short(string(head.text)))
	}
	f := &field{name: string(head.text), at: head.at, size: head.size}
	if err := f.read(head, where); err != nil {
		return nil, err
	}
	return f, f.setSteps(inner[1:])
}

// read finds out what a name means.
func (f *field) read(head part, where func() string) (err error) {
	switch {
	case head.plain(0, '@'):
		f.source, f.builtIn = fromBuiltIn, builtIn(f.name)
		if f.builtIn == nil {
			return unknownBuiltIn(f.name, where)
		}
	case strings.HasPrefix(f.name, secretPrefix) && head.plain(len(secretPrefix)-1, ':'):
		f.source, f.name = fromSecret, strings.TrimSpace(f.name[len(secretPrefix):])
		if f.name == "" {
			return wrong("The secret at %s has no name. Write it behind the colon, as in [secret:key].", where())
		}
		if len(f.name) > maxName {
			return wrong("The name of the secret at %s is too long: it has %d bytes, and %d are allowed.", where(), len(f.name), maxName)
		}
	default:
		f.path, err = value.ParsePath(f.name)
	}
	return err
}

const (
	secretPrefix = "secret:"
	maxName      = 200 // bytes of a secret's name
)

func unknownBuiltIn(name string, where func() string) error {
	name = short(name)
	advice := "There are " + strings.Join(builtInNames(), ", ") + "."
	if meant, ok := value.Suggest(name, builtInNames()); ok {
		advice = "Did you mean [" + meant + "]?"
	}
	return wrong(`Hookbird has nothing called [%s], which stands at %s. %s A field of yours that begins with @ is written [\%s].`, name, where(), advice, name)
}

// setSteps reads what stands behind the name.
func (f *field) setSteps(parts []part) error {
	if len(parts) == 0 {
		return nil
	}
	if f.source == fromSecret {
		return wrong("The secret [secret:%s] goes out as it is. Remove the | and what stands behind it.", f.name)
	}
	steps := make([]string, len(parts))
	for i, p := range parts {
		steps[i] = p.step()
	}
	var err error
	if f.steps, err = convert.Parse(steps); err != nil {
		return wrong("In %s: %s", f.typed(), core.Sentence(err))
	}
	return nil
}

// append appends the field's value as its spot wants it.
func (f *field) append(dst []byte, s *Scope) ([]byte, error) {
	if f.source == fromSecret {
		return f.appendSecret(dst, s)
	}
	v, err := f.value(s)
	if err != nil {
		return dst, err
	}
	if f.spot == spotValue {
		return append(dst, v.Raw()...), nil
	}
	if v.IsEmpty() { // also an empty list, of which [] is no text for people
		return f.appendText(dst, nil)
	}
	var scratch [128]byte
	return f.appendText(dst, v.AppendText(scratch[:0]))
}

func (f *field) appendSecret(dst []byte, s *Scope) ([]byte, error) {
	text := ""
	if s.Secret != nil {
		text = s.Secret(f.name)
	}
	if text == core.Dots && f.spot.encodesBytes() {
		return append(dst, text...), nil
	}
	return f.appendText(dst, []byte(text))
}

// value gives the field's value behind its steps.
func (f *field) value(s *Scope) (v value.Value, err error) {
	missing := false
	if f.source == fromBuiltIn {
		v = value.NewText(f.builtIn.value(s))
	} else {
		var found bool
		v, found = f.path.Find(s.Data)
		missing = !found
	}
	if !f.steps.IsZero() {
		if v, err = f.steps.Apply(v); err != nil {
			return v, wrong("%s cannot be sent. %s", f.title(), core.Sentence(err))
		}
	}
	if missing && v.IsEmpty() && s.Missing != nil {
		s.Missing(f.name, f.at)
	}
	return v, nil
}

// appendText appends a text as the spot wants it, if it can stand there.
func (f *field) appendText(dst, text []byte) ([]byte, error) {
	switch {
	case f.spot == spotPath && len(text) == 0:
		return dst, wrong("%s is empty, and it is needed in the path of the web address. Without it nothing is sent.", f.title())
	case f.spot == spotHeader && hasControl(text):
		return dst, wrong("%s holds a line break or another character that cannot be seen. A header line cannot hold that.", f.title())
	}
	return f.spot.append(dst, text), nil
}

// title names the field at the beginning of a sentence.
func (f *field) title() string {
	switch f.source {
	case fromSecret:
		return "The secret " + f.name
	case fromBuiltIn:
		return f.typed()
	default:
		return "The field " + f.typed()
	}
}

// short is text as a sentence can quote it.
func short(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
