package backup

import (
	"context"
	"path/filepath"

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

// Dialog lists backups. It belongs to the UI goroutine.
type Dialog struct {
	p      Params
	list   []control.BackupView
	chosen int
	watch  *watch

	notice  *parts.Notice
	bar     *parts.JobBar
	rows    []*widgets.Row
	side    *fyne.Container
	details *fyne.Container
	restore *widgets.Button
	dialog  *widgets.Dialog
}

// Show opens the dialog and reads what there is.
func Show(p Params) *Dialog {
	d := &Dialog{p: p, notice: parts.NewNotice(), bar: parts.NewJobBar(), side: widgets.VBox(2), details: widgets.VBox(10)}
	size := p.Canvas.Size()
	width, height := min(860, size.Width-110), min(360, size.Height-330)
	other := widgets.NewButton(widgets.Secondary, "For another computer…", icons.Upload, d.askPortable)
	file := widgets.NewButton(widgets.Secondary, "From a file…", icons.Folder, func() { RestoreFile(d.leaving()) })
	file.SetLabel("Restore from a file")
	side := widgets.NewScroll(widgets.Padded(0, 10, 0, 0, d.side))
	right := widgets.NewScroll(widgets.Padded(2, 12, 2, 0, d.details))
	body := widgets.VBox(12,
		widgets.NewParagraph("A backup holds everything: records, messages, webhooks, sources and keys. The keys in it open on this computer only.", widgets.Subtitle),
		d.notice.Object(), d.bar.Object(),
		widgets.HBox(16, widgets.Fixed(320, height, side), widgets.Grow(widgets.MinSize(width-336, height, right))))
	d.restore = widgets.NewButton(widgets.Primary, "Restore…", icons.Refresh, d.askRestore)
	d.dialog = widgets.NewDialog(p.Canvas, "Backups", body, other, file,
		widgets.NewButton(widgets.Secondary, "Close", icons.None, func() { d.dialog.Hide() }), d.restore)
	d.restore.SetEnabled(false)
	d.bar.OnCancel = func(id string) { d.command(func(ctx context.Context) error { return p.Service.CancelJob(ctx, id) }) }
	d.bar.OnClose = func(id string) { d.command(func(ctx context.Context) error { return p.Service.ForgetJob(ctx, id) }) }
	d.watch = newWatch(p.Service, d.fill)
	d.dialog.OnClosed = d.watch.stop
	d.dialog.Show()
	d.watch.look()
	return d
}

// command asks the engine for something, and shows what came of it.
func (d *Dialog) command(work func(context.Context) error) {
	background.Do(work, func(err error) {
		d.notice.Fail(err)
		d.watch.look()
		d.p.done()
	})
}

// fill shows what was read. The same list again is left as it is, and the focus.
func (d *Dialog) fill(s standing, err error) {
	d.notice.Read(err)
	if err != nil {
		return
	}
	if s.view.Problem != "" {
		d.notice.Say(widgets.Bad, s.view.Problem, "", nil)
	}
	d.bar.Show(s.job)
	if d.rows == nil || !sameList(d.list, s.view.List) {
		d.list = s.view.List
		d.fillList()
	}
	d.restore.SetEnabled(d.usable() && s.job.State != job.Running)
}

func sameList(a, b []control.BackupView) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Path != b[i].Path || a[i].Problem != b[i].Problem {
			return false
		}
	}
	return true
}

func (d *Dialog) fillList() {
	d.side.Objects, d.rows = nil, []*widgets.Row{}
	for i, b := range d.list {
		row := widgets.NewRow(title(b, d.p), widgets.Padded(7, 10, 7, 10, widgets.VBox(1,
			widgets.NewParagraph(title(b, d.p), widgets.Strong), widgets.NewLine(line(b), widgets.Caption))), func() { d.choose(i) })
		d.rows = append(d.rows, row)
		d.side.Add(row)
	}
	if len(d.list) == 0 {
		d.side.Add(widgets.NewParagraph("There is none yet.", widgets.Subtitle))
	}
	d.choose(min(d.chosen, max(0, len(d.list)-1)))
}

func (d *Dialog) choose(i int) {
	d.chosen = i
	for k, row := range d.rows {
		row.SetSelected(k == i)
	}
	d.side.Refresh()
	d.details.Objects = nil
	if i < len(d.list) {
		d.showDetails(d.list[i])
	}
	d.details.Refresh()
	d.restore.SetEnabled(d.usable())
}

func (d *Dialog) usable() bool { return d.chosen < len(d.list) && d.list[d.chosen].Problem == "" }

func (d *Dialog) showDetails(b control.BackupView) {
	if b.Problem != "" {
		d.details.Add(widgets.NewNote(widgets.Bad, "It cannot be used", b.Problem))
	}
	for _, f := range facts(b) {
		d.details.Add(widgets.Columns(14, []float32{4, 9}, widgets.NewParagraph(f[0], widgets.Strong), widgets.NewParagraph(f[1], widgets.Body)))
	}
	remove := widgets.NewButton(widgets.Quiet, "Delete…", icons.Bin, d.askDelete)
	remove.SetLabel("Delete this backup")
	d.details.Add(widgets.HBox(0, remove, widgets.Spacer()))
}

// facts are what is known of a backup, each with its name.
func facts(b control.BackupView) [][2]string {
	list := [][2]string{{"File", filepath.Base(b.Path)}, {"Size", words.Bytes(b.Bytes)}}
	if b.Kind == core.BackupPortable {
		return append(list, [2]string{"In it", "Locked with a passphrase"})
	}
	if b.Problem != "" {
		return list
	}
	list = append(list,
		[2]string{"Records", words.Number(b.Records)}, [2]string{"Messages", words.Number(b.Messages) + " in the history"},
		[2]string{"Still to be sent", words.Number(b.Waiting)},
		[2]string{"Set up", words.Count(uint64(b.Webhooks), "webhook", "webhooks") + ", " + words.Count(uint64(b.Sources), "source", "sources")})
	if b.Own && b.Kind != core.BackupAside {
		list = append(list, [2]string{"Came in since", words.Records(b.Since)})
	}
	return list
}

// title names a backup by when it was made.
func title(b control.BackupView, p Params) string { return words.Sentence(made(b, p)) }

func made(b control.BackupView, p Params) string {
	return words.Day(b.Made, p.Now()) + " " + words.Clock(b.Made)
}

// line says what it is, and how large.
func line(b control.BackupView) string {
	what := "Made on this computer"
	switch {
	case b.Problem != "":
		what = "Cannot be used"
	case b.Kind == core.BackupPortable:
		what = "For another computer"
	case b.Kind == core.BackupAside:
		what = "What was here before restoring"
	}
	return what + ", " + words.Bytes(b.Bytes)
}

func (d *Dialog) askDelete() {
	b := d.list[d.chosen]
	widgets.Confirm(d.p.Canvas, widgets.Question{
		Title: "Delete the backup of " + made(b, d.p) + "?", Body: "The file " + filepath.Base(b.Path) + " is removed for good.",
		No: "Keep it", Yes: "Delete", Danger: true,
		OnYes: func() { d.command(func(ctx context.Context) error { return d.p.Service.DeleteBackup(ctx, b.Path) }) },
	})
}

func (d *Dialog) askRestore() {
	if d.usable() {
		restoreOne(d.leaving(), d.list[d.chosen])
	}
}

// leaving closes the list once a backup is put back.
func (d *Dialog) leaving() Params {
	p := d.p
	p.begin = d.dialog.Hide
	return p
}

// askPortable asks for a passphrase twice and where the file goes.
func (d *Dialog) askPortable() {
	askNewPassphrase(d.p.Canvas, func(passphrase string) {
		wish := files.Wish{
			Kind: files.Save, Title: "Where does the backup go?", Yes: "Make the backup",
			Name: d.p.Now().Format("hookbird-2006-01-02") + portableExt, Suffix: portableExt,
		}
		d.p.Ask(wish, func(path string) {
			d.command(func(ctx context.Context) error {
				_, err := d.p.Service.MakeBackup(ctx, control.BackupOrder{Path: path, Passphrase: passphrase})
				return err
			})
		})
	})
}

// portableExt is how the names of portable backups end.
const portableExt = ".hookbird-portable"
