package sources

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/theme"
)

// desk is the page in a window, and what it said.
type desk struct {
	page    *Page
	service *guitest.Service
	w       fyne.Window
	said    []string
}

func in(t *testing.T, s *guitest.Service, narrow bool, run func(t *testing.T, d *desk)) {
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := &desk{service: s, page: New(s)}
		d.page.Now = guitest.Now
		d.page.OnSay = func(text string) { d.said = append(d.said, text) }
		d.page.AskFolder = func(then func(string)) { then("/home/ada/Shared/New") }
		size := screen.Wide.SubtractWidthHeight(theme.SidebarWidth, 0)
		if narrow {
			size = screen.Narrow.SubtractWidthHeight(theme.RailWidth, 0)
		}
		d.w = screen.Window(t, d.page.Content(), size)
		d.act(func() {
			d.page.SetNarrow(narrow)
			d.page.Show(d.w.Canvas())
		})
		run(t, d)
		time.Sleep(time.Minute) // for keys that hide by themselves
	})
}

func (d *desk) act(f func()) {
	background.Act(f)
	synctest.Wait()
}

func (d *desk) front() fyne.CanvasObject {
	if top := d.w.Canvas().Overlays().Top(); top != nil {
		return top
	}
	return d.w.Content()
}

func (d *desk) tap(t *testing.T, label string) {
	t.Helper()
	d.act(func() { screen.Tap(t, d.front(), label) })
}

func (d *desk) has(words string) bool { return screen.Has(d.front(), words) }

func (d *desk) sees(t *testing.T, words string) {
	t.Helper()
	if !d.has(words) {
		t.Errorf("%q is not on screen; there is %q", words, screen.Texts(d.front()))
	}
}

// source gives a stored source by its name.
func (d *desk) source(name string) (core.Source, bool) {
	all, _ := d.service.Sources(context.Background())
	for _, v := range all {
		if v.Source.Name == name {
			return v.Source, true
		}
	}
	return core.Source{}, false
}

func (d *desk) folder() *folderFields { return d.page.form.kind.(*folderFields) }

func TestListSaysWhatEachDoes(t *testing.T) {
	in(t, guitest.Office(), false, func(t *testing.T, d *desk) {
		for _, words := range []string{
			"Supporter exports", "/home/ada/Shared/Supporters, *.csv", "Checks the folder", "Last record 20 s ago", "Goes to Supporter CRM and Newsletter sign-ups",
			"The folder /media/share/box-office is not there.", "Needs attention", "Last record yesterday 08:45",
			"Till program", "http://127.0.0.1:8471/in/" + core.Dots, "Ready",
			"Paused", "No record yet", "No webhook takes its records",
		} {
			d.sees(t, words)
		}
	})
}

func TestAddAFolder(t *testing.T) {
	in(t, guitest.Empty(), false, func(t *testing.T, d *desk) {
		d.sees(t, "No source yet")
		d.tap(t, "Folder")
		d.tap(t, "Save")
		d.sees(t, "Choose the folder to look in.")
		if d.w.Canvas().Focused() != fyne.Focusable(d.folder().path) || d.service.Called("SaveSource") != 0 {
			t.Error("the focus is not where something is missing, or it was saved")
		}
		d.act(func() { d.folder().path.SetText("Shared") })
		d.tap(t, "Save")
		d.sees(t, "Type the whole path, from the drive or / on.")
		d.tap(t, "Choose…")
		d.act(func() { d.folder().match.SetText("*.csv") })
		d.tap(t, "Send them")
		d.tap(t, "Save")
		got, ok := d.source("New")
		if !ok || got.Folder == nil || got.Kind != core.KindFolder {
			t.Fatalf("saved %+v", got)
		}
		want := core.FolderSource{Path: "/home/ada/Shared/New", Match: "*.csv", After: core.AfterRemember}
		if *got.Folder != want {
			t.Errorf("saved %+v, want %+v", *got.Folder, want)
		}
		if !slices.Equal(d.said, []string{"New is saved."}) || d.has("Files that are already there") {
			t.Errorf("said %q; asks again for what counts once", d.said)
		}
	})
}

func TestFilesThatAreThereAreLeftUnlessSaid(t *testing.T) {
	in(t, guitest.Empty(), true, func(t *testing.T, d *desk) {
		d.tap(t, "Folder")
		d.tap(t, "Choose…")
		d.tap(t, "Save")
		if got, ok := d.source("New"); !ok || !got.Folder.SkipExisting {
			t.Errorf("saved %+v", got)
		}
	})
}

func TestTypingSurvivesReading(t *testing.T) {
	in(t, guitest.Office(), false, func(t *testing.T, d *desk) {
		d.tap(t, "Supporter exports")
		d.act(func() {
			d.w.Canvas().Focus(d.page.form.name)
			d.page.form.name.SetText("Supporters of to")
		})
		box := d.page.form.name
		d.service.Edit(func(data *guitest.Data) { data.Sources[0].State.Events++ })
		d.act(d.page.Refresh)
		if d.page.form.name != box || box.Text != "Supporters of to" || d.w.Canvas().Focused() != fyne.Focusable(box) {
			t.Errorf("the box holds %q, focus on %T", box.Text, d.w.Canvas().Focused())
		}
	})
}

func TestAConflictSaysSoAndOffersTheNewerOne(t *testing.T) {
	in(t, guitest.Office(), false, func(t *testing.T, d *desk) {
		d.tap(t, "Supporter exports")
		d.act(func() { d.page.form.name.SetText("Mine") })
		d.service.Edit(func(data *guitest.Data) {
			data.Sources[0].Revision++
			data.Sources[0].Source.Name = "Theirs"
		})
		d.act(d.page.Refresh)
		d.tap(t, "Save")
		d.sees(t, "Theirs was changed elsewhere meanwhile. Nothing was overwritten.")
		if d.page.form.name.Text != "Mine" {
			t.Errorf("what was typed became %q", d.page.form.name.Text)
		}
		d.tap(t, "Show the newer one")
		if d.page.form.name.Text != "Theirs" {
			t.Errorf("the newer one is not shown, but %q", d.page.form.name.Text)
		}
		d.act(func() { d.page.form.name.SetText("Ours") })
		d.tap(t, "Save")
		if _, ok := d.source("Ours"); !ok {
			t.Error("it still cannot be saved")
		}
	})
}

func TestRefusedSaveKeepsWhatWasTyped(t *testing.T) {
	s := guitest.Office()
	s.Fail("SaveSource", core.Errorf(core.CodeInvalid, "The folder is inside another one that is watched already."))
	in(t, s, false, func(t *testing.T, d *desk) {
		d.tap(t, "Folder")
		d.tap(t, "Choose…")
		d.tap(t, "Save")
		d.sees(t, "The folder is inside another one that is watched already.")
		if d.folder().path.Text != "/home/ada/Shared/New" || d.page.form.save.Disabled() {
			t.Error("what was typed is gone, or it cannot be saved again")
		}
	})
}

func TestLeavingAsksOnlyIfSomethingWasTyped(t *testing.T) {
	in(t, guitest.Office(), false, func(t *testing.T, d *desk) {
		d.tap(t, "Supporter exports")
		d.tap(t, "Close")
		if d.page.form != nil {
			t.Fatal("asks although nothing was typed")
		}
		d.tap(t, "Supporter exports")
		d.act(func() { d.page.form.name.SetText("Mine") })
		d.tap(t, "Till program")
		d.sees(t, "Leave without saving?")
		d.tap(t, "Keep editing")
		if d.page.form.name.Text != "Mine" {
			t.Errorf("kept %q", d.page.form.name.Text)
		}
		d.act(d.page.Back)
		d.tap(t, "Leave")
		if d.page.form != nil {
			t.Error("the form is still open")
		}
	})
}

func TestPauseResumeAndDelete(t *testing.T) {
	in(t, guitest.Office(), false, func(t *testing.T, d *desk) {
		d.tap(t, "Supporter exports")
		d.act(func() { d.page.form.name.SetText("Supporters") })
		d.tap(t, "Pause")
		if got, _ := d.source("Supporter exports"); !got.Paused {
			t.Fatal("not paused")
		}
		d.tap(t, "Save") // pausing is our own change, no conflict
		if got, ok := d.source("Supporters"); !ok || !got.Paused {
			t.Errorf("saved %+v; there is %q", got, screen.Texts(d.w.Content()))
		}
		d.tap(t, "Resume")
		if got, _ := d.source("Supporters"); got.Paused {
			t.Error("still paused")
		}
		d.tap(t, "Delete…")
		d.tap(t, "Delete")
		if _, ok := d.source("Supporters"); ok || d.page.form != nil {
			t.Error("still there")
		}
	})
}

func TestNotesAndCauseAreShown(t *testing.T) {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) {
		for range 5 {
			d.Sources[0].State.Notes = append(d.Sources[0].State.Notes, d.Sources[0].State.Notes[0])
		}
	})
	in(t, s, true, func(t *testing.T, d *desk) {
		d.act(func() { d.page.Open("supporters") })
		d.sees(t, "supporters.csv, line 48: This row has 9 cells and the heading has 6. It was left out.")
		d.sees(t, "2 more like these")
		d.act(func() { d.page.Open("box-office") })
		d.sees(t, "The folder /media/share/box-office is not there.")
	})
}

func TestNewLocalAddress(t *testing.T) {
	in(t, guitest.Empty(), false, func(t *testing.T, d *desk) {
		d.tap(t, "A program here sends to us")
		d.sees(t, "Save, and the address is made")
		d.act(func() { d.page.form.name.SetText("Till") })
		d.tap(t, "Ask for a token too")
		d.tap(t, "Save")
		d.sees(t, "Type a token, or make one, or switch it off.")
		d.tap(t, "Make one")
		d.tap(t, "Save")
		got, ok := d.source("Till")
		if !ok || got.Local == nil || got.Local.Token.IsZero() || got.Local.Key.IsZero() {
			t.Fatalf("saved %+v", got)
		}
		d.sees(t, "http://127.0.0.1:8471/in/"+core.Dots)
		d.tap(t, "Ask for a token too")
		d.tap(t, "Save")
		if got, _ := d.source("Till"); !got.Local.Token.IsZero() {
			t.Error("the token is still asked for")
		}
	})
}

func TestTheKeyIsShownOnDemandOnly(t *testing.T) {
	const whole = "http://127.0.0.1:8471/in/till-key-0123456789"
	in(t, guitest.Office(), false, func(t *testing.T, d *desk) {
		d.tap(t, "Till program")
		if d.service.Called("RevealSecret") != 0 || d.has(whole) {
			t.Fatal("the key was fetched or shown without being asked for")
		}
		d.tap(t, "Show the address")
		d.sees(t, whole)
		d.tap(t, "Hide the address")
		if d.has(whole) {
			t.Error("the key is still shown")
		}
		d.tap(t, "Copy the address")
		if got := fyne.CurrentApp().Clipboard().Content(); got != whole {
			t.Errorf("copied %q", got)
		}
		d.tap(t, "Show the address")
		d.act(d.page.Leave)
		if d.has(whole) {
			t.Error("the key is shown after the page was left")
		}
	})
}

func TestTheKeyHidesByItself(t *testing.T) {
	in(t, guitest.Office(), false, func(t *testing.T, d *desk) {
		d.tap(t, "Till program")
		d.tap(t, "Show the address")
		time.Sleep(revealFor + time.Second)
		synctest.Wait()
		if screen.Has(d.w.Content(), "till-key-0123456789") {
			t.Error("the key is still shown")
		}
	})
}

func TestExamplesHoldKeyAndToken(t *testing.T) {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) {
		d.Sources[2].Source.Local.Token = core.SealedSecret("till/token")
		d.Secrets["source/till/token"] = "s3cret"
	})
	in(t, s, false, func(t *testing.T, d *desk) {
		d.tap(t, "Till program")
		for label, begin := range map[string]string{"curl": "curl -X POST", "PowerShell": "Invoke-RestMethod"} {
			d.tap(t, label)
			got := fyne.CurrentApp().Clipboard().Content()
			if !strings.HasPrefix(got, begin) || !strings.Contains(got, "/in/till-key-0123456789'") || !strings.Contains(got, "Bearer s3cret") {
				t.Errorf("%s copies %q", label, got)
			}
		}
	})
}

func TestClosedLocalAddressIsSaid(t *testing.T) {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) { d.Sources[2].Address = "" })
	in(t, s, false, func(t *testing.T, d *desk) {
		d.tap(t, "Till program")
		d.sees(t, "The local address is not open now.")
		if screen.Find(d.w.Content(), "Copy the address") != nil {
			t.Error("an address that is not there can be copied")
		}
	})
}

func TestNarrowShowsTheFormInPlaceOfTheList(t *testing.T) {
	in(t, guitest.Office(), true, func(t *testing.T, d *desk) {
		d.tap(t, "Till program")
		if d.has("Supporter exports") {
			t.Error("the list is still there")
		}
		d.tap(t, "Close")
		d.sees(t, "Supporter exports")
		d.act(func() { d.page.SetNarrow(false) })
		d.tap(t, "Till program")
		d.sees(t, "Supporter exports")
	})
}

func TestDraftKeepsWhatTheFormDoesNotShow(t *testing.T) {
	stored := core.Source{
		ID: "a", Kind: core.KindFolder, Name: "A", EventType: "supporter.created",
		Folder: &core.FolderSource{Path: "/a", Encoding: "utf-16", Delimiter: ";"},
	}
	d := draftOf(control.SourceView{Source: stored, Revision: 4})
	d.name = "B"
	got := d.saving()
	want := *stored.Clone()
	want.Name, want.Folder.After = "B", core.AfterRemember
	if got.Revision != 4 || got.Source.EventType != want.EventType || *got.Source.Folder != *want.Folder || got.Source.Name != "B" {
		t.Errorf("would save %+v of revision %d", got.Source, got.Revision)
	}
}

func TestShots(t *testing.T) {
	screen.OnlyForShots(t)
	in(t, guitest.Office(), false, func(t *testing.T, d *desk) {
		screen.Shots(t, d.w, "sources-1200")
		d.tap(t, "Supporter exports")
		screen.Shots(t, d.w, "sources-folder-1200")
	})
	in(t, guitest.Office(), false, func(t *testing.T, d *desk) {
		d.tap(t, "Till program")
		d.tap(t, "Ask for a token too")
		screen.Shots(t, d.w, "sources-local-1200")
	})
	in(t, guitest.Office(), true, func(t *testing.T, d *desk) {
		screen.Shots(t, d.w, "sources-900")
		d.tap(t, "Folder")
		screen.Shots(t, d.w, "sources-folder-900")
	})
}
