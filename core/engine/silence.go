package engine

import (
	"encoding/binary"
	"fmt"
	"time"

	"hookbird/core"
	"hookbird/core/schedule"
)

const (
	// silentKey is the mark of the last time that something was expected of a source
	// and looked for, in Unix seconds.
	silentKey = "expected"

	listenEvery    = 30 * time.Second // between two looks at what is expected
	heartbeatTries = 4
	heartbeatAgain = time.Minute // until a heartbeat that failed is tried again
)

// listen looks now and then whether what is expected of the sources has come.
func (e *Engine) listen() {
	e.life.every(listenEvery, func() {
		for _, info := range e.Sources() {
			e.expect(info)
		}
	})
}

// expect looks, once after each time at which something has to have come from a
// source, whether anything has since the time before.
func (e *Engine) expect(info SourceInfo) {
	src := info.Row.Source
	if len(src.Expect.Days) == 0 || src.Paused {
		return
	}
	send := core.Send{At: []int{src.Expect.By}, Days: src.Expect.Days}
	by := schedule.Begin(send, schedule.Turn(send, wall(time.Now()).Local()))
	before := schedule.Begin(send, schedule.Turn(send, by.Add(-time.Second).Local()))
	heard := info.State.Last.After(before)
	switch looked := e.lookedFor(src.ID); {
	case by.Before(info.Row.Changed):
		return // the source was made or changed since
	case by.Unix() <= looked.Unix():
		if !heard && info.State.Silent.IsZero() { // known from before a restart
			e.change(src.ID, func(s *core.SourceState) bool { s.Silent = by; return true })
		}
		return
	}
	if err := e.commit.do(&op{marks: []core.Mark{{
		Source: src.ID, Key: silentKey, Value: binary.BigEndian.AppendUint64(nil, uint64(by.Unix())),
	}}}); err != nil {
		return // looks again
	}
	if heard {
		e.beat(src)
		return
	}
	e.change(src.ID, func(s *core.SourceState) bool { s.Silent = by; return true })
	e.alarm(core.AlarmSilent, src.Name, alarmOf(src, "Nothing has come since "+before.Local().Format("2 January, 15:04")+".", by))
}

// lookedFor is the last time at which something was expected of a source and looked
// for.
func (e *Engine) lookedFor(id string) time.Time {
	value, ok, err := e.store.Mark(id, silentKey)
	if err != nil || !ok || len(value) != 8 {
		return time.Time{}
	}
	return time.Unix(int64(binary.BigEndian.Uint64(value)), 0)
}

// heard takes note that something has come from a source.
func (e *Engine) heard(id string, since time.Time) {
	row, ok := e.feed.row(id)
	if !ok {
		return
	}
	e.alarm(core.AlarmHeard, row.Source.Name, alarmOf(row.Source, "", since))
	e.beat(row.Source)
}

// beat calls the address that waits for a sign of life of a source, in the
// background.
func (e *Engine) beat(src *core.Source) {
	if src.Expect.Heartbeat.IsZero() {
		return
	}
	e.life.spawn(func() {
		for range heartbeatTries {
			err := e.callHeartbeat(src)
			if err == nil {
				return
			}
			e.log.Warn("sign of life not given", "source", src.ID, "error", err)
			select {
			case <-e.life.stop:
				return
			case <-time.After(heartbeatAgain):
			}
		}
		e.Note(src.ID, core.SourceNote{Time: time.Now(), Text: "The address that waits for a sign of life could not be reached."})
	})
}

// callHeartbeat makes one request, by the way that messages go.
func (e *Engine) callHeartbeat(src *core.Source) error {
	address, err := e.store.Reveal(src.Expect.Heartbeat)
	if err != nil {
		return err
	}
	line, err := e.env.sender((&core.Ask{Address: address}).Webhook())
	if err != nil {
		return err
	}
	defer line.Close()
	out := line.Send(e.life.sending, []*core.Event{{Data: []byte("{}")}}, time.Now())
	if out.attempt.Cause != core.CauseNone {
		return fmt.Errorf("heartbeat: %s %s", out.attempt.Cause, out.attempt.Detail)
	}
	return nil
}
