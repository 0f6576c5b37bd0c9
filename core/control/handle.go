package control

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"runtime/debug"
	"time"

	"hookbird/core"
	"hookbird/core/openmetrics"
)

// handshake is what the engine says of itself before anything else, in every
// version of the API.
type handshake struct {
	Product string `json:"product"` // "hookbird"
	Version string `json:"version"`
	API     int    `json:"api"`
	PID     int    `json:"pid"`
	Ready   bool   `json:"ready"` // the store is open
}

const product = "hookbird"

// errStarting answers requests that need the store before it is open.
var errStarting = core.Wrap(core.CodeUnavailable, ErrStarting, "Hookbird is still starting. This takes a moment.")

// errWindow refuses a second window.
var errWindow = core.Wrap(core.CodeConflict, ErrWindowOpen, "Hookbird's window is open already.")

// mux joins the routes of Service with those of the server itself.
func (s *Server) mux() http.Handler {
	mux := http.NewServeMux()
	own := func(method, path string, call func(r *request) (any, error)) {
		mux.Handle(method+" "+path, s.handle(route{
			method: method, path: path, limit: smallBody,
			call: func(_ context.Context, _ Service, r *request) (any, error) { return call(r) },
		}))
	}
	own("GET", "/handshake", s.handshake)
	own("POST", "/v1/show", s.show)
	own("POST", "/v1/shown", s.shown)
	own("POST", "/v1/quit", s.quit)
	mux.HandleFunc("GET /v1/changes", s.changes)
	for _, rt := range routes {
		mux.Handle(rt.method+" "+rt.path, s.handle(rt))
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		answer(w, http.StatusNotFound, packError(core.Errorf(core.CodeNotFound, "Hookbird has nothing at %s %s.", r.Method, r.URL.Path)))
	})
	return mux
}

func (s *Server) handshake(*request) (any, error) {
	return handshake{product, s.o.Version, s.api, os.Getpid(), s.service.Load() != nil}, nil
}

func (s *Server) show(r *request) (any, error) {
	var b wireShow
	if err := r.into(&b); err != nil {
		return nil, err
	}
	s.Show(b.Page)
	return nil, nil
}

func (s *Server) shown(r *request) (any, error) {
	var b wireShown
	err := r.into(&b)
	s.hub.acknowledge(b.Show)
	return nil, err
}

func (s *Server) quit(r *request) (any, error) {
	var b wireQuit
	if err := r.into(&b); err != nil {
		return nil, err
	}
	if b.Newer {
		s.spawn("newer", s.o.OnNewer)
	} else {
		s.spawn("quit", s.o.OnQuit)
	}
	return nil, nil
}

// request is what a route reads its arguments from.
type request struct {
	*http.Request
	body []byte
}

// into reads the body as one JSON value with no name that v does not know.
func (r *request) into(v any) error {
	d := json.NewDecoder(bytes.NewReader(r.body))
	d.DisallowUnknownFields()
	err := d.Decode(v)
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("more than one value")
		}
	}
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*core.Error](err); ok {
		return e
	}
	return core.Wrap(core.CodeInvalid, err, "The body of the request is not what this route takes.")
}

// handle answers one route: it reads the body within its limits, calls, and
// writes what came of it.
func (s *Server) handle(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer s.survive(w, rt.path)
		body, err := readBody(w, r, rt.limit)
		if err != nil {
			w.Header().Set("Connection", "close")
			answer(w, http.StatusRequestEntityTooLarge, packError(err))
			return
		}
		value, err := s.call(rt, r, body)
		if err != nil {
			s.fail(w, r, rt, err)
			return
		}
		answer(w, http.StatusOK, value)
	})
}

func (s *Server) call(rt route, r *http.Request, body []byte) (any, error) {
	if !rt.needsService() {
		return rt.call(r.Context(), nil, &request{r, body})
	}
	service := s.service.Load()
	if service == nil {
		return nil, errStarting
	}
	return rt.call(r.Context(), *service, &request{r, body})
}

// fail answers with an error. What is no sentence for a person goes to the log,
// unless it is only that the caller did not wait.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, rt route, err error) {
	code := core.CodeOf(err)
	if code == core.CodeInternal && r.Context().Err() == nil {
		s.o.Logger.Error("control request failed", "method", rt.method, "route", rt.path, "error", err)
	}
	if code == core.CodeUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	answer(w, statusOf(code), packError(err))
}

// survive turns a panic into an answer: it must not take the engine down.
func (s *Server) survive(w http.ResponseWriter, path string) {
	p := recover()
	if p == nil {
		return
	}
	s.o.Logger.Error("control request panicked", "route", path, "panic", p, "stack", string(debug.Stack()))
	err := errors.New("panic")
	answer(w, http.StatusInternalServerError, packError(err))
}

// readBody reads a request's body of at most limit bytes. The deadline is lifted
// again afterwards: a request that has come whole may take its time.
func readBody(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(bodyTimeout))
	defer func() { _ = control.SetReadDeadline(time.Time{}) }()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return nil, core.Errorf(core.CodeInvalid, "The request is larger than %d MB. Send less at once.", limit>>20)
	}
	if err != nil {
		return nil, core.Wrap(core.CodeInvalid, err, "The request did not arrive whole.")
	}
	return body, nil
}

// answer writes an answer as JSON, and metrics as what they are; nil is an empty one.
func answer(w http.ResponseWriter, status int, value any) {
	data, kind := []byte("{}"), "application/json"
	if text, ok := value.(MetricsText); ok {
		data, kind = []byte(text), openmetrics.ContentType
	} else if value != nil {
		var err error
		if data, err = json.Marshal(value); err != nil {
			status, data = http.StatusInternalServerError, mustJSON(packError(err))
		}
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "no-store")
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(answerTimeout))
	w.WriteHeader(status)
	_, _ = w.Write(data)
}

// mustJSON marshals what holds nothing but texts.
func mustJSON(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return data
}

// changes is the stream, and with it the registration of a window.
func (s *Server) changes(w http.ResponseWriter, r *http.Request) {
	if !s.hub.enter() {
		answer(w, http.StatusConflict, packError(errWindow))
		return
	}
	defer s.hub.leave()
	control := http.NewResponseController(w)
	w.Header().Set("Content-Type", "application/x-ndjson")
	w.Header().Set("Cache-Control", "no-store")
	err := s.hub.run(r.Context().Done(), func(c Change) error {
		if err := control.SetWriteDeadline(time.Now().Add(lineTimeout)); err != nil {
			return err
		}
		if _, err := w.Write(append(mustJSON(c), '\n')); err != nil {
			return err
		}
		return control.Flush()
	})
	if err != nil {
		s.o.Logger.Debug("window stopped reading", "error", err)
	}
}
