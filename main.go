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
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"hookbird/core"
	"hookbird/core/autostart"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/instance"
	"hookbird/core/keeper"
	"hookbird/core/logfile"
	"hookbird/core/service"
	"hookbird/gui/screen"
	"hookbird/gui/tray"
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

// stopLimit is how long an orderly stop may take.
const stopLimit = 10 * time.Second

// runWindow shows the window until it is closed. It is nil in a build without
// Fyne (-tags nogui).
var runWindow func(o options) error

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
	status      bool
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
	f.StringVar(&o.page, "page", "", "open the window at a `page`: home, webhooks, activity, activity:failed, sources, settings, new, webhook:ID, test:ID")
	f.StringVar(&o.imports, "import", "", "import a settings `file` and end")
	f.StringVar(&o.export, "export", "", "write the settings to a `file` (- is the terminal) and end")
	f.BoolVar(&o.withSecrets, "with-secrets", false, "with --export: also write keys and secret values")
	f.BoolVar(&o.status, "status", false, "print how things stand, as JSON, and end")
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
	for _, on := range []bool{o.headless, o.hidden, o.window, o.imports != "", o.export != "", o.status} {
		if on {
			modes++
		}
	}
	switch {
	case len(rest) > 0:
		return fmt.Errorf("%q is not understood: everything is said with flags", rest[0])
	case modes > 1:
		return errors.New("only one of --headless, --hidden, --window, --import, --export and --status at a time")
	case o.withSecrets && o.export == "":
		return errors.New("--with-secrets goes with --export")
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
	case o.status:
		return o.printStatus(stdout)
	case o.window:
		return o.openWindow()
	}
	return o.runEngine(stdout, stderr)
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

// office is the running engine and all that belongs to it.
type office struct {
	o        options
	log      *slog.Logger
	lock     *instance.Lock
	store    *persist.Store
	engine   *engine.Engine
	service  *service.Service
	server   *control.Server
	keeper   *keeper.Keeper
	tray     *tray.Tray
	changed  chan struct{} // for the tray
	stop     context.CancelFunc
	quitting atomic.Bool // the question before quitting was asked just now
	ctx      context.Context
}

// runEngine is the engine's process, from start to orderly stop.
func (o options) runEngine(stdout, stderr io.Writer) error {
	if err := persist.MakeFolder(o.data); err != nil {
		return err
	}
	lock, err := instance.Acquire(context.Background(), o.data, o.poke)
	if errors.Is(err, instance.ErrTaken) && o.headless {
		return core.Errorf(core.CodeConflict, "Hookbird is running already with the data folder %s.", o.data)
	}
	if errors.Is(err, instance.ErrTaken) {
		return nil
	}
	if err != nil {
		return err
	}
	defer lock.Release()
	log, closer := logfile.Open(o.data, "hookbird", stderr)
	defer func() { _ = closer.Close() }()
	f := &office{o: o, log: log, lock: lock, changed: make(chan struct{}, 1)}
	f.ctx, f.stop = signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer f.stop()
	debug.SetGCPercent(200) // the heap is a few MB: collecting it half as often costs as many more
	log.Info("hookbird starts", "version", version, "data", o.data, "pid", os.Getpid())
	if err := f.open(); err != nil {
		log.Error("hookbird cannot start", "error", err)
		return err
	}
	f.announce(stdout, stderr)
	f.wait()
	f.close()
	log.Info("hookbird has stopped")
	return nil
}

// poke asks the engine that runs already for what this one was started for. An
// older one is asked to make room.
func (o options) poke(ctx context.Context) error {
	c, err := control.Dial(o.data)
	if err != nil && !errors.Is(err, control.ErrAPI) {
		return err
	}
	defer c.Close()
	if newer(version, c.Peer().Version) {
		if err := c.TakeOver(ctx); err != nil {
			return err
		}
		return control.ErrNobody // go on trying the lock
	}
	if o.hidden || o.headless {
		return nil
	}
	return c.Show(ctx, o.page)
}

// open sets everything going, in the order that lets nobody wait: first the
// place where windows ask, then the store, then the engine.
func (f *office) open() error {
	f.server = control.NewServer(f.o.data, nil, control.ServerOptions{
		Version: version, Logger: f.log, OnShow: f.show, OnQuit: f.stop,
	})
	f.keeper = keeper.New(keeper.Params{Command: f.windowCommand, Pending: f.server.ShowPending, Logger: f.log})
	if err := f.server.Listen(); err != nil {
		return err
	}
	go func() {
		if err := f.server.Serve(context.WithoutCancel(f.ctx)); err != nil {
			f.log.Error("control API ended", "error", err)
		}
	}()
	opts := persist.Options{
		Logger: f.log, LockWait: time.Second,
		Progress: func(s string) { f.log.Info("opening the store", "progress", s) },
	}
	if f.o.headless { // the system's key store is asked over the session bus
		opts.Keyring = func() vault.Keyring { return nil }
	}
	store, err := persist.Open(f.ctx, f.o.data, opts)
	if err != nil {
		f.server.Stop(context.Background())
		return err
	}
	f.store = store
	f.engine = engine.New(engine.Params{Store: store, Logger: f.log, Version: version, OnChange: f.onChange})
	if err := f.engine.Start(f.ctx); err != nil {
		f.close()
		return err
	}
	f.service = newService(f.engine, store, f.o.data)
	f.server.SetService(f.service)
	return nil
}

func newService(e *engine.Engine, store core.Store, dir string) *service.Service {
	p := service.Params{Engine: e, Store: store, Version: version, DataDir: dir}
	if exe, err := os.Executable(); err == nil {
		p.Autostart = autostart.Login{Exe: exe}
	}
	return service.New(p)
}

// onChange runs on the hot path.
func (f *office) onChange() {
	f.server.Changed()
	select {
	case f.changed <- struct{}{}:
	default:
	}
}

// show brings up the window, where there can be one.
func (f *office) show() {
	if runWindow == nil || screen.Available() != nil {
		f.log.Warn("the window was asked for, but cannot be shown here")
		return
	}
	f.keeper.Open()
}

func (f *office) windowCommand() *exec.Cmd {
	exe, err := os.Executable()
	if err != nil {
		exe = os.Args[0]
	}
	cmd := exec.Command(exe, "--window", "--data", f.o.data)
	cmd.Stderr = os.Stderr
	return cmd
}

// announce says that the engine is ready and what there is of a desktop.
func (f *office) announce(stdout, stderr io.Writer) {
	if f.o.headless {
		line, _ := json.Marshal(map[string]any{"address": f.engine.Address(), "version": version, "pid": os.Getpid()})
		fmt.Fprintln(stdout, string(line))
		return
	}
	if err := screen.Available(); err != nil {
		fmt.Fprintf(stderr, "hookbird: %s Hookbird works all the same, without a window.\n", core.Sentence(err))
		fmt.Fprintf(stderr, "hookbird: records can be posted to %s; try \"hookbird --status\" and \"hookbird --import FILE\".\n", f.engine.Address())
		return
	}
	if !f.o.hidden {
		f.server.Show(f.o.page)
	}
}

// wait runs the tray, if the desktop has a place for one, until it is time to
// stop.
func (f *office) wait() {
	if !f.o.headless && screen.Available() == nil {
		if err := tray.Available(); err != nil {
			f.log.Warn("no tray icon", "reason", core.Sentence(err))
		} else {
			f.runTray()
		}
	}
	<-f.ctx.Done()
}

func (f *office) runTray() {
	f.tray = tray.New(tray.Hooks{
		Open:   f.server.Show,
		Pause:  func(until time.Time) { f.logged("pause", f.service.Pause(f.ctx, until)) },
		Resume: func() { f.logged("resume", f.service.Resume(f.ctx)) },
		Quit:   f.askQuit,
	}, f.log)
	stop := context.AfterFunc(f.ctx, f.tray.Stop)
	defer stop()
	f.tray.Run(func() {
		f.service.SetTray(true)
		go f.tray.Follow(f.ctx, f.service, f.changed)
	})
	f.service.SetTray(false)
}

// quitAsked is how long the question before quitting may stay unseen, and a
// second choice of Quit in the tray counts as the answer.
const quitAsked = 5 * time.Second

// askQuit has the window ask whether to quit. Where there is nothing that would
// not be sent, no window to ask, or Quit was chosen twice, it quits at once.
func (f *office) askQuit() {
	st, err := f.service.Status(f.ctx)
	idle := err == nil && !slices.ContainsFunc(st.Webhooks, func(w control.WebhookStatus) bool { return w.State != string(control.Off) })
	if idle || runWindow == nil || f.quitting.Swap(true) {
		f.stop()
		return
	}
	f.server.Show("quit")
	time.AfterFunc(quitAsked, func() {
		f.quitting.Store(false)
		if f.server.ShowPending() {
			f.stop()
		}
	})
}

func (f *office) logged(what string, err error) {
	if err != nil {
		f.log.Error(what+" failed", "error", err)
	}
}

// close stops in an orderly way, within stopLimit: the window first, then what
// is sent, then the store. What was on its way goes back to waiting.
func (f *office) close() {
	hard := time.AfterFunc(stopLimit, func() {
		f.log.Error("stop took too long")
		os.Exit(exitRefused)
	})
	defer hard.Stop()
	if f.tray != nil {
		f.tray.Stop()
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	f.server.Stop(ctx)
	f.keeper.Stop()
	if f.engine != nil {
		f.logged("stop of the engine", f.engine.Stop(context.Background()))
	}
	if f.store != nil {
		f.logged("close of the store", f.store.Close())
	}
}

// ask runs do with the engine that is running or, if none is, with one that
// only knows and changes settings.
func (o options) ask(do func(ctx context.Context, s control.Service) error) error {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	if err := persist.MakeFolder(o.data); err != nil {
		return err
	}
	var answer error
	lock, err := instance.Acquire(ctx, o.data, func(ctx context.Context) error {
		c, err := control.Dial(o.data)
		if err != nil {
			return err
		}
		defer c.Close()
		if !c.Peer().Ready {
			return control.ErrNobody // it is still starting
		}
		answer = do(context.WithoutCancel(ctx), c)
		return nil
	})
	if errors.Is(err, instance.ErrTaken) {
		return answer
	}
	if err != nil {
		return err
	}
	defer lock.Release()
	return o.askAlone(ctx, do)
}

func (o options) askAlone(ctx context.Context, do func(ctx context.Context, s control.Service) error) error {
	log := slog.New(slog.DiscardHandler)
	store, err := persist.Open(ctx, o.data, persist.Options{Logger: log, LockWait: time.Second})
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	e := engine.New(engine.Params{Store: store, Logger: log, Version: version, Quiet: true})
	if err := e.Start(ctx); err != nil {
		return err
	}
	defer func() { _ = e.Stop(ctx) }()
	e.WaitCounted()
	return do(ctx, newService(e, store, o.data))
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
	return o.ask(func(ctx context.Context, s control.Service) error {
		r, err := s.Import(ctx, control.ImportRequest{Data: data, Dir: filepath.Dir(path)})
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "Imported %d webhooks and %d sources.\n", r.Webhooks, r.Sources)
		for _, n := range r.Notes {
			fmt.Fprintln(stdout, n)
		}
		return nil
	})
}

func (o options) exportFile(stdout io.Writer) error {
	return o.ask(func(ctx context.Context, s control.Service) error {
		data, err := s.Export(ctx, o.withSecrets)
		if err != nil {
			return err
		}
		if o.export == "-" {
			_, err := stdout.Write(data)
			return err
		}
		if err := os.WriteFile(o.export, data, 0o600); err != nil {
			return core.Wrap(core.CodeUnavailable, err, "The file "+o.export+" cannot be written. Choose another place.")
		}
		return nil
	})
}

func (o options) printStatus(stdout io.Writer) error {
	return o.ask(func(ctx context.Context, s control.Service) error {
		st, err := s.Status(ctx)
		if err != nil {
			return err
		}
		out := json.NewEncoder(stdout)
		out.SetIndent("", "  ")
		return out.Encode(st)
	})
}

// newer tells whether version a comes after b. Versions that are no numbers are
// equal to everything, so that two builds in development leave each other alone.
func newer(a, b string) bool {
	var av, bv [3]int
	if n, _ := fmt.Sscanf(strings.TrimPrefix(a, "v"), "%d.%d.%d", &av[0], &av[1], &av[2]); n < 3 {
		return false
	}
	if n, _ := fmt.Sscanf(strings.TrimPrefix(b, "v"), "%d.%d.%d", &bv[0], &bv[1], &bv[2]); n < 3 {
		return false
	}
	for i := range av {
		if av[i] != bv[i] {
			return av[i] > bv[i]
		}
	}
	return false
}
