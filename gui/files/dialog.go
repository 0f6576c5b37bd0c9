// Package files lets somebody choose a folder or a file of this computer, in the
// look of the window. It must not open or write what was chosen.
package files

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hookbird/assets/icons"
	"hookbird/gui/background"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// Kind is what is chosen.
type Kind int

// The kinds of choice.
const (
	Folder Kind = iota // a folder that is there
	Open               // a file that is there
	Save               // a file to be written
)

// Wish is what somebody is asked for.
type Wish struct {
	Kind   Kind
	Title  string // "Choose a folder"
	Yes    string // what the button does: "Choose", "Import", "Export"
	Name   string // of the file to save, to begin with
	Suffix string // files that end so are shown, in lower case (".json")
	Start  string // folder to begin in; "" is the home folder
}

// chooser is the open dialog.
type chooser struct {
	wish   Wish
	canvas fyne.Canvas
	then   func(path string)
	dialog *widgets.Dialog
	listed int // counts readings, so that an old one shows nothing

	at     string // the folder that is shown
	path   *widgets.Entry
	name   *widgets.Entry
	notice *parts.Notice
	rows   *fyne.Container
	scroll *widgets.Scroll
	yes    *widgets.Button
}

// listSize is the room for the names in a folder.
var listSize = fyne.NewSize(600, 260)

// Ask opens the dialog; then is told the absolute path that was chosen. UI
// goroutine only.
func Ask(canvas fyne.Canvas, wish Wish, then func(path string)) {
	c := &chooser{
		wish: wish, canvas: canvas, then: then, notice: parts.NewNotice(), rows: widgets.VBox(0),
		path: widgets.NewEntry(), name: widgets.NewEntry(),
	}
	c.path.OnSubmitted = c.enter
	c.path.OnEscape, c.name.OnEscape = c.leave, c.leave
	c.name.SetText(wish.Name)
	c.name.OnSubmitted = func(string) { c.choose() }
	c.yes = widgets.NewButton(widgets.Primary, wish.Yes, icons.None, c.choose)
	c.dialog = widgets.NewDialog(canvas, wish.Title, c.lay(),
		widgets.NewButton(widgets.Secondary, "Cancel", icons.None, c.leave), c.yes)
	c.dialog.Show()
	c.enter(start(wish.Start))
}

func start(folder string) string {
	if at, err := os.Stat(folder); err == nil && at.IsDir() {
		return folder
	}
	if home, err := os.UserHomeDir(); err == nil {
		return home
	}
	return string(filepath.Separator)
}

func (c *chooser) lay() fyne.CanvasObject {
	known := widgets.HBox(2)
	for _, p := range places() {
		b := widgets.NewButton(widgets.Quiet, p.word, icons.None, func() { c.enter(p.path) })
		b.OnKey = c.key
		known.Add(b)
	}
	up := widgets.NewIconButton(icons.ArrowUp, "Folder above", func() { c.enter(filepath.Dir(c.at)) })
	up.OnKey = c.key
	c.scroll = widgets.NewScroll(widgets.Padded(4, 4, 4, 4, c.rows))
	list := widgets.NewSurface(widgets.Ground{Fill: theme.Input, Line: theme.Line, Radius: theme.Radius}, c.scroll)
	room := container.NewBorder(c.notice.Object(), nil, nil, nil, list)
	c.notice.OnChanged = room.Refresh
	column := widgets.VBox(8, known, widgets.HBox(4, up, widgets.Grow(c.path)), widgets.MinSize(listSize.Width, listSize.Height, room))
	if c.wish.Kind == Save {
		column.Add(widgets.NewField("File name", c.name, ""))
	}
	return column
}

// enter reads a folder and shows it. A file that was typed is chosen at once.
func (c *chooser) enter(path string) {
	path = filepath.Clean(strings.TrimSpace(path))
	if c.wish.Kind == Open && isFile(path) {
		c.finish(path)
		return
	}
	c.listed++
	listed := c.listed
	background.Run(
		func(ctx context.Context) (listing, error) {
			return read(ctx, path, c.wish.Suffix, c.wish.Kind != Folder)
		},
		func(l listing, err error) {
			if listed != c.listed {
				return
			}
			c.notice.Fail(err)
			if err == nil {
				c.show(l)
			}
		})
}

func isFile(path string) bool {
	at, err := os.Stat(path)
	return err == nil && at.Mode().IsRegular()
}

func (c *chooser) show(l listing) {
	c.at = l.path
	c.path.SetText(l.path)
	c.rows.Objects = nil
	for _, e := range l.entries {
		c.rows.Add(c.row(e))
	}
	switch {
	case len(l.entries) == 0:
		c.rows.Add(widgets.Padded(8, 8, 8, 8, widgets.NewText("Nothing to choose in here.", widgets.Caption)))
	case l.more:
		c.rows.Add(widgets.Padded(8, 8, 8, 8, widgets.NewText("There is more in here. Type the path to get to it.", widgets.Caption)))
	}
	c.rows.Refresh()
	c.scroll.Resize(c.scroll.Size())
	c.scroll.ScrollToTop()
}

func (c *chooser) row(e entry) fyne.CanvasObject {
	icon := icons.File
	if e.folder {
		icon = icons.Folder
	}
	line := widgets.HBox(10, widgets.NewIcon(icon, theme.Muted, 18), widgets.Grow(widgets.NewLine(e.name, widgets.Body)))
	row := widgets.NewRow(e.name, widgets.MinSize(0, 32, widgets.Padded(0, 8, 0, 8, line)), func() { c.pick(e) })
	row.OnKey = c.key
	return row
}

// leave closes the dialog without a choice.
func (c *chooser) leave() { c.dialog.Hide() }

// key lets Esc close the dialog wherever the focus is.
func (c *chooser) key(k fyne.KeyName) {
	if k == fyne.KeyEscape {
		c.leave()
	}
}

// pick enters a folder, or takes the name of a file.
func (c *chooser) pick(e entry) {
	switch {
	case e.folder:
		c.enter(filepath.Join(c.at, e.name))
	case c.wish.Kind == Save:
		c.name.SetText(e.name)
	default:
		c.path.SetText(filepath.Join(c.at, e.name))
	}
}

// choose takes what is shown: the folder, or the file name in it.
func (c *chooser) choose() {
	typed := filepath.Clean(strings.TrimSpace(c.path.Text))
	switch c.wish.Kind {
	case Folder:
		if typed != c.at && !isFolder(typed) {
			c.enter(typed) // says what is wrong with it
			return
		}
		c.finish(typed)
	case Open:
		if isFile(typed) {
			c.finish(typed)
			return
		}
		c.notice.Say(widgets.Info, "Choose a file from the list.", "", nil)
	case Save:
		c.save(typed)
	}
}

func isFolder(path string) bool {
	at, err := os.Stat(path)
	return err == nil && at.IsDir()
}

// save takes the name, after asking if a file would be written over.
func (c *chooser) save(folder string) {
	name := strings.TrimSpace(c.name.Text)
	if name == "" || name != filepath.Base(name) {
		c.notice.Say(widgets.Bad, "Type a name for the file.", "", nil)
		return
	}
	if c.wish.Suffix != "" && filepath.Ext(name) == "" {
		name += c.wish.Suffix
	}
	path := filepath.Join(folder, name)
	if !isFile(path) {
		c.finish(path)
		return
	}
	widgets.Confirm(c.canvas, widgets.Question{
		Title: "Write over " + name + "?", Body: "There is a file of this name already.",
		No: "Cancel", Yes: "Write over it", Danger: true, OnYes: func() { c.finish(path) },
	})
}

func (c *chooser) finish(path string) {
	c.dialog.Hide()
	c.then(path)
}
