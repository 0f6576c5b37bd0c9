package widgets_test

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
	. "hookbird/gui/widgets"
)

// plainTheme is Fyne's own, as a theme that is not ours.
type plainTheme struct{}

func (plainTheme) Font(s fyne.TextStyle) fyne.Resource { return fynetheme.DefaultTheme().Font(s) }

func (plainTheme) Icon(n fyne.ThemeIconName) fyne.Resource { return fynetheme.DefaultTheme().Icon(n) }

func (plainTheme) Size(n fyne.ThemeSizeName) float32 { return fynetheme.DefaultTheme().Size(n) }

func (plainTheme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	return fynetheme.DefaultTheme().Color(n, v)
}

func act() {}

func disabled(b *Button) *Button { b.Disable(); return b }

func off(s *Switch) *Switch { s.Disable(); return s }

func hovered[W interface {
	fyne.CanvasObject
	desktop.Hoverable
}](w W) W {
	w.MouseIn(&desktop.MouseEvent{})
	return w
}

func focused[W interface {
	fyne.CanvasObject
	fyne.Focusable
}](w W) W {
	w.FocusGained()
	return w
}

func focusedEntry(text string) *Entry {
	e := entry(text)
	e.FocusGained()
	return e
}

func filter(s Status, word string, n int) *FilterChip {
	c := NewFilterChip(s, word, act)
	c.SetCount(n)
	return c
}

func chosen(c *FilterChip) *FilterChip { c.SetSelected(true); return c }

func problems(t *Tabs) *Tabs { t.SetProblems(1, 1); t.Select(1); return t }

func entry(text string) *Entry {
	e := NewEntry()
	e.SetText(text)
	return e
}

func placeholder(text string) *Entry {
	e := NewEntry()
	e.SetPlaceHolder(text)
	return e
}

func problem(f *Field, text string) *Field { f.SetProblem(text); return f }

func noted(f *Field, s Status, text string) *Field { f.SetNote(s, text); return f }

func selected(s *Select, i int) *Select { s.SetSelected(i); return s }

func pairs() *CodeBlock {
	b := NewCodeBlock()
	b.SetPairs([]Pair{
		{Name: "fname", Value: "Ada"}, {Name: "email", Value: "ada@example.org", Marked: true}, {Name: "api_key", Value: "never shown", Secret: true},
	})
	return b
}

func code(text string) *CodeBlock {
	b := NewCodeBlock()
	b.SetText(text)
	return b
}

func tiles(narrow bool) []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, c := range []struct {
		icon              icons.Name
		status            Status
		number, word, sub string
	}{
		{icons.TickCircle, Good, "1,284", "delivered", "Today, so far"},
		{icons.Clock, Waiting, "12", "waiting", "Next try at 10:48"},
		{icons.Alert, Bad, "2", "failed", "Since 10:38"},
		{icons.Inbox, Info, "4", "sources", "Last record 20 s ago"},
	} {
		t := NewTile(c.icon, c.status, act)
		t.Set(c.number, c.word, c.sub)
		t.SetNarrow(narrow)
		all = append(all, t)
	}
	return all
}

func choices() []fyne.CanvasObject {
	form := NewChoiceCard("Web form", "Most common", "fname=Ada&\nlname=Lovelace&\nemail=ada%40example.org", act)
	form.SetSelected(true)
	return []fyne.CanvasObject{
		form,
		NewChoiceCard("JSON", "One record", "{\n  \"fname\": \"Ada\"\n}", act),
		hovered(NewChoiceCard("JSON list", "Many at once", "[\n  {\"fname\": \"Ada\"}\n]", act)),
		focused(NewChoiceCard("My own text", "With fields", "Ada Lovelace,\nada@example.org", act)),
	}
}

func home(narrow bool) fyne.CanvasObject {
	width := theme.SidebarWidth
	if narrow {
		width = theme.RailWidth
	}
	page := Page(
		NewHeader("Home", "Sunday 22 November, 10:45", NewButton(Quiet, "Send one by hand", icons.Form, act), NewButton(Primary, "New webhook", icons.Plus, act)),
		VBox(theme.CardGap,
			NewBanner(Bad, "One webhook needs your attention", "Supporter CRM answered \"key not accepted\" twice. Nothing is lost: both are kept here until you fix it.", NewButton(Primary, "Fix this", icons.None, act)),
			Grid(4, theme.TileGap, tiles(narrow)...),
			Columns(theme.CardGap, []float32{1.9, 1}, NewTitledCard("Messages today", "", Legend(), chart()), comingUp()),
			webhooks(narrow),
		))
	return &fyne.Container{Layout: sideBySide{width}, Objects: []fyne.CanvasObject{sidebar(narrow), page}}
}

type sideBySide struct{ left float32 }

func (l sideBySide) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(880, 560) }

func (l sideBySide) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(l.left, size.Height))
	o[1].Move(fyne.NewPos(l.left, 0))
	o[1].Resize(fyne.NewSize(size.Width-l.left, size.Height))
}

func sidebar(narrow bool) fyne.CanvasObject {
	items := []fyne.CanvasObject{}
	for i, c := range []struct {
		icon icons.Name
		word string
	}{{icons.Home, "Home"}, {icons.Plane, "Webhooks"}, {icons.Pulse, "Activity"}, {icons.Inbox, "Sources"}, {icons.Sliders, "Settings"}} {
		n := NewNavItem(c.icon, c.word, act)
		n.SetSelected(i == 0)
		n.SetNarrow(narrow)
		if i == 2 {
			n.SetCount(2)
		}
		items = append(items, n)
	}
	if narrow {
		parts := append([]fyne.CanvasObject{Centered(NewLogo(32)), Fixed(0, 4, Spacer())}, items...)
		parts = append(parts, Spacer(), Centered(NewStatusIcon(Good, 20)))
		return NewSurface(Ground{Fill: theme.Sidebar}, Padded(14, 6, 14, 6, VBox(4, parts...)))
	}
	logo := Style{Size: 18, Bold: true}
	card := NewCardPadded(9, VBox(10,
		HBox(9, NewStatusIcon(Good, 18), Grow(VBox(0, NewLine("Sending", Label), NewLine("4 webhooks on", Caption)))),
		NewButton(Secondary, "Pause sending", icons.Pause, act)))
	parts := append([]fyne.CanvasObject{Padded(6, 0, 10, 12, HBox(10, NewLogo(30), NewText("Hookbird", logo)))}, items...)
	return NewSurface(Ground{Fill: theme.Sidebar}, Padded(10, 10, 14, 10, VBox(4, append(parts, Spacer(), card)...)))
}

func chart() *Bars {
	b := NewBars()
	b.Set([]int{1, 1, 1, 1, 1, 12, 40, 130, 260, 452, 384}, []int{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2})
	return b
}

func comingUp() fyne.CanvasObject {
	line := func(at, name, what string) fyne.CanvasObject {
		return HBox(10, Fixed(52, 0, NewText(at, Strong)), Grow(VBox(1, NewLine(name, Small), NewLine(what, Caption))))
	}
	return NewTitledCard("Coming up", "", NewButton(Quiet, "Try now", icons.Refresh, act), VBox(9,
		line("10:48", "Newsletter sign-ups", "8 messages, try 3 of 10"),
		line("10:55", "Newsletter sign-ups", "4 messages, try 2 of 10"),
		line("11:00", "Staff directory", "Batch of about 60 records")))
}

func webhooks(narrow bool) fyne.CanvasObject {
	list := VBox(0)
	for i, c := range []struct {
		icon                           icons.Name
		name, host, word, event, today string
		status                         Status
	}{
		{icons.Heart, "Supporter CRM", "crm.example.org", "Needs attention", "2 failed since 10:38", "412 today", Bad},
		{icons.Chat, "Newsletter sign-ups", "hooks.mailer.example", "12 waiting", "Trying again in 3 min", "603 today", Waiting},
		{icons.Ticket, "Box office contacts", "tickets.example.com", "Working", "Delivered 2 min ago", "188 today", Good},
		{icons.Building, "Staff directory", "people.example.net", "Working", "Delivered 1 hour ago", "81 today", Good},
		{icons.Table, "Finance export", "10.0.4.20", "Paused", "Paused by you on Friday", "0 today", Paused},
	} {
		if i > 0 {
			list.Add(NewDivider())
		}
		mini := NewMiniBars()
		mini.Set([]int{2, 3, 4, 6, 12, 9, 14, 18, 20, 20, 8 - i, 3 * i}, []int{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, max(0, 4-4*i), 0})
		mini.Hidden = narrow
		list.Add(NewRow(c.name, Padded(9, 2, 9, 2, HBox(14, NewIconTile(c.icon),
			Grow(VBox(1, NewLine(c.name, Strong), NewLine(c.host, Caption))),
			Fixed(148, 0, NewChip(c.status, c.word)),
			Fixed(170, 0, VBox(1, NewLine(c.event, Small), NewLine(c.today, Caption))),
			mini, NewIcon(icons.ChevronRight, theme.Foreground, 16))), act))
	}
	return NewTitledCard("Your webhooks", "", NewText("Last 12 hours", Caption), list)
}
