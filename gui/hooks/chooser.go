package hooks

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// Kind is a kind of system that a new webhook can begin with.
type Kind struct {
	ID   string
	Name string
	Line string // what is special about it
	Icon icons.Name
	// Known puts the kind among the tiles at once; the others are under "More systems".
	// Where no kind is known, all of them are shown.
	Known bool
	Words string // further words that find it
}

// Chooser asks where records should go: a search box, tiles, and "Not in the
// list" last. It is the first page while there is no webhook, and where every
// new webhook begins. It belongs to the UI goroutine.
type Chooser struct {
	// OnChoose is told the kind's id; "" for "Not in the list".
	OnChoose func(id string)
	// OnBack leaves the choice; nil shows no way back.
	OnBack func()
	// OnPaste is told when somebody wants to paste what the other system gave them;
	// nil offers no such thing.
	OnPaste func()
	// OnRestore is told when somebody wants to restore a backup; nil offers no such thing.
	OnRestore func()
	// Top stands above the choice, such as the steps that follow. It may be nil.
	Top fyne.CanvasObject

	kinds []Kind
	more  bool

	root    *fyne.Container
	search  *widgets.SearchEntry
	paste   *fyne.Container
	restore *widgets.Button
	top     *fyne.Container
	bird    *fyne.Container
	back    *widgets.Button
	others  *widgets.Button
	tiles   *fyne.Container
	none    *widgets.Text
}

// chooserWidth is the column that everything stands in.
const chooserWidth = 840

// NewChooser builds the choice. OnChoose must be set before it is shown.
func NewChooser(kinds []Kind) *Chooser {
	c := &Chooser{kinds: kinds, tiles: widgets.Grid(3, theme.TileGap)}
	c.search = widgets.NewSearchEntry("Search by the name of the system", func(string) { c.fill() })
	c.none = widgets.NewParagraph("", widgets.Subtitle.Aligned(fyne.TextAlignCenter))
	c.none.Hide()
	c.back = widgets.NewButton(widgets.Quiet, "Back", icons.ArrowLeft, c.Back)
	c.back.Hide()
	c.paste, c.top = c.offerPaste(), widgets.Stack()
	c.lay()
	c.fill()
	return c
}

// offerPaste is the other way to begin: from what somebody was given.
func (c *Chooser) offerPaste() *fyne.Container {
	button := widgets.NewButton(widgets.Quiet, "Paste what they gave you", icons.Copy, func() { c.OnPaste() })
	box := widgets.VBox(0, widgets.Centered(button),
		widgets.NewParagraph("A curl line, sample data, or a list of fields.", widgets.Caption.Aligned(fyne.TextAlignCenter)))
	box.Hide()
	return box
}

func (c *Chooser) lay() {
	centre := fyne.TextAlignCenter
	c.bird = widgets.Centered(widgets.NewSurface(widgets.Ground{Fill: theme.PrimarySoft, Radius: 44}, widgets.Fixed(88, 88, widgets.NewLogo(56))))
	intro := widgets.VBox(4,
		widgets.NewParagraph("Where should records go?", widgets.Display.Aligned(centre)),
		widgets.NewParagraph("Hookbird carries new records from this computer to another system, by itself.\n"+
			"Pick the system that receives them. You will need the web address it gave you.", widgets.Subtitle.Aligned(centre)))
	c.others = widgets.NewButton(widgets.Quiet, "More systems", icons.ChevronDown, c.showMore)
	what := widgets.NewButton(widgets.Quiet, "What is a webhook?", icons.Help, c.explain)
	c.restore = widgets.NewButton(widgets.Quiet, "Restore from a backup", icons.Refresh, func() { c.OnRestore() })
	column := widgets.VBox(18, c.bird, intro,
		widgets.VBox(6, widgets.Column(420, c.search), c.paste), c.tiles, c.none,
		widgets.Centered(widgets.HBox(8, c.others, c.restore, what)))
	body := widgets.Padded(24, theme.PageSide, theme.PageBottom, theme.PageSide, widgets.Column(chooserWidth, column))
	scroll := widgets.NewScroll(container.New(&middle{}, body))
	corner := widgets.Padded(20, 0, 0, 20, widgets.VBox(0, widgets.HBox(0, c.back, widgets.Spacer()), widgets.Spacer()))
	c.root = container.NewBorder(c.top, nil, nil, nil, container.NewStack(scroll, corner))
}

// Content is the choice, to be laid out.
func (c *Chooser) Content() fyne.CanvasObject { return c.root }

// Show begins anew: nothing searched, and no way back unless OnBack is set.
func (c *Chooser) Show(fyne.Canvas) {
	c.begin()
	c.more = false
	c.search.SetText("")
	c.fill()
}

// begin shows what leads on and away from here.
func (c *Chooser) begin() {
	c.back.Hidden, c.paste.Hidden, c.restore.Hidden = c.OnBack == nil, c.OnPaste == nil, c.OnRestore == nil
	c.top.Objects, c.bird.Hidden = nil, c.Top != nil // who comes again needs no greeting
	if c.Top != nil {
		c.top.Objects = []fyne.CanvasObject{c.Top}
	}
}

// Leave does nothing: there is nothing to stop.
func (c *Chooser) Leave() {}

// Refresh does nothing: the kinds do not change.
func (c *Chooser) Refresh() {}

// FocusSearch puts the cursor into the search box.
func (c *Chooser) FocusSearch() {
	fyne.CurrentApp().Driver().CanvasForObject(c.search).Focus(c.search)
}

// Back leaves the choice, if there is a way back.
func (c *Chooser) Back() {
	if c.OnBack != nil {
		c.OnBack()
	}
}

// SetNarrow does nothing: three tiles fit in both size classes.
func (c *Chooser) SetNarrow(bool) {}

// explain says what a webhook is, once.
func (c *Chooser) explain() {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(c.root)
	var d *widgets.Dialog
	d = widgets.NewDialog(canvas, "What is a webhook?", widgets.NewParagraph(
		"A webhook is a web address at another system that accepts your records.\n"+
			"That system shows it in its settings, often under “Webhooks”, “Integrations” or “API”. "+
			"You paste it here once. From then on each new record is sent there.", widgets.Subtitle),
		widgets.NewButton(widgets.Primary, "Got it", icons.None, func() { d.Hide() }))
	d.Show()
}

// fill shows the tiles that the search and "More systems" leave.
func (c *Chooser) fill() {
	shown, hidden := c.matching()
	c.tiles.Objects = nil
	for _, k := range shown {
		c.tiles.Add(widgets.NewPresetTile(k.Icon, k.Name, k.Line, func() { c.OnChoose(k.ID) }))
	}
	c.others.Hidden = hidden == 0
	c.tiles.Add(widgets.NewPresetTile(icons.Globe, "Not in the list", "Start from its web address", func() { c.OnChoose("") }))
	searched := strings.TrimSpace(c.search.Text)
	c.none.Hidden = searched == "" || len(shown) > 0
	c.none.SetText("We do not know “" + searched + "” by name. Any system that gives you a web address will do: choose “Not in the list”.")
	c.tiles.Refresh()
	c.root.Refresh()
}

// matching gives the kinds to show, and how many are kept under "More systems".
func (c *Chooser) matching() (shown []Kind, hidden int) {
	searched := strings.ToLower(strings.TrimSpace(c.search.Text))
	known := false
	for _, k := range c.kinds {
		known = known || k.Known
	}
	for _, k := range c.kinds {
		switch {
		case searched != "":
			if strings.Contains(strings.ToLower(k.Name+" "+k.Line+" "+k.Words), searched) {
				shown = append(shown, k)
			}
		case k.Known || c.more || !known:
			shown = append(shown, k)
		default:
			hidden++
		}
	}
	return shown, hidden
}

func (c *Chooser) showMore() {
	c.more = true
	c.fill()
}

// middle centres its object in the height while there is room for it.
type middle struct{}

func (middle) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (middle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	o := objects[0]
	o.Resize(fyne.NewSize(size.Width, o.Size().Height))
	height := o.MinSize().Height
	o.Move(fyne.NewPos(0, theme.Floor(max(0, (size.Height-height)/2))))
	o.Resize(fyne.NewSize(size.Width, height))
}
