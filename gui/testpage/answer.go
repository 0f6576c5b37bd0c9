package testpage

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/exchange"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// answer is the result: what came of it, what to do next, and both sides of the
// exchange.
type answer struct {
	page    *Page
	object  *fyne.Container
	banner  *widgets.Banner
	next    *widgets.Surface
	sides   *fyne.Container
	sent    *exchange.Sent
	sentAt  *widgets.Text
	sentBox fyne.CanvasObject
	back    *exchange.Answer
	took    *widgets.Text
	backBox fyne.CanvasObject
	verdict string
}

func newAnswer(p *Page) *answer {
	a := &answer{
		page: p, banner: widgets.NewBanner(widgets.Good, "", ""), next: widgets.NewCard(widgets.Spacer()),
		sent: exchange.NewSent(), sentAt: widgets.NewText("", widgets.Caption),
		back: exchange.NewAnswer(), took: widgets.NewText("", widgets.Caption),
		sides: widgets.Stack(),
	}
	a.sent.OnChanged(p.relayoutIfBuilt)
	a.back.OnChanged(p.relayoutIfBuilt)
	a.sentBox = side(icons.ArrowUp, theme.Primary, "What we sent", a.sentAt, a.sent.Object())
	a.backBox = side(icons.ArrowDown, theme.Primary, "What came back", a.took, a.back.Object())
	a.object = widgets.VBox(theme.CardGap, a.banner, a.next, a.sides)
	a.arrange(false)
	return a
}

// add puts an object behind what to do next.
func (a *answer) add(o fyne.CanvasObject) {
	a.object.Objects = slices.Insert(a.object.Objects, 2, o)
}

func side(icon icons.Name, colour fyne.ThemeColorName, title string, right, content fyne.CanvasObject) fyne.CanvasObject {
	head := widgets.HBox(9, widgets.NewIcon(icon, colour, 16), widgets.Grow(widgets.NewLine(title, widgets.Title)), right)
	return widgets.NewCard(widgets.VBox(10, head, content))
}

// arrange puts the two sides beside or under each other.
func (a *answer) arrange(narrow bool) {
	a.sides.Objects = []fyne.CanvasObject{widgets.Columns(theme.CardGap, []float32{1, 1}, a.sentBox, a.backBox)}
	if narrow {
		a.sides.Objects = []fyne.CanvasObject{widgets.VBox(theme.CardGap, a.sentBox, a.backBox)}
	}
	a.sides.Refresh()
}

// show puts a result on the page.
func (a *answer) show(r control.TestResult, about string) {
	p := a.page
	name := p.draft.Webhook.Name
	advice := attempt.Explain(name, attempt.KeyOf(&p.draft.Webhook), r.Attempt)
	a.verdict = advice.Title
	a.sentAt.SetText(words.ClockSeconds(r.At))
	a.sent.Set(&r.Sent)
	a.took.SetText(words.Took(r.Attempt.Took))
	a.back.Set(r.Attempt, attempt.Short(r.Attempt))
	if r.Attempt.Cause == core.CauseNone {
		a.banner.Set(widgets.Good, name+" accepted the test", "It answered "+strconv.Itoa(r.Attempt.Code)+" in "+words.Took(r.Attempt.Took)+". Whether it understood every field, only a look there can tell.")
		a.next.SetContent(a.question(about))
		return
	}
	a.banner.Set(bannerOf(r.Attempt), advice.Title, advice.Text)
	a.next.SetContent(a.steps("What to do next", advice.Steps))
}

// bannerOf is the standing of a test that was not accepted: what passes by itself
// is no fault of anybody here.
func bannerOf(a core.Attempt) widgets.Status {
	switch attempt.ClassOf(a.Cause) {
	case attempt.Busy, attempt.Portal:
		return widgets.Waiting
	case attempt.Trouble:
		if a.Unsure || a.Cause == core.CauseServer || a.Cause == core.CauseNetwork {
			return widgets.Waiting
		}
	}
	return widgets.Bad
}

// question asks whether the record has really arrived.
func (a *answer) question(about string) fyne.CanvasObject {
	p := a.page
	yes := "Yes"
	if p.draft.Webhook.State != core.StateOn || p.draft.Revision == 0 {
		yes = "Yes, turn it on"
	}
	return widgets.VBox(12,
		widgets.NewParagraph("Now look in "+p.draft.Webhook.Name+". Is "+plainName(about)+" there?", widgets.Title),
		widgets.HBox(8,
			widgets.NewButton(widgets.Primary, yes, icons.Check, p.turnOn),
			widgets.NewButton(widgets.Secondary, "Something is wrong", icons.None, func() { p.OnEdit(attempt.ActionFields) }),
			widgets.NewButton(widgets.Secondary, "Not there", icons.None, a.notThere),
			widgets.Spacer(),
			widgets.NewButton(widgets.Quiet, "Test again", icons.Plane, p.again)))
}

// notThere says what can be done where a system accepts and shows nothing.
func (a *answer) notThere() {
	name := a.page.draft.Webhook.Name
	a.next.SetContent(a.steps("It was accepted, but is not there", []attempt.Step{
		{Title: "Wait a minute and look again", Text: "Some systems take messages at once and work on them later.", Action: attempt.ActionNone},
		{Title: "Check the names of the fields", Text: "Many systems accept a message and leave out what they do not know by name.", Action: attempt.ActionFields},
		{Title: "Check the web address", Text: "It may belong to another list, form or test system of theirs.", Action: attempt.ActionAddress},
		{Title: "Ask them", Text: "Send these details to the people who run " + name + ". Secrets stay hidden.", Action: attempt.ActionCopy},
	}))
	a.page.relayout()
}

// stepButtons are what the button beside a step says.
var stepButtons = map[attempt.Action]struct {
	words string
	icon  icons.Name
	kind  widgets.ButtonKind
}{
	attempt.ActionSecrets:   {"Open secret values", icons.Lock, widgets.Secondary},
	attempt.ActionAddress:   {"Open where to", icons.Pencil, widgets.Secondary},
	attempt.ActionFields:    {"Open what to send", icons.Pencil, widgets.Secondary},
	attempt.ActionTestAgain: {"Test again", icons.Plane, widgets.Primary},
	attempt.ActionCopy:      {"Copy details", icons.Copy, widgets.Secondary},
	attempt.ActionNote:      {"Copy a note for IT", icons.Copy, widgets.Secondary},
}

// steps are numbered rows with a button each.
func (a *answer) steps(title string, steps []attempt.Step) fyne.CanvasObject {
	box := widgets.VBox(0, widgets.Padded(0, 0, 6, 0, widgets.NewLine(title, widgets.Title)))
	for i, step := range steps {
		if i > 0 {
			box.Add(widgets.NewDivider())
		}
		row := widgets.HBox(12, number(i+1),
			widgets.Grow(widgets.VBox(1, widgets.NewParagraph(step.Title, widgets.Strong), widgets.NewParagraph(step.Text, widgets.Caption))))
		if b, ok := stepButtons[step.Action]; ok && a.page.can(step.Action) {
			row.Add(widgets.NewButton(b.kind, b.words, b.icon, func() { a.page.act(step.Action) }))
		}
		box.Add(widgets.Padded(10, 0, 10, 0, row))
	}
	return box
}

// number draws the number of a step in a round.
func number(n int) fyne.CanvasObject {
	words := widgets.NewText(strconv.Itoa(n), widgets.Style{Size: 12, Bold: true, Color: theme.Primary, Align: fyne.TextAlignCenter})
	ground := widgets.NewSurface(widgets.Ground{Fill: theme.PrimarySoft, Radius: 13}, widgets.MinSize(26, 26, words))
	return widgets.Centered(ground)
}

// can tells whether there is something behind a button.
func (p *Page) can(action attempt.Action) bool {
	return action != attempt.ActionNote || p.result != nil && p.result.Note != ""
}

// copyDetails shows what can be passed on, and copies it.
func (p *Page) copyDetails() {
	if p.result == nil {
		return
	}
	exchange.ShowDetails(p.window(), exchange.Details{
		Verdict: p.answer.verdict, At: p.result.At,
		Sent: &p.result.Sent, Attempt: &p.result.Attempt,
	})
}
