package control

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
)

// piped serves over pipes in memory, for a bubble of synctest.
func piped(t *testing.T, o ServerOptions) (*Server, *Client) {
	t.Helper()
	dir := t.TempDir()
	l := &pipes{conns: make(chan net.Conn), done: make(chan struct{})}
	s := NewServer(dir, &fake{}, o)
	if err := s.listenOn(dir, l); err != nil {
		t.Fatal(err)
	}
	go func() { _ = s.Serve(context.Background()) }()
	c, err := dial(dir, func(context.Context, string, string) (net.Conn, error) { return l.connect() })
	if err != nil {
		t.Fatal(err)
	}
	return s, c
}

// pipes is a listener whose connections are pipes.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func (l *pipes) connect() (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case l.conns <- theirs:
		return ours, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *pipes) Close() error   { l.once.Do(func() { close(l.done) }); return nil }
func (l *pipes) Addr() net.Addr { return &net.UnixAddr{Net: "unix", Name: "/pipe"} }

// window follows the stream and keeps its lines.
type window struct {
	lines chan Change
	ended chan error
	close context.CancelFunc
}

func opened(ctx context.Context, c *Client) *window {
	ctx, cancel := context.WithCancel(ctx)
	w := &window{make(chan Change, 1000), make(chan error, 1), cancel}
	go func() { w.ended <- c.Changes(ctx, func(change Change) { w.lines <- change }) }()
	return w
}

func stop(s *Server) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	s.Stop(ctx)
}

func TestStreamIsHeldBackUnderLoad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := piped(t, ServerOptions{})
		w := opened(t.Context(), c)
		if first := <-w.lines; first != (Change{}) {
			t.Errorf("the first line is %+v", first)
		}
		for range 5000 { // 1,000 changes a second for 5 s
			time.Sleep(time.Millisecond)
			s.Changed()
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if n := len(w.lines); n < 40 || n > 51 {
			t.Errorf("%d lines in 5 s", n)
		}
		var last Change
		for len(w.lines) > 0 {
			last = <-w.lines
		}
		if last.Generation != 5000 {
			t.Errorf("the last line says %d of 5000", last.Generation)
		}
		stop(s)
		if err := <-w.ended; err != nil || !(<-w.lines).Quit {
			t.Errorf("ended with %v", err)
		}
		c.Close()
	})
}

func TestIdleStreamIsSilentAndThenAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := piped(t, ServerOptions{})
		w := opened(t.Context(), c)
		<-w.lines
		time.Sleep(time.Hour)
		if n := len(w.lines); n != 0 {
			t.Errorf("%d lines in an idle hour", n)
		}
		start := time.Now()
		s.Changed()
		<-w.lines
		if late := time.Since(start); late != 0 {
			t.Errorf("the line came %v late", late)
		}
		stop(s)
		c.Close()
	})
}

func TestSlowReaderLosesItsStream(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := piped(t, ServerOptions{})
		stuck := make(chan struct{})
		ended := make(chan error, 1)
		go func() { ended <- c.Changes(t.Context(), func(Change) { <-stuck }) }()
		for range 3000 { // pipes hold nothing: the window's own buffers fill, then writes block
			time.Sleep(time.Second)
			s.Changed()
		}
		if s.WindowOpen() {
			t.Error("a window that does not read is still registered")
		}
		close(stuck)
		if err := <-ended; !errors.Is(err, ErrNobody) {
			t.Errorf("the window was told %v", err)
		}
		stop(s)
		c.Close()
	})
}

func TestReconnectGivesUpAfterEightSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := piped(t, ServerOptions{})
		stop(s)
		start := time.Now()
		if err := c.Reconnect(t.Context()); !errors.Is(err, ErrNobody) {
			t.Errorf("got %v", err)
		}
		if took := time.Since(start); took != reconnectFor {
			t.Errorf("it took %v", took)
		}
		c.Close()
	})
}

func TestReconnectWaitsForTheStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := piped(t, ServerOptions{})
		s.service.Store(nil) // as after a restart
		if err := c.Reconnect(t.Context()); !errors.Is(err, ErrStarting) {
			t.Errorf("got %v", err)
		}
		start := time.Now()
		time.AfterFunc(3*time.Second, func() { s.SetService(&fake{}) })
		if err := c.Reconnect(t.Context()); err != nil || time.Since(start) > 3*time.Second+reconnectEvery {
			t.Errorf("got %v after %v", err, time.Since(start))
		}
		stop(s)
		c.Close()
	})
}

func TestSecondWindowIsRefused(t *testing.T) {
	s, dir := started(t, &fake{}, ServerOptions{})
	if s.WindowOpen() {
		t.Error("open before there is one")
	}
	first := opened(t.Context(), dialed(t, dir))
	<-first.lines
	if !s.WindowOpen() {
		t.Error("not open")
	}
	second := opened(t.Context(), dialed(t, dir))
	if err := <-second.ended; !errors.Is(err, ErrWindowOpen) || core.CodeOf(err) != core.CodeConflict {
		t.Errorf("the second window was told %v", err)
	}
	first.close()
	if err := <-first.ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the first ended with %v", err)
	}
	eventually(t, func() bool { return !s.WindowOpen() })
	third := opened(t.Context(), dialed(t, dir))
	<-third.lines
}

// eventually waits for what another process would see a moment later.
func eventually(t *testing.T, is func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); !is(); runtime.Gosched() {
		if time.Now().After(end) {
			t.Fatal("it never came")
		}
	}
}

func TestShowIsRememberedUntilAcknowledged(t *testing.T) {
	asked := make(chan struct{}, 10)
	s, dir := started(t, &fake{}, ServerOptions{OnShow: func() { asked <- struct{}{} }})
	c := dialed(t, dir)
	if err := c.Show(t.Context(), "sources"); err != nil { // a second hookbird
		t.Fatal(err)
	}
	<-asked
	if !s.ShowPending() {
		t.Fatal("forgotten at once")
	}

	closing := opened(t.Context(), c) // never acknowledges
	first := (<-closing.lines).Show
	if first == 0 {
		t.Error("the window was not asked")
	}
	closing.close()
	eventually(t, func() bool { return !s.WindowOpen() })
	if !s.ShowPending() {
		t.Fatal("the click was lost with the window that closed")
	}

	w := opened(t.Context(), c)
	line := <-w.lines
	if line.Show != first || line.Page != "sources" {
		t.Errorf("the next window was not asked: %+v", line)
	}
	s.Changed()
	if line = <-w.lines; line.Show != first || line.Page != "sources" {
		t.Errorf("a later line does not ask: %+v", line)
	}
	s.Show("") // a click of the tray, before the acknowledgement of the first arrives
	acknowledge(t, s, c, first, true)
	if line = <-w.lines; line.Show != first+1 {
		t.Errorf("not asked again: %+v", line)
	}
	acknowledge(t, s, c, first+9, true) // a number that was never asked
	acknowledge(t, s, c, first+1, false)
	s.Changed()
	if line = <-w.lines; line.Show != 0 {
		t.Errorf("asked although it was met: %+v", line)
	}
}

func acknowledge(t *testing.T, s *Server, c *Client, number uint64, stillPending bool) {
	t.Helper()
	if err := c.Shown(t.Context(), number); err != nil {
		t.Fatal(err)
	}
	if s.ShowPending() != stillPending {
		t.Errorf("after %d pending is %v", number, s.ShowPending())
	}
}

func TestShowsOfTwoEnginesHaveDifferentNumbers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		first := newHub()
		first.ask("")
		time.Sleep(time.Second)
		second := newHub()
		second.ask("")
		if first.now().Show == second.now().Show {
			t.Error("a window would take the one for the other")
		}
	})
}

func TestQuitAndTakeOver(t *testing.T) {
	heard := make(chan string, 2)
	_, dir := started(t, &fake{}, ServerOptions{
		OnQuit:  func() { heard <- "quit" },
		OnNewer: func() { heard <- "newer"; panic("survived") },
	})
	c := dialed(t, dir)
	if err := c.TakeOver(t.Context()); err != nil || <-heard != "newer" {
		t.Errorf("take over: %v", err)
	}
	if err := c.Quit(t.Context()); err != nil || <-heard != "quit" {
		t.Errorf("quit: %v", err)
	}
}

func TestStopLeavesNothingBehind(t *testing.T) {
	s, dir := started(t, &fake{}, ServerOptions{})
	w := opened(t.Context(), dialed(t, dir))
	<-w.lines
	stop(s)
	if err := <-w.ended; err != nil || !(<-w.lines).Quit {
		t.Errorf("the window ended with %v", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	if _, err := Dial(dir); !errors.Is(err, ErrNobody) || core.CodeOf(err) != core.CodeUnavailable {
		t.Errorf("got %v", err)
	}
	stop(s) // safe twice
}

func TestStopCutsOffWhatDoesNotEnd(t *testing.T) {
	f := slowTest()
	s, dir := started(t, f, ServerOptions{})
	c := dialed(t, dir)
	ended := make(chan error, 1)
	go func() { _, err := c.Test(t.Context(), TestRequest{}); ended <- err }()
	<-f.in
	stop(s)
	<-f.left
	if err := <-ended; err == nil {
		t.Error("the caller heard nothing of it")
	}
}

func TestStartsBeforeItsStore(t *testing.T) {
	s, dir := started(t, nil, ServerOptions{Version: "1.2.3"})
	c := dialed(t, dir)
	if p := c.Peer(); p != (Peer{Version: "1.2.3", API: APIVersion, PID: os.Getpid()}) {
		t.Errorf("peer %+v", p)
	}
	_, err := c.Overview(t.Context())
	if !errors.Is(err, ErrStarting) || core.CodeOf(err) != core.CodeUnavailable {
		t.Errorf("got %v", err)
	}
	if err := c.Show(t.Context(), ""); err != nil || !s.ShowPending() {
		t.Errorf("show while starting: %v", err)
	}
	s.SetService(&fake{})
	if _, err := c.Overview(t.Context()); err != nil {
		t.Errorf("got %v", err)
	}
}

func TestDialSaysWhyNot(t *testing.T) {
	for name, tt := range map[string]struct {
		prepare func(t *testing.T, dir string)
		want    error
	}{
		"no folder":       {func(_ *testing.T, dir string) { _ = os.Remove(dir) }, ErrNobody},
		"no file":         {func(*testing.T, string) {}, ErrNobody},
		"garbage":         {func(t *testing.T, dir string) { write(t, dir, "{") }, ErrNobody},
		"another host":    {func(t *testing.T, dir string) { write(t, dir, `{"net":"tcp","address":"192.0.2.1:80","token":"x"}`) }, ErrNobody},
		"another network": {func(t *testing.T, dir string) { write(t, dir, `{"net":"udp","address":"127.0.0.1:80","token":"x"}`) }, ErrNobody},
		"a dead engine's": {dead, ErrNobody},
		"wrong token":     {wrongToken, ErrToken},
		"another program": {otherProgram, ErrNobody},
		"another API":     {otherAPI, ErrAPI},
	} {
		t.Run(name, func(t *testing.T) {
			dir := shortDir(t)
			tt.prepare(t, dir)
			c, err := Dial(dir)
			if !errors.Is(err, tt.want) {
				t.Errorf("got %v (%v)", err, errors.Unwrap(err))
			}
			if (c != nil) != errors.Is(tt.want, ErrAPI) {
				t.Errorf("client %v", c)
			}
		})
	}
}

func write(t *testing.T, dir, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, fileName), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// dead leaves what a killed engine leaves: its file and its socket.
func dead(t *testing.T, dir string) {
	s := NewServer(dir, nil, ServerOptions{})
	if err := s.Listen(); err != nil {
		t.Fatal(err)
	}
	if l, ok := s.listener.(*net.UnixListener); ok {
		l.SetUnlinkOnClose(false)
	}
	_ = s.listener.Close()
}

func wrongToken(t *testing.T, dir string) {
	s, _ := started(t, &fake{}, ServerOptions{})
	at := s.at
	at.Token = core.NewKey(tokenLen)
	if err := writeEndpoint(dir, at); err != nil {
		t.Fatal(err)
	}
}

func otherProgram(t *testing.T, dir string) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = io.WriteString(conn, "HTTP/1.0 200 OK\r\n\r\n{\"product\": \"printer\"}")
			_ = conn.Close()
		}
	}()
	if err := writeEndpoint(dir, endpoint{Net: "tcp", Address: l.Addr().String(), Token: "x"}); err != nil {
		t.Fatal(err)
	}
}

func otherAPI(t *testing.T, dir string) {
	s := NewServer(dir, &fake{}, ServerOptions{Version: "9"})
	s.api = APIVersion + 1
	if err := s.Listen(); err != nil {
		t.Fatal(err)
	}
	go func() { _ = s.Serve(context.Background()) }()
	t.Cleanup(func() { stop(s) })
}

func TestTakesOverFromAnotherAPI(t *testing.T) {
	dir := shortDir(t)
	newer := make(chan struct{})
	s := NewServer(dir, &fake{}, ServerOptions{OnQuit: func() { close(newer) }})
	s.api = APIVersion - 1
	if err := s.Listen(); err != nil {
		t.Fatal(err)
	}
	go func() { _ = s.Serve(context.Background()) }()
	defer stop(s)
	c, err := Dial(dir)
	if !errors.Is(err, ErrAPI) {
		t.Fatal(err)
	}
	if err := c.TakeOver(t.Context()); err != nil {
		t.Fatal(err)
	}
	<-newer
}

// A client goes on with the next engine of the same data folder, which has
// another token and, on TCP, another port.
func TestClientOutlivesItsEngine(t *testing.T) {
	for _, network := range []string{"unix", "tcp"} {
		t.Run(network, func(t *testing.T) {
			dir := shortDir(t)
			if network == "tcp" {
				dir = filepath.Join(dir, strings.Repeat("long", 30))
				if err := os.Mkdir(dir, 0o700); err != nil {
					t.Fatal(err)
				}
			}
			start := func(version string) *Server {
				s := NewServer(dir, &fake{}, ServerOptions{Version: version})
				if err := s.Listen(); err != nil {
					t.Fatal(err)
				}
				go func() { _ = s.Serve(context.Background()) }()
				return s
			}
			s := start("1.0")
			c := dialed(t, dir)
			if _, err := c.Status(t.Context()); err != nil {
				t.Fatal(err)
			}
			stop(s)
			if _, err := c.Status(t.Context()); !errors.Is(err, ErrNobody) {
				t.Errorf("without an engine: %v", err)
			}
			s = start("1.0")
			if err := c.Reconnect(t.Context()); err != nil {
				t.Error(err)
			}
			if _, err := c.Status(t.Context()); err != nil {
				t.Error(err)
			}
			stop(s)
			s = start("2.0")
			defer stop(s)
			if err := c.Reconnect(t.Context()); !errors.Is(err, ErrVersion) {
				t.Errorf("with a newer engine: %v", err)
			}
		})
	}
}

func TestListenLeavesNothingOpenToOthers(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights are not bits on Windows")
	}
	_, dir := started(t, &fake{}, ServerOptions{})
	for _, name := range []string{fileName, socketName} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if rights := info.Mode().Perm(); rights != 0o600 {
			t.Errorf("%s has rights %o", name, rights)
		}
	}
}

func TestListenGoesWhereASocketCannotBe(t *testing.T) {
	dir := shortDir(t)
	for goos, want := range map[string]string{"windows": "tcp", "linux": "unix"} {
		l, err := listen(dir, goos)
		if err != nil {
			t.Fatal(err)
		}
		if l.Addr().Network() != want {
			t.Errorf("%s listens on %s", goos, l.Addr().Network())
		}
		_ = l.Close()
	}
	if err := os.MkdirAll(filepath.Join(dir, socketName, "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	l, err := listen(dir, "linux")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	if l.Addr().Network() != "tcp" {
		t.Errorf("with a folder in the way it listens on %s", l.Addr().Network())
	}
}

func TestListenRemovesWhatADeadEngineLeft(t *testing.T) {
	dir := shortDir(t)
	dead(t, dir)
	s := NewServer(dir, &fake{}, ServerOptions{})
	if err := s.Listen(); err != nil {
		t.Fatal(err)
	}
	if s.at.Net != "unix" && runtime.GOOS != "windows" {
		t.Errorf("it listens on %s", s.at.Net)
	}
	stop(s) // before Serve
	if _, err := os.Stat(filepath.Join(dir, fileName)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is still there", fileName)
	}
}

func TestStopLeavesTheFileOfASuccessor(t *testing.T) {
	s, dir := started(t, &fake{}, ServerOptions{})
	next := s.at
	next.Token = core.NewKey(tokenLen)
	if err := writeEndpoint(dir, next); err != nil {
		t.Fatal(err)
	}
	stop(s)
	if got, err := readEndpoint(dir); err != nil || got != next {
		t.Errorf("got %+v, %v", got.PID, err)
	}
}
