package record

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"runtime"

	"hookbird/core"
)

// Bounds of the texts of a workbook that stand in a table of their own.
const (
	stringsInMemory = 8 << 20 // bytes; more are kept on disk
	maxStrings      = 4 << 30 // bytes
	stringsAtOnce   = 8       // texts that one position is remembered for
	stringsPage     = 64 << 10
)

// stringTable keeps the texts of a workbook: in memory or, if they are many, in a
// file that only this user can read and that is gone with the table. Every text
// stands behind its length; where each 8th one begins is remembered.
type stringTable struct {
	memory []byte
	disk   *spill
	size   int64 // on disk, with what is in memory still to be written
	starts []int64
	count  int
	page   []byte // of the file, where it was read last
	at     int64
	gone   runtime.Cleanup
}

// add takes the next text.
func (t *stringTable) add(text []byte) error {
	if t.count%stringsAtOnce == 0 {
		t.starts = append(t.starts, t.size+int64(len(t.memory)))
	}
	t.count++
	t.memory = binary.AppendUvarint(t.memory, uint64(len(text)))
	t.memory = append(t.memory, text...)
	if len(t.memory) < stringsInMemory {
		return nil
	}
	return t.toDisk()
}

// toDisk writes what is in memory to disk.
func (t *stringTable) toDisk() error {
	if t.disk == nil {
		f, err := newSpill()
		if err != nil {
			return err
		}
		t.disk = &f
		t.gone = runtime.AddCleanup(t, spill.drop, f)
	}
	n, err := t.disk.Write(t.memory)
	t.size += int64(n)
	t.memory = t.memory[:0]
	switch {
	case err != nil:
		return fmt.Errorf("keep the texts of a workbook: %w", err)
	case t.size > maxStrings:
		return core.Errorf(core.CodeInvalid, "This workbook holds more than %s of text, which is far more than it should. It was not read.", size(maxStrings))
	}
	return nil
}

// done is called once all texts were added.
func (t *stringTable) done() error {
	if t.disk == nil {
		return nil
	}
	err := t.toDisk()
	t.memory = nil
	return err
}

// appendTo appends a text. ok is false if there is none of that number.
func (t *stringTable) appendTo(to []byte, i int) (out []byte, ok bool, err error) {
	if i < 0 || i >= t.count {
		return to, false, nil
	}
	at := t.starts[i/stringsAtOnce]
	for range i % stringsAtOnce {
		length, head, err := t.length(at)
		if err != nil {
			return to, false, err
		}
		at += int64(head) + length
	}
	length, head, err := t.length(at)
	if err != nil {
		return to, false, err
	}
	if t.disk == nil {
		at += int64(head)
		return append(to, t.memory[at:at+length]...), true, nil
	}
	from := len(to)
	to = append(to, make([]byte, length)...)
	return to, true, t.read(to[from:], at+int64(head))
}

// length reads how long the text at a position is, and how long that is itself.
func (t *stringTable) length(at int64) (length int64, head int, err error) {
	var room [binary.MaxVarintLen64]byte
	b := room[:]
	if t.disk == nil {
		b = t.memory[at:]
	} else {
		b = b[:min(int64(len(b)), t.size-at)]
		if err := t.read(b, at); err != nil {
			return 0, 0, err
		}
	}
	n, head := binary.Uvarint(b)
	return int64(n), head, nil
}

// read reads from disk, a page at a time: texts stand in the order in which the rows
// need them.
func (t *stringTable) read(to []byte, at int64) error {
	for len(to) > 0 {
		if at < t.at || at >= t.at+int64(len(t.page)) {
			if err := t.load(at); err != nil {
				return err
			}
		}
		n := copy(to, t.page[at-t.at:])
		to, at = to[n:], at+int64(n)
	}
	return nil
}

func (t *stringTable) load(at int64) error {
	if t.page == nil {
		t.page = make([]byte, 0, stringsPage)
	}
	t.at = at / (stringsPage / 2) * (stringsPage / 2)
	n, err := t.disk.ReadAt(t.page[:min(stringsPage, t.size-t.at)], t.at)
	t.page = t.page[:n]
	if err != nil && err != io.EOF || at >= t.at+int64(n) {
		t.page = t.page[:0]
		return fmt.Errorf("read the texts of a workbook again: %w", err)
	}
	return nil
}

func (t *stringTable) close() {
	if t.disk != nil {
		t.gone.Stop()
		t.disk.drop()
		t.disk = nil
	}
	t.memory, t.starts, t.count = nil, nil, 0
}

// spill is a file that is gone when it is closed, or when the program ends, where the
// system can do that.
type spill struct {
	*os.File
	there bool // it still has a name
}

func newSpill() (spill, error) {
	f, err := os.CreateTemp("", "hookbird-*.tmp")
	if err != nil {
		return spill{}, fmt.Errorf("keep the texts of a workbook: %w", err)
	}
	return spill{File: f, there: os.Remove(f.Name()) != nil}, nil // Windows keeps one that is open
}

func (s spill) drop() {
	_ = s.Close() // nobody wants what is in it
	if s.there {
		_ = os.Remove(s.Name()) // the system empties the folder too
	}
}
