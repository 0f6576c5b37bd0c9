package backup

import (
	"context"
	"fmt"

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

// Restored is the dialog of what is still to be done after a backup was put back. It
// belongs to the UI goroutine.
type Restored struct {
	p      Params
	notice *parts.Notice
	text   *fyne.Container
	no     *widgets.Button
	yes    *widgets.Button
	act    func()
	open   bool
	dialog *widgets.Dialog
}

// ShowRestored opens the dialog and reads what is to be done.
func ShowRestored(p Params) *Restored {
	r := &Restored{p: p, notice: parts.NewNotice(), text: widgets.VBox(12)}
	size := p.Canvas.Size()
	r.no = widgets.NewButton(widgets.Secondary, "Not yet", icons.None, func() { r.dialog.Hide() })
	r.yes = widgets.NewButton(widgets.Primary, "Go on", icons.None, func() { r.act() })
	r.act = func() {}
	r.yes.SetEnabled(false)
	body := widgets.VBox(10, r.notice.Object(),
		widgets.MinSize(min(600, size.Width-120), min(380, size.Height-260), widgets.NewScroll(widgets.Padded(0, 12, 0, 0, r.text))))
	r.dialog = widgets.NewDialog(p.Canvas, "After restoring", body, r.no, r.yes)
	r.open = true
	r.dialog.OnClosed = func() { r.open = false }
	r.dialog.Show()
	r.read()
	return r
}

func (r *Restored) read() {
	background.Run(r.p.Service.Restored, func(v control.RestoredView, err error) {
		if core.CodeOf(err) == core.CodeUnavailable && r.open { // the engine begins anew
			background.After(lookEvery, r.read)
			return
		}
		r.notice.Fail(err)
		if err != nil {
			return
		}
		if !v.There {
			r.dialog.Hide()
			return
		}
		r.show(v)
	})
}

// show says what is to be done, one thing after the other.
func (r *Restored) show(v control.RestoredView) {
	r.text.Objects = nil
	r.yes.SetEnabled(true)
	if v.Moved {
		r.showMoved(v)
	} else {
		r.showHere(v)
	}
	r.text.Refresh()
}

// showMoved asks whether the old computer is off.
func (r *Restored) showMoved(v control.RestoredView) {
	r.say("Is the old computer off?", widgets.Title)
	r.say("This is what another computer had on "+v.Made.Local().Format("2 January 2006 at 15:04")+". If Hookbird still runs there, both would read the same sources and send everything twice. "+
		"Quit it there for good, or turn that computer off. Until you have said so, nothing is read or sent here.", widgets.Body)
	r.lacks(v.Lacks)
	r.yes.SetText("Yes, the old one is off")
	r.act = func() {
		r.command("The sources are read here from now on.", func(ctx context.Context) error {
			return r.p.Service.AnswerRestored(ctx, control.RestoredAnswer{OldOff: true})
		}, false)
	}
}

// showHere says what to look at before sending goes on.
func (r *Restored) showHere(v control.RestoredView) {
	r.say("Sending is paused", widgets.Title)
	r.say("This is what Hookbird had on "+v.Made.Local().Format("2 January 2006 at 15:04")+".", widgets.Body)
	if v.Waiting > 0 {
		r.say(fmt.Sprintf("%s to be sent then. What was sent after that is sent a second time, under the same number, when you resume. Many systems notice that; if yours does not, look at them in Activity first.",
			words.Count(v.Waiting, "message was still", "messages were still")), widgets.Body)
	}
	r.say("Each source that reads files, rows or a web service asks what becomes of what is there now: Home says which.", widgets.Body)
	r.lacks(v.Lacks)
	if v.Aside != "" {
		r.say("What was here before is kept in the data folder as "+v.Aside+".", widgets.Caption)
	}
	r.yes.SetText("Resume sending")
	r.act = func() { r.command("Sending goes on.", r.p.Service.Resume, true) }
}

// lacks lists what this computer has not.
func (r *Restored) lacks(list []control.Lack) {
	if len(list) == 0 {
		return
	}
	r.say("What this computer lacks", widgets.Strong)
	for _, l := range list {
		status := widgets.Bad
		if l.Maybe {
			status = widgets.Waiting
		}
		text := widgets.VBox(1, widgets.NewParagraph(l.Name, widgets.Body), widgets.NewParagraph(l.Text, widgets.Small.In(theme.Muted)))
		r.text.Add(widgets.HBox(10, widgets.NewStatusIcon(status, 18), widgets.Grow(text)))
	}
}

func (r *Restored) say(text string, style widgets.Style) {
	r.text.Add(widgets.NewParagraph(text, style))
}

// command asks the engine for something, and shows what is to be done next.
func (r *Restored) command(said string, work func(context.Context) error, last bool) {
	r.yes.SetEnabled(false)
	background.Do(work, func(err error) {
		r.notice.Fail(err)
		r.yes.SetEnabled(true)
		if err != nil {
			return
		}
		r.p.Say(said)
		r.p.done()
		if last {
			r.dialog.Hide()
			return
		}
		r.read()
	})
}
