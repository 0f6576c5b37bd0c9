// Package form takes what a person fills in.
//
//	filled in -> checked -> held, on disk -> grace is over -> a record
//	                          '-> taken back
//
// While a record is held it can be taken back; it goes out in the commit in which it
// is held no more, so that it goes out once or not at all, also when the program
// ends in between. A table that was pasted becomes many records at once.
//
// The package must not know what a record is good for, nor how it is stored.
package form
