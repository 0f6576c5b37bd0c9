package gui

import (
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// navPlaces are the places of the navigation, in order, with what Open takes.
var navPlaces = []struct {
	target, word string
	icon         icons.Name
}{
	{"home", "Home", icons.Home},
	{"webhooks", "Webhooks", icons.Plane},
	{"activity", "Activity", icons.Pulse},
	{"sources", "Sources", icons.Inbox},
	{"settings", "Settings", icons.Sliders},
}

// sidebar is the navigation with the sending card below it.
type sidebar struct {
	root  *widgets.Surface
	inner *fyne.Container // its padding depends on the size class
	name  *widgets.Text
	items []*widgets.NavItem
	card  *sendingCard

	failed int // that the pill shows
}

func newSidebar(open func(target string), pause func(until time.Time), resume func()) *sidebar {
	s := &sidebar{name: widgets.NewText("Hookbird", widgets.Style{Size: 18, Bold: true}), card: newSendingCard(pause, resume)}
	logo := widgets.HBox(9, widgets.NewLogo(30), s.name)
	column := widgets.VBox(4, widgets.Padded(16, 0, 16, 10, logo))
	for _, p := range navPlaces {
		item := widgets.NewNavItem(p.icon, p.word, func() { open(p.target) })
		s.items = append(s.items, item)
		column.Add(item)
	}
	column.Add(widgets.Spacer())
	column.Add(widgets.Padded(0, 0, 14, 0, s.card.root))
	s.inner = widgets.Padded(0, 10, 0, 10, column)
	s.root = widgets.NewSurface(widgets.Ground{Fill: theme.Sidebar}, s.inner)
	return s
}

// setNarrow changes between the sidebar and the rail.
func (s *sidebar) setNarrow(on bool) {
	s.name.Hidden = on
	side := float32(10)
	if on {
		side = 6
	}
	s.inner.Layout = widgets.Padded(0, side, 0, side, s.name).Layout
	for _, item := range s.items {
		item.SetNarrow(on)
	}
	s.card.setNarrow(on)
	s.root.Refresh()
}

// selectItem shows where we are.
func (s *sidebar) selectItem(i int) {
	for j, item := range s.items {
		item.SetSelected(i == j)
	}
}

// update shows what was read.
func (s *sidebar) update(o control.Overview) {
	s.failed = int(o.Failed)
	s.items[navActivity].SetCount(s.failed)
	s.card.update(o)
}

// sendingCard tells whether messages go out, and pauses and resumes.
type sendingCard struct {
	pause    func(until time.Time)
	resume   func()
	overview control.Overview
	standing standing

	root         *fyne.Container
	wide, narrow *fyne.Container
	icon, iconN  *widgets.Icon
	title, sub   *widgets.Text
	titleN       *widgets.Text
	button       *widgets.Button
	rail         *widgets.Row
}

func newSendingCard(pause func(time.Time), resume func()) *sendingCard {
	c := &sendingCard{
		pause: pause, resume: resume,
		icon: widgets.NewStatusIcon(widgets.Paused, 18), iconN: widgets.NewStatusIcon(widgets.Paused, 20),
		title: widgets.NewLine("", widgets.Label), sub: widgets.NewLine("", widgets.Caption),
		titleN: widgets.NewLine("", widgets.Style{Size: 10, Align: fyne.TextAlignCenter}),
	}
	c.button = widgets.NewButton(widgets.Secondary, "Pause sending", icons.Pause, func() { c.act(c.button) })
	card := widgets.NewSurface(widgets.Ground{Fill: theme.Card, Line: theme.Line, Radius: 10, Padding: 10},
		widgets.VBox(9, widgets.HBox(8, c.icon, widgets.Grow(widgets.VBox(0, c.title, c.sub))), c.button))
	c.wide = widgets.Stack(card)
	c.rail = widgets.NewRow("", widgets.Padded(8, 0, 6, 0, widgets.VBox(4, widgets.Centered(c.iconN), c.titleN)), func() { c.act(c.rail) })
	c.narrow = widgets.Stack(c.rail)
	c.narrow.Hide()
	c.root = widgets.Stack(c.wide, c.narrow)
	c.update(control.Overview{})
	return c
}

func (c *sendingCard) setNarrow(on bool) {
	c.wide.Hidden, c.narrow.Hidden = on, !on
	c.root.Refresh()
}

// standing is what the card says.
type standing struct {
	status             widgets.Status
	title, sub, narrow string
	button             string // "" for none
	icon               icons.Name
}

func standingOf(o control.Overview) standing {
	on := uint64(0)
	for _, v := range o.Webhooks {
		if v.Webhook.State == core.StateOn {
			on++
		}
	}
	switch {
	case o.Now.IsZero():
		return standing{widgets.Paused, "Reading…", "", "", "", icons.None}
	case o.Resting: // resuming would not do: Home asks first
		return standing{widgets.Paused, "Nothing is sent", "Home says why", "Resting", "", icons.None}
	case o.Paused:
		s := standing{widgets.Paused, "Sending is paused", "New records are kept", "Paused", "Resume", icons.Play}
		if !o.PausedUntil.IsZero() {
			s.title = "Paused until " + words.When(o.PausedUntil, o.Now)
		}
		return s
	case len(o.Webhooks) == 0:
		return standing{widgets.Paused, "Nothing to do yet", "No webhooks", "Nothing yet", "", icons.None}
	case on == 0:
		return standing{widgets.Paused, "Nothing is sent", "No webhook is on", "Nothing on", "", icons.None}
	default:
		return standing{widgets.Good, "Sending", words.Count(on, "webhook on", "webhooks on"), "Sending", "Pause sending", icons.Pause}
	}
}

func (c *sendingCard) update(o control.Overview) {
	c.overview, c.standing = o, standingOf(o)
	s := c.standing
	c.icon.SetStatus(s.status)
	c.iconN.SetStatus(s.status)
	c.title.SetText(s.title)
	c.sub.SetText(s.sub)
	c.sub.Hidden = s.sub == ""
	c.titleN.SetText(s.narrow)
	c.titleN.SetColor(s.status.Color())
	c.button.Hidden = s.button == ""
	c.button.SetText(s.button)
	c.button.SetIcon(s.icon)
	c.rail.SetLabel(s.title + ". " + s.button)
	c.root.Refresh()
}

// act resumes, or asks how long to pause; while nothing exists there is nothing
// to do.
func (c *sendingCard) act(anchor fyne.CanvasObject) {
	switch {
	case c.standing.button == "":
	case c.overview.Paused:
		c.resume()
	default:
		parts.OpenMenu(anchor, parts.PauseItems(time.Now(), c.pause))
	}
}
