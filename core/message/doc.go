// Package message makes the HTTP request that carries an event to a webhook. A
// Builder is compiled from a webhook once and then builds one Message an event;
// Show makes the same message for people to read, with dots where a secret
// stands. Both run through one renderer: what differs is only what a secret was
// compiled to.
//
// It must not send anything, and never asks a vault for what it shows.
package message
