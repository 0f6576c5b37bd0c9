package conditions

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/gui/widgets"
)

// Page is what the card asks of the page that it stands on, always on the UI
// goroutine.
type Page interface {
	// Canvas is where lists and dialogs open, nil while there is no window.
	Canvas() fyne.Canvas
	// Draft is the webhook as it is on the page. Its filter does not matter: the
	// card has its own.
	Draft() control.WebhookDraft
	// Resized is told when the card has another height now.
	Resized()
	// ScrollTo brings an object into view.
	ScrollTo(o fyne.CanvasObject)
}

// Service is what the card asks the engine.
type Service interface {
	TryOut(ctx context.Context, d control.WebhookDraft, max int) (control.TryOut, error)
	Compare(ctx context.Context, r control.TestRequest) (control.Comparison, error)
}

// Card edits a filter. Its methods belong to the UI goroutine.
type Card struct {
	// OnChanged is told the filter after every change that a person made. It may be
	// nil.
	OnChanged func(filter string)
	// OnLeft is told when something that is wrong may be said from now on: somebody
	// has left a box that is not as it should be. It may be nil.
	OnLeft func()

	page    Page
	draft   *draft
	records *records
	refused string // what saving said about the filter
	tried   *tried

	content  *widgets.Surface
	height   float32         // that the page knows
	every    *fyne.Container // nothing to choose from yet
	sentence *fyne.Container // "Send only when all of these are true"
	either   *widgets.Select
	detailed *widgets.Hint
	box      *fyne.Container // the lines
	lines    map[*condition]*line
	buttons  *fyne.Container
	adder    *widgets.Button
	toggle   *widgets.Button
	text     *textView
	trouble  *widgets.Hint // that belongs to no line
}

// New makes the card of an empty filter.
func New(p Page, s Service) *Card {
	c := &Card{page: p, draft: newDraft(""), records: newRecords(nil, 0), lines: map[*condition]*line{}}
	c.tried = newTried(c, s)
	c.text = newTextView(c)
	begin := widgets.NewButton(widgets.Quiet, "Send only some of them", icons.Plus, c.add)
	c.every = widgets.VBox(6, widgets.NewHint(widgets.Info, "Every record is sent."), flushLeft(begin))
	c.either = widgets.NewSelect([]string{"all", "any"}, func(i int) {
		c.draft.either = i == 1
		c.changed()
	})
	c.either.SetLabel("How many must be true")
	c.sentence = widgets.HBox(8, widgets.NewText("Send only when", widgets.Body), widgets.Fixed(84, 0, c.either), widgets.NewText("of these are true:", widgets.Body))
	c.detailed = widgets.NewHint(widgets.Info, "")
	c.box = widgets.VBox(7)
	c.adder = widgets.NewButton(widgets.Secondary, "Add a condition", icons.Plus, c.add)
	c.toggle = widgets.NewButton(widgets.Quiet, "Show as text", icons.Pencil, func() { c.text.open(!c.text.opened) })
	c.buttons = widgets.HBox(4, c.adder, c.toggle)
	c.trouble = widgets.NewHint(widgets.Bad, "")
	c.content = widgets.NewTitledCard("Only if", "Conditions that a record must meet to be sent.", nil,
		widgets.VBox(10, c.every, c.sentence, c.detailed, c.box, c.buttons, c.text.object, c.trouble, c.tried.object))
	c.sync()
	return c
}

// flushLeft puts a quiet button where its words begin at the left edge.
func flushLeft(b *widgets.Button) fyne.CanvasObject {
	return widgets.Padded(0, 0, 0, -11, widgets.HBox(0, b))
}

// Content is the card, to be laid out.
func (c *Card) Content() fyne.CanvasObject { return c.content }

// Filter is the text of what is filled in. A condition that cannot be read yet is
// left out of it; Problem then says so.
func (c *Card) Filter() string { return c.draft.text }

// Set shows a filter, and tells nobody.
func (c *Card) Set(filter string) {
	if filter == c.draft.text && c.draft.problem() == "" {
		return
	}
	c.draft, c.refused = newDraft(filter), ""
	c.text.opened = false
	c.text.set(filter)
	c.sync()
	c.tried.want()
}

// SetSamples gives the card the records there are, and which of them is looked
// at: fields and values are offered from them.
func (c *Card) SetSamples(samples []control.Sample, chosen int) {
	c.records = newRecords(samples, chosen)
	c.show()
}

// SetProblem says what is wrong with the filter, as when saving refused it, until
// somebody changes it. What Problem says is shown at its line.
func (c *Card) SetProblem(text string) {
	switch {
	case text != "" && text == c.Problem():
		if !c.Shows() {
			c.ShowAll()
		}
	case text != c.refused:
		c.refused = text
		c.show()
	}
}

// Problem is what stands in the way of saving, "" for nothing. A condition in
// which nothing was filled in stands in nobody's way.
func (c *Card) Problem() string { return c.draft.problem() }

// Shows tells whether what Problem says is on screen: it is not while somebody is
// still at the line.
func (c *Card) Shows() bool {
	return c.draft.wrong != "" || slices.ContainsFunc(c.draft.list, func(of *condition) bool {
		return of.left && of.problem() != ""
	})
}

// ShowAll says all that is wrong, also where nobody has been yet, as when
// somebody wants to save.
func (c *Card) ShowAll() {
	for _, each := range c.draft.list {
		each.left = true
	}
	c.show()
}

// Ask tries the filter out on the last records anew, as when sources or types of
// the webhook are others now.
func (c *Card) Ask() { c.tried.want() }

// Leave gives up what is asked: nobody looks any more.
func (c *Card) Leave() { c.tried.leave() }

// changed takes a change of conditions that a person made.
func (c *Card) changed() {
	c.draft.changed()
	c.text.set(c.draft.text)
	c.announce()
}

// announce tells of a change, and tries the filter out.
func (c *Card) announce() {
	c.refused = ""
	c.show()
	c.tried.want()
	if c.OnChanged != nil {
		c.OnChanged(c.draft.text)
	}
}
