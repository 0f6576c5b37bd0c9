package control

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
)

// started serves for an engine in a fresh data folder until the test ends.
func started(t *testing.T, service Service, o ServerOptions) (*Server, string) {
	t.Helper()
	dir := shortDir(t)
	s := NewServer(dir, service, o)
	if err := s.Listen(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.Serve(context.Background()) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		s.Stop(ctx)
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return s, dir
}

// shortDir is a folder whose path has room for a socket.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "hb")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func dialed(t *testing.T, dir string) *Client {
	t.Helper()
	c, err := Dial(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// sameSecrets compares secrets by what they carry, which they hide from cmp.
var sameSecrets = cmp.Comparer(func(a, b core.Secret) bool { return a == b })

func TestEveryMethodCrossesTheWire(t *testing.T) {
	for _, network := range []string{"unix", "tcp"} {
		t.Run(network, func(t *testing.T) {
			f := &fake{}
			s, dir := started(t, f, ServerOptions{})
			if network == "tcp" {
				dir = onTCP(t, f)
			} else if s.at.Net != "unix" {
				t.Skip("no unix socket here")
			}
			c := dialed(t, dir)
			service := reflect.TypeFor[Service]()
			for i := range service.NumMethod() {
				name := service.Method(i).Name
				t.Run(name, func(t *testing.T) { crosses(t, f, c, name) })
			}
		})
	}
}

// onTCP serves in a folder whose path is too long for a socket.
func onTCP(t *testing.T, service Service) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), strings.Repeat("long", 30))
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	s := NewServer(dir, service, ServerOptions{})
	if err := s.Listen(); err != nil {
		t.Fatal(err)
	}
	if s.at.Net != "tcp" || !strings.HasPrefix(s.at.Address, "127.0.0.1:") {
		t.Fatalf("listens at %s %s", s.at.Net, s.at.Address)
	}
	go func() { _ = s.Serve(context.Background()) }()
	t.Cleanup(func() { s.Stop(context.Background()) })
	return dir
}

// crosses calls one method of the client with made-up arguments, by reflection,
// and looks that the service heard the same and that its answer came back whole.
func crosses(t *testing.T, f *fake, c *Client, name string) {
	method := reflect.ValueOf(c).MethodByName(name)
	in := []reflect.Value{reflect.ValueOf(t.Context())}
	var args []any
	for i := 1; i < method.Type().NumIn(); i++ {
		arg := reflect.New(method.Type().In(i)).Elem()
		fill(arg, name)
		in, args = append(in, arg), append(args, arg.Interface())
	}
	out := method.Call(in)
	if err, _ := out[len(out)-1].Interface().(error); err != nil {
		t.Fatalf("%v (%v)", err, errors.Unwrap(err))
	}
	if f.name != name {
		t.Fatalf("the service heard %s", f.name)
	}
	if d := cmp.Diff(args, f.args, sameSecrets); d != "" {
		t.Errorf("arguments (-sent +heard):\n%s", d)
	}
	if len(out) == 1 {
		return
	}
	want := reflect.New(out[0].Type()).Elem()
	fill(want, name)
	if d := cmp.Diff(want.Interface(), out[0].Interface(), sameSecrets); d != "" {
		t.Errorf("answer (-given +got):\n%s", d)
	}
}

func TestEveryMethodHasOneRouteAndIsDocumented(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	service := reflect.TypeFor[Service]()
	seen := map[string]bool{}
	for _, rt := range routes {
		if _, ok := service.MethodByName(rt.name); !ok || seen[rt.name] {
			t.Errorf("the route of %q is one too many", rt.name)
		}
		seen[rt.name] = true
		line := regexp.MustCompile(`(?m)^//\t` + rt.method + ` +` + regexp.QuoteMeta(rt.path) + ` +` + rt.name + `$`)
		if !line.Match(doc) {
			t.Errorf("the package comment lacks %s %s for %s", rt.method, rt.path, rt.name)
		}
	}
	if len(seen) != service.NumMethod() {
		t.Errorf("%d of %d methods have a route", len(seen), service.NumMethod())
	}
}

func TestErrorsComeBackEqual(t *testing.T) {
	f := &fake{}
	_, dir := started(t, f, ServerOptions{Logger: slog.New(slog.DiscardHandler)})
	c := dialed(t, dir)
	one := core.Errorf(core.CodeConflict, "Somebody else changed it: \"é\".").At("/webhooks/0")
	for name, tt := range map[string]struct{ give, want error }{
		"invalid":     {core.Errorf(core.CodeInvalid, "No."), core.Errorf(core.CodeInvalid, "No.")},
		"not found":   {core.Errorf(core.CodeNotFound, "Gone."), core.Errorf(core.CodeNotFound, "Gone.")},
		"conflict":    {one, one},
		"unavailable": {core.Errorf(core.CodeUnavailable, "Later."), core.Errorf(core.CodeUnavailable, "Later.")},
		"wrapped":     {wrapping{one}, one},
		"many":        {core.Errors{one, core.Errorf(core.CodeInvalid, "And no.")}, core.Errors{one, core.Errorf(core.CodeInvalid, "And no.")}},
		"foreign": {
			errors.New("open /secret/path: no"),
			core.Errorf(core.CodeInternal, "%s", core.Sentence(errors.New(""))),
		},
	} {
		t.Run(name, func(t *testing.T) {
			f.err = tt.give
			_, err := c.Overview(t.Context())
			if d := cmp.Diff(tt.want, err); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if core.CodeOf(err) != core.CodeOf(tt.want) {
				t.Errorf("code %s", core.CodeOf(err))
			}
		})
	}
}

type wrapping struct{ error }

func (w wrapping) Unwrap() error { return w.error }

func TestRefusesWhoeverDidNotReadTheFile(t *testing.T) {
	s, dir := started(t, &fake{}, ServerOptions{})
	c := dialed(t, dir)
	for name, tt := range map[string]struct {
		change func(*http.Request)
		want   int
	}{
		"as it should be": {func(*http.Request) {}, 200},
		"no token":        {func(r *http.Request) { r.Header.Del("Authorization") }, 401},
		"other token":     {func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+core.NewKey(tokenLen)) }, 401},
		"basic":           {func(r *http.Request) { r.SetBasicAuth("x", s.at.Token) }, 401},
		"other host":      {func(r *http.Request) { r.Host = "rebound.example.org" }, 403},
		"no host":         {func(r *http.Request) { r.Host = "localhost" }, 403},
		"web page":        {func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1") }, 403},
		"empty origin":    {func(r *http.Request) { r.Header["Origin"] = []string{""} }, 403},
		"unknown route":   {func(r *http.Request) { r.URL.Path = "/v2/status" }, 404},
		"other method":    {func(r *http.Request) { r.Method = "PATCH" }, 404},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), "GET", "http://engine/v1/status", nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Host = s.at.host()
			r.Header.Set("Authorization", "Bearer "+s.at.Token)
			tt.change(r)
			resp, err := c.http.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = resp.Body.Close() }()
			var body wireErrors
			if err := json.NewDecoder(resp.Body).Decode(&body); err != nil {
				t.Error(err)
			}
			if resp.StatusCode != tt.want || (tt.want != 200) != (body.Error != nil) {
				t.Errorf("status %d, %+v", resp.StatusCode, body.Error)
			}
		})
	}
}

func TestRefusesBodies(t *testing.T) {
	s, dir := started(t, &fake{}, ServerOptions{})
	c := dialed(t, dir)
	for name, body := range map[string]string{
		"nothing":     "",
		"no JSON":     "on",
		"another":     `{"Webhook": "x", "Place": "y", "Sauce": 1}`,
		"two":         `{"Webhook": "x"} {"Webhook": "y"}`,
		"wrong type":  `{"Webhook": 5}`,
		"far too big": `{"Webhook": "` + strings.Repeat("x", smallBody) + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), "POST", "http://engine/v1/reveal", strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			r.Host = s.at.host()
			r.Header.Set("Authorization", "Bearer "+s.at.Token)
			resp, err := c.http.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()
			if resp.StatusCode != 400 && resp.StatusCode != 413 {
				t.Errorf("status %d", resp.StatusCode)
			}
		})
	}
}

func TestPanicIsAnswered(t *testing.T) {
	var log bytes.Buffer
	_, dir := started(t, &panics{}, ServerOptions{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	c := dialed(t, dir)
	if _, err := c.Status(t.Context()); core.CodeOf(err) != core.CodeInternal {
		t.Errorf("got %v", err)
	}
	if _, err := c.Hello(t.Context()); err != nil {
		t.Errorf("the next request: %v", err)
	}
	if !strings.Contains(log.String(), "panic=\"the store is upside down\"") {
		t.Errorf("log: %s", log.String())
	}
}

type panics struct{ fake }

func (*panics) Hello(context.Context) (Hello, error)   { return Hello{}, nil }
func (*panics) Status(context.Context) (Status, error) { panic("the store is upside down") }

func TestTestEndsWithItsCaller(t *testing.T) {
	f := slowTest()
	_, dir := started(t, f, ServerOptions{})
	c := dialed(t, dir)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := c.Test(ctx, TestRequest{}); err == nil {
		t.Error("it did not end")
	}
	if err := <-f.left; !errors.Is(err, context.Canceled) {
		t.Errorf("the engine was told %v", err)
	}
}
