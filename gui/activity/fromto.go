package activity

import (
	"time"

	"hookbird/assets/icons"
	"hookbird/gui/widgets"
)

// chooseSpan looks at another time; the last choice asks for it first.
func (p *Page) chooseSpan(i int) {
	switch {
	case i == spanOwn:
		p.askDays()
		return
	case i > spanOwn: // the time that is shown already
		return
	}
	p.span = i
	p.query.Since, p.query.Until = time.Time{}, time.Time{}
	p.ask()
}

// dayForm is how a day is typed.
const dayForm = "02/01/2006"

// askDays asks for the first and the last day to look at.
func (p *Page) askDays() {
	from, to := widgets.NewEntry(), widgets.NewEntry()
	since, until := p.dated().Since, p.dated().Until
	if since.IsZero() {
		since = p.now().AddDate(0, 0, -7)
	}
	if until.IsZero() {
		until = p.now().AddDate(0, 0, 1)
	}
	from.SetText(since.Local().Format(dayForm))
	to.SetText(until.Local().AddDate(0, 0, -1).Format(dayForm))
	first, last := widgets.NewField("From", from, "Day, month and year: 22/11/2026"), widgets.NewField("To, that day included", to, "")
	var d *widgets.Dialog
	show := widgets.NewButton(widgets.Primary, "Show", icons.None, func() {
		if p.takeDays(first, last, from.Text, to.Text) {
			d.Hide()
		}
	})
	leave := widgets.NewButton(widgets.Secondary, "Cancel", icons.None, func() { d.Hide() })
	from.OnEscape, to.OnEscape = leave.OnTapped, leave.OnTapped
	from.OnSubmitted = func(string) { show.OnTapped() }
	to.OnSubmitted = from.OnSubmitted
	d = widgets.NewDialog(p.window(), "Which days?", widgets.MinWidth(360, widgets.VBox(12, first, last)), leave, show)
	d.OnClosed = p.filter.show // the control says again what is shown
	d.Show()
}

// takeDays shows the days that were typed, or says what is wrong with them.
func (p *Page) takeDays(first, last *widgets.Field, from, to string) bool {
	first.SetProblem("")
	last.SetProblem("")
	since, okFrom := readDay(from)
	until, okTo := readDay(to)
	const help = "Type a day like 22/11/2026."
	switch {
	case !okFrom:
		first.SetProblem(help)
	case !okTo:
		last.SetProblem(help)
	case until.Before(since):
		last.SetProblem("This day is before the first one.")
	default:
		p.between(since, until.AddDate(0, 0, 1))
		return true
	}
	return false
}

func readDay(text string) (time.Time, bool) {
	for _, form := range []string{dayForm, "2/1/2006", "2.1.2006", time.DateOnly} {
		if t, err := time.ParseInLocation(form, text, time.Local); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// between shows the messages of a time.
func (p *Page) between(since, until time.Time) {
	p.span = spanOwn
	p.query.Since, p.query.Until = since, until
	p.ask()
}
