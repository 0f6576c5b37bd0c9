package logfile

import (
	"bytes"
	"log/slog"
)

// Foreign takes what libraries write to the standard log and puts it into ours,
// shortened to what they say themselves: net/http adds the beginning of what a
// stranger sent, which may repeat a secret.
type Foreign struct{ Log *slog.Logger }

// Write logs one line.
func (f Foreign) Write(p []byte) (int, error) {
	line, _, cut := bytes.Cut(bytes.TrimSpace(p), []byte(" starting with "))
	f.Log.Info("a library says", "text", string(line), "shortened", cut)
	return len(p), nil
}
