package engine

import (
	"math"
	"time"

	"hookbird/core"
	"hookbird/core/schedule"
)

const (
	rateBin  = 5 * time.Second
	rateBins = 24 // together two minutes
)

// rate is how many deliveries a lane finished lately. Its lane's mutex guards it.
type rate struct {
	bins [rateBins]int
	at   int64 // number of the newest bin
	from int64 // number of the first that counts
}

func bin(now time.Time) int64 { return now.UnixNano() / int64(rateBin) }

// roll forgets what is too long ago.
func (r *rate) roll(now time.Time) {
	n := bin(now)
	if n < r.at || n-r.at >= rateBins || r.from == 0 { // the clock was set back, or nothing was done for long
		*r = rate{at: n, from: n}
		return
	}
	for ; r.at < n; r.at++ {
		r.bins[(r.at+1)%rateBins] = 0
	}
	r.from = max(r.from, n-rateBins+1)
}

func (r *rate) add(now time.Time, n int) {
	r.roll(now)
	r.bins[r.at%rateBins] += n
}

// perSecond is how many were finished a second, 0 if too few to tell.
func (r *rate) perSecond(now time.Time) float64 {
	r.roll(now)
	total := 0
	for _, n := range r.bins {
		total += n
	}
	span := time.Duration(now.UnixNano() - r.from*int64(rateBin))
	if total < 2 || span < time.Second {
		return 0
	}
	return float64(total) / span.Seconds()
}

// doneAt says about when n more will be finished at the pace of late, within the
// limits of the webhook; zero if nobody can tell.
func (l *lane) doneAt(now time.Time, n uint64) time.Time {
	w := l.cfg.webhook
	if n == 0 || !l.going() {
		return time.Time{}
	}
	if w.Send.Turns() {
		return l.lastTurn(now, n)
	}
	perSecond := l.rate.perSecond(now)
	if most := l.limit.PerSecond() * float64(w.PerRequest()); most > 0 && (perSecond == 0 || most < perSecond) {
		perSecond = most
	}
	if perSecond == 0 {
		return time.Time{}
	}
	seconds := math.Min(float64(n)/perSecond, (10 * 365 * 24 * time.Hour).Seconds())
	return now.Add(time.Duration(seconds * float64(time.Second)))
}

// maxTurns is how many turns ahead it is worth saying when the last one is.
const maxTurns = 10_000

// lastTurn is when the turn begins that takes the last of n.
func (l *lane) lastTurn(now time.Time, n uint64) time.Time {
	turns := (n + uint64(l.cfg.webhook.PerTurn()) - 1) / uint64(l.cfg.webhook.PerTurn())
	switch every := l.cfg.webhook.Send.Every; {
	case turns > maxTurns:
		return time.Time{}
	case every > 0:
		return l.nextTurn(now).Add(time.Duration(turns-1) * every)
	}
	coming := schedule.Coming(l.cfg.webhook.Send, now.Local(), int(turns))
	if len(coming) == 0 {
		return time.Time{}
	}
	return coming[len(coming)-1]
}

// going tells whether anything is being sent.
func (l *lane) going() bool {
	return l.cfg.webhook.State == core.StateOn && l.blocked == "" &&
		l.place.Health.State == core.HealthGood && !l.env.paused()
}
