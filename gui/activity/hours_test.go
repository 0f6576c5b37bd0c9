package activity

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

// press chooses the column of the strip that an hour of the office's day lies in.
func (d *desk) hour(hour int) (from time.Time) {
	d.T.Helper()
	from = time.Date(2026, time.November, 22, hour, 0, 0, 0, time.Local)
	for i, c := range d.page.hours.cols {
		if c.from.Equal(from) {
			d.Act(func() { d.page.hours.strip.OnChosen(i) })
			return from
		}
	}
	d.T.Fatalf("no column for %v", from)
	return from
}

func TestAnHourIsChosenInTheStrip(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.Sees("By hour")
		columns := len(d.page.hours.cols)
		from := d.hour(9)
		if q := d.engine.last(); !q.Since.Equal(from) || !q.Until.Equal(from.Add(time.Hour)) {
			t.Errorf("asked for %v to %v", q.Since, q.Until)
		}
		d.Sees("22 Nov, 09:00 – 10:00: 452 delivered. Click it again for all.")
		if len(d.page.hours.cols) != columns {
			t.Errorf("%d columns, %d before", len(d.page.hours.cols), columns)
		}
		from = d.hour(10) // another one, with the strip as it was
		if q := d.engine.last(); !q.Since.Equal(from) {
			t.Errorf("asked from %v", q.Since)
		}
		d.Sees("410 delivered, 2 failed")
		d.hour(10)
		if q := d.engine.last(); !q.Since.IsZero() || !q.Until.IsZero() || d.page.span != 0 {
			t.Errorf("asked for %v to %v", q.Since, q.Until)
		}
	})
}

func TestTheStripIsThereOnlyWhereItCounts(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		there := func(want bool, after string) {
			t.Helper()
			if got := d.page.hours.object.Visible(); got != want {
				t.Errorf("%s: the strip is shown: %v", after, got)
			}
		}
		there(true, "at first")
		d.Tap("Waiting")
		there(false, "what waits has no hour")
		d.Tap("Failed")
		there(true, "what failed")
		d.Sees("By hour")
		for _, c := range d.page.hours.cols {
			if c.delivered > 0 {
				t.Fatalf("delivered ones among the failed: %+v", c)
			}
		}
		d.Act(func() { d.page.filter.search.SetText("grace") })
		d.Settle()
		there(false, "a search")
		d.Act(d.page.filter.clear)
		there(true, "cleared")
		d.Act(func() { d.page.SetNarrow(true) })
		there(false, "narrow")
		d.Act(func() { d.page.SetNarrow(false) })
		there(true, "wide again")
		d.Act(func() { d.page.chooseSpan(4) })
		d.Sees("By day, 24 Oct")
	})
}

func TestTheStripWorksFromTheKeyboard(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		s := d.page.hours.strip
		d.Act(func() { d.Window.Canvas().Focus(s) })
		for range 3 {
			d.Act(func() { s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) })
		}
		want := d.page.hours.cols[2].from
		d.Act(func() { s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) })
		if q := d.engine.last(); !q.Since.Equal(want) {
			t.Errorf("asked from %v, want %v", q.Since, want)
		}
	})
}

// Columns follow each other without a gap over the whole time, never too many, and
// every hour is counted in one of them.
func TestColumnsCoverTheTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, "now"), 0)
		f := frame{span: rapid.IntRange(0, spanOwn).Draw(t, "span")}
		if f.span == spanOwn {
			f.since = now.Add(-time.Duration(rapid.Int64Range(1, int64(500*24*time.Hour)).Draw(t, "ago")))
			f.until = f.since.Add(time.Duration(rapid.Int64Range(1, int64(500*24*time.Hour)).Draw(t, "long")))
		}
		from, to := f.times(now)
		cols := columns(from, to)
		if len(cols) == 0 || len(cols) > 60 || !cols[0].from.Equal(from) || cols[len(cols)-1].to.Before(to) {
			t.Fatalf("%d columns for %v to %v", len(cols), from, to)
		}
		var read []control.Hour
		for i, c := range cols {
			if i > 0 && !c.from.Equal(cols[i-1].to) {
				t.Fatalf("a gap before %v", c.from)
			}
		}
		for at := from; at.Before(to); at = at.Add(time.Hour) {
			read = append(read, control.Hour{Start: at, Delivered: 1, Failed: 2})
		}
		count(cols, read, "")
		sum := 0
		for _, c := range cols {
			sum += c.delivered
			if c.failed != 2*c.delivered {
				t.Fatalf("%+v", c)
			}
		}
		if sum != len(read) {
			t.Fatalf("%d of %d hours are counted", sum, len(read))
		}
		count(cols, read, core.Failed)
		if cols[0].failed != 4*cols[0].delivered {
			t.Fatalf("failed alone: %+v", cols[0])
		}
	})
}

func TestTimeWords(t *testing.T) {
	at := func(day, hour int) time.Time { return time.Date(2026, time.November, day, hour, 0, 0, 0, time.Local) }
	for want, c := range map[string][2]time.Time{
		"22 Nov":                        {at(22, 0), at(23, 0)},
		"21 Nov – 23 Nov":               {at(21, 0), at(24, 0)},
		"22 Nov, 10:00 – 11:00":         {at(22, 10), at(22, 11)},
		"22 Nov, 23:00 – 00:00":         {at(22, 23), at(23, 0)},
		"21 Nov, 10:00 – 22 Nov, 11:00": {at(21, 10), at(22, 11)},
		"20 Nov, 11:00 – 22 Nov, 11:00": {at(20, 11), at(22, 11)},
		"31 Oct – 1 Nov":                {at(0, 0), at(2, 0)},
	} {
		if got := timeWords(c[0], c[1]); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Both sides end at the same height, whatever comes and goes over them.
func TestBothSidesEndTogether(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		level := func(after string) {
			t.Helper()
			list, detail := d.page.pane.object.Size(), d.page.detail.object.Size()
			if inner := d.page.detail.scroll.Size(); list.Height != detail.Height || detail.Height-inner.Height > 4 {
				t.Errorf("%s: the list is %v high, the detail %v, its inside %v", after, list.Height, detail.Height, inner.Height)
			}
		}
		d.choose(0)
		for range 2 {
			d.Act(func() { d.page.SetNarrow(true) })
			d.Act(func() { d.Window.Resize(screen.Room(true)) })
			level("narrow")
			d.Act(func() { d.page.SetNarrow(false) })
			d.Act(func() { d.Window.Resize(screen.Room(false)) })
			level("wide")
			d.Tap("Waiting")
			level("without the strip")
			d.Tap("Failed")
			level("with it")
		}
	})
}
