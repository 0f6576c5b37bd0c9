package sheet

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// openShared opens a file to read, which keeps nobody from saving it.
func openShared(path string) (*os.File, error) { return os.Open(path) }

// keptToItself tells nothing: no program can keep a file to itself.
func keptToItself(error) bool { return false }

const dataless = 0x40000000 // SF_DATALESS of stat(2)

// elsewhere tells whether a file's content is not on this computer: it is dataless,
// or iCloud has put a file called ".NAME.icloud" in its place. info is nil if there
// is no such file.
func elsewhere(path string, info fs.FileInfo) bool {
	if info == nil {
		dir, name := filepath.Split(path)
		_, err := os.Stat(filepath.Join(dir, "."+name+".icloud"))
		return err == nil
	}
	data, ok := info.Sys().(*syscall.Stat_t)
	return ok && data.Flags&dataless != 0
}
