// Package signing is the part of the editor's page on which somebody lets messages
// be signed, changes over from one key to the next, and learns how the other
// system checks what comes in.
//
// What is chosen is plain Go (state). A Tab shows it; it asks no engine and saves
// nothing: the page that it stands on takes its Sign and fetches stored keys for
// it.
package signing
