// Package autostart has Hookbird start at login, by the system's own means: a
// desktop entry on Linux, a shortcut in the Startup folder on Windows, a launch
// agent on macOS. What lies there is the only truth.
package autostart

// Login is a program that can start at login.
type Login struct {
	Exe string // absolute path of the program
}
