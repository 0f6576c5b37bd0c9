package claim

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strconv"
	"time"

	"hookbird/core"
)

// Answers to whose the path is.
const (
	answerTake = "take"
	answerBoth = "both"
)

// check looks at the claim's file once and does what it takes. why is "" if the
// path may be read.
func (c *Claim) check(ctx context.Context, now time.Time) (why string, err error) {
	n, beat, err := read(c.path)
	switch {
	case err == nil && c.mine(n):
		return c.keep(now, n), nil
	case err == nil:
		return c.foreign(ctx, now, n, beat)
	case !errors.Is(err, fs.ErrNotExist):
		return c.why, nil // the share is away, which whoever reads finds out too
	case !c.other.since.IsZero():
		return c.foreign(ctx, now, c.other.note, "")
	}
	return c.first(now), nil
}

// keep renews the claim when it is time.
func (c *Claim) keep(now time.Time, n note) (why string) {
	c.other = sighting{}
	c.me.Since, c.me.Renewals = n.Since, n.Renewals
	if age := now.Sub(c.written); age < 0 || age >= renewEvery {
		c.me.Renewals++
		if c.write(c.me, c.path, now) == nil { // else there is still time to try again
			c.written = now
		}
	}
	if now.Before(c.from) {
		return c.why
	}
	return ""
}

// first claims a path to which there is no claim.
func (c *Claim) first(now time.Time) (why string) {
	if !c.shared {
		return ""
	}
	if c.me.Since.IsZero() {
		c.me.Since = now
	}
	err := c.create(c.me, c.path, now)
	switch {
	case err == nil:
		c.written = now
	case errors.Is(err, fs.ErrExist):
		return "Another computer has just begun to read this " + c.what + "."
	case !errors.Is(err, fs.ErrNotExist): // else the share is away
		c.tell()
	}
	return ""
}

// tell says once that the claim cannot be written.
func (c *Claim) tell() {
	if c.told {
		return
	}
	c.told = true
	c.host.Note(c.source, core.SourceNote{Time: time.Now(), Where: filepath.Dir(c.path), Text: "Hookbird cannot write here, so another computer cannot see that this " +
		c.what + " is read already. Let no other Hookbird read it too, or allow writing there."})
}

// foreign deals with another's claim, or with where it was until a while ago.
func (c *Claim) foreign(ctx context.Context, now time.Time, n note, beat string) (why string, err error) {
	if c.other.since.IsZero() || c.other.beat != beat || c.other.note.ID != n.ID {
		c.other = sighting{note: n, beat: beat, since: now}
	}
	if two, err := c.twoRead(n); two || err != nil {
		return "", err
	}
	if c.wasHereFirst() && c.takeOver(now, now) == nil {
		return "", nil
	}
	answer, err := c.ask(now, n)
	switch {
	case err != nil:
		return "", err
	case answer == answerBoth:
		return "", c.letBoth(ctx, n)
	case answer == answerTake:
		return c.replace(now, n), nil
	}
	return said(now, n), nil
}

// keyBoth begins the mark of another Hookbird that may read beside this one.
const keyBoth = "claim:both:"

// twoRead tells whether a person has let another read too.
func (c *Claim) twoRead(n note) (yes bool, err error) {
	if !c.both {
		_, c.both, err = c.host.Mark(c.source, keyBoth+n.ID)
	}
	return c.both, err
}

func (c *Claim) letBoth(ctx context.Context, n note) error {
	mark := core.Mark{Source: c.source, Key: keyBoth + n.ID, Value: []byte{1}}
	err := c.host.Accept(ctx, nil, []core.Mark{mark})
	c.both = err == nil
	return err
}

// wasHereFirst tells whether this Hookbird has read the path without a claim since
// before the other came, which could not know.
func (c *Claim) wasHereFirst() bool {
	return c.reads && c.written.IsZero()
}

// replace takes over from one that reads, because a person says so.
func (c *Claim) replace(now time.Time, n note) (why string) {
	if err := c.takeOver(now, now.Add(handover)); err != nil {
		return "Hookbird cannot take over from " + n.who() + ", because it cannot write where the " + c.what + " lies. Switch the source off there."
	}
	return takingOver(n)
}

func takingOver(n note) string { return "Taking over from " + n.who() + "." }

// takeOver writes the claim in place of another's. The path is read from a time
// on: until then two that take over at once have seen which of them was the last.
func (c *Claim) takeOver(now, from time.Time) error {
	me := c.me
	me.Since, me.Renewals = now, 0
	if err := c.write(me, c.path, now); err != nil {
		return err
	}
	c.me, c.other = me, sighting{}
	c.shared, c.written, c.from = true, now, from
	return nil
}

// ask asks a person whose the path shall be. Each time that another begins to read
// is a question of its own.
func (c *Claim) ask(now time.Time, n note) (answer string, err error) {
	text := "This " + c.what + " is " + readBy(now, n) + "."
	if now.Sub(c.other.since) >= StaleAfter {
		text += " Nothing was heard of it for more than 10 minutes: perhaps it is switched off."
	}
	return c.host.Ask(c.source, core.SourceQuestion{
		ID:   "claim:" + n.ID + ":" + strconv.FormatInt(n.Since.Unix(), 10),
		Text: text + " If both read it, everything is sent twice.",
		Choices: []core.Choice{
			{ID: answerTake, Text: "Read it here instead", Usual: true},
			{ID: answerBoth, Text: "Read it on both computers"},
		},
	})
}
