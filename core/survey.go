package core

// Survey is what a source would find, looked at before it is switched on: nothing
// of it is sent or remembered.
type Survey struct {
	Text    string   // "312 rows on the sheet Members, with 8 columns."
	Records int64    // how many there are; -1 if nobody can tell yet
	Columns []Column // of tables and lists, in order
	Samples [][]byte // the first records as they would come in, at most MaxSurveySamples
	Layout  Layout   // of files: what was found out
	Sheets  []string // of workbooks: the names of the sheets
	Tables  []string // of databases: the names of tables and views
	Element []string // of XML: names of elements that repeat, the likeliest first
	Files   int      // of folders: how many files there are that would be read
	Notes   []SourceNote
	Doctor  []Finding
}

// MaxSurveySamples is how many records a survey shows.
const MaxSurveySamples = 20

// Column is one column of a table.
type Column struct {
	Name    string
	Samples []string // up to five different values
	Rising  bool     // of databases: its values can say what is new
	Key     bool     // it tells rows apart: no value came twice, and none was empty
}

// Finding is something about the values of a file that a person may want to know
// before they go out, or repaired.
type Finding struct {
	Kind     FindingKind
	Column   string
	Count    int64
	Examples []string // up to three, each as it stands
	Repaired []string // the same as they would be repaired; nil if there is no repair
	Convert  []string // the steps of conversion that repair them, for the webhook's field; nil if there are none
}

// FindingKind is what was found.
type FindingKind string

// The kinds.
const (
	FindScientific FindingKind = "scientific" // 3.36E+10: a long number that a spreadsheet has shortened
	FindZeros      FindingKind = "zeros"      // numbers of different lengths, as if leading zeros were lost
	FindYear1900   FindingKind = "1900"       // dates in 1899, 1900 or 1904, which stand for empty cells
	FindDayMonth   FindingKind = "day-month"  // dates with the day first and with the month first
	FindMojibake   FindingKind = "mojibake"   // MÃ¼ller: text that was read in the wrong encoding
	FindSpaces     FindingKind = "spaces"     // spaces before or behind
	FindFormula    FindingKind = "formula"    // #REF! and the like
)
