package activity

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/background"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// worksAtMost is how much long work is shown at once.
const worksAtMost = 2

// worksShown are the kinds of long work that have to do with messages.
var worksShown = []job.Kind{
	control.JobAgain, control.JobReplay, control.JobThrow, control.JobMove, control.JobLeave, control.JobExport,
}

// works shows the long work that the engine does with messages, under the filters:
// what runs, and what has ended since the page first saw it run.
type works struct {
	page    *Page
	room    *fyne.Container
	bars    [worksAtMost]*parts.JobBar
	cards   [worksAtMost]*widgets.Surface
	seen    map[string]bool // ids of what was seen to run
	reading bool
	again   bool // read once more when this read is done
}

func newWorks(p *Page) *works {
	w := &works{page: p, seen: map[string]bool{}}
	column := widgets.VBox(8)
	for i := range w.bars {
		w.bars[i] = parts.NewJobBar()
		w.bars[i].OnCancel = func(id string) { w.tell(id, p.service.CancelJob) }
		w.bars[i].OnClose = func(id string) { w.tell(id, p.service.ForgetJob) }
		w.cards[i] = widgets.NewCardPadded(12, w.bars[i].Object())
		column.Add(w.cards[i])
	}
	w.room = widgets.Padded(theme.TileGap, theme.PageSide, 0, theme.PageSide, column)
	w.room.Hide()
	return w
}

// tell asks the engine to cancel or to forget work.
func (w *works) tell(id string, do func(context.Context, string) error) {
	background.Do(
		func(ctx context.Context) error { return do(ctx, id) },
		func(err error) {
			if err != nil {
				w.page.notice.Fail(err)
			}
			w.read()
		},
	)
}

// begun shows work that was asked for here.
func (w *works) begun(v job.View) {
	w.seen[v.ID] = true
	w.read()
}

// read asks how far the work is.
func (w *works) read() {
	if w.reading {
		w.again = true
		return
	}
	w.reading = true
	background.Run(w.page.service.Jobs, func(all []job.View, err error) {
		w.reading = false
		if err == nil {
			w.show(all)
		}
		if w.again {
			w.again = false
			w.read()
		}
	})
}

func (w *works) show(all []job.View) {
	shown := w.pick(all)
	changed := w.room.Hidden != (len(shown) == 0)
	for i, bar := range w.bars {
		view := job.View{}
		if i < len(shown) {
			view = shown[i]
		}
		changed = changed || w.cards[i].Hidden != (view.ID == "")
		w.cards[i].Hidden = view.ID == ""
		bar.Show(view)
	}
	w.room.Hidden = len(shown) == 0
	if changed {
		w.page.root.Refresh()
	}
}

// pick chooses what is shown: first what runs, the newest first of each.
func (w *works) pick(all []job.View) []job.View {
	var running, ended []job.View
	for _, v := range all {
		switch {
		case !slices.Contains(worksShown, v.Kind):
		case v.State == job.Running:
			w.seen[v.ID] = true
			running = append(running, v)
		case w.seen[v.ID]:
			ended = append(ended, v)
		}
	}
	shown := append(running, ended...)
	return shown[:min(len(shown), worksAtMost)]
}
