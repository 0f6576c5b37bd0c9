package widgets

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
)

// NavItem is a place in the navigation. Wide, it is an icon and a word in a row;
// narrow, a small word under the icon.
type NavItem struct {
	pressed
	selected     bool
	name         icons.Name
	icon         *Icon
	iconN        *Icon
	words        *Text
	wordsN       *Text
	pill         *CountPill
	pillN        *CountPill
	wide, narrow *fyne.Container
}

// NewNavItem makes an item, wide and not chosen.
func NewNavItem(icon icons.Name, word string, tapped func()) *NavItem {
	n := &NavItem{
		name: icon, icon: NewIcon(icon, theme.Muted, 20), iconN: NewIcon(icon, theme.Muted, 20),
		words: NewText(word, Body), wordsN: NewText(word, navSmall), pill: NewCountPill(0), pillN: NewCountPill(0),
	}
	n.wide = Padded(0, 11, 0, 10, MinSize(0, 38, HBox(12, n.icon, n.words, Spacer(), n.pill)))
	n.narrow = MinSize(56, 51, Stack(
		Centered(VBox(4, n.iconN, n.wordsN)),
		VBox(0, HBox(0, Spacer(), n.pillN), Spacer())))
	n.narrow.Hidden = true
	n.plate = newPlate(theme.Radius, 2)
	n.label = word
	n.content = Stack(n.wide, n.narrow)
	n.OnTapped = tapped
	n.ExtendBaseWidget(n)
	return n
}

var navSmall = Style{Size: 10, Align: fyne.TextAlignCenter}

// SetSelected shows the item as the place we are at.
func (n *NavItem) SetSelected(on bool) {
	n.selected = on
	style, small, colour := Body, navSmall.In(theme.Muted), theme.Muted
	fill := fyne.ThemeColorName("")
	if on {
		style, small, colour, fill = Strong.In(theme.Primary), navSmall.In(theme.Primary), theme.Primary, theme.NavSelected
	}
	n.icon.SetIcon(n.name, colour)
	n.iconN.SetIcon(n.name, colour)
	n.words.SetStyle(style)
	n.wordsN.SetStyle(small)
	n.set(fill, "")
}

// SetCount shows how many things failed behind this place; zero hides the pill.
func (n *NavItem) SetCount(count int) {
	n.pill.SetCount(count)
	n.pillN.SetCount(count)
	n.Refresh()
}

// SetNarrow chooses between the two forms.
func (n *NavItem) SetNarrow(on bool) {
	n.wide.Hidden, n.narrow.Hidden = on, !on
	n.Refresh()
}
