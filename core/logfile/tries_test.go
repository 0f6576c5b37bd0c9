package logfile

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// disk is a file that can be full.
type disk struct {
	mu     sync.Mutex
	text   bytes.Buffer
	writes int
	full   bool
}

func (d *disk) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.writes++
	if d.full {
		return 0, errors.New("no space left")
	}
	return d.text.Write(p)
}

// has gives what is in the file, and how often it was written to.
func (d *disk) has() (text string, writes int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.String(), d.writes
}

func (d *disk) setFull(full bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.full = full
}

func (d *disk) Close() error { return nil }

func TestTriesReachTheFileWithinASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &disk{}
		l := newLazy(d)
		for range 100 {
			_, _ = l.Write([]byte("line\n"))
		}
		if text, _ := d.has(); text != "" {
			t.Error("each line is written by itself")
		}
		time.Sleep(triesFlush)
		synctest.Wait()
		if text, writes := d.has(); len(text) != 500 || writes != 1 {
			t.Errorf("%d bytes in %d writes", len(text), writes)
		}
		time.Sleep(time.Hour)
		if _, writes := d.has(); writes != 1 {
			t.Error("wakes up for nothing")
		}
		_, _ = l.Write([]byte("last\n"))
		err := l.Close()
		if text, _ := d.has(); err != nil || len(text) != 505 {
			t.Errorf("%d bytes after Close, %v", len(text), err)
		}
	})
}

func TestTriesGoOnAfterAFullDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &disk{full: true}
		l := newLazy(d)
		_, _ = l.Write([]byte("lost\n"))
		time.Sleep(2 * triesFlush)
		synctest.Wait()
		d.setFull(false)
		_, _ = l.Write([]byte("kept\n"))
		time.Sleep(2 * triesFlush)
		synctest.Wait()
		if text, _ := d.has(); text != "kept\n" {
			t.Errorf("the file has %q", text)
		}
		_ = l.Close()
	})
}

func TestLinesAreNotCut(t *testing.T) {
	d := &disk{}
	l := newLazy(d)
	line := strings.Repeat("x", 999) + "\n"
	for range 100 {
		_, _ = l.Write([]byte(line))
		if text, _ := d.has(); len(text)%len(line) != 0 {
			t.Fatalf("%d bytes are in the file: a line is cut", len(text))
		}
	}
	_ = l.Close()
	if text, _ := d.has(); len(text) != 100*len(line) {
		t.Errorf("%d bytes", len(text))
	}
}

func TestOpenTriesMakesAFileOfItsOwn(t *testing.T) {
	data := t.TempDir()
	log, end := OpenTries(data)
	log.Info("try", "webhook", "crm")
	if err := end.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join(Dir(data), "tries.log"))
	if err != nil || !strings.Contains(string(file), "webhook=crm") {
		t.Errorf("%q, %v", file, err)
	}
}
