package sources

import (
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

// shot is a picture of the page after some steps, scrolled down by so much.
type shot struct {
	name string
	do   func(*desk)
	down []float32
}

// shots are what is looked at by eye.
var shots = []shot{
	{"list", func(*desk) {}, []float32{0, 600}},
	{"folder", func(d *desk) {
		d.Tap("Folder")
		d.Tap("Choose…")
		d.Tap("Look what is there")
		d.Tap("Does it look wrong?")
		d.Tap("Everything each time")
	}, []float32{0, 600, 1200, 1800}},
	{"folder-problem", func(d *desk) {
		d.Tap("Folder")
		d.Tap("More: ")
		d.Tap("Expect something by a time off")
		d.Tap("Let records with card numbers in")
		d.Tap("Switch it on")
	}, []float32{0, 1000, 1600}},
	{"sheet", func(d *desk) {
		d.Tap("Spreadsheet")
		d.Tap("Choose…")
		d.Tap("Look what is there")
	}, []float32{0, 700, 1400}},
	{"local", func(d *desk) {
		d.Tap("A program here sends to us")
		d.Tap("Ask for a token too off")
		d.chosen("It signs with", "A signature of its own (HMAC)")
	}, []float32{0, 600}},
	{"database", func(d *desk) {
		d.Tap("Database")
		d.chosen("Kind", "Microsoft SQL Server")
		d.Tap("Connection in detail")
		d.Tap("In detail")
	}, []float32{0, 600, 1200}},
	{"web", func(d *desk) {
		d.Tap("We ask a website")
		d.chosen("It wants to know who asks", "OAuth 2")
		d.Tap("Header lines and keys")
		d.Tap("Add a header line")
		d.Tap("Add a key")
		d.Tap("The request in detail")
		d.Tap("Long lists: pages")
		d.chosen("A long list comes", "Pages are counted")
	}, []float32{0, 600, 1200, 1800}},
	{"timer", func(d *desk) {
		d.Tap("At set times")
		d.Tap("Add a field")
	}, []float32{0, 500}},
	{"form", func(d *desk) {
		d.Tap("Form")
		d.Tap("Add a field")
	}, []float32{0, 500}},
	{"own-folder", func(d *desk) { d.Act(func() { d.page.Open("supporters") }) }, []float32{0, 500}},
	{"own-local", func(d *desk) {
		d.Act(func() { d.page.Open("till") })
		d.Tap("Send a trial from here")
	}, []float32{0, 500}},
	{"own-database", func(d *desk) { d.Act(func() { d.page.Open("tickets") }) }, []float32{0}},
	{"own-sheet", func(d *desk) { d.Act(func() { d.page.Open("members") }) }, []float32{0}},
	{"byhand", func(d *desk) {
		d.Tap("Send one by hand")
		d.typed("First name", "Ada")
		d.typed("Last name", "Lovelace")
		d.typed("Email (optional)", "ada@example")
		d.Tap("Send")
	}, []float32{0}},
	{"byhand-held", func(d *desk) {
		d.Tap("Send one by hand")
		for range 2 {
			d.typed("First name", "Ada")
			d.typed("Last name", "Test")
			d.Tap("Send and add another")
		}
	}, []float32{0}},
	{"byhand-table", func(d *desk) {
		d.Tap("Send one by hand")
		d.Tap("Paste a table")
		d.typed("Table", "First name\tLast name\tEmail\tShoe size\nAda\tTest\tada@example.org\t38\nAda\tLovelace\tnobody\t40\nAda\tTest\t\t41\n")
	}, []float32{0}},
	{"day", func(d *desk) { d.Tap("Those from a day on…") }, []float32{0}},
}

func TestShots(t *testing.T) {
	screen.OnlyForShots(t)
	for _, one := range shots {
		if only := os.Getenv("HOOKBIRD_SHOTS_ONLY"); !strings.Contains(one.name, only) {
			continue
		}
		for size, narrow := range map[string]bool{"1200": false, "900": true} {
			in(t, guitest.Kinds(), narrow, func(d *desk) {
				one.do(d)
				for i, down := range one.down {
					d.Act(func() { scrollDown(d.Window.Content(), down) })
					screen.Shots(d.T, d.Window, one.name+"-"+size+"-"+string(rune('a'+i)))
				}
			})
		}
	}
}

// scrollDown scrolls the page.
func scrollDown(o fyne.CanvasObject, by float32) {
	screen.Walk(o, func(o fyne.CanvasObject) bool {
		if s, ok := o.(*widgets.Scroll); ok {
			s.ScrollToOffset(fyne.NewPos(0, by))
			return true
		}
		return false
	})
}
