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
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"syscall"
	"time"

	"hookbird/core"
	"hookbird/core/source"
	"hookbird/core/source/claim"
)

// How often the folder is looked at, and how long things take to settle.
const (
	lookEvery   = 5 * time.Second        // with notices of changes
	lookBlind   = time.Second            // without
	lookCost    = 2000                   // times what a look took: a large folder is looked at less often,
	blindCost   = 500                    // or so, without notices
	lookAtMost  = time.Minute            // between two looks
	growCost    = 20                     // times what reading a file that grows took: until one is read again
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
	rest  time.Time           // no file that grows is read before

	folders   []string        // below it, if they are watched too
	shut      map[string]bool // those of which it was told that they cannot be read
	claim     *claim.Claim
	learning  map[string]stamp // files of which nothing is sent
	there     string           // what was there at first, in words
	countedAt time.Time        // when that was counted
	waits     string           // the files as they were when a person was asked about them
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
	still time.Time // since when it has this stamp; since, unless it grows
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
		known: map[string]known{}, found: map[string]sighting{}, shut: map[string]bool{},
	}
}

// Run watches the folder until ctx is done, and then returns nil. One goroutine
// may run it at a time.
func (f *Folder) Run(ctx context.Context) error {
	if f.src.Paused {
		<-ctx.Done()
		return nil
	}
	w := newWatch(f.src.Folder.Path, f.src.Folder.Subfolders, f.wanted)
	defer w.close()
	f.run(ctx, w)
	return nil
}

func (f *Folder) run(ctx context.Context, w *watch) {
	f.claim = claim.ForFolder(f.host, f.src.ID, f.src.Folder.Path)
	defer f.claim.Release()
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
	w.follow(f.paths(f.folders))
	if err = f.mayRead(ctx); err == nil && f.asked(files) {
		return never
	}
	if err == nil {
		next, err = f.goOver(ctx, files)
	}
	w.learn(f.news)
	return f.after(ctx, files, next, err)
}

// goOver does what each file needs.
func (f *Folder) goOver(ctx context.Context, files []file) (next time.Duration, err error) {
	defer f.host.Progress(f.src.ID, nil)
	err = f.tidy(ctx, files)
	for _, file := range files {
		if err != nil || ctx.Err() != nil {
			break
		}
		var wait time.Duration
		wait, err = f.visit(ctx, file)
		next = soonest(next, wait)
	}
	return next, err
}

// after tells how a look went, and when it wants to look again.
func (f *Folder) after(ctx context.Context, files []file, next time.Duration, err error) time.Duration {
	held, isHeld := errors.AsType[*heldError](err)
	switch {
	case ctx.Err() != nil:
		return 0
	case isHeld:
		f.report(held.why, nil)
		return lookEvery
	case core.CodeOf(err) == core.CodeConflict:
		f.waits = sum(files)
		f.report("", nil)
		return never
	case err != nil:
		f.report(core.Sentence(err), err)
		return f.hold.later(lastHold)
	}
	f.hold = retry{}
	f.report("", nil)
	f.host.Looked(f.src.ID, f.summary(files))
	if next == 0 {
		next = never
	}
	return next
}

// asked tells whether a person was asked about just these files. An answer has all
// begin anew, and other files are looked at.
func (f *Folder) asked(files []file) bool {
	if f.waits == "" {
		return false
	}
	if f.waits == sum(files) {
		return true
	}
	f.waits = ""
	return false
}

// sum is another one for other files.
func sum(files []file) string {
	h := sha256.New()
	for _, file := range files {
		_, _ = fmt.Fprintf(h, "%q %d %d\n", file.name, file.stamp.Size, file.stamp.Mtime) // never fails
	}
	return string(h.Sum(nil))
}

// heldError keeps a folder from being read because another computer reads it.
type heldError struct{ why string }

func (e *heldError) Error() string { return e.why }

// mayRead tells whether this computer may read the folder now.
func (f *Folder) mayRead(ctx context.Context) error {
	why, err := f.claim.Hold(ctx)
	if err == nil && why != "" {
		return &heldError{why}
	}
	return err
}

func (f *Folder) paths(names []string) (list []string) {
	for _, name := range names {
		list = append(list, f.path(name))
	}
	return list
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
