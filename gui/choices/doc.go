// Package choices is a list that opens over a page and can be searched: fields of
// a record, values, kinds of step. Up and Down move in it, Enter chooses, Esc
// closes.
//
// It must not know what the choices are of.
package choices
