package convert

import (
	"slices"
	"strings"

	"hookbird/core/value"
)

// Argument is what stands behind the colon of a step.
type Argument int

// The kinds of argument.
const (
	NoArgument Argument = iota
	TextArgument
	CountArgument    // a whole number
	DateArgument     // a form such as DD/MM/YYYY
	NumberArgument   // the number 1234.56 in its form
	CountryArgument  // two letters, such as FR
	WordsArgument    // the word for yes, a slash, the word for no
	ListArgument     // pairs such as Oui=true, with commas between them
	TimeZoneArgument // such as Europe/Paris
)

// Step describes a kind of step for screens, menus and documentation.
type Step struct {
	Name     string   // as it is written in front of the colon
	Title    string   // on screen; "…" stands where the argument goes
	Help     string   // a sentence or two
	Argument Argument // what stands behind the colon
	Optional bool     // it works without its argument too
	Example  Example
}

// Example shows a step at work, usually alone.
type Example struct {
	Steps   []string
	In, Out string // the texts of the values
}

// kind is a Step with its making.
type kind struct {
	Step
	make func(arg string) (work, error) // arg is "" where the step has none
}

// parse makes the step of its argument; has tells whether a colon stands there.
func (k *kind) parse(arg string, has bool) (work, error) {
	switch {
	case k.Argument == NoArgument && has:
		return nil, wrong("The step %s stands alone. Remove what is behind it.", k.Name)
	case k.Argument != NoArgument && !has && !k.Optional:
		return nil, wrong("The step %s needs more, such as %s.", k.Name, k.sample())
	}
	return k.make(arg)
}

// sample gives an example of the step with its argument.
func (k *kind) sample() string {
	for _, s := range k.Example.Steps {
		if strings.HasPrefix(s, k.Name+":") {
			return s
		}
	}
	return k.Name
}

// Steps describes every kind of step, in the order in which a menu shows them.
func Steps() []Step {
	list := make([]Step, len(kinds))
	for i, k := range kinds {
		list[i] = k.Step
		list[i].Example.Steps = slices.Clone(k.Example.Steps)
	}
	return list
}

// Describe says what a step does, as its row on screen shows it: "Date as
// DD/MM/YYYY" for date:DD/MM/YYYY, "Number" for number. What is no step is given back as it is.
func Describe(step string) string {
	name, arg, _ := strings.Cut(step, ":")
	k, err := findKind(name)
	if err != nil {
		return step
	}
	if arg == "" && k.Optional {
		title, _, _ := strings.Cut(k.Title, ",")
		return title
	}
	return strings.TrimSpace(strings.Replace(k.Title, "…", arg, 1))
}

// each makes a step of what it does to one value that is neither empty nor a list.
// Empty values stay as they are, and of a list each item is converted. What has
// names inside cannot be.
func each(do work) work {
	var all work
	all = func(v value.Value) (value.Value, *fault) {
		switch {
		case v.IsEmpty():
			return v, nil
		case v.Kind() == value.Object:
			return refuse(v, severalValues)
		case v.Kind() != value.Array:
			return do(v)
		}
		var list []value.Value
		for item := range v.Elements() {
			made, f := all(item)
			if f != nil {
				return value.Value{}, f
			}
			list = append(list, made)
		}
		return value.NewArray(list), nil
	}
	return all
}

const severalValues = "holds several values. Choose one of them as the field."

// texts makes a step that turns each text into another one. It cannot go wrong.
// Numbers and yes/no values are taken as they are written.
func texts(do func(text string) string) work {
	return each(func(v value.Value) (value.Value, *fault) {
		return value.NewText(do(v.Text())), nil
	})
}

// words is like texts, but leaves what is no text alone.
func words(do func(text string) string) work {
	return each(func(v value.Value) (value.Value, *fault) {
		if v.Kind() != value.String {
			return v, nil
		}
		return value.NewText(do(v.Text())), nil
	})
}

// alone is the making of a step that has no argument.
func alone(w work) func(string) (work, error) {
	return func(string) (work, error) { return w, nil }
}
