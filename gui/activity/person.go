package activity

import (
	"net/mail"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/core/value"
	"hookbird/gui/widgets"
)

// person leads from a message to all that is kept about the person it is about; nil if
// its record has no e-mail address to know them by.
func (d *detail) person(view control.DeliveryView) fyne.CanvasObject {
	e := view.Delivery.Event
	if e == nil || d.page.OnPerson == nil {
		return nil
	}
	address := addressIn(e.Data)
	if address == "" {
		return nil
	}
	b := widgets.NewButton(widgets.Quiet, "Everything about this person", icons.Person, func() { d.page.OnPerson(address) })
	return widgets.HBox(0, b)
}

// addressIn gives the first value of a record that is an e-mail address, or "".
func addressIn(data []byte) string {
	for _, l := range value.Leaves(data) {
		text := strings.TrimSpace(l.Text)
		if a, err := mail.ParseAddress(text); err == nil && a.Address == text {
			return text
		}
	}
	return ""
}
