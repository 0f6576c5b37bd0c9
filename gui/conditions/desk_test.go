package conditions

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/filter"
	"hookbird/core/value"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// desk is a page with the card on it, and the engine behind.
type desk struct {
	*screen.Desk
	card    *Card
	scroll  *widgets.Scroll
	stored  string // filter of the stored webhook, tried out as "before"
	is      bool   // there is a stored webhook
	people  []control.Sample
	asked   []string // filters that were tried out
	trouble error    // of the engine
	lacking []string // fields that no record has
	changed []string // filters that the card told
	left    int
	seen    []fyne.CanvasObject // what was scrolled to
}

func (d *desk) Canvas() fyne.Canvas { return d.Window.Canvas() }

func (d *desk) Draft() control.WebhookDraft {
	return control.WebhookDraft{Webhook: core.Webhook{ID: "members", Filter: "not this one"}, Revision: 1}
}

func (d *desk) Resized() {
	if d.scroll != nil {
		d.scroll.Resize(d.scroll.Size())
	}
}

func (d *desk) ScrollTo(o fyne.CanvasObject) { d.seen = append(d.seen, o) }

// TryOut implements Service by real filters.
func (d *desk) TryOut(ctx context.Context, draft control.WebhookDraft, most int) (control.TryOut, error) {
	d.asked = append(d.asked, draft.Webhook.Filter)
	if d.trouble != nil {
		return control.TryOut{}, d.trouble
	}
	out := control.TryOut{Stored: d.is, Lacking: d.lacking}
	before, _ := filter.Parse(d.stored)
	after, err := filter.Parse(draft.Webhook.Filter)
	if err != nil {
		return out, err
	}
	for _, s := range d.people[:min(most, len(d.people))] {
		record, _ := value.Parse(s.Data)
		row := control.TryRow{Seq: s.Seq, Title: s.Title, Time: s.Time, Before: d.is && before.Match(record), After: after.Match(record)}
		for _, verdict := range after.Explain(record) {
			if !verdict.OK {
				row.Why = verdict.Sentence
			}
		}
		out.Rows = append(out.Rows, row)
		if row.After {
			out.After++
		}
	}
	return out, ctx.Err()
}

// Compare implements Service.
func (d *desk) Compare(_ context.Context, r control.TestRequest) (control.Comparison, error) {
	if d.trouble != nil {
		return control.Comparison{}, d.trouble
	}
	name := d.person(r.Seq).Title
	shown := core.Shown{
		Method: "POST", URL: "https://crm.example.org/hook", Host: "crm.example.org", Headers: []string{"Content-Type: application/x-www-form-urlencoded"},
		Pairs: []core.Pair{{Name: "name", Value: name}, {Name: "zip", Value: "13001"}}, Body: "name=" + name + "&zip=13001",
	}
	c := control.Comparison{Before: &shown, After: &shown}
	if after, err := filter.Parse(r.Draft.Webhook.Filter); err != nil || !after.Match(d.record(r.Seq)) {
		c.After, c.AfterWhy = nil, "This record would not be sent."
	}
	return c, nil
}

func (d *desk) person(seq uint64) control.Sample { return d.people[len(d.people)-int(seq)] }

func (d *desk) record(seq uint64) value.Value {
	v, _ := value.Parse(d.person(seq).Data)
	return v
}

// guests are twelve members and eight guests, the newest first, with seq 20 to 1.
func guests() []control.Sample {
	var list []control.Sample
	for i := range 20 {
		role, zip := "MEMBER", fmt.Sprintf("13%03d", i)
		if i%5 > 2 {
			role, zip = "GUEST", fmt.Sprintf("75%03d", i)
		}
		data, _ := json.Marshal(map[string]any{"name": fmt.Sprintf("Ada %d", i+1), "role": role, "addresses": []any{map[string]any{"isMain": true, "zipCode": zip}}})
		list = append(list, control.Sample{
			Seq: uint64(20 - i), Title: fmt.Sprintf("Ada %d", i+1), Time: time.Date(2026, 11, 22, 10, 40-i, 0, 0, time.UTC), Data: data,
			Fields: []control.SampleField{{Path: "name", Value: fmt.Sprintf("Ada %d", i+1)}, {Path: "role", Value: role}, {Path: "addresses(isMain).zipCode", Value: zip}},
		})
	}
	return list
}

// show runs a test of a card with a filter.
func show(t *testing.T, text string, run func(*desk)) {
	t.Helper()
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := &desk{people: guests(), is: true, stored: text}
		inner := widgets.VBox(theme.CardGap)
		d.scroll = widgets.NewScroll(widgets.Padded(20, 20, 20, 20, inner))
		d.Desk = screen.NewDesk(t, d.scroll, fyne.NewSize(664, 700))
		d.Act(func() {
			d.card = New(d, d)
			inner.Add(d.card.Content())
			d.card.OnChanged = func(f string) { d.changed = append(d.changed, f) }
			d.card.OnLeft = func() { d.left++ }
			d.card.Set(text)
			d.card.SetSamples(d.people, 0)
			d.card.Ask()
		})
		d.Settle()
		run(d)
		d.Act(d.card.Leave)
	})
}

// key presses a key on what has the focus.
func (d *desk) key(name fyne.KeyName) {
	d.Helper()
	d.Act(func() {
		focused := d.Canvas().Focused()
		if focused == nil {
			d.Fatal("nothing has the focus")
		}
		focused.TypedKey(&fyne.KeyEvent{Name: name})
	})
}

// types types into what has the focus.
func (d *desk) types(text string) {
	d.Helper()
	d.Act(func() { test.Type(d.Canvas().Focused(), text) })
}

func (d *desk) focus(f fyne.Focusable) { d.Act(func() { d.Canvas().Focus(f) }) }

// line is one of the lines on screen.
func (d *desk) line(i int) *line { return d.card.lines[d.card.draft.list[i]] }
