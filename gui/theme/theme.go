// Package theme is the look of the window: colours, sizes, the Inter type and
// the outline icons in the colours of the theme. Every drawn thing asks here, by
// name, so that light and dark can change while the window is open.
//
// It must not hold widgets, words of the screen or settings; it imports no
// fyne.io/fyne/v2/app.
package theme

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"hookbird/assets/fonts"
)

// Variant says whether the window is light or dark.
type Variant int

// The three looks. Automatic follows the desktop.
const (
	Automatic Variant = iota
	Light
	Dark
)

// Theme is Hookbird's fyne.Theme. A value does not change; to change the look,
// set another one in the app's settings.
type Theme struct {
	variant Variant
}

var _ fyne.Theme = (*Theme)(nil)

// New gives the theme in the look named.
func New(v Variant) *Theme { return &Theme{variant: v} }

// Variant gives the look this theme was made for.
func (t *Theme) Variant() Variant { return t.variant }

// Color gives the colour of a name of Fyne's or of this package. The desktop's
// variant counts only in the Automatic look. Unknown names are transparent.
func (t *Theme) Color(name fyne.ThemeColorName, desktop fyne.ThemeVariant) color.Color {
	p, ok := palette[name]
	if !ok {
		return color.Transparent
	}
	if t.dark(desktop) {
		return p.dark
	}
	return p.light
}

func (t *Theme) dark(desktop fyne.ThemeVariant) bool {
	switch t.variant {
	case Light:
		return false
	case Dark:
		return true
	}
	return desktop == fynetheme.VariantDark
}

var (
	regular  = fyne.NewStaticResource("Inter-Regular.otf", fonts.Regular)
	semiBold = fyne.NewStaticResource("Inter-SemiBold.otf", fonts.SemiBold)
	italic   = fyne.NewStaticResource("Inter-Italic.otf", fonts.Italic)
)

// Font gives Inter; bold is its SemiBold. Monospace and symbols are Fyne's own.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace, style.Symbol:
		return fynetheme.DefaultTheme().Font(style)
	case style.Bold:
		return semiBold
	case style.Italic:
		return italic
	}
	return regular
}

// Size gives the size of a name of Fyne's or of this package, in
// device-independent pixels. Names without a size of ours have Fyne's own.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if size, ok := sizes[name]; ok {
		return size
	}
	return fynetheme.DefaultTheme().Size(name)
}

// Color gives a colour of the theme in use. UI goroutine only.
func Color(name fyne.ThemeColorName) color.Color {
	settings := fyne.CurrentApp().Settings()
	return current(settings).Color(name, settings.ThemeVariant())
}

// Size gives a size of the theme in use. UI goroutine only.
func Size(name fyne.ThemeSizeName) float32 {
	return current(fyne.CurrentApp().Settings()).Size(name)
}

var fallback = New(Automatic)

// current gives the app's theme where it is ours, so that a widget drawn before
// the theme is set (as in a test of something else) still has all its colours.
func current(settings fyne.Settings) fyne.Theme {
	if t, ok := settings.Theme().(*Theme); ok {
		return t
	}
	return fallback
}

// Floor rounds a length down to whole pixels: fractional positions blur 1 px
// lines and let scroll edges cut them.
func Floor(v float32) float32 { return float32(math.Floor(float64(v))) }
