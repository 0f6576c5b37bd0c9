package prefs

import (
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/backup"
)

// newBackupRows makes the rows of backups.
func newBackupRows(p *Page) *backup.Rows {
	r := backup.NewRows(p.service, func() backup.Params {
		return backup.Params{Canvas: p.canvas(), Service: p.service, Now: p.Now, Ask: p.Ask, Say: p.say, OnDone: p.Refresh}
	})
	r.OnSave = func(plan core.BackupPlan) { p.save(func(d *control.SettingsDraft) { d.Backup = plan }) }
	r.OnFail = func(err error) { p.frame.Notice.FailOr(err, p.Refresh) }
	r.OnLaid = func() {
		p.frame.Layout()
		p.frame.Layout() // texts that were hidden know their width, and so their height, only now
	}
	return r
}
