// Package diagnostics is the dialog in which somebody looks at a diagnosis before
// it is given to whoever helps. It must not make the diagnosis: the engine does.
package diagnostics

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/core/private"
	"hookbird/gui/background"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// Service is what the dialog asks of the engine.
type Service interface {
	Diagnostics(ctx context.Context) ([]control.DiagnosticFile, error)
}

// Params are what the dialog needs of the window.
type Params struct {
	Canvas  fyne.Canvas
	Service Service
	Now     func() time.Time
	AskSave func(name string, then func(path string)) // lets somebody choose a file
	Say     func(text string)                         // shows a short message
}

// Dialog shows the files of a diagnosis. It belongs to the UI goroutine.
type Dialog struct {
	p      Params
	files  []control.DiagnosticFile
	shown  int
	notice *parts.Notice
	list   *fyne.Container
	rows   []*widgets.Row
	text   *widget.TextGrid
	copy   *widgets.Button
	save   *widgets.Button
	dialog *widgets.Dialog
}

// Show opens the dialog and reads the diagnosis.
func Show(p Params) *Dialog {
	d := &Dialog{p: p, notice: parts.NewNotice(), list: widgets.VBox(2), text: widget.NewTextGridFromString("Reading…")}
	d.text.Scroll = fyne.ScrollBoth
	size := p.Canvas.Size()
	width, height := min(920, size.Width-110), min(440, size.Height-290)
	frame := widgets.NewSurface(widgets.Ground{Fill: theme.CodeBackground, Line: theme.Line, Radius: theme.Radius}, widgets.Padded(8, 10, 8, 10, d.text))
	side := widgets.NewScroll(d.list)
	body := widgets.VBox(10,
		widgets.NewParagraph("These texts help whoever looks for what is wrong. Keys are never in them, and what your records say is hidden. "+
			"Look through them, then save them as one file. Nothing is sent.", widgets.Subtitle),
		d.notice.Object(),
		widgets.HBox(14, widgets.Fixed(230, height, side), widgets.Grow(widgets.MinSize(width-244, height, frame))))
	d.copy = widgets.NewButton(widgets.Secondary, "Copy this text", icons.Copy, d.copyText)
	d.save = widgets.NewButton(widgets.Primary, "Save as one file…", icons.Download, d.askSave)
	d.copy.SetEnabled(false)
	d.save.SetEnabled(false)
	d.dialog = widgets.NewDialog(p.Canvas, "What helps to find a fault", body,
		widgets.NewButton(widgets.Quiet, "Close", icons.None, func() { d.dialog.Hide() }), d.copy, d.save)
	stop := background.Run(p.Service.Diagnostics, d.fill)
	d.dialog.OnClosed = stop
	d.dialog.Show()
	return d
}

// fill shows what was read.
func (d *Dialog) fill(files []control.DiagnosticFile, err error) {
	if err != nil {
		d.notice.Fail(err)
		d.text.SetText("")
		return
	}
	d.files = files
	d.list.Objects, d.rows = nil, nil
	for i, f := range files {
		row := widgets.NewRow(f.Title, widgets.Padded(7, 10, 7, 10, widgets.VBox(1,
			widgets.NewParagraph(f.Title, widgets.Strong), widgets.NewLine(f.Name, widgets.Caption))), func() { d.choose(i) })
		d.rows = append(d.rows, row)
		d.list.Add(row)
	}
	d.copy.SetEnabled(len(files) > 0)
	d.save.SetEnabled(len(files) > 0)
	d.choose(0)
}

func (d *Dialog) choose(i int) {
	if i >= len(d.files) {
		return
	}
	d.shown = i
	for k, row := range d.rows {
		row.SetSelected(k == i)
	}
	d.text.SetText(d.files[i].Text)
	d.text.ScrollToTop()
	d.list.Refresh()
}

// Text is what is shown.
func (d *Dialog) Text() string { return d.text.Text() }

func (d *Dialog) copyText() {
	fyne.CurrentApp().Clipboard().SetContent(d.files[d.shown].Text)
	d.p.Say("Copied.")
}

// askSave writes what was shown, and nothing that was not.
func (d *Dialog) askSave() {
	name := "hookbird-diagnosis-" + d.p.Now().Format("2006-01-02") + ".zip"
	d.p.AskSave(name, func(path string) {
		files := d.files
		background.Do(func(context.Context) error {
			data, err := packed(files, d.p.Now())
			if err != nil {
				return err
			}
			return private.Write(path, data)
		}, func(err error) {
			if err != nil {
				d.notice.Fail(err)
				return
			}
			d.dialog.Hide()
			d.p.Say("Saved as " + filepath.Base(path) + ".")
		})
	})
}

// packed gives the files as one zip file.
func packed(files []control.DiagnosticFile, now time.Time) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: now})
		if err == nil {
			_, err = w.Write([]byte(f.Text))
		}
		if err != nil {
			return nil, fmt.Errorf("pack diagnosis: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("pack diagnosis: %w", err)
	}
	return b.Bytes(), nil
}
