// Package pagecheck looks whether a bbolt file can be opened safely. bbolt maps
// the file and trusts it: on a damaged page it panics or faults, part of that in
// a goroutine of its own, where nobody can catch it. So the pages are read here
// first, with plain reads and with every number checked before it is used.
//
// The format is bbolt's own (its internal/common): pages of a fixed size, each
// with a header of id, flags, count and overflow; two meta pages with a checksum,
// of which the one with the higher transaction counts; a free list; and trees of
// branch and leaf pages, one a bucket. All numbers are in the machine's order.
//
// The package reads only, and must not know what the store keeps in its buckets.
package pagecheck
