// Package mapping is the part of a page on which somebody says which of our
// fields go out, under which names and in which form: rows, the tables that show
// them, the steps that convert a value, and boxes for texts with fields.
//
// Rows and what is worked out of them are plain Go. A Table shows them; it knows
// the page that it stands on only by the Page interface, so that the editor and
// the first steps to a webhook share it. The package builds no message and asks
// no engine.
package mapping
