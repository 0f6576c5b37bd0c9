package sources

import (
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/widgets"
)

var settles = []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 30 * time.Minute, time.Hour}

// sheetCards are the cards of a spreadsheet.
func (s *setup) sheetCards() []fyne.CanvasObject {
	f := s.draft.src.Sheet
	return []fyne.CanvasObject{
		card("1. Which file?", "It may stay open in Excel or LibreOffice. Hookbird only reads it.",
			s.path("/path", "Spreadsheet", &f.Path, "Choose a file, or type its path", s.page.AskFile)),
		s.lookCard("2. What is in it?", s.sheetField(&f.Layout), s.layoutFold(&f.Layout)),
		s.finishedCard(f),
		card("4. What is new?", "",
			s.columns("/keys", "Columns that tell rows apart", &f.Keys, "For example a member number. Left empty, a row is known by all that stands in it."),
			s.flag("/changed", "Also send a row again when it has changed", &f.Changed, "It is sent as changed, not as new. Needs a column that tells rows apart.")),
		askedLater(),
	}
}

// finishedCard asks when a row is ready to go.
func (s *setup) finishedCard(f *core.SheetSource) fyne.CanvasObject {
	byColumn := f.Ready != ""
	how := widgets.NewSegmented([]string{"Once it rests", "When a column says so"}, func(i int) {
		byColumn = i == 1
		if !byColumn {
			f.Ready, f.ReadyIs = "", ""
		}
		s.changed()
	})
	if byColumn {
		how.Select(1)
	}
	rests := s.when(func() bool { return !byColumn }, func() fyne.CanvasObject {
		return stack(
			s.span("/settle", "It has not changed for", &f.Settle, core.DefaultSettle, settles, ""),
			s.columns("/required", "and these columns are filled in", &f.Required, "Left empty, any row counts that does not change any more."))
	})
	says := s.when(func() bool { return byColumn }, func() fyne.CanvasObject {
		return widgets.Grid(2, 12,
			s.picked("/ready/column", "Column", &f.Ready, "For example Done", "", s.fieldOffers),
			s.text("/ready/is", "says", &f.ReadyIs, "Anything", ""))
	})
	return card("3. When is a row finished?", "So that nothing goes out while somebody is still typing.",
		widgets.HBox(0, how), rests, says)
}

// askedLater says that what is there already waits for an answer.
func askedLater() fyne.CanvasObject {
	return widgets.NewNote(widgets.Info, "What is there already",
		"Once it is switched on, Hookbird counts it and asks you: only new ones from now, all of them, or those from a day on. Nothing is sent before you answer.")
}
