package again

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/exchange"
	"hookbird/gui/parts"
	"hookbird/gui/widgets"
)

// previewAfter is how long nothing has to be typed before the message is made anew.
const previewAfter = 300 * time.Millisecond

// Correct lets somebody change the values of a message that failed or waits, shows
// the message before and after, and sends it. The record stays as it came.
func Correct(p Params, key core.DeliveryKey) {
	c := &correcting{p: p, key: key, notice: parts.NewNotice(), shown: widgets.VBox(0)}
	background.Run(func(ctx context.Context) (control.CorrectionView, error) { return p.Service.Correction(ctx, key) },
		func(v control.CorrectionView, err error) {
			c.view = v
			c.show(err)
		})
}

// correcting is one correction.
type correcting struct {
	p      Params
	key    core.DeliveryKey
	view   control.CorrectionView
	typed  map[string]string // by their places
	turn   int               // previews asked for: only the last is shown
	timer  *time.Timer
	notice *parts.Notice
	shown  *fyne.Container
	right  *widgets.Scroll
	room   float32 // that shown has
	send   *widgets.Button
	dialog *widgets.Dialog
}

func (c *correcting) show(err error) {
	if err != nil {
		widgets.Confirm(c.p.Canvas, widgets.Question{Title: "This message cannot be corrected", Body: core.Sentence(err), No: "Close", Yes: "OK", OnYes: func() {}})
		return
	}
	c.typed = map[string]string{}
	fields := widgets.VBox(10)
	var first *widgets.Entry
	for _, f := range c.view.Fields {
		e := widgets.NewEntry()
		e.SetText(f.Value)
		e.OnChanged = func(text string) { c.change(f, text) }
		e.OnEscape = func() { c.dialog.Hide() }
		if first == nil {
			first = e
		}
		help := ""
		if f.Logged != f.Value {
			help = "It came in as “" + f.Logged + "”."
		}
		fields.Add(widgets.NewField(f.Name, e, help))
	}
	size := c.p.Canvas.Size()
	width, height := min(900, size.Width-110), min(420, size.Height-300)
	c.room = width - 330
	left := widgets.NewScroll(widgets.Padded(2, 12, 2, 2, fields))
	c.right = widgets.NewScroll(widgets.Padded(2, 12, 2, 2, c.shown))
	body := widgets.VBox(10, c.notice.Object(),
		widgets.NewParagraph("Only this message to "+c.view.Webhook+" changes. The record stays as it came in, and the history tells what was changed.", widgets.Subtitle),
		widgets.HBox(16, widgets.Fixed(300, height, left), widgets.Grow(widgets.MinSize(width-316, height, c.right))))
	c.send = widgets.NewButton(widgets.Primary, "Correct and send", icons.Plane, c.correct)
	c.send.SetEnabled(false)
	c.dialog = widgets.NewDialog(c.p.Canvas, "Correct “"+c.view.Title+"”", body,
		widgets.NewButton(widgets.Secondary, "Cancel", icons.None, func() { c.dialog.Hide() }), c.send)
	c.dialog.OnClosed = func() {
		if c.timer != nil {
			c.timer.Stop()
		}
	}
	c.preview()
	c.dialog.Show()
	if first != nil {
		c.p.Canvas.Focus(first)
	}
}

// change notes what was typed, and makes the message anew a little later.
func (c *correcting) change(f control.CorrectionField, text string) {
	if c.typed[f.Pointer] = text; text == f.Value {
		delete(c.typed, f.Pointer)
	}
	c.send.SetEnabled(len(c.typed) > 0)
	if c.timer != nil {
		c.timer.Stop()
	}
	c.timer = time.AfterFunc(previewAfter, func() { fyne.Do(c.preview) })
}

func (c *correcting) correction() control.Correction {
	values := map[string]string{}
	for k, v := range c.typed {
		values[k] = v
	}
	return control.Correction{Key: c.key, Values: values}
}

func (c *correcting) preview() {
	c.turn++
	turn, r := c.turn, c.correction()
	background.Run(func(ctx context.Context) (control.Comparison, error) { return c.p.Service.PreviewCorrection(ctx, r) },
		func(found control.Comparison, err error) {
			if turn != c.turn {
				return
			}
			c.notice.FailOr(err, c.preview)
			if err != nil {
				return
			}
			c.shown.Objects = []fyne.CanvasObject{exchange.Sides(c.room, exchange.Side{Title: "As it is", Shown: found.Before, Why: found.BeforeWhy},
				exchange.Side{Title: "As it would go out", Shown: found.After, Why: found.AfterWhy}, c.relayout)}
			c.relayout()
		})
}

func (c *correcting) relayout() {
	c.shown.Refresh()
	c.right.Resize(c.right.Size())
	c.right.Refresh()
}

func (c *correcting) correct() {
	r := c.correction()
	c.send.SetEnabled(false)
	background.Do(func(ctx context.Context) error { return c.p.Service.Correct(ctx, r) }, func(err error) {
		if err != nil {
			c.send.SetEnabled(true)
			c.notice.Fail(err)
			return
		}
		c.dialog.Hide()
		c.p.Say("It is being sent as corrected.")
		c.p.OnDone()
	})
}
