package logfile_test

import (
	"bytes"
	"log"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hookbird/core/logfile"
)

// What libraries log goes into our log, without what strangers sent.
func TestForeignLines(t *testing.T) {
	data := t.TempDir()
	var also bytes.Buffer
	ours, end := logfile.Open(data, "hookbird", &also)
	theirs := log.New(logfile.Foreign{Log: ours}, "", log.LstdFlags)
	theirs.Printf("Unsolicited response received on idle HTTP channel starting with %q; err=%v", "HTTP/1.1 200 open sesame", nil)
	theirs.Print("something else")
	if err := end.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join(logfile.Dir(data), "hookbird.log"))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{string(file), also.String()} {
		if strings.Contains(text, "sesame") || !strings.Contains(text, "Unsolicited response received") || !strings.Contains(text, "something else") {
			t.Errorf("logged %s", text)
		}
	}
}
