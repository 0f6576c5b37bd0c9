package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynelayout "fyne.io/fyne/v2/layout"

	"hookbird/gui/theme"
)

// All layouts here work with whole pixels and give the width before they ask for
// the height, so that wrapping text gets the room it needs.

// VBox stacks objects from the top, each as wide as the box, gap pixels apart.
// A Spacer takes what height is left.
func VBox(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&vbox{gap: gap}, objects...)
}

// HBox puts objects side by side, each at its least width, centred in height,
// gap pixels apart. Grow and Spacer share what width is left.
func HBox(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&hbox{gap: gap}, objects...)
}

// HBoxTop is HBox with the objects at the top and not centred.
func HBoxTop(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&hbox{gap: gap, top: true}, objects...)
}

// Columns splits the width by the ratios given, gap pixels apart; all columns
// get the full height. Hidden objects keep their column.
func Columns(gap float32, ratios []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columns{gap: gap, ratios: ratios}, objects...)
}

// Grid puts objects in rows of n equal columns, gap pixels apart; all rows of
// objects are as high as the highest of their row.
func Grid(n int, gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&grid{n: n, gap: gap}, objects...)
}

// Padded leaves room around an object.
func Padded(top, right, bottom, left float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&padded{top, right, bottom, left}, object)
}

// Column centres an object in the width and lets it grow to maxWidth at most.
func Column(maxWidth float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&column{max: maxWidth}, object)
}

// MinWidth gives an object at least this width.
func MinWidth(width float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&sized{min: fyne.NewSize(width, 0)}, object)
}

// MinSize gives an object at least this width and height.
func MinSize(width, height float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&sized{min: fyne.NewSize(width, height)}, object)
}

// Fixed gives an object exactly this size as its least size, whatever it asks
// for, and centres it in more room. Zero keeps the object's own length.
func Fixed(width, height float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&fixed{size: fyne.NewSize(width, height)}, object)
}

// Centered puts an object at its least size in the middle.
func Centered(object fyne.CanvasObject) *fyne.Container {
	return container.New(&fixed{}, object)
}

// Grow lets an object take the width that is left in an HBox.
func Grow(object fyne.CanvasObject) *fyne.Container {
	return container.New(&grow{}, object)
}

// Spacer takes what room is left in an HBox or VBox.
func Spacer() fyne.CanvasObject { return fynelayout.NewSpacer() }

// Spread puts one object at the left with all the width that is left, and one
// at the right at its least width.
func Spread(left, right fyne.CanvasObject) *fyne.Container {
	return HBox(theme.TileGap, Grow(left), right)
}

// Stack lays objects over each other.
func Stack(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&padded{}, objects...)
}
