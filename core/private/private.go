// Package private writes files that only their owner may read.
package private

import (
	"errors"
	"os"
	"runtime"

	"hookbird/core"
)

// Write makes a file that only its owner may read, whatever was there before.
// CodeUnavailable if it cannot be written.
func Write(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o600)
	if err == nil {
		err = errors.Join(fill(f, data), f.Close())
	}
	if err != nil {
		return core.Wrap(core.CodeUnavailable, err, "The file "+path+" could not be written. Choose another folder, or look whether the disk is full.")
	}
	return nil
}

// fill narrows the rights before anything is written.
func fill(f *os.File, data []byte) error {
	if err := f.Chmod(0o600); err != nil && runtime.GOOS != "windows" {
		return err
	}
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.Write(data)
	return err
}
