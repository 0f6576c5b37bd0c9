package prefs

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/private"
	"hookbird/gui/background"
	"hookbird/gui/diagnostics"
	"hookbird/gui/parts"
	"hookbird/gui/past"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// exportName is what an exported file is called unless somebody says otherwise.
const exportName = "hookbird-settings.json"

// maxImport is the largest settings file that is read, in bytes.
const maxImport = 16 << 20

func (p *Page) setAutostart(on bool) {
	p.command(func(ctx context.Context) error { return p.service.SetAutostart(ctx, on) })
}

func (p *Page) setLook(i int) {
	p.OnLook(looks[i])
	p.save(func(d *control.SettingsDraft) { d.Look = looks[i] })
}

func (p *Page) setProxy(proxy core.Proxy) {
	p.save(func(d *control.SettingsDraft) { d.Proxy = proxy })
}

// save changes one thing of what was read last.
func (p *Page) save(change func(*control.SettingsDraft)) {
	set := p.view.Settings
	draft := control.SettingsDraft{Look: set.Look, ContentDays: set.ContentDays, TraceDays: set.TraceDays, UnfinishedDays: set.UnfinishedDays, QuotaMB: set.QuotaMB, Proxy: set.Proxy, Backup: set.Backup, Revision: p.view.Revision}
	change(&draft)
	p.command(func(ctx context.Context) error { return p.service.SaveSettings(ctx, draft) })
}

func (p *Page) pauseOrResume() {
	if p.view.Settings.Paused {
		p.command(p.service.Resume)
		return
	}
	parts.OpenMenu(p.pause, parts.PauseItems(p.Now(), func(until time.Time) {
		p.command(func(ctx context.Context) error { return p.service.Pause(ctx, until) })
	}))
}

// command asks the engine for something and reads anew, so that what is shown is
// what is true, also after a refusal.
func (p *Page) command(work func(context.Context) error) {
	background.Do(work, func(err error) {
		p.frame.Notice.FailOr(err, p.Refresh)
		p.Refresh()
	})
}

// askExport asks whether keys go into the file too.
func (p *Page) askExport() {
	var d *widgets.Dialog
	choose := func(act func()) func() {
		return func() {
			d.Hide()
			act()
		}
	}
	body := widgets.NewParagraph("Keys and secret values are left out. Where the file is imported on this computer, "+
		"the ones that are kept here stay; elsewhere they have to be typed again.", widgets.Subtitle)
	d = widgets.NewDialog(p.canvas(), "Export settings", body,
		widgets.NewButton(widgets.Quiet, "Cancel", icons.None, choose(func() {})),
		widgets.NewButton(widgets.Secondary, "With secret values…", icons.None, choose(p.askSecrets)),
		widgets.NewButton(widgets.Primary, "Export", icons.Upload, choose(func() { p.export(false) })))
	d.Show()
}

func (p *Page) askSecrets() {
	widgets.Confirm(p.canvas(), widgets.Question{
		Title: "Write all keys into the file?",
		Body: "Whoever can read the file can then send in your name. Keep it in a safe place, " +
			"and delete it once it is no longer needed.",
		No: "Cancel", Yes: "Export with keys", Danger: true,
		OnYes: func() { p.export(true) },
	})
}

func (p *Page) export(secrets bool) {
	p.AskSave(exportName, func(path string) {
		background.Do(func(ctx context.Context) error {
			data, err := p.service.Export(ctx, secrets)
			if err != nil {
				return err
			}
			return private.Write(path, data)
		}, p.exported(path))
	})
}

func (p *Page) exported(path string) func(error) {
	return func(err error) {
		if err != nil {
			p.frame.Notice.Fail(err)
			return
		}
		p.frame.Notice.Clear()
		p.OnSay("Exported to " + filepath.Base(path) + ".")
	}
}

func (p *Page) showDiagnosis() {
	diagnostics.Show(diagnostics.Params{Canvas: p.canvas(), Service: p.service, Now: p.Now, AskSave: p.AskSave, Say: p.say})
}

func (p *Page) showPast() {
	past.Show(past.Params{Canvas: p.canvas(), Service: p.service, Title: "What was changed", Now: p.Now, Say: p.say, OnDone: p.Refresh})
}

func (p *Page) askImport() {
	p.AskOpen(func(path string) {
		background.Run(func(ctx context.Context) (control.ImportResult, error) {
			data, err := read(path)
			if err != nil {
				return control.ImportResult{}, err
			}
			return p.service.Import(ctx, control.ImportRequest{Name: filepath.Base(path), Data: data, Dir: filepath.Dir(path)})
		}, p.imported)
	})
}

func read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, core.Wrap(core.CodeNotFound, err, "The file "+path+" could not be read.")
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxImport+1))
	if err != nil {
		return nil, core.Wrap(core.CodeUnavailable, err, "The file "+path+" could not be read.")
	}
	if len(data) > maxImport {
		return nil, core.Errorf(core.CodeInvalid, "The file %s is too large for a settings file: more than %s.", path, words.Bytes(maxImport))
	}
	return data, nil
}

func (p *Page) imported(r control.ImportResult, err error) {
	if err != nil {
		p.frame.Notice.Fail(err)
		return
	}
	status, lines := widgets.Good, []string{importText(r)}
	if len(r.Notes) > 0 {
		status = widgets.Waiting
	}
	p.frame.Notice.Say(status, strings.Join(append(lines, r.Notes...), "\n"), "", nil)
	p.Refresh()
}

func importText(r control.ImportResult) string {
	return fmt.Sprintf("Imported %s and %s.",
		words.Count(uint64(r.Webhooks), "webhook", "webhooks"), words.Count(uint64(r.Sources), "source", "sources"))
}

func (p *Page) canvas() fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(p.Content())
}
