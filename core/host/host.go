// Package host is the engine's process from start to orderly stop: the lock of
// the data folder, the place where windows ask, the store, the engine, the keeper
// of the window, and the tray icon. It also lets commands ask an engine that runs,
// or one made for the question.
//
// It must not know how things are stored or shown: main hands it both.
package host

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	stdlog "log"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"hookbird/core"
	"hookbird/core/autostart"
	"hookbird/core/control"
	"hookbird/core/instance"
	"hookbird/core/keeper"
	"hookbird/core/logfile"
	"hookbird/core/service"
)

// StopLimit is how long an orderly stop may take.
const StopLimit = 10 * time.Second

// Storage keeps things on disk.
type Storage interface {
	// MakeFolder makes the data folder unless it is there.
	MakeFolder(dir string) error
	// Open opens the store in the data folder. A desktop is where the system's
	// key store may be asked.
	Open(ctx context.Context, dir string, desktop bool, log *slog.Logger) (core.Store, error)
	// Prepare makes a store of a backup, beside that of the data folder, which may be in
	// use or damaged.
	Prepare(ctx context.Context, dir string, w core.RestoreWish) (core.BackupInfo, error)
	// Commit puts what Prepare made in the place of the store, and keeps that one. It is one
	// that nobody may have open.
	Commit(dir string) error
}

// Desktop is what this program can do with a desktop. The zero Desktop has none.
type Desktop struct {
	Screen func() error // why no window can be opened here; nil: this program has none
	// Tray makes the tray icon, or says why there is none here.
	Tray func(h Hooks, log *slog.Logger) (Tray, error)
}

// Hooks are what the tray's menu does.
type Hooks struct {
	Open   func(page string)
	Pause  func(until time.Time)
	Resume func()
	Quit   func()
}

// Tray is the icon in the notification area.
type Tray interface {
	// Run shows it until Stop, on the main goroutine.
	Run(ready func())
	// Follow keeps it up to date until ctx ends.
	Follow(ctx context.Context, s control.Service, changed <-chan struct{})
	Stop()
}

// Params are what a host is made of.
type Params struct {
	Data     string // absolute path of the data folder
	Version  string
	Page     string // that the window opens at
	Headless bool   // no tray, no window, no session bus
	Hidden   bool   // no window until somebody asks for it
	Storage  Storage
	Desktop  Desktop
	Stdout   io.Writer
	Stderr   io.Writer
}

// host is the running engine and all that belongs to it.
type host struct {
	p        Params
	log      *slog.Logger
	tries    *slog.Logger
	server   *control.Server
	keeper   *keeper.Keeper
	changed  chan struct{} // for the tray
	quitting atomic.Bool   // the question before quitting was asked just now
	ctx      context.Context
	stop     context.CancelFunc

	renewals chan bool // engine and store are to begin anew; true: with a backup

	mu      sync.Mutex // guards what follows
	running running
	tray    Tray // once it is shown
	failure error
}

// Run is the engine's process. If another is the engine, it is asked for its
// window, and Run returns at once. It must be called on the main goroutine.
func Run(p Params) error {
	if err := p.Storage.MakeFolder(p.Data); err != nil {
		return err
	}
	lock, err := instance.Acquire(context.Background(), p.Data, p.poke)
	switch {
	case errors.Is(err, instance.ErrTaken) && p.Headless:
		return core.Errorf(core.CodeConflict, "Hookbird is running already with the data folder %s.", p.Data)
	case errors.Is(err, instance.ErrTaken):
		return nil
	case err != nil:
		return err
	}
	defer lock.Release()
	log, closer := logfile.Open(p.Data, "hookbird", p.Stderr)
	defer func() { _ = closer.Close() }()
	stdlog.SetFlags(0)
	stdlog.SetOutput(logfile.Foreign{Log: log})
	debug.SetGCPercent(200) // the heap is a few MB: collecting it half as often costs as many more
	tries, triesEnd := logfile.OpenTries(p.Data)
	defer func() { _ = triesEnd.Close() }()
	h := &host{p: p, log: log, tries: tries, changed: make(chan struct{}, 1), renewals: make(chan bool, 1)}
	h.ctx, h.stop = signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer h.stop()
	log.Info("hookbird starts", "version", p.Version, "data", p.Data, "pid", os.Getpid())
	defer h.close()
	if err := h.open(); err != nil {
		log.Error("hookbird cannot start", "error", err)
		return err
	}
	go h.renew()
	h.announce()
	h.wait()
	return h.failed()
}

// poke asks the engine that runs already for what this one was started for. An
// older one is asked to make room.
func (p Params) poke(ctx context.Context) error {
	c, err := control.Dial(p.Data)
	if err != nil && !errors.Is(err, control.ErrAPI) {
		return err
	}
	defer c.Close()
	if newer(p.Version, c.Peer().Version) {
		if err := c.TakeOver(ctx); err != nil {
			return err
		}
		return control.ErrNobody // go on trying the lock
	}
	if p.Hidden || p.Headless {
		return nil
	}
	return c.Show(ctx, p.Page)
}

// open sets everything going, in the order that lets nobody wait: first the
// place where windows ask, then the store, then the engine.
func (h *host) open() error {
	h.server = control.NewServer(h.p.Data, nil, control.ServerOptions{
		Version: h.p.Version, Logger: h.log, OnShow: h.show, OnQuit: h.stop,
	})
	h.keeper = keeper.New(keeper.Params{Command: h.windowCommand, Pending: h.server.ShowPending, Logger: h.log})
	if err := h.server.Listen(); err != nil {
		return err
	}
	go func() {
		if err := h.server.Serve(context.WithoutCancel(h.ctx)); err != nil {
			h.log.Error("control API ended", "error", err)
		}
	}()
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.begin()
}

// serve makes the service of an engine.
func (p Params) serve(s service.Params) *service.Service {
	s.Version, s.DataDir = p.Version, p.Data
	if exe, err := os.Executable(); err == nil {
		s.Autostart = autostart.Login{Exe: exe}
	}
	return service.New(s)
}

// onChange runs on the hot path.
func (h *host) onChange() {
	h.server.Changed()
	select {
	case h.changed <- struct{}{}:
	default:
	}
}

// announce says that the engine is ready and what there is of a desktop.
func (h *host) announce() {
	if h.p.Headless {
		line, _ := json.Marshal(map[string]any{"address": h.now().engine.Address(), "version": h.p.Version, "pid": os.Getpid()})
		fmt.Fprintln(h.p.Stdout, string(line))
		return
	}
	if err := h.noScreen(); err != nil {
		fmt.Fprintf(h.p.Stderr, "hookbird: %s Hookbird works all the same, without a window.\n", core.Sentence(err))
		fmt.Fprintf(h.p.Stderr, "hookbird: programs here can post to %s; try \"hookbird --status\" and \"hookbird --import FILE\".\n", h.now().engine.Address())
		return
	}
	if !h.p.Hidden {
		h.server.Show(h.p.Page)
	}
}

// close stops in an orderly way, within StopLimit: the window first, then what is
// sent, then the store. What was on its way goes back to waiting.
func (h *host) close() {
	hard := time.AfterFunc(StopLimit, func() {
		h.log.Error("stop took too long")
		os.Exit(1)
	})
	defer hard.Stop()
	h.mu.Lock() // and what begins anew is done with it
	defer h.mu.Unlock()
	if h.tray != nil {
		h.tray.Stop()
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	h.server.Stop(ctx)
	h.keeper.Stop()
	h.end()
	h.log.Info("hookbird has stopped")
}

func (h *host) logged(what string, err error) {
	if err != nil {
		h.log.Error(what+" failed", "error", err)
	}
}

func (h *host) windowCommand() *exec.Cmd {
	exe, err := os.Executable()
	if err != nil {
		exe = os.Args[0]
	}
	cmd := exec.Command(exe, "--window", "--data", h.p.Data)
	cmd.Stderr = h.p.Stderr
	return cmd
}
