package parts

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// Notice tells of trouble in place: a sentence, and what to press. It takes no
// room while there is none.
type Notice struct {
	// OnChanged is told when the notice comes, goes or changes its height.
	OnChanged func()

	read   bool // what it says is about reading
	root   *fyne.Container
	icon   *widgets.Icon
	words  *widgets.Text
	ground *widgets.Surface
	action *widgets.Button
	close  *widgets.Button
}

// NewNotice makes a notice that says nothing yet.
func NewNotice() *Notice {
	n := &Notice{
		icon:   widgets.NewStatusIcon(widgets.Bad, 18),
		words:  widgets.NewParagraph("", widgets.Body),
		action: widgets.NewButton(widgets.Secondary, "", icons.None, nil),
	}
	n.close = widgets.NewIconButton(icons.Cross, "Close this notice", n.Clear)
	row := widgets.HBox(12, n.icon, widgets.Grow(n.words), n.action, n.close)
	n.ground = widgets.NewSurface(widgets.Ground{Fill: widgets.Bad.Soft(), Radius: theme.CardRadius},
		widgets.Padded(8, 8, 8, 14, row))
	n.root = widgets.Padded(0, 0, theme.CardGap, 0, n.ground)
	n.root.Hide()
	return n
}

// Object is the notice, to be laid out.
func (n *Notice) Object() fyne.CanvasObject { return n.root }

// Fail shows what an error says to a person; nil clears the notice.
func (n *Notice) Fail(err error) {
	if err == nil {
		n.Clear()
		return
	}
	n.Say(widgets.Bad, core.Sentence(err), "", nil)
}

// Read tells how reading the page went: trouble is shown until a read goes well,
// and nothing else that is said gives way to it.
func (n *Notice) Read(err error) {
	switch {
	case err != nil && n.Text() == "" || err != nil && n.read:
		n.Fail(err)
		n.read = true
	case err == nil && n.read:
		n.Clear()
	}
}

// FailOr is Fail, but offers to read anew where somebody else's change is in the
// way.
func (n *Notice) FailOr(err error, reload func()) {
	if core.CodeOf(err) != core.CodeConflict {
		n.Fail(err)
		return
	}
	n.Say(widgets.Waiting, core.Sentence(err), "Show the newer one", reload)
}

// Say shows a sentence with a button; an empty button leaves it away.
func (n *Notice) Say(s widgets.Status, text, button string, press func()) {
	n.read = false
	n.icon.SetStatus(s)
	n.ground.SetGround(widgets.Ground{Fill: s.Soft(), Radius: theme.CardRadius})
	n.words.SetText(text)
	n.action.Hidden = button == ""
	n.action.SetText(button)
	n.action.OnTapped = func() {
		n.Clear()
		press()
	}
	n.root.Show()
	n.changed()
}

// Clear takes the notice away.
func (n *Notice) Clear() {
	if n.root.Visible() {
		n.root.Hide()
		n.changed()
	}
}

func (n *Notice) changed() {
	n.root.Refresh()
	if n.OnChanged != nil {
		n.OnChanged()
	}
}

// Text gives what the notice says; "" while it is away.
func (n *Notice) Text() string {
	if !n.root.Visible() {
		return ""
	}
	return n.words.Text()
}
