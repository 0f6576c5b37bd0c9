// Package folder reads the files that land in a folder and hands their records
// on. Looking at the folder again and again is what finds files; the system's
// notices of changes, which network shares do not send, only make it quicker.
//
// A file on its way from the folder to the store:
//
//	seen -> unchanged for a second, closed by its writer -> hashed
//	     -> read in slices, each accepted together with how far it goes
//	     -> remembered, moved or deleted
//
// What was read is known by its content, so the same content is not sent twice
// under any name, and a file that was cut short by a crash goes on where its
// last accepted slice ends.
//
// The package must not know what a record is good for, nor how it is stored.
package folder

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"syscall"
	"time"

	"hookbird/core"
	"hookbird/core/source"
)

// How often the folder is looked at, and how long things take to settle.
const (
	lookEvery   = 5 * time.Second        // with notices of changes
	lookBlind   = time.Second            // without
	lookCost    = 2000                   // times what a look took: a large folder is looked at less often,
	blindCost   = 500                    // or so, without notices
	lookAtMost  = time.Minute            // between two looks
	trust       = 3                      // changes without a notice, until notices are not relied on
	noticePause = 200 * time.Millisecond // between two looks because of notices
	settle      = time.Second            // a file that did not change for so long is whole,
	patience    = 10 * time.Second       // or so long if a program still has it open for writing
	firstRetry  = 2 * time.Second        // then doubling
	lastRetry   = 5 * time.Minute        // of one file
	lastHold    = time.Minute            // of all files, while the store takes nothing
)

// Folder is one watched folder.
type Folder struct {
	src   *core.Source
	host  source.Host
	log   *slog.Logger
	known map[string]known    // files that need nothing until they change
	found map[string]sighting // files that may still be growing, or wait for another try
	news  bool                // the last look found a change
	begun bool                // what was remembered is loaded, and the folder was listed once
	cost  time.Duration       // of the last listing
	hold  retry               // while the store takes nothing
}

// stamp tells whether a file was touched.
type stamp struct {
	Size  int64 `json:"size"`
	Mtime int64 `json:"mtime"` // Unix nanoseconds
}

func stampOf(info fs.FileInfo) stamp {
	return stamp{Size: info.Size(), Mtime: info.ModTime().UnixNano()}
}

// sighting is a file as it was last seen, and since when it looks like that.
type sighting struct {
	stamp stamp
	since time.Time
	retry retry
}

// retry is a time to wait for, longer after every failure.
type retry struct {
	tries int
	at    time.Time
}

func (r *retry) later(limit time.Duration) (wait time.Duration) {
	wait = min(firstRetry<<min(r.tries, 16), limit)
	r.tries++
	r.at = time.Now().Add(wait)
	return wait
}

// New makes a folder source. Neither src nor what it points to may change
// afterwards.
func New(src *core.Source, h source.Host, log *slog.Logger) *Folder {
	return &Folder{
		src: src, host: h, log: log.With("source", src.ID),
		known: map[string]known{}, found: map[string]sighting{},
	}
}

// Run watches the folder until ctx is done, and then returns nil. One goroutine
// may run it at a time.
func (f *Folder) Run(ctx context.Context) error {
	if f.src.Paused {
		<-ctx.Done()
		return nil
	}
	w := newWatch(f.src.Folder.Path, f.wanted)
	defer w.close()
	f.run(ctx, w)
	return nil
}

// beyond says what of a folder's settings this version does not do. Nothing is read
// then: to read it otherwise than it was asked for would send what nobody wanted.
func beyond(f *core.FolderSource) string {
	what := ""
	switch {
	case f.Subfolders:
		what = "subfolders"
	case f.Holds == core.HoldAll:
		what = "files that hold everything each time"
	case f.Holds == core.Growing:
		what = "a file that grows"
	case f.WholeFile:
		what = "files as one record each"
	case f.Receipt:
		what = "receipts beside the files"
	default:
		return ""
	}
	return "This version of Hookbird does not know " + what + " yet, so nothing is read. Change the settings of this folder."
}

func (f *Folder) run(ctx context.Context, w *watch) {
	if why := beyond(f.src.Folder); why != "" {
		f.report(why, nil)
		<-ctx.Done()
		return
	}
	for ctx.Err() == nil {
		began := time.Now()
		next := f.look(ctx, w)
		w.wait(ctx, began, min(next, f.pause(w.works())))
	}
}

// pause is how long nothing happens after a look that found nothing to do. It is
// long enough to cost next to nothing.
func (f *Folder) pause(watched bool) time.Duration {
	every, times := lookBlind, time.Duration(blindCost)
	if watched {
		every, times = lookEvery, lookCost
	}
	return min(max(every, times*f.cost), lookAtMost)
}

// never is longer than any pause.
const never = time.Hour

// look goes over the folder once, reads what is ready, and tells when it wants
// to look again at the latest.
func (f *Folder) look(ctx context.Context, w *watch) (next time.Duration) {
	if wait := time.Until(f.hold.at); wait > 0 {
		return wait
	}
	began := time.Now()
	w.renew()
	f.news = false
	files, err := f.list()
	f.cost = time.Since(began)
	if err != nil {
		w.drop()
		f.report(f.unreachable(err), err)
		return never
	}
	err = f.tidy(ctx, files)
	for _, file := range files {
		if err != nil || ctx.Err() != nil {
			break
		}
		var wait time.Duration
		wait, err = f.visit(ctx, file)
		next = soonest(next, wait)
	}
	w.learn(f.news)
	if ctx.Err() != nil {
		return 0
	}
	if core.CodeOf(err) == core.CodeConflict { // a person was asked; an answer has it begin anew
		f.report("", nil)
		return never
	}
	if err != nil {
		f.report(core.Sentence(err), err)
		return f.hold.later(lastHold)
	}
	f.hold = retry{}
	f.report("", nil)
	if next == 0 {
		next = never
	}
	return next
}

// soonest gives the shorter of two waits, of which 0 is none.
func soonest(a, b time.Duration) time.Duration {
	if a == 0 || b > 0 && b < a {
		return b
	}
	return a
}

// report tells how the source is doing.
func (f *Folder) report(cause string, err error) {
	if err != nil {
		f.log.Debug("folder cannot be read now", "error", err)
	}
	f.host.Report(f.src.ID, cause)
}

func (f *Folder) note(where, text string) {
	f.host.Note(f.src.ID, core.SourceNote{Time: time.Now(), Where: where, Text: text})
}

// unreachable says why the folder cannot be listed.
func (f *Folder) unreachable(err error) string {
	path := f.src.Folder.Path
	switch {
	case core.CodeOf(err) == core.CodeInvalid:
		return core.Sentence(err)
	case errors.Is(err, fs.ErrNotExist):
		return "The folder " + path + " is not there. Hookbird goes on by itself once it is back."
	case errors.Is(err, syscall.ENOTDIR):
		return path + " is a file and not a folder. Choose the folder that it lies in."
	case errors.Is(err, fs.ErrPermission):
		return "Hookbird is not allowed to read the folder " + path + ". Give your user the right to read it."
	}
	return "The folder " + path + " cannot be read now. Hookbird tries again by itself."
}
