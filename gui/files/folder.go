package files

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"hookbird/core"
)

// maxEntries is how many names of one folder are shown. Whoever has more types
// the path.
const maxEntries = 500

// entry is one name in a folder.
type entry struct {
	name   string
	folder bool
}

// listing is what a folder holds.
type listing struct {
	path    string
	entries []entry // folders first, then files, by name
	more    bool    // there are more than are shown
}

// read lists a folder: its folders and, with a suffix, the files that end so.
// Hidden ones are left out.
func read(_ context.Context, path, suffix string, withFiles bool) (listing, error) {
	dir, err := os.Open(path)
	if err != nil {
		return listing{}, cannot(path, err)
	}
	defer func() { _ = dir.Close() }()
	l := listing{path: path}
	for len(l.entries) < maxEntries {
		some, err := dir.ReadDir(maxEntries)
		for _, e := range some {
			if e, ok := shown(path, e, suffix, withFiles); ok {
				l.entries = append(l.entries, e)
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return listing{}, cannot(path, err)
		}
	}
	slices.SortFunc(l.entries, compare)
	if len(l.entries) > maxEntries {
		l.entries, l.more = l.entries[:maxEntries], true
	}
	return l, nil
}

func cannot(path string, err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return core.Wrap(core.CodeNotFound, err, "There is no folder "+path+".")
	}
	return core.Wrap(core.CodeUnavailable, err, "The folder "+path+" cannot be read. Look whether you may open it.")
}

func shown(path string, e os.DirEntry, suffix string, withFiles bool) (entry, bool) {
	name := e.Name()
	if strings.HasPrefix(name, ".") {
		return entry{}, false
	}
	folder := e.IsDir()
	if e.Type()&os.ModeSymlink != 0 {
		at, err := os.Stat(filepath.Join(path, name))
		folder = err == nil && at.IsDir()
	}
	if folder {
		return entry{name, true}, true
	}
	return entry{name, false}, withFiles && strings.HasSuffix(strings.ToLower(name), suffix)
}

func compare(a, b entry) int {
	if a.folder != b.folder {
		if a.folder {
			return -1
		}
		return 1
	}
	return strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
}

// place is a folder to begin from.
type place struct{ word, path string }

// places gives the folders that people know by name, as far as they are there.
func places() []place {
	var all []place
	add := func(word, path string) {
		if at, err := os.Stat(path); err == nil && at.IsDir() {
			all = append(all, place{word, path})
		}
	}
	if home, err := os.UserHomeDir(); err == nil {
		add("Home", home)
		for _, name := range []string{"Desktop", "Documents", "Downloads"} {
			add(name, filepath.Join(home, name))
		}
	}
	if runtime.GOOS != "windows" {
		add("Computer", "/")
		return all
	}
	for letter := 'C'; letter <= 'Z'; letter++ {
		add(string(letter)+":", string(letter)+`:\`)
	}
	return all
}
