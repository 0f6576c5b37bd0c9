package signing

import (
	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/widgets"
)

// card is where the signature is chosen.
type card struct {
	tab     *Tab
	on      *widgets.Switch
	body    *fyne.Container // what a signature needs
	kinds   []kind          // as they are offered
	kind    *widgets.Field
	choice  *widgets.Select
	own     *own
	key     *keyBox
	both    *both
	offer   *offer
	ends    *widgets.Hint   // that nothing will be signed any more
	rest    *fyne.Container // all under the head
	loading bool            // the change under way is ours
	shape   string          // what is shown, to tell when heights are different
	object  fyne.CanvasObject
}

func newCard(t *Tab) *card {
	c := &card{tab: t, ends: widgets.NewHint(widgets.Waiting, "")}
	t.card = c
	c.on = widgets.NewSwitch(false, c.setOn)
	c.on.SetLabel("Add a signature")
	c.choice = widgets.NewSelect(nil, c.choose)
	c.kind = t.field(AtStyle, "Kind of signature", c.choice, kindHelps[kindShared])
	c.own, c.key, c.both, c.offer = newOwn(t), newKeyBox(t), newBoth(t), newOffer(t)
	c.body = widgets.VBox(14, c.kind, c.own.object, c.key.object, c.both.object, c.offer.object)
	c.rest = widgets.VBox(12, c.body, c.ends)
	c.object = widgets.NewTitledCard("Add a signature", "A signature proves that a message came from you and was not changed.", c.on,
		c.rest)
	c.show()
	return c
}

// setOn lets messages be signed, or no longer.
func (c *card) setOn(on bool) {
	c.tab.state.setOn(on)
	c.on.SetOn(on)
	c.load()
	c.tab.changed()
}

func (c *card) choose(i int) {
	if c.kinds[i] == c.tab.state.kind {
		return
	}
	c.tab.state.choose(c.kinds[i])
	c.load()
	c.tab.changed()
}

// load puts what is chosen into the boxes.
func (c *card) load() {
	c.loading = true
	c.own.load()
	c.key.load()
	c.both.load()
	c.loading = false
	c.show()
}

// show shows what goes with what is chosen.
func (c *card) show() {
	s := c.tab.state
	c.on.SetOn(s.on)
	c.body.Hidden = !s.on
	c.ends.Set(widgets.Waiting, "")
	if !s.on && s.stored && s.kept.Style != core.SignNone {
		c.ends.Set(widgets.Waiting, "From your next save on, messages are not signed. A system that checks them refuses them then.")
	}
	if s.changesStyle() {
		c.ends.Set(widgets.Waiting, "From your next save on, messages are signed in this way only. A system that checks them as before refuses them then.")
	}
	showIf(c.rest, s.on || c.ends.Text() != "")
	c.showKinds()
	showIf(c.own.object, s.kind == kindOwn)
	c.key.show()
	c.both.show()
	c.offer.show()
	c.body.Refresh()
	if now := c.shapeNow(); now != c.shape {
		c.shape = now
		c.tab.resized()
	}
}

// showKinds offers the kinds there are.
func (c *card) showKinds() {
	s := c.tab.state
	c.kinds = []kind{kindShared, kindPair, kindOwn}
	if s.kind == kindEither {
		c.kinds = append([]kind{kindEither}, c.kinds...)
	}
	names := make([]string, len(c.kinds))
	at := 0
	for i, k := range c.kinds {
		names[i] = kindNames[k]
		if k == s.kind {
			at = i
		}
	}
	c.choice.SetOptions(names)
	c.choice.SetSelected(at)
	c.kind.SetHelp(kindHelps[s.kind])
}

// shapeNow names what is shown.
func (c *card) shapeNow() string {
	shape := ""
	for _, o := range []fyne.CanvasObject{c.body, c.own.object, c.key.asked, c.key.fresh, c.key.public, c.key.got, c.both.object, c.offer.object, c.ends} {
		if o.Visible() {
			shape += "1"
		} else {
			shape += "0"
		}
	}
	return shape + c.key.asks.Text() + c.both.line.Text() + c.offer.line.Text()
}

func (c *card) mask() {
	c.key.mask()
	c.both.old.Mask()
	c.show()
}
