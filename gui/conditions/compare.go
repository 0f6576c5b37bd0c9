package conditions

import (
	"context"
	"reflect"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/exchange"
	"hookbird/gui/widgets"
)

// compare shows the message of one record before and after the edit.
func (w *whichList) compare(row control.TryRow) {
	w.of = row
	said := "Would be sent."
	if !row.After {
		said = "Would not be sent: " + row.Why
	}
	w.title.SetText(join(row.Title+".", said))
	w.back.Show()
	w.only(widgets.NewHint(widgets.Sending, "Making both messages…"))
	w.tried.card.focus(w.back)
	w.asked.after(0, func() func(context.Context) (control.Comparison, error) {
		request := control.TestRequest{Draft: w.draft, Seq: row.Seq}
		return func(ctx context.Context) (control.Comparison, error) { return w.tried.service.Compare(ctx, request) }
	})
}

// only puts one thing in the place of the list.
func (w *whichList) only(o fyne.CanvasObject) {
	w.body.Objects = []fyne.CanvasObject{o}
	w.scroll.ScrollToTop()
	w.put()
}

func (w *whichList) showCompared(c control.Comparison, err error) {
	if err != nil {
		again := widgets.NewButton(widgets.Secondary, "Try again", icons.Refresh, func() { w.compare(w.of) })
		again.OnKey = w.key
		w.only(widgets.VBox(10, widgets.NewHint(widgets.Bad, core.Sentence(err)), widgets.HBox(0, again)))
		return
	}
	if !w.out.Stored {
		w.only(w.side("What is sent", c.After, c.AfterWhy))
		return
	}
	same := widgets.NewHint(widgets.Neutral, "")
	if c.Before != nil && reflect.DeepEqual(c.Before, c.After) {
		same.Set(widgets.Info, "Your changes do not change this message.")
	}
	w.only(widgets.VBox(10, same, widgets.Columns(20, []float32{1, 1},
		w.side("Before", c.Before, c.BeforeWhy), w.side("After your changes", c.After, c.AfterWhy))))
}

// side is one of both messages, or why there is none.
func (w *whichList) side(title string, shown *core.Shown, why string) fyne.CanvasObject {
	parts := widgets.VBox(8, widgets.NewLine(title, widgets.Label))
	if why != "" || shown == nil {
		if why == "" {
			why = "There is no such message."
		}
		parts.Add(widgets.NewHint(widgets.Info, why))
	}
	if shown != nil {
		sent := exchange.NewSent()
		sent.Set(shown)
		sent.OnChanged(w.put)
		parts.Add(sent.Object())
	}
	return parts
}
