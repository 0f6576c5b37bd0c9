package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"hookbird/core"
	"hookbird/core/ask"
	"hookbird/core/source"
	"hookbird/core/source/sourcetest"
)

// service is a web service with a list of orders.
type service struct {
	mu       sync.Mutex
	orders   []string // JSON
	paths    []string // that were asked for
	links    bool     // the next page stands in a Link line
	size     int      // records of a page; 0: all
	tagged   bool     // it knows ETags,
	lazy     bool     // which say only whether the first page is the same
	refuse   func(n int, w http.ResponseWriter, r *http.Request) bool
	clamp    bool // behind the last page it gives that again
	deaf     bool // it does not know of pages
	unpacked bool // the list is the whole answer
}

func order(id int, state string) string { return fmt.Sprintf(`{"id":%d,"state":%q}`, id, state) }

func orders(from, to int) (list []string) {
	for id := from; id <= to; id++ {
		list = append(list, order(id, "new"))
	}
	return list
}

func (s *service) set(list ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.orders = list
}

func (s *service) add(list ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.orders = append(s.orders, list...)
}

func (s *service) asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := s.paths
	s.paths = nil
	return asked
}

// ServeHTTP implements http.Handler.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.paths = append(s.paths, r.URL.RequestURI())
	if s.refuse != nil && s.refuse(len(s.paths), w, r) {
		return
	}
	from, to := s.slice(r)
	tag := fmt.Sprintf(`"%x"`, strings.Join(s.orders[from:to], ","))
	if s.lazy {
		tag = fmt.Sprintf(`"%x"`, strings.Join(s.orders[:min(s.size, len(s.orders))], ","))
	}
	if s.tagged {
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", tag)
	}
	more := ""
	if to < len(s.orders) {
		more = fmt.Sprintf("/orders?offset=%d", to)
		if s.links {
			w.Header().Set("Link", `</orders>; rel="first", <`+more+`>; rel="next"`)
		}
	}
	list := "[" + strings.Join(s.orders[from:to], ",") + "]"
	if s.unpacked {
		_, _ = fmt.Fprint(w, list)
		return
	}
	cursor := "null"
	if more != "" {
		cursor = strconv.Itoa(to)
	}
	_, _ = fmt.Fprintf(w, `{"data":{"orders":%s},"next":%q,"cursor":%s}`, list, more, cursor)
}

func (s *service) slice(r *http.Request) (from, to int) {
	size := s.size
	if size == 0 || s.deaf {
		if size == 0 {
			size = len(s.orders)
		}
		return 0, min(size, len(s.orders))
	}
	for _, name := range []string{"offset", "cursor"} {
		if n, err := strconv.Atoi(r.URL.Query().Get(name)); err == nil {
			from = n
		}
	}
	if n, err := strconv.Atoi(r.URL.Query().Get("page")); err == nil {
		from = (n - 1) * size
	}
	if last := (len(s.orders) - 1) / size * size; s.clamp && from > last {
		from = last
	}
	from = min(from, len(s.orders))
	return from, min(from+size, len(s.orders))
}

// bench is a source of a service, of which each look is called for.
type bench struct {
	t       *testing.T
	service *service
	host    *sourcetest.Host
	src     *core.Source
	options ask.Options
	web     *Web
}

func newBench(t *testing.T, w core.WebSource) *bench {
	t.Helper()
	b := &bench{t: t, service: &service{}, host: &sourcetest.Host{}}
	server := httptest.NewServer(b.service)
	t.Cleanup(server.Close)
	if w.Ask.Address == "" {
		w.Ask.Address = "/orders"
	}
	w.Ask.Address = server.URL + w.Ask.Address
	if w.List == "" {
		w.List = "data.orders"
	}
	b.src = &core.Source{ID: "s1", Kind: core.KindWeb, Web: &w, EventType: "order.created"}
	b.src.Existing.Do = core.ExistingSend
	b.start()
	return b
}

// start makes the source anew, as after a crash.
func (b *bench) start() {
	if b.web != nil && b.web.client != nil {
		b.web.client.Close()
	}
	b.web = New(b.src, b.host, env, quiet)
	b.web.options = b.options
}

var (
	env   = source.Env{Version: "1.0", Proxy: core.Proxy{Kind: core.ProxyNone}}
	quiet = slog.New(slog.DiscardHandler)
)

// look looks once.
func (b *bench) look() error {
	b.t.Helper()
	return b.web.look(b.t.Context())
}

// mustLook looks once, and has to succeed.
func (b *bench) mustLook() {
	b.t.Helper()
	if err := b.look(); err != nil {
		b.t.Fatal(err)
	}
}

// want compares what has come since, each as "type id state".
func (b *bench) want(want ...string) {
	b.t.Helper()
	var got []string
	for _, e := range b.host.Events() {
		var id, state string
		data := string(e.Data)
		if _, rest, ok := strings.Cut(data, `"id":`); ok {
			id, _, _ = strings.Cut(rest, ",")
			id = strings.Trim(id, `"}`)
		}
		if _, rest, ok := strings.Cut(data, `"state":"`); ok {
			state, _, _ = strings.Cut(rest, `"`)
		}
		got = append(got, strings.TrimSpace(strings.TrimPrefix(e.Type, "order.")+" "+id+" "+state))
	}
	slices.SortStableFunc(got, func(a, b string) int { // those that are gone come in no order
		if strings.HasPrefix(a, "removed") && strings.HasPrefix(b, "removed") {
			return strings.Compare(a, b)
		}
		return 0
	})
	if !slices.Equal(got, want) {
		b.t.Errorf("came %q, want %q", got, want)
	}
}

func news(from, to int) (want []string) {
	for id := from; id <= to; id++ {
		want = append(want, fmt.Sprintf("created %d new", id))
	}
	return want
}

// pipes is a network inside a bubble.
type pipes struct {
	conns chan net.Conn
	once  sync.Once
	done  chan struct{}
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), done: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error { p.once.Do(func() { close(p.done) }); return nil }

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case p.conns <- theirs:
		return ours, nil
	case <-ctx.Done():
	case <-p.done:
	}
	return nil, errors.New("nobody is there")
}
