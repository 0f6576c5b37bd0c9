//go:build !nogui

package main

import (
	"context"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"hookbird/assets"
	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/core/host"
	"hookbird/core/logfile"
	"hookbird/gui"
	"hookbird/gui/screen"
	"hookbird/gui/tray"
)

// appID names Hookbird to the desktop; FyneApp.toml has the same.
const appID = "org.hookbird.Hookbird"

func init() {
	runWindow = showWindow
	desktop = host.Desktop{Screen: screen.Available, Tray: newTray}
}

// icon is the tray, for host.
type icon struct{ *tray.Tray }

func (i icon) Follow(ctx context.Context, s control.Service, changed <-chan struct{}) {
	i.Tray.Follow(ctx, s, changed)
}

func newTray(h host.Hooks, log *slog.Logger) (host.Tray, error) {
	if err := tray.Available(); err != nil {
		return nil, err
	}
	return icon{tray.New(tray.Hooks(h), log)}, nil
}

// showWindow runs the Fyne window of a running engine until it is closed. It
// holds no state that matters.
func showWindow(o options) error {
	log, closer := logfile.Open(o.data, "window", os.Stderr)
	defer func() { _ = closer.Close() }()
	client, err := control.Dial(o.data)
	if err != nil {
		return err
	}
	defer client.Close()
	presets, err := assets.Presets()
	if err != nil {
		return err
	}
	makeCache()
	meta(version)
	a := app.NewWithID(appID)
	w := gui.New(gui.Params{
		App: a, Service: client, Link: client, Presets: presets, Logger: log,
		Start:   func() error { return startEngine(o.data, log) },
		Closing: func() { endSoon(log) },
	})
	w.Run(o.page)
	return nil
}

// closeLimit is how long a window that closes may take to end.
const closeLimit = 5 * time.Second

// endSoon ends this process even if the graphics driver never lets go of the
// window: nothing in it matters any more, and no other could be opened meanwhile.
func endSoon(log *slog.Logger) {
	time.AfterFunc(closeLimit, func() {
		log.Warn("the window did not end by itself")
		os.Exit(exitDone)
	})
}

// meta tells Fyne who we are: FyneApp.toml is only read from the folder that a
// program was built in.
func meta(version string) {
	app.SetMetadata(fyne.AppMetadata{
		ID: appID, Name: "Hookbird", Version: version,
		Icon:       fyne.NewStaticResource("hookbird.png", icons.App()),
		Migrations: map[string]bool{"fyneDo": true},
	})
}

// makeCache makes the folder that Fyne keeps drawings in, without which it logs
// trouble that is none.
func makeCache() {
	if dir, err := os.UserCacheDir(); err == nil {
		_ = os.MkdirAll(filepath.Join(dir, "fyne"), 0o700)
	}
}

// startEngine starts an engine in place of one that died, as a process of its
// own that outlives the window.
func startEngine(data string, log *slog.Logger) error {
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(exe, "--hidden", "--data", data)
	if err := cmd.Start(); err != nil {
		return err
	}
	log.Info("engine started in place of one that died", "pid", cmd.Process.Pid)
	return cmd.Process.Release()
}
