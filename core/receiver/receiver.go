// Package receiver is the other system, for those who show or test Hookbird as a
// whole: a real HTTP server on this computer that keeps every request it gets
// and answers as it is told.
//
// It must not know anything of how Hookbird works: what it keeps is what came
// over the wire.
package receiver

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Request is one request as it came.
type Request struct {
	At     time.Time
	Method string
	Path   string
	Header http.Header
	Body   []byte
	Form   url.Values // of the body, if it was packed as a web form
}

// ID is the delivery's id, from the header webhook-id.
func (r Request) ID() string { return r.Header.Get("webhook-id") }

// Answer decides what a request is answered: an HTTP status and a body. It runs
// on the request's own goroutine and may take its time; r.Context ends when the
// sender has gone.
type Answer func(ctx context.Context, r Request) (status int, body string)

// OK answers every request with 200.
func OK(context.Context, Request) (status int, body string) { return http.StatusOK, "ok\n" }

// Receiver is a running receiver. Its methods may be called from any goroutine.
type Receiver struct {
	server *http.Server
	url    string

	mu      sync.Mutex
	answer  Answer
	got     []Request
	changed chan struct{} // closed and replaced at each request
}

// Start opens a receiver on a free port of the loopback address. Whoever starts
// one closes it.
func Start(answer Answer) (*Receiver, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &Receiver{url: "http://" + listener.Addr().String(), answer: answer, changed: make(chan struct{})}
	r.server = &http.Server{Handler: r, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = r.server.Serve(listener) }()
	return r, nil
}

// URL is the address without a path, "http://127.0.0.1:PORT".
func (r *Receiver) URL() string { return r.url }

// SetAnswer changes how requests are answered from now on.
func (r *Receiver) SetAnswer(answer Answer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = answer
}

// Requests gives all that came so far, in the order of their arrival.
func (r *Receiver) Requests() []Request {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.got)
}

// Wait returns once enough holds for what came, or ctx's error. It asks anew at
// every request.
func (r *Receiver) Wait(ctx context.Context, enough func([]Request) bool) error {
	for {
		r.mu.Lock()
		got, changed := slices.Clone(r.got), r.changed
		r.mu.Unlock()
		if enough(got) {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Close stops it and cuts what is under way.
func (r *Receiver) Close() { _ = r.server.Close() }

// ServeHTTP keeps the request, then answers it.
func (r *Receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return // the sender went away in the middle: nothing came
	}
	got := Request{At: time.Now(), Method: req.Method, Path: req.URL.Path, Header: req.Header, Body: body}
	if req.Header.Get("Content-Type") == "application/x-www-form-urlencoded" {
		got.Form, _ = url.ParseQuery(string(body))
	}
	status, text := r.keep(got)(req.Context(), got)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text)
}

func (r *Receiver) keep(got Request) Answer {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.got = append(r.got, got)
	close(r.changed)
	r.changed = make(chan struct{})
	return r.answer
}
