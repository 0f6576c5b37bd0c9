// Package value reads the data of an event: one JSON document as a tree that
// keeps every byte as it was written, and paths that name a field in it. It is
// the one path language of Hookbird: whatever names a field of a record, names
// it as a Path does.
//
// It must not know of webhooks or messages, and never changes a value: a number
// that came as 1.10 leaves as 1.10.
package value
