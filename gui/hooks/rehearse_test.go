package hooks

import (
	"fmt"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

// rehearsing is an office with something to rehearse.
func rehearsing() *guitest.Service {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) {
		d.Brakes.Page = control.RehearsalPage{Waiting: 412, Next: 60}
		for i := range 8 {
			row := control.RehearsalRow{Seq: uint64(i + 1), Title: fmt.Sprintf("Ada Lovelace %d", i+1), Time: guitest.Now().Add(-time.Duration(i) * time.Hour)}
			row.Shown = &core.Shown{
				Method: "POST", Host: "crm.example.org", Body: "email=ada", Headers: []string{"Content-Type: application/x-www-form-urlencoded"},
				Pairs: []core.Pair{{Name: "email", Value: fmt.Sprintf("ada%d@example.org", i+1)}, {Name: "first_name", Value: "Ada"}, {Name: "api_key", Value: "••••••", Secret: true}},
			}
			if i == 3 {
				row.Shown, row.Why = nil, "The address needs contactNumber, and this record has none."
			}
			d.Brakes.Page.Rows = append(d.Brakes.Page.Rows, row)
		}
	})
	return s
}

func TestRehearsalPausesShowsAndStarts(t *testing.T) {
	in(t, rehearsing(), false, func(d *desk) {
		d.choose("Box office contacts", "Rehearse: send nothing…")
		if state, _, _ := d.state("box-office-contacts"); state != core.StatePaused {
			d.Errorf("it is %s", state)
		}
		d.Sees("412 messages would go out like this.")
		d.Sees("ada1@example.org")
		d.Tap("Ada Lovelace 4")
		d.Sees("this record has none")
		d.Tap("Ada Lovelace 2")
		d.SeesNot("this record has none")
		d.Tap("Start without these")
		d.Sees("412 messages are not sent.")
		d.Tap("Start without these")
		d.service.Read(func(data guitest.Data) {
			if got := data.Brakes.Started; len(got) != 1 || got[0].With {
				d.Errorf("started %+v", got)
			}
		})
	})
}

func TestRehearsalIsStartedWithWhatWasRehearsed(t *testing.T) {
	in(t, rehearsing(), true, func(d *desk) {
		d.choose("Finance export", "See what would be sent…")
		d.Tap("Start and send these")
		d.service.Read(func(data guitest.Data) {
			if got := data.Brakes.Started; len(got) != 1 || !got[0].With {
				d.Errorf("started %+v", got)
			}
		})
		d.SeesNot("Rehearsal: Finance export")
	})
}

func TestRehearsalShots(t *testing.T) {
	screen.OnlyForShots(t)
	for name, narrow := range map[string]bool{"1200": false, "900": true} {
		in(t, rehearsing(), narrow, func(d *desk) {
			d.choose("Finance export", "See what would be sent…")
			screen.Shots(d.T, d.Window, "rehearsal-"+name)
		})
	}
}
