// Package message makes the HTTP request that carries an event, or a list of
// them, to a webhook. A Builder is compiled from a webhook once and then builds
// one Message at a time; Show makes the same message for people to read, with dots
// where a secret stands. Both run through one renderer: what differs is only what
// a secret was compiled to.
//
//	events -> Record -> address, header lines -> body -> signature -> Message
//
// Authorization is one of the header lines: of user and password, or of a token. A
// token that is fetched first is written by whoever sends the message.
//
// A body is one of these:
//
//	form       name=value&…          fields, or all of the record
//	multipart  multipart/form-data   the same
//	json       {…}                   fields, or the record's own bytes
//	envelope   {"id", "type", "timestamp", "source", "data": {…}}
//	json-list  [{…},{…}]             of one record or of several
//	template   a text with merge fields, as package merge reads it
//	none
//
// A name with dots nests: a.b is {"a":{"b":…}} in JSON and a[b] in a form. A step
// in quotes stands for itself: "a.b" is one name with a dot in it.
//
// It must not send anything, and never asks a vault for what it shows.
package message
