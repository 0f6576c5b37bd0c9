package gui

import (
	"net/url"

	"hookbird/assets"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/paste"
	"hookbird/gui/backup"
	"hookbird/gui/editor"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/wizard"
)

// connectChoosers lets both choices of a system lead into the wizard.
func (w *Window) connectChoosers() {
	steps := wizard.NewStepper(nil)
	w.chooser.Top = widgets.Padded(18, theme.PageSide, 0, theme.PageSide, widgets.Column(wizard.Width, steps.Object()))
	w.chooser.OnBack = w.leaveChooser
	w.chooser.OnChoose = w.choose
	w.firstRun.OnChoose = func(preset string) {
		if !w.unfinished() {
			w.wizard = nil
		}
		w.choose(preset)
	}
	w.firstRun.OnRestore = func() { backup.RestoreFile(w.backupParams()) }
	w.chooser.OnPaste, w.firstRun.OnPaste = w.pasteNew, w.pasteNew
	w.firstRun.Show(w.win.Canvas())
}

// openNew begins a new webhook, or goes on with the one that was begun.
func (w *Window) openNew() {
	if w.unfinished() {
		w.show(navWebhooks, w.wizard)
		return
	}
	w.wizard = nil
	w.show(navWebhooks, w.chooser)
}

// unfinished tells whether the wizard holds something that would be lost.
func (w *Window) unfinished() bool { return w.wizard != nil && w.wizard.Unsaved() }

func (w *Window) inWizard() bool { return w.wizard != nil && w.current == page(w.wizard) }

// leaveChooser leads to the list. What was begun is asked after first.
func (w *Window) leaveChooser() {
	if w.unfinished() {
		w.askLoseNew(w.leaveWizard)
		return
	}
	w.leaveWizard()
}

// leaveWizard forgets the wizard and what was typed in it.
func (w *Window) leaveWizard() {
	w.wizard = nil
	w.Open("webhooks")
}

// choose begins a webhook for a kind of system, or goes on with another one; ""
// presumes nothing.
func (w *Window) choose(preset string) {
	if w.beginFor(preset) {
		w.show(navWebhooks, w.wizard)
	}
}

// beginFor makes the wizard one for a kind of system; it tells whether it could.
func (w *Window) beginFor(preset string) bool {
	p, ok := w.presetOf(preset)
	var err error
	switch {
	case !ok:
		return false
	case w.wizard != nil:
		err = w.wizard.SetSystem(p)
	default:
		w.wizard, err = w.newWizard(p)
	}
	if err != nil { // a test reads all presets
		w.log.Error("preset cannot be used", "preset", preset, "error", err)
	}
	return err == nil
}

func (w *Window) presetOf(id string) (assets.Preset, bool) {
	if id == "" {
		id = assets.Other
	}
	for _, p := range w.p.Presets {
		if p.ID == id {
			return p, true
		}
	}
	return assets.Preset{}, false
}

func (w *Window) newWizard(p assets.Preset) (*wizard.Page, error) {
	z, err := wizard.New(w.p.Service, p)
	if err != nil {
		return nil, err
	}
	z.OnSystem = func() { w.show(navWebhooks, w.chooser) }
	z.OnCancel = w.leaveWizard
	z.OnDone = w.finishNew
	z.OnByHand = func(made core.Webhook, p assets.Preset) {
		w.wizard = nil
		w.setEditor(editor.Start{New: made, Find: p.Find})
	}
	z.OnStored = func(id string) {
		w.wizard = nil
		w.edit(id)
	}
	z.AskFolder, z.OnSay = w.askFolder, w.say
	return z, nil
}

// finishNew leads to the list, where the new webhook stands now.
func (w *Window) finishNew(v control.WebhookView) {
	said := v.Webhook.Name + " is saved, and off. Turn it on when you are ready."
	if v.Webhook.State == core.StateOn {
		said = v.Webhook.Name + " is on."
	}
	w.leaveWizard()
	w.say(said)
}

// pasteNew begins a webhook from what somebody was given.
func (w *Window) pasteNew() {
	wizard.AskPaste(w.win.Canvas(), func(g paste.Guess) {
		if w.beginFor(w.presetAt(g.Address)) {
			w.wizard.Take(g)
			w.show(navWebhooks, w.wizard)
		}
	})
}

// presetAt finds the system that an address belongs to, "" for none that is known.
func (w *Window) presetAt(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	for _, p := range w.p.Presets {
		if p.Matches(u.Hostname()) {
			return p.ID
		}
	}
	return ""
}
