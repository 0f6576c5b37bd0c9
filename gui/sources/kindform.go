package sources

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/widgets"
)

var (
	inputs     = []core.InputKind{core.InputText, core.InputEmail, core.InputNumber, core.InputDate, core.InputChoice, core.InputYesNo}
	inputNames = []string{"Text", "E-mail address", "Number", "Date", "Choice", "Yes or no"}

	graces     = []time.Duration{-1, 0, 5 * time.Minute, 15 * time.Minute, time.Hour}
	graceNames = []string{"Not at all, it goes at once", "1 minute (usual)", "5 minutes", "15 minutes", "1 hour"}
)

// formCards are the cards of a form.
func (s *setup) formCards() []fyne.CanvasObject {
	f := s.draft.src.Form
	values, names := graces, graceNames
	if !slices.Contains(values, f.Grace) {
		values, names = append([]time.Duration{f.Grace}, values...), append([]string{"As it was set"}, names...)
	}
	return []fyne.CanvasObject{
		card("1. What is filled in?", "A line for each field, in the order in which they stand.", s.inputRows(f)),
		card("2. Second thoughts", "", choice(s, "/grace", "A record can be taken back for", &f.Grace, values, names, "It goes out when that time is over.")),
	}
}

// inputRows are the fields of the form, a line each.
func (s *setup) inputRows(f *core.FormSource) fyne.CanvasObject {
	return newRows(s, "/fields", "Add a field", func() int { return len(f.Inputs) },
		func() { f.Inputs = append(f.Inputs, core.Input{}) },
		func(i int) { f.Inputs = append(f.Inputs[:i:i], f.Inputs[i+1:]...) },
		func(i int) fyne.CanvasObject { return s.inputLine(&f.Inputs[i]) }).object
}

func (s *setup) inputLine(in *core.Input) fyne.CanvasObject {
	name := s.entry(&in.Name, "Name, like Postcode")
	name.SetLabel("Name of the field")
	list := widgets.NewEntry()
	list.SetLabel("Choices")
	list.SetPlaceHolder("Choices, like Yes; No; Perhaps")
	list.SetText(strings.Join(in.Choices, "; "))
	list.OnChanged = func(text string) {
		in.Choices = filled(strings.Split(text, ";"))
		s.changed()
	}
	setVisible(list, in.Kind == core.InputChoice)
	kind := widgets.NewSelect(inputNames, func(i int) {
		in.Kind = inputs[i]
		setVisible(list, in.Kind == core.InputChoice)
		s.changed()
	})
	kind.SetLabel("Kind of the field")
	kind.SetSelected(slices.Index(inputs, in.Kind))
	required := newTick("Required", in.Required, func(on bool) {
		in.Required = on
		s.changed()
	})
	required.label = "Required: " + in.Name
	usual := s.entry(&in.Default, "Filled in with")
	usual.SetLabel("Filled in with")
	return widgets.VBox(6, widgets.HBox(8, widgets.Grow(widgets.Columns(8, []float32{4, 3, 3}, name, kind, usual)), required), list)
}
