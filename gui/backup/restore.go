package backup

import (
	"context"
	"fmt"
	"strings"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/background"
	"hookbird/gui/files"
	"hookbird/gui/parts"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// RestoreFile has somebody choose the file of a backup, and puts it back.
func RestoreFile(p Params) {
	p.Ask(files.Wish{Kind: files.Open, Title: "Which backup?", Yes: "Look into it"}, func(path string) {
		restoreOne(p, control.BackupView{Path: path})
	})
}

// restoreOne looks into a backup, asks for its passphrase if it is locked, says what
// restoring it loses, and puts it back.
func restoreOne(p Params, b control.BackupView) {
	if b.Kind == core.BackupPortable || strings.HasSuffix(b.Path, portableExt) {
		askPassphrase(p.Canvas, func(passphrase string, wrong func(string)) {
			look(p, control.BackupRef{Path: b.Path, Passphrase: passphrase}, wrong)
		})
		return
	}
	look(p, control.BackupRef{Path: b.Path}, func(sentence string) {
		if sentence != "" {
			cannot(p, sentence)
		}
	})
}

// look looks into a backup, tells why it cannot ("" if it can), and asks whether to put
// it back.
func look(p Params, ref control.BackupRef, wrong func(sentence string)) {
	background.Run(func(ctx context.Context) (control.BackupView, error) { return p.Service.LookAtBackup(ctx, ref) },
		func(b control.BackupView, err error) {
			if err != nil {
				wrong(core.Sentence(err))
				return
			}
			wrong("")
			confirm(p, ref, b)
		})
}

// cannot says why a backup cannot be used.
func cannot(p Params, sentence string) {
	var d *widgets.Dialog
	d = widgets.NewDialog(p.Canvas, "This backup cannot be used", widgets.NewParagraph(sentence, widgets.Subtitle),
		widgets.NewButton(widgets.Primary, "Close", icons.None, func() { d.Hide() }))
	d.Show()
}

// confirm says what is in a backup and what restoring it loses.
func confirm(p Params, ref control.BackupRef, b control.BackupView) {
	widgets.Confirm(p.Canvas, widgets.Question{
		Title: "Restore the backup of " + made(b, p) + "?",
		Body:  strings.Join(consequences(b), "\n"),
		No:    "Cancel", Yes: "Restore it", Danger: b.Own && b.Since > 0,
		OnYes: func() { follow(p, ref) },
	})
}

// consequences are what restoring a backup means.
func consequences(b control.BackupView) []string {
	lines := []string{fmt.Sprintf("It holds %s, %s and %s.", words.Records(b.Records),
		words.Count(uint64(b.Webhooks), "webhook", "webhooks"), words.Count(uint64(b.Sources), "source", "sources"))}
	if b.Waiting > 0 {
		lines = append(lines, words.Count(b.Waiting, "message was", "messages were")+" still to be sent then.")
	}
	switch {
	case b.Own && b.Since > 0:
		lines = append(lines, fmt.Sprintf("%s came in since then and what was changed in the settings will not be here any more.", words.Records(b.Since)))
	case b.Kind == core.BackupPortable:
		lines = append(lines, "It comes from another computer. Nothing is read or sent here before you have said that the other one is off.")
	}
	return append(lines, "Sending is paused until you have looked. What is here now is kept in a file beside it, and can be restored the same way.")
}

// follow puts a backup back and shows how far that is. The job ends with the engine,
// which begins anew with what was in the backup.
func follow(p Params, ref control.BackupRef) {
	if p.begin != nil {
		p.begin()
	}
	bar, notice := parts.NewJobBar(), parts.NewNotice()
	var d *widgets.Dialog
	var w *watch
	closing := widgets.NewButton(widgets.Secondary, "Close", icons.None, func() { d.Hide() })
	d = widgets.NewDialog(p.Canvas, "Restoring", widgets.MinWidth(460, widgets.VBox(10,
		widgets.NewParagraph("Hookbird reads all of the backup first. Then it begins anew with it.", widgets.Subtitle),
		bar.Object(), notice.Object())), closing)
	began := false
	w = newWatch(p.Service, func(s standing, err error) {
		switch {
		case err != nil: // it begins anew
		case s.job.Kind == control.JobRestore && s.job.State != job.Running && s.job.State != job.Done:
			bar.Show(s.job)
			w.stop()
		case s.job.Kind == control.JobRestore:
			bar.Show(s.job)
			w.soon()
		case began: // and has
			d.Hide()
			p.Say("The backup is in place. Sending is paused.")
			p.done()
			ShowRestored(p)
		}
	})
	d.OnClosed = w.stop
	bar.OnCancel = func(id string) {
		background.Do(func(ctx context.Context) error { return p.Service.CancelJob(ctx, id) }, func(err error) { notice.Fail(err) })
	}
	bar.OnClose = func(string) { d.Hide() }
	d.Show()
	background.Run(func(ctx context.Context) (job.View, error) { return p.Service.Restore(ctx, ref) }, func(v job.View, err error) {
		notice.Fail(err)
		if err == nil {
			began = true
			bar.Show(v)
			w.look()
		}
	})
}
