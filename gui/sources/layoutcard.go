package sources

import (
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/choices"
	"hookbird/gui/widgets"
)

var (
	encodings     = []string{"", "utf-8", "utf-16", "windows-1252", "iso-8859-15"}
	encodingNames = []string{"Find out (usual)", "UTF-8", "UTF-16", "Windows (Western Europe)", "ISO 8859-15"}

	delimiters     = []string{"", ",", ";", "\t", "|"}
	delimiterNames = []string{"Find out (usual)", "Comma", "Semicolon", "Tab", "Vertical bar |"}

	quotes     = []string{"", "'", "none"}
	quoteNames = []string{`Double quotes " (usual)`, "Single quotes '", "Nothing"}
)

// layoutFold asks how a file is to be read, where that was not found out well.
func (s *setup) layoutFold(l *core.Layout) fyne.CanvasObject {
	touched := l.Encoding != "" || l.Delimiter != "" || l.Quote != "" || l.NoHeader || l.HeaderRow != 0 || len(l.Columns) > 0
	return s.fold("Does it look wrong? Correct how it is read", touched, func() fyne.CanvasObject {
		head := s.when(func() bool { return !l.NoHeader }, func() fyne.CanvasObject {
			return s.number("/header_row", "Row with the headings", &l.HeaderRow, "Find out (usual)", "")
		})
		return stack(
			widgets.Grid(3, 12,
				choice(s, "/encoding", "Letters are written in", &l.Encoding, encodings, encodingNames, ""),
				choice(s, "/delimiter", "Between two columns stands", &l.Delimiter, delimiters, delimiterNames, ""),
				choice(s, "/quote", "Around a text stands", &l.Quote, quotes, quoteNames, "")),
			s.flag("/no_header", "The first row is a record already, there are no headings", &l.NoHeader, ""),
			head, s.columnNames(l),
			widgets.NewParagraph("Then look again.", widgets.Caption))
	})
}

// columnNames gives columns other names than the file does.
func (s *setup) columnNames(l *core.Layout) fyne.CanvasObject {
	e := widgets.NewMultiEntry(3)
	e.SetText(strings.Join(l.Columns, "\n"))
	e.SetPlaceHolder("As in the file")
	e.OnChanged = func(text string) {
		l.Columns = filled(strings.Split(text, "\n"))
		s.changed()
	}
	return s.spots.field("/columns", "Names of the columns, one a line", e, "Only where the file has none, or bad ones. All of them, from left to right.")
}

// placeFields choose the sheet, the repeating element or the list, where the files
// have several.
func (s *setup) placeFields(l *core.Layout) []fyne.CanvasObject {
	element := s.renewing(s.picked("/element", "XML: what repeats", &l.Element, "Find out", "", s.offers(func(v core.Survey) []string { return v.Element })),
		func(v core.Survey) bool { return len(v.Element) > 0 || l.Element != "" })
	list := s.renewing(s.text("/list", "JSON: path to the list", &l.List, "The top", "Like data.members"),
		func(v core.Survey) bool {
			return l.List != "" || v.Layout.List != "" || len(v.Columns) == 0 && len(v.Element) == 0
		})
	return []fyne.CanvasObject{s.sheetField(l), element, list}
}

// sheetField chooses the sheet of a workbook, where it has several.
func (s *setup) sheetField(l *core.Layout) fyne.CanvasObject {
	return s.renewing(s.picked("/sheet", "Sheet", &l.Sheet, "The first one", "", s.offers(func(v core.Survey) []string { return v.Sheets })),
		func(v core.Survey) bool { return len(v.Sheets) > 1 || l.Sheet != "" })
}

// offers are texts that a look has found, as choices.
func (s *setup) offers(of func(core.Survey) []string) func() []choices.Choice {
	return func() []choices.Choice {
		if v := s.survey(); v != nil {
			return textOffers(of(v.Survey))
		}
		return nil
	}
}

// renewing shows something only where what was found, if anything, asks for it.
func (s *setup) renewing(o fyne.CanvasObject, holds func(core.Survey) bool) fyne.CanvasObject {
	show := func() {
		v := core.Survey{Columns: []core.Column{{}}}
		if found := s.survey(); found != nil {
			v = found.Survey
		}
		setVisible(o, holds(v))
	}
	s.renew = append(s.renew, show)
	show()
	return o
}
