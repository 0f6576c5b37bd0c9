package byhand

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// Service is what the card asks of the engine.
type Service interface {
	FillForm(ctx context.Context, e control.FormEntry) ([]control.Held, error)
	HeldRecords(ctx context.Context) ([]control.Held, error)
	UndoForm(ctx context.Context, h control.Held) error
}

// Card is "Send one by hand". It belongs to the UI goroutine.
type Card struct {
	OnClose   func()       // somebody closes it
	OnNewForm func()       // there is no form yet, and somebody wants to make one
	OnSay     func(string) // a short message that goes away by itself
	OnLayout  func()       // it has grown or shrunk
	Now       func() time.Time

	service Service
	forms   []control.SourceView
	at      string // id of the form that is shown
	read    bool   // forms were read
	sending bool

	object *widgets.Surface
	body   *fyne.Container
	notice *parts.Notice
	choose *widgets.Select
	lines  *lines // of the form that is shown, or nil
	table  *table // that is being pasted, or nil
	held   *held
	goes   *fyne.Container
	key    string // of what is built

	another, send *widgets.Button
}

// New builds the card.
func New(s Service) *Card {
	c := &Card{service: s, Now: time.Now, OnClose: func() {}, OnNewForm: func() {}, OnSay: func(string) {}, OnLayout: func() {}}
	c.notice = parts.NewNotice()
	c.notice.OnChanged = func() { c.OnLayout() }
	c.held = newHeld(c)
	c.body = widgets.VBox(theme.TileGap)
	head := widgets.HBox(8, widgets.NewIcon(icons.Form, theme.Primary, 18), widgets.Grow(widgets.NewText("Send one by hand", widgets.Title)),
		widgets.NewIconButton(icons.Cross, "Close", func() { c.OnClose() }))
	c.object = widgets.NewCard(widgets.VBox(theme.TileGap, head, c.notice.Object(), c.body, c.held.object))
	c.another = widgets.NewButton(widgets.Secondary, "Send and add another", icons.None, func() { c.submit(true) })
	c.send = widgets.NewButton(widgets.Primary, "Send", icons.Plane, func() { c.submit(false) })
	return c
}

// Object is the card, to be laid out.
func (c *Card) Object() fyne.CanvasObject { return c.object }

// SetForms shows what was read of the sources; those that are no forms are passed over.
// What is being typed stays.
func (c *Card) SetForms(views []control.SourceView) {
	c.forms = nil
	for _, v := range views {
		if v.Source.Kind == core.KindForm {
			c.forms = append(c.forms, v)
		}
	}
	c.read = true
	if _, ok := c.form(); !ok && len(c.forms) > 0 {
		c.at = c.forms[0].Source.ID
	}
	c.build()
	c.held.load()
}

// Open shows a form; "" keeps the one that is shown.
func (c *Card) Open(id string) {
	if id != "" && id != c.at {
		c.at = id
		c.build()
	}
	c.held.load()
	c.focusFirst()
}

// Leave stops what counts down, when the card is no longer seen.
func (c *Card) Leave() { c.held.leave() }

// Unsent tells whether something was filled in and not sent.
func (c *Card) Unsent() bool {
	return c.lines != nil && c.lines.touched() || c.table != nil && c.table.filled()
}

// form is the one that is shown.
func (c *Card) form() (control.SourceView, bool) {
	i := slices.IndexFunc(c.forms, func(v control.SourceView) bool { return v.Source.ID == c.at })
	if i < 0 {
		return control.SourceView{}, false
	}
	return c.forms[i], true
}

// build makes the card anew if it shows another form, or one that was changed.
func (c *Card) build() {
	v, ok := c.form()
	key := c.keyOf(v, ok)
	if key == c.key {
		return
	}
	c.key, c.lines, c.table = key, nil, nil
	switch {
	case !c.read:
		c.body.Objects = nil
	case !ok:
		c.body.Objects = []fyne.CanvasObject{widgets.NewEmptyState(widgets.Info, "There is no form yet",
			"A form is a list of fields, such as name and postcode, that somebody fills in here.",
			widgets.NewButton(widgets.Primary, "Make a form", icons.Plus, func() { c.OnNewForm() }))}
	default:
		c.lines = newLines(c, v)
		c.body.Objects = c.parts(v, c.lines.object, c.footer())
	}
	c.body.Refresh()
	c.OnLayout()
}

// keyOf changes whenever the card has to be made anew.
func (c *Card) keyOf(v control.SourceView, ok bool) string {
	if !ok {
		return strings.Repeat("none", len(c.forms)+1)
	}
	key := v.Source.ID + "\n" + strings.Join(v.GoesTo, "\n")
	for _, f := range c.forms {
		key += "\n" + f.Source.ID + " " + f.Source.Name
	}
	for _, in := range v.Source.Form.Inputs {
		key += "\n" + strings.Join(append([]string{in.Name, in.Label, string(in.Kind), in.Default}, in.Choices...), "\t")
		if in.Required {
			key += " required"
		}
	}
	return key
}

// parts are what stands in the card for a form.
func (c *Card) parts(v control.SourceView, middle, footer fyne.CanvasObject) []fyne.CanvasObject {
	c.choose = widgets.NewSelect(c.names(), func(i int) { c.Open(c.forms[i].Source.ID) })
	c.choose.SetSelected(slices.IndexFunc(c.forms, func(f control.SourceView) bool { return f.Source.ID == c.at }))
	c.goes = widgets.VBox(0, goesTo(v))
	return []fyne.CanvasObject{
		widgets.NewParagraph("Fill this in and it goes out like any other record.", widgets.Caption),
		widgets.NewField("Form", c.choose, ""), middle, c.goes, footer,
	}
}

func (c *Card) names() (names []string) {
	for _, f := range c.forms {
		names = append(names, f.Source.Name)
	}
	return names
}

// goesTo says which webhooks take what is filled in.
func goesTo(v control.SourceView) fyne.CanvasObject {
	if len(v.GoesTo) == 0 {
		return widgets.NewHint(widgets.Waiting, "No webhook takes it. It is kept in Activity and goes nowhere.")
	}
	return widgets.HBox(6, widgets.NewIcon(icons.Plane, theme.Muted, 14),
		widgets.Grow(widgets.NewParagraph("Goes to "+strings.Join(v.GoesTo, ", "), widgets.Caption)))
}

// footer is what can be done with what was filled in.
func (c *Card) footer() fyne.CanvasObject {
	paste := widgets.NewButton(widgets.Quiet, "Paste a table", icons.Table, c.openTable)
	return widgets.VBox(6, widgets.HBox(8, widgets.Spacer(), c.another, c.send), widgets.HBox(0, widgets.Spacer(), paste))
}

// submit sends what was filled in, if nothing is wrong with it.
func (c *Card) submit(another bool) {
	if c.sending || c.lines == nil {
		return
	}
	if first := c.lines.complain(); first != nil {
		c.focus(first)
		return
	}
	c.busy(true)
	lines, values := c.lines, c.lines.values()
	entry := control.FormEntry{Source: c.at, Rows: []map[string]string{values}}
	background.Run(
		func(ctx context.Context) ([]control.Held, error) { return c.service.FillForm(ctx, entry) },
		func(list []control.Held, err error) {
			c.busy(false)
			if err != nil {
				c.refused(lines, err)
				return
			}
			c.notice.Clear()
			c.held.add(list, values)
			lines.clear()
			if another {
				c.focusFirst()
				return
			}
			c.done(list)
		})
}

// done tells that something is sent, where it is not to be seen.
func (c *Card) done(list []control.Held) {
	if len(list) > 0 && !list[0].Until.After(c.Now()) {
		c.OnSay("Sent.")
	}
}

// refused shows why what was filled in cannot be taken.
func (c *Card) refused(lines *lines, err error) {
	var all core.Errors
	if errors.As(err, &all) && lines.placed(all) {
		return
	}
	c.notice.Fail(err)
}

func (c *Card) busy(on bool) {
	c.sending = on
	c.send.SetEnabled(!on)
	c.another.SetEnabled(!on)
}

func (c *Card) focusFirst() {
	if c.lines != nil && c.table == nil {
		c.focus(c.lines.first())
	}
}

func (c *Card) focus(o fyne.Focusable) {
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(c.object); canvas != nil && o != nil {
		canvas.Focus(o)
	}
}
