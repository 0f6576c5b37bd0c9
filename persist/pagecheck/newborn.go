package pagecheck

import (
	"bytes"
	"encoding/binary"
	"hash/fnv"
)

// NewbornSize is how long a file is when bbolt has made it and nothing was kept in
// it yet, with pages of a size.
func NewbornSize(pageSize int) int64 { return 4 * int64(pageSize) }

// Newborn tells whether a file's bytes are what bbolt writes first, or a part of
// that which is zero elsewhere: what is left where the power went while the file
// was made. Nothing was ever kept in it.
func Newborn(b []byte, pageSize int) bool {
	first := newborn(pageSize)
	if len(b) > len(first) {
		return false
	}
	for i, v := range b {
		if v != 0 && v != first[i] {
			return false
		}
	}
	return true
}

// newborn is what bbolt writes first: two meta pages, an empty free list, and an
// empty leaf.
func newborn(pageSize int) []byte {
	var b bytes.Buffer
	order := binary.NativeEndian
	header := func(id uint64, flags uint16) {
		b.Write(order.AppendUint64(nil, id))
		b.Write(order.AppendUint16(nil, flags))
	}
	pad := func(page int) { b.Write(make([]byte, page*pageSize-b.Len())) }
	for tx := range uint64(2) {
		header(tx, metaFlag)
		b.Write(make([]byte, headerSize-10))
		m := order.AppendUint32(nil, magic)
		for _, v := range []uint32{version, uint32(pageSize), 0} {
			m = order.AppendUint32(m, v)
		}
		for _, v := range []uint64{3, 0, 2, 4, tx} { // root and its sequence, free list, pages, transaction
			m = order.AppendUint64(m, v)
		}
		sum := fnv.New64a()
		_, _ = sum.Write(m)
		b.Write(order.AppendUint64(m, sum.Sum64()))
		pad(int(tx) + 1)
	}
	header(2, freelistFlag)
	pad(3)
	header(3, leafFlag)
	pad(4)
	return b.Bytes()
}
