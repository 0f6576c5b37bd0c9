package files

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"

	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

// desk is a folder on disk with the dialog open over it.
type desk struct {
	dir    string
	w      fyne.Window
	chosen []string
}

func ask(t *testing.T, wish Wish) *desk {
	d := &desk{dir: t.TempDir()}
	for _, name := range []string{"exports/old", "Archive", ".hidden"} {
		if err := os.MkdirAll(filepath.Join(d.dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"hookbird.json", "notes.txt", "exports/more.json"} {
		if err := os.WriteFile(filepath.Join(d.dir, name), []byte("{}"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d.w = screen.Window(t, widgets.Spacer(), screen.Narrow)
	wish.Start = d.dir
	Ask(d.w.Canvas(), wish, func(path string) { d.chosen = append(d.chosen, path) })
	synctest.Wait()
	return d
}

func (d *desk) top() fyne.CanvasObject { return d.w.Canvas().Overlays().Top() }

func (d *desk) tap(t *testing.T, label string) {
	t.Helper()
	screen.Tap(t, d.top(), label)
	synctest.Wait()
}

func (d *desk) want(t *testing.T, path ...string) {
	t.Helper()
	want := filepath.Join(append([]string{d.dir}, path...)...)
	if !slices.Equal(d.chosen, []string{want}) {
		t.Errorf("chosen %q, want %q", d.chosen, want)
	}
	if d.top() != nil {
		t.Error("the dialog is still open")
	}
}

func TestAsk(t *testing.T) {
	open := Wish{Kind: Open, Title: "Import settings", Yes: "Import", Suffix: ".json"}
	save := Wish{Kind: Save, Title: "Export settings", Yes: "Export", Suffix: ".json", Name: "hookbird.json"}
	tests := []struct {
		name string
		wish Wish
		run  func(t *testing.T, d *desk)
		want []string
	}{
		{"folder as it stands", Wish{Title: "Choose a folder", Yes: "Choose"}, func(t *testing.T, d *desk) {
			d.tap(t, "Choose")
		}, []string{}},
		{"folder below and above", Wish{Title: "Choose a folder", Yes: "Choose"}, func(t *testing.T, d *desk) {
			d.tap(t, "exports")
			d.tap(t, "old")
			d.tap(t, "Folder above")
			d.tap(t, "Choose")
		}, []string{"exports"}},
		{"file", open, func(t *testing.T, d *desk) {
			d.tap(t, "exports")
			d.tap(t, "more.json")
			d.tap(t, "Import")
		}, []string{"exports", "more.json"}},
		{"new file beside others", save, func(t *testing.T, d *desk) {
			d.tap(t, "Archive")
			d.tap(t, "Export")
		}, []string{"Archive", "hookbird.json"}},
		{"file that is there already", save, func(t *testing.T, d *desk) {
			d.tap(t, "Export")
			d.tap(t, "Write over it")
		}, []string{"hookbird.json"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			screen.App(t)
			synctest.Test(t, func(t *testing.T) {
				d := ask(t, test.wish)
				test.run(t, d)
				d.want(t, test.want...)
			})
		})
	}
}

func TestShowsWhatFits(t *testing.T) {
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := ask(t, Wish{Kind: Open, Title: "Import settings", Yes: "Import", Suffix: ".json"})
		for name, want := range map[string]bool{"Archive": true, "exports": true, "hookbird.json": true, "notes.txt": false, ".hidden": false} {
			if got := screen.Has(d.top(), name); got != want {
				t.Errorf("%s is shown: %v, want %v", name, got, want)
			}
		}
		screen.Shots(t, d.w, "files-900")
	})
}

func TestEscClosesWhereverTheFocusIs(t *testing.T) {
	for _, label := range []string{"", "exports", "Folder above", "Cancel"} {
		t.Run(label, func(t *testing.T) {
			screen.App(t)
			synctest.Test(t, func(t *testing.T) {
				d := ask(t, Wish{Title: "Choose a folder", Yes: "Choose"})
				var focus fyne.Focusable
				if f, ok := screen.Find(d.top(), label).(fyne.Focusable); ok && label != "" {
					focus = f
				} else {
					screen.Walk(d.top(), func(o fyne.CanvasObject) bool {
						if e, ok := o.(*widgets.Entry); ok {
							focus = e
						}
						return focus != nil
					})
				}
				d.w.Canvas().Focus(focus)
				focus.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
				if d.top() != nil || len(d.chosen) > 0 {
					t.Errorf("still open, or chosen %q", d.chosen)
				}
			})
		})
	}
}

func TestMissingFolderIsSaid(t *testing.T) {
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := ask(t, Wish{Title: "Choose a folder", Yes: "Choose"})
		if err := os.RemoveAll(filepath.Join(d.dir, "exports")); err != nil {
			t.Fatal(err)
		}
		d.tap(t, "exports")
		if !screen.Has(d.top(), "There is no folder "+filepath.Join(d.dir, "exports")+".") {
			t.Errorf("not said; there is %q", screen.Texts(d.top()))
		}
		if len(d.chosen) > 0 {
			t.Errorf("chosen %q", d.chosen)
		}
	})
}
