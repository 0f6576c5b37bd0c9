package byhand

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// mostHeld is how many records are listed one by one that can be taken back.
const mostHeld = 3

// held lists the records of the card's forms that can still be taken back, and counts
// down until they go out.
type held struct {
	card   *Card
	loader *background.Loader[[]control.Held]
	list   []control.Held
	typed  map[string]map[string]string // what was filled in for them, by id
	stop   func()                       // the next count
	key    string
	counts []*widgets.Text

	object *fyne.Container
}

func newHeld(c *Card) *held {
	h := &held{card: c, typed: map[string]map[string]string{}, stop: func() {}, object: widgets.VBox(8)}
	h.loader = background.NewLoader(c.service.HeldRecords, h.show)
	h.object.Hide()
	return h
}

func (h *held) load() { h.loader.Load() }

func (h *held) leave() {
	h.loader.Stop()
	h.stop()
}

// add takes note of what was just filled in.
func (h *held) add(list []control.Held, values map[string]string) {
	for _, r := range list {
		if values != nil {
			h.typed[r.ID] = values
		}
	}
	h.show(append(append([]control.Held(nil), list...), h.list...), nil)
	h.load()
}

// show lists those that have not gone out yet.
func (h *held) show(all []control.Held, err error) {
	if err != nil {
		return // the page tells of trouble with reading
	}
	now := h.card.Now()
	h.list = nil
	for _, r := range all {
		if r.Until.After(now) {
			h.list = append(h.list, r)
		}
	}
	h.fill()
	h.tick()
}

// fill lists them anew where they are others: the focus stays otherwise.
func (h *held) fill() {
	key := fmt.Sprint(len(h.list))
	for i, r := range h.list {
		if i < mostHeld {
			key += " " + r.ID
		}
	}
	if key == h.key {
		return
	}
	h.key, h.counts = key, nil
	h.object.Objects = nil
	for i, r := range h.list {
		if i == mostHeld {
			h.object.Add(h.line(words.Count(uint64(len(h.list)-i), "more record", "more records"), "Undo all", func() { h.undo(h.list) }))
			break
		}
		h.object.Add(h.line(title(r), "Undo", func() { h.undo([]control.Held{r}) }))
	}
	h.object.Hidden = len(h.list) == 0
	h.object.Refresh()
	h.card.OnLayout()
}

// title is what a record is called.
func title(r control.Held) string {
	if r.Title == "" {
		return "The record"
	}
	return r.Title
}

// line is one of them, with what takes it back.
func (h *held) line(name, button string, undo func()) fyne.CanvasObject {
	count := widgets.NewLine("", widgets.Caption)
	h.counts = append(h.counts, count)
	b := widgets.NewButton(widgets.Quiet, button, icons.None, undo)
	b.SetLabel(button + ": " + name)
	inner := widgets.HBox(8, widgets.NewStatusIcon(widgets.Waiting, 16), widgets.Grow(widgets.VBox(0, widgets.NewLine(name, widgets.Label), count)), b)
	return widgets.NewSurface(widgets.Ground{Fill: theme.PrimarySoft, Radius: 8, Padding: 8}, inner)
}

// tick counts down, once a second while something is held.
func (h *held) tick() {
	h.stop()
	now := h.card.Now()
	for i, count := range h.counts {
		if i < len(h.list) {
			count.SetText("Goes out in " + until(h.list[i].Until.Sub(now)))
		}
	}
	if len(h.list) > 0 {
		h.stop = background.After(time.Second, func() { h.show(h.list, nil) })
	}
}

// until says for how long something waits.
func until(d time.Duration) string {
	if s := int((d + time.Second - 1) / time.Second); s < 100 {
		return words.Count(uint64(max(s, 1)), "second", "seconds")
	}
	return words.Count(uint64((d+time.Minute-1)/time.Minute), "minute", "minutes")
}

// undo takes records back. A single one is filled in again, if the form is empty.
func (h *held) undo(list []control.Held) {
	c := h.card
	late := 0
	background.Do(func(ctx context.Context) error {
		for _, r := range list {
			if err := c.service.UndoForm(ctx, r); core.CodeOf(err) == core.CodeNotFound {
				late++
			} else if err != nil {
				return err
			}
		}
		return nil
	}, func(err error) {
		h.load()
		switch {
		case err != nil:
			c.notice.Fail(err)
		case late > 0:
			c.notice.Say(widgets.Info, words.Count(uint64(late), "record had", "records had")+" gone out already.", "", nil)
		default:
			h.back(list)
		}
	})
}

// back tells that records were taken back.
func (h *held) back(list []control.Held) {
	c := h.card
	c.notice.Clear()
	values := h.typed[list[0].ID]
	if len(list) > 1 {
		c.OnSay(words.Count(uint64(len(list)), "record", "records") + " taken back.")
		return
	}
	c.OnSay(title(list[0]) + " is taken back and not sent.")
	if values != nil && c.lines != nil && list[0].Source == c.at && !c.lines.touched() {
		c.lines.fill(values)
	}
}
