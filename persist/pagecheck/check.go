package pagecheck

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
)

// Report says what was found out about a sound file.
type Report struct {
	Clean bool // the free list was written: bbolt opens it without reading it all
	Whole bool // every page in use was looked at
}

// A file that was closed well is looked at whole up to small bytes, and beyond
// that in its first quick pages only: on a slow disk each is a seek.
const (
	small = 8 << 20
	quick = 256
)

// chunk is how much is read at once when the whole file is read.
const chunk = 4 << 20

// File looks at a bbolt file of the given size, at least at the upper levels of
// its trees. If it was not closed well, bbolt is going to read it all in the
// order of its trees, which is slow from a disk, so then it is read once from
// start to end, and every page looked at; progress is told how far that is, in
// percent that never fall, and may be nil. It gives ErrDamaged, ctx's error, or what the file's
// reading gave.
func File(ctx context.Context, f io.ReaderAt, size int64, progress func(percent int)) (Report, error) {
	m, err := readMeta(f, size)
	if err != nil {
		return Report{}, err
	}
	clean := m.freelist != noFreelist
	c := &checker{ctx: ctx, f: f, meta: m, seen: make([]uint64, m.pages/64+1), left: quick}
	c.all = !clean || m.pages*uint64(m.pageSize) <= small
	if !clean {
		c.progress = progress
		err = c.readAll()
	} else {
		err = c.freelist()
	}
	if err != nil {
		return Report{}, err
	}
	if err := c.trees(); err != nil {
		return Report{}, err
	}
	return Report{Clean: clean, Whole: c.whole}, nil
}

// checker goes through the trees of a file.
type checker struct {
	ctx    context.Context
	f      io.ReaderAt
	meta   meta
	seen   []uint64 // a bit a page
	buffer []byte   // of the page that is looked at
	left   int      // pages that may still be looked at
	all    bool     // every page in use is to be looked at
	whole  bool     // every page in use was

	progress func(percent int) // nil if nobody is told
	looked   uint64            // pages that were looked at
}

// readShare is how much of the work it is to read the file once, in percent. The
// rest is to look at its pages.
const readShare = 50

// tell says how far one of two parts of the work is.
func (c *checker) tell(from, share int, done, total uint64) {
	if c.progress != nil {
		c.progress(from + int(min(done, total)*uint64(share)/total))
	}
}

// readAll brings the file into the computer's memory.
func (c *checker) readAll() error {
	total := int64(c.meta.pages) * int64(c.meta.pageSize)
	b := make([]byte, min(chunk, total))
	for at := int64(0); at < total; at += int64(len(b)) {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		if _, err := c.f.ReadAt(b[:min(int64(len(b)), total-at)], at); err != nil {
			return err
		}
		c.tell(0, readShare, uint64(at), uint64(total))
	}
	return nil
}

// freelist marks the pages that are free, and those of the list itself.
func (c *checker) freelist() error {
	p, err := readPage(c.f, c.meta, c.meta.freelist, &c.buffer)
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

// span is a page that is still to be looked at, and the bounds of the keys that
// belong there: from included, end not; nil is no bound.
type span struct {
	id        uint64
	from, end []byte
}

// trees looks at the root bucket and at all that hangs from it. If all of it is
// to be looked at, the newest find is next, so that few are in memory at a time;
// else the oldest, so that upper levels come first.
func (c *checker) trees() error {
	waiting := []span{{id: c.meta.root}}
	for len(waiting) > 0 && (c.all || c.left > 0) {
		var s span
		if last := len(waiting) - 1; c.all {
			s, waiting = waiting[last], waiting[:last]
		} else {
			s, waiting = waiting[0], waiting[1:]
		}
		found, err := c.page(s)
		if err != nil {
			return err
		}
		waiting = append(waiting, found...)
	}
	if c.whole = len(waiting) == 0; c.whole && c.meta.freelist != noFreelist {
		return c.none()
	}
	return nil
}

// none looks whether there is a page that is neither in use nor free: something led
// to it.
func (c *checker) none() error {
	for id := uint64(2); id < c.meta.pages; id++ {
		if c.seen[id/64]&(1<<(id%64)) == 0 {
			return damaged("nothing leads to page %d", id)
		}
	}
	return nil
}

// page looks at one page and gives those that hang from it.
func (c *checker) page(s span) ([]span, error) {
	if err := c.ctx.Err(); err != nil {
		return nil, err
	}
	p, err := readPage(c.f, c.meta, s.id, &c.buffer)
	if err != nil {
		return nil, err
	}
	c.left -= 1 + int(p.overflow)
	if c.looked += 1 + uint64(p.overflow); c.looked%1024 <= uint64(p.overflow) {
		c.tell(readShare, 100-readShare, c.looked, c.meta.pages)
	}
	if err := c.mark(p.id, uint64(p.overflow)+1); err != nil {
		return nil, err
	}
	elements, err := p.elements()
	if err != nil {
		return nil, err
	}
	if n := len(elements); n > 0 && (bytes.Compare(elements[0].key, s.from) < 0 ||
		s.end != nil && bytes.Compare(elements[n-1].key, s.end) >= 0) {
		return nil, damaged("page %d has keys that belong elsewhere", p.id)
	}
	if p.flags == branchFlag {
		c.buffer = nil // the bounds are in it
		return branches(elements, s.end), nil
	}
	return buckets(p, elements)
}

// branches gives the pages that hang from a branch page.
func branches(elements []element, end []byte) []span {
	spans := make([]span, len(elements))
	for i, e := range elements {
		spans[i] = span{id: e.child, from: e.key, end: end}
		if i > 0 {
			spans[i-1].end = e.key
		}
	}
	return spans
}

// buckets gives the root pages of the buckets that stand on a leaf page.
func buckets(p page, elements []element) ([]span, error) {
	var spans []span
	for _, e := range elements {
		if !e.bucket {
			continue
		}
		root, err := bucketRoot(p, e.value)
		if err != nil {
			return nil, err
		}
		if root != 0 {
			spans = append(spans, span{id: root})
		}
	}
	return spans, nil
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
