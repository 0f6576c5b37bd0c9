package sources

import (
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/widgets"
)

var timerSpans = []time.Duration{
	time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour,
}

// timerCards are the cards of a timer.
func (s *setup) timerCards() []fyne.CanvasObject {
	t := s.draft.src.Timer
	return []fyne.CanvasObject{
		card("1. When?", "By this computer's clock, also when summer time begins and ends.",
			s.timingFields(timing{every: &t.Every, at: &t.At, days: &t.Days, begin: time.Hour, spans: timerSpans}),
			s.flag("/missed", "Make up for what was missed", &t.Missed, "If this computer was off at the time, one record is made when it is on again.")),
		card("2. What stands in the record?", "It always holds “at”, the time that it is for.", s.timerData(t)),
	}
}

// timerData are rows of a name and a text.
func (s *setup) timerData(t *core.TimerSource) fyne.CanvasObject {
	list := newRows(s, "/data", "Add a field", func() int { return len(t.Data) },
		func() { t.Data = append(t.Data, core.Fixed{}) },
		func(i int) { t.Data = append(t.Data[:i:i], t.Data[i+1:]...) },
		func(i int) fyne.CanvasObject {
			name := s.entry(&t.Data[i].Name, "Name")
			name.SetLabel("Name of the field")
			text := s.entry(&t.Data[i].Value, "Text, or [@today]")
			text.SetLabel("Text of the field")
			return widgets.Columns(8, []float32{2, 3}, name, text)
		})
	return widgets.VBox(6, list.object, widgets.NewParagraph("[@today] stands for the day, [@time] for the time, [@id] for the number of the record.", widgets.Caption))
}
