// Package logfile writes the program's log: one line an entry to a file in the
// data folder that is rotated, and to a second writer, usually stderr.
package logfile

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"gopkg.in/natefinch/lumberjack.v2"
)

// How much log is kept.
const (
	maxMegabytes = 5
	maxBackups   = 5
	maxDays      = 30
)

// Dir is the folder of the logs in a data folder.
func Dir(data string) string { return filepath.Join(data, "logs") }

// Open begins logging to DIR/logs/NAME.log and to also, which may be nil. The
// file is 0600 in a folder 0700. Closing ends it.
func Open(data, name string, also io.Writer) (*slog.Logger, io.Closer) {
	_ = os.MkdirAll(Dir(data), 0o700) // else the log goes to also alone
	file := &lumberjack.Logger{
		Filename: filepath.Join(Dir(data), name+".log"),
		MaxSize:  maxMegabytes, MaxBackups: maxBackups, MaxAge: maxDays,
	}
	var w io.Writer = file
	if also != nil {
		w = both{file, also}
	}
	return slog.New(slog.NewTextHandler(w, nil)), file
}

// both writes to two writers and lets neither keep the other from its line: a
// full disk must not silence stderr, nor a closed terminal the file.
type both struct{ file, also io.Writer }

func (b both) Write(p []byte) (int, error) {
	_, fileErr := b.file.Write(p)
	if _, err := b.also.Write(p); err != nil && fileErr != nil {
		return 0, fileErr
	}
	return len(p), nil
}
