package widgets

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
)

// ButtonKind is the weight of a button.
type ButtonKind int

// The weights of a button.
const (
	Secondary ButtonKind = iota // card fill, strong line
	Primary                     // full fill: one at most on a screen
	Quiet                       // words in the primary colour, no ground
	Danger                      // full fill in the colour of failure
)

// Button is pressed by pointer, Space or Enter.
type Button struct {
	press
	kind  ButtonKind
	text  string
	icon  icons.Name
	label string // for screen readers, where there is no text
	tint  fyne.ThemeColorName
}

// NewButton makes a button of a kind, with words and, unless it is icons.None,
// an icon before them.
func NewButton(kind ButtonKind, text string, icon icons.Name, tapped func()) *Button {
	b := &Button{kind: kind, text: text, icon: icon}
	b.OnTapped = tapped
	b.ExtendBaseWidget(b)
	return b
}

// NewIconButton makes a quiet button that shows an icon only, 30 wide and 34 high;
// label says what it does to those who do not see it.
func NewIconButton(icon icons.Name, label string, tapped func()) *Button {
	b := NewButton(Quiet, "", icon, tapped)
	b.label, b.tint = label, theme.Foreground
	return b
}

// SetText changes the words.
func (b *Button) SetText(text string) { b.text = text; b.Refresh() }

// Text gives the words.
func (b *Button) Text() string { return b.text }

// SetIcon changes the icon; icons.None takes it away.
func (b *Button) SetIcon(icon icons.Name) { b.icon = icon; b.Refresh() }

// SetKind changes the weight.
func (b *Button) SetKind(kind ButtonKind) { b.kind = kind; b.Refresh() }

// Kind is how much weight the button has.
func (b *Button) Kind() ButtonKind { return b.kind }

// SetLabel changes what screen readers say.
func (b *Button) SetLabel(label string) { b.label = label }

// SetEnabled enables or disables.
func (b *Button) SetEnabled(on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// AccessibilityLabel says what the button does.
func (b *Button) AccessibilityLabel() string {
	if b.label != "" {
		return b.label
	}
	return b.text
}

// CreateRenderer draws the button.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	p := newPlate(theme.Radius, 3)
	image := newImage(nil)
	words := &canvas.Text{TextSize: Label.Size, TextStyle: Label.fyne()}
	return newFace(&face{
		owner: b, objects: []fyne.CanvasObject{p.fill, p.tint, image, words, p.ring},
		min: b.min,
		place: func(size fyne.Size) {
			p.place(size)
			b.placeInner(image, words, size)
		},
		paint: func() {
			fill, line, ink := b.colours()
			p.paint(&b.press, fill, line)
			if b.kind == Primary {
				p.tint.FillColor = color.Transparent // its fill changes instead
			}
			words.Text, words.Color = b.text, theme.Color(ink)
			image.Resource = theme.NewIcon(b.icon, ink)
			image.Hidden = b.icon == icons.None
		},
	})
}

const buttonIcon = 16

// contentWidth is the width of icon and words with the gap between.
func (b *Button) contentWidth() float32 {
	width := float32(0)
	if b.icon != icons.None {
		width += buttonIcon
	}
	if b.icon != icons.None && b.text != "" {
		width += 8
	}
	if b.text != "" {
		width += float32(math.Ceil(float64(Label.measure(b.text).Width)))
	}
	return width
}

// sideRoom is the room at the right of the content.
func (b *Button) sideRoom() float32 {
	if b.text == "" {
		return 7
	}
	return 14
}

func (b *Button) min() fyne.Size {
	left := b.sideRoom()
	if b.icon != icons.None && b.text != "" {
		left = 11
	}
	return fyne.NewSize(left+b.contentWidth()+b.sideRoom(), theme.ControlHeight)
}

func (b *Button) placeInner(image *canvas.Image, words *canvas.Text, size fyne.Size) {
	x := theme.Floor((size.Width - b.contentWidth()) / 2)
	if b.icon != icons.None {
		image.Move(fyne.NewPos(x, middle(size.Height, buttonIcon)))
		image.Resize(fyne.NewSquareSize(buttonIcon))
		x += buttonIcon + 8
	}
	height := Label.lineHeight()
	words.Move(fyne.NewPos(x, middle(size.Height, height)))
	words.Resize(fyne.NewSize(max(0, size.Width-x), height))
}

// colours gives fill, line and ink for the kind and the state.
func (b *Button) colours() (fill, line, ink fyne.ThemeColorName) {
	if b.Disabled() {
		if b.kind == Quiet {
			return "", "", theme.Disabled
		}
		return theme.DisabledButton, theme.Line, theme.Disabled
	}
	switch b.kind {
	case Primary:
		if b.hovered {
			return theme.PrimaryHover, "", theme.OnPrimary
		}
		return theme.Primary, "", theme.OnPrimary
	case Danger:
		return theme.Error, "", theme.OnError
	case Quiet:
		if b.tint != "" {
			return "", "", b.tint
		}
		return "", "", theme.Primary
	}
	return theme.Card, theme.LineStrong, theme.Foreground
}
