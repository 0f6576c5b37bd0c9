package folder

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/source/record"
)

// file is one file of the folder, as a look saw it.
type file struct {
	name  string // with the subfolders it lies in, parted by slashes
	stamp stamp
}

func (f *Folder) path(name string) string {
	return filepath.Join(f.src.Folder.Path, filepath.FromSlash(name))
}

// maxFolders is how many subfolders are looked into.
const maxFolders = 10_000

// list gives the files to read, the oldest first, and remembers the subfolders they
// may lie in. An empty file is one that has only just been begun.
func (f *Folder) list() (files []file, err error) {
	for _, pattern := range f.patterns() {
		if _, err := path.Match(pattern, ""); err != nil {
			return nil, core.Errorf(core.CodeInvalid, "The file name pattern %q cannot be used. Write one like *.csv.", pattern)
		}
	}
	f.folders = nil
	for folders := []string{""}; len(folders) > 0; folders = folders[1:] {
		found, below, err := f.listOne(folders[0])
		switch {
		case err != nil && folders[0] == "":
			return nil, err
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			f.closed(folders[0], err)
		}
		files, folders, f.folders = append(files, found...), append(folders, below...), append(f.folders, below...)
		if len(f.folders) > maxFolders {
			return nil, core.Errorf(core.CodeInvalid, "The folder %s has more than 10,000 subfolders. Choose one further down.", f.src.Folder.Path)
		}
	}
	slices.SortFunc(files, func(a, b file) int {
		return cmp.Or(cmp.Compare(a.stamp.Mtime, b.stamp.Mtime), cmp.Compare(a.name, b.name))
	})
	return files, nil
}

// listOne gives the files of one folder and, if they are wanted, those below it.
func (f *Folder) listOne(folder string) (files []file, below []string, err error) {
	entries, err := os.ReadDir(f.path(folder))
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		name := path.Join(folder, e.Name())
		if e.IsDir() {
			if f.src.Folder.Subfolders && !ours(name) && !strings.HasPrefix(e.Name(), ".") && !strings.HasPrefix(e.Name(), "$") {
				below = append(below, name)
			}
			continue
		}
		if !f.wanted(e.Name()) {
			continue
		}
		info, err := f.info(name, e)
		if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
			continue // gone meanwhile, or nothing to read
		}
		files = append(files, file{name: name, stamp: stampOf(info)})
	}
	return files, below, nil
}

// ours tells whether a subfolder is one that files are moved to.
func ours(folder string) bool { return folder == Sent || folder == Done || folder == Problems }

// closed tells once that a subfolder cannot be looked into.
func (f *Folder) closed(folder string, err error) {
	if f.shut[folder] || f.host == nil {
		return
	}
	f.shut[folder] = true
	f.log.Debug("subfolder cannot be read", "error", err)
	f.note(folder, "Hookbird cannot look into this subfolder. Give your user the right to read it.")
}

// info follows links, since what counts is the file behind one.
func (f *Folder) info(name string, e fs.DirEntry) (fs.FileInfo, error) {
	if e.Type()&fs.ModeSymlink != 0 {
		return os.Stat(f.path(name))
	}
	return e.Info()
}

// unfinished are the names that programs give to files they are still writing.
var unfinished = []string{".part", ".partial", ".tmp", ".crdownload", ".download"}

// wanted tells by its name, without subfolders, whether a file is to be read.
func (f *Folder) wanted(name string) bool {
	name = strings.ToLower(name)
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.HasSuffix(name, receiptEnd) || name == "desktop.ini" || name == "thumbs.db" {
		return false
	}
	for _, end := range unfinished {
		if strings.HasSuffix(name, end) {
			return false
		}
	}
	if len(f.patterns()) == 0 {
		_, ok := record.KindOf(name)
		return ok || f.src.Folder.WholeFile
	}
	return slices.ContainsFunc(f.patterns(), func(pattern string) bool {
		ok, _ := path.Match(pattern, name) // list reports a wrong pattern
		return ok
	})
}

// patterns are those that names of files may match, in small letters.
func (f *Folder) patterns() (list []string) {
	for _, pattern := range strings.Split(f.src.Folder.Match, ";") {
		if pattern = strings.ToLower(strings.TrimSpace(pattern)); pattern != "" {
			list = append(list, pattern)
		}
	}
	return list
}

// visit does what a file needs now, and tells when to look at it again; 0 means
// when it changes. An error is about the store and holds for all files.
func (f *Folder) visit(ctx context.Context, file file) (again time.Duration, err error) {
	if k, ok := f.known[file.name]; ok && k.stamp == file.stamp {
		delete(f.found, file.name)
		return 0, nil
	}
	now := time.Now()
	s, ok := f.found[file.name]
	if !ok || s.stamp != file.stamp {
		if !ok || !f.grows() { // one that grows all the time is never still
			s.since = now
		}
		f.found[file.name] = sighting{stamp: file.stamp, since: s.since, still: now}
		f.news = true
		if ok && f.grows() {
			return max(settle-now.Sub(s.since), time.Millisecond), nil
		}
		return settle, nil
	}
	ready := s.since.Add(settle)
	for _, at := range []time.Time{s.retry.at, f.rest} {
		if at.After(ready) {
			ready = at
		}
	}
	if wait := ready.Sub(now); wait > 0 {
		return wait, nil
	}
	again, err = f.take(ctx, file, now.Sub(s.since) > patience)
	if f.grows() { // all of it was looked at, for the little that was added
		f.rest = time.Now().Add(growCost * time.Since(now))
	}
	return again, err
}

// later puts a file off after trouble that is the file's own, and tells of it
// the first time.
func (f *Folder) later(file file, text string, err error) time.Duration {
	s := f.found[file.name]
	if s.retry.tries == 0 {
		f.note(file.name, text)
	}
	f.log.Debug("file cannot be read now", "file", file.name, "error", err)
	wait := s.retry.later(lastRetry)
	f.found[file.name] = s
	return wait
}

// changed starts waiting for the file anew.
func (f *Folder) changed(file file) time.Duration {
	delete(f.found, file.name)
	return settle
}
