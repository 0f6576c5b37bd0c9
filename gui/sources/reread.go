package sources

import (
	"context"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/widgets"
)

// rereads tells whether a source of a kind can be read once more.
func rereads(k core.SourceKind) bool {
	switch k {
	case core.KindFolder, core.KindSheet, core.KindDatabase, core.KindWeb:
		return true
	}
	return false
}

// dated tells whether what such a source reads has a time: rows of a spreadsheet have
// none.
func dated(k core.SourceKind) bool { return rereads(k) && k != core.KindSheet }

const rereadBody = "Everything that is there is sent, also what was sent before. Systems that have it already may end up with it twice."

func (o *own) askReread() {
	widgets.Confirm(o.page.canvas(), widgets.Question{
		Title: "Read " + o.view.Source.Name + " again from the beginning?", Body: rereadBody,
		No: "Cancel", Yes: "Read everything again", Danger: true,
		OnYes: func() { o.reread(time.Time{}) },
	})
}

func (o *own) askRereadSince() {
	askDay(o.page.canvas(), dayWish{
		title: "Read " + o.view.Source.Name + " again from a day",
		text:  "What is from this day on is sent, also what was sent before. Systems that have it already may end up with it twice.",
		yes:   "Read again", start: o.page.Now(), now: o.page.Now, then: o.reread,
	})
}

func (o *own) reread(since time.Time) {
	r := control.Reread{Source: o.id, Since: since}
	name := o.view.Source.Name
	o.command(func(ctx context.Context) error { return o.page.service.RereadSource(ctx, r) },
		func() { o.page.OnSay(name + " is read again.") })
}
