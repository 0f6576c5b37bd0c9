package pagecheck

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
)

// ErrDamaged is in the chain of every error about a file that is no sound bbolt
// file.
var ErrDamaged = errors.New("file is damaged")

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))
}

// What a meta page holds, after its page header.
const (
	magic      = 0xED0CDAED
	version    = 2
	metaSize   = 64 // without the page header
	noFreelist = ^uint64(0)

	minPageSize = 1 << 10
	maxPageSize = 1 << 24
)

// meta is the part of a meta page that matters.
type meta struct {
	pageSize uint32
	root     uint64 // page of the root bucket
	freelist uint64 // page of the free list, or noFreelist
	pages    uint64 // how many pages there are; higher ids are not used
	tx       uint64
}

// parseMeta reads a meta page from its start; ok is false if it is none.
func parseMeta(page []byte) (m meta, ok bool) {
	if len(page) < headerSize+metaSize {
		return m, false
	}
	b := page[headerSize : headerSize+metaSize]
	sum := fnv.New64a()
	_, _ = sum.Write(b[:56])
	order := binary.NativeEndian
	if order.Uint32(b) != magic || order.Uint32(b[4:]) != version || order.Uint64(b[56:]) != sum.Sum64() {
		return m, false
	}
	m = meta{
		pageSize: order.Uint32(b[8:]),
		root:     order.Uint64(b[16:]),
		freelist: order.Uint64(b[32:]),
		pages:    order.Uint64(b[40:]),
		tx:       order.Uint64(b[48:]),
	}
	size := m.pageSize
	return m, size >= minPageSize && size <= maxPageSize && size&(size-1) == 0
}

// readMeta finds the meta page that counts.
func readMeta(f io.ReaderAt, size int64) (meta, error) {
	first, ok := metaAt(f, 0)
	for pageSize := int64(minPageSize); !ok && pageSize <= maxPageSize && pageSize < size; pageSize *= 2 {
		first, ok = metaAt(f, pageSize)
		ok = ok && int64(first.pageSize) == pageSize
	}
	if !ok {
		return meta{}, damaged("it has no start that can be read")
	}
	for _, at := range []int64{0, int64(first.pageSize)} {
		if m, ok := metaAt(f, at); ok && m.tx > first.tx && m.pageSize == first.pageSize {
			first = m
		}
	}
	return first, first.check(size)
}

func metaAt(f io.ReaderAt, at int64) (meta, bool) {
	page := make([]byte, headerSize+metaSize)
	if _, err := f.ReadAt(page, at); err != nil {
		return meta{}, false
	}
	return parseMeta(page)
}

// check looks whether m's numbers go together and the file is as long as it says.
func (m meta) check(size int64) error {
	if held := uint64(size) / uint64(m.pageSize); m.pages > held {
		return damaged("it ends after %d of its %d pages", held, m.pages)
	}
	if m.pages < 4 || m.root < 2 || m.root >= m.pages {
		return damaged("its start names page %d of %d", m.root, m.pages)
	}
	if m.freelist != noFreelist && (m.freelist < 2 || m.freelist >= m.pages) {
		return damaged("its start names page %d of %d", m.freelist, m.pages)
	}
	return nil
}
