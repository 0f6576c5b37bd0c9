package signing

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// Words that a signature in a header line of their own is made with, as they are
// stored and as they are offered.
var (
	algorithms     = []string{"sha256", "sha512", "sha1"}
	algorithmNames = []string{"SHA-256 (usual)", "SHA-512", "SHA-1"}
	encodings      = []string{"hex", "base64"}
	encodingNames  = []string{"Hexadecimal (usual)", "Base64"}
)

// own are the boxes of a header line of their own.
type own struct {
	tab                 *Tab
	header, prefix      *widgets.Entry
	algorithm, encoding *widgets.Select
	object              fyne.CanvasObject
}

func newOwn(t *Tab) *own {
	o := &own{tab: t, header: widgets.NewEntry(), prefix: widgets.NewEntry()}
	o.header.SetPlaceHolder("X-Signature")
	o.prefix.SetPlaceHolder("Nothing")
	o.algorithm = widgets.NewSelect(algorithmNames, func(i int) {
		o.choose(i, algorithms, func(s *core.Sign) *string { return &s.Algorithm })
	})
	o.encoding = widgets.NewSelect(encodingNames, func(i int) {
		o.choose(i, encodings, func(s *core.Sign) *string { return &s.Encoding })
	})
	o.object = widgets.VBox(14,
		widgets.Grid(2, theme.CardGap,
			t.field(AtHeader, "Name of the header line", o.header, "As they write it, such as X-Hub-Signature-256."),
			t.field(AtPrefix, "In front of the signature", o.prefix, "Some look for a word, such as sha256=")),
		widgets.Grid(2, theme.CardGap,
			t.field(AtAlgorithm, "Made with", o.algorithm, ""),
			t.field(AtEncoding, "Written as", o.encoding, "")))
	o.header.OnChanged = o.typing(func(s *core.Sign, text string) { s.Header = strings.TrimSpace(text) })
	o.prefix.OnChanged = o.typing(func(s *core.Sign, text string) { s.Prefix = text })
	return o
}

// typing makes what is told of a typed text.
func (o *own) typing(set func(s *core.Sign, text string)) func(string) {
	return func(text string) {
		if o.tab.card.loading {
			return
		}
		o.tab.state.edit(func(now *core.Sign) { set(now, text) })
		o.tab.changed()
	}
}

// choose takes a word of a list, unless what is there means the same.
func (o *own) choose(i int, words []string, of func(*core.Sign) *string) {
	o.tab.state.edit(func(now *core.Sign) {
		if at := of(now); indexOf(words, *at) != i {
			*at = words[i]
		}
	})
	o.tab.changed()
}

// indexOf finds a stored word; none means the first.
func indexOf(words []string, word string) int {
	if word == "" {
		return 0
	}
	return slices.Index(words, word)
}

// load puts what is stored into the boxes.
func (o *own) load() {
	now := o.tab.state.kinds[kindOwn]
	o.header.SetText(now.Header)
	o.prefix.SetText(now.Prefix)
	o.algorithm.SetSelected(indexOf(algorithms, now.Algorithm))
	o.encoding.SetSelected(indexOf(encodings, now.Encoding))
}
