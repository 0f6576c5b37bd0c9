package editor

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/message"
	"hookbird/core/schedule"
)

// SoonKind is one of the ways to say when messages go out.
type SoonKind int

// The ways, in the order they are offered.
const (
	SoonNow   SoonKind = iota // each record at once
	SoonLists                 // at once, several of those that wait in one list
	SoonTurns                 // every so often
	SoonTimes                 // at set times of the day
)

func soonKind(s core.Send) SoonKind {
	switch {
	case s.Every > 0:
		return SoonTurns
	case len(s.At) > 0:
		return SoonTimes
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
	Times   string // of the day, for SoonTimes
	Days    Days   // of SoonTimes
	Records string // of one turn, for both

	stored core.Send
	packed core.BodyStyle // as it is stored
}

// What stands in the boxes of a way that was not chosen before.
const (
	listOf     = 50
	usualTimes = "9:00, 17:30"
)

func soonOf(w *core.Webhook) Soon {
	s := w.Send
	soon := Soon{
		Kind: soonKind(s), List: strconv.Itoa(listOf), Every: "15", Times: usualTimes, Days: daysOf(s.Days),
		Records: strconv.Itoa(core.DefaultBatch), stored: s, packed: message.Style(w),
	}
	switch soon.Kind {
	case SoonLists:
		soon.List = strconv.Itoa(s.Batch)
	case SoonTurns:
		soon.Every, soon.Records = minutes(s.Every), turnOf(s)
	case SoonTimes:
		soon.Times, soon.Records = schedule.FormatTimes(s.At), turnOf(s)
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
	if s.Kind == soonKind(s.stored) && s.sameTexts() && (style == s.packed || s.effective(style) == s.Kind) {
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
	case SoonTimes:
		return s.times()
	default:
		if soonKind(s.stored) == SoonNow {
			return s.stored, nil
		}
		return core.Send{}, nil
	}
}

func (s Soon) turns() (core.Send, []Problem) {
	send, problems := s.records()
	every, ok := parseMinutes(s.Every)
	if !ok {
		problems = append(problems, problemOf(PartSendEvery, "Type how many minutes lie between two turns, like 15."))
	}
	if problems != nil {
		return core.Send{}, problems
	}
	send.Every = every
	return send, nil
}

func (s Soon) times() (core.Send, []Problem) {
	send, problems := s.records()
	at, err := schedule.ParseTimes(s.Times)
	if err != nil {
		problems = append(problems, problemOf(PartSendTimes, core.Sentence(err)))
	}
	if s.Days == (Days{}) {
		problems = append(problems, problemOf(PartSendDays, "Tick at least one day."))
	}
	if problems != nil {
		return core.Send{}, problems
	}
	send.At, send.Days = at, s.Days.list()
	return send, nil
}

// records reads how many records one turn takes.
func (s Soon) records() (core.Send, []Problem) {
	n, ok := parseRecords(s.Records)
	if !ok {
		return core.Send{}, []Problem{problemOf(PartSendBatch, "Type how many records one turn may take, from 1 to 1,000.")}
	}
	return core.Send{Batch: n}, nil
}

// sameTexts tells whether what counts is what is stored.
func (s Soon) sameTexts() bool {
	switch s.Kind {
	case SoonLists:
		return s.List == strconv.Itoa(s.stored.Batch)
	case SoonTurns:
		return s.Every == minutes(s.stored.Every) && s.Records == turnOf(s.stored)
	case SoonTimes:
		return s.Times == schedule.FormatTimes(s.stored.At) && s.Days == daysOf(s.stored.Days) && s.Records == turnOf(s.stored)
	default:
		return true
	}
}

func parseRecords(text string) (int, bool) {
	n, ok := parseCount(text)
	return n, ok && n >= 1 && n <= core.MaxBatch
}

// Days are days of the week, by time.Weekday.
type Days [7]bool

// everyDay are all of them.
var everyDay = Days{true, true, true, true, true, true, true}

// workDays are Monday to Friday.
var workDays = Days{time.Monday: true, time.Tuesday: true, time.Wednesday: true, time.Thursday: true, time.Friday: true}

// week lists the days as they are offered.
var week = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

// daysOf reads days; none means every day.
func daysOf(list []time.Weekday) Days {
	var days Days
	for _, d := range list {
		if d >= 0 && int(d) < len(days) {
			days[d] = true
		}
	}
	if len(list) == 0 {
		return everyDay
	}
	return days
}

// list gives the days, Monday first; none for every day.
func (d Days) list() []time.Weekday {
	if d == everyDay {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(week), func(day time.Weekday) bool { return !d[day] })
}

// minutes prints a duration as people type it here: "15", "0.5", and "2 s" where
// minutes would be no number for people.
func minutes(d time.Duration) string {
	if d%(6*time.Second) != 0 {
		return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) + " s"
	}
	return strconv.FormatFloat(d.Minutes(), 'f', -1, 64)
}

// parseMinutes reads what minutes prints, and lengths of time with other units.
func parseMinutes(text string) (time.Duration, bool) {
	d, ok := parseSpan(text, time.Minute)
	return d.Round(time.Second), ok && d >= core.MinEvery && d <= core.MaxEvery
}

// grouped are the signs that people put between thousands.
var grouped = strings.NewReplacer(",", "", " ", "", "'", "", "’", "", "\u00a0", "", "\u202f", "")

// parseCount reads a number as people type it: "1,000".
func parseCount(text string) (int, bool) {
	n, err := strconv.Atoi(grouped.Replace(strings.TrimSpace(text)))
	return n, err == nil && n >= 0
}
