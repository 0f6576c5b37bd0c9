package sources

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

// desk is the page in a window, and what it said.
type desk struct {
	*screen.Desk
	page    *Page
	service *guitest.Service
	said    []string
}

func in(t *testing.T, s *guitest.Service, narrow bool, run func(*desk)) {
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := &desk{service: s, page: New(s)}
		d.page.Now = guitest.Now
		d.page.OnSay = func(text string) { d.said = append(d.said, text) }
		d.page.AskFolder = func(then func(string)) { then("/home/ada/Shared/New") }
		d.Desk = screen.NewDesk(t, d.page.Content(), screen.Room(narrow))
		d.Act(func() {
			d.page.SetNarrow(narrow)
			d.page.Show(d.Window.Canvas())
		})
		run(d)
		time.Sleep(time.Minute) // for keys that hide by themselves
	})
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
	in(t, guitest.Office(), false, func(d *desk) {
		for _, words := range []string{
			"Supporter exports", "/home/ada/Shared/Supporters, *.csv", "Checks the folder", "Last record 20 s ago", "Goes to Supporter CRM and Newsletter sign-ups",
			"The folder /media/share/box-office is not there.", "Needs attention", "Last record yesterday 08:45",
			"Till program", "http://127.0.0.1:8471/in/" + core.Dots, "Ready",
			"Paused", "No record yet", "No webhook takes its records",
		} {
			d.Sees(words)
		}
	})
}

func TestAddAFolder(t *testing.T) {
	in(t, guitest.Empty(), false, func(d *desk) {
		d.Sees("No source yet")
		d.Tap("Folder")
		d.Tap("Save")
		d.Sees("Choose the folder to look in.")
		if d.Window.Canvas().Focused() != fyne.Focusable(d.folder().path) || d.service.Called("SaveSource") != 0 {
			d.Error("the focus is not where something is missing, or it was saved")
		}
		d.Act(func() { d.folder().path.SetText("Shared") })
		d.Tap("Save")
		d.Sees("Type the whole path, from the drive or / on.")
		d.Tap("Choose…")
		d.Act(func() { d.folder().match.SetText("*.csv") })
		d.Tap("Send them")
		d.Tap("Save")
		got, ok := d.source("New")
		if !ok || got.Folder == nil || got.Kind != core.KindFolder {
			d.Fatalf("saved %+v", got)
		}
		want := core.FolderSource{Path: "/home/ada/Shared/New", Match: "*.csv", After: core.AfterRemember}
		if !reflect.DeepEqual(*got.Folder, want) {
			d.Errorf("saved %+v, want %+v", *got.Folder, want)
		}
		if !slices.Equal(d.said, []string{"New is saved."}) || d.Has("Files that are already there") {
			d.Errorf("said %q; asks again for what counts once", d.said)
		}
	})
}

func TestFilesThatAreThereAreLeftUnlessSaid(t *testing.T) {
	in(t, guitest.Empty(), true, func(d *desk) {
		d.Tap("Folder")
		d.Tap("Choose…")
		d.Tap("Save")
		if got, ok := d.source("New"); !ok || got.Existing.Do != core.ExistingSkip {
			d.Errorf("saved %+v", got)
		}
	})
}

func TestTypingSurvivesReading(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		d.Tap("Supporter exports")
		d.Act(func() {
			d.Window.Canvas().Focus(d.page.form.name)
			d.page.form.name.SetText("Supporters of to")
		})
		box := d.page.form.name
		d.service.Edit(func(data *guitest.Data) { data.Sources[0].State.Events++ })
		d.Act(d.page.Refresh)
		if d.page.form.name != box || box.Text != "Supporters of to" || d.Window.Canvas().Focused() != fyne.Focusable(box) {
			d.Errorf("the box holds %q, focus on %T", box.Text, d.Window.Canvas().Focused())
		}
	})
}

func TestAConflictSaysSoAndOffersTheNewerOne(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		d.Tap("Supporter exports")
		d.Act(func() { d.page.form.name.SetText("Mine") })
		d.service.Edit(func(data *guitest.Data) {
			data.Sources[0].Revision++
			data.Sources[0].Source.Name = "Theirs"
		})
		d.Act(d.page.Refresh)
		d.Tap("Save")
		d.Sees("Theirs was changed elsewhere meanwhile. Nothing was overwritten.")
		if d.page.form.name.Text != "Mine" {
			d.Errorf("what was typed became %q", d.page.form.name.Text)
		}
		d.Tap("Show the newer one")
		if d.page.form.name.Text != "Theirs" {
			d.Errorf("the newer one is not shown, but %q", d.page.form.name.Text)
		}
		d.Act(func() { d.page.form.name.SetText("Ours") })
		d.Tap("Save")
		if _, ok := d.source("Ours"); !ok {
			d.Error("it still cannot be saved")
		}
	})
}

func TestRefusedSaveKeepsWhatWasTyped(t *testing.T) {
	s := guitest.Office()
	s.Fail("SaveSource", core.Errorf(core.CodeInvalid, "The folder is inside another one that is watched already."))
	in(t, s, false, func(d *desk) {
		d.Tap("Folder")
		d.Tap("Choose…")
		d.Tap("Save")
		d.Sees("The folder is inside another one that is watched already.")
		if d.folder().path.Text != "/home/ada/Shared/New" || d.page.form.save.Disabled() {
			d.Error("what was typed is gone, or it cannot be saved again")
		}
	})
}

func TestLeavingAsksOnlyIfSomethingWasTyped(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		d.Tap("Supporter exports")
		d.Tap("Close")
		if d.page.form != nil {
			d.Fatal("asks although nothing was typed")
		}
		d.Tap("Supporter exports")
		d.Act(func() { d.page.form.name.SetText("Mine") })
		d.Tap("Till program")
		d.Sees("Leave without saving?")
		d.Tap("Keep editing")
		if d.page.form.name.Text != "Mine" {
			d.Errorf("kept %q", d.page.form.name.Text)
		}
		d.Act(d.page.Back)
		d.Tap("Leave")
		if d.page.form != nil {
			d.Error("the form is still open")
		}
	})
}

func TestPauseResumeAndDelete(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		d.Tap("Supporter exports")
		d.Act(func() { d.page.form.name.SetText("Supporters") })
		d.Tap("Pause")
		if got, _ := d.source("Supporter exports"); !got.Paused {
			d.Fatal("not paused")
		}
		d.Tap("Save") // pausing is our own change, no conflict
		if got, ok := d.source("Supporters"); !ok || !got.Paused {
			d.Errorf("saved %+v; there is %q", got, screen.Texts(d.Window.Content()))
		}
		d.Tap("Resume")
		if got, _ := d.source("Supporters"); got.Paused {
			d.Error("still paused")
		}
		d.Tap("Delete…")
		d.Tap("Delete")
		if _, ok := d.source("Supporters"); ok || d.page.form != nil {
			d.Error("still there")
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
	in(t, s, true, func(d *desk) {
		d.Act(func() { d.page.Open("supporters") })
		d.Sees("supporters.csv, line 48: This row has 9 cells and the heading has 6. It was left out.")
		d.Sees("2 more like these")
		d.Act(func() { d.page.Open("box-office") })
		d.Sees("The folder /media/share/box-office is not there.")
	})
}

func TestNewLocalAddress(t *testing.T) {
	in(t, guitest.Empty(), false, func(d *desk) {
		d.Tap("A program here sends to us")
		d.Sees("Save, and the address is made")
		d.Act(func() { d.page.form.name.SetText("Till") })
		d.Tap("Ask for a token too")
		d.Tap("Save")
		d.Sees("Type a token, or make one, or switch it off.")
		d.Tap("Make one")
		d.Tap("Save")
		got, ok := d.source("Till")
		if !ok || got.Local == nil || got.Local.Token.IsZero() || got.Local.Key.IsZero() {
			d.Fatalf("saved %+v", got)
		}
		d.Sees("http://127.0.0.1:8471/in/" + core.Dots)
		d.Tap("Ask for a token too")
		d.Tap("Save")
		if got, _ := d.source("Till"); !got.Local.Token.IsZero() {
			d.Error("the token is still asked for")
		}
	})
}

func TestTheKeyIsShownOnDemandOnly(t *testing.T) {
	const whole = "http://127.0.0.1:8471/in/till-key-0123456789"
	in(t, guitest.Office(), false, func(d *desk) {
		d.Tap("Till program")
		if d.service.Called("RevealSecret") != 0 || d.Has(whole) {
			d.Fatal("the key was fetched or shown without being asked for")
		}
		d.Tap("Show the address")
		d.Sees(whole)
		d.Tap("Hide the address")
		if d.Has(whole) {
			d.Error("the key is still shown")
		}
		d.Tap("Copy the address")
		if got := fyne.CurrentApp().Clipboard().Content(); got != whole {
			d.Errorf("copied %q", got)
		}
		d.Tap("Show the address")
		d.Act(d.page.Leave)
		if d.Has(whole) {
			d.Error("the key is shown after the page was left")
		}
	})
}

func TestTheKeyHidesByItself(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		d.Tap("Till program")
		d.Tap("Show the address")
		time.Sleep(revealFor + time.Second)
		synctest.Wait()
		if screen.Has(d.Window.Content(), "till-key-0123456789") {
			d.Error("the key is still shown")
		}
	})
}

func TestExamplesHoldKeyAndToken(t *testing.T) {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) {
		d.Sources[2].Source.Local.Token = core.SealedSecret("till/token")
		d.Secrets["source/till/token"] = "s3cret"
	})
	in(t, s, false, func(d *desk) {
		d.Tap("Till program")
		for label, begin := range map[string]string{"curl": "curl -X POST", "PowerShell": "Invoke-RestMethod"} {
			d.Tap(label)
			got := fyne.CurrentApp().Clipboard().Content()
			if !strings.HasPrefix(got, begin) || !strings.Contains(got, "/in/till-key-0123456789'") || !strings.Contains(got, "Bearer s3cret") {
				d.Errorf("%s copies %q", label, got)
			}
		}
	})
}

func TestClosedLocalAddressIsSaid(t *testing.T) {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) { d.Sources[2].Address = "" })
	in(t, s, false, func(d *desk) {
		d.Tap("Till program")
		d.Sees("The local address is not open now.")
		if screen.Find(d.Window.Content(), "Copy the address") != nil {
			d.Error("an address that is not there can be copied")
		}
	})
}

func TestNarrowShowsTheFormInPlaceOfTheList(t *testing.T) {
	in(t, guitest.Office(), true, func(d *desk) {
		d.Tap("Till program")
		if d.Has("Supporter exports") {
			d.Error("the list is still there")
		}
		d.Tap("Close")
		d.Sees("Supporter exports")
		d.Act(func() { d.page.SetNarrow(false) })
		d.Tap("Till program")
		d.Sees("Supporter exports")
	})
}

func TestDraftKeepsWhatTheFormDoesNotShow(t *testing.T) {
	stored := core.Source{
		ID: "a", Kind: core.KindFolder, Name: "A", EventType: "supporter.created",
		Folder: &core.FolderSource{Path: "/a", Layout: core.Layout{Encoding: "utf-16", Delimiter: ";"}},
	}
	d := draftOf(control.SourceView{Source: stored, Revision: 4})
	d.name = "B"
	got := d.saving()
	want := *stored.Clone()
	want.Name, want.Folder.After = "B", core.AfterRemember
	if got.Revision != 4 || got.Source.EventType != want.EventType || !reflect.DeepEqual(got.Source.Folder, want.Folder) || got.Source.Name != "B" {
		t.Errorf("would save %+v of revision %d", got.Source, got.Revision)
	}
}

func TestShots(t *testing.T) {
	screen.OnlyForShots(t)
	in(t, guitest.Office(), false, func(d *desk) {
		screen.Shots(d.T, d.Window, "sources-1200")
		d.Tap("Supporter exports")
		screen.Shots(d.T, d.Window, "sources-folder-1200")
	})
	in(t, guitest.Office(), false, func(d *desk) {
		d.Tap("Till program")
		d.Tap("Ask for a token too")
		screen.Shots(d.T, d.Window, "sources-local-1200")
	})
	in(t, guitest.Office(), true, func(d *desk) {
		screen.Shots(d.T, d.Window, "sources-900")
		d.Tap("Folder")
		screen.Shots(d.T, d.Window, "sources-folder-900")
	})
}
