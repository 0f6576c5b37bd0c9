package sources

import (
	"context"

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

// form edits one source. Its fields write into the draft; the draft fills them
// when it is read anew.
type form struct {
	page  *Page
	draft *draft
	view  control.SourceView // as last read; zero for a new one
	adopt bool               // take the revision that is read next: the change is our own

	content *widgets.Surface
	heading *widgets.Text
	chip    *widgets.Chip
	notice  *parts.Notice
	kind    kindFields
	name    *widgets.Entry
	goes    *widgets.Hint
	notes   *fyne.Container
	pause   *widgets.Button
	remove  *widgets.Button
	save    *widgets.Button
}

// kindFields are the fields that only one kind of source has.
type kindFields interface {
	objects() []fyne.CanvasObject
	fill()               // puts the draft into the fields
	refresh()            // shows what was read anew beside them
	setProblem(problem)  // shows a problem in its place; the zero one takes all away
	mask()               // hides keys
	focusOn(fyne.Canvas) // puts the cursor where one begins
}

func newForm(p *Page, d *draft) *form {
	f := &form{
		page: p, draft: d, notice: parts.NewNotice(),
		heading: widgets.NewLine("", widgets.Title), chip: widgets.NewChip(widgets.Neutral, ""),
		name: widgets.NewEntry(), goes: widgets.NewHint(widgets.Sending, ""), notes: widgets.VBox(8),
	}
	if d.base.Kind == core.KindLocal {
		f.kind = newLocalFields(f)
	} else {
		f.kind = newFolderFields(f)
	}
	f.name.OnChanged = func(text string) { d.name = text }
	f.name.OnSubmitted = func(string) { f.trySave() }
	f.pause = widgets.NewButton(widgets.Secondary, "Pause", icons.Pause, f.togglePaused)
	f.remove = widgets.NewButton(widgets.Quiet, "Delete…", icons.Bin, f.askDelete)
	f.save = widgets.NewButton(widgets.Primary, "Save", icons.Check, f.trySave)
	f.notice.OnChanged = func() { p.frame.Layout() }
	f.lay()
	f.fill()
	return f
}

func (f *form) lay() {
	closer := widgets.NewIconButton(icons.Cross, "Close", f.page.close)
	head := widgets.HBox(10, widgets.NewIcon(iconOf(f.draft.base.Kind), theme.Primary, 20), widgets.Grow(f.heading), f.chip, closer)
	column := []fyne.CanvasObject{head, f.notice.Object()}
	column = append(column, f.kind.objects()...)
	column = append(column,
		widgets.NewField("Name", f.name, "Only you see this."),
		f.goes, f.notes,
		widgets.Padded(6, 0, 0, 0, widgets.HBox(8, f.remove, widgets.Spacer(), f.pause, f.save)))
	f.content = widgets.NewCard(widgets.VBox(12, column...))
}

func (f *form) title() string {
	switch {
	case f.draft.name != "":
		return f.draft.name
	case f.draft.base.Kind == core.KindLocal:
		return "A program here sends to us"
	default:
		return "New folder"
	}
}

// fill puts the draft into the fields.
func (f *form) fill() {
	f.heading.SetText(f.title())
	f.name.SetText(f.draft.name)
	f.kind.fill()
}

// refresh shows what was read anew, and leaves alone what somebody is typing.
func (f *form) refresh(views []control.SourceView) {
	for _, v := range views {
		if !f.draft.isNew() && v.Source.ID == f.draft.base.ID {
			f.read(v)
		}
	}
	isNew := f.draft.isNew()
	f.chip.Hidden = isNew || !f.page.narrow // the list beside it says the same
	f.pause.Hidden, f.remove.Hidden = isNew, isNew
	f.goes.Hidden = isNew
	f.kind.refresh()
	f.content.Refresh()
}

func (f *form) read(v control.SourceView) {
	f.view = v
	switch {
	case !f.draft.changed():
		f.draft = f.redraft(v)
		f.fill()
	case f.adopt:
		f.draft.revision, f.draft.base.Paused = v.Revision, v.Source.Paused
	}
	f.adopt = false
	badge := words.Source(v)
	f.chip.Set(parts.Status(badge.Tone), badge.Word)
	f.goes.Set(widgets.Sending, goesTo(v.GoesTo)+".")
	f.showNotes(v)
	text, icon := "Pause", icons.Pause
	if v.Source.Paused {
		text, icon = "Resume", icons.Play
	}
	f.pause.SetText(text)
	f.pause.SetIcon(icon)
}

// redraft begins the draft anew in place: the fields hold on to it.
func (f *form) redraft(v control.SourceView) *draft {
	*f.draft = *draftOf(v)
	return f.draft
}

// maxNotes is how many notes the form has room for.
const maxNotes = 5

// showNotes lists what went wrong lately, and why the source stands still.
func (f *form) showNotes(v control.SourceView) {
	f.notes.Objects = nil
	if v.State.Cause != "" && !v.Source.Paused {
		f.notes.Add(widgets.NewNote(widgets.Bad, "", v.State.Cause))
	}
	if len(v.State.Notes) > 0 {
		f.notes.Add(widgets.NewText("Lately", widgets.Label))
	}
	for i, n := range v.State.Notes {
		if i == maxNotes {
			more := words.Count(uint64(len(v.State.Notes)-maxNotes), "more like these", "more like these")
			f.notes.Add(widgets.NewText(more, widgets.Caption))
			break
		}
		f.notes.Add(noteLine(n.Where, n.Text, words.When(n.Time, f.page.Now())))
	}
	f.notes.Hidden = len(f.notes.Objects) == 0
	f.notes.Refresh()
}

func noteLine(where, text, when string) fyne.CanvasObject {
	if where != "" {
		text = where + ": " + text
	}
	return widgets.HBoxTop(8, widgets.Padded(1, 0, 0, 0, widgets.NewIcon(icons.Alert, theme.Warning, 14)),
		widgets.Grow(widgets.NewParagraph(text, widgets.Style{Size: 12})), widgets.NewText(when, widgets.Caption))
}

func (f *form) mask() { f.kind.mask() }

// trySave saves, or shows what is missing in its place.
func (f *form) trySave() {
	problem, bad := f.draft.problem()
	f.kind.setProblem(problem)
	f.page.frame.Layout()
	if bad {
		f.kind.focusOn(f.page.canvas())
		return
	}
	draft := f.draft.saving()
	f.save.Disable()
	background.Run(func(ctx context.Context) (control.SourceView, error) { return f.page.service.SaveSource(ctx, draft) }, f.saved)
}

func (f *form) saved(v control.SourceView, err error) {
	f.save.Enable()
	if err != nil {
		f.notice.FailOr(err, f.reload)
		return
	}
	f.notice.Clear()
	f.redraft(v)
	f.view = v
	f.fill()
	f.page.OnSay(v.Source.Name + " is saved.")
	f.page.Refresh()
}

// reload gives up what was typed for what somebody else saved meanwhile.
func (f *form) reload() {
	f.redraft(f.view)
	f.page.Refresh()
}

func (f *form) togglePaused() {
	id, paused := f.draft.base.ID, !f.view.Source.Paused
	f.command(func(ctx context.Context) error { return f.page.service.SetSourcePaused(ctx, id, paused) },
		func() { f.adopt = true })
}

func (f *form) askDelete() {
	id, revision, name := f.draft.base.ID, f.draft.revision, f.view.Source.Name
	widgets.Confirm(f.page.canvas(), widgets.Question{
		Title: "Delete " + name + "?", Body: "No more records come from it. Those that came already stay, and are still sent.",
		No: "Keep it", Yes: "Delete", Danger: true,
		OnYes: func() {
			f.command(func(ctx context.Context) error { return f.page.service.DeleteSource(ctx, id, revision) }, func() {
				f.page.setForm(nil)
				f.page.OnSay(name + " is deleted.")
			})
		},
	})
}

// command asks the engine for something; done runs where it went well.
func (f *form) command(work func(context.Context) error, done func()) {
	background.Do(work, func(err error) {
		if err != nil {
			f.notice.FailOr(err, f.reload)
			return
		}
		f.notice.Clear()
		done()
		f.page.Refresh()
	})
}
