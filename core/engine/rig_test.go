package engine_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
	"hookbird/core/engine"
	"hookbird/persist"
)

// rig is an engine over a real store, with a target that is a real HTTP server
// on in-memory connections, so that time can be the test's.
type rig struct {
	t      *testing.T
	dir    string
	store  *persist.Store
	engine *engine.Engine
	target *target
	wrap   func(core.Store) core.Store
	dial   engine.DialFunc // in place of the target's own
	tries  *slog.Logger
}

func newRig(t *testing.T) *rig {
	r := &rig{t: t, dir: t.TempDir(), target: newTarget()}
	return r
}

// start opens the store and starts an engine over it.
func (r *rig) start() {
	r.t.Helper()
	store, err := persist.Open(context.Background(), r.dir, persist.Options{})
	if err != nil {
		r.t.Fatal(err)
	}
	r.store = store
	var s core.Store = store
	if r.wrap != nil {
		s = r.wrap(store)
	}
	r.engine = engine.New(engine.Params{
		Store: s, Logger: slog.New(slog.DiscardHandler), Version: "test", Dial: r.dialer(), Local: -1, Tries: r.tries,
	})
	if err := r.engine.Start(context.Background()); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) dialer() engine.DialFunc {
	if r.dial != nil {
		return r.dial
	}
	return r.target.dial
}

// stop ends the engine in order and closes the store.
func (r *rig) stop() {
	r.t.Helper()
	if err := r.engine.Stop(context.Background()); err != nil {
		r.t.Error(err)
	}
	if err := r.store.Close(); err != nil {
		r.t.Error(err)
	}
	r.target.close()
}

// hook is a webhook that sends its data as JSON to the target.
func hook(id string) *core.Webhook {
	return &core.Webhook{
		ID: id, Name: "Supporter CRM", State: core.StateOn, Address: "http://target.example/" + id,
		Body: core.Body{Style: core.BodyJSON}, Retry: core.RetryPlan{Name: "90-minutes"},
	}
}

func (r *rig) save(w *core.Webhook) {
	r.t.Helper()
	if err := r.engine.Apply(engine.Edit{Webhook: w, Any: true}); err != nil {
		r.t.Fatal(err)
	}
}

// accept stores n events, numbered from.
func (r *rig) accept(from, n int) {
	r.t.Helper()
	if err := r.engine.Accept(context.Background(), numbered(from, n), nil); err != nil {
		r.t.Fatal(err)
	}
}

func numbered(from, n int) []*core.Event {
	var events []*core.Event
	for i := from; i < from+n; i++ {
		events = append(events, &core.Event{
			ID: core.NewEventID(time.Now()), Type: core.DefaultEventType, Source: "test",
			Data: fmt.Appendf(nil, `{"n":%d}`, i),
		})
	}
	return events
}

func (r *rig) state(id string) engine.WebhookState {
	r.t.Helper()
	s, err := r.engine.Webhook(id)
	if err != nil {
		r.t.Fatal(err)
	}
	return s
}

// want checks a webhook's counts.
func (r *rig) want(id string, delivered, waiting, failed uint64) {
	r.t.Helper()
	s := r.state(id)
	if s.Delivered != delivered || s.Waiting != waiting || s.Failed != failed {
		r.t.Errorf("%s: delivered %d, waiting %d, failed %d; want %d, %d, %d",
			id, s.Delivered, s.Waiting, s.Failed, delivered, waiting, failed)
	}
}

// pass lets time pass and everything that it brings happen.
func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// request is what the target got.
type request struct {
	at   time.Time
	body string
	id   string
	key  string // in the line X-Key
	path string // of the address
	code int    // status that it was answered with
}

// target is the other system. By default it accepts everything.
type target struct {
	mu     sync.Mutex
	got    []request
	answer func(n int, r request) int // status for the nth request, from 1; 0 hangs up
	says   func(r request) string     // body of answers; nil: empty
	page   atomic.Bool                // answers are web pages
	server *http.Server
	conns  chan net.Conn
	closed chan struct{}
}

func newTarget() *target {
	t := &target{conns: make(chan net.Conn), closed: make(chan struct{})}
	t.server = &http.Server{Handler: t, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)}
	return t
}

// answers sets the status that every request gets from now on.
func (t *target) answers(status int) { t.answersBy(func(int, request) int { return status }) }

func (t *target) answersBy(f func(n int, r request) int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.answer = f
}

func (t *target) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	q := request{at: time.Now(), body: string(body), id: r.Header.Get("webhook-id"), key: r.Header.Get("X-Key"), path: r.URL.Path}
	t.mu.Lock()
	t.got = append(t.got, q)
	n, answer, says := len(t.got), t.answer, t.says
	t.mu.Unlock()
	status := http.StatusOK
	if answer != nil {
		status = answer(n, q)
	}
	t.mu.Lock()
	t.got[n-1].code = status
	t.mu.Unlock()
	if status == 0 {
		panic(http.ErrAbortHandler)
	}
	if t.page.Load() {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, "<!doctype html><title>Welcome</title>")
		return
	}
	w.WriteHeader(status)
	if says != nil {
		_, _ = io.WriteString(w, says(q))
	}
}

// requests are all that the target got so far.
func (t *target) requests() []request {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]request(nil), t.got...)
}

// bodies counts how often each body came.
func (t *target) bodies() map[string]int {
	n := map[string]int{}
	for _, r := range t.requests() {
		n[r.body]++
	}
	return n
}

// records counts how often each numbered record came, alone or in a list.
func (t *target) records(tt *testing.T) map[int]int {
	tt.Helper()
	n := map[int]int{}
	for _, r := range t.requests() {
		for _, record := range r.list(tt) {
			n[record]++
		}
	}
	return n
}

// list gives the numbers of the records in a request, in order.
func (r request) list(tt *testing.T) (numbers []int) {
	tt.Helper()
	body := r.body
	if !strings.HasPrefix(body, "[") {
		body = "[" + body + "]"
	}
	var all []struct{ N int }
	if err := json.Unmarshal([]byte(body), &all); err != nil {
		tt.Fatalf("%s: %v", r.body, err)
	}
	for _, record := range all {
		numbers = append(numbers, record.N)
	}
	return numbers
}

func (t *target) dial(context.Context, string, string) (net.Conn, error) {
	select {
	case <-t.closed:
		return nil, errors.New("target is closed")
	default:
	}
	ours, theirs := net.Pipe()
	go func() { _ = t.server.Serve(&oneConn{conn: ours}) }()
	return theirs, nil
}

func (t *target) close() {
	close(t.closed)
	_ = t.server.Close()
}

// oneConn is a listener with a single connection to give.
type oneConn struct {
	conn net.Conn
	once sync.Once
}

func (l *oneConn) Accept() (net.Conn, error) {
	var c net.Conn
	l.once.Do(func() { c = l.conn })
	if c == nil {
		return nil, net.ErrClosed
	}
	return c, nil
}
func (l *oneConn) Close() error   { return nil }
func (l *oneConn) Addr() net.Addr { return l.conn.LocalAddr() }
