package people

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/background"
	"hookbird/gui/parts"
	"hookbird/gui/widgets"
)

// Dialog finds a person and shows what is kept about them. It belongs to the UI
// goroutine.
type Dialog struct {
	p      Params
	loader *background.Loader[[]job.View]
	person string // id of the search that what is shown comes from; "" if nothing is shown
	view   control.PersonView
	watch  job.View // what is waited for: a search or an erasure; zero if nothing
	closed bool

	values *widgets.Entry
	field  *widgets.Field
	find   *widgets.Button
	notice *parts.Notice
	bar    *parts.JobBar
	sum    *widgets.Text
	also   *widgets.Text
	trail  *trail
	room   *fyne.Container
	paper  *widgets.Button
	copy   *widgets.Button
	erase  *widgets.Button
	dialog *widgets.Dialog
}

// Show opens the dialog.
func Show(p Params) *Dialog {
	d := &Dialog{
		p: p, notice: parts.NewNotice(), bar: parts.NewJobBar(), sum: widgets.NewParagraph("", widgets.Strong),
		also:   widgets.NewParagraph("", widgets.Caption),
		values: widgets.NewMultiEntry(2), trail: newTrail(),
	}
	d.loader = background.NewLoader(p.Service.Jobs, d.update)
	d.values.SetPlaceHolder("ada@example.org\n+44 20 7946 0000")
	d.values.OnSubmitted = func(string) { d.look() }
	d.find = widgets.NewButton(widgets.Primary, "Find", icons.Search, d.look)
	d.paper = widgets.NewButton(widgets.Secondary, "On paper…", icons.File, func() { d.askExport(true) })
	d.copy = widgets.NewButton(widgets.Secondary, "Save a copy…", icons.Download, func() { d.askExport(false) })
	d.erase = widgets.NewButton(widgets.Danger, "Erase…", icons.Bin, d.askErase)
	d.bar.OnCancel = func(id string) { d.command(func(ctx context.Context) error { return p.Service.CancelJob(ctx, id) }) }
	size := p.room(fyne.NewSize(110, 180), fyne.NewSize(860, 520))
	d.dialog = widgets.NewDialog(p.Canvas, "What is kept about a person", widgets.Fixed(size.Width, size.Height, d.lay()),
		widgets.NewButton(widgets.Quiet, "Close", icons.None, func() { d.dialog.Hide() }), d.paper, d.copy, d.erase)
	d.dialog.OnClosed = d.leave
	d.values.OnEscape = d.dialog.Hide
	d.find.OnKey = func(k fyne.KeyName) {
		if k == fyne.KeyEscape {
			d.dialog.Hide()
		}
	}
	d.fill()
	d.dialog.Show()
	p.Canvas.Focus(d.values)
	return d
}

func (d *Dialog) lay() fyne.CanvasObject {
	d.field = widgets.NewField("E-mail address, number or name, one a line", d.values,
		"Each has to be the whole value of a field. Capital letters and outer spaces do not count; numbers may be written with spaces.")
	top := widgets.VBox(10, widgets.HBoxTop(10, widgets.Grow(d.field), widgets.Padded(24, 0, 0, 0, d.find)), d.notice.Object(), d.bar.Object(), widgets.VBox(2, d.sum, d.also))
	d.room = container.NewBorder(top, nil, nil, nil, d.trail.Object())
	d.notice.OnChanged = d.room.Refresh
	return d.room
}

// Refresh looks how far things are, because something changed.
func (d *Dialog) Refresh() {
	if !d.closed && d.watch.ID != "" {
		d.loader.Load()
	}
}

// leave forgets what was found: Hookbird holds it for no longer than somebody looks.
func (d *Dialog) leave() {
	d.closed = true
	d.loader.Stop()
	end := func(id string, work func(context.Context, string) error) {
		background.Do(func(ctx context.Context) error { return work(ctx, id) }, func(error) {})
	}
	switch {
	case d.watch.Kind == control.JobFind:
		end(d.watch.ID, d.p.Service.CancelJob)
	case d.watch.ID == "" && d.person != "":
		end(d.person, d.p.Service.ForgetJob)
	}
}

// Look looks for a value as if it had been typed; "" for nobody yet.
func (d *Dialog) Look(value string) {
	if value != "" {
		d.values.SetText(value)
		d.look()
	}
}

// look has the engine look for what was typed.
func (d *Dialog) look() {
	text := strings.TrimSpace(d.values.Text)
	if text == "" {
		d.field.SetProblem("Type an e-mail address, a number or a name.")
		d.p.Canvas.Focus(d.values)
		return
	}
	d.field.SetProblem("")
	d.forget()
	d.find.SetEnabled(false)
	d.begin(func(ctx context.Context) (job.View, error) { return d.p.Service.FindPerson(ctx, text) })
}

// forget shows nothing of a person.
func (d *Dialog) forget() {
	d.person, d.view = "", control.PersonView{}
	d.fill()
}

// begin asks for something that takes long, and watches it.
func (d *Dialog) begin(work func(context.Context) (job.View, error)) {
	d.notice.Clear()
	background.Run(work, func(v job.View, err error) {
		if err != nil {
			d.notice.Fail(err)
			d.fill()
			return
		}
		d.watch = v
		if d.closed {
			d.leave()
			return
		}
		d.fill()
		d.loader.Load()
	})
}

// update shows how far what is waited for is.
func (d *Dialog) update(jobs []job.View, err error) {
	d.notice.Read(err)
	if err != nil || d.watch.ID == "" {
		return
	}
	i := slices.IndexFunc(jobs, func(j job.View) bool { return j.ID == d.watch.ID })
	if i < 0 && d.watch.Kind == control.JobErase { // after a start it goes on as another job
		i = slices.IndexFunc(jobs, func(j job.View) bool { return j.Kind == control.JobErase && j.State == job.Running })
	}
	if i < 0 {
		d.watch = job.View{}
		d.notice.Say(widgets.Waiting, "Hookbird was started anew meanwhile. Look once more.", "", nil)
		d.forget()
		return
	}
	d.watch = jobs[i]
	if d.watch.State != job.Running {
		d.ended(d.watch)
		return
	}
	d.fill()
}

// ended shows what came of a search or an erasure.
func (d *Dialog) ended(j job.View) {
	d.watch = job.View{}
	switch {
	case j.State == job.Failed:
		d.notice.Say(widgets.Bad, j.Outcome, "", nil)
	case j.State == job.Cancelled && j.Kind == control.JobErase:
		d.notice.Say(widgets.Paused, orElse(j.Outcome, "Cancelled. What was erased by then stays erased."), "", nil)
	case j.State == job.Cancelled:
		d.notice.Say(widgets.Paused, "Cancelled. Nothing was changed.", "", nil)
	case j.Kind == control.JobFind:
		d.read(j.ID)
		return
	default:
		d.erased(j)
		return
	}
	d.fill()
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// read shows what a search has found.
func (d *Dialog) read(id string) {
	background.Run(func(ctx context.Context) (control.PersonView, error) { return d.p.Service.Person(ctx, id) },
		func(v control.PersonView, err error) {
			d.notice.Fail(err)
			if err == nil {
				d.person, d.view = id, v
			}
			d.fill()
		})
}

// erased says that it is done, and leads to the receipt.
func (d *Dialog) erased(j job.View) {
	background.Do(func(ctx context.Context) error { return d.p.Service.ForgetJob(ctx, j.ID) }, func(error) {})
	d.forget()
	d.values.SetText("")
	d.notice.Say(widgets.Good, orElse(j.Outcome, "Everything that was kept about this person is erased."), "Show the receipt", func() {
		d.dialog.Hide()
		ShowReceipts(d.p)
	})
}

// fill shows what there is, and offers what can be done with it.
func (d *Dialog) fill() {
	if d.watch.ID != "" {
		d.bar.Show(d.watch)
	} else {
		d.bar.Show(job.View{})
	}
	idle := d.watch.ID == ""
	some := d.person != "" && !isNothing(d.view)
	d.find.SetEnabled(idle)
	for _, b := range []*widgets.Button{d.paper, d.copy, d.erase} {
		b.SetEnabled(idle && some)
	}
	d.sum.Hidden, d.also.Hidden = !some, !some || also(d.view) == ""
	d.sum.SetText("Kept about this person: " + found(d.view))
	d.also.SetText(also(d.view))
	d.trail.show(d.person != "", d.view)
	d.room.Refresh()
}

// askExport writes a copy of what was found, as data or to be printed.
func (d *Dialog) askExport(paper bool) {
	r := control.PersonExport{Job: d.person, Paper: paper}
	name := "person-" + d.p.Now().Format("2006-01-02")
	if paper {
		name += ".html"
	} else {
		name += ".json"
	}
	d.p.AskSave(name, func(path string) {
		r.Path = path
		background.Do(func(ctx context.Context) error {
			if err := d.p.Service.ExportPerson(ctx, r); err != nil || !paper {
				return err
			}
			return d.p.Open(path)
		}, func(err error) {
			d.notice.Fail(err)
			if err == nil {
				d.p.Say("Saved as " + filepath.Base(path) + ".")
			}
		})
	})
}

// askErase asks with all counts, and then erases.
func (d *Dialog) askErase() {
	title, body, yes := question(d.view)
	person := d.person
	widgets.Confirm(d.p.Canvas, widgets.Question{Title: title, Body: body, No: "Cancel", Yes: yes, Danger: true, OnYes: func() {
		d.erase.SetEnabled(false)
		d.begin(func(ctx context.Context) (job.View, error) { return d.p.Service.ErasePerson(ctx, person) })
	}})
}

// command asks the engine for something, and looks what became of it.
func (d *Dialog) command(work func(context.Context) error) {
	background.Do(work, func(err error) {
		if err != nil {
			d.notice.Fail(err)
		}
		d.Refresh()
	})
}
