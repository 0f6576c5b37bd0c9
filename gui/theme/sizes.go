package theme

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Lengths that the widgets share, in device-independent pixels.
const (
	ControlHeight float32 = 34  // buttons, entries, selects
	CardRadius    float32 = 12  // cards and banners
	Radius        float32 = 8   // controls
	CardPadding   float32 = 16  // inside a card
	CardGap       float32 = 14  // between cards
	TileGap       float32 = 12  // between tiles
	PageSide      float32 = 28  // left and right of a page
	PageBottom    float32 = 24  // below a page
	SidebarWidth  float32 = 212 // navigation, wide
	RailWidth     float32 = 68  // navigation, narrow
)

var sizes = map[fyne.ThemeSizeName]float32{
	fynetheme.SizeNameText:               14,
	fynetheme.SizeNameCaptionText:        12,
	fynetheme.SizeNameSubHeadingText:     16,
	fynetheme.SizeNameHeadingText:        22,
	fynetheme.SizeNamePadding:            4,
	fynetheme.SizeNameInnerPadding:       8,
	fynetheme.SizeNameInlineIcon:         18,
	fynetheme.SizeNameLineSpacing:        4,
	fynetheme.SizeNameInputRadius:        Radius,
	fynetheme.SizeNameInputBorder:        1,
	fynetheme.SizeNameButtonRadius:       Radius,
	fynetheme.SizeNameMenuRadius:         Radius,
	fynetheme.SizeNameSelectionRadius:    Radius,
	fynetheme.SizeNamePopupRadius:        10,
	fynetheme.SizeNameCardRadius:         CardRadius,
	fynetheme.SizeNameDialogRadius:       14,
	fynetheme.SizeNameScrollBar:          10,
	fynetheme.SizeNameScrollBarSmall:     4,
	fynetheme.SizeNameScrollBarRadius:    5,
	fynetheme.SizeNameModalBlurRadius:    0, // a blurred ground showed late on machines without a GPU
	fynetheme.SizeNameSplitThickness:     1,
	fynetheme.SizeNameSeparatorThickness: 1,
}
