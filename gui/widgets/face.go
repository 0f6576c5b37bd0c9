package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"hookbird/gui/theme"
)

// face is the renderer that all drawn widgets share. Paint reads colours and
// texts anew, place puts the parts; both must be cheap and free of side effects
// outside the widget.
type face struct {
	owner   fyne.Widget
	objects []fyne.CanvasObject
	min     func() fyne.Size
	place   func(fyne.Size)
	paint   func()

	drawn map[*canvas.Image]drawing // as they were refreshed last
}

// drawing is what an image shows: refreshing one reads and draws its SVG anew, which is
// most of what refreshing a page takes, so it is only done where something is different.
type drawing struct {
	name  string // of the resource; the theme's names hold the colour
	size  fyne.Size
	scale float32 // of the window
}

// newFace paints f once, so that the first drawing is already right.
func newFace(f *face) fyne.WidgetRenderer {
	f.paint()
	return f
}

func (f *face) Destroy()                     {}
func (f *face) Layout(size fyne.Size)        { f.place(size) }
func (f *face) MinSize() fyne.Size           { return f.min() }
func (f *face) Objects() []fyne.CanvasObject { return f.objects }

func (f *face) Refresh() {
	f.paint()
	f.place(f.owner.Size())
	for _, o := range f.objects {
		if image, ok := o.(*canvas.Image); ok && image.Resource != nil {
			f.refreshImage(image)
			continue
		}
		o.Refresh()
	}
	canvas.Refresh(f.owner)
}

func (f *face) refreshImage(image *canvas.Image) {
	is := drawing{name: image.Resource.Name(), size: image.Size()}
	if c := fyne.CurrentApp().Driver().CanvasForObject(f.owner); c != nil {
		is.scale = c.Scale()
	}
	if image.Image != nil && f.drawn[image] == is {
		return
	}
	image.Refresh()
	if f.drawn == nil {
		f.drawn = map[*canvas.Image]drawing{}
	}
	f.drawn[image] = is
}

// press is what everything that can be pressed has in common: pointer, hover,
// focus, Space and Enter.
type press struct {
	widget.DisableableWidget

	// OnTapped acts on a tap, Space or Enter. Nil does nothing.
	OnTapped func()
	// OnKey sees every other key while the widget has the focus. Nil ignores them.
	OnKey func(fyne.KeyName)

	self             fyne.Widget // the widget in the window that this is part of
	focused, hovered bool

	// touched draws hover and focus anew where that is cheaper than a Refresh.
	touched func()
}

var (
	_ fyne.Tappable      = (*press)(nil)
	_ fyne.Focusable     = (*press)(nil)
	_ desktop.Hoverable  = (*press)(nil)
	_ desktop.Cursorable = (*press)(nil)
)

// ExtendBaseWidget notes the widget that this is part of.
func (p *press) ExtendBaseWidget(self fyne.Widget) {
	p.self = self
	p.DisableableWidget.ExtendBaseWidget(self)
}

// Tapped acts.
func (p *press) Tapped(*fyne.PointEvent) { p.act() }

func (p *press) act() {
	if p.OnTapped != nil && !p.Disabled() {
		p.OnTapped()
	}
}

func (p *press) touch() {
	if p.touched != nil {
		p.touched()
		return
	}
	p.Refresh()
}

// FocusGained shows the focus ring.
func (p *press) FocusGained() { p.focused = true; p.touch() }

// FocusLost hides the focus ring.
func (p *press) FocusLost() { p.focused = false; p.touch() }

// TypedRune ignores typed text.
func (p *press) TypedRune(rune) {}

// TypedKey acts on Space and Enter and hands other keys to OnKey, or to the
// window where that is nil.
func (p *press) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.act()
	default:
		if p.OnKey != nil {
			p.OnKey(e.Name)
		} else {
			runKey(canvasOf(p.self), e.Name)
		}
	}
}

// MouseIn shows the hover tint.
func (p *press) MouseIn(*desktop.MouseEvent) { p.hovered = true; p.touch() }

// MouseMoved does nothing.
func (p *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut hides the hover tint.
func (p *press) MouseOut() { p.hovered = false; p.touch() }

// Cursor is a hand over what can be pressed.
func (p *press) Cursor() desktop.Cursor {
	if p.Disabled() || p.OnTapped == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// AccessibilityRole says that this is pressed.
func (p *press) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// plate is the ground of a pressable thing: fill with line, hover tint, focus
// ring. The ring lies ringOut pixels outside the plate (negative: inside).
type plate struct {
	fill, tint, ring *canvas.Rectangle
	radius, ringOut  float32
}

func newPlate(radius, ringOut float32) *plate {
	p := &plate{
		fill: canvas.NewRectangle(color.Transparent), tint: canvas.NewRectangle(color.Transparent),
		ring: canvas.NewRectangle(color.Transparent), radius: radius, ringOut: ringOut,
	}
	p.fill.CornerRadius, p.tint.CornerRadius = radius, radius
	p.ring.CornerRadius = radius + ringOut
	return p
}

// paint colours the plate; an empty name leaves fill or line away.
func (p *plate) paint(state *press, fill, line fyne.ThemeColorName) {
	p.fill.FillColor = named(fill)
	p.fill.StrokeWidth, p.fill.StrokeColor = 0, color.Transparent
	if line != "" {
		p.fill.StrokeWidth, p.fill.StrokeColor = 1, theme.Color(line)
	}
	p.tint.FillColor = color.Transparent
	if state.hovered && !state.Disabled() && state.OnTapped != nil {
		p.tint.FillColor = theme.Color(theme.Hover)
	}
	paintRing(p.ring, state.focused)
}

func (p *plate) refresh() {
	for _, r := range []*canvas.Rectangle{p.fill, p.tint, p.ring} {
		r.Refresh()
	}
}

func (p *plate) place(size fyne.Size) {
	p.fill.Resize(size)
	p.tint.Resize(size)
	p.ring.Move(fyne.NewPos(-p.ringOut, -p.ringOut))
	p.ring.Resize(size.AddWidthHeight(2*p.ringOut, 2*p.ringOut))
}

func paintRing(ring *canvas.Rectangle, focused bool) {
	ring.StrokeWidth, ring.StrokeColor = 2, color.Transparent
	if focused {
		ring.StrokeColor = theme.Color(theme.Primary)
	}
}

// castShadow gives a card its soft shadow.
func castShadow(r *canvas.Rectangle) {
	r.Shadow = canvas.Shadow{
		Color: theme.Color(theme.CardShadow), BlurRadius: 6, Spread: -1,
		Offset: fyne.NewPos(0, 1), Variant: canvas.DropShadow,
	}
}

// middle is where a length begins that stands in the middle of a room, in whole
// pixels.
func middle(room, length float32) float32 { return theme.Floor((room - length) / 2) }

func named(name fyne.ThemeColorName) color.Color {
	if name == "" {
		return color.Transparent
	}
	return theme.Color(name)
}

// composed is the base of widgets made of other widgets only.
type composed struct {
	widget.BaseWidget
	self fyne.Widget // the widget in the window that this is part of
	body fyne.CanvasObject
}

// ExtendBaseWidget notes the widget that this is part of.
func (c *composed) ExtendBaseWidget(self fyne.Widget) {
	c.self = self
	c.BaseWidget.ExtendBaseWidget(self)
}

// CreateRenderer draws the parts.
func (c *composed) CreateRenderer() fyne.WidgetRenderer {
	return &face{
		owner: c.self, objects: []fyne.CanvasObject{c.body},
		min: c.body.MinSize, place: c.body.Resize, paint: func() {},
	}
}
