package sources

import (
	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

func countOf(n int) string { return words.Number(uint64(n)) }

// stack puts the fields of a card under each other.
func stack(fields ...fyne.CanvasObject) *fyne.Container { return widgets.VBox(14, fields...) }

// card is a titled card of fields.
func card(title, help string, fields ...fyne.CanvasObject) fyne.CanvasObject {
	return widgets.NewTitledCard(title, help, nil, stack(fields...))
}

// cards are the cards of the kind, from the top down, and those that all kinds have.
func (s *setup) cards() []fyne.CanvasObject {
	var cards []fyne.CanvasObject
	switch s.draft.src.Kind {
	case core.KindFolder:
		cards = s.folderCards()
	case core.KindSheet:
		cards = s.sheetCards()
	case core.KindLocal:
		cards = s.localCards()
	case core.KindDatabase:
		cards = s.databaseCards()
	case core.KindWeb:
		cards = s.webCards()
	case core.KindTimer:
		cards = s.timerCards()
	case core.KindForm:
		cards = s.formCards()
	}
	return append(cards, s.recordCard(), s.moreCard())
}

// recordCard asks what becomes of each record: its name on screen, its fields.
func (s *setup) recordCard() fyne.CanvasObject {
	return card("Your records", "",
		s.nameField(),
		s.titleField(), s.keepField())
}

// nameField asks for the name; while it is empty it shows the one that is taken.
func (s *setup) nameField() fyne.CanvasObject {
	e := s.entry(&s.draft.src.Name, s.draft.usualName())
	s.follow = append(s.follow, func() {
		if usual := s.draft.usualName(); usual != e.PlaceHolder {
			e.SetPlaceHolder(usual)
		}
	})
	return s.spots.field("/name", "Name of this source", e, "Only you see it.")
}

// moreCard folds away what few people need.
func (s *setup) moreCard() fyne.CanvasObject {
	d := &s.draft.src
	open := len(d.Once.Keys) > 0 || len(d.Expect.Days) > 0 || d.LookUp != nil || d.Cards || d.EventType != ""
	return widgets.NewCardPadded(10, widgets.Padded(0, 6, 0, 6, s.fold("More: the same twice, silence, details, card numbers", open && !s.draft.isNew(),
		func() fyne.CanvasObject {
			return widgets.Padded(2, 6, 8, 6, widgets.VBox(20, s.onceFields(), s.expectFields(), s.lookUpFields(), s.cardsField(), s.typeField()))
		})))
}
