package record

import (
	"fmt"
	"io"
)

// sheetTable makes records of the rows of a sheet.
type sheetTable struct {
	rows     sheetRows
	o        Options
	started  bool
	err      error // that keeps it from being read
	ahead    []*sheetRow
	row      sheetRow
	names    []string
	keys     [][]byte
	header   int      // row of the headings, 0 for none
	headings []string // as they are in the file
}

func newSheetTable(rows sheetRows, o Options) *withoutTotals {
	return &withoutTotals{tableRows: &sheetTable{rows: rows, o: o}}
}

func (t *sheetTable) Close() error { t.rows.close(); return nil }

func (t *sheetTable) Columns() []string {
	t.start()
	return t.names
}

// start finds the headings. An empty sheet has none.
func (t *sheetTable) start() {
	if t.started {
		return
	}
	t.started = true
	if t.err = t.lookAhead(); t.err != nil {
		return
	}
	if t.o.NoHeader {
		t.nameColumns(nil)
		return
	}
	at := t.headingsAhead()
	if at < 0 {
		t.err = noSuchRow(&t.o)
		return
	}
	if len(t.ahead) == 0 {
		return
	}
	head := t.ahead[at]
	words := head.words()
	if t.err = checkNames(&t.o, words); t.err != nil {
		return
	}
	t.ahead, t.header = t.ahead[at+1:], head.n
	t.nameColumns(words)
	t.headings = words[:min(len(words), len(t.names))]
}

// lookAhead reads the rows that tell where the headings are: up to the row that is
// asked for, or a few.
func (t *sheetTable) lookAhead() error {
	for len(t.ahead) < sampleRows {
		row := &sheetRow{}
		if err := t.filled(row); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if row.n >= t.o.HeaderRow {
			t.ahead = append(t.ahead, row)
		}
	}
	return nil
}

// headingsAhead is which of the rows ahead holds them, -1 if the one asked for is empty.
func (t *sheetTable) headingsAhead() int {
	if t.o.HeaderRow > 0 {
		if len(t.ahead) == 0 || t.ahead[0].n != t.o.HeaderRow {
			return -1
		}
		return 0
	}
	rows := make([][]string, len(t.ahead))
	for i, row := range t.ahead {
		rows[i] = row.words()
	}
	return headingsAt(rows)
}

// nameColumns takes headings without the empty cells behind the last one. Without
// headings, the widest of the first rows tells how many columns there are.
func (t *sheetTable) nameColumns(words []string) {
	for len(words) > 0 && words[len(words)-1] == "" {
		words = words[:len(words)-1]
	}
	if t.o.NoHeader {
		for _, row := range t.ahead {
			if len(row.cells) > len(words) {
				words = make([]string, len(row.cells))
			}
		}
	}
	t.names = columnNames(&t.o, words)
	t.keys = jsonKeys(t.names)
}

// filled gives the next row that is not blank.
func (t *sheetTable) filled(row *sheetRow) error {
	for {
		if err := t.rows.next(row); err != nil {
			return err
		}
		if !row.blank() || row.long {
			return nil
		}
	}
}

// take gives the next row of the table.
func (t *sheetTable) take() (*sheetRow, error) {
	if len(t.ahead) > 0 {
		row := t.ahead[0]
		t.ahead = t.ahead[1:]
		return row, nil
	}
	return &t.row, t.filled(&t.row)
}

func (t *sheetTable) read() (rec Record, line int, total bool, err error) {
	if t.start(); t.err != nil {
		return Record{}, 0, false, t.err
	}
	row, err := t.take()
	if err != nil {
		return Record{}, 0, false, err
	}
	if row.long {
		return Record{}, row.n, false, tooLong(row.n, t.o.Limit)
	}
	if t.repeated(row) {
		return Record{}, row.n, false, onceMore(row.n)
	}
	rec = Record{Place: placeOf(row.n), Data: t.object(row), Notes: t.notes(row)}
	if len(rec.Data) > t.o.Limit+len(row.text) { // what has to be escaped takes room of its own
		return Record{}, row.n, false, tooLong(row.n, t.o.Limit)
	}
	return rec, row.n, t.totals(row), nil
}

// repeated tells whether a row is the headings once more.
func (t *sheetTable) repeated(row *sheetRow) bool {
	if len(t.headings) < 2 || len(row.cells) < len(t.headings) {
		return false
	}
	for i, c := range row.cells {
		if i < len(t.headings) && c.word(row) != t.headings[i] || i >= len(t.headings) && c.from < c.to {
			return false
		}
	}
	return true
}

func (t *sheetTable) totals(row *sheetRow) bool {
	return looksLikeTotals(max(len(t.keys), len(row.cells)), func(i int) ([]byte, bool) {
		if i >= len(row.cells) {
			return nil, false
		}
		c := row.cells[i]
		return row.value(c), c.kind == numberCell
	})
}

// object writes a row as a JSON object that has all columns.
func (t *sheetTable) object(row *sheetRow) []byte {
	room := len(row.text) + 2
	for _, key := range t.keys {
		room += len(key) + 3
	}
	data := append(make([]byte, 0, room+16), '{')
	for i, key := range t.keys {
		if i > 0 {
			data = append(data, ',')
		}
		data = append(data, key...)
		c := sheetCell{}
		if i < len(row.cells) {
			c = row.cells[i]
		}
		data = c.appendJSON(data, row)
	}
	return append(data, '}')
}

// maxRowNotes is how much is told of one row.
const maxRowNotes = 3

// notes says what is odd about a row.
func (t *sheetTable) notes(row *sheetRow) (notes []string) {
	for i, c := range row.cells {
		if len(notes) == maxRowNotes {
			break
		}
		switch {
		case c.kind == unreckonedCell:
			notes = append(notes, fmt.Sprintf("Cell %s holds a formula whose result is not in the file, so it is taken as empty. Open the workbook, save it, and read it again.", cellName(i, row.n)))
		case i >= len(t.keys) && c.from < c.to:
			notes = append(notes, fmt.Sprintf("Cell %s stands beside the table, under no heading, and was left out.", cellName(i, row.n)))
		case c.kind == errorCell:
			notes = append(notes, fmt.Sprintf("Cell %s holds %s: its formula has come to nothing.", cellName(i, row.n), row.value(c)))
		}
	}
	return notes
}
