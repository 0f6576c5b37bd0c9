package pagecheck

import (
	"bytes"
	"encoding/binary"
	"io"
)

// Sizes of the parts of a page.
const (
	headerSize  = 16
	elementSize = 16 // of a branch and of a leaf alike
	bucketSize  = 16 // what a bucket's value starts with
)

// Flags of pages and of leaf elements.
const (
	branchFlag   = 0x01
	leafFlag     = 0x02
	metaFlag     = 0x04
	freelistFlag = 0x10

	bucketFlag = 0x01 // the element is a bucket
)

// page is a page with its overflow.
type page struct {
	id       uint64
	flags    uint16
	count    uint16
	overflow uint32
	b        []byte // all of it
}

// readPage reads a page of a file that m describes, with all that follows from
// its overflow, into a buffer, which is made where it is nil or too short.
func readPage(f io.ReaderAt, m meta, id uint64, buffer *[]byte) (page, error) {
	if id < 2 || id >= m.pages {
		return page{}, damaged("page %d of %d is asked for", id, m.pages)
	}
	at := int64(id) * int64(m.pageSize)
	b := sized(buffer, int64(m.pageSize))
	if _, err := f.ReadAt(b, at); err != nil {
		return page{}, err
	}
	p := parseHeader(b)
	if p.id != id {
		return page{}, damaged("page %d calls itself %d", id, p.id)
	}
	if uint64(p.overflow) >= m.pages-id {
		return page{}, damaged("page %d goes on past the end", id)
	}
	if p.overflow > 0 {
		p.b = sized(buffer, (int64(p.overflow)+1)*int64(m.pageSize))
		if _, err := f.ReadAt(p.b, at); err != nil {
			return page{}, err
		}
	}
	return p, nil
}

// sized gives the first n bytes of a buffer, which is replaced if it has fewer.
func sized(buffer *[]byte, n int64) []byte {
	if int64(len(*buffer)) < n {
		*buffer = make([]byte, n)
	}
	return (*buffer)[:n]
}

// parseHeader reads the header of a page that is at least that long.
func parseHeader(b []byte) page {
	order := binary.NativeEndian
	return page{
		id:       order.Uint64(b),
		flags:    order.Uint16(b[8:]),
		count:    order.Uint16(b[10:]),
		overflow: order.Uint32(b[12:]),
		b:        b,
	}
}

// element is one of a page's: of a branch with a child, of a leaf with a value.
type element struct {
	key    []byte
	child  uint64
	value  []byte
	bucket bool
}

// elements reads the elements of a branch or leaf page, which have to lie in the
// page and have keys in rising order.
func (p page) elements() ([]element, error) {
	if p.flags != branchFlag && p.flags != leafFlag {
		return nil, damaged("page %d is of kind %#x", p.id, p.flags)
	}
	if headerSize+elementSize*int(p.count) > len(p.b) {
		return nil, damaged("page %d is too short for its %d entries", p.id, p.count)
	}
	if p.flags == branchFlag && p.count == 0 {
		return nil, damaged("page %d leads nowhere", p.id)
	}
	if n, ok := p.fitting(); p.count > 0 && (!ok || n != int(p.count)) {
		return nil, damaged("page %d has no room for %d entries before the first", p.id, p.count)
	}
	all := make([]element, p.count)
	for i := range all {
		e, ok := p.element(headerSize + elementSize*i)
		if !ok {
			return nil, damaged("entry %d of page %d lies outside of it", i, p.id)
		}
		if i > 0 && bytes.Compare(all[i-1].key, e.key) >= 0 {
			return nil, damaged("entry %d of page %d is out of order", i, p.id)
		}
		all[i] = e
	}
	return all, nil
}

// fitting gives how many records of elements stand before the key of the first: bbolt
// writes that one right behind them.
func (p page) fitting() (n int, ok bool) {
	if len(p.b) < headerSize+elementSize {
		return 0, false
	}
	order := binary.NativeEndian
	pos := order.Uint32(p.b[headerSize+4:])
	if p.flags == branchFlag {
		pos = order.Uint32(p.b[headerSize:])
	}
	return int(pos) / elementSize, pos%elementSize == 0 && pos > 0 && int64(pos) < int64(len(p.b)-headerSize)
}

// element reads the element whose record starts at a place in the page. A
// record counts its position from its own start.
func (p page) element(at int) (e element, ok bool) {
	order := binary.NativeEndian
	record := p.b[at : at+elementSize]
	var pos, keySize, valueSize uint64
	if p.flags == branchFlag {
		pos, keySize = uint64(order.Uint32(record)), uint64(order.Uint32(record[4:]))
		e.child = order.Uint64(record[8:])
	} else {
		e.bucket = order.Uint32(record)&bucketFlag != 0
		pos, keySize = uint64(order.Uint32(record[4:])), uint64(order.Uint32(record[8:]))
		valueSize = uint64(order.Uint32(record[12:]))
	}
	key := uint64(at) + pos
	value := key + keySize
	if pos < elementSize || keySize == 0 || value+valueSize > uint64(len(p.b)) {
		return e, false
	}
	e.key, e.value = p.b[key:value], p.b[value:value+valueSize]
	return e, true
}

// freeIDs reads the ids on a free list, which have to be pages in rising order.
// From 65,535 of them on, their number stands before them.
func (p page) freeIDs(m meta) ([]uint64, error) {
	if p.flags != freelistFlag {
		return nil, damaged("page %d is of kind %#x, not a free list", p.id, p.flags)
	}
	order := binary.NativeEndian
	rest, n := p.b[headerSize:], uint64(p.count)
	if n == 0xFFFF {
		n, rest = order.Uint64(rest), rest[8:]
	}
	if n > uint64(len(rest))/8 {
		return nil, damaged("the free list is too short for its %d entries", n)
	}
	ids := make([]uint64, n)
	for i := range ids {
		ids[i] = order.Uint64(rest[8*i:])
		if ids[i] < 2 || ids[i] >= m.pages || i > 0 && ids[i] <= ids[i-1] {
			return nil, damaged("entry %d of the free list is page %d", i, ids[i])
		}
	}
	return ids, nil
}
