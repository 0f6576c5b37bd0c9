package sources

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/exchange"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// revealFor is how long a key stays readable.
const revealFor = 20 * time.Second

// localCard shows the address of a local source, how programs send to it, and
// sends a trial.
type localCard struct {
	own  *own
	key  string             // while it is shown
	hide context.CancelFunc // gives up hiding it

	address *widgets.Text
	eye     *widgets.Button
	known   *fyne.Container
	closed  *widgets.Note

	trial  *widgets.Button
	answer *fyne.Container

	examples *background.Loader[control.Examples]
	list     control.Examples
	asked    bool
	language *widgets.Select
	code     *widgets.CodeBlock
	note     *widgets.Text
	howto    *fyne.Container
	other    *widgets.Text
}

func newLocalCard(o *own) *localCard {
	c := &localCard{own: o, hide: func() {}, address: widgets.NewParagraph("", widgets.Code), answer: widgets.VBox(8)}
	c.eye = widgets.NewIconButton(icons.Eye, "Show the address", c.toggle)
	c.closed = widgets.NewNote(widgets.Bad, "", "The local address is not open now. Home says why.")
	c.trial = widgets.NewButton(widgets.Secondary, "Send a trial from here", icons.Plane, c.sendTrial)
	c.examples = background.NewLoader(func(ctx context.Context) (control.Examples, error) { return o.page.service.LocalExamples(ctx, o.id) }, c.showExamples)
	c.language = widgets.NewSelect(nil, func(int) { c.showExample() })
	c.code, c.note = widgets.NewCodeBlock(), widgets.NewParagraph("", widgets.Caption)
	c.other = widgets.NewParagraph("", widgets.Small)
	return c
}

func (c *localCard) object() fyne.CanvasObject {
	line := widgets.NewSurface(widgets.Ground{Fill: theme.CodeBackground, Line: theme.Line, Radius: theme.Radius},
		widgets.Padded(4, 4, 4, 12, widgets.HBox(2, widgets.Grow(c.address), c.eye,
			widgets.NewIconButton(icons.Copy, "Copy the address", c.copyAddress))))
	c.known = widgets.VBox(12, line,
		widgets.NewParagraph("Enter it in the program that sends. It holds a key: give it to nobody else.", widgets.Caption),
		widgets.HBox(0, c.trial), c.answer)
	c.answer.Hide()
	where := widgets.NewTitledCard("Its address", "", nil, widgets.VBox(10, c.closed, c.known))
	fold := exchange.NewFold("Send from another computer", c.other)
	fold.OnChanged = c.own.layout
	copyIt := widgets.NewButton(widgets.Secondary, "Copy the example", icons.Copy, c.copyExample)
	how := widgets.NewTitledCard("How programs send to it", "An example to hand to whoever looks after the program.", nil,
		widgets.VBox(12, widgets.HBox(8, widgets.Fixed(220, 0, c.language), copyIt), c.code, c.note, fold))
	c.howto = widgets.VBox(0, how)
	c.howto.Hide()
	return widgets.VBox(theme.CardGap, where, c.howto)
}

func (c *localCard) show() {
	open := c.own.view.Address != ""
	setVisible(c.known, open)
	setVisible(c.closed, !open)
	c.showAddress()
	if open && !c.asked {
		c.asked = true
		c.examples.Load()
	}
}

// showAddress writes the address with its key, or dots for it.
func (c *localCard) showAddress() {
	icon, label, text := icons.Eye, "Show the address", c.own.view.Address
	if c.key != "" {
		icon, label, text = icons.EyeOff, "Hide the address", c.whole(text, c.key)
	}
	c.address.SetText(text)
	c.eye.SetIcon(icon)
	c.eye.SetLabel(label)
}

// whole puts the key where dots stand for it.
func (c *localCard) whole(text, key string) string { return strings.Replace(text, core.Dots, key, 1) }

func (c *localCard) toggle() {
	if c.key != "" {
		c.mask()
		return
	}
	c.reveal("key", func(key string) {
		c.key = key
		c.hide()
		c.hide = background.After(revealFor, c.mask)
		c.showAddress()
		c.own.layout()
	})
}

// mask shows dots again.
func (c *localCard) mask() {
	c.hide()
	c.key = ""
	c.showAddress()
}

func (c *localCard) copyAddress() {
	c.reveal("key", func(key string) { c.copied(c.whole(c.own.view.Address, key)) })
}

func (c *localCard) copied(text string) {
	fyne.CurrentApp().Clipboard().SetContent(text)
	c.own.page.OnSay("Copied. It holds the key: paste it only where it belongs.")
}

// reveal fetches the key or the token and hands it over.
func (c *localCard) reveal(place string, use func(string)) {
	ref := control.SecretRef{Source: c.own.id, Place: place}
	background.Run(
		func(ctx context.Context) (string, error) { return c.own.page.service.RevealSecret(ctx, ref) },
		func(text string, err error) {
			if err != nil {
				c.own.notice.Fail(err)
				return
			}
			use(text)
		})
}

func (c *localCard) showExamples(e control.Examples, err error) {
	if err != nil {
		c.asked = false
		c.own.notice.Read(err)
		return
	}
	c.list = e
	names := make([]string, len(e.List))
	for i, one := range e.List {
		names[i] = one.Title
	}
	c.language.SetOptions(names)
	c.language.SetLabel("Program")
	if c.language.Selected() < 0 && len(names) > 0 {
		c.language.SetSelected(0)
	}
	c.other.SetText(e.Other)
	c.howto.Hidden = len(names) == 0
	c.showExample()
}

// example is the chosen one.
func (c *localCard) example() (control.Example, bool) {
	i := c.language.Selected()
	if i < 0 || i >= len(c.list.List) {
		return control.Example{}, false
	}
	return c.list.List[i], true
}

func (c *localCard) showExample() {
	e, _ := c.example()
	c.code.SetText(strings.TrimRight(e.Code, "\n"))
	c.note.SetText(e.Note)
	setVisible(c.note, e.Note != "")
	c.own.layout()
}

// copyExample copies the chosen example, with key and token in place of dots.
func (c *localCard) copyExample() {
	e, ok := c.example()
	if !ok {
		return
	}
	c.reveal("key", func(key string) {
		code := strings.ReplaceAll(e.Code, "/in/"+core.Dots, "/in/"+key)
		if c.own.view.Source.Local.Token.IsZero() || !strings.Contains(code, core.Dots) {
			c.copied(code)
			return
		}
		c.reveal("token", func(token string) { c.copied(strings.ReplaceAll(code, core.Dots, token)) })
	})
}

func (c *localCard) sendTrial() {
	c.trial.Disable()
	background.Run(
		func(ctx context.Context) (control.Trial, error) { return c.own.page.service.SendTrial(ctx, c.own.id) },
		func(t control.Trial, err error) {
			c.trial.Enable()
			c.showTrial(t, err)
		})
}

// showTrial shows what the address answered.
func (c *localCard) showTrial(t control.Trial, err error) {
	if err != nil {
		c.own.notice.Fail(err)
		return
	}
	status := widgets.Good
	if t.Code/100 != 2 {
		status = widgets.Bad
	}
	c.answer.Objects = []fyne.CanvasObject{widgets.NewNote(status, "", t.Sentence)}
	if t.Answer != "" {
		block := widgets.NewCodeBlock()
		block.SetText(fmt.Sprintf("%d\n%s", t.Code, t.Answer))
		c.answer.Add(block)
	}
	c.answer.Show()
	c.answer.Refresh()
	c.own.page.Refresh()
	c.own.layout()
}
