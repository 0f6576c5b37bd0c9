package persist

import (
	"errors"
	"fmt"
	"runtime/debug"

	"hookbird/core"
	"hookbird/persist/pagecheck"
)

// errPanic is in the chain of errors that were panics of bbolt or faults of the
// memory that the file is mapped to.
var errPanic = errors.New("the file could not be followed")

// guarded runs f and turns a panic into an error. While f runs, a fault at a bad
// address, as a damaged page leads to, is a panic too. It cannot help goroutines
// that f starts.
func guarded(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v\n%s", errPanic, p, debug.Stack())
		}
	}()
	return f()
}

// damagedFile is what a person reads about a file that cannot be used.
func damagedFile(path string, cause error) error {
	return core.Wrap(core.CodeInternal, errors.Join(pagecheck.ErrDamaged, cause),
		"The file "+path+" is damaged, so Hookbird cannot work with it. Nothing in it was changed. Put a backup of it in its place, or move it to another folder to start with an empty Hookbird.")
}
