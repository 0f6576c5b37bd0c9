package sources

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/widgets"
)

var keeps = []time.Duration{0, time.Minute, 10 * time.Minute, time.Hour, 24 * time.Hour}

var keepNames = []string{"Ask for every record", "Use an answer again for 1 minute", "Use an answer again for 10 minutes", "Use an answer again for 1 hour", "Use an answer again for a day"}

// lookUpFields ask whether and how more is fetched about each record.
func (s *setup) lookUpFields() fyne.CanvasObject {
	l := s.draft.src.LookUp
	if l == nil {
		l = &core.LookUp{}
	}
	on := widgets.NewSwitch(s.draft.src.LookUp != nil, nil)
	on.SetLabel("Look up details")
	inner := s.when(on.On, func() fyne.CanvasObject {
		return stack(
			s.text("/lookup/ask/address", "Web address", &l.Ask.Address, "https://api.example.org/members/[Member no.]", "Fields of the record stand in brackets."),
			s.askFields(&l.Ask, "/lookup/ask", "lookup:"),
			widgets.Grid(2, 12,
				s.text("/lookup/into", "The answer stands in the record as", &l.Into, core.DefaultInto, ""),
				s.text("/lookup/path", "Only this part of the answer", &l.Path, "All of it", "")),
			s.keepAnswer(&l.Keep),
			s.flag("/lookup/need", "Leave a record out if nothing is found about it", &l.Need, "It is listed then, and can be sent all the same."))
	})
	on.OnTapped = func() {
		on.SetOn(!on.On())
		s.draft.src.LookUp = nil
		if on.On() {
			s.draft.src.LookUp = l
		}
		s.changed()
	}
	return stack(widgets.Spread(heading("Look up details", "Asks a web service about each record, before webhooks choose among them."), on), inner)
}

func (s *setup) keepAnswer(to *time.Duration) *widgets.Field {
	values, names := keeps, keepNames
	if !slices.Contains(values, *to) {
		values, names = append([]time.Duration{*to}, values...), append([]string{"Use an answer again for " + spanWords(*to)}, names...)
	}
	return choice(s, "/lookup/keep", "The same asked again", to, values, names, "")
}
