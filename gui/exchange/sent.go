package exchange

import (
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// Pairs gives names and values of a message as a block of code shows them.
func Pairs(shown core.Shown) []widgets.Pair {
	pairs := make([]widgets.Pair, len(shown.Pairs))
	for i, p := range shown.Pairs {
		pairs[i] = widgets.Pair{Name: p.Name, Value: p.Value, Secret: p.Secret}
	}
	return pairs
}

// Sent shows what we sent: where to, names and values or the exact text, and the
// header lines on request.
type Sent struct {
	root  *fyne.Container
	to    *widgets.Text
	block *widgets.CodeBlock
	gone  *widgets.Text
	fold  *Fold
	exact *widgets.CodeBlock
}

// NewSent makes an empty view.
func NewSent() *Sent {
	s := &Sent{
		to:    widgets.NewParagraph("", widgets.Code),
		block: widgets.NewCodeBlock(),
		gone:  widgets.NewParagraph("The record is no longer kept, so this cannot be shown.", widgets.Caption),
		exact: widgets.NewCodeBlock(),
	}
	s.fold = NewFold("Show the exact text and header lines", s.exact)
	s.root = widgets.VBox(8, s.to, s.block, s.gone, s.fold)
	return s
}

// Object is the view, to be laid out.
func (s *Sent) Object() fyne.CanvasObject { return s.root }

// OnChanged tells when the view has another height now.
func (s *Sent) OnChanged(tell func()) { s.fold.OnChanged = tell }

// Set shows a message; nil says that it can no longer be shown.
func (s *Sent) Set(shown *core.Shown) {
	known := shown != nil
	s.gone.Hidden = known
	s.to.Hidden, s.block.Hidden, s.fold.Hidden = !known, !known, !known
	if known {
		s.to.SetText(shown.Method + " " + HostOnly(shown.Host))
		SetBlock(s.block, *shown)
		s.exact.SetText(Exact(*shown))
	}
	s.root.Refresh()
}

// SetBlock shows a message's names and values, or its text where it has none.
func SetBlock(block *widgets.CodeBlock, shown core.Shown) {
	switch {
	case len(shown.Pairs) > 0:
		block.SetPairs(Pairs(shown))
	case shown.Body != "":
		block.SetText(shown.Body)
	default:
		block.SetText("No data: the web address alone is called.")
	}
}

// Exact writes header lines and body as they are sent, but for dots.
func Exact(shown core.Shown) string {
	return strings.TrimSpace(strings.Join(shown.Headers, "\n") + "\n\n" + shown.Body)
}

// Answer shows what came back.
type Answer struct {
	root    *fyne.Container
	chip    *widgets.Chip
	reason  *widgets.Text
	block   *widgets.CodeBlock
	whole   *Fold // of a long answer
	rest    *widgets.CodeBlock
	empty   *widgets.Text
	fold    *Fold
	headers *widgets.CodeBlock
}

// NewAnswer makes an empty view.
func NewAnswer() *Answer {
	a := &Answer{
		chip:    widgets.NewChip(widgets.Neutral, ""),
		reason:  widgets.NewParagraph("", widgets.Strong),
		block:   widgets.NewCodeBlock(),
		rest:    widgets.NewCodeBlock(),
		empty:   widgets.NewParagraph("", widgets.Caption),
		headers: widgets.NewCodeBlock(),
	}
	a.fold = NewFold("Show the header lines", a.headers)
	a.whole = NewFold("Show the whole answer", a.rest)
	a.root = widgets.VBox(8, a.chip, a.reason, a.block, a.empty, widgets.VBox(0, a.whole, a.fold))
	return a
}

// Object is the view, to be laid out.
func (a *Answer) Object() fyne.CanvasObject { return a.root }

// OnChanged tells when the view has another height now.
func (a *Answer) OnChanged(tell func()) { a.fold.OnChanged, a.whole.OnChanged = tell, tell }

// Set shows the answer of a try. verdict is what it means in a few words ("did
// not accept the key (401)").
func (a *Answer) Set(try core.Attempt, verdict string) {
	status := widgets.Bad
	if try.Cause == core.CauseNone {
		status = widgets.Good
	}
	a.chip.Set(status, verdict)
	reason := Reason(try.Answer)
	a.reason.Hidden = reason == ""
	a.reason.SetText(reason)
	a.reason.SetColor(theme.Foreground)
	text := Pretty(try.Answer)
	a.block.Hidden = text == ""
	start, rest := Beginning(text)
	a.block.SetText(start)
	a.whole.Hidden = rest == ""
	a.rest.SetText(rest)
	a.empty.Hidden = text != ""
	a.empty.SetText(noAnswer(try))
	a.fold.Hidden = len(try.Header) == 0
	a.headers.SetText(strings.Join(try.Header, "\n"))
	a.root.Refresh()
}

func noAnswer(try core.Attempt) string {
	switch {
	case try.Code != 0:
		return "The answer had no text."
	case try.Detail != "":
		return "No answer came. The computer says: " + try.Detail
	default:
		return "No answer came."
	}
}
