package settings

import (
	"strconv"
	"time"

	"hookbird/core"
	"hookbird/core/source/form"
)

// Limits of a form.
const (
	maxInputs = 200
	maxGrace  = 24 * time.Hour
	noGrace   = -1 // the time of a record that goes out at once
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

func filling(f *core.FormSource) outFormPart {
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
	c.all("", form.Validate(f))
	if len(f.Inputs) > maxInputs {
		return // which was said
	}
	for i, input := range f.Inputs {
		c.input("/fields/"+strconv.Itoa(i), input)
	}
	if f.Grace > maxGrace {
		c.add("/grace", "A record can be taken back for at most %s.", FormatDuration(maxGrace))
	}
}

// input looks at what a form itself bears, and a settings file does not.
func (c *checker) input(at string, i core.Input) {
	if len(i.Name) > maxName || hidden(i.Name) {
		c.add(at+"/name", "A name has at most %d characters, and none that cannot be seen.", maxName)
	}
	if len(i.Label) > maxName || hidden(i.Label) {
		c.add(at+"/label", "What stands beside a field has at most %d characters, and none that cannot be seen.", maxName)
	}
	if i.Kind == core.InputChoice {
		c.names(at+"/choices", i.Choices)
	} else if len(i.Choices) > 0 {
		c.add(at+"/choices", "Only a field of the kind choice has some. Change the kind, or remove them.")
	}
}
