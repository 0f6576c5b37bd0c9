package prefs

import (
	"archive/zip"
	"io"
	"path/filepath"
	"testing"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

// ill is an office with a diagnosis.
func ill() *guitest.Service {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) {
		d.Diagnosis = []control.DiagnosticFile{
			{Name: "about.txt", Title: "This computer and Hookbird", Text: "Hookbird  0.1.0\nSystem    linux amd64\n"},
			{Name: "tries.log", Title: "The end of the log of tries", Text: "time=2026-11-22T10:38:00Z level=WARN msg=try webhook=supporter-crm outcome=key code=401\n"},
		}
	})
	return s
}

// What is saved is what was seen.
func TestDiagnosisIsSeenBeforeItIsSaved(t *testing.T) {
	in(t, ill(), false, func(d *desk) {
		d.Tap("Show the diagnosis…")
		d.Sees("This computer and Hookbird")
		d.Tap("The end of the log of tries")
		d.Tap("Save as one file…")
		files, err := zip.OpenReader(filepath.Join(d.dir, "hookbird-diagnosis-2026-11-22.zip"))
		if err != nil {
			d.Fatal(err)
		}
		defer files.Close()
		if len(files.File) != 2 {
			d.Fatalf("%d files", len(files.File))
		}
		f, err := files.File[1].Open()
		if err != nil {
			d.Fatal(err)
		}
		text, err := io.ReadAll(f)
		if err != nil || string(text) != "time=2026-11-22T10:38:00Z level=WARN msg=try webhook=supporter-crm outcome=key code=401\n" {
			d.Errorf("%s: %q, %v", files.File[1].Name, text, err)
		}
		if len(d.said) != 1 || d.said[0] != "Saved as hookbird-diagnosis-2026-11-22.zip." {
			d.Errorf("said %q", d.said)
		}
		if screen.Find(d.Window.Canvas().Content(), "Save as one file…") != nil {
			d.Error("the dialog is still there")
		}
	})
}

func TestDiagnosisThatCannotBeMade(t *testing.T) {
	s := ill()
	s.Fail("Diagnostics", core.Errorf(core.CodeUnavailable, "Hookbird is not running."))
	in(t, s, false, func(d *desk) {
		d.Tap("Show the diagnosis…")
		d.Sees("Hookbird is not running.")
	})
}

func TestDiagnosisShots(t *testing.T) {
	screen.OnlyForShots(t)
	for size, narrow := range map[string]bool{"1200": false, "900": true} {
		in(t, ill(), narrow, func(d *desk) {
			d.Tap("Show the diagnosis…")
			screen.Shots(d.T, d.Window, "diagnosis-"+size)
			d.Tap("Close")
			d.service.Edit(func(data *guitest.Data) { data.Pasts = guitest.Changes() })
			d.Tap("Show what was changed…")
			screen.Shots(d.T, d.Window, "changes-"+size)
		})
	}
}
