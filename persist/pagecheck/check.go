package pagecheck

import (
	"context"
	"encoding/binary"
	"io"
)

// Report says what was found out about a sound file.
type Report struct {
	Clean bool // the free list was written: bbolt opens it without reading it all
	Whole bool // every page in use was looked at
}

// quick is how many pages are looked at in a file that was closed well.
const quick = 1024

// chunk is how much is read at once when the whole file is read.
const chunk = 4 << 20

// File looks at a bbolt file of the given size. The upper levels of its trees
// are always looked at. If it was not closed well, bbolt is going to read it
// all in the order of its trees, which is slow from a disk, so then it is read
// once from start to end, and every page looked at; progress is told how far
// that is, in percent, and may be nil. It gives ErrDamaged, ctx's error, or what
// the file's reading gave.
func File(ctx context.Context, f io.ReaderAt, size int64, progress func(percent int)) (Report, error) {
	m, err := readMeta(f, size)
	if err != nil {
		return Report{}, err
	}
	c := &checker{ctx: ctx, f: f, meta: m, seen: make([]uint64, m.pages/64+1), left: quick}
	clean := m.freelist != noFreelist
	if !clean {
		c.left = int(m.pages)
		if err := c.readAll(progress); err != nil {
			return Report{}, err
		}
	} else if err := c.freelist(); err != nil {
		return Report{}, err
	}
	if err := c.trees(); err != nil {
		return Report{}, err
	}
	return Report{Clean: clean, Whole: c.left >= 0}, nil
}

// checker goes through the trees of a file, upper levels first.
type checker struct {
	ctx  context.Context
	f    io.ReaderAt
	meta meta
	seen []uint64 // a bit a page
	left int      // pages that may still be looked at; below 0: some were left out
}

// readAll brings the file into the computer's memory.
func (c *checker) readAll(progress func(percent int)) error {
	total := int64(c.meta.pages) * int64(c.meta.pageSize)
	b := make([]byte, min(chunk, total))
	for at := int64(0); at < total; at += int64(len(b)) {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		if _, err := c.f.ReadAt(b[:min(int64(len(b)), total-at)], at); err != nil {
			return err
		}
		if progress != nil {
			progress(int(at * 100 / total))
		}
	}
	return nil
}

// freelist marks the pages that are free, and those of the list itself.
func (c *checker) freelist() error {
	p, err := readPage(c.f, c.meta, c.meta.freelist)
	if err != nil {
		return err
	}
	ids, err := p.freeIDs(c.meta)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := c.mark(id, 1); err != nil {
			return err
		}
	}
	return c.mark(p.id, uint64(p.overflow)+1)
}

// mark notes that pages are in use, and by one only.
func (c *checker) mark(id, n uint64) error {
	for ; n > 0; id, n = id+1, n-1 {
		if c.seen[id/64]&(1<<(id%64)) != 0 {
			return damaged("page %d is used twice", id)
		}
		c.seen[id/64] |= 1 << (id % 64)
	}
	return nil
}

// trees looks at the root bucket and at all that hangs from it.
func (c *checker) trees() error {
	level := []uint64{c.meta.root}
	for len(level) > 0 && c.left >= 0 {
		var next []uint64
		for _, id := range level {
			children, err := c.page(id)
			if err != nil {
				return err
			}
			next = append(next, children...)
		}
		level = next
	}
	return nil
}

// page looks at one page and gives those that hang from it.
func (c *checker) page(id uint64) ([]uint64, error) {
	if err := c.ctx.Err(); err != nil {
		return nil, err
	}
	if c.left < 0 {
		return nil, nil
	}
	p, err := readPage(c.f, c.meta, id)
	if err != nil {
		return nil, err
	}
	c.left -= 1 + int(p.overflow)
	if err := c.mark(id, uint64(p.overflow)+1); err != nil {
		return nil, err
	}
	elements, err := p.elements()
	if err != nil {
		return nil, err
	}
	return children(p, elements)
}

// children gives the pages that a page's elements lead to.
func children(p page, elements []element) ([]uint64, error) {
	var ids []uint64
	for _, e := range elements {
		if p.flags == branchFlag {
			ids = append(ids, e.child)
			continue
		}
		if !e.bucket {
			continue
		}
		root, err := bucketRoot(p, e.value)
		if err != nil {
			return nil, err
		}
		if root != 0 {
			ids = append(ids, root)
		}
	}
	return ids, nil
}

// bucketRoot gives the root page of a bucket from its value, or 0 for a small one
// whose only page is inside the value.
func bucketRoot(p page, value []byte) (uint64, error) {
	if len(value) < bucketSize {
		return 0, damaged("a bucket on page %d is too short", p.id)
	}
	if root := binary.NativeEndian.Uint64(value); root != 0 {
		return root, nil
	}
	inline := value[bucketSize:]
	if len(inline) < headerSize {
		return 0, damaged("a bucket on page %d is too short", p.id)
	}
	inner := parseHeader(inline)
	if inner.flags != leafFlag {
		return 0, damaged("a bucket on page %d is of kind %#x", p.id, inner.flags)
	}
	inner.id = p.id
	elements, err := inner.elements()
	if err != nil {
		return 0, err
	}
	for _, e := range elements {
		if e.bucket {
			return 0, damaged("a bucket on page %d holds another", p.id)
		}
	}
	return 0, nil
}
