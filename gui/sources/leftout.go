package sources

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/source"
	"hookbird/gui/background"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// mostLeft is how many records that were left out are listed at once.
const mostLeft = 20

// leftCard lists records that were left out, with why.
type leftCard struct {
	own    *own
	loader *background.Loader[[]core.LeftOut]
	all    []core.LeftOut
	shown  int // how many are listed
	key    string

	card    *widgets.Surface
	sendAll *widgets.Button
	list    *fyne.Container
}

func newLeftCard(o *own) *leftCard {
	l := &leftCard{own: o, shown: mostLeft, list: widgets.VBox(0)}
	l.loader = background.NewLoader(func(ctx context.Context) ([]core.LeftOut, error) { return o.page.service.LeftOut(ctx, o.id) }, l.show)
	l.sendAll = widgets.NewButton(widgets.Quiet, "Send all of them…", icons.Plane, l.askAll)
	l.card = widgets.NewTitledCard("Records that were left out", "They did not come in. The newest first.", l.sendAll, l.list)
	l.card.Hide()
	return l
}

func (l *leftCard) load() { l.loader.Load() }

func (l *leftCard) show(all []core.LeftOut, err error) {
	if err != nil {
		l.own.notice.Read(err)
		return
	}
	l.all = all
	l.fill()
}

// fill lists them anew where they are others: the focus stays otherwise.
func (l *leftCard) fill() {
	key := fmt.Sprint(l.shown)
	for _, r := range l.all {
		key += r.ID
	}
	if key == l.key {
		return
	}
	l.key = key
	l.list.Objects = nil
	for i, r := range l.all {
		if i == l.shown {
			l.list.Add(widgets.HBox(0, widgets.NewButton(widgets.Quiet, words.Count(uint64(len(l.all)-i), "more", "more"), icons.ChevronDown, l.more)))
			break
		}
		if i > 0 {
			l.list.Add(widgets.NewDivider())
		}
		l.list.Add(l.line(r))
	}
	l.list.Refresh()
	setVisible(l.sendAll, len(l.sendable()) > 1)
	setVisible(l.card, len(l.all) > 0)
	l.own.layout()
}

func (l *leftCard) more() {
	l.shown += mostLeft
	l.fill()
}

func (l *leftCard) line(r core.LeftOut) fyne.CanvasObject {
	name := source.Title(r.Data)
	if name == "" {
		name = r.Origin
	}
	if name == "" {
		name = "A record"
	}
	at := words.When(r.At, l.own.page.Now())
	if r.Origin != "" && r.Origin != name {
		at = r.Origin + ", " + at
	}
	text := widgets.VBox(2, widgets.NewLine(name, widgets.Label), widgets.NewParagraph(r.Why, widgets.Style{Size: 12}), widgets.NewLine(at, widgets.Caption))
	line := widgets.HBox(12, widgets.Grow(text))
	if r.Data == nil {
		line.Add(widgets.NewText("Not kept", widgets.Caption))
	} else {
		send := widgets.NewButton(widgets.Secondary, "Send all the same", icons.None, func() { l.send([]string{r.ID}) })
		send.SetLabel("Send all the same: " + name)
		line.Add(send)
	}
	return widgets.Padded(8, 0, 8, 0, line)
}

// sendable are those that are kept.
func (l *leftCard) sendable() []string {
	var ids []string
	for _, r := range l.all {
		if r.Data != nil {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

func (l *leftCard) askAll() {
	ids := l.sendable()
	n := words.Records(uint64(len(ids)))
	widgets.Confirm(l.own.page.canvas(), widgets.Question{
		Title: "Send " + n + " all the same?", Body: "They go to " + goesText(l.own.view.GoesTo) + ", though they were left out for a reason.",
		No: "Cancel", Yes: "Send " + n, OnYes: func() { l.send(ids) },
	})
}

func (l *leftCard) send(ids []string) {
	o := l.own
	r := control.LeftOutRef{Source: o.id, IDs: ids}
	background.Run(func(ctx context.Context) (int, error) { return o.page.service.SendLeftOut(ctx, r) }, func(n int, err error) {
		if err != nil {
			o.notice.Fail(err)
			return
		}
		o.page.OnSay(words.Records(uint64(n)) + " came in all the same.")
		o.page.Refresh()
	})
}
