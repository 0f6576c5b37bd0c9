package prefs

import (
	"context"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/background"
	"hookbird/gui/files"
	"hookbird/gui/parts"
	"hookbird/gui/people"
	"hookbird/gui/widgets"
)

// PeopleService is what the rows about people's data ask of the engine.
type PeopleService interface {
	Kept(ctx context.Context) (control.KeptView, error)
	people.Service
}

// peopleRows say how much is kept and from when, and lead to what is kept about one
// person.
type peopleRows struct {
	page   *Page
	loader *background.Loader[peopleRead]
	kept   *widgets.Text
	erased *widgets.Text
	bar    *parts.JobBar
	dialog *people.Dialog // nil before it was opened
}

// peopleRead is what the rows show.
type peopleRead struct {
	kept   control.KeptView
	erased []core.Erased
	erase  job.View // zero if nobody is being erased
}

func newPeopleRows(p *Page) *peopleRows {
	r := &peopleRows{page: p, kept: widgets.NewParagraph("", widgets.Caption), erased: widgets.NewParagraph("", widgets.Caption), bar: parts.NewJobBar()}
	r.loader = background.NewLoader(r.read, r.update)
	r.bar.OnCancel = func(id string) {
		p.command(func(ctx context.Context) error { return p.service.CancelJob(ctx, id) })
	}
	r.bar.OnClose = func(id string) {
		p.command(func(ctx context.Context) error { return p.service.ForgetJob(ctx, id) })
	}
	return r
}

// objects are the rows, to be laid out.
func (r *peopleRows) objects() []fyne.CanvasObject {
	p := r.page
	find := widgets.NewButton(widgets.Secondary, "Find a person…", icons.Search, func() { p.FindPerson(p.canvas(), "") })
	receipts := widgets.NewButton(widgets.Secondary, "Show the receipts…", icons.None, func() { people.ShowReceipts(r.params(p.canvas())) })
	return []fyne.CanvasObject{
		parts.Setting("What is kept", widgets.VBox(6, r.kept, r.bar.Object()), parts.Wide(find)),
		parts.Setting("People who were erased", r.erased, parts.Wide(receipts)),
	}
}

// FindPerson opens the dialog that looks for a person, and looks for a value at once
// unless that is empty. c is the window that the page is in.
func (p *Page) FindPerson(c fyne.Canvas, value string) {
	p.people.dialog = people.Show(p.people.params(c))
	p.people.dialog.Look(value)
}

func (r *peopleRows) params(c fyne.Canvas) people.Params {
	p := r.page
	return people.Params{Canvas: c, Service: p.service, Now: p.Now, AskSave: r.askSave, Open: openPage, Say: p.say}
}

// askSave lets somebody choose where a file goes.
func (r *peopleRows) askSave(name string, then func(path string)) {
	r.page.Ask(files.Wish{Kind: files.Save, Title: "Where is it saved?", Yes: "Save", Suffix: filepath.Ext(name), Name: name}, then)
}

// openPage shows a file in the browser, from which it can be printed.
func openPage(path string) error {
	u := &url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(path), "/")} // "/C:/…" on Windows
	if err := fyne.CurrentApp().OpenURL(u); err != nil {
		return core.Wrap(core.CodeUnavailable, err, "The page is saved, but no browser could be opened. Open the file "+path+" to print it.")
	}
	return nil
}

// refresh reads anew, because something changed.
func (r *peopleRows) refresh() {
	r.loader.Load()
	if r.dialog != nil {
		r.dialog.Refresh()
	}
}

func (r *peopleRows) read(ctx context.Context) (v peopleRead, err error) {
	if v.kept, err = r.page.service.Kept(ctx); err != nil {
		return v, err
	}
	if v.erased, err = r.page.service.Erased(ctx); err != nil {
		return v, err
	}
	jobs, err := r.page.service.Jobs(ctx)
	if i := slices.IndexFunc(jobs, func(j job.View) bool { return j.Kind == control.JobErase }); i >= 0 {
		v.erase = jobs[i]
	}
	return v, err
}

func (r *peopleRows) update(v peopleRead, err error) {
	if err != nil {
		r.page.frame.Notice.Read(err)
		return
	}
	r.kept.SetText(people.Kept(v.kept))
	r.erased.SetText(people.Receipts(v.erased))
	r.bar.Show(v.erase)
	r.page.frame.Layout()
	r.page.frame.Layout() // what was hidden knows its width, and so its height, only now
}
