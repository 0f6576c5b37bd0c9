// Package prefs is the Settings page. What is changed there is saved at once. It
// must not know the shell or other pages: what reaches beyond the page is given
// to it as functions.
package prefs

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/backup"
	"hookbird/gui/diagnostics"
	"hookbird/gui/files"
	"hookbird/gui/parts"
	"hookbird/gui/past"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// Service is what the page asks of the engine.
type Service interface {
	Settings(ctx context.Context) (control.SettingsView, error)
	SaveSettings(ctx context.Context, d control.SettingsDraft) error
	SetAutostart(ctx context.Context, on bool) error
	Pause(ctx context.Context, until time.Time) error
	Resume(ctx context.Context) error
	Import(ctx context.Context, r control.ImportRequest) (control.ImportResult, error)
	Export(ctx context.Context, withSecrets bool) ([]byte, error)
	Never(ctx context.Context) (int, error)
	SetNever(ctx context.Context, n control.NeverChange) (int, error)
	SafetyService
	PeopleService
	diagnostics.Service
	backup.Service
	past.Service
}

// Page is Settings. It belongs to the UI goroutine.
type Page struct {
	// OnLook is told "", "light" or "dark" when the look is chosen.
	OnLook func(look string)
	// OnSay shows a short message that goes away by itself.
	OnSay func(text string)
	// AskSave and AskOpen let somebody choose a file, and then hand over its path.
	AskSave func(name string, then func(path string))
	AskOpen func(then func(path string))
	// Ask lets somebody choose a folder or a file for backups.
	Ask func(wish files.Wish, then func(path string))
	// Now is the clock; time.Now unless set.
	Now func() time.Time

	service Service
	loader  *background.Loader[control.SettingsView]
	view    control.SettingsView

	frame      *parts.Page
	autostart  *widgets.Switch
	autoHelp   *widgets.Text
	look       *widgets.Segmented
	keep       *keepRow
	trace      *keepRow
	unfinished *keepRow
	proxy      *proxyCard
	pause      *widgets.Button
	pauseHelp  *widgets.Text
	keyPlace   *widgets.Text
	keyHint    *widgets.Hint
	places     [3]*place
	version    *widgets.Text
	never      *neverRow
	safety     *safetyRows
	backup     *backup.Rows
	people     *peopleRows
}

// looks are the settings behind the choices of Look.
var looks = []string{"", "light", "dark"}

// New builds the page.
func New(s Service) *Page {
	p := &Page{service: s, Now: time.Now, frame: parts.NewPage("Settings", "Saved as you change them.")}
	p.loader = background.NewLoader(s.Settings, p.update)
	p.autostart = widgets.NewSwitch(false, p.setAutostart)
	p.autostart.SetLabel("Start when I log in")
	p.autoHelp = widgets.NewParagraph("", widgets.Caption)
	p.look = widgets.NewSegmented([]string{"Automatic", "Light", "Dark"}, p.setLook)
	p.proxy = newProxyCard(p.setProxy, func() { p.frame.Layout() }, p.say)
	p.pause = widgets.NewButton(widgets.Secondary, "Pause sending", icons.Pause, p.pauseOrResume)
	p.pauseHelp = widgets.NewParagraph("", widgets.Caption)
	p.keyPlace = widgets.NewParagraph("", widgets.Caption)
	p.keyHint = widgets.NewHint(widgets.Bad, "")
	p.places = [3]*place{newPlace("Data folder", p.say), newPlace("Log", p.say), newPlace("Local address", p.say)}
	p.version = widgets.NewParagraph("", widgets.Caption)
	p.never = newNeverRow(p)
	p.safety = newSafetyRows(p)
	p.backup = newBackupRows(p)
	p.people = newPeopleRows(p)
	p.frame.SetBody(
		parts.Group("This computer", parts.Setting("Start when I log in", p.autoHelp, p.autostart),
			parts.Setting("Look", parts.Help("Follow the computer, or always the same."), parts.Wide(p.look))),
		parts.Group("Connection", p.proxy.object),
		parts.Group("History and safety", append(slices.Concat(p.keepRows(), p.safety.objects(), p.backup.Objects()),
			parts.Setting("Pause sending", p.pauseHelp, parts.Wide(p.pause)),
			parts.Setting("Secret values", widgets.VBox(4, p.keyPlace, p.keyHint), nil))...),
		parts.Group("People's data", append(p.people.objects(), p.never.object)...),
		parts.Group("Settings file",
			parts.Setting("Export", parts.Help("Webhooks, sources and settings in one file."),
				parts.Wide(widgets.NewButton(widgets.Secondary, "Export…", icons.Upload, p.askExport))),
			parts.Setting("Import", parts.Help("What the file holds is added, or brought up to date. Nothing is removed."),
				parts.Wide(widgets.NewButton(widgets.Secondary, "Import…", icons.Download, p.askImport)))),
		parts.Group("What was changed",
			parts.Setting("Changes", parts.Help("Who changed what, and the way back. What was deleted can be put back for 30 days."),
				parts.Wide(widgets.NewButton(widgets.Secondary, "Show what was changed…", icons.Clock, p.showPast)))),
		parts.Group("If something does not work",
			parts.Setting("Diagnosis", parts.Help("Texts for whoever helps you. You see them before they are saved."),
				parts.Wide(widgets.NewButton(widgets.Secondary, "Show the diagnosis…", icons.Search, p.showDiagnosis)))),
		parts.Group("Where things are", p.places[0].object, p.places[1].object, p.places[2].object,
			parts.Setting("Hookbird", p.version, nil)))
	return p
}

// Content is the page, to be laid out.
func (p *Page) Content() fyne.CanvasObject { return p.frame.Object() }

// Show reads, when the page becomes visible.
func (p *Page) Show(fyne.Canvas) { p.Refresh() }

// Leave saves what was typed and forgets what is being read, when another page is
// shown.
func (p *Page) Leave() {
	p.proxy.leave()
	p.loader.Stop()
	p.never.loader.Stop()
	p.safety.loader.Stop()
	p.backup.Stop()
	p.people.loader.Stop()
}

// Refresh reads anew, because something changed.
func (p *Page) Refresh() {
	p.loader.Load()
	p.never.loader.Load()
	p.safety.loader.Load()
	p.backup.Load()
	p.people.refresh()
}

// SetNarrow does nothing: the page looks the same in both size classes.
func (p *Page) SetNarrow(bool) {}

func (p *Page) say(text string) { p.OnSay(text) }

func (p *Page) update(v control.SettingsView, err error) {
	p.frame.Notice.Read(err)
	if err != nil {
		return
	}
	p.view = v
	p.autostart.SetOn(v.Autostart)
	p.autoHelp.SetText(autostartHelp(v))
	if v.AutoError == "" {
		p.autostart.Enable()
	} else {
		p.autostart.Disable()
	}
	p.look.Select(max(0, slices.Index(looks, v.Settings.Look)))
	p.fillKeep(v.Settings)
	p.safety.fillQuota()
	p.backup.SetPlan(v.Settings.Backup)
	p.proxy.set(v.Settings.Proxy)
	p.fillPause(v.Settings)
	p.keyPlace.SetText(words.Keep(v.Store) + ".")
	p.keyHint.Set(widgets.Bad, v.Store.KeyError)
	p.places[0].set(filepath.Dir(v.Store.Path))
	p.places[1].set(v.LogPath)
	p.places[2].set(v.Address)
	p.version.SetText(fmt.Sprintf("Version %s. The records and the history take %s.", v.Version, words.Bytes(v.Store.Bytes)))
	p.frame.Layout()
}

func autostartHelp(v control.SettingsView) string {
	switch {
	case v.AutoError != "":
		return v.AutoError
	case v.Tray:
		return "Hookbird waits quietly in the tray."
	default:
		return "Hookbird works quietly in the background. This desktop shows no tray icon for it."
	}
}

func (p *Page) fillPause(s core.Settings) {
	text, icon := "Pause sending", icons.Pause
	help := "New records are still collected."
	if s.Paused {
		text, icon = "Resume", icons.Play
		help = "Paused until you resume. New records are still collected."
		if !s.PausedUntil.IsZero() {
			help = "Paused until " + words.When(s.PausedUntil, p.Now()) + ". New records are still collected."
		}
	}
	p.pause.SetText(text)
	p.pause.SetIcon(icon)
	p.pauseHelp.SetText(help)
}

// place tells where something is, with a button that copies it.
type place struct {
	object fyne.CanvasObject
	text   *widgets.Text
	copy   *widgets.Button
}

func newPlace(name string, say func(string)) *place {
	l := &place{text: widgets.NewParagraph("", widgets.Code.In(theme.Muted))}
	l.copy = widgets.NewIconButton(icons.Copy, "Copy "+strings.ToLower(name), func() {
		fyne.CurrentApp().Clipboard().SetContent(l.text.Text())
		say("Copied.")
	})
	l.object = parts.Setting(name, l.text, l.copy)
	return l
}

func (l *place) set(text string) {
	l.copy.SetEnabled(text != "")
	if text == "" {
		text = "Not open at the moment"
	}
	l.text.SetText(text)
}
