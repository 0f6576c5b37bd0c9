package editor

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/core"
	"hookbird/gui/widgets"
)

// orders are what can keep its order, as they are offered.
var orders = []core.OrderKind{core.OrderNone, core.OrderAll, core.OrderField}

// buildOrder makes the card that says whether messages may overtake each other.
func (p *Page) buildOrder() fyne.CanvasObject {
	inner := p.orderInner()
	ways := widgets.NewWays([]widgets.Way{
		{Name: "It doesn't matter (usual)", Note: "Fastest. While one message waits for another try, later ones go ahead of it."},
		{Name: "One after the other, as they came in", Note: "Slowest. Each waits until the one before it was delivered or given up, so that one refused record holds up all others."},
		{Name: "One after the other for each person", Note: "Nearly as fast. Records of one person keep their order; those of others go on meanwhile.", Inner: inner},
	}, max(0, slices.Index(orders, p.draft.Web().Order.Kind)), p.setOrder)
	return widgets.NewTitledCard("In which order", "", nil, widgets.VBox(0, ways.Object(), p.remark(Place{Part: PartOrder})))
}

func (p *Page) setOrder(i int) {
	order := &p.draft.Web().Order
	order.Kind = orders[i]
	if order.Kind == core.OrderField && order.Field == "" {
		p.orderField.SetText(p.personField())
	}
	p.showPace()
	p.changed()
	p.relayout()
}

func (p *Page) orderInner() fyne.CanvasObject {
	at, order := Place{Part: PartOrderField}, p.draft.Web().Order
	p.orderField = p.newFieldBox(at, order.Field, func(path string) { p.draft.Web().Order.Field = strings.TrimSpace(path) })
	field := p.field(at, "The field that tells people apart", p.orderField, "A number or an e-mail address that each person has. Records without it keep no order.")
	newest := widget.NewCheck("Only the newest record of a person counts", nil)
	newest.SetChecked(order.Newest)
	newest.OnChanged = func(on bool) {
		p.draft.Web().Order.Newest = on
		p.changed()
	}
	return widgets.VBox(10, field, checkWith(newest, "An older one that still waits is not sent any more. Good for profiles, bad for payments."))
}

// personField guesses which field tells people apart, "" if none looks like it.
func (p *Page) personField() string {
	for _, sign := range []string{"email", "e-mail", "mail", "id"} {
		for _, f := range p.examples.All() {
			name := strings.ToLower(f.Path)
			if name == sign || len(sign) > 2 && strings.Contains(name, sign) {
				return f.Path
			}
		}
	}
	return ""
}
