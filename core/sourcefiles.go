package core

import (
	"slices"
	"time"
)

// After says what becomes of a file that has been read.
type After string

// What may become of a file.
const (
	AfterRemember After = "remember" // left in place, known by its content
	AfterMove     After = "move"     // moved to the subfolder "Sent by Hookbird"
	AfterDelete   After = "delete"   // deleted
)

// FilesHold says what the files of a folder are.
type FilesHold string

// What files may be.
const (
	HoldNew FilesHold = ""        // each holds records that were in none before
	HoldAll FilesHold = "all"     // each holds everything, as it is at that time
	Growing FilesHold = "growing" // one file, at whose end records are added
)

// FolderSource watches a folder for files of records.
type FolderSource struct {
	Path       string // absolute
	Match      string // patterns for names of files like "*.csv; *.xlsx", in which case does not count; "" means every kind that can be read
	Subfolders bool   // those in it are watched too
	After      After  // "" means AfterRemember
	Holds      FilesHold
	Keys       []string // of HoldAll: names of the fields that tell records apart
	Gone       bool     // of HoldAll: a record that is in the file no more is an event too
	WholeFile  bool     // a file is one record: its name, size, time and, if it is text, what it holds
	Receipt    bool     // "NAME – result.csv" is written beside a file once all of it is settled
	Layout     Layout
}

func (f *FolderSource) own() { f.Keys = slices.Clone(f.Keys); f.Layout.own() }

// SheetSource reads the rows of one spreadsheet that somebody works in.
type SheetSource struct {
	Path     string        // of the file, absolute
	Keys     []string      // names of the columns that tell rows apart; none: rows are known by what they hold
	Changed  bool          // rows that have changed are events too; needs Keys
	Required []string      // a row is finished once these columns are filled,
	Settle   time.Duration // and has not changed for so long; 0 means DefaultSettle
	Ready    string        // column that says that a row is finished, in place of both; "" for none
	ReadyIs  string        // what stands in it then; "" means anything
	Layout   Layout
}

// DefaultSettle is how long a row of a spreadsheet has to stay as it is before it
// counts as finished.
const DefaultSettle = 2 * time.Minute

func (s *SheetSource) own() {
	s.Keys, s.Required = slices.Clone(s.Keys), slices.Clone(s.Required)
	s.Layout.own()
}

// Layout says how a file is to be read, where that is not to be found out.
type Layout struct {
	Encoding  string   // "", "utf-8", "utf-16", "windows-1252", "iso-8859-15"; "" detects
	Delimiter string   // of CSV: one character, or "" to detect
	Quote     string   // of CSV: what stands around a cell that holds a delimiter: "" means the double quote, "none" that there is none
	NoHeader  bool     // of tables: the first row is a record; columns are called Column 1, Column 2 …
	HeaderRow int      // of tables: the row with the headings, from 1; 0 detects
	Columns   []string // of tables: names of the columns, in place of those that the file has
	Sheet     string   // of workbooks: the name of the sheet; "" means the first that is visible
	Element   string   // of XML: the name of the element that repeats; "" detects
	List      string   // of JSON: path to the list of records; "" means the top
}

func (l *Layout) own() { l.Columns = slices.Clone(l.Columns) }
