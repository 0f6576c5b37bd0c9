// Package web asks a web service for records, at times, and hands on those that are
// new or have changed.
//
// One look, from the first page of a list to the last:
//
//	ask -> nothing changed since: done
//	    -> the list -> what is new, by keys, or by what a record holds
//	    -> accepted, a page at a time, together with how each record is known again
//	    -> the next page
//
// What a record is known by is stored in the commit of its event. A look that breaks
// off keeps what it has, and the next one begins at the first page: what it finds
// again is known.
//
// The merge fields of an address and a body are those that are not of a record, and
// [last], when the last complete look began, less ten minutes for clocks that differ:
// services that can give only what is newer need not give everything each time.
//
// The package must not know what a record is good for, nor how it is stored.
package web
