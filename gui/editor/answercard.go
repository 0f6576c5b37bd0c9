package editor

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/message"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// buildAnswer makes the card that says what a good answer is.
func (p *Page) buildAnswer() fyne.CanvasObject {
	more := widgets.VBox(18)
	fold := p.fold("More about the answer", widgets.Padded(6, 0, 6, 0, more))
	p.answerFold = fold
	d := p.draft
	need := p.newRuleList(Place{Part: PartNeed}, &d.Need, false, "It must also say",
		"Some systems answer OK and write in the answer that it went wrong. A good answer fits all of these.", "Add what it must say")
	forbid := p.newRuleList(Place{Part: PartForbid}, &d.Forbid, false, "It must not say",
		"An answer that fits one of these is not a good one.", "Add what it must not say")
	already := p.newRuleList(Place{Part: PartAlready}, &d.Already, true, "They have it already",
		"A refusal that fits one of these counts as delivered: the other system has the record. A code alone will do.", "Add such an answer")
	for _, o := range []fyne.CanvasObject{need.object, forbid.object, already.object, p.redirectField()} {
		more.Add(o)
	}
	for _, part := range []Part{PartNeed, PartForbid, PartAlready, PartRedirects} {
		p.spots[Place{Part: part}].fold = fold
	}
	a := d.Webhook().Answer
	fold.SetOpen(len(a.Need)+len(a.Forbid)+len(a.Already) > 0 || a.Redirects != core.RedirectsFail)
	return widgets.NewTitledCard("What counts as delivered", "", nil,
		widgets.VBox(10, p.acceptFields(), fold))
}

// acceptFields choose what a good answer is; a list of one's own unfolds.
func (p *Page) acceptFields() fyne.CanvasObject {
	at := Place{Part: PartAccept}
	own := p.entry(at, p.draft.AcceptText, func(text string) { p.draft.AcceptText = text })
	own.SetPlaceHolder("200, 202-204")
	list := p.field(at, "Codes that mean a good answer", own, "The other system's pages name them.")
	list.Hidden = p.draft.Accept != AcceptOwn
	choice := widgets.NewSelect([]string{"Any OK answer (usual)", "Only answer 204", "My own list"}, func(i int) {
		p.draft.Accept = AcceptKind(i)
		list.Hidden = p.draft.Accept != AcceptOwn
		p.changed()
		p.relayout()
	})
	choice.SetSelected(int(p.draft.Accept))
	return widgets.Grid(2, theme.CardGap, widgets.NewField("A good answer is", choice, ""), list)
}

// redirects are what an answer can mean that points to another address, in the
// order they are offered.
var redirects = []core.Redirects{core.RedirectsFail, core.RedirectsAccept, core.RedirectsRead}

var redirectHelps = map[core.Redirects]string{
	core.RedirectsFail:   "Mostly it means that the web address is out of date. The message is never sent on to another address.",
	core.RedirectsAccept: "For systems that lead to a thank-you page once they have the record.",
	core.RedirectsRead:   "For systems that put their answer at another address, as Google Apps Script does. It is read there, without any of your data or keys.",
}

// appsScript answers every call with the address where its answer lies.
const appsScript = "script.google.com"

func (p *Page) redirectField() fyne.CanvasObject {
	choice := widgets.NewSelect([]string{"Not delivered (usual)", "Delivered", "Look at the answer behind it"}, func(i int) {
		p.draft.Web().Answer.Redirects = redirects[i]
		p.changed()
		p.relayout()
	})
	choice.SetSelected(max(0, slices.Index(redirects, p.draft.Web().Answer.Redirects)))
	p.redirects = &redirectsShown{field: p.field(Place{Part: PartRedirects}, "An answer that points to another address means", choice, "")}
	p.showRedirects()
	return p.redirects.field
}

// redirectsShown is the field for what a redirect means, and what it says now.
type redirectsShown struct {
	field *widgets.Field
	means core.Redirects
	warns bool
	drawn bool
}

// showRedirects says what a redirect means, and warns where that cannot be right.
func (p *Page) showRedirects() {
	r, means := p.redirects, p.draft.Web().Answer.Redirects
	warns := means == core.RedirectsFail && strings.Contains(p.draft.Web().Address, appsScript) && isAppsScript(p.draft.Web().Address)
	if r.drawn && r.means == means && r.warns == warns {
		return
	}
	r.means, r.warns, r.drawn = means, warns, true
	r.field.SetHelp(redirectHelps[means])
	warning := ""
	if warns {
		warning = "Google Apps Script answers every message so. Choose “Look at the answer behind it”."
	}
	r.field.SetNote(widgets.Waiting, warning)
	p.relayout()
}

func isAppsScript(address string) bool {
	u, err := message.ParseAddress(address)
	return err == nil && strings.EqualFold(u.Hostname(), appsScript)
}
