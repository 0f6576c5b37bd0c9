package people

import (
	"context"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/private"
	"hookbird/gui/background"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// ReceiptsDialog shows the receipts of people who were erased, and what backups may
// hold them still. It belongs to the UI goroutine.
type ReceiptsDialog struct {
	p      Params
	loader *background.Loader[receiptsRead]
	all    receiptsRead
	chosen string // id of the receipt that is shown

	notice  *parts.Notice
	list    *fyne.Container
	details *fyne.Container
	scroll  *widgets.Scroll
	room    *fyne.Container
	copy    *widgets.Button
	save    *widgets.Button
	dialog  *widgets.Dialog
}

// receiptsRead is what the dialog shows.
type receiptsRead struct {
	receipts []core.Erased // the newest first
	copies   []core.Backup // that are there
}

// ShowReceipts opens the dialog and reads the receipts.
func ShowReceipts(p Params) *ReceiptsDialog {
	d := &ReceiptsDialog{p: p, notice: parts.NewNotice(), list: widgets.VBox(2), details: widgets.VBox(0)}
	d.loader = background.NewLoader(d.read, d.update)
	d.copy = widgets.NewButton(widgets.Secondary, "Copy", icons.Copy, d.copyText)
	d.save = widgets.NewButton(widgets.Primary, "Save the receipt…", icons.Download, d.askSave)
	d.scroll = widgets.NewScroll(widgets.Padded(2, 12, 2, 0, d.details))
	side := widgets.NewScroll(widgets.Padded(0, 10, 0, 0, d.list))
	d.room = container.NewBorder(d.notice.Object(), nil, widgets.MinWidth(240, side), nil, widgets.Padded(0, 0, 0, 16, d.scroll))
	d.notice.OnChanged = d.room.Refresh
	size := p.room(fyne.NewSize(110, 260), fyne.NewSize(860, 400))
	d.dialog = widgets.NewDialog(p.Canvas, "Receipts", widgets.VBox(10,
		widgets.NewParagraph("Nothing of the person is in a receipt.", widgets.Subtitle),
		widgets.Fixed(size.Width, size.Height, d.room)),
		widgets.NewButton(widgets.Quiet, "Close", icons.None, func() { d.dialog.Hide() }), d.copy, d.save)
	d.dialog.OnClosed = d.loader.Stop
	d.show()
	d.loader.Load()
	d.dialog.Show()
	return d
}

func (d *ReceiptsDialog) read(ctx context.Context) (r receiptsRead, err error) {
	if r.receipts, err = d.p.Service.Erased(ctx); err != nil {
		return r, err
	}
	r.copies, err = d.p.Service.Copies(ctx)
	return r, err
}

func (d *ReceiptsDialog) update(r receiptsRead, err error) {
	d.notice.Read(err)
	if err != nil {
		return
	}
	d.all = r
	if d.receipt() == nil && len(r.receipts) > 0 {
		d.chosen = r.receipts[0].ID
	}
	d.show()
}

// receipt is the one that is shown; nil if there is none.
func (d *ReceiptsDialog) receipt() *core.Erased {
	i := slices.IndexFunc(d.all.receipts, func(e core.Erased) bool { return e.ID == d.chosen })
	if i < 0 {
		return nil
	}
	return &d.all.receipts[i]
}

// show lists the receipts and shows the chosen one.
func (d *ReceiptsDialog) show() {
	d.list.Objects = nil
	for _, e := range d.all.receipts {
		title := dateAndTime(e.At)
		row := widgets.NewRow(title, widgets.Padded(7, 10, 7, 10, widgets.VBox(1,
			widgets.NewParagraph(title, widgets.Strong), widgets.NewParagraph(words.Records(e.Records)+", "+words.Messages(e.Messages), widgets.Caption))),
			func() {
				d.chosen = e.ID
				d.show()
			})
		row.SetSelected(e.ID == d.chosen)
		d.list.Add(row)
	}
	e := d.receipt()
	d.copy.SetEnabled(e != nil)
	d.save.SetEnabled(e != nil)
	d.details.Objects = nil
	if e == nil {
		d.details.Add(widgets.NewParagraph("Nobody was erased yet.", widgets.Subtitle))
	} else {
		d.fill(*e)
	}
	d.details.Refresh()
	d.scroll.Resize(d.scroll.Size())
	d.room.Refresh()
}

// fill shows one receipt, and the backups from before it.
func (d *ReceiptsDialog) fill(e core.Erased) {
	for i, l := range receiptLines(e) {
		if i > 0 {
			d.details.Add(widgets.NewDivider())
		}
		d.details.Add(widgets.Padded(8, 0, 8, 0, widgets.Columns(14, []float32{2, 5},
			widgets.NewParagraph(l[0], widgets.Strong), widgets.NewParagraph(l[1], widgets.Body))))
	}
	left := d.left(e)
	if len(left) == 0 {
		d.details.Add(widgets.Padded(14, 0, 0, 0, widgets.NewHint(widgets.Good, "No backup that was made before is left.")))
		return
	}
	d.details.Add(widgets.Padded(14, 0, 4, 0, widgets.Spread(
		widgets.NewParagraph("Backups that were made before, and may hold the person still", widgets.Label), d.dropAll(left))))
	d.details.Add(widgets.Padded(0, 0, 6, 0, widgets.NewParagraph("If one is put back, the person is erased from what comes back.", widgets.Caption)))
	for _, f := range left {
		d.details.Add(d.fileRow(f))
	}
}

// left are the backups from before a receipt that are still there.
func (d *ReceiptsDialog) left(e core.Erased) []core.Backup {
	return slices.DeleteFunc(slices.Clone(e.Backups), func(b core.Backup) bool {
		return !slices.ContainsFunc(d.all.copies, func(c core.Backup) bool { return c.Path == b.Path })
	})
}

func (d *ReceiptsDialog) fileRow(f core.Backup) fyne.CanvasObject {
	name := filepath.Base(f.Path)
	drop := widgets.NewIconButton(icons.Bin, "Delete "+name, func() { d.askDrop([]core.Backup{f}) })
	return widgets.Padded(6, 0, 6, 0, widgets.HBox(10, widgets.NewIcon(icons.Archive, theme.Muted, 18),
		widgets.Grow(widgets.VBox(1, widgets.NewLine("Made "+dateAndTime(f.Made), widgets.Body), widgets.NewLine(name, widgets.Caption))), drop))
}

// dropAll deletes several at once.
func (d *ReceiptsDialog) dropAll(list []core.Backup) fyne.CanvasObject {
	b := widgets.NewButton(widgets.Quiet, "Delete all…", icons.None, func() { d.askDrop(list) })
	b.Hidden = len(list) < 2
	return b
}

// askDrop deletes backups, after asking.
func (d *ReceiptsDialog) askDrop(list []core.Backup) {
	count := words.Count(uint64(len(list)), "backup", "backups")
	body := "Nothing can be brought back from it any more."
	if len(list) > 1 {
		body = "Nothing can be brought back from them any more."
	}
	widgets.Confirm(d.p.Canvas, widgets.Question{
		Title: "Delete " + count + "?", Body: body + " Make a new backup first if you have no other.",
		No: "Cancel", Yes: "Delete " + count, Danger: true, OnYes: func() { d.drop(list) },
	})
}

func (d *ReceiptsDialog) drop(list []core.Backup) {
	background.Do(func(ctx context.Context) error {
		for _, f := range list {
			if err := d.p.Service.DropCopy(ctx, f.Path); err != nil {
				return err
			}
		}
		return nil
	}, func(err error) {
		d.notice.Fail(err)
		d.loader.Load()
	})
}

func (d *ReceiptsDialog) copyText() {
	if e := d.receipt(); e != nil {
		fyne.CurrentApp().Clipboard().SetContent(receiptText(*e, d.left(*e)))
		d.p.Say("Copied.")
	}
}

func (d *ReceiptsDialog) askSave() {
	e := d.receipt()
	if e == nil {
		return
	}
	text := receiptText(*e, d.left(*e))
	d.p.AskSave("receipt-"+e.At.Local().Format("2006-01-02")+".txt", func(path string) {
		background.Do(func(context.Context) error { return private.Write(path, []byte(text)) }, func(err error) {
			d.notice.Fail(err)
			if err == nil {
				d.p.Say("Saved as " + filepath.Base(path) + ".")
			}
		})
	})
}
