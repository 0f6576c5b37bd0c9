package engine

import (
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/pace"
	"hookbird/core/source"
)

// Edit is one change of settings. Exactly one of Webhook, DropWebhook, Source,
// DropSource, Settings and Undo is set.
type Edit struct {
	Webhook     *core.Webhook
	DropWebhook string
	Source      *core.Source
	DropSource  string
	Settings    func(*core.Settings)
	Undo        uint64 // id of a change that removed something

	By core.Author // who wants it; zero: Hookbird itself

	// Revision is the one that the change started from: 0 for something new, and
	// for a change of Settings that nobody edited, such as pausing.
	// Any takes whatever is stored, as an import does.
	Revision uint64
	Any      bool
	// Meanwhile, for a webhook that goes from off to on, also sends what came
	// while it was off.
	Meanwhile bool
}

// Apply saves edits in one commit, all or none, and has them work at once.
// CodeConflict: one of them was changed since its Revision.
func (e *Engine) Apply(edits ...Edit) error {
	moved := moves{}
	plan := func(next uint64) (*core.Batch, moves, error) {
		b := &core.Batch{}
		settings := e.Settings()
		for i := range edits {
			if err := e.plan(b, &edits[i], next, moved, &settings); err != nil {
				return nil, nil, err
			}
		}
		return b, moved, nil
	}
	return e.commit.do(&op{plan: plan, after: func(b *core.Batch) { e.applied(b, moved) }})
}

// plan adds one edit to a batch. It runs in the committer's goroutine.
func (e *Engine) plan(b *core.Batch, ed *Edit, next uint64, moved moves, s *core.Settings) error {
	c := core.Change{Now: time.Now(), By: ed.By}
	switch {
	case ed.Webhook != nil:
		if err := e.planWebhook(&c, ed, next, moved); err != nil {
			return err
		}
	case ed.DropWebhook != "":
		l := e.lane(ed.DropWebhook)
		if err := checkRevision(ed, l != nil, l.revision(), "webhook"); err != nil {
			return err
		}
		c.DropWebhook = ed.DropWebhook
	case ed.Source != nil:
		row, ok := e.feed.row(ed.Source.ID)
		if err := checkRevision(ed, ok, row.Revision, "source"); err != nil {
			return err
		}
		c.Source = ed.Source
		if again, ok, err := source.RereadOf(e.store.Mark, ed.Source.ID); err != nil || ok && again.Asked == "" {
			b.Marks = append(b.Marks, core.Mark{Source: ed.Source.ID, Key: source.MarkReread}) // it was about the settings of before
		}
	case ed.DropSource != "":
		row, ok := e.feed.row(ed.DropSource)
		if err := checkRevision(ed, ok, row.Revision, "source"); err != nil {
			return err
		}
		c.DropSource = ed.DropSource
	case ed.Settings != nil:
		if ed.Revision != 0 {
			if err := checkRevision(ed, true, s.Revision(), "page of settings"); err != nil {
				return err
			}
		}
		before := *s
		ed.Settings(s)
		if !s.SameEdited(before) {
			s.Saves++
		}
		copied := *s
		c.Settings = &copied
	case ed.Undo != 0:
		c.Undo = ed.Undo
	}
	b.Config = append(b.Config, c)
	return nil
}

// checkRevision refuses a change of something that was changed, made or deleted
// meanwhile.
func checkRevision(ed *Edit, exists bool, stored uint64, what string) error {
	if ed.Any || !exists && ed.Revision == 0 {
		return nil
	}
	if !exists {
		return core.Errorf(core.CodeNotFound, "This %s was deleted meanwhile.", what)
	}
	if stored != ed.Revision {
		return core.Errorf(core.CodeConflict, "This %s was changed somewhere else meanwhile. Look at it again before you save.", what)
	}
	return nil
}

// planWebhook adds a webhook and, where its place in the log changes by that,
// its lane: a new one starts at the end; one turned off leaves out what comes
// from now on; one turned on again goes on from here.
func (e *Engine) planWebhook(c *core.Change, ed *Edit, next uint64, moved moves) error {
	w := ed.Webhook
	l := e.lane(w.ID)
	if err := checkRevision(ed, l != nil, l.revision(), "webhook"); err != nil {
		return err
	}
	c.Webhook = w
	if l == nil {
		c.Lane = &core.Lane{Next: next}
		if w.State == core.StateOff {
			c.Lane.Gaps = []core.Span{{From: next}}
		}
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	switch was := l.off(); {
	case !was && w.State == core.StateOff:
		moved[l.num] = func(p *core.Lane) { p.Gaps = append(slices.Clone(p.Gaps), core.Span{From: next}) }
	case was && w.State != core.StateOff && ed.Meanwhile:
		moved[l.num] = func(p *core.Lane) { p.Gaps = slices.Clone(p.Gaps[:len(p.Gaps)-1]) }
	case was && w.State != core.StateOff:
		moved[l.num] = func(p *core.Lane) { p.Gaps = slices.Clone(p.Gaps); p.Gaps[len(p.Gaps)-1].To = next }
	}
	return nil
}

// applied makes what was saved work. It runs in the committer's goroutine.
func (e *Engine) applied(b *core.Batch, moved moves) {
	for _, c := range b.Config {
		switch {
		case c.Row != nil:
			e.appliedWebhook(*c.Row, moved)
		case c.DropWebhook != "":
			e.dropLane(c.DropWebhook)
		case c.SourceRow != nil:
			e.feed.put(*c.SourceRow)
		case c.DropSource != "":
			e.feed.drop(c.DropSource)
		case c.Settings != nil:
			e.mu.Lock()
			was := e.settings
			e.settings = *c.Settings
			e.mu.Unlock()
			if was.Proxy != c.Settings.Proxy {
				e.reopen()
			}
			e.paused.Store(c.Settings.Paused)
			e.clock.at(c.Settings.PausedUntil)
			e.kickAll()
		}
	}
}

func (e *Engine) appliedWebhook(row core.WebhookRow, moved moves) {
	l := e.lane(row.Webhook.ID)
	if l == nil {
		l = e.addLane(row, e.Head())
	} else {
		e.mu.Lock()
		e.changed[l.id] = row.Changed
		e.mu.Unlock()
		l.configure(row, moved[l.num])
	}
	l.recount()
	l.mu.Lock()
	l.kick()
	l.mu.Unlock()
}

// configure puts new settings to work, and how they move the lane's place (nil if
// they do not): what was held because of the old ones is tried once.
func (l *lane) configure(row core.WebhookRow, move func(*core.Lane)) {
	l.mu.Lock()
	old := l.cfg
	l.cfg = newConfig(row)
	l.lookAnew()
	l.renew(old.webhook, row.Webhook)
	if move != nil {
		move(&l.place)
	}
	l.blocked, l.blockedBy, l.holdTill = l.cfg.fault, core.CauseSetup, time.Time{}
	if l.place.Health.State != core.HealthGood {
		l.place.Health.ProbeAt = time.Now()
		l.allowed = 1
	} else {
		l.allowed = l.cfg.workers()
	}
	l.busy, l.gone = 0, false
	l.env.clock.at(row.Webhook.Until)
	l.mu.Unlock()
	old.close()
}

// renew has those parts of the lane follow new settings that keep something of
// their own.
func (l *lane) renew(old, w *core.Webhook) {
	now := time.Now()
	if !sameTurns(old.Send, w.Send) {
		l.endTurn(now)
	}
	if old.Pace != w.Pace {
		l.limit = pace.New(w.Pace, l.limit.Slots(now), now)
	}
	if old.Brake != w.Brake { // what was held by the old one is looked at anew
		l.place.Brake, l.dirty = core.Braked{Allowed: l.place.Brake.Allowed}, true
	}
	if old.Order != w.Order {
		l.redo = append(l.redo, l.order.leave()...)
		l.order = newOrder(w.Order)
		l.learnOrder()
	}
	if old.Address != w.Address {
		l.host.leave(l)
		l.host = l.env.hosts.of(l, w)
		l.place.Answers = core.AnswersUnknown
	}
}

func sameTurns(a, b core.Send) bool {
	return a.Every == b.Every && slices.Equal(a.At, b.At) && slices.Equal(a.Days, b.Days)
}

// revision is that of the lane's settings; a nil lane has 0.
func (l *lane) revision() uint64 {
	if l == nil {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cfg.revision
}

// Settings are the program's own.
func (e *Engine) Settings() core.Settings {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.settings
}

// reopen has every lane take its way anew, with the program's own settings as they
// are now. Who is held because of the old way tries once.
func (e *Engine) reopen() {
	for _, l := range e.allLanes() {
		l.mu.Lock()
		old := l.cfg
		l.cfg = old.again()
		if l.place.Health.State != core.HealthGood {
			l.place.Health.ProbeAt = time.Now()
		}
		l.mu.Unlock()
		old.close()
	}
}

// Pause stops sending for all webhooks, until a time or, if that is zero, until
// Resume. Requests on their way end as they end.
func (e *Engine) Pause(by core.Author, until time.Time) error {
	return e.Apply(Edit{By: by, Settings: func(s *core.Settings) { s.Paused, s.PausedUntil = true, until.Truncate(time.Millisecond) }})
}

// Resume goes on sending.
func (e *Engine) Resume(by core.Author) error {
	return e.Apply(Edit{By: by, Settings: func(s *core.Settings) { s.Paused, s.PausedUntil = false, time.Time{} }})
}

// targetGone turns off the webhook whose target said that it is gone for good
// (410), in the background: the lane's lock is held here.
func (e *Engine) targetGone(l *lane) {
	w, revision := l.cfg.webhook.Clone(), l.cfg.revision
	w.State = core.StateOff
	e.life.spawn(func() {
		if err := e.Apply(Edit{Webhook: w, Revision: revision}); err != nil {
			e.log.Warn("webhook not turned off", "webhook", w.ID, "error", err)
			l.askAgain()
		}
	})
}

// askAgain has a lane go on after a while whose webhook could not be turned off.
func (l *lane) askAgain() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.gone = false
	l.hold(time.Now(), panicAgain)
}
