package control

import (
	"context"
	"crypto/subtle"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"hookbird/core"
)

// Limits of time and size that a Server keeps.
const (
	headerTimeout = 5 * time.Second
	bodyTimeout   = 30 * time.Second // to read a request's body
	answerTimeout = 30 * time.Second // to write an answer
	lineTimeout   = 2 * time.Second  // to write a line of the stream
	idleTimeout   = 2 * time.Minute
	stopTimeout   = 3 * time.Second        // for Serve to stop once its context ends
	stopGrace     = 500 * time.Millisecond // for requests to end by themselves when it stops
	maxHeader     = 16 << 10               // bytes

	tokenLen = 52 // characters of 5 random bits
)

// ServerOptions are what a Server needs besides the Service. The functions may
// be nil; each is called on a goroutine of its own.
type ServerOptions struct {
	Version string
	Logger  *slog.Logger // nil: slog.Default()
	OnShow  func()       // the window is wanted: bring it up if there is none
	OnQuit  func()       // somebody asked Hookbird to end
	OnNewer func()       // a newer Hookbird wants to take over; nil: OnQuit
}

// Server answers for the engine of one data folder. Its methods may be called
// from any goroutine.
type Server struct {
	dir     string
	o       ServerOptions
	api     int // APIVersion, but for tests
	hub     *hub
	service atomic.Pointer[Service]
	http    *http.Server
	cancel  context.CancelFunc // ends the requests that are on their way

	mu       sync.Mutex
	listener net.Listener
	at       endpoint
	stopped  bool
}

// NewServer makes a server for the engine in dir. s may be nil until SetService.
func NewServer(dir string, s Service, o ServerOptions) *Server {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.OnNewer == nil {
		o.OnNewer = o.OnQuit
	}
	ctx, cancel := context.WithCancel(context.Background())
	server := &Server{dir: dir, o: o, api: APIVersion, hub: newHub(), cancel: cancel}
	server.http = &http.Server{
		Handler:           server.guard(server.mux()),
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: headerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(o.Logger.Handler(), slog.LevelDebug),
	}
	if s != nil {
		server.SetService(s)
	}
	return server
}

// SetService says who answers from now on. Until then requests are told that
// Hookbird is still starting.
func (s *Server) SetService(service Service) { s.service.Store(&service) }

// Starting says that nobody answers for now: requests are told that Hookbird is still
// starting, until SetService.
func (s *Server) Starting() { s.service.Store(nil) }

// Listen takes the place where the engine answers, removing what a dead engine
// left there, and writes control.json. The caller holds the store's lock.
func (s *Server) Listen() error {
	dir, err := filepath.Abs(s.dir)
	if err != nil {
		return err
	}
	l, err := listen(dir, runtime.GOOS)
	if err != nil {
		return core.Wrap(core.CodeUnavailable, err, "Hookbird could not open the place where its window reaches it.")
	}
	if err := s.listenOn(dir, l); err != nil {
		_ = l.Close()
		return core.Wrap(core.CodeUnavailable, err,
			"Hookbird could not write "+fileName+" in its data folder. Check the folder's rights and free space.")
	}
	return nil
}

func (s *Server) listenOn(dir string, l net.Listener) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dir, s.listener = dir, l
	s.at = endpoint{
		Net: l.Addr().Network(), Address: l.Addr().String(), Token: core.NewKey(tokenLen),
		PID: os.Getpid(), Version: s.o.Version, API: s.api,
	}
	return writeEndpoint(dir, s.at)
}

// Serve answers until Stop, or until ctx ends, which stops it. Listen comes
// first. It returns nil after a stop.
func (s *Server) Serve(ctx context.Context) error {
	s.mu.Lock()
	l := s.listener
	s.mu.Unlock()
	if l == nil {
		return errors.New("serve: listen comes first")
	}
	defer context.AfterFunc(ctx, func() {
		limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		s.Stop(limit)
	})()
	if err := s.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Stop says "quit" to the window, lets requests end for half a second, cancels
// those that are left, waits for them until ctx ends, and removes control.json
// and the socket. It is safe twice, and before Serve.
func (s *Server) Stop(ctx context.Context) {
	s.hub.stop()
	defer time.AfterFunc(stopGrace, s.cancel).Stop()
	if err := s.http.Shutdown(ctx); err != nil {
		s.cancel()
		_ = s.http.Close()
	}
	s.cancel()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped || s.listener == nil {
		return
	}
	s.stopped = true
	_ = s.listener.Close() // was never served, or is closed already
	removeEndpoint(s.dir, s.at)
}

// Changed says that something a window shows has changed. It is cheap and never
// waits: the hot path calls it.
func (s *Server) Changed() { s.hub.changed() }

// Show asks for the window, as a second Hookbird does, at a page ("" for wherever
// it is; the pages are the window's to know): the ask is remembered
// until a window acknowledges that it came forward.
func (s *Server) Show(page string) {
	s.hub.ask(page)
	s.spawn("show", s.o.OnShow)
}

// ShowPending tells whether the window was asked for and has not come forward
// yet. A window that ended meanwhile has to be opened again.
func (s *Server) ShowPending() bool { return s.hub.pending() }

// WindowOpen tells whether a window reads the stream of changes.
func (s *Server) WindowOpen() bool { return s.hub.isOpen() }

// spawn calls what an option wants called, and survives it.
func (s *Server) spawn(what string, call func()) {
	if call == nil {
		return
	}
	go func() {
		defer func() {
			if p := recover(); p != nil {
				s.o.Logger.Error("control callback panicked", "call", what, "panic", p)
			}
		}()
		call()
	}()
}

// guard lets only requests through that could read control.json.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		at := s.at
		s.mu.Unlock()
		_, origin := r.Header["Origin"]
		want := "Bearer " + at.Token
		switch {
		case r.Host != at.host():
			refuse(w, http.StatusForbidden, "", "The request names another host.")
		case origin:
			refuse(w, http.StatusForbidden, "", "Web pages cannot speak to Hookbird here.")
		case subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), []byte(want)) != 1:
			refuse(w, http.StatusUnauthorized, "token", "The request does not carry the token of this Hookbird.")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// refuse answers what never reached a route.
func refuse(w http.ResponseWriter, status int, reason, sentence string) {
	w.Header().Set("Connection", "close")
	answer(w, status, wireErrors{Error: &wireError{Code: core.CodeInvalid, Message: sentence, Reason: reason}})
}
