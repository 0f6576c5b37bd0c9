package folder

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hookbird/core"
)

// Where files with a receipt are moved to once all of their records are settled.
const (
	Done     = "Done"     // every record has arrived
	Problems = "Problems" // some have not
)

// receiptEnd is what the names of receipts end in.
const receiptEnd = " – result.csv"

// ReceiptName is the name of the receipt for a file.
func ReceiptName(file string) string { return file + receiptEnd }

// Outcome is what became of one record of a file.
type Outcome struct {
	Place  string    `json:"place,omitempty"`  // where it stood: "row 48"
	Record string    `json:"record,omitempty"` // what the record is known by
	To     string    `json:"to,omitempty"`     // the webhook that it went to; "" for none
	Word   string    `json:"word"`             // what became of it: "Delivered", "Not delivered", "Left out"
	ID     string    `json:"id,omitempty"`     // what the target calls it; "" if it does not say
	Reason string    `json:"reason,omitempty"` // a sentence; "" for none
	At     time.Time `json:"at"`               // since when
	Good   bool      `json:"good,omitempty"`   // it has arrived, or was left out on purpose
}

// Settle writes the receipt for a file of a source once it is known what became of
// all of its records, and then moves or deletes the file as the source wants it: what
// has problems goes to the subfolder Problems and is never deleted. It may be asked
// again after a crash; a file that is gone has been settled. An error among the outcomes
// ends it, and nothing was written. Any goroutine may call it, one at a time for a file.
func Settle(src *core.Source, name string, outcomes iter.Seq2[Outcome, error]) error {
	path := filepath.Join(src.Folder.Path, filepath.FromSlash(name))
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	good, err := writeReceipt(ReceiptName(path), outcomes)
	if err != nil {
		return err
	}
	switch {
	case src.Folder.After == core.AfterMove && good:
		err = settled(src, name, Done)
	case src.Folder.After == core.AfterMove:
		err = settled(src, name, Problems)
	case src.Folder.After == core.AfterDelete && good:
		err = os.Remove(path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// settled moves a file behind its receipt: while the file is there, it can be done once
// more.
func settled(src *core.Source, name, folder string) error {
	from := filepath.Join(src.Folder.Path, filepath.FromSlash(name))
	to, err := place(filepath.Join(src.Folder.Path, folder), name)
	if err != nil {
		return err
	}
	if err := os.Rename(ReceiptName(from), ReceiptName(to)); err != nil {
		return err
	}
	return os.Rename(from, to)
}

// writeReceipt writes a receipt as a whole or not at all. good tells that nothing in
// it is a problem.
func writeReceipt(path string, outcomes iter.Seq2[Outcome, error]) (good bool, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".hookbird-*.tmp")
	if err != nil {
		return false, err
	}
	defer func() { _ = os.Remove(f.Name()) }() // it is not there any more if all went well
	good, err = writeOutcomes(f, outcomes)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return false, err
	}
	return good, os.Rename(f.Name(), path)
}

// receiptHeadings are the columns of a receipt.
var receiptHeadings = []string{"Row", "Record", "To", "Outcome", "Their id", "Reason", "Time"}

func writeOutcomes(w io.Writer, outcomes iter.Seq2[Outcome, error]) (good bool, err error) {
	b := bufio.NewWriter(w)
	_, _ = b.WriteString("\ufeff") // or Excel takes it for another encoding
	c := csv.NewWriter(b)
	_ = c.Write(receiptHeadings) // Flush tells
	good = true
	for o, err := range outcomes {
		if err != nil {
			return false, err
		}
		good = good && o.Good
		at := ""
		if !o.At.IsZero() {
			at = o.At.Format(time.DateTime)
		}
		_ = c.Write([]string{plain(o.Place), plain(o.Record), plain(o.To), plain(o.Word), plain(o.ID), plain(o.Reason), at})
	}
	c.Flush()
	return good, errors.Join(c.Error(), b.Flush())
}

// plain keeps a spreadsheet from taking what came from elsewhere for a formula.
func plain(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
