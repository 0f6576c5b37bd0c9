package core

import (
	"slices"
	"time"
)

// SourceKind says how a source comes by its events.
type SourceKind string

// The kinds of source.
const (
	KindFolder SourceKind = "folder" // files that land in a folder
	KindLocal  SourceKind = "local"  // a program on this computer posts to us
)

// Source is where events come from. Exactly one of the kind's own parts is set.
type Source struct {
	ID        string
	Kind      SourceKind
	Name      string
	EventType string // type of its events; "" means DefaultEventType
	Paused    bool   // nothing is read or accepted while it is paused
	Folder    *FolderSource
	Local     *LocalSource
}

// Type is the event type to give to the source's events.
func (s *Source) Type() string {
	if s.EventType != "" {
		return s.EventType
	}
	return DefaultEventType
}

// After says what becomes of a file that has been read.
type After string

// What may become of a file.
const (
	AfterRemember After = "remember" // left in place, known by its content
	AfterMove     After = "move"     // moved to the subfolder "Sent by Hookbird"
	AfterDelete   After = "delete"   // deleted
)

// FolderSource watches a folder for files of records.
type FolderSource struct {
	Path         string // absolute
	Match        string // file name pattern like "*.csv", in which case does not count; "" means every kind that can be read
	After        After  // "" means AfterRemember
	SkipExisting bool   // files there when the source was made are left out
	Encoding     string // "", "utf-8", "utf-16", "windows-1252", "iso-8859-15"; "" detects
	Delimiter    string // one character, or "" to detect
}

// LocalSource takes what programs on this computer post to the local address.
type LocalSource struct {
	Key            Secret   // last part of its address, 16 to 128 of [A-Za-z0-9_-]
	Token          Secret   // asked for as "Authorization: Bearer …" when set
	AllowedOrigins []string // web pages that may post, like "https://till.example"; none unless named
	MaxEventBytes  int      // 0 means 1 MiB; at most 16 MiB
}

// SourceState is what a source is doing now.
type SourceState struct {
	SourceID string
	Working  bool      // false: Cause says why not
	Cause    string    // a sentence, "" while it works
	Since    time.Time // of this state
	Last     time.Time // when its last event was accepted; zero if none yet
	Events   uint64    // accepted since the source was made
	Notes    []SourceNote
}

// SourceNote is one thing that went wrong without stopping the source, such as
// a row that could not be read.
type SourceNote struct {
	Time  time.Time
	Where string // "supporters.csv, line 48"
	Text  string // a sentence
}

// MaxSourceNotes is how many notes are kept a source, the newest first.
const MaxSourceNotes = 100

// Secrets calls visit with a pointer to every secret of the source and the place
// it stands in: "key" or "token".
func (s *Source) Secrets(visit func(place string, s *Secret)) {
	if s.Local == nil {
		return
	}
	if !s.Local.Key.IsZero() {
		visit("key", &s.Local.Key)
	}
	if !s.Local.Token.IsZero() {
		visit("token", &s.Local.Token)
	}
}

// Clone gives a copy that shares nothing with s.
func (s *Source) Clone() *Source {
	c := *s
	if s.Folder != nil {
		f := *s.Folder
		c.Folder = &f
	}
	if s.Local != nil {
		l := *s.Local
		l.AllowedOrigins = slices.Clone(l.AllowedOrigins)
		c.Local = &l
	}
	return &c
}
