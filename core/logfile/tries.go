package logfile

import (
	"bufio"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"gopkg.in/natefinch/lumberjack.v2"
)

// triesFlush is how long a line about a try may stay in memory: a write for each
// would cost more than the try.
const triesFlush = time.Second

// OpenTries begins the log of tries, DIR/logs/tries.log: a line for each, apart
// from the program's own log, which a busy day would push out. Lines reach the file
// within a second. Closing writes what is left.
func OpenTries(data string) (*slog.Logger, io.Closer) {
	_ = os.MkdirAll(Dir(data), 0o700) // else nothing is logged
	w := newLazy(&lumberjack.Logger{
		Filename: filepath.Join(Dir(data), "tries.log"),
		MaxSize:  maxMegabytes, MaxBackups: maxBackups, MaxAge: maxDays,
	})
	return slog.New(slog.NewTextHandler(w, nil)), w
}

// lazy is a buffer that empties itself a moment after something came in. Any
// goroutine may write to it; what cannot be written is dropped.
type lazy struct {
	mu    sync.Mutex
	under io.WriteCloser
	buf   *bufio.Writer
	timer *time.Timer // runs while there is something in buf
	armed bool
}

func newLazy(under io.WriteCloser) *lazy {
	l := &lazy{under: under, buf: bufio.NewWriterSize(under, 32<<10)}
	l.timer = time.AfterFunc(time.Hour, l.flush)
	l.timer.Stop()
	return l
}

func (l *lazy) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(p) > l.buf.Available() {
		l.empty() // so that a file is turned over between two lines
	}
	n, err := l.buf.Write(p)
	if !l.armed {
		l.armed = true
		l.timer.Reset(triesFlush)
	}
	return n, err
}

func (l *lazy) flush() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.armed = false
	l.empty()
}

// empty writes what there is. An error must not stick: the disk may have room
// again later.
func (l *lazy) empty() {
	if l.buf.Flush() != nil {
		l.buf.Reset(l.under)
	}
}

// Close writes what is left and closes the file.
func (l *lazy) Close() error {
	l.timer.Stop()
	l.flush()
	return l.under.Close()
}
