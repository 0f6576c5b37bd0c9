package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
)

// options is an open list: of a Select, or a menu. It lies over the whole window,
// so that a tap anywhere else closes it. Up, Down, Home, End and letters move in
// it, Enter and Space choose, Esc and Tab close.
type options struct {
	widget.BaseWidget
	anchor fyne.CanvasObject // the list opens below it, or above
	canvas fyne.Canvas
	items  []*option
	scroll *Scroll
	card   *Surface
}

const optionHeight = 32

// OpenMenu opens a list of things to do below what was pressed, or above it where
// there is more room. Labels, actions and ticks are shown; other traits of a menu
// item are not.
func OpenMenu(anchor fyne.CanvasObject, items ...*fyne.MenuItem) {
	list := make([]*option, len(items))
	for i, item := range items {
		list[i] = newOption(item.Label, item.Checked, item.Action)
	}
	openOptions(anchor, list, 0)
}

// openOptions opens a list with the focus on one of its items.
func openOptions(anchor fyne.CanvasObject, items []*option, at int) {
	c := canvasOf(anchor)
	if c == nil || len(items) == 0 {
		return
	}
	o := &options{anchor: anchor, canvas: c, items: items}
	list := VBox(0)
	for i, item := range items {
		choose := item.OnTapped
		item.OnTapped = func() {
			o.close()
			if choose != nil {
				choose()
			}
		}
		item.onKey = func(k fyne.KeyName) { o.key(i, k) }
		item.onRune = func(r rune) { o.find(i, r) }
		list.Add(item)
	}
	o.scroll = NewScroll(list)
	o.card = NewSurface(Ground{theme.Menu, theme.LineStrong, theme.Radius, 4, true}, o.scroll)
	o.ExtendBaseWidget(o)
	c.Overlays().Add(o)
	o.Resize(c.Size())
	o.focus(at)
}

// Tapped closes the list: the tap was beside it.
func (o *options) Tapped(*fyne.PointEvent) { o.close() }

func (o *options) close() { o.canvas.Overlays().Remove(o) }

func (o *options) key(i int, k fyne.KeyName) {
	switch k {
	case fyne.KeyUp:
		o.focus(i - 1)
	case fyne.KeyDown:
		o.focus(i + 1)
	case fyne.KeyHome:
		o.focus(0)
	case fyne.KeyEnd:
		o.focus(len(o.items) - 1)
	case fyne.KeyEscape, fyne.KeyTab:
		o.close()
	}
}

// find goes to the next option that begins with a letter.
func (o *options) find(i int, r rune) {
	for step := 1; step <= len(o.items); step++ {
		next := (i + step) % len(o.items)
		if strings.HasPrefix(strings.ToLower(o.items[next].text), strings.ToLower(string(r))) {
			o.focus(next)
			return
		}
	}
}

// focus goes to an option and scrolls it into view.
func (o *options) focus(i int) {
	if i < 0 || i >= len(o.items) {
		return
	}
	o.canvas.Focus(o.items[i])
	top, room := float32(i)*optionHeight, o.scroll.Size().Height
	switch {
	case top < o.scroll.Offset.Y:
		o.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case top+optionHeight > o.scroll.Offset.Y+room:
		o.scroll.ScrollToOffset(fyne.NewPos(0, top+optionHeight-room))
	}
}

// CreateRenderer draws the list.
func (o *options) CreateRenderer() fyne.WidgetRenderer {
	return newFace(&face{
		owner: o, objects: []fyne.CanvasObject{o.card},
		min:   func() fyne.Size { return fyne.NewSize(1, 1) },
		place: o.place,
		paint: func() {},
	})
}

// place puts the card below its anchor, or above where there is more room, and
// keeps it inside the window.
func (o *options) place(window fyne.Size) {
	const edge, gap = 4, 3
	at, box := fyne.CurrentApp().Driver().AbsolutePositionForObject(o.anchor), o.anchor.Size()
	width := box.Width
	for _, item := range o.items {
		width = max(width, item.MinSize().Width+8)
	}
	x := at.X
	if at.X+box.Width/2 > window.Width/2 {
		x += box.Width - width // at the right, the right edges are in line
	}
	x = max(edge, min(x, window.Width-width-edge))

	height := float32(len(o.items))*optionHeight + 8
	above, below := at.Y-gap-edge, window.Height-at.Y-box.Height-gap-edge
	y := at.Y + box.Height + gap
	if height > below && above > below {
		height = min(height, above)
		y = at.Y - gap - height
	}
	put(o.card, theme.Floor(x), theme.Floor(y), width, theme.Floor(min(height, max(above, below))))
}

// option is one line of the list.
type option struct {
	press
	text   string
	words  *Text
	tick   *Icon
	onKey  func(fyne.KeyName)
	onRune func(rune)
}

func newOption(text string, ticked bool, chosen func()) *option {
	p := &option{text: text, words: NewText(text, Body), tick: NewIcon(icons.Check, theme.Primary, 16)}
	p.tick.Hidden, p.OnTapped = !ticked, chosen
	p.ExtendBaseWidget(p)
	return p
}

// AccessibilityLabel reads the option.
func (p *option) AccessibilityLabel() string { return p.text }

// AcceptsTab keeps Tab from walking through the list: it closes it.
func (p *option) AcceptsTab() bool { return true }

// TypedKey chooses, or hands the key to the list.
func (p *option) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.act()
	default:
		p.onKey(e.Name)
	}
}

// TypedRune hands a letter to the list.
func (p *option) TypedRune(r rune) { p.onRune(r) }

// CreateRenderer draws words, tick and the highlight of focus and pointer.
func (p *option) CreateRenderer() fyne.WidgetRenderer {
	ground := newPlate(6, -1)
	return newFace(&face{
		owner: p, objects: []fyne.CanvasObject{ground.fill, ground.tint, p.words, p.tick},
		min: func() fyne.Size { return fyne.NewSize(p.words.MinSize().Width+46, optionHeight) },
		place: func(size fyne.Size) {
			ground.place(size)
			height := p.words.MinSize().Height
			put(p.words, 8, middle(size.Height, height), max(0, size.Width-42), height)
			put(p.tick, size.Width-26, middle(size.Height, 16), 16, 16)
		},
		paint: func() {
			ground.paint(&p.press, "", "")
			if p.focused {
				ground.paint(&p.press, theme.Selection, "")
			}
		},
	})
}
