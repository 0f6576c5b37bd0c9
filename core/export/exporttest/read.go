// Package exporttest reads files of package export back, for tests.
package exporttest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"hookbird/core/source/record"
)

// Read gives the rows of a CSV or XLSX file by their headings, as the program's own
// sources read it. sheet is the one of a workbook; "" means the first.
func Read(t testing.TB, path, sheet string) (rows []map[string]any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		t.Fatal(err)
	}
	r, err := record.Open(bytes.NewReader(data), record.Options{Sheet: sheet})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	for {
		one, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		row := map[string]any{}
		if err := json.Unmarshal(one.Data, &row); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
}
