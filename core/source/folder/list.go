package folder

import (
	"cmp"
	"context"
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
	name  string
	stamp stamp
}

func (f *Folder) path(name string) string { return filepath.Join(f.src.Folder.Path, name) }

// list gives the files to read, the oldest first. An empty file is one that has
// only just been begun.
func (f *Folder) list() ([]file, error) {
	for _, pattern := range f.patterns() {
		if _, err := path.Match(pattern, ""); err != nil {
			return nil, core.Errorf(core.CodeInvalid, "The file name pattern %q cannot be used. Write one like *.csv.", pattern)
		}
	}
	entries, err := os.ReadDir(f.src.Folder.Path)
	if err != nil {
		return nil, err
	}
	var files []file
	for _, e := range entries {
		if e.IsDir() || !f.wanted(e.Name()) {
			continue
		}
		info, err := f.info(e)
		if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
			continue // gone meanwhile, or nothing to read
		}
		files = append(files, file{name: e.Name(), stamp: stampOf(info)})
	}
	slices.SortFunc(files, func(a, b file) int {
		return cmp.Or(cmp.Compare(a.stamp.Mtime, b.stamp.Mtime), cmp.Compare(a.name, b.name))
	})
	return files, nil
}

// info follows links, since what counts is the file behind one.
func (f *Folder) info(e fs.DirEntry) (fs.FileInfo, error) {
	if e.Type()&fs.ModeSymlink != 0 {
		return os.Stat(f.path(e.Name()))
	}
	return e.Info()
}

// unfinished are the names that programs give to files they are still writing.
var unfinished = []string{".part", ".partial", ".tmp", ".crdownload", ".download"}

// wanted tells by its name whether a file is to be read.
func (f *Folder) wanted(name string) bool {
	name = strings.ToLower(name)
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") {
		return false
	}
	for _, end := range unfinished {
		if strings.HasSuffix(name, end) {
			return false
		}
	}
	if f.src.Folder.Match == "" {
		_, ok := record.KindOf(name)
		return ok
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
		f.found[file.name] = sighting{stamp: file.stamp, since: now}
		f.news = true
		return settle, nil
	}
	ready := s.since.Add(settle)
	if s.retry.at.After(ready) {
		ready = s.retry.at
	}
	if wait := ready.Sub(now); wait > 0 {
		return wait, nil
	}
	return f.take(ctx, file, now.Sub(s.since) > patience)
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
