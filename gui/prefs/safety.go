package prefs

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/background"
	"hookbird/gui/parts"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// SafetyService is what the rows about the store ask of the engine.
type SafetyService interface {
	Safety(ctx context.Context) (control.SafetyView, error)
	TidyUp(ctx context.Context) (job.View, error)
	SeenRepair(ctx context.Context) error
	Jobs(ctx context.Context) ([]job.View, error)
	CancelJob(ctx context.Context, id string) error
	ForgetJob(ctx context.Context, id string) error
}

// usualQuotas are the choices of how much the store may hold, in MB; 0 is what is
// usual for the disk.
var usualQuotas = []int{0, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000}

// safetyRows say how the store is doing: how much room it takes, how much it may
// take, and whether it was damaged.
type safetyRows struct {
	page   *Page
	loader *background.Loader[safetyRead]

	room   *widgets.Text
	hint   *widgets.Hint
	tidy   *widgets.Button
	bar    *parts.JobBar
	choose *widgets.Select
	quotas []int // behind the choices that are shown

	quota int64 // that counts now, in bytes

	repair     *fyne.Container
	repairText *widgets.Text
}

// safetyRead is what the rows show.
type safetyRead struct {
	view control.SafetyView
	tidy job.View // zero if the store is not being tidied up
}

func newSafetyRows(p *Page) *safetyRows {
	r := &safetyRows{page: p, room: widgets.NewParagraph("", widgets.Caption), hint: widgets.NewHint(widgets.Waiting, ""), bar: parts.NewJobBar()}
	r.loader = background.NewLoader(r.read, r.update)
	r.tidy = widgets.NewButton(widgets.Secondary, "Tidy up now", icons.None, func() {
		p.command(func(ctx context.Context) error { _, err := p.service.TidyUp(ctx); return err })
	})
	r.bar.OnCancel = func(id string) {
		p.command(func(ctx context.Context) error { return p.service.CancelJob(ctx, id) })
	}
	r.bar.OnClose = func(id string) {
		p.command(func(ctx context.Context) error { return p.service.ForgetJob(ctx, id) })
	}
	r.choose = widgets.NewSelect(nil, func(i int) {
		p.save(func(d *control.SettingsDraft) { d.QuotaMB = r.quotas[i] })
	})
	r.repairText = widgets.NewParagraph("", widgets.Caption)
	seen := widgets.NewButton(widgets.Secondary, "I have seen this", icons.None, func() { p.command(p.service.SeenRepair) })
	r.repair = widgets.VBox(0, parts.Setting("The records were damaged and are repaired", r.repairText, parts.Wide(seen)), widgets.NewDivider())
	r.repair.Hide()
	return r
}

// objects are the rows, to be laid out.
func (r *safetyRows) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{
		widgets.VBox(0, r.repair, parts.Setting("Room on the disk", widgets.VBox(4, r.room, r.hint, r.bar.Object()), parts.Wide(r.tidy))),
		parts.Setting("Hookbird may hold", parts.Help("When that is full, new records stay where they are until there is room again."), parts.Wide(r.choose)),
	}
}

func (r *safetyRows) read(ctx context.Context) (safetyRead, error) {
	v, err := r.page.service.Safety(ctx)
	if err != nil {
		return safetyRead{}, err
	}
	jobs, err := r.page.service.Jobs(ctx)
	i := slices.IndexFunc(jobs, func(j job.View) bool { return j.Kind == control.JobTidy })
	if i < 0 {
		return safetyRead{view: v}, err
	}
	return safetyRead{view: v, tidy: jobs[i]}, err
}

func (r *safetyRows) update(s safetyRead, err error) {
	if err != nil {
		r.page.frame.Notice.Read(err)
		return
	}
	v := s.view
	r.room.SetText(roomText(v))
	r.hint.Set(widgets.Waiting, fullHint(v))
	r.tidy.SetEnabled(s.tidy.State != job.Running)
	r.bar.Show(s.tidy)
	r.quota = v.Quota
	r.fillQuota()
	r.repair.Hidden = v.Repair == nil
	if v.Repair != nil {
		r.repairText.SetText(repairText(v))
	}
	r.page.frame.Layout()
	r.page.frame.Layout() // texts that were hidden know their width, and so their height, only now
}

func roomText(v control.SafetyView) string {
	text := "The records and the history take " + words.Bytes(v.Room.File)
	if v.Room.Unused >= core.MB {
		text += ", " + words.Bytes(v.Room.Unused) + " of it unused"
	}
	return text + "."
}

// fullHint says that the store is full, or nearly.
func fullHint(v control.SafetyView) string {
	text := ""
	switch {
	case v.Full:
		text = "That is as much as Hookbird may hold, so no new records are taken."
	case v.Near:
		text = "That is nearly as much as Hookbird may hold."
	default:
		return ""
	}
	if v.Holder != "" {
		text += fmt.Sprintf(" %s waiting for %s.", words.Count(v.Waiting, "message is", "messages are"), v.Holder)
	}
	return text
}

// repairText says what was saved and what was lost.
func repairText(v control.SafetyView) string {
	r := v.Repair
	lines := []string{fmt.Sprintf("On %s. %s, %s, %s and %s could be read.", r.At.Local().Format("2 January at 15:04"),
		words.Count(r.Records, "record", "records"), words.Count(r.Messages, "message", "messages"),
		words.Count(uint64(r.Webhooks), "webhook", "webhooks"), words.Count(uint64(r.Sources), "source", "sources"))}
	if len(r.Lost) == 0 {
		lines = append(lines, "Nothing was lost.")
	}
	lines = append(lines, r.Lost...)
	if r.Paused {
		lines = append(lines, "Sending was paused, so that you can look first.")
	}
	return strings.Join(append(lines, "The file as it was found is kept in the data folder as "+r.Damaged+"."), "\n")
}

// fillQuota offers how much the store may hold. What is set comes with the settings,
// what is usual with the rest.
func (r *safetyRows) fillQuota() {
	set := r.page.view.Settings.QuotaMB
	r.quotas = slices.Clone(usualQuotas)
	if !slices.Contains(r.quotas, set) {
		r.quotas = append(r.quotas, set)
		slices.Sort(r.quotas)
	}
	options := make([]string, len(r.quotas))
	for i, mb := range r.quotas {
		if options[i] = words.Bytes(int64(mb) * core.MB); mb == 0 {
			options[i] = "As much as is usual"
			if set == 0 {
				options[i] += " (" + words.Bytes(r.quota) + ")"
			}
		}
	}
	r.choose.SetOptions(options)
	r.choose.SetSelected(slices.Index(r.quotas, set))
}
