package export

import (
	"archive/zip"
	"io"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// The limits of the format: what Excel opens. Of bytes there is none below 4 GB.
const (
	sheetRows  = 1 << 20
	sheetBytes = 2 << 30
	cellRunes  = 32_767 // UTF-16 units, of which a character has at most two
)

// sheetName is that of the first sheet; the others have a number behind it.
const sheetName = "Sheet1"

// book is an XLSX file. Rows go to a file of their own in dir once there are many,
// and on to a further sheet where one is full.
type book struct {
	file    *excelize.File
	sheet   *excelize.StreamWriter
	columns []Column
	most    int // rows of a sheet
	sheets  int
	rows    int // of this sheet
	bytes   int // of texts in it
	head    int // style of headings
	time    int // style of times
	cells   []any
}

func newBook(w io.Writer, dir string, columns []Column) (*book, error) {
	b := &book{columns: columns, most: sheetRows, file: excelize.NewFile(excelize.Options{TmpDir: dir})}
	// Else the whole file is put together in memory before it is written.
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	form := "yyyy-mm-dd hh:mm:ss"
	var err error
	if b.time, err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &form}); err != nil {
		return nil, err
	}
	if b.head, err = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return nil, err
	}
	return b, b.further()
}

// further begins a sheet with the headings, which stay in sight.
func (b *book) further() (err error) {
	name := sheetName
	if b.sheets++; b.sheets > 1 {
		name = "Sheet" + strconv.Itoa(b.sheets)
		if err := b.sheet.Flush(); err != nil {
			return err
		}
		if _, err := b.file.NewSheet(name); err != nil {
			return err
		}
	}
	if b.sheet, err = b.file.NewStreamWriter(name); err != nil {
		return err
	}
	if err := b.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	headings := make([]any, len(b.columns))
	for i, c := range b.columns {
		headings[i] = excelize.Cell{StyleID: b.head, Value: c.Name}
		if err := b.sheet.SetColWidth(i+1, i+1, c.Width); err != nil {
			return err
		}
	}
	b.rows, b.bytes = 0, 0
	return b.write(headings)
}

func (b *book) row(cells []any) error {
	if b.rows == b.most || b.bytes > sheetBytes {
		if err := b.further(); err != nil {
			return err
		}
	}
	b.cells = b.cells[:0]
	for _, c := range cells {
		b.cells = append(b.cells, b.cell(c))
	}
	return b.write(b.cells)
}

func (b *book) write(cells []any) error {
	b.rows++
	return b.sheet.SetRow("A"+strconv.Itoa(b.rows), cells)
}

// cell is what the file holds of a cell. A workbook knows no time zones: a time is
// written as clocks here show it. A text is never taken for a formula.
func (b *book) cell(c any) any {
	switch v := c.(type) {
	case time.Time:
		if v.IsZero() {
			return nil
		}
		v = v.Local()
		wall := time.Date(v.Year(), v.Month(), v.Day(), v.Hour(), v.Minute(), v.Second(), 0, time.UTC)
		return excelize.Cell{StyleID: b.time, Value: wall}
	case string:
		if v == "" {
			return nil
		}
		v = fitting(v)
		b.bytes += len(v)
		return v
	default:
		return c
	}
}

// fitting cuts a text that is too long for a cell.
func fitting(text string) string {
	if len(text) <= cellRunes {
		return text
	}
	units := 0
	for i, r := range text {
		if units++; r > 0xFFFF {
			units++
		}
		if units >= cellRunes { // so that the dots fit too
			return text[:i] + "…"
		}
	}
	return text
}

func (b *book) finish() error {
	if err := b.sheet.Flush(); err != nil {
		return err
	}
	return b.file.Write(io.Discard) // the zip writer has its own way
}

func (b *book) free() error { return b.file.Close() }
