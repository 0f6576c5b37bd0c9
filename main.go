// Hookbird carries records from this computer to other systems by webhook. This
// package joins the parts: the engine with its tray icon, or the window, or one
// of the commands that print something and end.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/host"
	"hookbird/core/private"
	"hookbird/gui/screen"
	"hookbird/persist"
	"hookbird/persist/vault"
)

// version is set by the linker.
var version = "0.1.0-dev"

// Exit codes.
const (
	exitDone    = 0
	exitRefused = 1
	exitUsage   = 2
)

// desktop is what this build can do with a desktop, and runWindow shows the window
// until it is closed. A build without Fyne (-tags nogui) has neither.
var (
	desktop   host.Desktop
	runWindow func(o options) error
)

// options are the command line.
type options struct {
	data        string
	headless    bool
	hidden      bool
	window      bool
	page        string
	imports     string
	export      string
	withSecrets bool
	restored    bool
	backup      string
	restore     string
	passphrase  string // file that holds it
	oldIsOff    bool
	resume      bool
	status      bool
	metrics     bool
	version     bool
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	o, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return exitDone
	}
	if err != nil {
		return exitUsage
	}
	if o.version {
		fmt.Fprintln(stdout, "hookbird", version)
		return exitDone
	}
	if err := o.do(stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "hookbird: "+core.Sentence(err))
		return exitRefused
	}
	return exitDone
}

// parse reads the command line. Its errors are already printed.
func parse(args []string, stderr io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("hookbird", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&o.data, "data", defaultData(), "`folder` for everything that Hookbird keeps")
	f.BoolVar(&o.headless, "headless", false, "run without tray icon and window")
	f.BoolVar(&o.hidden, "hidden", false, "start in the tray, without a window (as at login)")
	f.BoolVar(&o.window, "window", false, "only the window, for a Hookbird that is running")
	f.StringVar(&o.page, "page", "", "open the window at a `page`: home, webhooks, activity, activity:failed, sources, byhand, settings, people, new, webhook:ID, test:ID")
	f.StringVar(&o.imports, "import", "", "import a settings `file` and end")
	f.StringVar(&o.export, "export", "", "write the settings to a `file` (- is the terminal) and end")
	f.BoolVar(&o.withSecrets, "with-secrets", false, "with --export: also write keys and secret values")
	f.BoolVar(&o.restored, "restored", false, "say that the data folder was put back from a copy, and end: every source then asks what becomes of what is there")
	f.StringVar(&o.backup, "backup", "", "make a backup in a new `file`, also while Hookbird runs, and end")
	f.StringVar(&o.restore, "restore", "", "put the backup in a `file` in the place of what is there, which is kept, and end: sending is paused then")
	f.StringVar(&o.passphrase, "passphrase-file", "", "with --backup: make it for another computer, locked with the passphrase in this `file`; with --restore: the one that opens it")
	f.BoolVar(&o.oldIsOff, "old-is-off", false, "after --restore on another computer: say that the old one is off, and end; sources are read again")
	f.BoolVar(&o.resume, "resume", false, "go on sending where it is paused, as after --restore, and end")
	f.BoolVar(&o.status, "status", false, "print how things stand, as JSON, and end")
	f.BoolVar(&o.metrics, "metrics", false, "print counters in the text format of OpenMetrics, and end")
	f.BoolVar(&o.version, "version", false, "print the version and end")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if err := o.check(f.Args()); err != nil {
		fmt.Fprintln(stderr, "hookbird: "+err.Error())
		f.Usage()
		return o, err
	}
	return o, nil
}

// check refuses flags that do not go together.
func (o options) check(rest []string) error {
	modes := 0
	for _, on := range []bool{o.headless, o.hidden, o.window, o.imports != "", o.export != "", o.restored, o.backup != "", o.restore != "", o.oldIsOff, o.resume, o.status, o.metrics} {
		if on {
			modes++
		}
	}
	switch {
	case len(rest) > 0:
		return fmt.Errorf("%q is not understood: everything is said with flags", rest[0])
	case modes > 1:
		return errors.New("only one of --headless, --hidden, --window, --import, --export, --restored, --backup, --restore, --old-is-off, --resume, --status and --metrics at a time")
	case o.withSecrets && o.export == "":
		return errors.New("--with-secrets goes with --export")
	case o.passphrase != "" && o.backup == "" && o.restore == "":
		return errors.New("--passphrase-file goes with --backup or --restore")
	case o.data == "":
		return errors.New("--data needs a folder: this computer names no place for it")
	}
	return nil
}

// defaultData is where things are kept if --data does not say otherwise: never
// on roaming or network storage.
func defaultData() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	switch runtime.GOOS {
	case "windows":
		return filepath.Join(os.Getenv("LocalAppData"), "Hookbird")
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "Hookbird")
	}
	return filepath.Join(home, ".local", "share", "hookbird")
}

// do what the command line says.
func (o options) do(stdout, stderr io.Writer) error {
	dir, err := filepath.Abs(o.data)
	if err != nil {
		return core.Wrap(core.CodeInvalid, err, "The folder given with --data is no path of this computer.")
	}
	if dir == defaultData() {
		if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
			return core.Wrap(core.CodeUnavailable, err, "The folder "+filepath.Dir(dir)+" cannot be made. Choose another with --data.")
		}
	}
	o.data = dir
	switch {
	case o.imports != "":
		return o.importFile(stdout)
	case o.export != "":
		return o.exportFile(stdout)
	case o.restored:
		return o.askAgain(stdout)
	case o.backup != "":
		return o.makeBackup(stdout)
	case o.restore != "":
		return o.putBack(stdout)
	case o.oldIsOff:
		return o.sayOldIsOff(stdout)
	case o.resume:
		return o.resumeSending(stdout)
	case o.status:
		return o.printStatus(stdout)
	case o.metrics:
		return o.printMetrics(stdout)
	case o.window:
		return o.openWindow()
	}
	return host.Run(o.host(stdout, stderr))
}

func (o options) openWindow() error {
	if runWindow == nil {
		return core.Errorf(core.CodeUnavailable, "This Hookbird was built without a window.")
	}
	if err := screen.Available(); err != nil {
		return err
	}
	return runWindow(o)
}

// host is what the engine's process is made of.
func (o options) host(stdout, stderr io.Writer) host.Params {
	return host.Params{
		Data: o.data, Version: version, Page: o.page, Headless: o.headless, Hidden: o.hidden,
		Storage: storage{}, Desktop: desktop, Stdout: stdout, Stderr: stderr,
	}
}

// storage is the bbolt store, for host.
type storage struct{}

func (storage) MakeFolder(dir string) error { return persist.MakeFolder(dir) }

func (storage) Open(ctx context.Context, dir string, keyStore bool, log *slog.Logger) (core.Store, error) {
	o := persist.Options{
		Logger: log, LockWait: time.Second, Repair: true,
		Progress: func(s string) { log.Info("opening the store", "progress", s) },
	}
	if !keyStore { // it is asked over the session bus
		o.Keyring = func() vault.Keyring { return nil }
	}
	return persist.Open(ctx, dir, o)
}

func (storage) Prepare(ctx context.Context, dir string, w core.RestoreWish) (core.BackupInfo, error) {
	return persist.PrepareRestore(ctx, dir, persist.RestoreWish{Path: w.Path, Passphrase: w.Passphrase, Progress: w.Progress})
}

func (storage) Commit(dir string) error {
	_, err := persist.CommitRestore(dir)
	return err
}

func (o options) importFile(stdout io.Writer) error {
	path, err := filepath.Abs(o.imports)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return core.Wrap(core.CodeInvalid, err, "The settings file "+o.imports+" cannot be read. Check its path.")
	}
	return host.Ask(o.host(nil, nil), func(ctx context.Context, s control.Service) error {
		r, err := s.Import(ctx, control.ImportRequest{Name: filepath.Base(path), Data: data, Dir: filepath.Dir(path)})
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "Imported: webhooks %d, sources %d.\n", r.Webhooks, r.Sources)
		for _, n := range r.Notes {
			fmt.Fprintln(stdout, n)
		}
		return nil
	})
}

func (o options) exportFile(stdout io.Writer) error {
	return host.Ask(o.host(nil, nil), func(ctx context.Context, s control.Service) error {
		data, err := s.Export(ctx, o.withSecrets)
		if err != nil {
			return err
		}
		if o.export == "-" {
			_, err := stdout.Write(data)
			return err
		}
		return private.Write(o.export, data)
	})
}

func (o options) askAgain(stdout io.Writer) error {
	return host.Ask(o.host(nil, nil), func(ctx context.Context, s control.Service) error {
		if err := s.RereadSource(ctx, control.Reread{Ask: true}); err != nil {
			return err
		}
		fmt.Fprintln(stdout, "Each source that reads what is there asks, on its page, what becomes of it. Nothing of it is sent before.")
		return nil
	})
}

func (o options) printStatus(stdout io.Writer) error {
	return host.Ask(o.host(nil, nil), func(ctx context.Context, s control.Service) error {
		st, err := s.Status(ctx)
		if err != nil {
			return err
		}
		out := json.NewEncoder(stdout)
		out.SetIndent("", "  ")
		return out.Encode(st)
	})
}

func (o options) printMetrics(stdout io.Writer) error {
	return host.Ask(o.host(nil, nil), func(ctx context.Context, s control.Service) error {
		text, err := s.Metrics(ctx)
		if err == nil {
			_, err = io.WriteString(stdout, string(text))
		}
		return err
	})
}
