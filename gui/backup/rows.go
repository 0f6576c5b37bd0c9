package backup

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"

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

// The usual choices of how many are kept, and when they are made.
var (
	usualKeep = []int{core.NoBackups, 3, 7, 14, 30, 90}
	usualAt   = []string{"02:00", "06:00", "12:30", "18:00", "22:00"}
)

// Rows are the settings of backups. They belong to the UI goroutine.
type Rows struct {
	// OnSave is told the plan that somebody chose.
	OnSave func(plan core.BackupPlan)
	// OnFail is told what did not work; nil: it works again.
	OnFail func(err error)
	// OnLaid is told that the rows have another height.
	OnLaid func()

	params func() Params
	loader *background.Loader[standing]
	plan   core.BackupPlan // as it is set

	last   *widgets.Text
	hint   *widgets.Hint
	bar    *parts.JobBar
	make   *widgets.Button
	keep   *widgets.Select
	keeps  []int // behind the choices that are shown
	at     *widgets.Select
	ats    []string
	folder *widgets.Text
	usual  *widgets.Button
}

// standing is what the rows read.
type standing struct {
	view control.BackupsView
	job  job.View // zero if there is none
}

// NewRows makes the rows. params are asked for when a dialog is opened.
func NewRows(s Service, params func() Params) *Rows {
	r := &Rows{
		params: params, OnFail: func(error) {}, OnLaid: func() {},
		last: widgets.NewParagraph("", widgets.Caption), hint: widgets.NewHint(widgets.Bad, ""), bar: parts.NewJobBar(),
		folder: widgets.NewParagraph("", widgets.Caption),
	}
	r.loader = background.NewLoader(func(ctx context.Context) (standing, error) { return read(ctx, s) }, r.show)
	r.make = widgets.NewButton(widgets.Secondary, "Back up now", icons.Archive, func() {
		r.command(func(ctx context.Context) error { _, err := s.MakeBackup(ctx, control.BackupOrder{}); return err })
	})
	r.bar.OnCancel = func(id string) { r.command(func(ctx context.Context) error { return s.CancelJob(ctx, id) }) }
	r.bar.OnClose = func(id string) { r.command(func(ctx context.Context) error { return s.ForgetJob(ctx, id) }) }
	r.keep = widgets.NewSelect(nil, func(i int) { r.save(func(plan *core.BackupPlan) { plan.Keep = r.keeps[i] }) })
	r.at = widgets.NewSelect(nil, func(i int) { r.save(func(plan *core.BackupPlan) { plan.At = r.ats[i] }) })
	r.usual = widgets.NewButton(widgets.Quiet, "Use the usual one", icons.None, func() {
		r.save(func(plan *core.BackupPlan) { plan.Folder = "" })
	})
	return r
}

// read reads what there is of backups, and the newest job that makes one.
func read(ctx context.Context, s Service) (standing, error) {
	v, err := s.Backups(ctx)
	if err != nil {
		return standing{}, err
	}
	jobs, err := s.Jobs(ctx)
	if i := slices.IndexFunc(jobs, ours); i >= 0 {
		return standing{v, jobs[i]}, err
	}
	return standing{view: v}, err
}

// doneFor is for how long it is shown what came of a job that went well.
const doneFor = 10 * time.Minute

// ours tells whether a job is one of backups that is still to be shown.
func ours(j job.View) bool {
	old := j.State == job.Done && time.Since(j.Ended) > doneFor
	return (j.Kind == control.JobBackup || j.Kind == control.JobRestore) && !old
}

// Objects are the rows, to be laid out.
func (r *Rows) Objects() []fyne.CanvasObject {
	choose := widgets.NewButton(widgets.Secondary, "Choose a folder…", icons.Folder, r.askFolder)
	choose.SetLabel("Choose a folder for backups")
	list := widgets.NewButton(widgets.Secondary, "Backups and restoring…", icons.Clock, func() { Show(r.params()) })
	return []fyne.CanvasObject{
		parts.Setting("Backup", widgets.VBox(4, r.last, r.hint, r.bar.Object()), parts.Wide(widgets.VBox(6, r.make, list))),
		parts.Setting("Keep backups", parts.Help("One is made every day. What is missed while this computer is off is made up for."), parts.Wide(r.keep)),
		parts.Setting("Make them at", parts.Help("Hookbird goes on working meanwhile."), parts.Wide(r.at)),
		parts.Setting("Put them in", r.folder, parts.Wide(widgets.VBox(4, choose, r.usual))),
	}
}

// Load reads anew.
func (r *Rows) Load() { r.loader.Load() }

// Stop forgets what is being read.
func (r *Rows) Stop() { r.loader.Stop() }

// SetPlan shows what is set.
func (r *Rows) SetPlan(plan core.BackupPlan) {
	r.plan = plan
	full := plan.Filled()
	r.keeps = with(usualKeep, full.Keep)
	slices.Sort(r.keeps)
	options := make([]string, len(r.keeps))
	for i, n := range r.keeps {
		if options[i] = "The last " + words.Number(uint64(max(n, 0))); n == core.NoBackups {
			options[i] = "None are made"
		}
	}
	r.keep.SetOptions(options)
	r.keep.SetSelected(slices.Index(r.keeps, full.Keep))
	r.ats = with(usualAt, full.At)
	slices.Sort(r.ats)
	r.at.SetOptions(r.ats)
	r.at.SetSelected(slices.Index(r.ats, full.At))
	r.usual.Hidden = plan.Folder == ""
}

// with gives the choices, and what is set where that is none of them.
func with[T comparable](usual []T, set T) []T {
	if slices.Contains(usual, set) {
		return slices.Clone(usual)
	}
	return append(slices.Clone(usual), set)
}

func (r *Rows) save(change func(*core.BackupPlan)) {
	plan := r.plan
	change(&plan)
	r.OnSave(plan)
}

func (r *Rows) askFolder() {
	r.params().Ask(files.Wish{Kind: files.Folder, Title: "Where do backups go?", Yes: "Choose", Start: r.plan.Folder}, func(path string) {
		r.save(func(plan *core.BackupPlan) { plan.Folder = path })
	})
}

// command asks the engine for something, and reads anew.
func (r *Rows) command(work func(context.Context) error) {
	background.Do(work, func(err error) {
		r.OnFail(err)
		r.Load()
	})
}

func (r *Rows) show(s standing, err error) {
	if err != nil {
		return // the page tells of trouble with reading
	}
	r.last.SetText(r.lastText(s.view))
	trouble := s.view.Problem
	if trouble == "" {
		trouble = s.view.Failed
	}
	r.hint.Set(widgets.Bad, trouble)
	r.folder.SetText(s.view.Plan.Folder)
	r.bar.Show(s.job)
	r.make.SetEnabled(s.job.State != job.Running)
	r.OnLaid()
}

// lastText says when the last backup was made, and when the next will be.
func (r *Rows) lastText(v control.BackupsView) string {
	now := r.params().Now()
	text := "There is none yet."
	if !v.Last.IsZero() {
		text = "The last one is of " + words.Day(v.Last, now) + " " + words.Clock(v.Last) + "."
	}
	switch {
	case v.Next.IsZero():
		return text + " None is made by itself."
	case v.Next.After(now):
		return text + fmt.Sprintf(" The next one is made %s.", words.When(v.Next, now))
	}
	return text + " The next one is made soon."
}
