package editor

import (
	"fyne.io/fyne/v2"

	"hookbird/gui/exchange"
	"hookbird/gui/mapping"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

func (p *Page) build() {
	p.built = false
	p.spots, p.tables, p.secrets, p.shownNow = map[Place]*spot{}, nil, nil, ""
	p.folds = map[*mapping.Table]*exchange.Fold{}
	p.sampled = p.wants()
	chosen := 0
	if p.pane != nil {
		chosen = p.pane.chosen
	}
	p.pane = newPane(p)
	p.pane.chosen = chosen
	p.examples = mapping.NewExamples(p.samples, chosen)
	p.head = newHead(p)
	p.tabs = widgets.NewTabs(tabTitles[:], func(i int) { p.choose(Tab(i)) })
	p.bodies = nil
	for _, make := range []func() fyne.CanvasObject{p.buildWhere, p.buildWhat, p.buildWhen, p.buildSecurity, p.buildFails} {
		inner := widgets.Padded(14, theme.PageSide, theme.PageBottom, theme.PageSide, make())
		p.bodies = append(p.bodies, widgets.NewScroll(inner))
	}
	p.bar = newBar(p)
	p.built = true
	p.arrange()
}

// arrange lays the parts out for the width of the window.
func (p *Page) arrange() {
	p.pane.close()
	p.bar.setNarrow(p.narrow)
	bodies := widgets.Stack()
	for _, b := range p.bodies {
		bodies.Add(b)
	}
	top := widgets.VBox(0, p.head.object,
		widgets.Padded(0, theme.PageSide, 0, theme.PageSide, p.tabs),
		p.noticed)
	main := dock(top, p.bar.object, nil, bodies)
	if !p.narrow {
		main = dock(nil, nil, p.pane.atSide(), main)
	}
	p.root.Objects = []fyne.CanvasObject{main}
	p.root.Refresh()
}

// choose shows a tab.
func (p *Page) choose(tab Tab) {
	p.maskSecrets()
	p.wanted = tab
	p.tabs.Select(int(tab))
	for i, body := range p.bodies {
		if i == int(tab) {
			body.Show()
		} else {
			body.Hide()
		}
	}
	p.relayout()
}

func (p *Page) maskSecrets() {
	for _, t := range p.tables {
		t.Mask()
	}
	for _, b := range p.secrets {
		b.entry.Mask()
	}
	if p.sign != nil {
		p.sign.Mask()
	}
}

// relayout fits the tab on screen anew, after a part has shown, hidden or grown.
func (p *Page) relayout() {
	if !p.built {
		return
	}
	p.root.Refresh()
	body := p.bodies[p.tabs.Selected()]
	body.Resize(body.Size())
	body.Refresh()
}

// changed is called after every change that a person made.
func (p *Page) changed() {
	p.showText()
	p.showRedirects()
	p.showSigning()
	p.update()
	p.preview.want(p.request)
	if now := p.wants(); now != p.sampled {
		p.sampled = now
		p.sampler.want(p.draft.Control)
		p.only.Ask()
	}
}

// update shows what is wrong and whether anything is unsaved.
func (p *Page) update() {
	shown := inOrder(append(p.draft.Shown(p.draft.Problems()), p.draft.Refused()...))
	texts, boxes := map[Place]string{}, map[mapping.Spot]string{}
	counts := [tabs]int{}
	now := ""
	for _, problem := range shown {
		texts[problem.Place] = problem.Text
		boxes[problem.Place.Spot] = problem.Text
		counts[problem.Tab]++
		now += problem.Text + "\n"
	}
	resized := now != p.shownNow
	p.shownNow = now
	for place, s := range p.spots {
		s.say(texts[place])
	}
	for _, t := range p.tables {
		resized = t.ShowProblems(boxes) || resized
	}
	resized = p.what.text.check() || resized
	for tab, n := range counts {
		p.tabs.SetProblems(tab, n)
	}
	p.bar.update(len(shown))
	p.head.update()
	if resized {
		p.relayout()
	}
}
