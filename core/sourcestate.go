package core

import "time"

// SourceState is what a source is doing now.
type SourceState struct {
	SourceID string
	Working  bool      // false: Cause says why not
	Cause    string    // a sentence, "" while it works
	Since    time.Time // of this state
	Last     time.Time // when its last event was accepted; zero if none yet
	Events   uint64    // accepted since the source was made
	Notes    []SourceNote

	Looked   time.Time       // when it last looked; zero if never, or for kinds that do not
	Found    string          // what it found then: "3 rows still being typed"; "" for nothing to say
	Question *SourceQuestion // what it waits for an answer to; nil for nothing
	Progress *Progress       // of what it is reading now; nil if that takes no time
	LeftOut  uint64          // records that were left out, since the source was made
	Silent   time.Time       // since when something that was expected has not come; zero if all is well
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

// SourceQuestion is something that a person has to say before a source goes on.
// While it stands, nothing of what it is about is sent.
type SourceQuestion struct {
	ID      string // the same question has the same; an answer is kept under it
	Text    string // "4,812 rows are already there."
	Choices []Choice
}

// Choice is a possible answer.
type Choice struct {
	ID    string // what is kept, like "skip"
	Text  string // "Only new ones from now"
	Usual bool   // the one to recommend
	Date  bool   // asks for a day too, which follows the id as "since:2006-01-02"
}

// Progress is how far something long is.
type Progress struct {
	What        string // "supporters.csv"
	Done, Total int64  // bytes, or whatever is counted; Total 0: nobody can tell
	Records     int64  // so far
}

// LeftOut is a record that did not come in.
type LeftOut struct {
	ID     string // UUIDv7
	At     time.Time
	Origin string // where it stood
	Why    string // a sentence
	Data   []byte // the record; nil if it is not kept, because it may not be
}

// MaxLeftOut is how many are kept a source, the newest.
const MaxLeftOut = 1000
