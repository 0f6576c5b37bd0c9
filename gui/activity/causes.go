package activity

import (
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// causesAtFirst is how many groups are shown before somebody asks for more.
const causesAtFirst = 2

// causes is the card over the failed messages that says what they have in common,
// each group with what can be done about it.
type causes struct {
	page *Page
	room *fyne.Container // with the gap to the list; hidden while there is nothing to say
	list *fyne.Container
	all  bool // also those after the first
}

func newCauses(p *Page) *causes {
	c := &causes{page: p, list: widgets.VBox(10)}
	c.room = widgets.Padded(0, 0, 10, 0, widgets.NewCardPadded(12, c.list))
	c.room.Hide()
	return c
}

// show draws the groups that belong to what the list shows.
func (c *causes) show() {
	groups := c.shown()
	c.room.Hidden = len(groups) == 0
	c.list.Objects = nil
	for i, g := range groups {
		if i == causesAtFirst && !c.all {
			break
		}
		if i > 0 {
			c.list.Add(widgets.NewDivider())
		}
		c.list.Add(c.line(g))
	}
	if more := len(groups) - causesAtFirst; more > 0 {
		c.list.Add(c.moreButton(more))
	}
	c.list.Refresh()
	c.page.root.Refresh()
}

// shown are the groups of the failed messages that the query asks for: all of
// them, those of a webhook, or one that somebody chose.
func (c *causes) shown() (groups []control.Group) {
	q := c.page.query
	if q.State != core.Failed || q.Text != "" || c.page.span != 0 || c.page.filter.more.any() {
		return nil
	}
	for _, g := range c.page.groups {
		if (q.Webhook == "" || g.Ref.Webhook == q.Webhook) && (q.Group == nil || *q.Group == g.Ref) {
			groups = append(groups, g)
		}
	}
	return groups
}

func (c *causes) moreButton(n int) fyne.CanvasObject {
	word := "Show " + words.Count(uint64(n), "more cause", "more causes")
	if c.all {
		word = "Show fewer"
	}
	return widgets.HBox(0, widgets.NewButton(widgets.Quiet, word, icons.None, func() {
		c.all = !c.all
		c.show()
	}), widgets.Spacer())
}

// line is one group: how many and why, where and since when, and what to do.
func (c *causes) line(g control.Group) fyne.CanvasObject {
	title := widgets.NewLine(words.Number(g.Count)+" × "+g.Words, widgets.Strong)
	sub := widgets.NewLine(g.Webhook+", since "+words.When(g.Since, c.page.now()), widgets.Caption)
	head := widgets.HBox(10, widgets.NewStatusIcon(widgets.Bad, 18), widgets.Grow(widgets.VBox(1, title, sub)), c.into(g))
	return widgets.VBox(8, head, widgets.Padded(0, 0, 0, 28, c.buttons(g)))
}

// into shows the messages of a group alone, or all failed ones again.
func (c *causes) into(g control.Group) fyne.CanvasObject {
	p := c.page
	if p.query.Group != nil {
		return widgets.NewButton(widgets.Quiet, "All failed", icons.ArrowLeft, func() { p.openGroup(nil) })
	}
	b := widgets.NewButton(widgets.Quiet, "Show", icons.None, func() { p.openGroup(&g.Ref) })
	b.SetLabel("Show the " + words.Number(g.Count) + " messages: " + g.Words + ", " + g.Webhook)
	return b
}

// openGroup lists the messages of a group alone; nil: all that failed.
func (p *Page) openGroup(ref *control.GroupRef) {
	p.query.Group = ref
	p.ask()
}

// buttons are what can be done about a group. Sending is never the blue one while
// the cause stands.
func (c *causes) buttons(g control.Group) fyne.CanvasObject {
	p := c.page
	row := widgets.HBox(8)
	if g.Action != "" {
		fix := widgets.NewButton(widgets.Secondary, fixWords(g.Step), icons.None, func() { p.OnEditWebhook(g.Ref.Webhook, placeIn(g.Action)) })
		if g.Standing {
			fix.SetKind(widgets.Primary)
		}
		row.Add(fix)
	}
	if !g.Sendable {
		row.Add(widgets.NewText(g.Webhook+" is not on", widgets.Caption))
		return row
	}
	if g.Count > 1 {
		row.Add(widgets.NewButton(widgets.Secondary, "Try one", icons.None, func() { p.tryOne(g) }))
	}
	word := "Send all again"
	if g.Count == 1 {
		word = "Send again"
	}
	again := widgets.NewButton(widgets.Secondary, word, icons.None, func() { p.askGroup(g) })
	if !g.Standing && g.Action == "" {
		again.SetKind(widgets.Primary)
	}
	row.Add(again)
	return row
}

// fixWords makes of a step's title what its button does: "Check the key" becomes
// "Fix the key".
func fixWords(step string) string {
	step, _, _ = strings.Cut(step, ",")
	if rest, ok := strings.CutPrefix(step, "Check the "); ok {
		return "Fix the " + rest
	}
	return step
}

// placeIn is the place in the editor that a group's action names.
func placeIn(action string) attempt.Action {
	return placeOf([]attempt.Step{{Action: attempt.Action(action)}})
}

// tryOne sends the newest message of a group, to see whether its cause is gone. A
// webhook that is held is asked at once.
func (p *Page) tryOne(g control.Group) {
	p.doSendAgain([]core.DeliveryKey{g.Example})
	if g.WebhookOn == control.Attention || g.WebhookOn == control.Down {
		p.tryNow(g.Ref.Webhook)
	}
}

// askGroup sends all messages of a group again.
func (p *Page) askGroup(g control.Group) {
	p.askAgain(control.AgainRequest{Query: control.ActivityQuery{State: core.Failed, Group: &g.Ref, Until: p.now()}})
}
