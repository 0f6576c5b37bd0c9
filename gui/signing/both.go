package signing

import (
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// span is how long an old key goes on signing beside the new one.
type span struct {
	name string
	days int // 0: until somebody removes it
}

var (
	spans     = []span{{"1 day", 1}, {"7 days", 7}, {"30 days", 30}, {"Until I remove it", 0}}
	usualSpan = 1
)

func spanNames() []string {
	var names []string
	for _, s := range spans {
		names = append(names, s.name)
	}
	return names
}

// from is when a span that begins now ends. It is in UTC, as it comes back from the
// engine, so that it compares as the same after a save.
func (s span) from(now time.Time) time.Time {
	if s.days == 0 {
		return time.Time{}
	}
	return now.AddDate(0, 0, s.days).UTC()
}

// both shows that two keys sign, while the other system changes over.
type both struct {
	tab    *Tab
	line   *widgets.Hint
	old    *widgets.SecretEntry
	spans  *widgets.Select
	end    *widgets.Button
	object fyne.CanvasObject
}

func newBoth(t *Tab) *both {
	b := &both{tab: t, line: widgets.NewHint(widgets.Info, ""), old: widgets.NewSecretEntry()}
	b.old.OnChanged = b.typed
	b.old.OnReveal = func(show func(string)) { t.reveal(t.state.Sign().Previous, show) }
	b.spans = widgets.NewSelect(spanNames(), b.choose)
	b.end = widgets.NewButton(widgets.Secondary, "End now", "", func() {
		t.state.endOld()
		b.load()
		t.changed()
	})
	b.object = widgets.VBox(12, widgets.NewDivider(),
		widgets.HBox(10, widgets.Grow(b.line), b.end),
		widgets.Grid(2, theme.CardGap,
			t.field(AtPrevious, "Old key", b.old, ""),
			t.field(AtUntil, "It signs along for", b.spans, "")))
	return b
}

func (b *both) typed(text string) {
	if b.tab.card.loading {
		return
	}
	b.tab.state.edit(func(now *core.Sign) { now.Previous = secretOf(text) })
	b.tab.changed()
}

func (b *both) choose(i int) {
	until := spans[i].from(b.tab.params.Now())
	b.tab.state.edit(func(now *core.Sign) { now.Until = until })
	b.tab.changed()
}

// load puts the old key into its box, masked.
func (b *both) load() {
	now := b.tab.state.Sign()
	loading := b.tab.card.loading
	b.tab.card.loading = true
	loadKey(b.old, b.tab.state, now.Previous)
	b.tab.card.loading = loading
	b.spans.SetSelected(-1)
}

// show says until when both keys sign.
func (b *both) show() {
	now := b.tab.state.Sign()
	showIf(b.object, !now.Previous.IsZero())
	at := b.tab.params.Now()
	over := !now.Until.IsZero() && !at.Before(now.Until)
	b.end.SetText("End now")
	switch {
	case !b.tab.state.kind.isStandard():
		b.line.Set(widgets.Waiting, "A header line of their own holds one signature: the old key does not sign.")
	case over:
		b.line.Set(widgets.Waiting, "The old key stopped signing on "+longDay(now.Until)+". Only the new one signs.")
		b.end.SetText("Remove it")
	case now.Until.IsZero():
		b.line.Set(widgets.Info, "Both keys sign until you remove the old one.")
	default:
		b.line.Set(widgets.Info, "Both keys sign until "+words.When(now.Until, at)+". Put the new one into the other system before.")
	}
	b.spans.SetPlaceHolder(placeHolder(now.Until, at))
	b.spans.SetSelected(spanOf(now.Until, at, b.spans.Selected()))
}

// placeHolder stands where no span is chosen.
func placeHolder(until, now time.Time) string {
	if until.IsZero() {
		return spans[len(spans)-1].name
	}
	return "Until " + words.When(until, now)
}

// spanOf is the span that was chosen, as long as it says what is so.
func spanOf(until, now time.Time, chosen int) int {
	for i, s := range spans {
		if ends := s.from(now); ends.Equal(until) || i == chosen && !until.IsZero() && s.days > 0 && ends.Sub(until).Abs() < time.Hour {
			return i
		}
	}
	return -1
}

// longDay prints a day with its year.
func longDay(t time.Time) string { return t.Local().Format("2 January 2006") }

// showIf shows an object or hides it.
func showIf(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}
