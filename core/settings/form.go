package settings

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/value"
)

// Limits of a form.
const (
	maxInputs  = 200
	maxChoices = 1000
	maxChoice  = 1000 // bytes, also of a default
	maxGrace   = 24 * time.Hour
	noGrace    = -1 // the time of a record that goes out at once
)

func (p *parser) formFields(f *core.FormSource) fields {
	return fields{
		"fields": func(n *node) { p.list(n, func(n *node) { f.Inputs = append(f.Inputs, p.input(n)) }) },
		"grace":  func(n *node) { f.Grace = p.grace(n) },
	}
}

// grace reads how long a record can be taken back: not at all for "0s".
func (p *parser) grace(n *node) time.Duration {
	if text, _ := n.value.(string); text != "" {
		if d, err := ParseDuration(text); err == nil && d == 0 {
			return noGrace
		}
	}
	return p.duration(n)
}

// inputText is the word for core.InputText.
const inputText = "text"

// inputs are the kinds of field, as files name them.
var inputs = []string{
	inputText, string(core.InputEmail), string(core.InputNumber), string(core.InputDate), string(core.InputChoice), string(core.InputYesNo),
}

// input reads one field of a form.
func (p *parser) input(n *node) core.Input {
	var i core.Input
	p.object(n, "input", fields{
		"name":  func(n *node) { i.Name = p.text(n) },
		"label": func(n *node) { i.Label = p.text(n) },
		"kind": func(n *node) {
			if kind := p.choice(n, inputs...); kind != inputText {
				i.Kind = core.InputKind(kind)
			}
		},
		"required": func(n *node) { i.Required = p.flag(n) },
		"choices":  func(n *node) { i.Choices = p.texts(n) },
		"default":  func(n *node) { i.Default = p.text(n) },
	})
	return i
}

func form(f *core.FormSource) outFormPart {
	out := outFormPart{Grace: lasting(max(f.Grace, 0))}
	if f.Grace < 0 {
		out.Grace = "0s"
	}
	for _, i := range f.Inputs {
		out.Fields = append(out.Fields, outInput{i.Name, i.Label, string(i.Kind), i.Required, i.Choices, i.Default})
	}
	return out
}

func (c *checker) form(f *core.FormSource) {
	switch {
	case len(f.Inputs) == 0:
		c.add("/fields", "A form needs at least one field. Add it.")
	case len(f.Inputs) > maxInputs:
		c.add("/fields", "A form has at most %d fields, and these are %d.", maxInputs, len(f.Inputs))
		return
	}
	seen := map[string]bool{}
	for i, input := range f.Inputs {
		at := "/fields/" + strconv.Itoa(i)
		c.short(at+"/name", input.Name, "Type the name that the field has in the record.")
		if name := strings.ToLower(input.Name); name != "" && seen[name] {
			c.add(at+"/name", "Another field has the name %s too. Each needs its own.", quoted(input.Name))
		} else {
			seen[name] = true
		}
		if len(input.Label) > maxName || hidden(input.Label) {
			c.add(at+"/label", "What stands beside a field has at most %d characters, and none that cannot be seen.", maxName)
		}
		c.input(at, input)
	}
	if f.Grace > maxGrace {
		c.add("/grace", "A record can be taken back for at most %s.", FormatDuration(maxGrace))
	}
}

// input looks at what a field takes.
func (c *checker) input(at string, i core.Input) {
	if i.Kind != core.InputText && !slices.Contains(inputs[1:], string(i.Kind)) {
		c.add(at+"/kind", "A field takes one of %s, but not %s.", strings.Join(inputs, ", "), quoted(string(i.Kind)))
		return
	}
	found := len(c.errs)
	c.choices(at+"/choices", i)
	if i.Default != "" && len(c.errs) == found {
		c.preset(at+"/default", i)
	}
}

func (c *checker) choices(at string, i core.Input) {
	switch {
	case i.Kind != core.InputChoice && len(i.Choices) > 0:
		c.add(at, "Only a field of the kind choice has some. Change the kind, or remove them.")
	case i.Kind == core.InputChoice && len(i.Choices) == 0:
		c.add(at, "Type what can be chosen.")
	case len(i.Choices) > maxChoices:
		c.add(at, "At most %d things can be chosen from, and these are %d.", maxChoices, len(i.Choices))
	default:
		c.names(at, i.Choices)
	}
}

// preset looks at what stands in a field at first.
func (c *checker) preset(at string, i core.Input) {
	switch i.Kind {
	case core.InputNumber:
		if _, ok := value.Compare(i.Default, "0"); !ok {
			c.add(at, "This field takes a number, and at first another text stands in it. Type a number such as 5.")
		}
	case core.InputDate:
		if _, err := time.Parse(time.DateOnly, i.Default); err != nil {
			c.add(at, "This field takes a date. Write it as year, month and day: 2026-01-31.")
		}
	case core.InputChoice:
		if !slices.Contains(i.Choices, i.Default) {
			c.add(at, "What stands in this field at first is none of its choices. Take one of them.")
		}
	case core.InputYesNo:
		if i.Default != "true" && i.Default != "false" {
			c.add(at, "This field takes yes or no. Write true or false.")
		}
	}
	if len(i.Default) > maxChoice || hidden(i.Default) {
		c.add(at, "What stands in a field at first has at most %d characters, and none that cannot be seen.", maxChoice)
	}
}
