// Package merge fills values into text: addresses, header lines, templates and
// small templates of one field.
package merge
