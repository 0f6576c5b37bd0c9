package pagecheck

import (
	"context"
	"io"
)

// All looks at every page in use of a bbolt file of the given size, also of one
// that was closed well. rest is called now and then with the share of the work
// that is done, in percent; it may take its time, and may be nil.
func All(ctx context.Context, f io.ReaderAt, size int64, rest func(percent int)) error {
	m, err := readMeta(f, size)
	if err != nil {
		return err
	}
	c := &checker{ctx: ctx, f: f, meta: m, seen: make([]uint64, m.pages/64+1), all: true, progress: rest}
	if m.freelist != noFreelist {
		if err := c.freelist(); err != nil {
			return err
		}
	}
	return c.trees()
}

// Size gives how many bytes of a file its pages take: what comes after them is no
// part of the database.
func Size(f io.ReaderAt, size int64) (int64, error) {
	m, err := readMeta(f, size)
	return int64(m.pages) * int64(m.pageSize), err
}
