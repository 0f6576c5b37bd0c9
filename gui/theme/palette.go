package theme

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Colour names of our own, beside Fyne's.
const (
	Sidebar        fyne.ThemeColorName = "hb.sidebar"        // behind the navigation
	Card           fyne.ThemeColorName = "hb.card"           // fill of cards and dialogs
	Line           fyne.ThemeColorName = "hb.line"           // hairlines
	LineStrong     fyne.ThemeColorName = "hb.lineStrong"     // edge of secondary buttons
	Subtle         fyne.ThemeColorName = "hb.subtle"         // icon tiles, segmented control
	CodeBackground fyne.ThemeColorName = "hb.codeBackground" // behind monospace text
	Muted          fyne.ThemeColorName = "hb.muted"          // secondary text
	PrimaryHover   fyne.ThemeColorName = "hb.primaryHover"   // primary button under the pointer
	PrimarySoft    fyne.ThemeColorName = "hb.primarySoft"    // tint behind primary icons
	NavSelected    fyne.ThemeColorName = "hb.navSelected"    // the place we are at
	SuccessSoft    fyne.ThemeColorName = "hb.successSoft"
	WarningSoft    fyne.ThemeColorName = "hb.warningSoft"
	ErrorSoft      fyne.ThemeColorName = "hb.errorSoft"
	NeutralSoft    fyne.ThemeColorName = "hb.neutralSoft"
	CardShadow     fyne.ThemeColorName = "hb.cardShadow"
)

// Fyne's own names, again, so that a widget imports one theme package.
const (
	Background     = fynetheme.ColorNameBackground
	Foreground     = fynetheme.ColorNameForeground
	Placeholder    = fynetheme.ColorNamePlaceHolder
	Disabled       = fynetheme.ColorNameDisabled
	Primary        = fynetheme.ColorNamePrimary
	OnPrimary      = fynetheme.ColorNameForegroundOnPrimary
	Success        = fynetheme.ColorNameSuccess
	OnSuccess      = fynetheme.ColorNameForegroundOnSuccess
	Warning        = fynetheme.ColorNameWarning
	OnWarning      = fynetheme.ColorNameForegroundOnWarning
	Error          = fynetheme.ColorNameError
	OnError        = fynetheme.ColorNameForegroundOnError
	Selection      = fynetheme.ColorNameSelection
	Input          = fynetheme.ColorNameInputBackground
	InputBorder    = fynetheme.ColorNameInputBorder
	Hover          = fynetheme.ColorNameHover
	Pressed        = fynetheme.ColorNamePressed
	Menu           = fynetheme.ColorNameMenuBackground
	Veil           = fynetheme.ColorNameShadow
	Button         = fynetheme.ColorNameButton
	DisabledButton = fynetheme.ColorNameDisabledButton
)

type pair struct{ light, dark color.NRGBA }

func tone(light, dark string) pair { return pair{hex(light), hex(dark)} }

// hex reads RRGGBB or RRGGBBAA. The table below is fixed, and a test reads it
// whole, so a wrong digit cannot reach anybody.
func hex(s string) color.NRGBA {
	if len(s) == 6 {
		s += "FF"
	}
	v, err := strconv.ParseUint(s, 16, 32)
	if err != nil {
		panic("theme: colour " + s + ": " + err.Error())
	}
	return color.NRGBA{R: uint8(v >> 24), G: uint8(v >> 16), B: uint8(v >> 8), A: uint8(v)}
}

// palette is every colour of the window. Text on its grounds keeps a contrast
// of at least 4.5 (a test measures it); LineStrong and Disabled are decoration.
var palette = map[fyne.ThemeColorName]pair{
	Background:     tone("F5F7F9", "12171D"),
	Sidebar:        tone("E9EEF2", "0D1116"),
	Card:           tone("FFFFFF", "1A2129"),
	Line:           tone("DCE3E9", "2D3843"),
	LineStrong:     tone("B4C0CB", "43515E"),
	Subtle:         tone("EEF2F5", "222B35"),
	CodeBackground: tone("F3F6F9", "141A21"),

	Foreground:  tone("17212B", "E8EDF2"),
	Muted:       tone("4F5D6B", "A6B3C0"),
	Placeholder: tone("66737F", "8D9BA9"),
	Disabled:    tone("8794A1", "66737F"),

	Primary:      tone("0B5CA8", "6CB6F7"),
	PrimaryHover: tone("094B8A", "8CC7FA"),
	OnPrimary:    tone("FFFFFF", "06223B"),
	PrimarySoft:  tone("E1EEFA", "16324B"),
	NavSelected:  tone("D0E3F5", "16324B"),
	Selection:    tone("D6E8F9", "1D3F5E"),

	Success:     tone("0A7350", "55C894"),
	SuccessSoft: tone("DFF3EA", "13352A"),
	OnSuccess:   tone("FFFFFF", "04261A"),
	Warning:     tone("8A5200", "F0B554"),
	WarningSoft: tone("FCEFD6", "3A2C12"),
	OnWarning:   tone("FFFFFF", "2B1B00"),
	Error:       tone("B3202A", "FF948C"),
	ErrorSoft:   tone("FCE6E6", "442221"),
	OnError:     tone("FFFFFF", "3A0A08"),
	NeutralSoft: tone("E8ECF0", "2A343E"),

	Button:      tone("E7ECF1", "2A343F"),
	Input:       tone("FFFFFF", "12171D"),
	InputBorder: tone("83909D", "64727F"),
	Hover:       tone("0B3A6614", "B9DCFF14"),
	Pressed:     tone("0B3A6626", "B9DCFF26"),
	CardShadow:  tone("1B2B3A24", "00000059"),

	DisabledButton:                               tone("EDF0F3", "1E262E"),
	fynetheme.ColorNameFocus:                     tone("0B5CA833", "6CB6F740"),
	fynetheme.ColorNameHeaderBackground:          tone("EEF2F5", "222B35"),
	fynetheme.ColorNameHyperlink:                 tone("0B5CA8", "6CB6F7"),
	fynetheme.ColorNameInnerWindowBorder:         tone("DCE3E9", "2D3843"),
	fynetheme.ColorNameInnerWindowBorderInactive: tone("DCE3E9", "2D3843"),
	Menu:                                   tone("FFFFFF", "222B35"),
	fynetheme.ColorNameOverlayBackground:   tone("FFFFFF", "1A2129"),
	fynetheme.ColorNameScrollBar:           tone("5B6B7A8C", "9AA8B58C"),
	fynetheme.ColorNameScrollBarBackground: tone("00000000", "00000000"),
	fynetheme.ColorNameSeparator:           tone("DCE3E9", "2D3843"),
	Veil:                                   tone("1B2B3A12", "00000040"),
}
