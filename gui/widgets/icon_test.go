package widgets_test

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"hookbird/assets/icons"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// TestIconIsDrawnAnewOnlyWhereItIsDifferent looks when an icon's picture is another one.
func TestIconIsDrawnAnewOnlyWhereItIsDifferent(t *testing.T) {
	screen.App(t)
	icon := widgets.NewIcon(icons.Check, theme.Muted, 20)
	w := test.NewTempWindow(t, icon)
	w.Resize(fyne.NewSize(60, 60))
	picture := func() image.Image { return test.WidgetRenderer(icon).Objects()[0].(*canvas.Image).Image }
	icon.Refresh()
	for _, change := range []struct {
		what string
		do   func()
		same bool
	}{
		{"nothing", icon.Refresh, true},
		{"the drawing", func() { icon.SetIcon(icons.Cross, theme.Muted) }, false},
		{"the colour", func() { icon.SetIcon(icons.Cross, theme.Primary) }, false},
		{"nothing again", icon.Refresh, true},
		{"the look", func() { test.ApplyTheme(t, theme.New(theme.Dark)); icon.Refresh() }, false},
	} {
		before := picture()
		if change.do(); before == nil || (picture() == before) != change.same {
			t.Errorf("%s changed: the same picture: %v", change.what, picture() == before)
		}
	}
}
