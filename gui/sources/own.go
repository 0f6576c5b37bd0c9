package sources

import (
	"context"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/parts"
	"hookbird/gui/past"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// own is the page of one source: how it is doing, and what can be done with it.
type own struct {
	page *Page
	id   string
	view control.SourceView

	root   *fyne.Container
	notice *parts.Notice
	name   *widgets.Text
	sub    *widgets.Text
	chip   *widgets.Chip
	pause  *widgets.Button
	scroll *widgets.Scroll
	body   *fyne.Container

	asks  *fyne.Container
	asked string
	doing *doing
	local *localCard // nil for other kinds
	look  *look      // nil for kinds with nothing to look at
	left  *leftCard
	notes *notesCard
}

func newOwn(p *Page, v control.SourceView) *own {
	o := &own{page: p, id: v.Source.ID, view: v, notice: parts.NewNotice(), asks: widgets.VBox(theme.CardGap)}
	o.asks.Hide()
	o.notice.OnChanged = o.layout
	o.doing = newDoing(o)
	o.left = newLeftCard(o)
	o.notes = newNotesCard(o)
	o.body = widgets.VBox(theme.CardGap, o.asks, o.doing.card)
	if v.Source.Kind == core.KindLocal {
		o.local = newLocalCard(o)
		o.body.Add(o.local.object())
	}
	if kindOf(v.Source.Kind).looks {
		o.look = newLook("Try it without sending")
		o.look.fit, o.look.fail = o.layout, o.notice.Fail
		o.look.ask = func(ctx context.Context) (control.SourceSurvey, error) {
			return p.service.SurveySource(ctx, control.SourceDraft{Source: o.view.Source, Revision: o.view.Revision})
		}
		o.body.Add(o.look.card)
	}
	o.body.Add(o.left.card)
	o.body.Add(o.notes.card)
	o.scroll = widgets.NewScroll(widgets.Padded(2, theme.PageSide, theme.PageBottom, theme.PageSide, widgets.Column(columnWidth, o.body)))
	o.root = frameOf(widgets.VBox(0, o.header(), noticed(o.notice)), o.scroll)
	o.refresh()
	return o
}

func (o *own) header() fyne.CanvasObject {
	o.name, o.sub = widgets.NewLine("", widgets.Name), widgets.NewLine("", widgets.Quiet13)
	o.chip = widgets.NewChip(widgets.Neutral, "")
	o.pause = widgets.NewButton(widgets.Secondary, "Pause", icons.Pause, o.togglePaused)
	change := widgets.NewButton(widgets.Secondary, "Change…", icons.Pencil, o.change)
	var more *widgets.Button
	more = widgets.NewIconButton(icons.Dots, "More to do", func() { widgets.OpenMenu(more, o.menu()...) })
	actions := widgets.HBox(8)
	if o.view.Source.Kind == core.KindForm {
		actions.Add(widgets.NewButton(widgets.Primary, "Fill it in", icons.Form, func() { o.page.SendByHand(o.id) }))
	}
	actions.Add(o.pause)
	actions.Add(change)
	actions.Add(more)
	back := widgets.NewIconButton(icons.ArrowLeft, "Back", o.back)
	icon, title := widgets.NewIconTile(kindOf(o.view.Source.Kind).icon), widgets.VBox(2, o.name, o.sub)
	return headOf(widgets.HBox(10, back, icon, widgets.Grow(title), o.chip, actions))
}

func (o *own) menu() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	if rereads(o.view.Source.Kind) {
		items = append(items, fyne.NewMenuItem("Read again from the beginning…", o.askReread))
	}
	if dated(o.view.Source.Kind) {
		items = append(items, fyne.NewMenuItem("Read again from a day…", o.askRereadSince))
	}
	return append(items, fyne.NewMenuItem("What was changed…", o.showPast), fyne.NewMenuItem("Delete…", o.askDelete))
}

func (o *own) showPast() {
	past.Show(past.Params{
		Canvas: o.page.canvas(), Service: o.page.service, Title: "What was changed: " + o.view.Source.Name, Now: o.page.Now,
		Say: o.page.OnSay, OnDone: o.page.Refresh, Kind: core.PastSource, Target: o.id,
	})
}

func (o *own) object() fyne.CanvasObject { return o.root }

func (o *own) title() string { return o.view.Source.Name }

func (o *own) unsaved() bool { return false }

func (o *own) back() { o.page.setPlace(nil) }

func (o *own) leave() {
	if o.look != nil {
		o.look.stop()
	}
	if o.local != nil {
		o.local.mask()
	}
	o.left.loader.Stop()
}

func (o *own) change() { o.page.setPlace(newSetup(o.page, draftOf(o.view))) }

// refresh shows what was read anew; a source that is gone leads back to the list.
func (o *own) refresh() {
	v, ok := o.page.view(o.id)
	switch {
	case ok:
		o.view = v
	case o.page.place == place(o):
		o.page.setPlace(nil)
		return
	}
	badge := words.Source(o.view)
	o.name.SetText(o.view.Source.Name)
	o.sub.SetText(detail(o.view))
	o.chip.Set(parts.Status(badge.Tone), badge.Word)
	o.pause.SetText("Pause")
	o.pause.SetIcon(icons.Pause)
	if o.view.Source.Paused {
		o.pause.SetText("Resume")
		o.pause.SetIcon(icons.Play)
	}
	o.showQuestion()
	o.doing.show()
	if o.local != nil {
		o.local.show()
	}
	o.left.load()
	o.notes.show()
	o.layout()
}

func (o *own) showQuestion() {
	q := o.view.State.Question
	asked := ""
	if q != nil && !o.view.Source.Paused {
		asked = q.ID + "\n" + q.Text
	}
	if asked == o.asked {
		return
	}
	o.asked = asked
	o.asks.Objects = nil
	if asked != "" {
		o.asks.Add(newAsking(o.page, o.view, o.notice).card)
	}
	o.asks.Hidden = asked == ""
	o.asks.Refresh()
}

func (o *own) layout() {
	if o.root == nil {
		return
	}
	o.root.Refresh()
	o.scroll.Resize(o.scroll.Size())
	o.scroll.Refresh()
}

// command asks the engine for something; done runs where it went well.
func (o *own) command(work func(context.Context) error, done func()) {
	background.Do(work, func(err error) {
		if err != nil {
			o.notice.FailOr(err, o.page.Refresh)
			return
		}
		o.notice.Clear()
		done()
		o.page.Refresh()
	})
}

func (o *own) togglePaused() {
	id, paused := o.id, !o.view.Source.Paused
	o.command(func(ctx context.Context) error { return o.page.service.SetSourcePaused(ctx, id, paused) }, func() {})
}

func (o *own) askDelete() {
	id, revision, name := o.id, o.view.Revision, o.view.Source.Name
	widgets.Confirm(o.page.canvas(), widgets.Question{
		Title: "Delete " + name + "?", Body: "No more records come from it. Those that came already stay, and are still sent. This can be undone for 30 days.",
		No: "Keep it", Yes: "Delete", Danger: true,
		OnYes: func() {
			o.command(func(ctx context.Context) error { return o.page.service.DeleteSource(ctx, id, revision) }, func() {
				o.page.setPlace(nil)
				past.Removed(o.page.service, core.PastSource, id, name+" is deleted.", o.page.OnOffer, func(err error) {
					o.page.list.frame.Notice.Fail(err)
					o.page.Refresh()
				})
			})
		},
	})
}
