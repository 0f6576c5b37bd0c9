// Package value reads the data of an event: one JSON document as a tree that
// keeps every byte as it was written, and paths that name fields in it. It is
// the one path language of Hookbird: whatever names a field of a record, names
// it as a Path does.
//
//	Path       "First Name", addresses(isMain).zipCode, lines(2).sku, …
//	Find       the first value that a path names; Each visits all of them
//	Missing    why a path finds nothing, and what to write instead
//	Paths      the fields of a record, each with a path that finds it
//	Suggest    the name that was probably meant
//	Compare    numbers, dates and times in their order
//
// It must not know of webhooks or messages, and never changes a value: a number
// that came as 1.10 leaves as 1.10.
package value
