package engine

import (
	"slices"
	"time"

	"hookbird/core"
)

// brake is what a lane knows for its brake beside what is on disk. Its lane's mutex
// guards it.
type brake struct {
	hours   [25]hourSent // first tries that were handed out, by hour
	usual   uint64       // messages on a usual day
	known   bool         // there are enough days to tell
	asked   time.Time    // when usual was read; zero: never
	reading bool
}

// hourSent is how much was handed out in an hour (Unix time in hours).
type hourSent struct {
	hour int64
	n    uint64
}

const (
	brakeAnew  = time.Hour              // until a usual day is looked up again
	brakeWeeks = 28                     // days that it is made of
	brakeSoon  = 100 * time.Millisecond // until a backlog that is being counted is looked at again
)

func hourOf(t time.Time) int64 { return t.Unix() / 3600 }

// sent counts what is handed out.
func (b *brake) sent(now time.Time, n uint64) {
	h := hourOf(now)
	at := &b.hours[h%int64(len(b.hours))]
	if at.hour != h {
		*at = hourSent{hour: h}
	}
	at.n += n
}

// today is how much was handed out in the last 24 hours.
func (b *brake) today(now time.Time) (n uint64) {
	h := hourOf(now)
	for _, s := range b.hours {
		if s.hour > h-24 && s.hour <= h {
			n += s.n
		}
	}
	return n
}

// brakes tells whether the next record must not be handed out before somebody was
// asked. It is called for each one that was never tried and goes by itself; what a
// person sends does not come here.
func (l *lane) brakes(seq uint64, now time.Time) bool {
	b, p := l.cfg.webhook.Brake, &l.place.Brake
	switch {
	case b.IsZero():
		return false
	case !l.usualDay(now):
		return true // it is being looked up, and what went in the last hours
	case seq <= p.Allowed:
		return false
	case !p.Since.IsZero():
		return p.Left == 0
	}
	waiting, sure := l.toSend()
	about := l.brake.today(now) + waiting
	most := b.Most(l.brake.usual, l.brake.known)
	switch {
	case about <= most:
		return false
	case !sure: // it may be less
		l.env.clock.at(now.Add(brakeSoon))
		return true
	}
	p.Since, p.Count, p.Usual, p.Known = now.Truncate(time.Millisecond), waiting, l.brake.usual, l.brake.known
	l.dirty = true
	l.env.log.Warn("held: more than usual is about to be sent", "webhook", l.id, "count", waiting, "usual", l.brake.usual, "most", most)
	l.brakeAlarm()
	l.env.news()
	return true
}

// toSend is how many records are behind the cursor; sure is false while there may be
// fewer.
func (l *lane) toSend() (n uint64, sure bool) {
	behind, about := l.count.value()
	if about || l.count.upto < l.head {
		return max(behind, l.head-min(l.head, l.lowest()-1)), false
	}
	return behind, true
}

// usualDay tells whether the usual day is known as well as it can be, and looks it up
// in the background where it is not.
func (l *lane) usualDay(now time.Time) bool {
	b := &l.brake
	if !b.reading && (b.asked.IsZero() || now.Sub(b.asked) >= brakeAnew || now.Before(b.asked)) {
		b.reading = true
		first := b.asked.IsZero()
		l.env.life.spawn(func() { l.readUsual(now, first) })
	}
	return !b.asked.IsZero()
}

// readUsual reads what was sent in the last weeks.
func (l *lane) readUsual(now time.Time, first bool) {
	hours, err := l.env.store.Hours(now.AddDate(0, 0, -brakeWeeks), now.Add(time.Hour))
	if err != nil {
		l.env.log.Warn("usual day not known exactly", "webhook", l.id, "error", err)
	}
	days := map[string]uint64{}
	today := map[int64]uint64{}
	for _, h := range hours {
		if h.Webhook != l.num {
			continue
		}
		n := h.Delivered + h.Failed
		if hourOf(h.Hour) > hourOf(now)-24 {
			today[hourOf(h.Hour)] += n
			continue
		}
		days[h.Hour.Local().Format(time.DateOnly)] += n
	}
	usual, known := median(days)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.brake.usual, l.brake.known, l.brake.asked, l.brake.reading = usual, known, now, false
	if first { // what was sent before the start, but for what somebody wanted sent
		waved := wavedAt(&l.place.Brake, now)
		for h, n := range today {
			less := min(n, waved)
			waved -= less
			l.brake.sent(time.Unix(h*3600, 0), n-less)
		}
	}
	l.kick()
}

// median is the middle of what was sent on the days on which something was.
func median(days map[string]uint64) (usual uint64, known bool) {
	var all []uint64
	for _, n := range days {
		if n > 0 {
			all = append(all, n)
		}
	}
	if len(all) < core.BrakeDays {
		return 0, false
	}
	slices.Sort(all)
	return all[len(all)/2], true
}

// passedBrake notes that a record was handed out.
func (l *lane) passedBrake(seq uint64, now time.Time) {
	b, p := l.cfg.webhook.Brake, &l.place.Brake
	switch {
	case b.IsZero():
	case seq <= p.Allowed:
		wave(p, now)
	case p.Left > 0:
		wave(p, now)
		if p.Left--; p.Left == 0 {
			p.Since, l.dirty = now.Truncate(time.Millisecond), true
			p.Count, _ = l.toSend()
			l.env.news()
		}
	default:
		l.brake.sent(now, 1)
	}
}

// wave counts a message that somebody wanted sent: it says nothing of a usual day.
func wave(p *core.Braked, now time.Time) {
	if wavedAt(p, now) == 0 {
		p.Waved, p.WavedAt = 0, now.Truncate(time.Millisecond)
	}
	p.Waved++
}

// wavedAt is how many of those there were in the last day.
func wavedAt(p *core.Braked, now time.Time) uint64 {
	if now.Sub(p.WavedAt) >= 24*time.Hour || now.Before(p.WavedAt) {
		return 0
	}
	return p.Waved
}

// brakeAlarm raises the alarm about a lane that its brake holds. Its lock is held.
func (l *lane) brakeAlarm() {
	w := l.cfg.webhook
	l.env.alarm(core.AlarmHeld, w.Name, webhookAlarm{w.ID, w.Name, "brake", "unusual"})
}

// BrakeAnswer is what somebody says to a brake.
type BrakeAnswer string

// The answers.
const (
	BrakeAll   BrakeAnswer = "all"   // all that waits now goes
	BrakeTen   BrakeAnswer = "ten"   // the first few go, then it is asked again
	BrakeThrow BrakeAnswer = "throw" // what waits now may pass the brake, because it is thrown away
)

// brakeFirst is how many go with BrakeTen.
const brakeFirst = 10

// AnswerBrake lets go what a brake holds. upto is the seq of the newest record that
// whoever answers knew of. CodeConflict: nothing is held any more.
func (e *Engine) AnswerBrake(id string, a BrakeAnswer, upto uint64) error {
	l := e.lane(id)
	if l == nil {
		return core.Errorf(core.CodeNotFound, "There is no such webhook any more.")
	}
	l.mu.Lock()
	if l.place.Brake.Since.IsZero() {
		l.mu.Unlock()
		return core.Errorf(core.CodeConflict, "%s is not held any more. Somebody has answered already.", l.cfg.webhook.Name)
	}
	l.mu.Unlock()
	answer := func(p *core.Lane) {
		switch {
		case p.Brake.Since.IsZero():
		case a == BrakeTen:
			p.Brake.Left = brakeFirst
		default:
			p.Brake.Since, p.Brake.Count, p.Brake.Left = time.Time{}, 0, 0
			p.Brake.Allowed = max(p.Brake.Allowed, upto)
		}
	}
	moved := moves{l.num: answer}
	return e.commit.do(&op{
		plan:  func(uint64) (*core.Batch, moves, error) { return &core.Batch{}, moved, nil },
		after: func(*core.Batch) { e.moveLanes(moved); l.poke() },
	})
}

// poke has a lane look for work.
func (l *lane) poke() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.kick()
}
