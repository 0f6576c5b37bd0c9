package editor

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/core"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// soonCard is the card that says when messages go out.
type soonCard struct {
	ways    *widgets.Ways
	list    *widgets.Field
	days    map[time.Weekday]*widget.Check
	loading bool // the change of a check under way is ours
	records *widgets.Field
	next    *widgets.Hint
	clocks  *widgets.Hint
	text    *widgets.Text
}

// soonNames are the ways to say when, as they are offered.
var soonNames = []string{
	SoonNow:   "Right away, each record by itself",
	SoonLists: "Right away, together in lists",
	SoonTurns: "Every so many minutes",
	SoonTimes: "At set times of the day",
}

func (p *Page) buildSoon() fyne.CanvasObject {
	s := &soonCard{
		days: map[time.Weekday]*widget.Check{}, text: widgets.NewParagraph("", widgets.Caption),
		next: widgets.NewHint(widgets.Info, ""), clocks: widgets.NewHint(widgets.Info, ""),
	}
	p.when.soon = s
	soon := &p.draft.Soon
	s.list = p.number(PartSendList, "Records in one list, at most", soon.List, &soon.List)
	every := p.number(PartSendEvery, "Minutes between two turns", soon.Every, &soon.Every)
	s.records = p.number(PartSendBatch, "Records in one turn, at most", soon.Records, &soon.Records)
	s.ways = widgets.NewWays([]widgets.Way{
		SoonNow:   {Name: soonNames[SoonNow]},
		SoonLists: {Name: soonNames[SoonLists], Inner: half(s.list)},
		SoonTurns: {Name: soonNames[SoonTurns], Inner: half(every)},
		SoonTimes: {Name: soonNames[SoonTimes], Inner: p.setTimes()},
	}, int(soon.Kind), func(i int) { p.chooseSoon(SoonKind(i)) })
	p.showSoon()
	return widgets.NewTitledCard("How soon", "", nil,
		widgets.VBox(10, s.ways.Object(), widgets.Padded(-8, 0, 0, widgets.WayIndent-7, half(s.records)), widgets.VBox(4, s.text, s.next, s.clocks)))
}

// half gives an object the left half of the width.
func half(o fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Grid(2, theme.CardGap, o, widgets.VBox(0))
}

// dayWidth is the room for the check of one day.
const dayWidth = 56

// setTimes are the boxes for set times of the day.
func (p *Page) setTimes() fyne.CanvasObject {
	s, soon := p.when.soon, &p.draft.Soon
	at := Place{Part: PartSendTimes}
	times := p.entry(at, soon.Times, func(text string) {
		soon.Times = text
		p.showSoon()
	})
	times.SetPlaceHolder(usualTimes)
	row := widgets.HBox(0)
	for _, day := range week {
		s.days[day] = p.dayCheck(day)
		row.Add(widgets.MinWidth(dayWidth, widgets.Padded(0, 0, 0, -7, s.days[day])))
	}
	work := widgets.NewButton(widgets.Quiet, "Monday to Friday", "", func() { p.setDays(workDays) })
	all := widgets.NewButton(widgets.Quiet, "Every day", "", func() { p.setDays(everyDay) })
	p.showDays()
	return widgets.VBox(10,
		p.field(at, "Times", times, "With commas between them, by this computer's clock."),
		widgets.VBox(0, widgets.NewLine("On these days", widgets.Label), row,
			widgets.Padded(-2, 0, 0, -11, widgets.HBox(0, work, all)), p.remark(Place{Part: PartSendDays})))
}

// dayCheck makes the check of one day: "Mo".
func (p *Page) dayCheck(day time.Weekday) *widget.Check {
	check := widget.NewCheck(day.String()[:2], nil)
	check.OnChanged = func(on bool) {
		if !p.when.soon.loading {
			p.draft.Soon.Days[day] = on
			p.daysChanged()
		}
	}
	return check
}

func (p *Page) setDays(days Days) {
	p.draft.Soon.Days = days
	p.showDays()
	p.daysChanged()
}

func (p *Page) daysChanged() {
	p.draft.Touch(Place{Part: PartSendDays})
	p.showSoon()
	p.changed()
}

// showDays ticks the days.
func (p *Page) showDays() {
	s := p.when.soon
	s.loading = true
	for day, check := range s.days {
		check.SetChecked(p.draft.Soon.Days[day])
	}
	s.loading = false
}

// number makes a field for a number of the card.
func (p *Page) number(part Part, label, text string, into *string) *widgets.Field {
	at := Place{Part: part}
	return p.field(at, label, p.entry(at, text, func(text string) {
		*into = text
		p.showSoon()
	}), "")
}

func (p *Page) chooseSoon(kind SoonKind) {
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
	if s.ways == nil {
		return
	}
	kind := p.draft.Soon.effective(style)
	s.ways.Offer(int(SoonLists), style == core.BodyList)
	s.ways.Set(int(kind))
	s.records.Hidden = kind != SoonTurns && kind != SoonTimes
	send, bad := p.draft.Soon.Send(style)
	s.text.SetText(soonText(kind, send, bad != nil, style))
	now := time.Now()
	next, clocks := "", ""
	if bad == nil {
		next, clocks = nextText(send, now), clockText(send, now)
	}
	s.next.Set(widgets.Info, next)
	s.clocks.Set(widgets.Info, clocks)
}

// soonText says what a choice means for the records.
func soonText(kind SoonKind, send core.Send, bad bool, style core.BodyStyle) string {
	w := core.Webhook{Send: send}
	records := words.Number(uint64(w.PerTurn()))
	switch {
	case kind == SoonNow || kind == SoonLists && bad:
		return "A record goes out as soon as it comes in."
	case kind == SoonLists:
		return "A record goes out as soon as it comes in. Where several wait, up to " + records + " go out in one message."
	case bad:
		return "Records wait for the next turn."
	case style == core.BodyList:
		return "Records wait for the next turn. Each turn sends one message with up to " + records + " of them."
	default:
		return "Records wait for the next turn. Each turn sends up to " + records + " of them, one message each."
	}
}
