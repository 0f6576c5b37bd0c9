package parts

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/job"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// JobBar shows one piece of long work: what it does, how far it is, and, once it
// has ended, what came of it. It takes no room while there is none to show. It
// belongs to the UI goroutine.
type JobBar struct {
	// OnCancel is asked to cancel the work, and OnClose to take work that has
	// ended off the list.
	OnCancel, OnClose func(id string)

	root  *fyne.Container
	view  job.View
	icon  *widgets.Icon
	title *widgets.Text
	far   *widgets.Text
	bar   *widgets.Progress
	stop  *widgets.Button
}

// NewJobBar makes a bar that shows nothing yet.
func NewJobBar() *JobBar {
	b := &JobBar{
		OnCancel: func(string) {}, OnClose: func(string) {},
		icon:  widgets.NewStatusIcon(widgets.Sending, 18),
		title: widgets.NewLine("", widgets.Strong),
		far:   widgets.NewParagraph("", widgets.Small),
		bar:   widgets.NewProgress(),
	}
	b.stop = widgets.NewButton(widgets.Secondary, "Cancel", icons.None, b.press)
	text := widgets.VBox(6, widgets.VBox(1, b.title, b.far), b.bar)
	b.root = widgets.HBox(12, b.icon, widgets.Grow(text), b.stop)
	b.root.Hide()
	return b
}

// Object is the bar, to be laid out.
func (b *JobBar) Object() fyne.CanvasObject { return b.root }

func (b *JobBar) press() {
	if b.view.State == job.Running {
		b.stop.SetEnabled(false)
		b.OnCancel(b.view.ID)
		return
	}
	b.OnClose(b.view.ID)
}

// Show shows a job; the zero View shows nothing.
func (b *JobBar) Show(v job.View) {
	if v.ID != b.view.ID || v.State != b.view.State {
		b.stop.SetEnabled(true)
	}
	b.view = v
	b.root.Hidden = v.ID == ""
	b.title.SetText(v.Title)
	b.far.SetText(Progress(v))
	b.far.Hidden = b.far.Text() == ""
	b.icon.SetStatus(jobStatus(v.State))
	word := "Cancel"
	if v.State != job.Running {
		word = "Close"
	}
	b.stop.SetText(word)
	b.stop.SetLabel(word + ": " + v.Title)
	b.bar.Hidden = v.State != job.Running
	b.bar.Set(v.Done, v.Total, false)
	b.root.Refresh()
}

// Progress says how far a job is, or what came of it.
func Progress(v job.View) string {
	if v.State != job.Running {
		if v.State == job.Cancelled && v.Outcome == "" {
			return "Cancelled."
		}
		return v.Outcome
	}
	far := ""
	switch {
	case v.Total > 0:
		far = words.Number(v.Done) + " of " + words.Number(v.Total)
	case v.Done > 0:
		far = words.Number(v.Done)
	}
	if v.Step != "" && far != "" {
		return v.Step + ": " + far
	}
	return v.Step + far
}

func jobStatus(s job.State) widgets.Status {
	switch s {
	case job.Done:
		return widgets.Good
	case job.Failed:
		return widgets.Bad
	case job.Cancelled:
		return widgets.Paused
	}
	return widgets.Sending
}
