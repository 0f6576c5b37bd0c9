package editor

import (
	"strconv"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/message"
)

// SoonKind is one of the ways to say when messages go out.
type SoonKind int

// The ways, in the order they are offered.
const (
	SoonNow   SoonKind = iota // each record at once
	SoonLists                 // at once, several of those that wait in one list
	SoonTurns                 // every so often
)

func soonKind(s core.Send) SoonKind {
	switch {
	case s.Every > 0:
		return SoonTurns
	case s.Batch > 1:
		return SoonLists
	default:
		return SoonNow
	}
}

// Soon is the choice of when to send, with what was typed for it.
type Soon struct {
	Kind    SoonKind
	List    string // records of one list, for SoonLists
	Every   string // minutes, for SoonTurns
	Records string // of one turn

	stored core.Send
	packed core.BodyStyle // as it is stored
}

// listOf is how many records a list holds that nobody gave a number.
const listOf = 50

func soonOf(w *core.Webhook) Soon {
	s := w.Send
	soon := Soon{
		Kind: soonKind(s), List: strconv.Itoa(listOf), Every: "15", Records: strconv.Itoa(core.DefaultBatch),
		stored: s, packed: message.Style(w),
	}
	switch soon.Kind {
	case SoonLists:
		soon.List = strconv.Itoa(s.Batch)
	case SoonTurns:
		soon.Every, soon.Records = minutes(s.Every), turnOf(s)
	}
	return soon
}

// turnOf prints how many records one turn takes.
func turnOf(s core.Send) string {
	w := core.Webhook{Send: s}
	return strconv.Itoa(w.PerTurn())
}

// effective is the way that counts with a packing: only a list holds several
// records.
func (s Soon) effective(style core.BodyStyle) SoonKind {
	if s.Kind == SoonLists && style != core.BodyList {
		return SoonNow
	}
	return s.Kind
}

// Send gives what was chosen. What was not changed stays as it was stored,
// whatever other way there may be to write the same.
func (s Soon) Send(style core.BodyStyle) (core.Send, []Problem) {
	if s.Kind == soonKind(s.stored) && s.sameNumbers() && (style == s.packed || s.effective(style) == s.Kind) {
		return s.stored, nil
	}
	switch s.effective(style) {
	case SoonLists:
		n, ok := parseRecords(s.List)
		if !ok {
			return core.Send{}, []Problem{problemOf(PartSendList, "Type how many records one list may hold, from 1 to 1,000.")}
		}
		return core.Send{Batch: n}, nil
	case SoonTurns:
		return s.turns()
	default:
		if soonKind(s.stored) == SoonNow {
			return s.stored, nil
		}
		return core.Send{}, nil
	}
}

func (s Soon) turns() (core.Send, []Problem) {
	var problems []Problem
	every, ok := parseMinutes(s.Every)
	if !ok {
		problems = append(problems, problemOf(PartSendEvery, "Type how many minutes lie between two turns, like 15."))
	}
	n, ok := parseRecords(s.Records)
	if !ok {
		problems = append(problems, problemOf(PartSendBatch, "Type how many records one turn may take, from 1 to 1,000."))
	}
	if problems != nil {
		return core.Send{}, problems
	}
	return core.Send{Every: every, Batch: n}, nil
}

// sameNumbers tells whether the numbers that count are those that are stored.
func (s Soon) sameNumbers() bool {
	switch s.Kind {
	case SoonLists:
		return s.List == strconv.Itoa(s.stored.Batch)
	case SoonTurns:
		return s.Every == minutes(s.stored.Every) && s.Records == turnOf(s.stored)
	default:
		return true
	}
}

func parseRecords(text string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	return n, err == nil && n >= 1 && n <= core.MaxBatch
}

// minutes prints a duration as people type it here: "15", "0.5", and "2 s" where
// minutes would be no number for people.
func minutes(d time.Duration) string {
	if d%(6*time.Second) != 0 {
		return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) + " s"
	}
	return strconv.FormatFloat(d.Minutes(), 'f', -1, 64)
}

func parseMinutes(text string) (time.Duration, bool) {
	text, unit := strings.ReplaceAll(strings.TrimSpace(text), ",", "."), time.Minute
	if seconds, found := strings.CutSuffix(text, "s"); found {
		text, unit = strings.TrimSpace(seconds), time.Second
	}
	n, err := strconv.ParseFloat(text, 64)
	d := time.Duration(n * float64(unit))
	return d.Round(time.Second), err == nil && d >= time.Second && d <= core.MaxEvery
}
