package core

import "time"

// Erasure is what a commit removes for good because it is about a person. What is
// not there any more is passed over.
type Erasure struct {
	Events []uint64      // records of the log, by seq
	Rows   []DeliveryKey // of the history: finished, or with what waits for them
	Blank  []DeliveryKey // rows that keep their trace, but lose what was answered
}

// IsEmpty tells whether nothing is removed.
func (e *Erasure) IsEmpty() bool {
	return e == nil || len(e.Events)+len(e.Rows)+len(e.Blank) == 0
}

// RowTexts is what a row of the history holds of records, for looking through it.
// The slices are valid only while it is looked at.
type RowTexts struct {
	Key     DeliveryKey
	State   DeliveryState
	Title   []byte
	Data    []byte   // of a record that is in no log, or was corrected: JSON; nil if there is none
	Answers [][]byte // and what else was told of the tries
}

// Erased is what was done about one person, without anything of them.
type Erased struct {
	ID         string
	At         time.Time
	By         Author
	Records    uint64   // of the log
	Messages   uint64   // of the history
	Waiting    uint64   // of those, that were still to be sent
	LeftOut    uint64   // records that a source had left out
	Answers    uint64   // messages of others whose answers named them, which were blanked
	Remembered uint64   // rows that a source knew by their values, to tell once they are gone
	Backups    []Backup // that were made before, and may hold the person still
}

// Backup names a file that a store can be brought back from.
type Backup struct {
	Path string
	Made time.Time
}
