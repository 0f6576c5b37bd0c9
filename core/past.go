package core

import "time"

// Author is who changed something, and how.
type Author struct {
	User string // the name that the computer knows, "" if Hookbird did it by itself
	Via  Via
	File string // name of the settings file, for ViaFile
}

// Via is the way that a change of the settings took.
type Via string

// The ways.
const (
	ViaHookbird Via = ""        // Hookbird did it by itself
	ViaWindow   Via = "window"  // somebody in the window
	ViaFile     Via = "file"    // a settings file that was imported
	ViaPast     Via = "past"    // an earlier state was brought back, or a removal undone
	ViaRestore  Via = "restore" // a backup was restored
)

// PastKind is what a change was about.
type PastKind string

// The kinds.
const (
	PastWebhook  PastKind = "webhook"
	PastSource   PastKind = "source"
	PastSettings PastKind = "settings"
)

// UndoFor is how long a removal can be undone: the webhook's place among the
// records, what waits for it, a source's memory, and their secrets are kept so
// long.
const UndoFor = 30 * 24 * time.Hour

// Past is one change of the settings, as it is remembered. Secrets in it are names
// only, of which those that nobody uses any more are not kept.
type Past struct {
	ID     uint64 // goes up with each change, from 1
	At     time.Time
	By     Author
	Kind   PastKind
	Target string // id of the webhook or source; "" for the program's own settings
	Name   string // theirs, after the change or, if it was removed, before it

	Before PastState // zero if it was made by this change
	After  PastState // zero if it was removed by this change

	// Undo is set for a removal that can still be undone.
	Undo *PastUndo
}

// PastState is what was set: at most one of its parts.
type PastState struct {
	Webhook  *Webhook
	Source   *Source
	Settings *Settings
}

// IsZero tells whether there was nothing.
func (s PastState) IsZero() bool { return s == PastState{} }

// PastUndo is what a removal takes to be undone.
type PastUndo struct {
	Until time.Time // the last moment
	Num   uint32    // the webhook's number
	Lane  *Lane     // its place, as if it had been turned off
}

// PastQuery asks for changes, the newest first.
type PastQuery struct {
	Before uint64   // 0: from the newest
	Limit  int      // at most 200; 0 means 100
	Kind   PastKind // "": all
	Target string   // with Kind; "": all
}
