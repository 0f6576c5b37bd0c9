package prefs

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/guitest"
)

// fullOffice is an office whose store is nearly full, was damaged and is being
// tidied up.
func fullOffice() *guitest.Service {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) {
		d.Safety = control.SafetyView{
			Room: core.Room{File: 4_500 * core.MB, Unused: 400 * core.MB, Free: 80_000 * core.MB}, Quota: core.UsualQuota, Near: true, Tidy: true,
			HolderID: "crm", Holder: "Supporter CRM", Waiting: 8845,
			Repair: &core.Repair{
				At: guitest.Now().Add(-2 * time.Hour), Damaged: "hookbird-damaged-2026-11-22-084102.db", Records: 41_207, Messages: 80_112,
				Webhooks: 4, Sources: 3, Paused: true,
				Lost: []string{"120 records could not be read: those that came in between 3 March 2026, 10:41 and 3 March 2026, 11:02. What of them waited is not sent; put it in again from where it came."},
			},
		}
		d.Jobs = []job.View{{ID: "1", Kind: control.JobTidy, Title: "Tidying up the store", State: job.Running, Done: 1204, Total: 4096, Step: "Megabytes copied", Began: guitest.Now()}}
	})
	return s
}

func TestStoreInWords(t *testing.T) {
	s := fullOffice()
	in(t, s, false, func(d *desk) {
		d.Sees("4.5 GB, 400 MB of it unused")
		d.Sees("8,845 messages are waiting for Supporter CRM")
		d.Sees("120 records could not be read")
		d.Sees("As much as is usual (5.0 GB)")
		if !d.page.safety.tidy.Disabled() {
			d.Errorf("it can be tidied up twice at once")
		}
		d.Tap("I have seen this")
		d.SeesNot("120 records could not be read")
		d.Tap("Cancel")
		s.Read(func(data guitest.Data) {
			if data.Jobs[0].State != job.Cancelled || data.Safety.Repair != nil {
				d.Errorf("jobs %+v, repair %v", data.Jobs, data.Safety.Repair)
			}
		})
		d.Tap("Close")
		d.Tap("Tidy up now")
		if s.Called("TidyUp") != 1 {
			d.Errorf("calls: %v", s.Calls())
		}
		d.Act(func() { d.page.safety.choose.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) })
		if got := d.settings().Settings.QuotaMB; got != 1000 {
			d.Errorf("quota is %d MB", got)
		}
	})
}

func TestFullStoreIsToldInWords(t *testing.T) {
	v := control.SafetyView{Room: core.Room{File: core.UsualQuota}, Quota: core.UsualQuota, Full: true}
	if got := fullHint(v); !strings.Contains(got, "no new records are taken") {
		t.Errorf("hint %q", got)
	}
	if got := fullHint(control.SafetyView{}); got != "" {
		t.Errorf("hint of an empty store %q", got)
	}
}
