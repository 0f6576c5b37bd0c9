package sources

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/schedule"
	"hookbird/gui/widgets"
)

// onceFields ask for what time a record is known and left out.
func (s *setup) onceFields() fyne.CanvasObject {
	d := &s.draft.src.Once
	return stack(
		heading("Leave out what came before", "The same again is counted and listed, and can be sent all the same."),
		s.columns("/once/keys", "Fields that tell records apart", &d.Keys, "For example a number or an e-mail address. Leave it empty to let everything in."),
		s.number("/once/days", "Known for so many days", &d.Days, "30", ""))
}

func heading(title, line string) fyne.CanvasObject {
	words := widgets.NewParagraph(line, widgets.Caption)
	words.Hidden = line == ""
	return widgets.VBox(2, widgets.NewParagraph(title, widgets.Strong), words)
}

// usualBy is the time of day that is offered, in minutes after midnight.
const usualBy = 7 * 60

// expectFields ask by when something has to have come.
func (s *setup) expectFields() fyne.CanvasObject {
	d := &s.draft.src.Expect
	by := d.By
	if len(d.Days) == 0 {
		by = usualBy
	}
	expected := widgets.NewSwitch(len(d.Days) > 0, nil)
	expected.SetLabel("Expect something by a time")
	days := s.days("/expect/days", &d.Days)
	inner := s.when(expected.On, func() fyne.CanvasObject {
		return stack(
			s.clock("/expect/by", "Something has come by", by, func(minutes int) { by, d.By = minutes, minutes }), days.object,
			s.secret("/expect/heartbeat", "heartbeat", "Address to call when it has come", &d.Heartbeat, "Some monitoring services give one. Leave it empty for none."))
	})
	expected.OnTapped = func() {
		expected.SetOn(!expected.On())
		d.By, d.Days = 0, nil
		if expected.On() {
			d.By, d.Days = by, []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
		}
		days.show()
		s.changed()
	}
	return stack(widgets.Spread(heading("Expect something by a time", "If nothing has come by then, Hookbird raises an alarm."), expected), inner)
}

// cardsField lets card numbers in, on purpose.
func (s *setup) cardsField() fyne.CanvasObject {
	warn := s.when(func() bool { return s.draft.src.Cards }, func() fyne.CanvasObject {
		return widgets.NewNote(widgets.Bad, "Think twice",
			"Numbers of cards must not lie around: they would be stored here, shown in Activity and sent on. Allow this only if the receiver needs them and your organisation may handle them.")
	})
	return widgets.VBox(10, s.flag("/allow_card_numbers", "Let records with card numbers in", &s.draft.src.Cards,
		"Otherwise a record with what looks like the number of a card is left out."), warn)
}

// typeField asks what kind of news its records are.
func (s *setup) typeField() fyne.CanvasObject {
	return s.text("/event_type", "What its records are called for webhooks", &s.draft.src.EventType, core.DefaultEventType,
		"Webhooks can choose by it. Leave it empty unless you use that.")
}

// clock is a labelled box for a time of day, in minutes after midnight.
func (s *setup) clock(where, label string, at int, set func(minutes int)) *widgets.Field {
	e := widgets.NewEntry()
	e.SetText(schedule.FormatTimes([]int{at}))
	e.SetPlaceHolder("7:00")
	e.OnChanged = func(text string) {
		delete(s.half, where)
		if at, err := schedule.ParseTimes(text); err != nil || len(at) != 1 {
			s.half[where] = "Type a time of day, like 7:00."
		} else {
			set(at[0])
		}
		s.changed()
	}
	return s.spots.field(where, label, e, "")
}

// week are the days, from Monday.
var week = []time.Weekday{
	time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday,
}

// daysBox is a row of ticks for the days of the week.
type daysBox struct {
	object fyne.CanvasObject
	ticks  []*tick
	to     *[]time.Weekday
}

func (s *setup) days(where string, to *[]time.Weekday) *daysBox {
	b := &daysBox{to: to}
	row := flow(4)
	for _, day := range week {
		t := newTick(day.String()[:3], false, nil)
		t.label = day.String()
		b.ticks = append(b.ticks, t)
		row.Add(t)
	}
	b.show()
	for _, t := range b.ticks {
		t.OnChanged = func(bool) {
			*to = b.chosen()
			s.changed()
		}
	}
	hint := widgets.NewHint(widgets.Bad, "")
	s.spots.add(where, func(text string) { hint.Set(widgets.Bad, text) }, b.ticks[0])
	b.object = widgets.VBox(4, widgets.NewLine("On these days", widgets.Label), widgets.Padded(0, 0, 0, -7, row), hint)
	return b
}

// chosen are the ticked days.
func (b *daysBox) chosen() []time.Weekday {
	var days []time.Weekday
	for i, t := range b.ticks {
		if t.Checked {
			days = append(days, week[i])
		}
	}
	return days
}

// show ticks the days that are stored, telling nobody.
func (b *daysBox) show() {
	for i, t := range b.ticks {
		changed := t.OnChanged
		t.OnChanged = nil
		t.SetChecked(slices.Contains(*b.to, week[i]))
		t.OnChanged = changed
	}
}
