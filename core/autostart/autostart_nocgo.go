//go:build windows && !cgo

package autostart

import "hookbird/core"

// Enabled tells that it does not: a shortcut in the Startup folder can only be
// made, or seen, by a build with cgo.
func (l Login) Enabled() bool { return false }

// Set says that this build cannot.
func (l Login) Set(bool) error {
	return core.Errorf(core.CodeUnavailable, "This Hookbird was built without start at login. Put a shortcut to it, with --hidden, into the Startup folder.")
}
