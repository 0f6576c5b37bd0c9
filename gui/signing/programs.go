package signing

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/verify"
	"hookbird/gui/widgets"
)

// languageNames are those that read better here than by their own names.
var languageNames = map[string]string{"Google Apps Script": "Spreadsheet"}

// programs shows short programs that check a message, one at a time: by language,
// and where there are several things to check, by what it checks.
type programs struct {
	tab       *Tab
	all       []verify.Snippet
	languages []string
	language  string // that is shown
	title     string // what the one that is shown checks
	choice    *widgets.Segmented
	row       *fyne.Container // of languages
	titles    []string
	what      *widgets.Field
	which     *widgets.Select
	note      *widgets.Text
	code      *widgets.CodeBlock
	now       verify.Snippet
	object    fyne.CanvasObject
}

func newPrograms(t *Tab) *programs {
	p := &programs{tab: t, row: widgets.VBox(0), note: widgets.NewParagraph("", widgets.Body), code: widgets.NewCodeBlock()}
	p.which = widgets.NewSelect(nil, func(i int) { p.chooseTitle(p.titles[i]) })
	p.what = widgets.NewField("What it checks", p.which, "One is enough; the first is the strongest.")
	copyIt := widgets.NewButton(widgets.Secondary, "Copy the program", icons.Copy, func() {
		t.copyText(p.now.Code, "Copied. No key is in it: the program reads it from its settings.")
	})
	p.object = widgets.VBox(12, widgets.NewDivider(), widgets.Spread(widgets.NewLine("A program for it", widgets.Label), copyIt),
		p.row, p.what, p.note, p.code)
	p.object.Hide()
	return p
}

// set shows the programs of a webhook, and tells whether heights may be different.
func (p *programs) set(all []verify.Snippet) (resized bool) {
	if slices.Equal(all, p.all) {
		return false
	}
	p.all = all
	var languages []string
	for _, s := range all {
		if !slices.Contains(languages, s.Language) {
			languages = append(languages, s.Language)
		}
	}
	showIf(p.object, len(all) > 0)
	if !slices.Equal(languages, p.languages) {
		p.offer(languages)
	}
	p.show()
	return true
}

// offer shows the languages there are; the one that was chosen stays.
func (p *programs) offer(languages []string) {
	p.languages = languages
	p.row.Objects = nil
	if len(languages) > 0 {
		names := make([]string, len(languages))
		for i, l := range languages {
			names[i] = l
			if short := languageNames[l]; short != "" {
				names[i] = short
			}
		}
		at := max(0, slices.Index(languages, p.language))
		p.language = languages[at]
		p.choice = widgets.NewSegmented(names, func(i int) { p.chooseLanguage(p.languages[i]) })
		p.choice.Select(at)
		p.row.Add(p.choice)
	}
	p.row.Refresh()
}

func (p *programs) chooseLanguage(language string) {
	p.language = language
	p.show()
	p.tab.resized()
}

func (p *programs) chooseTitle(title string) {
	p.title = title
	p.show()
	p.tab.resized()
}

// show shows the program that is chosen, the first where none of that name is.
func (p *programs) show() {
	var mine []verify.Snippet
	p.titles = nil
	for _, s := range p.all {
		if s.Language == p.language {
			mine, p.titles = append(mine, s), append(p.titles, s.Title)
		}
	}
	p.now = verify.Snippet{}
	if len(mine) > 0 {
		at := max(0, slices.Index(p.titles, p.title))
		p.now = mine[at]
		p.which.SetOptions(p.titles)
		p.which.SetSelected(at)
	}
	showIf(p.what, len(mine) > 1)
	p.note.SetText(p.now.Note)
	p.code.SetText(strings.ReplaceAll(strings.TrimRight(p.now.Code, "\n"), "\t", "    "))
}
