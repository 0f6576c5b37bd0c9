package gui

import (
	"time"

	"hookbird/gui/backup"
	"hookbird/gui/files"
)

// ask lets somebody choose what a wish says.
func (w *Window) ask(wish files.Wish, then func(path string)) {
	files.Ask(w.win.Canvas(), wish, then)
}

// backupParams are what the dialogs of backups need.
func (w *Window) backupParams() backup.Params {
	return backup.Params{Canvas: w.win.Canvas(), Service: w.p.Service, Now: time.Now, Ask: w.ask, Say: w.say, OnDone: w.Refresh}
}

// askFolder lets somebody choose a folder.
func (w *Window) askFolder(then func(path string)) {
	files.Ask(w.win.Canvas(), files.Wish{Kind: files.Folder, Title: "Choose a folder", Yes: "Choose"}, then)
}

// askOpen lets somebody choose a settings file.
func (w *Window) askOpen(then func(path string)) {
	files.Ask(w.win.Canvas(), files.Wish{Kind: files.Open, Title: "Import settings", Yes: "Import", Suffix: ".json"}, then)
}

// askSave lets somebody choose where a settings file goes.
func (w *Window) askSave(name string, then func(path string)) {
	files.Ask(w.win.Canvas(), files.Wish{Kind: files.Save, Title: "Export settings", Yes: "Export", Suffix: ".json", Name: name}, then)
}
