package prefs

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

// desk is the page in a window, with a folder for files.
type desk struct {
	*screen.Desk
	page    *Page
	service *guitest.Service
	dir     string
	said    []string
	looks   []string
}

func in(t *testing.T, s *guitest.Service, narrow bool, run func(*desk)) {
	screen.App(t)
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := &desk{service: s, page: New(s), dir: dir}
		d.page.Now = guitest.Now
		d.page.OnLook = func(look string) { d.looks = append(d.looks, look) }
		d.page.OnSay = func(text string) { d.said = append(d.said, text) }
		d.page.AskSave = func(name string, then func(string)) { then(filepath.Join(dir, name)) }
		d.page.AskOpen = func(then func(string)) { then(filepath.Join(dir, "in.json")) }
		d.Desk = screen.NewDesk(t, d.page.Content(), screen.Room(narrow))
		d.Act(func() { d.page.Show(d.Window.Canvas()) })
		run(d)
	})
}

func (d *desk) settings() (v control.SettingsView) {
	d.service.Read(func(data guitest.Data) { v = data.Settings })
	return v
}

func TestLookAndKeepAreSavedAtOnce(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		d.Tap("Dark")
		d.Act(func() { d.page.keep.choose.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) })
		s := d.settings()
		if s.Settings.Look != "dark" || s.Settings.ContentDays != 90 || s.Revision != 3 {
			d.Errorf("saved %+v at revision %d", s.Settings, s.Revision)
		}
		if !slices.Equal(d.looks, []string{"dark"}) {
			d.Errorf("the window was told %q", d.looks)
		}
	})
}

func TestKeepThatIsNotUsual(t *testing.T) {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) { d.Settings.Settings.ContentDays = 45 })
	in(t, s, false, func(d *desk) {
		if got := d.page.keep.choose.SelectedText(); got != "45 days" {
			d.Errorf("shows %q, want what is set", got)
		}
	})
}

func TestAConflictShowsWhatIsTrue(t *testing.T) {
	s := guitest.Office()
	in(t, s, false, func(d *desk) {
		s.Edit(func(data *guitest.Data) { data.Settings.Revision, data.Settings.Settings.ContentDays = 9, 365 })
		d.Tap("Light")
		d.Sees("The settings were changed elsewhere meanwhile.")
		if got := d.page.keep.choose.SelectedText(); got != "365 days" || d.settings().Settings.Look != "" {
			d.Errorf("shows %q, look saved as %q", got, d.settings().Settings.Look)
		}
	})
}

func TestStartAtLoginTellsTheTruth(t *testing.T) {
	s := guitest.Office()
	in(t, s, false, func(d *desk) {
		d.Tap("Start when I log in")
		if !d.settings().Autostart || !d.page.autostart.On() {
			d.Error("not switched on")
		}
		s.Fail("SetAutostart", core.Errorf(core.CodeUnavailable, "The folder for programs that start at login cannot be written."))
		d.Tap("Start when I log in")
		d.Sees("The folder for programs that start at login cannot be written.")
		if !d.page.autostart.On() {
			d.Error("the switch shows what is not true")
		}
		s.Edit(func(data *guitest.Data) { data.Settings.AutoError = "This Hookbird cannot find its own program file." })
		d.Act(d.page.Refresh)
		d.Sees("This Hookbird cannot find its own program file.")
		if !d.page.autostart.Disabled() {
			d.Error("the switch can be pressed although it cannot work")
		}
	})
}

func TestPauseAndResume(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		d.Tap("Pause sending")
		d.Act(func() { screen.TapItem(d.T, d.Front(), "30 minutes") })
		if until := d.settings().Settings.PausedUntil; !until.Equal(guitest.Now().Add(30 * time.Minute)) {
			d.Errorf("paused until %v", until)
		}
		d.Sees("Paused until 11:15. New records are still collected.")
		d.Tap("Resume")
		if d.settings().Settings.Paused {
			d.Error("still paused")
		}
	})
}

func TestKeyPlaceIsToldAsItIs(t *testing.T) {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) {
		d.Settings.Store.KeyPlace = core.KeyInFile
		d.Settings.Store.KeyError = "The key file is gone. Put it back from a backup."
	})
	in(t, s, false, func(d *desk) {
		d.Sees("Protected by file rights only.")
		d.Sees("The key file is gone. Put it back from a backup.")
	})
}

func TestCopyWhereThingsAre(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		for label, want := range map[string]string{
			"Copy data folder": "/home/ada/.local/share/hookbird", "Copy log": "/home/ada/.local/share/hookbird/logs/hookbird.log",
			"Copy local address": "http://127.0.0.1:8471",
		} {
			d.Tap(label)
			if got := fyne.CurrentApp().Clipboard().Content(); got != want {
				d.Errorf("%s copies %q, want %q", label, got, want)
			}
		}
	})
}

func TestExport(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		d.Tap("Export…")
		d.Tap("Export")
		if d.service.Called("Export") != 1 || d.service.Called("Export with secrets") != 0 {
			d.Errorf("asked for %q", d.service.Calls())
		}
		path := filepath.Join(d.dir, exportName)
		data, err := os.ReadFile(path)
		if err != nil || string(data) != "{\n  \"hookbird\": 1\n}\n" {
			d.Errorf("wrote %q, %v", data, err)
		}
		if at, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && at.Mode().Perm() != 0o600 {
			d.Errorf("rights %v, %v", at.Mode(), err)
		}
		if !slices.Equal(d.said, []string{"Exported to hookbird-settings.json."}) {
			d.Errorf("said %q", d.said)
		}
	})
}

func TestExportWithSecretsAsksTwiceAndTightensRights(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		path := filepath.Join(d.dir, exportName)
		if err := os.WriteFile(path, []byte("a longer text that was there before"), 0o644); err != nil {
			d.Fatal(err)
		}
		d.Tap("Export…")
		d.Tap("With secret values…")
		d.Sees("Whoever can read the file can then send in your name.")
		if d.service.Called("Export with secrets") != 0 {
			d.Error("exported before the second answer")
		}
		d.Tap("Export with keys")
		if d.service.Called("Export with secrets") != 1 {
			d.Error("not exported")
		}
		if at, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && at.Mode().Perm() != 0o600 {
			d.Errorf("rights %v, %v: others may read the keys", at.Mode(), err)
		}
		if data, _ := os.ReadFile(path); len(data) != 20 {
			d.Errorf("the file holds %q", data)
		}
	})
}

func TestExportThatCannotBeWritten(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		d.dir = filepath.Join(d.dir, "gone")
		d.page.AskSave = func(name string, then func(string)) { then(filepath.Join(d.dir, name)) }
		d.Tap("Export…")
		d.Tap("Export")
		d.Sees("could not be written.")
	})
}

func TestImport(t *testing.T) {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) {
		d.Import = control.ImportResult{Webhooks: 2, Sources: 1, Notes: []string{"Our database is off: it needs its secret."}}
	})
	in(t, s, false, func(d *desk) {
		if err := os.WriteFile(filepath.Join(d.dir, "in.json"), []byte(`{"hookbird": 1}`), 0o600); err != nil {
			d.Fatal(err)
		}
		d.Tap("Import…")
		d.Sees("Imported 2 webhooks and 1 source.\nOur database is off: it needs its secret.")
		s.Read(func(data guitest.Data) {
			if len(data.Imported) != 1 || string(data.Imported[0].Data) != `{"hookbird": 1}` || data.Imported[0].Dir != d.dir {
				d.Errorf("imported %+v", data.Imported)
			}
		})
	})
}

func TestImportThatIsRefusedSaysEveryPlace(t *testing.T) {
	s := guitest.Office()
	s.Fail("Import", core.Errors{
		core.Errorf(core.CodeInvalid, "This address is missing https:// at the start.").At("/webhooks/0/address"),
		core.Errorf(core.CodeInvalid, "There is no kind of source called %q.", "foldr").At("/sources/1/kind"),
	})
	in(t, s, false, func(d *desk) {
		if err := os.WriteFile(filepath.Join(d.dir, "in.json"), []byte(`{`), 0o600); err != nil {
			d.Fatal(err)
		}
		d.Tap("Import…")
		d.Sees("/webhooks/0/address: This address is missing https:// at the start.")
		d.Sees(`/sources/1/kind: There is no kind of source called "foldr".`)
	})
}

func TestImportOfWhatCannotBeRead(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		d.Tap("Import…")
		d.Sees("could not be read.")
		f, err := os.Create(filepath.Join(d.dir, "in.json"))
		if err != nil {
			d.Fatal(err)
		}
		if err := f.Truncate(maxImport + 1); err != nil {
			d.Fatal(err)
		}
		if err := f.Close(); err != nil {
			d.Fatal(err)
		}
		d.Tap("Import…")
		d.Sees("is too large for a settings file")
		if d.service.Called("Import") != 0 {
			d.Error("the engine was asked")
		}
	})
}

func TestShots(t *testing.T) {
	screen.OnlyForShots(t)
	in(t, guitest.Office(), false, func(d *desk) {
		screen.Shots(d.T, d.Window, "prefs-1200")
		d.Act(func() { d.page.proxy.kind.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) })
		d.Act(func() { d.page.proxy.kind.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) })
		d.Act(func() { d.page.proxy.address.SetText("proxy.example") })
		d.Act(func() { d.page.proxy.finish() })
		screen.Shots(d.T, d.Window, "prefs-proxy-1200")
	})
	in(t, guitest.Office(), true, func(d *desk) {
		d.service.Edit(func(data *guitest.Data) {
			data.Settings.Settings.Proxy = core.Proxy{Kind: core.ProxyManual, Address: "http://proxy.example:3128", User: "ada", Password: core.SealedSecret("proxy")}
		})
		d.Act(d.page.Refresh)
		screen.Shots(d.T, d.Window, "prefs-proxy-900")
	})
	in(t, guitest.Office(), true, func(d *desk) {
		d.Tap("Export…")
		screen.Shots(d.T, d.Window, "prefs-900")
	})
	in(t, fullOffice(), false, func(d *desk) {
		d.Act(func() { d.page.frame.ScrollTo(d.page.safety.bar.Object()) })
		screen.Shots(d.T, d.Window, "prefs-store-1200")
	})
}

func TestWhatIsNotDeliveredIsKeptForAsLongAsSomebodyWants(t *testing.T) {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) {
		d.Settings.Settings.ContentDays, d.Settings.Settings.TraceDays, d.Settings.Settings.UnfinishedDays = 180, 365, 180
	})
	in(t, s, false, func(d *desk) {
		right := &fyne.KeyEvent{Name: fyne.KeyRight}
		d.Act(func() { d.page.unfinished.choose.TypedKey(right) })
		if got := d.settings().Settings.UnfinishedDays; got != 365 {
			d.Errorf("what is not delivered is kept for %d days", got)
		}
		d.Act(func() { d.page.unfinished.choose.TypedKey(right) })
		if got := d.settings().Settings.UnfinishedDays; got != core.ForEver {
			d.Errorf("what is not delivered is kept for %d days, want for ever", got)
		}
		d.Act(func() { d.page.trace.choose.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft}) })
		if got := d.settings().Settings.TraceDays; got != 180 {
			d.Errorf("the list is kept for %d days", got)
		}
		d.Act(func() { d.page.keep.choose.TypedKey(right) })
		if set := d.settings().Settings; set.ContentDays != 365 || set.TraceDays != 365 || set.UnfinishedDays != core.ForEver {
			d.Errorf("nothing may be kept for less than content: %+v", set)
		}
		if got := d.page.trace.choose.SelectedText(); got != "365 days" {
			d.Errorf("shows %q", got)
		}
	})
}
