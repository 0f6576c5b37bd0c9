package conditions

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// last is on how many records a filter is tried out.
const last = 20

// tried says how many of the last records the filter takes.
type tried struct {
	card    *Card
	service Service
	asked   asked[control.TryOut]
	out     control.TryOut
	err     error
	ready   bool // an answer came
	object  *fyne.Container
	hint    *widgets.Hint
	which   *widgets.Button
}

func newTried(c *Card, s Service) *tried {
	t := &tried{card: c, service: s, hint: widgets.NewHint(widgets.Neutral, "")}
	t.asked.show = t.take
	t.which = widgets.NewButton(widgets.Quiet, "Which ones?", icons.None, func() { openWhich(t) })
	t.object = widgets.HBox(6, widgets.Grow(t.hint), t.which)
	return t
}

// request is the webhook with the filter as it is filled in.
func (t *tried) request() control.WebhookDraft {
	draft := t.card.page.Draft()
	draft.Webhook.Filter = t.card.draft.text
	return draft
}

// want tries the filter out once nobody has typed for a moment.
func (t *tried) want() {
	if t.card.draft.wrong != "" {
		t.asked.leave()
		return
	}
	t.asked.after(pause, func() func(context.Context) (control.TryOut, error) {
		draft := t.request()
		return func(ctx context.Context) (control.TryOut, error) { return t.service.TryOut(ctx, draft, last) }
	})
}

func (t *tried) take(out control.TryOut, err error) {
	t.out, t.err, t.ready = out, err, true
	t.show()
	t.card.fit()
}

func (t *tried) leave() { t.asked.leave() }

// show says what is known now.
func (t *tried) show() {
	status, text := t.sentence()
	t.hint.Set(status, text)
	t.which.Hidden = !t.ready || t.err != nil || len(t.out.Rows) == 0 || t.card.draft.wrong != "" || text == ""
	t.object.Hidden = text == ""
	t.object.Refresh()
}

// sentence says how many records would be sent.
func (t *tried) sentence() (widgets.Status, string) {
	d, out := t.card.draft, t.out
	switch {
	case d.wrong != "":
		return widgets.Neutral, ""
	case d.text == "" && len(d.list) == 0 && (!t.ready || t.err != nil || changes(out) == ""):
		return widgets.Neutral, "" // every record, as is said above
	case !t.ready:
		return widgets.Neutral, "Counting the records that would be sent…"
	case t.err != nil:
		return widgets.Waiting, "How many records would be sent is not known now. " + core.Sentence(t.err)
	case len(out.Rows) == 0:
		return widgets.Info, "No record has come in yet to try this on."
	case out.After == 0:
		return widgets.Waiting, join(none(out), t.card.records.were(someOf(d.fields())), lacking(out), changes(out))
	default:
		status, text := counted(out)
		return status, join(text, lacking(out))
	}
}

// lacking asks about fields that no record has: perhaps another system knows them.
func lacking(out control.TryOut) string {
	if len(out.Lacking) == 0 {
		return ""
	}
	return fmt.Sprintf("No record has %s. Is “Look up details” on?", strings.Join(someOf(out.Lacking), " or "))
}

// counted says how many records would be sent, and what is different from before.
func counted(out control.TryOut) (widgets.Status, string) {
	if out.After == 0 {
		return widgets.Waiting, join(none(out), changes(out))
	}
	return widgets.Good, join(fmt.Sprintf("%d of %s would be sent.", out.After, lastOnes(out)), changes(out))
}

func none(out control.TryOut) string {
	if len(out.Rows) == 1 {
		return "The only record so far would not be sent."
	}
	return "None of " + lastOnes(out) + " would be sent."
}

func lastOnes(out control.TryOut) string {
	if len(out.Rows) == 1 {
		return "1 record so far"
	}
	return fmt.Sprintf("your last %d records", len(out.Rows))
}

func someOf(fields []string) []string { return fields[:min(told, len(fields))] }

func join(sentences ...string) string {
	text := ""
	for _, s := range sentences {
		if s != "" {
			if text != "" {
				text += " "
			}
			text += s
		}
	}
	return text
}

// changes says what is different from the stored webhook: "12 would no longer be
// sent, 3 new ones would be."
func changes(out control.TryOut) string {
	gone, come := 0, 0
	for _, row := range out.Rows {
		switch {
		case !out.Stored:
		case row.Before && !row.After:
			gone++
		case row.After && !row.Before:
			come++
		}
	}
	switch {
	case gone > 0 && come > 0:
		return fmt.Sprintf("%d would no longer be sent, %s would be.", gone, newOnes(come))
	case gone > 0:
		return fmt.Sprintf("%d would no longer be sent.", gone)
	case come > 0:
		return newOnes(come) + " would be sent."
	default:
		return ""
	}
}

func newOnes(n int) string { return words.Count(uint64(n), "new one", "new ones") }
