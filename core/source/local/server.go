// Package local takes the events that programs on this computer post to it:
//
//	POST http://127.0.0.1:PORT/in/KEY[/TYPE]         JSON, lines of JSON, a form,
//	                                                CloudEvents; XML if the source says so
//	GET  http://127.0.0.1:PORT/in/KEY[/TYPE]?a=1&b=2  if the source says so
//
// One server answers for all local sources; the key in the path says which one
// is meant. What is accepted is on disk before the answer goes out, and what is
// not is refused with a code for the program and a sentence for its author.
//
// The address is open to whatever runs on the computer, web pages in a browser
// included. So the Host header is checked before all else, pages are refused
// unless a source names them, and keys and tokens appear in no answer and no
// log. A source may ask for a signature on top.
//
// The package must not know how keys are kept, nor what becomes of an event.
package local

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"

	"hookbird/core"
	"hookbird/core/source"
)

// Options are the limits of a server; each zero means its default.
type Options struct {
	HeaderTimeout time.Duration // for a request's header: 10 s
	ReadTimeout   time.Duration // for a request with its body: 60 s
	WriteTimeout  time.Duration // from the header to the end of the answer: 2 min
	IdleTimeout   time.Duration // between two requests of a connection: 2 min
	StopTimeout   time.Duration // for requests in flight when the server ends: 5 s
	MaxRequest    int64         // bytes of a body: 64 MiB
	MaxBodies     int64         // bytes of all large bodies at once: 256 MiB
	Slice         int           // events in one commit: 1,000
}

func (o Options) filled() Options {
	set(&o.HeaderTimeout, 10*time.Second)
	set(&o.ReadTimeout, time.Minute)
	set(&o.WriteTimeout, 2*time.Minute)
	set(&o.IdleTimeout, 2*time.Minute)
	set(&o.StopTimeout, 5*time.Second)
	set(&o.MaxRequest, 64<<20)
	set(&o.MaxBodies, 256<<20)
	set(&o.Slice, 1000)
	return o
}

func set[T comparable](to *T, value T) {
	var zero T
	if *to == zero {
		*to = value
	}
}

// Limits that no option changes.
const (
	maxHeader    = 16 << 10 // bytes of a request's header
	maxRecords   = 500_000  // in one request
	defaultEvent = 1 << 20  // bytes, unless the source says otherwise
)

// Server is the local address. Its methods may be called from any goroutine.
type Server struct {
	host   source.Host
	lookup func(key string) (*core.Source, bool)
	log    *slog.Logger
	o      Options
	http   *http.Server
	bodies atomic.Int64 // bytes of large bodies that are being read or accepted
	once   once
	fresh  fresh
	ctx    context.Context // ends with the server, so that no commit is waited for in vain
	cancel context.CancelFunc
}

// New makes a server. lookup finds the source of a key, in a time that says
// nothing of the key; the source's token carries its text.
func New(h source.Host, lookup func(key string) (*core.Source, bool), log *slog.Logger, o Options) *Server {
	s := &Server{host: h, lookup: lookup, log: log, o: o.filled()}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.http = &http.Server{
		Handler:                      http.HandlerFunc(s.answer),
		ReadHeaderTimeout:            s.o.HeaderTimeout,
		ReadTimeout:                  s.o.ReadTimeout,
		WriteTimeout:                 s.o.WriteTimeout,
		IdleTimeout:                  s.o.IdleTimeout,
		MaxHeaderBytes:               maxHeader,
		DisableGeneralOptionsHandler: true,
		ConnState:                    s.fresh.note,
		ErrorLog:                     slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	return s
}

// Handler answers the requests of the local address.
func (s *Server) Handler() http.Handler { return s.http.Handler }

// Serve takes requests until ctx is done or Stop is called; then it waits for
// those in flight and returns nil. A server serves once.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	stopped := make(chan struct{})
	unhook := context.AfterFunc(ctx, func() {
		defer close(stopped)
		limit, cancel := context.WithTimeout(context.Background(), s.o.StopTimeout)
		defer cancel()
		if err := s.Stop(limit); err != nil {
			s.log.Warn("local address stopped while requests were in flight", "error", err)
		}
	})
	if two, ok := ln.(*both); ok {
		go func() { _ = s.http.Serve(plain{two.six}) }() // ends with the other one
	}
	err := s.http.Serve(plain{ln})
	if !unhook() {
		<-stopped
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Stop takes no more requests and waits for those in flight until ctx is done;
// then it ends their connections.
func (s *Server) Stop(ctx context.Context) error {
	defer s.cancel()
	s.fresh.close()
	err := s.http.Shutdown(ctx)
	if errors.Is(err, net.ErrClosed) {
		err = nil // one of the two listeners closes the other as well
	}
	if err != nil {
		_ = s.http.Close() // what they were told they would wait for is over
	}
	return err
}

// answer takes one request.
func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if p := recover(); p != nil && p != http.ErrAbortHandler {
			s.log.Error("local address panicked", "panic", p, "stack", string(debug.Stack()))
			refuse(http.StatusInternalServerError, "internal", core.Sentence(errors.New("panic"))).write(w)
		}
	}()
	if no := s.take(w, r); no != nil {
		no.write(w)
	}
}

// take leads a request through all checks and answers it, unless it is refused.
func (s *Server) take(w http.ResponseWriter, r *http.Request) *refusal {
	if no := checkHost(r); no != nil {
		return no
	}
	key, typ, ok := split(r.URL.Path)
	if !ok {
		return refuse(http.StatusNotFound, "not_found", "There is nothing at this path. Post to /in/ and the key of a source.")
	}
	src, known := s.lookup(key)
	if no := checkPage(w.Header(), r, src, known); no != nil {
		return no
	}
	if r.Method == http.MethodOptions && known && r.Header.Get("Origin") != "" {
		preflight(w)
		return nil
	}
	if no := checkMethod(r, src, known); no != nil {
		return no
	}
	if !known || src.Local == nil {
		return refuse(http.StatusNotFound, "not_found", "No source has this key. Copy the address of the source from Hookbird again.")
	}
	if no := checkToken(r, src); no != nil {
		return no
	}
	if src.Paused {
		return unavailable("This source is paused in Hookbird. Send the same again later.", "60")
	}
	return s.intake(w, r, src, typ)
}

// intake reads the events of a request that may bring some.
func (s *Server) intake(w http.ResponseWriter, r *http.Request, src *core.Source, typ string) *refusal {
	b := batch{src: src, typ: typ}
	if typ == "" {
		b.typ = src.Type()
	} else if err := core.ValidType(typ); err != nil {
		return refuse(http.StatusBadRequest, "invalid", core.Sentence(err))
	}
	var no *refusal
	if b.hops, no = hops(r); no != nil {
		return no
	}
	c, body, release, no := s.content(r, src)
	defer release()
	if no != nil {
		return no
	}
	if no := checkSignature(r.Header, src, body, time.Now()); no != nil {
		return no
	}
	if no := b.decode(c, body); no != nil {
		return no
	}
	if no := b.cloudHeaders(r.Header); no != nil {
		return no
	}
	if no := s.refuseCards(&b); no != nil {
		return no
	}
	units, no := b.units(idempotencyKey(r, src), body)
	if no != nil {
		return no
	}
	if len(units) > 0 {
		return s.acceptOnce(w, r, &b, units)
	}
	return s.accept(w, &b)
}

// content reads what a request brings: its body, or its query. release must be called
// when that has been dealt with.
func (s *Server) content(r *http.Request, src *core.Source) (c content, body []byte, release func(), no *refusal) {
	if r.Method == http.MethodGet {
		return content{format: formatQuery}, []byte(r.URL.RawQuery), func() {}, nil
	}
	if c, no = contentOf(r.Header, src.Local); no != nil {
		return c, nil, func() {}, no
	}
	body, release, no = s.read(r)
	return c, body, release, no
}
