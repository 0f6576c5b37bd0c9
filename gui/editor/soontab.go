package editor

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/core"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// soonCard is the card that says when messages go out.
type soonCard struct {
	group *widget.RadioGroup
	list  *widgets.Field
	turns *fyne.Container
	text  *widgets.Text
}

// soonNames are the ways to say when, as they are offered.
var soonNames = []string{
	SoonNow:   "Right away, each record by itself",
	SoonLists: "Right away, together in lists",
	SoonTurns: "Every so many minutes",
}

func (p *Page) buildSoon() fyne.CanvasObject {
	s := &soonCard{group: widget.NewRadioGroup(nil, nil), text: widgets.NewParagraph("", widgets.Caption)}
	p.when.soon = s
	s.group.Required = true
	s.group.OnChanged = p.chooseSoon
	soon := &p.draft.Soon
	s.list = p.number(PartSendList, "Records in one list, at most", soon.List, &soon.List)
	s.turns = widgets.Grid(2, theme.CardGap,
		p.number(PartSendEvery, "Minutes between two turns", soon.Every, &soon.Every),
		p.number(PartSendBatch, "Records in one turn, at most", soon.Records, &soon.Records))
	p.showSoon()
	return widgets.NewTitledCard("How soon", "", nil,
		widgets.VBox(12, widgets.Padded(0, 0, 0, -7, s.group), s.list, s.turns, s.text))
}

// number makes a field for a number of the card.
func (p *Page) number(part Part, label, text string, into *string) *widgets.Field {
	at := Place{Part: part}
	return p.field(at, label, p.entry(at, text, func(text string) {
		*into = text
		p.showSoon()
	}), "")
}

// offeredSoon lists the ways that make sense with the packing: only a list holds
// several records.
func (p *Page) offeredSoon() []SoonKind {
	if p.draft.Style() == core.BodyList {
		return []SoonKind{SoonNow, SoonLists, SoonTurns}
	}
	return []SoonKind{SoonNow, SoonTurns}
}

func (p *Page) chooseSoon(name string) {
	kind := SoonKind(slices.Index(soonNames, name))
	if kind < 0 || kind == p.draft.Soon.effective(p.draft.Style()) {
		return
	}
	p.draft.Soon.Kind = kind
	p.showSoon()
	p.changed()
	p.relayout()
}

// showSoon shows what is chosen, and says what that means.
func (p *Page) showSoon() {
	if p.when == nil || p.when.soon == nil {
		return
	}
	s, style := p.when.soon, p.draft.Style()
	kind := p.draft.Soon.effective(style)
	var names []string
	for _, k := range p.offeredSoon() {
		names = append(names, soonNames[k])
	}
	if !slices.Equal(s.group.Options, names) {
		s.group.Options = names
		s.group.Refresh()
	}
	if s.group.Selected != soonNames[kind] {
		s.group.SetSelected(soonNames[kind])
	}
	s.list.Hidden, s.turns.Hidden = kind != SoonLists, kind != SoonTurns
	s.text.SetText(p.soonText(kind))
}

// soonText says what a choice means for the records.
func (p *Page) soonText(kind SoonKind) string {
	send, bad := p.draft.Soon.Send(p.draft.Style())
	switch {
	case bad != nil || kind == SoonNow:
		return "A record goes out as soon as it comes in."
	case kind == SoonLists:
		return "A record goes out as soon as it comes in. Where several wait, up to " +
			words.Number(uint64(send.Batch)) + " go out in one message."
	}
	w := core.Webhook{Send: send}
	records := words.Number(uint64(w.PerTurn()))
	if p.draft.Style() == core.BodyList {
		return "Records wait for the next turn. Each turn sends one message with up to " + records + " of them."
	}
	return "Records wait for the next turn. Each turn sends up to " + records + " of them, one message each."
}
