package sources

import (
	"slices"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

var (
	afters     = []core.After{core.AfterRemember, core.AfterMove, core.AfterDelete}
	afterNames = []string{"Leave it there, and remember it", "Move it to “Sent by Hookbird”", "Delete it"}
)

// holds are what files of a folder can be, as cards to choose from.
var holds = []struct {
	holds      core.FilesHold
	name, note string
}{
	{core.HoldNew, "Only new records", "None was in a file before"},
	{core.HoldAll, "Everything each time", "Changes are found out"},
	{core.Growing, "One file that grows", "Records are added at its end"},
}

// folderCards are the cards of a folder.
func (s *setup) folderCards() []fyne.CanvasObject {
	f := s.draft.src.Folder
	return []fyne.CanvasObject{
		card("1. Where are the files?", "",
			s.path("/path", "Folder", &f.Path, "Choose a folder, or type its path", s.page.AskFolder),
			s.text("/match", "Which files", &f.Match, "All that can be read", "Tables (CSV, Excel, ODS), JSON and XML. Only some of them? Type patterns like *.csv; *.xlsx"),
			s.flag("/subfolders", "Those in subfolders too", &f.Subfolders, "")),
		s.lookCard("2. What is in them?", append(s.placeFields(&f.Layout), s.layoutFold(&f.Layout))...),
		s.holdsCard(f),
		card("4. What becomes of a file?", "", s.folderExisting(),
			choice(s, "/after", "After it was read", &f.After, afters, afterNames, ""),
			s.flag("/receipt", "Write a receipt beside it", &f.Receipt, "“NAME – result.csv” says of every row where it went and what came back. The file is put away only once all of it is settled; moved ones go to Done, or to Problems."),
			s.flag("/whole_file", "The whole file is one record", &f.WholeFile, "For letters, pictures and the like: its name, size and time, and what it holds if it is text.")),
	}
}

// path is a labelled box for a path, with a button to choose it.
func (s *setup) path(where, label string, to *string, placeholder string, ask func(func(string))) fyne.CanvasObject {
	e := s.entry(to, placeholder)
	e.SetLabel(label)
	choose := widgets.NewButton(widgets.Secondary, "Choose…", icons.Folder, func() { ask(e.SetText) })
	f := widgets.NewField(label, widgets.HBox(8, widgets.Grow(e), choose), "")
	s.spots.add(where, func(text string) {
		f.SetProblem(text)
		e.SetProblem(text != "")
	}, e)
	return f
}

// holdsCard asks what the files are.
func (s *setup) holdsCard(f *core.FolderSource) fyne.CanvasObject {
	cards := make([]*widgets.ChoiceCard, len(holds))
	show := func() {
		for i, h := range holds {
			cards[i].SetSelected(f.Holds == h.holds)
		}
	}
	grid := widgets.Grid(3, theme.TileGap)
	for i, h := range holds {
		cards[i] = widgets.NewChoiceCard(h.name, h.note, "", func() {
			f.Holds = h.holds
			show()
			s.changed()
		})
		grid.Add(cards[i])
	}
	show()
	hint := widgets.NewHint(widgets.Bad, "")
	s.spots.add("/holds", func(text string) { hint.Set(widgets.Bad, text) }, cards[0])
	all := s.when(func() bool { return f.Holds == core.HoldAll }, func() fyne.CanvasObject {
		return stack(
			s.columns("/keys", "Columns that tell records apart", &f.Keys, "For example a member number. A record that changes is then sent as changed, not as new."),
			s.flag("/gone", "Also tell when a record is in the file no more", &f.Gone, ""))
	})
	return card("3. What does each file hold?", "", grid, hint, all)
}

// folderExisting asks what becomes of the files that are there already. It counts
// only once, when the source is made.
func (s *setup) folderExisting() fyne.CanvasObject {
	dos := []core.ExistingDo{core.ExistingSkip, core.ExistingSend, core.ExistingAsk}
	names := []string{"Leave them (usual)", "Send them", "Ask me once they are counted"}
	if !s.draft.isNew() && !slices.Contains(dos, s.draft.src.Existing.Do) {
		dos, names = append(dos, s.draft.src.Existing.Do), append(names, "As it was set")
	}
	f := choice(s, "/existing", "Files that are already there", &s.draft.src.Existing.Do, dos, names, "")
	f.Hidden = !s.draft.isNew()
	return f
}
