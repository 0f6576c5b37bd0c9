package core

import (
	"slices"
	"time"
)

// SourceKind says how a source comes by its events.
type SourceKind string

// The kinds of source.
const (
	KindFolder   SourceKind = "folder"      // files that land in a folder
	KindSheet    SourceKind = "spreadsheet" // rows of one file that somebody works in
	KindLocal    SourceKind = "local"       // a program on this computer posts to us
	KindDatabase SourceKind = "database"    // rows of a table or a query
	KindWeb      SourceKind = "web"         // a web service is asked
	KindTimer    SourceKind = "timer"       // at set times
	KindForm     SourceKind = "form"        // a person fills it in
)

// Source is where events come from. Exactly one of the kind's own parts is set.
type Source struct {
	ID        string
	Kind      SourceKind
	Name      string
	EventType string // type of its events; "" means DefaultEventType
	Paused    bool   // nothing is read or accepted while it is paused

	Title    string   // text with merge fields that a record is known by, like "[First Name] [Last Name]"; "" guesses
	Existing Existing // what becomes of what is there when it is first switched on
	Keep     []string // names of the fields that are kept of a record; none keeps all
	Cards    bool     // records with what looks like a card number are let in
	Once     Once
	Expect   Expect
	LookUp   *LookUp // nil for none

	Folder   *FolderSource
	Sheet    *SheetSource
	Local    *LocalSource
	Database *DatabaseSource
	Web      *WebSource
	Timer    *TimerSource
	Form     *FormSource
}

// Type is the event type to give to the source's events.
func (s *Source) Type() string {
	if s.EventType != "" {
		return s.EventType
	}
	return DefaultEventType
}

// Types of events about records that a source has seen before.
const (
	EventUpdated = "record.updated"
	EventRemoved = "record.removed"
)

// UpdatedType is the type for a record that has changed: that of its events with
// "updated" in place of "created", if they have it.
func (s *Source) UpdatedType() string { return s.typeFor("updated", EventUpdated) }

// RemovedType is the type for a record that is gone.
func (s *Source) RemovedType() string { return s.typeFor("removed", EventRemoved) }

func (s *Source) typeFor(what, otherwise string) string {
	const created = ".created"
	if t := s.EventType; len(t) > len(created) && t[len(t)-len(created):] == created {
		return t[:len(t)-len(created)+1] + what
	}
	return otherwise
}

// ExistingDo says what becomes of the records that are there when a source is
// first switched on, or when it is pointed to another place.
type ExistingDo string

// What may become of them.
const (
	ExistingAsk   ExistingDo = ""      // the source says what is there and waits for an answer
	ExistingSend  ExistingDo = "send"  // all are sent
	ExistingSkip  ExistingDo = "skip"  // none is: only what is new from now on
	ExistingSince ExistingDo = "since" // those from a time on are
)

// Existing is what becomes of the records that are there already.
type Existing struct {
	Do    ExistingDo
	Since time.Time // of ExistingSince
}

// Once leaves out records that came before.
type Once struct {
	Keys []string // names of the fields that tell records apart; none: every record counts
	Days int      // for so long a record is known; 0 means DefaultOnceDays
}

// DefaultOnceDays is for how long Once knows a record.
const DefaultOnceDays = 30

// Expect is until when something has to have come in, or an alarm is raised.
type Expect struct {
	By        int            // minutes after midnight, by this computer's clock
	Days      []time.Weekday // on these days; none: nothing is expected
	Heartbeat Secret         // web address that is called once what was expected has come; zero for none
}

// Secrets calls visit with a pointer to every secret of the source and the place
// it stands in.
func (s *Source) Secrets(visit func(place string, s *Secret)) {
	one := eachPlace(visit)
	one("heartbeat", &s.Expect.Heartbeat)
	if l := s.LookUp; l != nil {
		l.Ask.secrets("lookup:", one)
	}
	if l := s.Local; l != nil {
		one("key", &l.Key)
		one("token", &l.Token)
		one("signature", &l.Verify.Secret)
	}
	if d := s.Database; d != nil {
		one("password", &d.Password)
	}
	if w := s.Web; w != nil {
		w.Ask.secrets("", one)
	}
}

// Clone gives a copy that shares nothing with s.
func (s *Source) Clone() *Source {
	c := *s
	c.Keep = slices.Clone(s.Keep)
	c.Once.Keys = slices.Clone(s.Once.Keys)
	c.Expect.Days = slices.Clone(s.Expect.Days)
	c.LookUp = copied(s.LookUp, (*LookUp).own)
	c.Folder = copied(s.Folder, (*FolderSource).own)
	c.Sheet = copied(s.Sheet, (*SheetSource).own)
	c.Local = copied(s.Local, (*LocalSource).own)
	c.Database = copied(s.Database, (*DatabaseSource).own)
	c.Web = copied(s.Web, (*WebSource).own)
	c.Timer = copied(s.Timer, (*TimerSource).own)
	c.Form = copied(s.Form, (*FormSource).own)
	return &c
}

// copied gives a copy of *p that own has made independent of it; nil for nil.
func copied[T any](p *T, own func(*T)) *T {
	if p == nil {
		return nil
	}
	c := *p
	own(&c)
	return &c
}
