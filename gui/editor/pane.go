package editor

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/exchange"
	"hookbird/gui/mapping"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

const paneWidth = 324

// pane is the live preview: at the side of a wide window, over a narrow one.
type pane struct {
	page    *Page
	chosen  int
	shown   core.Shown
	ready   bool
	from    *built // that the preview was made of
	exact   bool
	samples *widgets.Select
	to      *widgets.Text
	block   *widgets.CodeBlock
	notes   *fyne.Container
	inner   fyne.CanvasObject
	side    *fyne.Container
	popUp   *widget.PopUp
}

func newPane(p *Page) *pane {
	n := &pane{page: p, to: widgets.NewParagraph("", widgets.Code), block: widgets.NewCodeBlock(), notes: widgets.VBox(8)}
	n.samples = widgets.NewSelect(nil, func(i int) {
		n.chosen = i
		p.showSamples()
		p.preview.want(p.request)
	})
	view := widgets.NewSegmented([]string{"Simple", "Exact text"}, func(i int) {
		n.exact = i == 1
		n.draw()
	})
	n.block.SetText("…")
	title := widgets.HBox(9, widgets.NewIcon(icons.Eye, theme.Primary, 18), widgets.Grow(widgets.NewLine("This is what will be sent", widgets.Title)))
	n.inner = widgets.Padded(18, 18, 18, 22, widgets.VBox(10, title,
		widgets.VBox(5, widgets.NewLine("Using this example", widgets.Label), n.samples),
		view,
		widgets.VBox(4, widgets.NewLine("To", widgets.Caption), n.to),
		n.block, n.notes))
	return n
}

// atSide is the preview as it stands at the right of a wide window.
func (n *pane) atSide() fyne.CanvasObject {
	scroll := widgets.NewScroll(n.inner)
	n.side = widgets.MinSize(paneWidth, 0, widgets.NewSurface(widgets.Ground{Fill: theme.Card}, edge(scroll)))
	return n.side
}

// edge draws a hairline at the left of an object.
func edge(o fyne.CanvasObject) fyne.CanvasObject {
	line := widgets.Padded(0, paneWidth-1, 0, 0, widgets.NewVerticalDivider())
	return widgets.Stack(o, line)
}

// open shows the preview over a narrow window.
func (n *pane) open() {
	c := n.page.window()
	if c == nil {
		return
	}
	n.close()
	done := widgets.NewButton(widgets.Secondary, "Close", icons.None, n.close)
	content := dock(nil, widgets.Padded(8, 18, 14, 18, widgets.HBox(0, widgets.Spacer(), done)), nil, widgets.NewScroll(n.inner))
	n.popUp = widget.NewModalPopUp(widgets.NewSurface(widgets.Ground{Fill: theme.Card, Line: theme.Line, Radius: 14}, content), c)
	n.popUp.Show()
	size := fyne.NewSize(min(440, c.Size().Width-40), c.Size().Height-60)
	n.popUp.Resize(size)
	n.popUp.Move(fyne.NewPos(theme.Floor((c.Size().Width-size.Width)/2), 30))
	c.Focus(done)
}

func (n *pane) close() {
	if n.popUp != nil {
		n.popUp.Hide()
		n.popUp = nil
	}
}

// sample is the record that the preview uses: the one that was chosen, else the
// newest.
func (p *Page) sample() control.Sample {
	if p.pane != nil && p.pane.chosen < len(p.samples) {
		return p.samples[p.pane.chosen]
	}
	return control.Sample{}
}

// setSamples takes the records that were read, and tells whether they are others
// than before. The one in use stays in use, also when newer ones have taken its
// place: nobody wants another example while typing.
func (p *Page) setSamples(samples []control.Sample) (renewed bool) {
	if len(p.samples) > 0 {
		used := p.sample()
		at := slices.IndexFunc(samples, func(s control.Sample) bool { return s.Seq == used.Seq })
		if at < 0 {
			samples = slices.Insert(slices.Clone(samples), 0, used)
			at = 0
		}
		p.pane.chosen = at
	}
	renewed = !reflect.DeepEqual(samples, p.samples)
	p.samples = samples
	return renewed
}

// showSamples offers the records that were read.
func (p *Page) showSamples() {
	p.pane.samples.SetOptions(sampleNames(p.samples))
	p.pane.samples.SetSelected(p.pane.chosen)
	p.examples = mapping.NewExamples(p.samples, p.pane.chosen)
	p.only.SetSamples(p.samples, p.pane.chosen)
	p.showPacking()
	p.showText()
	if p.showExamples() {
		p.relayout()
	}
}

// showExamples says in every table what the example has.
func (p *Page) showExamples() (resized bool) {
	if p.what == nil {
		return false
	}
	resized = p.what.fields.ShowExamples()
	for _, t := range p.tables[1:] {
		resized = t.ShowExamples() || resized
	}
	return resized
}

// sampleNames gives each record a name of its own.
func sampleNames(samples []control.Sample) []string {
	names := make([]string, len(samples))
	seen := map[string]int{}
	for i, s := range samples {
		names[i] = s.Title
		if s.Seq != 0 {
			names[i] = s.Title + ", " + s.Time.Local().Format("2 January, 15:04")
		}
		seen[names[i]]++
		if n := seen[names[i]]; n > 1 {
			names[i] += " (" + strconv.Itoa(n) + ")"
		}
	}
	return names
}

// request is what the preview is to be made of now.
func (p *Page) request() control.TestRequest {
	r := control.TestRequest{Draft: p.draft.Control()}
	if s := p.sample(); s.Seq != 0 {
		r.Seq = s.Seq
	} else {
		r.Data = s.Data
	}
	return r
}

// showPreview takes a preview that was made.
func (p *Page) showPreview(shown core.Shown, err error) {
	n := p.pane
	if len(p.samples) == 0 {
		return
	}
	if err != nil {
		n.ready = false
		n.to.SetText("")
		n.block.SetText(core.Sentence(err))
		n.setNotes(nil)
		p.bar.setSummary(core.Sentence(err))
		return
	}
	n.shown, n.from, n.ready = shown, p.draft.build(), true
	n.draw()
	n.setNotes(p.notesOf(shown))
	p.bar.setSummary(p.summaryOf(shown))
	p.showText()
	if p.showExamples() {
		p.relayout()
	}
}

// draw shows the preview in the view that is chosen.
func (n *pane) draw() {
	if !n.ready {
		return
	}
	to := n.shown.Method + " " + n.shown.URL
	if n.shown.URL == "" {
		to = "No web address yet"
	}
	n.to.SetText(to)
	switch trouble := n.remarkOn("template"); {
	case trouble != "" && n.shown.Body == "":
		n.block.SetText(trouble)
	case n.exact:
		n.block.SetText(exchange.Exact(n.shown))
	default:
		exchange.SetBlock(n.block, n.shown)
	}
	n.inner.Refresh()
	if n.side != nil {
		n.side.Refresh()
	}
}

type remark struct {
	status widgets.Status
	text   string
}

// notesOf lists what to know about the message as a whole. What is about one
// line stands under that line, but for fields that still lack a name.
func (p *Page) notesOf(shown core.Shown) []remark {
	var notes []remark
	if !p.sampleWanted() {
		notes = append(notes, remark{widgets.Waiting, p.notSent()})
	}
	if p.draft.usesFields() {
		for _, row := range p.draft.Fields {
			if row.Unnamed() {
				notes = append(notes, remark{widgets.Waiting, row.Title() + " is left out until you name it."})
			}
		}
	}
	for _, note := range shown.Notes {
		switch {
		case strings.HasPrefix(note.Where, "field:"), strings.HasPrefix(note.Where, "header:"), note.Where == "template":
		case note.Warn:
			notes = append(notes, remark{widgets.Waiting, note.Text})
		default:
			notes = append(notes, remark{widgets.Info, note.Text})
		}
	}
	return notes
}

func (n *pane) setNotes(notes []remark) {
	n.notes.Objects = nil
	for _, r := range notes {
		n.notes.Add(widgets.NewHint(r.status, r.text))
	}
	n.notes.Refresh()
}

// summaryOf is the preview in one line: "Ada Lovelace → 5 values".
func (p *Page) summaryOf(shown core.Shown) string {
	title := p.sample().Title
	if !p.sampleWanted() {
		return title + " would not be sent"
	}
	switch {
	case shown.Body == "" && p.draft.Style() != core.BodyNone:
		return title + " → nothing can be sent yet"
	case len(shown.Pairs) > 0:
		return title + " → " + words.Count(uint64(len(shown.Pairs)), "value", "values")
	case shown.Body != "":
		return title + " → " + words.Count(uint64(utf8.RuneCountInString(shown.Body)), "character", "characters")
	default:
		return title + " → only the web address is called"
	}
}
