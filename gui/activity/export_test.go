package activity

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/files"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

// exportTo answers the question where the file goes.
func exportTo(t *testing.T, path string) *files.Wish {
	t.Helper()
	var asked files.Wish
	was := askSave
	t.Cleanup(func() { askSave = was })
	askSave = func(_ fyne.Canvas, wish files.Wish, then func(string)) {
		asked = wish
		then(path)
	}
	return &asked
}

func (d *desk) exported() (r control.ExportRequest) {
	d.T.Helper()
	d.engine.Edit(func(data *guitest.Data) {
		if len(data.Exported) != 1 {
			d.T.Fatalf("asked for %+v", data.Exported)
		}
		r = data.Exported[0]
	})
	return r
}

func TestWhatTheListShowsIsExported(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mine.xlsx")
	wish := exportTo(t, path)
	open(t, wrongKey(450, false), func(d *desk) {
		d.Tap("Failed")
		d.Tap("Export")
		d.Sees("Export 450 messages")
		d.Tap("Choose where…")
		if wish.Suffix != ".xlsx" || wish.Name != "Hookbird messages 2026-11-22.xlsx" || wish.Kind != files.Save {
			t.Errorf("asked where: %+v", *wish)
		}
		r := d.exported()
		if r.Path != path || r.Replace || r.Content || len(r.Keys) != 0 || r.Query.State != core.Failed || !r.Query.Before.IsZero() {
			t.Errorf("asked for %+v", r)
		}
		d.Sees("Writing messages to mine.xlsx")
	})
}

func TestChosenMessagesAreExported(t *testing.T) {
	path := filepath.Join(t.TempDir(), "there.csv")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	wish := exportTo(t, path)
	open(t, guitest.Office(), func(d *desk) {
		rows := d.page.list.rows[:3]
		for _, row := range rows {
			d.Act(func() { d.page.pane.tick(row, true) })
		}
		d.Act(d.page.exportChosen)
		d.Sees("Export 3 messages")
		d.Tap("CSV file")
		screen.Walk(d.Front(), func(o fyne.CanvasObject) bool {
			if check, ok := o.(*widget.Check); ok {
				d.Act(func() { check.SetChecked(true) })
			}
			return false
		})
		d.Tap("Choose where…")
		if !strings.HasSuffix(wish.Name, ".csv") {
			t.Errorf("asked where: %+v", *wish)
		}
		r := d.exported()
		if len(r.Keys) != 3 || r.Keys[0] != rows[0].Key || !r.Content || !r.Replace {
			t.Errorf("asked for %+v", r)
		}
		d.SeesNot("3 chosen")
	})
}

func TestAllChosenAreExportedByTheQuery(t *testing.T) {
	exportTo(t, filepath.Join(t.TempDir(), "a.csv"))
	open(t, wrongKey(450, false), func(d *desk) {
		d.Tap("Failed")
		d.Act(func() { d.page.pane.tick(d.page.list.rows[0], true) })
		d.Tap("Choose all 450 failed")
		d.Act(d.page.exportChosen)
		d.Tap("Choose where…")
		if r := d.exported(); len(r.Keys) != 0 || r.Query.State != core.Failed {
			t.Errorf("asked for %+v", r)
		}
	})
}
