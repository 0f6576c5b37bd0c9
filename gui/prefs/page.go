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
	"hookbird/gui/parts"
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
	// Now is the clock; time.Now unless set.
	Now func() time.Time

	service Service
	loader  *background.Loader[control.SettingsView]
	view    control.SettingsView
	days    []int // behind the choices of keep

	frame     *parts.Page
	autostart *widgets.Switch
	autoHelp  *widgets.Text
	look      *widgets.Segmented
	keep      *widgets.Select
	proxy     *proxyCard
	pause     *widgets.Button
	pauseHelp *widgets.Text
	keyPlace  *widgets.Text
	keyHint   *widgets.Hint
	places    [3]*place
	version   *widgets.Text
	never     *neverRow
}

// looks are the settings behind the choices of Look.
var looks = []string{"", "light", "dark"}

// usualDays are the choices of how long history is kept.
var usualDays = []int{30, 90, 180, 365}

// New builds the page.
func New(s Service) *Page {
	p := &Page{service: s, Now: time.Now, frame: parts.NewPage("Settings", "Saved as you change them.")}
	p.loader = background.NewLoader(s.Settings, p.update)
	p.autostart = widgets.NewSwitch(false, p.setAutostart)
	p.autostart.SetLabel("Start when I log in")
	p.autoHelp = widgets.NewParagraph("", widgets.Caption)
	p.look = widgets.NewSegmented([]string{"Automatic", "Light", "Dark"}, p.setLook)
	p.keep = widgets.NewSelect(nil, p.setKeep)
	p.proxy = newProxyCard(p.setProxy, func() { p.frame.Layout() }, p.say)
	p.pause = widgets.NewButton(widgets.Secondary, "Pause sending", icons.Pause, p.pauseOrResume)
	p.pauseHelp = widgets.NewParagraph("", widgets.Caption)
	p.keyPlace = widgets.NewParagraph("", widgets.Caption)
	p.keyHint = widgets.NewHint(widgets.Bad, "")
	p.places = [3]*place{newPlace("Data folder", p.say), newPlace("Log", p.say), newPlace("Local address", p.say)}
	p.version = widgets.NewParagraph("", widgets.Caption)
	p.never = newNeverRow(p)
	p.frame.SetBody(
		group("This computer", row("Start when I log in", p.autoHelp, p.autostart),
			row("Look", help("Follow the computer, or always the same."), wide(p.look))),
		group("Connection", p.proxy.object),
		group("History and safety",
			row("Keep history for", help("Older records and messages are removed. Waiting ones never are."), wide(p.keep)),
			row("Pause sending", p.pauseHelp, wide(p.pause)),
			row("Secret values", widgets.VBox(4, p.keyPlace, p.keyHint), nil)),
		group("People", p.never.object),
		group("Settings file",
			row("Export", help("Webhooks, sources and settings in one file."),
				wide(widgets.NewButton(widgets.Secondary, "Export…", icons.Upload, p.askExport))),
			row("Import", help("What the file holds is added, or brought up to date. Nothing is removed."),
				wide(widgets.NewButton(widgets.Secondary, "Import…", icons.Download, p.askImport)))),
		group("Where things are", p.places[0].object, p.places[1].object, p.places[2].object,
			row("Hookbird", p.version, nil)))
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
}

// Refresh reads anew, because something changed.
func (p *Page) Refresh() {
	p.loader.Load()
	p.never.loader.Load()
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
	p.fillKeep(int(v.Settings.Keep() / (24 * time.Hour)))
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

// fillKeep offers the usual choices, and what is set where that is another.
func (p *Page) fillKeep(days int) {
	p.days = slices.Clone(usualDays)
	if !slices.Contains(p.days, days) {
		p.days = append(p.days, days)
		slices.Sort(p.days)
	}
	options := make([]string, len(p.days))
	for i, d := range p.days {
		options[i] = words.Count(uint64(d), "day", "days")
	}
	p.keep.SetOptions(options)
	p.keep.SetSelected(slices.Index(p.days, days))
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

// group is a card of rows under a small heading.
func group(title string, rows ...fyne.CanvasObject) fyne.CanvasObject {
	list := widgets.VBox(0)
	for i, r := range rows {
		if i > 0 {
			list.Add(widgets.NewDivider())
		}
		list.Add(r)
	}
	heading := widgets.Padded(4, 0, 0, 2, widgets.NewText(strings.ToUpper(title), widgets.Section))
	return widgets.VBox(8, heading, widgets.NewCardPadded(0, widgets.Padded(4, theme.CardPadding, 4, theme.CardPadding, list)))
}

// row is one setting: its name, help under it, and what changes it (or nil).
func row(name string, help, control fyne.CanvasObject) fyne.CanvasObject {
	text := widgets.VBox(2, widgets.NewParagraph(name, widgets.Strong), help)
	if control == nil {
		return widgets.Padded(10, 0, 10, 0, text)
	}
	return widgets.Padded(10, 0, 10, 0, widgets.Spread(text, control))
}

func help(text string) fyne.CanvasObject { return widgets.NewParagraph(text, widgets.Caption) }

// wide gives a control the width of the column at the right.
func wide(control fyne.CanvasObject) fyne.CanvasObject { return widgets.Fixed(270, 0, control) }

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
	l.object = row(name, l.text, l.copy)
	return l
}

func (l *place) set(text string) {
	l.copy.SetEnabled(text != "")
	if text == "" {
		text = "Not open at the moment"
	}
	l.text.SetText(text)
}
