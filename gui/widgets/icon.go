package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
)

// Icon draws an outline icon in a colour of the theme.
type Icon struct {
	widget.BaseWidget
	name   icons.Name
	colour fyne.ThemeColorName
	size   float32
}

// NewIcon draws an icon of size by size pixels.
func NewIcon(name icons.Name, colour fyne.ThemeColorName, size float32) *Icon {
	i := &Icon{name: name, colour: colour, size: size}
	i.ExtendBaseWidget(i)
	return i
}

// NewStatusIcon draws the silhouette of a status in its colour.
func NewStatusIcon(s Status, size float32) *Icon { return NewIcon(s.Icon(), s.Color(), size) }

// SetIcon changes drawing and colour.
func (i *Icon) SetIcon(name icons.Name, colour fyne.ThemeColorName) {
	if i.name == name && i.colour == colour {
		return
	}
	i.name, i.colour = name, colour
	i.Refresh()
}

// SetStatus changes to the silhouette and colour of a status.
func (i *Icon) SetStatus(s Status) { i.SetIcon(s.Icon(), s.Color()) }

// CreateRenderer draws the icon.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	image := newImage(nil)
	return newFace(&face{
		owner: i, objects: []fyne.CanvasObject{image},
		min:   func() fyne.Size { return fyne.NewSquareSize(i.size) },
		place: func(size fyne.Size) { placeCentre(image, size, i.size) },
		paint: func() { image.Resource = theme.NewIcon(i.name, i.colour) },
	})
}

// NewLogo draws the bird, size by size pixels.
func NewLogo(size float32) fyne.CanvasObject {
	image := newImage(theme.Logo())
	image.SetMinSize(fyne.NewSquareSize(size))
	return Fixed(size, size, image)
}

// IconTile is an icon in a tinted square with round corners, as in lists and
// tiles.
type IconTile struct {
	widget.BaseWidget
	name         icons.Name
	colour, tint fyne.ThemeColorName
	size         float32
	round        bool
}

// NewIconTile draws a quiet tile of 36 pixels, as before the rows of a list.
func NewIconTile(name icons.Name) *IconTile {
	return newIconTile(name, theme.Muted, theme.Subtle, 36)
}

// NewTintedTile draws a tile in a status's colour and tint.
func NewTintedTile(name icons.Name, s Status, size float32) *IconTile {
	return newIconTile(name, s.Color(), s.Soft(), size)
}

func newIconTile(name icons.Name, colour, tint fyne.ThemeColorName, size float32) *IconTile {
	t := &IconTile{name: name, colour: colour, tint: tint, size: size}
	t.ExtendBaseWidget(t)
	return t
}

// newDisc draws a full round of a status's colour with its silhouette on it.
func newDisc(s Status, size float32) *IconTile {
	t := newIconTile(s.Icon(), statusLooks[s].text, s.Color(), size)
	t.round = true
	return t
}

// SetIcon changes the drawing.
func (t *IconTile) SetIcon(name icons.Name) { t.name = name; t.Refresh() }

// SetStatus changes colour and tint.
func (t *IconTile) SetStatus(s Status) {
	t.colour, t.tint = s.Color(), s.Soft()
	t.Refresh()
}

func (t *IconTile) setDisc(s Status) {
	t.name, t.colour, t.tint = s.Icon(), statusLooks[s].text, s.Color()
	t.Refresh()
}

// CreateRenderer draws tile and icon.
func (t *IconTile) CreateRenderer() fyne.WidgetRenderer {
	ground, image := canvas.NewRectangle(nil), newImage(nil)
	ground.CornerRadius = theme.Radius
	if t.round {
		ground.CornerRadius = t.size / 2
	}
	inner := theme.Floor(t.size*0.28) * 2
	return newFace(&face{
		owner: t, objects: []fyne.CanvasObject{ground, image},
		min: func() fyne.Size { return fyne.NewSquareSize(t.size) },
		place: func(size fyne.Size) {
			placeCentre(ground, size, t.size)
			placeCentre(image, size, inner)
		},
		paint: func() {
			ground.FillColor = theme.Color(t.tint)
			image.Resource = theme.NewIcon(t.name, t.colour)
		},
	})
}

func newImage(res fyne.Resource) *canvas.Image {
	image := canvas.NewImageFromResource(res)
	image.FillMode = canvas.ImageFillContain
	return image
}

// placeCentre puts a square of side in the middle of size, on whole pixels.
func placeCentre(o fyne.CanvasObject, size fyne.Size, side float32) {
	o.Move(fyne.NewPos(middle(size.Width, side), middle(size.Height, side)))
	o.Resize(fyne.NewSquareSize(side))
}
