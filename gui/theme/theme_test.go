package theme_test

import (
	"image/color"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
)

// texts says which text stands on which grounds somewhere in the window.
var texts = map[fyne.ThemeColorName][]fyne.ThemeColorName{
	theme.Foreground: {
		theme.Background, theme.Sidebar, theme.Card, theme.Subtle, theme.CodeBackground, theme.Input, theme.Button,
		theme.PrimarySoft, theme.SuccessSoft, theme.WarningSoft, theme.ErrorSoft, theme.NeutralSoft,
		theme.NavSelected, theme.Selection, fynetheme.ColorNameMenuBackground,
	},
	theme.Muted: {
		theme.Background, theme.Sidebar, theme.Card, theme.Subtle, theme.CodeBackground, theme.NeutralSoft,
		theme.PrimarySoft, theme.WarningSoft, theme.Selection,
	},
	theme.Placeholder: {theme.Input},
	theme.Primary:     {theme.Background, theme.Card, theme.PrimarySoft, theme.NavSelected, theme.Selection},
	theme.Success:     {theme.Background, theme.Sidebar, theme.Card, theme.SuccessSoft, theme.Selection},
	theme.Warning:     {theme.Background, theme.Card, theme.WarningSoft, theme.Selection},
	theme.Error:       {theme.Background, theme.Card, theme.ErrorSoft, theme.Selection},
	theme.OnPrimary:   {theme.Primary, theme.PrimaryHover},
	theme.OnSuccess:   {theme.Success},
	theme.OnWarning:   {theme.Warning},
	theme.OnError:     {theme.Error},
	theme.Card:        {theme.Muted}, // drawings on the round of a paused banner
}

func TestTextContrast(t *testing.T) {
	for look, v := range looks() {
		for text, grounds := range texts {
			for _, ground := range grounds {
				if c := contrast(v.Color(text, 0), v.Color(ground, 0)); c < 4.5 {
					t.Errorf("%s: %s on %s has contrast %.2f, needs 4.5", look, text, ground, c)
				}
			}
		}
	}
}

func TestEdgeContrast(t *testing.T) {
	for look, v := range looks() {
		if c := contrast(v.Color(theme.InputBorder, 0), v.Color(theme.Input, 0)); c < 3 {
			t.Errorf("%s: the border of a text box has contrast %.2f, needs 3", look, c)
		}
		if c := contrast(v.Color(theme.Primary, 0), v.Color(theme.Background, 0)); c < 3 {
			t.Errorf("%s: the focus ring has contrast %.2f, needs 3", look, c)
		}
	}
}

func looks() map[string]*theme.Theme {
	return map[string]*theme.Theme{"light": theme.New(theme.Light), "dark": theme.New(theme.Dark)}
}

// contrast is the ratio of WCAG 2.2, 1 to 21.
func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func luminance(c color.Color) float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	linear := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n.R) + 0.7152*linear(n.G) + 0.0722*linear(n.B)
}

// The measure itself: black on white is 21, and the value of a known pair.
func TestContrastMeasure(t *testing.T) {
	if c := contrast(color.Black, color.White); math.Abs(c-21) > 0.01 {
		t.Errorf("black on white is %.2f", c)
	}
	if c := contrast(color.NRGBA{0x77, 0x77, 0x77, 0xff}, color.White); math.Abs(c-4.48) > 0.01 {
		t.Errorf("#777777 on white is %.2f", c)
	}
}

func TestVariants(t *testing.T) {
	light := color.NRGBA{0xF5, 0xF7, 0xF9, 0xFF}
	dark := color.NRGBA{0x12, 0x17, 0x1D, 0xFF}
	cases := []struct {
		variant theme.Variant
		desktop fyne.ThemeVariant
		want    color.NRGBA
	}{
		{theme.Automatic, fynetheme.VariantLight, light},
		{theme.Automatic, fynetheme.VariantDark, dark},
		{theme.Light, fynetheme.VariantDark, light},
		{theme.Dark, fynetheme.VariantLight, dark},
	}
	for _, c := range cases {
		if got := theme.New(c.variant).Color(theme.Background, c.desktop); got != c.want {
			t.Errorf("look %v on a desktop of %v: %v, want %v", c.variant, c.desktop, got, c.want)
		}
	}
}

// Every colour that Fyne's widgets ask for is ours: one that is not would be
// drawn transparent.
func TestEveryFyneColour(t *testing.T) {
	for _, name := range []fyne.ThemeColorName{
		fynetheme.ColorNameBackground, fynetheme.ColorNameButton, fynetheme.ColorNameDisabled, fynetheme.ColorNameDisabledButton,
		fynetheme.ColorNameError, fynetheme.ColorNameFocus, fynetheme.ColorNameForeground, fynetheme.ColorNameForegroundOnError,
		fynetheme.ColorNameForegroundOnPrimary, fynetheme.ColorNameForegroundOnSuccess, fynetheme.ColorNameForegroundOnWarning,
		fynetheme.ColorNameHeaderBackground, fynetheme.ColorNameHover, fynetheme.ColorNameHyperlink, fynetheme.ColorNameInnerWindowBorder,
		fynetheme.ColorNameInnerWindowBorderInactive, fynetheme.ColorNameInputBackground, fynetheme.ColorNameInputBorder,
		fynetheme.ColorNameMenuBackground, fynetheme.ColorNameOverlayBackground, fynetheme.ColorNamePlaceHolder, fynetheme.ColorNamePressed,
		fynetheme.ColorNamePrimary, fynetheme.ColorNameScrollBar, fynetheme.ColorNameSelection, fynetheme.ColorNameSeparator,
		fynetheme.ColorNameShadow, fynetheme.ColorNameSuccess, fynetheme.ColorNameWarning,
	} {
		if theme.New(theme.Light).Color(name, 0) == color.Transparent {
			t.Errorf("%s has no colour", name)
		}
	}
}

func TestFonts(t *testing.T) {
	th := theme.New(theme.Light)
	cases := map[string]fyne.TextStyle{"Inter-Regular.otf": {}, "Inter-SemiBold.otf": {Bold: true}, "Inter-Italic.otf": {Italic: true}}
	for want, style := range cases {
		font := th.Font(style)
		if font.Name() != want {
			t.Errorf("%+v is drawn in %s, want %s", style, font.Name(), want)
		}
		if !strings.HasPrefix(string(font.Content()), "OTTO") {
			t.Errorf("%s is no OpenType font", want)
		}
	}
	if mono := th.Font(fyne.TextStyle{Monospace: true}); strings.HasPrefix(mono.Name(), "Inter") {
		t.Error("monospace is drawn in Inter")
	}
}

// Fyne keeps drawings by name, so the name must change with the colour.
func TestIconFollowsTheme(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light))
	icon := theme.NewIcon(icons.Home, theme.Primary)
	name, drawing := icon.Name(), string(icon.Content())
	if !strings.Contains(drawing, `stroke="#0B5CA8"`) {
		t.Errorf("light: %s", drawing)
	}
	app.Settings().SetTheme(theme.New(theme.Dark))
	if icon.Name() == name || !strings.Contains(string(icon.Content()), `stroke="#6CB6F7"`) {
		t.Errorf("dark: %s %s", icon.Name(), icon.Content())
	}
	if theme.NewIcon(icons.None, theme.Primary) != nil {
		t.Error("no icon has a drawing")
	}
}

func TestSizes(t *testing.T) {
	th := theme.New(theme.Dark)
	for name, want := range map[fyne.ThemeSizeName]float32{
		fynetheme.SizeNameText: 14, fynetheme.SizeNameInputRadius: 8, fynetheme.SizeNameModalBlurRadius: 0,
		fynetheme.SizeNameWindowButtonHeight: fynetheme.DefaultTheme().Size(fynetheme.SizeNameWindowButtonHeight),
	} {
		if got := th.Size(name); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}
