package editor

// Unsaved tells whether something was typed that leaving for good would lose.
func (p *Page) Unsaved() bool { return p.built && p.draft.Typed() }

// ShowTab leads to a tab, now or as soon as the webhook has been read.
func (p *Page) ShowTab(tab Tab) {
	p.start.Tab = tab
	if p.built {
		p.choose(tab)
	}
}
