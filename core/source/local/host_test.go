package local

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"hookbird/core"
	"hookbird/core/source/sourcetest"
)

const (
	testKey   = "k3y-of-the-till-0123"
	testToken = "t0ken-of-the-till"
)

// host is an engine's intake in memory.
type host struct {
	sourcetest.Host

	mu     sync.Mutex
	events []*core.Event
	fail   func() error // asked before each commit
}

func (h *host) Accept(_ context.Context, events []*core.Event, marks []core.Mark) error {
	h.mu.Lock()
	fail := h.fail
	h.mu.Unlock()
	if fail != nil {
		if err := fail(); err != nil {
			return err
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.events = append(h.events, events...)
	h.Keep(marks, events...)
	return nil
}

func (h *host) AcceptRun(ctx context.Context, _ *core.Run, events []*core.Event, marks []core.Mark) error {
	return h.Accept(ctx, events, marks)
}

func (h *host) Report(string, string)        {}
func (h *host) Note(string, core.SourceNote) {}

func (h *host) refuse(fail func() error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fail = fail
}

// got gives the events and forgets them.
func (h *host) got() []*core.Event {
	h.mu.Lock()
	defer h.mu.Unlock()
	events := h.events
	h.events = nil
	return events
}

func data(events []*core.Event) (all []string) {
	for _, e := range events {
		all = append(all, string(e.Data))
	}
	return all
}

// bench is a server with one source, whose settings a test may change before it
// sends.
type bench struct {
	t    testing.TB
	host *host
	src  *core.Source
	addr string
	log  *bytes.Buffer
	stop func() error
}

func start(t testing.TB, o Options) *bench {
	t.Helper()
	ln, _, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{
		t: t, host: &host{}, addr: ln.Addr().String(), log: &bytes.Buffer{},
		src: &core.Source{ID: "till", Kind: core.KindLocal, EventType: "sale", Local: &core.LocalSource{}},
	}
	lookup := func(key string) (*core.Source, bool) { return b.src, key == testKey }
	log := slog.New(slog.NewTextHandler(b.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	s := New(b.host, lookup, log, o)
	go func() { done <- s.Serve(ctx, ln) }()
	b.stop = sync.OnceValue(func() error {
		cancel()
		return <-done
	})
	t.Cleanup(func() {
		if err := b.stop(); err != nil {
			t.Error(err)
		}
		if s := b.log.String(); strings.Contains(s, testKey) || strings.Contains(s, testToken) {
			t.Errorf("a secret is in the log: %s", s)
		}
	})
	return b
}

// reply is an answer, taken apart.
type reply struct {
	status int
	header http.Header
	body   string
	IDs    []string `json:"ids"`
	Dup    *bool    `json:"duplicate"`
	Error  struct {
		Code     string `json:"code"`
		Message  string `json:"message"`
		Accepted *int   `json:"accepted"`
	} `json:"error"`
}

// post sends a body with headers, given in pairs.
func (b *bench) post(body string, headers ...string) reply {
	b.t.Helper()
	return b.do(http.MethodPost, "/in/"+testKey, body, headers...)
}

func (b *bench) do(method, path, body string, headers ...string) reply {
	b.t.Helper()
	req, err := http.NewRequest(method, "http://"+b.addr+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.read(res)
}

// read takes an answer apart and checks what holds for every answer.
func (b *bench) read(res *http.Response) reply {
	b.t.Helper()
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	r := reply{status: res.StatusCode, header: res.Header, body: string(text)}
	if r.status == http.StatusNoContent {
		return r
	}
	if err := json.Unmarshal(text, &r); err != nil || res.Header.Get("Content-Type") != "application/json" {
		b.t.Errorf("%d, %s: %s", r.status, res.Header.Get("Content-Type"), text)
	}
	if strings.Contains(r.body, testKey) || strings.Contains(r.body, testToken) {
		b.t.Errorf("a secret is in the answer: %s", text)
	}
	if r.status == http.StatusAccepted && (r.Dup == nil || r.IDs == nil) {
		b.t.Errorf("accepted with %s", text)
	}
	if r.status >= 400 && (r.Error.Code == "" || len(r.Error.Message) < 10 || !strings.HasSuffix(r.Error.Message, ".")) {
		b.t.Errorf("refused without a sentence: %s", text)
	}
	return r
}

// raw sends bytes as they are and gives the first answer.
func (b *bench) raw(text string) reply {
	b.t.Helper()
	c, err := net.Dial("tcp", b.addr)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if _, err := io.WriteString(c, text); err != nil {
		b.t.Fatal(err)
	}
	return b.answer(c)
}
