package sources

import (
	"encoding/json"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/merge"
	"hookbird/core/source"
	"hookbird/core/value"
	"hookbird/gui/choices"
	"hookbird/gui/widgets"
)

// titleField asks what a record is known by, with an example as it is typed.
func (s *setup) titleField() fyne.CanvasObject {
	to := &s.draft.src.Title
	e := s.entry(to, "Found out from names and e-mail addresses")
	var insert *widgets.Button
	insert = widgets.NewButton(widgets.Quiet, "Put in a field", icons.Plus, func() {
		list := &choices.List{Title: "Search the fields", Choices: s.fieldOffers()}
		list.Open(s.page.canvas(), insert, func(name string) { e.SetText(strings.TrimLeft(e.Text+" ["+name+"]", " ")) })
	})
	f := s.spots.field("/title", "What a record is called in lists", e, "Text with fields in brackets, like [First name] [Last name].")
	show := func() {
		setVisible(insert, len(s.fieldOffers()) > 0)
		text, problem := s.titleExample()
		f.SetNote(widgets.Info, text)
		delete(s.half, "/title")
		if problem != "" {
			s.half["/title"] = problem
		}
	}
	s.follow, s.renew = append(s.follow, show), append(s.renew, show)
	show()
	return widgets.VBox(2, f, widgets.Padded(0, 0, 0, -11, widgets.HBox(0, insert)))
}

// titleExample is what the first record would be called, or what is wrong with the
// pattern. Without a record there is no example.
func (s *setup) titleExample() (text, problem string) {
	pattern := strings.TrimSpace(s.draft.src.Title)
	record := s.exampleRecord()
	if pattern == "" {
		if record == nil {
			return "", ""
		}
		if title := source.Title(record); title != "" {
			return "For example: " + title, ""
		}
		return "No name was found. Records are called by their number and time.", ""
	}
	parsed, err := merge.Parse(pattern, merge.Plain)
	if err != nil {
		return "", core.Sentence(err)
	}
	if record == nil {
		return "", ""
	}
	data, err := value.Parse(record)
	if err != nil {
		return "", ""
	}
	now := s.page.Now()
	title, err := parsed.Append(nil, &merge.Scope{Data: data, Event: &core.Event{Type: s.draft.src.Type(), Time: now}, At: now})
	if err != nil {
		return "", core.Sentence(err)
	}
	return "For example: " + source.Shorten(strings.Join(strings.Fields(string(title)), " ")), ""
}

// exampleRecord is the first record that a look has found; of a form and a timer
// one is made up. It is nil where there is none.
func (s *setup) exampleRecord() []byte {
	if v := s.survey(); v != nil && len(v.Survey.Samples) > 0 {
		return v.Survey.Samples[0]
	}
	made := map[string]string{}
	switch src := &s.draft.src; {
	case src.Form != nil:
		for _, in := range src.Form.Inputs {
			made[in.Name] = exampleInput(in)
		}
	case src.Timer != nil:
		for _, f := range src.Timer.Data {
			made[f.Name] = f.Value
		}
		made["at"] = s.page.Now().Format(time.RFC3339)
	default:
		return nil
	}
	record, _ := json.Marshal(made)
	return record
}

// exampleInput is what the made-up person fills into a field.
func exampleInput(in core.Input) string {
	name := strings.ToLower(in.Name)
	switch {
	case in.Default != "":
		return in.Default
	case in.Kind == core.InputEmail:
		return "ada@example.org"
	case in.Kind == core.InputNumber:
		return "2"
	case in.Kind == core.InputDate:
		return "1990-12-10"
	case in.Kind == core.InputYesNo:
		return "true"
	case in.Kind == core.InputChoice:
		return first(in.Choices)
	case strings.Contains(name, "last"), strings.Contains(name, "surname"):
		return "Test"
	}
	return "Ada"
}
