package folder

import (
	"context"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// watch listens for notices of changes in a folder. A watch that cannot listen,
// or that network drives keep silent, is of no harm: the folder is then looked
// at more often.
type watch struct {
	dir    string
	wanted func(name string) bool
	below  bool // subfolders count
	w      *fsnotify.Watcher
	events chan fsnotify.Event
	errs   chan error
	on     bool
	many   bool // there are too many subfolders to listen to all
	heard  bool // a notice since the last look
	missed int  // looks that found a change of which there was no notice
}

func newWatch(dir string, below bool, wanted func(string) bool) *watch {
	w := &watch{dir: filepath.Clean(dir), below: below, wanted: wanted}
	if n, err := fsnotify.NewWatcher(); err == nil {
		w.w, w.events, w.errs = n, n.Events, n.Errors
	}
	return w
}

// works tells whether notices can be relied on.
func (w *watch) works() bool { return w.on && !w.many && w.missed < trust }

// learn compares what a look found with what was heard before it.
func (w *watch) learn(news bool) {
	if news && !w.heard && w.on {
		w.missed++
	}
	w.heard = false
}

// maxWatched is how many subfolders are listened to. Where there are more, the folder
// is looked at as if there were no notices.
const maxWatched = 500

// follow listens to the subfolders that there are now.
func (w *watch) follow(folders []string) {
	if !w.on {
		return
	}
	w.many = len(folders) > maxWatched
	listened := map[string]bool{}
	for _, dir := range w.w.WatchList() {
		listened[filepath.Clean(dir)] = dir != w.dir
	}
	for _, folder := range folders[:min(len(folders), maxWatched)] {
		if _, yes := listened[folder]; !yes && w.w.Add(folder) == nil {
			w.heard = true // what is there already needs no notice
		}
		delete(listened, folder)
	}
	for dir, below := range listened {
		if below {
			_ = w.w.Remove(dir) // it was moved away, or is gone
		}
	}
}

// renew listens again after the folder was away.
func (w *watch) renew() {
	if w.w != nil && !w.on {
		w.on = w.w.Add(w.dir) == nil
		w.heard = true // what is there already needs no notice
	}
}

func (w *watch) drop() {
	if w.on {
		for _, dir := range w.w.WatchList() {
			_ = w.w.Remove(dir) // it may be gone already
		}
		w.on = false
	}
}

func (w *watch) close() {
	if w.w != nil {
		_ = w.w.Close() // nothing depends on it any more
	}
}

// wait returns when it is time for the next look: after a pause, or soon after a
// notice.
func (w *watch) wait(ctx context.Context, last time.Time, pause time.Duration) {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	noticed := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
			return
		case e, ok := <-w.events:
			if !ok || e.Name == w.dir {
				w.drop() // the folder itself was moved or deleted
			} else if e.Op == fsnotify.Chmod || !w.wanted(filepath.Base(e.Name)) && !w.folder(e) {
				continue
			}
		case <-w.errs: // notices may have been lost
		}
		w.heard = true
		if !noticed {
			noticed = true
			timer.Reset(max(0, min(time.Until(last.Add(noticePause)), pause)))
		}
	}
}

// folder tells whether a notice may be of a new subfolder.
func (w *watch) folder(e fsnotify.Event) bool {
	return w.below && e.Has(fsnotify.Create) && filepath.Ext(e.Name) == ""
}
