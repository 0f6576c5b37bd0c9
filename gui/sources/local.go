package sources

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// tokenLength is how many characters a token has that is made here.
const tokenLength = 32

// revealFor is how long a key stays readable.
const revealFor = 20 * time.Second

// localFields are the fields of a local address.
type localFields struct {
	form *form

	address  *widgets.Text
	eye      *widgets.Button
	key      string             // while it is shown
	hide     context.CancelFunc // gives up hiding it
	known    fyne.CanvasObject
	unknown  *widgets.Note
	closed   *widgets.Note
	asks     *widgets.Switch
	token    *widgets.SecretEntry
	tokenBox *widgets.Field
	tokenRow *fyne.Container
}

func newLocalFields(f *form) *localFields {
	k := &localFields{form: f, address: widgets.NewParagraph("", widgets.Code), hide: func() {}}
	k.eye = widgets.NewIconButton(icons.Eye, "Show the address", k.toggle)
	k.unknown = widgets.NewNote(widgets.Info, "", "Save, and the address is made: programs on this computer send their records to it.")
	k.closed = widgets.NewNote(widgets.Bad, "", "The local address is not open now. Home says why.")
	k.asks = widgets.NewSwitch(false, func(on bool) {
		f.draft.tokenOn = on
		k.refresh()
		f.page.frame.Layout()
	})
	k.asks.SetLabel("Ask for a token too")
	k.token = widgets.NewSecretEntry()
	k.token.OnChanged = func(text string) { f.draft.tokenText = text }
	k.token.OnReveal = func(show func(string)) { k.reveal("token", show) }
	k.tokenBox = widgets.NewField("Token", k.token, "The program sends it as “Authorization: Bearer …”.")
	return k
}

func (k *localFields) objects() []fyne.CanvasObject {
	line := widgets.NewSurface(widgets.Ground{Fill: theme.CodeBackground, Line: theme.Line, Radius: theme.Radius},
		widgets.Padded(4, 4, 4, 12, widgets.HBox(2, widgets.Grow(k.address), k.eye,
			widgets.NewIconButton(icons.Copy, "Copy the address", k.copyAddress))))
	examples := widgets.HBox(4, widgets.NewText("Copy an example:", widgets.Caption),
		widgets.NewButton(widgets.Quiet, "curl", icons.Copy, func() { k.copyExample(curlExample) }),
		widgets.NewButton(widgets.Quiet, "PowerShell", icons.Copy, func() { k.copyExample(powerShellExample) }))
	k.known = widgets.VBox(4, widgets.NewText("Address", widgets.Label), line, examples)
	makeOne := widgets.NewButton(widgets.Quiet, "Make one", icons.Sparkle, func() {
		text := core.NewKey(tokenLength)
		k.token.SetText(text)
		k.form.draft.tokenText = text
	})
	k.tokenRow = widgets.VBox(4, k.tokenBox, widgets.HBox(0, makeOne))
	asks := widgets.Spread(widgets.VBox(1, widgets.NewParagraph("Ask for a token too", widgets.Label),
		widgets.NewParagraph("A second key, for programs that can send a header line.", widgets.Caption)), k.asks)
	return []fyne.CanvasObject{k.unknown, k.closed, k.known, asks, k.tokenRow}
}

func (k *localFields) fill() {
	d := k.form.draft
	k.asks.SetOn(d.tokenOn)
	if d.tokenText == "" {
		k.token.SetStored(!d.isNew() && !d.base.Local.Token.IsZero())
	}
}

func (k *localFields) refresh() {
	isNew, open := k.form.draft.isNew(), k.form.view.Address != ""
	visible(k.known, !isNew && open)
	visible(k.unknown, isNew)
	visible(k.closed, !isNew && !open)
	visible(k.tokenRow, k.form.draft.tokenOn)
	k.showAddress()
}

func visible(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// showAddress writes the address with its key, or dots for it.
func (k *localFields) showAddress() {
	icon, label := icons.Eye, "Show the address"
	text := k.form.view.Address
	if k.key != "" {
		icon, label = icons.EyeOff, "Hide the address"
		text = k.whole(k.key)
	}
	k.address.SetText(text)
	k.eye.SetIcon(icon)
	k.eye.SetLabel(label)
}

// whole is the address with its key in it.
func (k *localFields) whole(key string) string {
	return strings.Replace(k.form.view.Address, core.Dots, key, 1)
}

func (k *localFields) toggle() {
	if k.key != "" {
		k.mask()
		return
	}
	k.reveal("key", func(key string) {
		k.key = key
		k.hide()
		k.hide = background.After(revealFor, k.mask)
		k.showAddress()
		k.form.page.frame.Layout()
	})
}

func (k *localFields) copyAddress() {
	k.reveal("key", func(key string) { k.copied(k.whole(key)) })
}

// copyExample copies a line that sends one record, with the key and the token
// that are stored.
func (k *localFields) copyExample(example func(address, token string) string) {
	k.reveal("key", func(key string) {
		if k.form.view.Source.Local.Token.IsZero() {
			k.copied(example(k.whole(key), ""))
			return
		}
		k.reveal("token", func(token string) { k.copied(example(k.whole(key), token)) })
	})
}

func (k *localFields) copied(text string) {
	fyne.CurrentApp().Clipboard().SetContent(text)
	k.form.page.OnSay("Copied. It holds the key: paste it only where it belongs.")
}

// reveal fetches the key or the token and hands it over.
func (k *localFields) reveal(place string, use func(string)) {
	ref := control.SecretRef{Source: k.form.draft.base.ID, Place: place}
	background.Run(
		func(ctx context.Context) (string, error) { return k.form.page.service.RevealSecret(ctx, ref) },
		func(text string, err error) {
			if err != nil {
				k.form.notice.Fail(err)
				return
			}
			use(text)
		})
}

func (k *localFields) setProblem(p problem) {
	if p.field != fieldToken {
		p.text = ""
	}
	k.tokenBox.SetProblem(p.text)
}

// mask shows dots again.
func (k *localFields) mask() {
	k.hide()
	k.key = ""
	k.token.Mask()
	k.showAddress()
}

func (k *localFields) focusOn(c fyne.Canvas) { c.Focus(k.token.Entry()) }
