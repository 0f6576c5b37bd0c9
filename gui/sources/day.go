package sources

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/widgets"
)

// dayWish is a day that somebody is asked for.
type dayWish struct {
	title, text string
	yes         string // what the button does
	start       time.Time
	now         func() time.Time
	then        func(day time.Time)
}

// yearsBack is how many years can be chosen.
const yearsBack = 30

// dayBox chooses a day by its number, month and year: no form of a date has to be
// known.
type dayBox struct {
	day, month, year *widgets.Select
	newest           int // year
	hint             *widgets.Hint
}

func newDayBox(start time.Time, newest int) *dayBox {
	b := &dayBox{newest: newest, hint: widgets.NewHint(widgets.Bad, "")}
	var days, months, years []string
	for d := range 31 {
		days = append(days, strconv.Itoa(d+1))
	}
	for m := time.January; m <= time.December; m++ {
		months = append(months, m.String())
	}
	for y := range yearsBack {
		years = append(years, strconv.Itoa(newest-y))
	}
	b.day, b.month, b.year = widgets.NewSelect(days, b.chosen), widgets.NewSelect(months, b.chosen), widgets.NewSelect(years, b.chosen)
	b.day.SetLabel("Day")
	b.month.SetLabel("Month")
	b.year.SetLabel("Year")
	b.day.SetSelected(start.Day() - 1)
	b.month.SetSelected(int(start.Month()) - 1)
	b.year.SetSelected(newest - start.Year())
	return b
}

func (b *dayBox) object() fyne.CanvasObject {
	return widgets.VBox(6, widgets.Columns(8, []float32{2, 4, 3}, b.day, b.month, b.year), b.hint)
}

func (b *dayBox) chosen(int) { b.hint.Set(widgets.Bad, "") }

// value gives the day, unless its month has no such day.
func (b *dayBox) value() (time.Time, bool) {
	day, month := b.day.Selected()+1, time.Month(b.month.Selected()+1)
	t := time.Date(b.newest-b.year.Selected(), month, day, 0, 0, 0, 0, time.Local)
	if t.Month() != month {
		b.hint.Set(widgets.Bad, month.String()+" has no day "+strconv.Itoa(day)+".")
		return t, false
	}
	return t, true
}

// askDay lets somebody choose a day.
func askDay(c fyne.Canvas, w dayWish) {
	box := newDayBox(w.start, w.now().Year())
	var d *widgets.Dialog
	cancel := widgets.NewButton(widgets.Secondary, "Cancel", icons.None, func() { d.Hide() })
	yes := widgets.NewButton(widgets.Primary, w.yes, icons.None, func() {
		if day, ok := box.value(); ok {
			d.Hide()
			w.then(day)
		}
	})
	body := widgets.VBox(10, widgets.NewParagraph(w.text, widgets.Subtitle), box.object())
	d = widgets.NewDialog(c, w.title, body, cancel, yes)
	for _, s := range []*widgets.Select{box.day, box.month, box.year} {
		key := s.OnKey
		s.OnKey = func(k fyne.KeyName) {
			if k == fyne.KeyEscape {
				d.Hide()
				return
			}
			key(k)
		}
	}
	d.Show()
	c.Focus(box.day)
}
