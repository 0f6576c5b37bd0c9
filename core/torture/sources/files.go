package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hookbird/core/bench/bird"
)

// rows are lines of a table, numbered from a number on.
func rows(from, n int) string {
	var text strings.Builder
	for i := from; i < from+n; i++ {
		_, _ = fmt.Fprintf(&text, "%d,Ada,Test,ada.%d@example.org\n", i, i)
	}
	return text.String()
}

const headings = "n,First name,Last name,Email\n"

// place puts a file where it is read, as a whole.
func place(path, text string) error {
	if err := os.WriteFile(path+".tmp", []byte(text), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".tmp", path)
}

// folder is a source of files; more adds to it.
func folder(more bird.Part) func(w *world) (bird.Part, error) {
	return func(w *world) (bird.Part, error) {
		part := bird.Part{"kind": "folder", "path": filepath.Join(w.dir, "in")}
		for name, value := range more {
			part[name] = value
		}
		return part, os.MkdirAll(filepath.Join(w.dir, "in"), 0o700)
	}
}

// newFiles puts down a large file and a small one.
func newFiles(w *world, n int) error {
	for _, part := range []int{n - n/10, n / 10} {
		path := filepath.Join(w.dir, "in", fmt.Sprintf("from-%d.csv", w.next))
		if err := place(path, headings+rows(w.next, part)); err != nil {
			return err
		}
		w.next += part
	}
	return nil
}

// newJSON puts down a JSON file.
func newJSON(w *world, n int) error {
	var list []string
	for i := w.next; i < w.next+n; i++ {
		list = append(list, fmt.Sprintf(`{"n":%d,"name":{"first":"Ada"}}`, i))
	}
	path := filepath.Join(w.dir, "in", fmt.Sprintf("from-%d.json", w.next))
	w.next += n
	return place(path, "["+strings.Join(list, ",\n")+"]")
}

// everything writes a file with all records there ever were.
func everything(w *world, n int) error {
	path := filepath.Join(w.dir, "in", fmt.Sprintf("all-%d.csv", w.next))
	w.next += n
	return place(path, headings+rows(0, w.next))
}

// grow adds to the end of a file.
func grow(w *world, n int) error {
	f, err := os.OpenFile(filepath.Join(w.dir, "in", "till.csv"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	text := rows(w.next, n)
	if w.next == 0 {
		text = headings + text
	}
	w.next += n
	if _, err := f.WriteString(text); err != nil {
		return err
	}
	return f.Close()
}

// sheet is a spreadsheet whose rows are told apart by their numbers.
func sheet(w *world) (bird.Part, error) {
	path := filepath.Join(w.dir, "sheet.csv")
	return bird.Part{"kind": "spreadsheet", "path": path, "keys": []string{"n"}, "settle": "1s", "existing": "send"}, place(path, headings)
}

// moreRows saves the spreadsheet with more rows, the newest on top.
func moreRows(w *world, n int) error {
	w.next += n
	lines := strings.SplitAfter(rows(0, w.next), "\n")
	var text strings.Builder
	_, _ = text.WriteString(headings)
	for i := len(lines) - 1; i >= 0; i-- {
		_, _ = text.WriteString(lines[i])
	}
	return place(filepath.Join(w.dir, "sheet.csv"), text.String())
}
