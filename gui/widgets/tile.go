package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
)

// pressed is a pressable plate with an object on it.
type pressed struct {
	press
	plate      *plate
	content    fyne.CanvasObject
	label      string
	fill, line fyne.ThemeColorName
	shadow     bool
}

// AccessibilityLabel reads what is pressed.
func (p *pressed) AccessibilityLabel() string { return p.label }

// CreateRenderer draws plate and content.
func (p *pressed) CreateRenderer() fyne.WidgetRenderer {
	p.touched = func() {
		p.plate.paint(&p.press, p.fill, p.line)
		p.plate.refresh()
	}
	return newFace(&face{
		owner: p.self, objects: []fyne.CanvasObject{p.plate.fill, p.plate.tint, p.content, p.plate.ring},
		min: p.content.MinSize,
		place: func(size fyne.Size) {
			p.plate.place(size)
			p.content.Resize(size)
		},
		paint: func() {
			p.plate.paint(&p.press, p.fill, p.line)
			if p.shadow {
				castShadow(p.plate.fill)
			}
		},
	})
}

func (p *pressed) set(fill, line fyne.ThemeColorName) {
	p.fill, p.line = fill, line
	p.Refresh()
}

// Tile shows one number with a drawing, and opens the list behind it.
type Tile struct {
	pressed
	number, word, sub *Text
	narrow            *fyne.Container
	wide              *fyne.Container
	numberN, wordN    *Text
	padding           *padded
	icon              *IconTile
	status            Status
}

// NewTile makes a tile in the tint of a status.
func NewTile(icon icons.Name, s Status, tapped func()) *Tile {
	t := &Tile{
		number: NewText("", Heading), word: NewLine("", Quiet13), sub: NewLine("", Caption),
		numberN: NewText("", Heading), wordN: NewLine("", Caption),
	}
	t.wide = VBox(0, HBox(7, t.number, Grow(Padded(7, 0, 0, 0, t.word))), t.sub)
	t.narrow = VBox(0, t.numberN, t.wordN)
	t.narrow.Hidden = true
	t.plate, t.fill, t.line, t.shadow = newPlate(theme.CardRadius, 3), theme.Card, theme.Line, true
	t.padding = &padded{12, 14, 12, 14}
	t.icon, t.status = NewTintedTile(icon, s, 38), s
	t.content = container.New(t.padding, HBox(12, t.icon, Grow(Stack(t.wide, t.narrow))))
	t.OnTapped = tapped
	t.ExtendBaseWidget(t)
	return t
}

// SetQuiet takes the colour of the status away, as for a number that is 0, or
// gives it back.
func (t *Tile) SetQuiet(quiet bool) {
	s := t.status
	if quiet {
		s = Neutral
	}
	t.icon.SetStatus(s)
}

// Set changes what the tile says: "1,284", "delivered", "Today, so far".
func (t *Tile) Set(number, word, sub string) {
	t.label = number + " " + word
	for _, n := range []*Text{t.number, t.numberN} {
		n.SetText(number)
	}
	for _, w := range []*Text{t.word, t.wordN} {
		w.SetText(word)
	}
	t.sub.SetText(sub)
	t.Refresh()
}

// SetNarrow puts the number over the word and leaves the second line away.
func (t *Tile) SetNarrow(on bool) {
	t.wide.Hidden, t.narrow.Hidden = on, !on
	t.padding.top, t.padding.bottom = 12, 12
	if on {
		t.padding.top, t.padding.bottom = 8, 8
	}
	t.Refresh()
}

// ChoiceCard is one of a few ways to choose from, with a sample of what it does.
type ChoiceCard struct {
	pressed
	selected           bool
	name, note, sample *Text
	mark               *Icon
}

// NewChoiceCard makes a card with a name, a note of a word or two, and a sample
// in monospace (its lines are kept; empty: none).
func NewChoiceCard(name, note, sample string, tapped func()) *ChoiceCard {
	c := &ChoiceCard{
		name: NewLine(name, Strong), note: NewLine(note, Caption),
		sample: NewParagraph(sample, Code.In(theme.Muted)), mark: NewIcon(icons.TickCircle, theme.Primary, 16),
	}
	c.sample.Hidden, c.mark.Hidden, c.note.Hidden = sample == "", true, note == ""
	c.label = name
	c.plate, c.fill, c.line = newPlate(theme.CardRadius, 3), theme.Card, theme.Line
	c.content = Padded(12, 12, 12, 14, VBox(6, VBox(1, HBox(8, Grow(c.name), Fixed(16, 16, c.mark)), c.note), c.sample))
	c.OnTapped = tapped
	c.ExtendBaseWidget(c)
	return c
}

// SetSelected shows the card as chosen.
func (c *ChoiceCard) SetSelected(on bool) {
	c.selected, c.mark.Hidden = on, !on
	if on {
		c.set(theme.PrimarySoft, theme.Primary)
		return
	}
	c.set(theme.Card, theme.Line)
}

// Selected tells whether the card is shown as chosen.
func (c *ChoiceCard) Selected() bool { return c.selected }

// SetSample changes the sample.
func (c *ChoiceCard) SetSample(sample string) {
	c.sample.Hidden = sample == ""
	c.sample.SetText(sample)
	c.Refresh()
}

// PresetTile is a large tile that starts something: drawing, name, a line.
type PresetTile struct{ pressed }

// NewPresetTile makes the large tile of the first run, drawing above the words.
func NewPresetTile(icon icons.Name, name, line string, tapped func()) *PresetTile {
	head := HBox(8, NewTintedTile(icon, Info, 40), Spacer(), NewIcon(icons.ChevronRight, theme.Foreground, 16))
	words := VBox(2, NewLine(name, Strong), NewLine(line, Caption))
	return newPresetTile(name, Padded(3, 2, 3, 2, VBox(10, head, words)), tapped)
}

// NewActionTile makes the flat tile of "Add a source", drawing before the words.
func NewActionTile(icon icons.Name, name, line string, tapped func()) *PresetTile {
	words := VBox(1, NewLine(name, Strong), NewLine(line, Caption))
	return newPresetTile(name, HBox(10, NewTintedTile(icon, Info, 34), Grow(words)), tapped)
}

func newPresetTile(label string, content fyne.CanvasObject, tapped func()) *PresetTile {
	t := &PresetTile{}
	t.label = label
	t.plate, t.fill, t.line = newPlate(theme.CardRadius, 3), theme.Card, theme.Line
	t.content = Padded(12, 14, 12, 14, content)
	t.OnTapped = tapped
	t.ExtendBaseWidget(t)
	return t
}

// Row is a line of a list that can be pressed.
type Row struct {
	pressed
	selected bool
}

// NewRow makes a row of an object; the row adds no padding. Label is what screen
// readers say.
func NewRow(label string, content fyne.CanvasObject, tapped func()) *Row {
	r := &Row{}
	r.label = label
	r.plate = newPlate(theme.Radius, -1)
	r.content = content
	r.OnTapped = tapped
	r.ExtendBaseWidget(r)
	return r
}

// SetSelected shows the row as chosen.
func (r *Row) SetSelected(on bool) {
	r.selected = on
	if on {
		r.set(theme.Selection, "")
		return
	}
	r.set("", "")
}

// SetLabel changes what screen readers say.
func (r *Row) SetLabel(label string) { r.label = label }
