package activity

import (
	"context"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

const (
	lookAtOnce = 20_000 // messages that are looked at before it is said how far a search is
	fullPage   = 100    // messages of a page
)

// scans tells whether what a query asks for is found only by looking at messages
// one after the other, so that a page of it may take long.
func scans(q control.ActivityQuery) bool {
	return q.Text != "" || len(q.Types) > 0 || len(q.Sources) > 0 || len(q.Causes) > 0
}

// short tells whether a page was given before it was full, because enough was
// looked at for the moment.
func short(page control.ActivityPage) bool {
	return len(page.Rows) < fullPage && !page.Next.IsZero()
}

// look is a search that reads on until it has filled a page, came to the end or is
// cancelled.
type look struct {
	on         bool
	cancelled  bool
	looked, of uint64
	found      int // since it began
	cancel     context.CancelFunc
}

// begin starts with the first page of a query.
func (l *look) begin(page control.ActivityPage) {
	l.on, l.cancelled = short(page), false
	l.looked, l.of, l.found = page.Looked, page.Of, len(page.Rows)
}

// further takes the next part.
func (l *look) further(page control.ActivityPage) {
	l.looked += page.Looked
	l.of = max(l.of, page.Of)
	l.found += len(page.Rows)
	l.on = (l.on || short(page)) && l.found < fullPage && !page.Next.IsZero() && !l.cancelled
	if !l.on {
		l.found = 0
	}
}

func (l *look) stop() {
	if l.cancel != nil {
		l.cancel()
	}
	*l = look{}
}

// soFar says how much was looked through, for a search that was cancelled.
func (l *look) soFar() string {
	switch {
	case l.on:
		return "So far."
	case l.cancelled:
		return "The search was stopped: looked through " + l.far() + "."
	}
	return ""
}

func (l *look) far() string {
	return words.Number(l.looked) + " of " + words.Number(max(l.looked, l.of))
}

// lookOn reads the next part of a search that is not done, and what waited for its
// end when it is.
func (p *Page) lookOn() {
	if p.looks.on {
		p.readMore()
		return
	}
	if p.again && !p.reading {
		p.again = false
		p.Refresh()
	}
}

// lookBar stands under the list while a search goes on: how far it is, and Cancel.
type lookBar struct {
	page   *Page
	object *fyne.Container
	text   *widgets.Text
	bar    *widgets.Progress
	button *widgets.Button
}

func newLookBar(p *Page) *lookBar {
	b := &lookBar{page: p, text: widgets.NewLine("", widgets.Small), bar: widgets.NewProgress()}
	b.button = widgets.NewButton(widgets.Secondary, "Cancel", icons.None, b.press)
	words := widgets.VBox(6, b.text, b.bar)
	b.object = widgets.Padded(10, 0, 0, 0, widgets.NewCardPadded(10, widgets.HBox(12, widgets.Grow(words), b.button)))
	b.object.Hide()
	return b
}

// show says how far the search is; once it was cancelled, how to go on.
func (b *lookBar) show() {
	l := &b.page.looks
	was := b.object.Visible()
	b.object.Hidden = !l.on && !l.cancelled
	b.bar.Hidden = !l.on
	b.text.SetText("Looked through " + l.far() + " messages")
	b.bar.Set(l.looked, max(l.looked, l.of), false)
	word, label := "Cancel", "Cancel the search"
	if !l.on {
		word, label = "Look further", "Look further back"
	}
	b.button.SetText(word)
	b.button.SetLabel(label)
	if was != b.object.Visible() {
		b.page.pane.object.Refresh()
	}
}

func (b *lookBar) press() {
	p := b.page
	l := &p.looks
	if l.on {
		l.on, l.cancelled = false, true
		l.cancel()
		p.more = false
		p.turn++ // what is under way is not shown any more
		p.pane.show()
		p.lookOn()
		return
	}
	l.on, l.cancelled = true, false
	p.pane.show()
	p.lookOn()
}
