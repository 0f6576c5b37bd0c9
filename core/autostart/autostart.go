//go:build !windows || cgo

package autostart

import (
	"os"

	"github.com/emersion/go-autostart"
)

// app describes the program anew for every call: enabling changes it in place.
// Windows joins the arguments without quoting them, so there is one simple flag.
func (l Login) app() *autostart.App {
	return &autostart.App{Name: "hookbird", DisplayName: "Hookbird", Exec: []string{l.Exe, "--hidden"}}
}

// Enabled tells whether it starts at login now.
func (l Login) Enabled() bool { return l.app().IsEnabled() }

// Set makes it start at login, or not. Doing so twice is no fault. Enabling
// again renews the path of a program that was moved.
func (l Login) Set(on bool) error {
	app := l.app()
	if on {
		return app.Enable()
	}
	if !app.IsEnabled() {
		return nil
	}
	if err := app.Disable(); err != nil && !os.IsNotExist(err) {
		return err
	}
	return nil
}
