package wizard

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/merge"
	"hookbird/gui/background"
	"hookbird/gui/exchange"
	"hookbird/gui/mapping"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// settle is how long the page waits for the next key before it asks for a preview.
const settle = 150 * time.Millisecond

// fieldsPart says what is sent under which name, and shows it.
type fieldsPart struct {
	page     *Page
	root     *fyne.Container
	samples  []control.Sample
	examples *mapping.Examples
	matched  bool // since the step came on screen
	table    *mapping.Fields
	text     *mapping.Text
	chips    *mapping.Chips
	field    *widgets.Field // of the text
	card     *widgets.Surface
	writing  *widgets.Surface
	nothing  *widgets.Note
	packing  *packer

	shown  core.Shown
	about  *widgets.Text // which record is shown
	block  *widgets.CodeBlock
	remark *widgets.Hint
	turn   int
	stop   []context.CancelFunc
}

// textRows is how high the box for a text is.
const textRows = 6

func newFieldsPart(p *Page) *fieldsPart {
	f := &fieldsPart{page: p, about: widgets.NewText("", widgets.Caption), block: widgets.NewCodeBlock(), remark: widgets.NewHint(widgets.Waiting, "")}
	d := p.draft
	f.table = mapping.NewFields(ground{f}, &d.rows)
	f.table.Keys = f.keyNames
	f.card = widgets.NewCard(f.table.Object())
	f.text = mapping.NewMultiText(ground{f}, merge.Plain, textRows, f.keyNames)
	f.text.Entry().OnChanged = func(text string) {
		d.base.Body.Template = text
		f.changed()
	}
	f.chips = mapping.NewChips(ground{f}, f.text)
	f.field = p.field("template", "The text", f.text, f.text.Focus(), "")
	f.writing = widgets.NewCard(widgets.VBox(10, f.chips.Object(), f.field))
	f.nothing = widgets.NewNote(widgets.Info, "", "The web address alone is called, so there are no fields to match.")
	head := widgets.HBox(9, widgets.NewIcon(icons.Eye, theme.Primary, 18), widgets.Grow(widgets.NewLine("This is what will be sent", widgets.Title)), f.about)
	f.packing = newPacker(f)
	f.root = widgets.VBox(theme.CardGap, f.packing.object, f.card, f.writing, f.nothing, widgets.NewCard(widgets.VBox(10, head, f.block, f.remark)))
	f.arrange()
	return f
}

func (f *fieldsPart) words() (heading, line string) {
	d := f.page.draft
	switch {
	case d.base.Body.Style == core.BodyTemplate:
		return "What should it say?", "Fields of the record stand in square brackets. Press one to put it in, or type [ to see what there is."
	case !d.usesFields():
		return "What is sent", "Look whether this is what the other system expects."
	case len(d.rows.Of(mapping.Taken)) == 0:
		return "What is sent", d.matchedText(f.examples)
	default:
		return "Match the fields", d.matchedText(f.examples)
	}
}

func (f *fieldsPart) object() fyne.CanvasObject { return f.root }

// show reads records to match with.
func (f *fieldsPart) show() {
	f.matched = false
	f.refresh()
}

// refresh reads records anew. What was matched stays as it is.
func (f *fieldsPart) refresh() {
	draft := control.WebhookDraft{Webhook: f.page.draft.shown()}
	f.turn++
	turn := f.turn
	f.stop = append(f.stop, background.Run(
		func(ctx context.Context) ([]control.Sample, error) { return f.page.service.Samples(ctx, draft) },
		func(samples []control.Sample, err error) {
			if turn == f.turn {
				f.read(samples, err)
			}
		}))
}

func (f *fieldsPart) leave() {
	f.turn++
	for _, stop := range f.stop {
		stop()
	}
	f.stop = nil
}

// read matches with the records that were read, the newest first.
func (f *fieldsPart) read(samples []control.Sample, err error) {
	p := f.page
	p.notice.Read(err)
	if err != nil || len(samples) == 0 {
		return
	}
	samples = ours(samples)
	f.samples, f.examples = samples, mapping.NewExamples(samples, 0)
	if !f.matched {
		f.matched = true
		p.draft.match(samples, f.examples)
		p.draft.addAll(samples[0])
	}
	f.about.SetText(samples[0].Title)
	if samples[0].Seq == 0 {
		f.about.SetText("A made-up person: no record came in yet")
	}
	f.arrange()
	p.showWords()
	p.update()
	f.preview()
}

// ours leaves out records that go elsewhere, whose fields would mislead, and the
// made-up one. Where all go elsewhere, they are better than none.
func ours(samples []control.Sample) []control.Sample {
	var wanted []control.Sample
	for _, s := range samples {
		if s.Wanted && s.Seq != 0 {
			wanted = append(wanted, s)
		}
	}
	if len(wanted) == 0 {
		return samples
	}
	return wanted
}

// arrange shows what this way of packing needs.
func (f *fieldsPart) arrange() {
	d := f.page.draft
	style := d.base.Body.Style
	f.card.Hidden = !d.usesFields()
	f.writing.Hidden = style != core.BodyTemplate
	f.nothing.Hidden = style != core.BodyNone
	f.table.Sync()
	f.table.ShowExamples()
	f.text.SetPlace(d.textPlace())
	if f.text.Entry().Text != d.base.Body.Template {
		f.text.SetText(d.base.Body.Template)
	}
	f.chips.Show()
	f.packing.show()
	f.check()
	f.page.relayout()
}

// changed shows at once what a change makes of the message.
func (f *fieldsPart) changed() {
	f.page.changed()
	f.page.showWords()
	f.table.ShowExamples()
	f.check()
	f.turn++
	turn := f.turn
	f.stop = append(f.stop[:0], background.After(settle, func() {
		if turn == f.turn {
			f.preview()
		}
	}))
}

// check says what is found in the text.
func (f *fieldsPart) check() {
	d := f.page.draft
	if d.base.Body.Style != core.BodyTemplate || f.examples == nil {
		return
	}
	status, words := mapping.CheckText(d.base.Body.Template, d.textPlace(), f.examples, f.keyNames())
	f.field.SetNote(status, words)
}

// keyNames are the secrets that texts may read.
func (f *fieldsPart) keyNames() []string {
	w := f.page.draft.webhook()
	var names []string
	for _, k := range w.Body.Keys {
		names = append(names, k.Name)
	}
	return names
}

// preview asks for the message of the newest record.
func (f *fieldsPart) preview() {
	if len(f.samples) == 0 {
		return
	}
	sample := f.samples[0]
	r := control.TestRequest{Draft: control.WebhookDraft{Webhook: f.page.draft.shown()}, Seq: sample.Seq}
	if sample.Seq == 0 {
		r.Data = sample.Data
	}
	f.turn++
	turn := f.turn
	f.stop = append(f.stop[:0], background.Run(
		func(ctx context.Context) (core.Shown, error) { return f.page.service.Preview(ctx, r) },
		func(shown core.Shown, err error) {
			if turn == f.turn {
				f.previewed(shown, err)
			}
		}))
}

func (f *fieldsPart) previewed(shown core.Shown, err error) {
	f.shown = shown
	f.block.Hidden = err != nil
	f.remark.Set(widgets.Waiting, core.Sentence(err))
	if err == nil {
		exchange.SetBlock(f.block, shown)
		f.remark.Set(widgets.Waiting, f.warning(shown))
	}
	f.table.ShowExamples()
	f.page.relayout()
}

// warning says that the record would not go there, or else the first thing that the
// preview warns of; "" for nothing.
func (f *fieldsPart) warning(shown core.Shown) string {
	if s := f.samples[0]; s.Seq != 0 && s.Why != "" {
		return s.Title + " would not be sent: " + s.Why
	}
	for _, n := range shown.Notes {
		if n.Warn {
			return n.Text
		}
	}
	return ""
}
