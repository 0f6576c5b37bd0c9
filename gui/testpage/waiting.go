package testpage

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/message"
	"hookbird/gui/background"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

var errNoRecord = core.Errorf(core.CodeInvalid, "Choose a record to test with, or take the made-up person.")

// waiting says how long the page has waited for the answer.
type waiting struct {
	page   *Page
	object fyne.CanvasObject
	text   *widgets.Text
	began  time.Time
	limit  time.Duration
	later  context.CancelFunc
}

func newWaiting(p *Page) *waiting {
	w := &waiting{page: p, text: widgets.NewParagraph("", widgets.Body)}
	cancel := widgets.NewButton(widgets.Secondary, "Cancel", icons.None, func() {
		if p.stop != nil {
			p.stop()
		}
	})
	w.object = widgets.NewCard(widgets.HBox(14, widgets.NewTintedTile(icons.Plane, widgets.Sending, 36), widgets.Grow(w.text), cancel))
	return w
}

func (w *waiting) begin(limit time.Duration) {
	w.began, w.limit = time.Now(), limit
	w.show()
}

func (w *waiting) show() {
	if !w.page.sending {
		return
	}
	w.text.SetText(fmt.Sprintf("Waiting for %s… %d s (gives up at %s)", w.page.host(), int(time.Since(w.began).Seconds()), shortSpan(w.limit)))
	w.later = background.After(time.Second, w.show)
}

func (w *waiting) end() {
	if w.later != nil {
		w.later()
	}
}

func shortSpan(d time.Duration) string {
	if d < 2*time.Minute {
		return fmt.Sprintf("%d s", int(d.Seconds()))
	}
	return words.Span(d)
}

// host is the system that the draft sends to; the rest of an address is a secret.
func (p *Page) host() string {
	u, err := message.ParseAddress(p.draft.Webhook.Address)
	if err != nil {
		return "the other system"
	}
	return u.Host
}

func (p *Page) relayoutIfBuilt() {
	if p.root != nil {
		p.relayout()
	}
}
