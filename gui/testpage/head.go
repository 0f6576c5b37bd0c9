package testpage

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// head is the top of the page: back, what the page shows, what it is about.
type head struct {
	object     fyne.CanvasObject
	title, sub *widgets.Text
}

func newHead(p *Page) *head {
	h := &head{title: widgets.NewLine("Send a test", widgets.Name), sub: widgets.NewLine(p.draft.Webhook.Name, widgets.Subtitle)}
	back := widgets.NewIconButton(icons.ArrowLeft, "Back", func() { p.OnBack() })
	h.object = widgets.Padded(12, theme.PageSide, 14, theme.PageSide,
		widgets.HBox(10, back, widgets.Grow(widgets.VBox(2, h.title, h.sub))))
	return h
}

func (h *head) set(title, sub string) {
	h.title.SetText(title)
	h.sub.SetText(sub)
}

// newDock puts one object above another that takes the room that is left.
func newDock(top, centre fyne.CanvasObject) *fyne.Container {
	return container.New(&dock{}, top, centre)
}

type dock struct{}

func (dock) MinSize(o []fyne.CanvasObject) fyne.Size {
	top, centre := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(top.Width, centre.Width), top.Height+centre.Height)
}

func (dock) Layout(o []fyne.CanvasObject, size fyne.Size) {
	top := o[0].MinSize().Height
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(size.Width, top))
	o[1].Move(fyne.NewPos(0, top))
	o[1].Resize(fyne.NewSize(size.Width, max(0, size.Height-top)))
}
