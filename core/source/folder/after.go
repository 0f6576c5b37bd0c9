package folder

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"hookbird/core"
)

// Sent is the subfolder that files are moved to.
const Sent = "Sent by Hookbird"

// putAway does what the source wants done with a file whose records are all in
// the store. It may be asked again for the same file, after a crash or a
// failure. A file with records that could not be read is never deleted: it is
// the only place where they still are.
func (f *Folder) putAway(ctx context.Context, j *job) (again time.Duration, err error) {
	if j.learn {
		delete(f.learning, j.name)
		if f.grows() && j.size < j.stamp.Size {
			return f.changed(j.file), nil
		}
		return 0, f.remember(ctx, j)
	}
	if f.grows() && j.size < j.stamp.Size { // its last line is being written
		s := f.found[j.name]
		s.retry.at = s.still.Add(lastLine)
		f.found[j.name] = s
		return max(settle, time.Until(s.retry.at)), nil
	}
	if f.src.Folder.Receipt {
		return 0, f.remember(ctx, j) // Settle puts it away
	}
	switch f.src.Folder.After {
	case core.AfterMove:
		err = f.move(j)
	case core.AfterDelete:
		if j.progress.Bad > 0 {
			f.note(j.name, "This file was not deleted, because some of its records could not be read.")
			return 0, f.remember(ctx, j)
		}
		err = f.remove(j)
	default:
		return 0, f.remember(ctx, j)
	}
	switch {
	case errors.Is(err, errChanged):
		return f.changed(j.file), nil
	case err == nil || errors.Is(err, fs.ErrNotExist): // perhaps somebody else was quicker
		delete(f.found, j.name)
		return 0, nil
	}
	return f.later(j.file, "All of this file was read, but it could not be put away. Hookbird tries again by itself.", err), nil
}

// remember keeps in mind that a file needs nothing until it is touched.
func (f *Folder) remember(ctx context.Context, j *job) error {
	k := known{stamp: j.stamp, Skipped: j.learn}
	mark := f.mark(keySeen+j.name, k)
	if value, ok, err := f.host.Mark(f.src.ID, mark.Key); err != nil || !ok || !bytes.Equal(value, mark.Value) {
		if err := f.host.Accept(ctx, nil, []core.Mark{mark}); err != nil {
			return err
		}
	}
	f.known[j.name] = k
	return nil
}

// untouched tells whether the file in the folder is still the one that was read.
func (f *Folder) untouched(j *job) error {
	info, err := os.Stat(f.path(j.name))
	if err != nil {
		return err
	}
	if stampOf(info) != j.stamp {
		return errChanged
	}
	return nil
}

func (f *Folder) remove(j *job) error {
	if err := f.untouched(j); err != nil {
		return err
	}
	return os.Remove(f.path(j.name))
}

func (f *Folder) move(j *job) error {
	if err := f.untouched(j); err != nil {
		return err
	}
	to, err := place(f.path(Sent), j.name)
	if err != nil {
		return err
	}
	return os.Rename(f.path(j.name), to)
}

// place makes room for a file in another folder, in the same subfolders there.
func place(folder, name string) (string, error) {
	dir := filepath.Join(folder, filepath.FromSlash(path.Dir(name)))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	return freeName(dir, path.Base(name))
}

// freeName finds a name in dir that no file has: "a.csv", "a (2).csv" and so on.
func freeName(dir, name string) (string, error) {
	ext := filepath.Ext(name)
	base := strings.TrimSuffix(name, ext)
	for n := 1; n < 100_000; n++ {
		if n > 1 {
			name = fmt.Sprintf("%s (%d)%s", base, n, ext)
		}
		path := filepath.Join(dir, name)
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			return path, nil
		} else if err != nil {
			return "", err
		}
	}
	return "", fmt.Errorf("%s: no free name for %s", dir, name)
}
