package mapping

import (
	"fyne.io/fyne/v2"

	"hookbird/core/control"
	"hookbird/gui/choices"
)

// wideList is how wide a list is of what needs more words.
const wideList = 460

// choicesOf lists fields, or what is offered like them, with what stands there.
func choicesOf(fields []control.SampleField) []choices.Choice {
	list := make([]choices.Choice, len(fields))
	for i, f := range fields {
		list[i] = choices.Choice{Text: f.Path, Note: f.Value}
	}
	return list
}

// openFieldList opens a list of the fields below an object.
func openFieldList(c fyne.Canvas, below fyne.CanvasObject, fields []control.SampleField, chosen func(path string)) {
	list := &choices.List{Title: "Search the fields", Choices: choicesOf(fields)}
	list.Open(c, below, chosen)
}
