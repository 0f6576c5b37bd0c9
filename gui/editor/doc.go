// Package editor is the page on which somebody sets up one webhook: where it
// sends, what, of which records, and what happens when it fails, with a live
// preview of the message beside it.
//
// The model (Draft and what hangs on it) is plain Go without widgets; the page
// shows it. The package must not know the shell or other pages: where it leads
// to is given to it as functions. It builds no message itself, the preview is
// what the engine answers.
package editor
