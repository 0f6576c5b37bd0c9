package widgets_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
	. "hookbird/gui/widgets"
)

func TestSheetControls(t *testing.T) {
	sheet(t, "controls", fyne.NewSize(760, 470), func(fyne.Window) fyne.CanvasObject {
		return Padded(20, 20, 20, 20, VBox(16,
			HBox(10,
				NewButton(Primary, "New webhook", icons.Plus, act), NewButton(Primary, "Save", icons.None, act),
				NewButton(Secondary, "Send test", icons.Plane, act), NewButton(Quiet, "Discard", icons.None, act),
				NewButton(Quiet, "Try now", icons.Refresh, act), NewButton(Danger, "Remove", icons.Bin, act)),
			HBox(10, disabled(NewButton(Primary, "Save", icons.Check, act)), disabled(NewButton(Secondary, "Back", icons.None, act)),
				disabled(NewButton(Quiet, "Discard", icons.None, act)), NewIconButton(icons.ArrowUp, "Up", act),
				NewIconButton(icons.ArrowDown, "Down", act), NewIconButton(icons.Bin, "Remove", act),
				disabled(NewIconButton(icons.Copy, "Copy", act)), hovered(NewButton(Primary, "Hover", icons.None, act)),
				hovered(NewButton(Secondary, "Hover", icons.None, act)), hovered(NewButton(Quiet, "Hover", icons.None, act))),
			HBox(10, focused(NewButton(Primary, "Focus", icons.None, act)), focused(NewButton(Secondary, "Focus", icons.None, act)),
				focused(NewButton(Quiet, "Focus", icons.None, act)), focused(NewIconButton(icons.Eye, "Show", act)), focused(NewSwitch(true, nil))),
			HBox(10, NewChip(Good, "Working"), NewChip(Waiting, "12 waiting"), NewChip(Bad, "Needs attention"),
				NewChip(Paused, "Paused"), NewChip(Sending, "Sending"), NewChip(Info, "Test")),
			HBox(8, chosen(filter(Neutral, "All", 100000)), filter(Bad, "Failed", 2704), filter(Waiting, "Waiting", 8845),
				filter(Good, "Delivered", 88450), focused(filter(Paused, "Focus", -1))),
			HBox(12, NewSwitch(true, nil), NewSwitch(false, nil), off(NewSwitch(true, nil)), NewCountPill(2), NewCountPill(47), NewCountPill(2704)),
			problems(NewTabs([]string{"Where to", "What to send", "When", "Security", "If it fails"}, nil)),
			HBox(16, Fixed(270, 0, NewSegmented([]string{"Automatic", "Light", "Dark"}, nil)), NewSegmented([]string{"Simple", "Exact text"}, nil)),
			NewHint(Good, "The address answers, securely."),
		))
	})
}

func TestSheetForms(t *testing.T) {
	sheet(t, "forms", fyne.NewSize(960, 680), func(fyne.Window) fyne.CanvasObject {
		left := NewTitledCard("Where it goes", "Fill this in and it goes out like any other record.", nil, VBox(14,
			NewField("Web address (URL)", entry("https://crm.example.org/hooks/supporters"), "Copy it from the other system's settings page."),
			problem(NewField("Email", entry("ada@example"), ""), "This does not look like an email address."),
			noted(NewField("Address", entry("https://crm.example.org"), ""), Good, "crm.example.org answers, securely."),
			NewField("How to send", selected(NewSelect([]string{"POST (usual)", "PUT"}, nil), 0), "Leave as it is unless told otherwise."),
			Columns(8, []float32{1, 1}, NewSelect([]string{"a"}, nil), placeholder("Their field name")),
			Columns(8, []float32{1, 1}, focusedEntry("focus"), focused(selected(NewSelect([]string{"Focus"}, nil), 0))),
		))
		secret := NewSecretEntry()
		secret.SetStored(true)
		typed := NewSecretEntry()
		typed.SetText("s3cret-token")
		multi := NewMultiEntry(3)
		multi.SetText("Dear [First name],\nthank you.")
		dark := entry("Not now")
		dark.Disable()
		right := VBox(14, NewCard(VBox(0,
			SettingRow("Start when I log in", "Hookbird waits quietly in the tray.", NewSwitch(true, nil)), NewDivider(),
			SettingRow("Look", "Follow the computer.", NewSegmented([]string{"Automatic", "Light", "Dark"}, nil)))),
			NewCard(VBox(10, secret, typed, NewSearchEntry("Search name or email", nil), multi, dark)),
			pairs(), code("{\n  \"error\": \"invalid_key\",\n  \"message\": \"API key not recognised, and a long line that must fold somewhere\"\n}"))
		return Padded(20, 20, 20, 20, Columns(16, []float32{1, 1}, VBox(0, left), right))
	})
}

func TestSheetCards(t *testing.T) {
	sheet(t, "cards", fyne.NewSize(900, 900), func(fyne.Window) fyne.CanvasObject {
		return Padded(20, 20, 20, 20, VBox(14,
			NewBanner(Bad, "One webhook needs your attention", "Supporter CRM answered \"key not accepted\" twice. Nothing is lost: both are kept here until you fix it.", NewButton(Primary, "Fix this", icons.None, act)),
			NewBanner(Good, "Everything is being delivered", "Last record 20 seconds ago."),
			NewBanner(Paused, "Sending is paused", "New records are still collected.", NewButton(Primary, "Resume", icons.None, act)),
			NewBanner(Waiting, "No internet connection", "12 messages are waiting. They go out by themselves."),
			Grid(4, 12, tiles(false)...),
			Grid(4, 12, tiles(true)...),
			Grid(4, 12, choices()...),
			Grid(3, 14, NewPresetTile(icons.Heart, "Rally Congress style", "A web form, your own field names", act),
				focused(NewPresetTile(icons.Ticket, "SecuTix style", "A number placed in the web address", act)),
				hovered(NewPresetTile(icons.Globe, "Any other system", "Start from its web address", act))),
			Grid(3, 10, NewActionTile(icons.Folder, "Folder", "Files dropped in it", act), NewActionTile(icons.Plug, "A program here sends to us", "On this computer", act)),
			Columns(14, []float32{1, 1},
				NewNote(Info, "", "Where do I find it? In the other system, look for \"Webhooks\", \"Integrations\" or \"API\" under Settings."),
				NewNote(Bad, "Supporter CRM did not accept the key", "It answered 401. Check the secret value \"api_key\", then send again.")),
		))
	})
}

// TestSheetHome puts the parts together as the first screen does.
func TestSheetHome(t *testing.T) {
	sheet(t, "home", fyne.NewSize(1200, 780), func(fyne.Window) fyne.CanvasObject { return home(false) })
}

func TestSheetHomeNarrow(t *testing.T) {
	sheet(t, "home-narrow", fyne.NewSize(900, 600), func(fyne.Window) fyne.CanvasObject { return home(true) })
}

func TestSheetIcons(t *testing.T) {
	files, err := filepath.Glob("../../assets/icons/outline/*.svg")
	if err != nil || len(files) == 0 {
		t.Fatalf("no icons: %v", err)
	}
	sheet(t, "icons", fyne.NewSize(620, 330), func(fyne.Window) fyne.CanvasObject {
		all := []fyne.CanvasObject{NewLogo(40)}
		for _, f := range files {
			name := icons.Name(strings.TrimSuffix(filepath.Base(f), ".svg"))
			all = append(all, HBox(4, NewIcon(name, theme.Foreground, 20), NewIcon(name, theme.Primary, 16)))
		}
		return Padded(16, 16, 16, 16, VBox(0, Grid(10, 14, all...)))
	})
}

func TestSheetOverlays(t *testing.T) {
	sheet(t, "overlays", fyne.NewSize(760, 420), func(w fyne.Window) fyne.CanvasObject {
		toaster := NewToaster(NewEmptyState(Waiting, "Nothing sent yet", "Messages are listed here once a webhook is on and a record came in.",
			NewButton(Primary, "New webhook", icons.Plus, act)))
		w.SetContent(toaster)
		w.Resize(fyne.NewSize(760, 420))
		toaster.Say("Removed.", "Undo", nil)
		Confirm(w.Canvas(), Question{
			Title: "Send 2 messages again?", No: "Cancel", Yes: "Send 2 again",
			Body: "They go to Supporter CRM with today's settings. If that system already has them, it may end up with them twice.",
		})
		return toaster
	})
}

// TestSheetMenu opens the list of a choice.
func TestSheetMenu(t *testing.T) {
	sheet(t, "menu", fyne.NewSize(300, 190), func(w fyne.Window) fyne.CanvasObject {
		choice := selected(NewSelect([]string{"POST (usual)", "PUT", "PATCH"}, nil), 1)
		body := Padded(16, 16, 16, 16, VBox(0, choice))
		w.SetContent(body)
		w.Resize(fyne.NewSize(300, 190))
		choice.Tapped(nil)
		return body
	})
}

// TestInterIsUsed draws a word in Inter and with Fyne's own font: the golden
// pictures would be wrong together if the font did not arrive.
func TestInterIsUsed(t *testing.T) {
	window(t, theme.Light, fyne.NewSize(10, 10))
	inter := fyne.MeasureText("Hookbird", 22, fyne.TextStyle{Bold: true})
	fyne.CurrentApp().Settings().SetTheme(plainTheme{})
	plain := fyne.MeasureText("Hookbird", 22, fyne.TextStyle{Bold: true})
	if inter.Width == plain.Width {
		t.Errorf("width %v with and without Inter", inter.Width)
	}
	if _, err := os.Stat("../../assets/fonts/OFL.txt"); err != nil {
		t.Error("the licence of the font is not beside it:", err)
	}
}
