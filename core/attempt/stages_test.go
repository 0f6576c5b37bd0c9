package attempt_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/message"
)

// tooShort is a time limit that a server outlasts that hangs, and no other.
const tooShort = 400 * time.Millisecond

var ok = core.Answer{Need: []core.AnswerRule{{Text: "ok"}}}

// How far an exchange came before its time was over is told apart.
func TestTimeoutsAreToldApart(t *testing.T) {
	hanging := raw(t, func(_ int, _ net.Conn, in *bufio.Reader) { hang(in) })
	says := func(text string) string {
		return raw(t, func(_ int, conn net.Conn, in *bufio.Reader) {
			readRequest(in)
			_, _ = io.WriteString(conn, text)
			hang(in)
		})
	}
	for _, tt := range []struct {
		name    string
		address string
		answer  core.Answer
		cause   core.Cause
		code    int
		unsure  bool
		words   string
	}{
		{"secure", strings.Replace(hanging, "http", "https", 1), ok, core.CauseConnect, 0, false, "did not agree on a secure connection in time"},
		{"first byte", hanging, ok, core.CauseTimeout, 0, true, "took too long to answer"},
		{"header", says("HTTP/1.1 200 OK\r\nX: "), ok, core.CauseTimeout, 0, true, "took too long to answer"},
		{"body", says("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"), ok, core.CauseTimeout, 200, true, "began to answer and did not end"},
		{"chunked body", says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n"), ok, core.CauseTimeout, 200, true, "began to answer and did not end"},
		{"body that nobody asks for", says("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"), core.Answer{}, core.CauseNone, 200, false, "accepted it"},
		{"body where the code is asked for", says("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"), core.Answer{Need: []core.AnswerRule{{Code: 200}}}, core.CauseNone, 200, false, "accepted it"},
		{"trailer", says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n2\r\nok\r\n0\r\nX: "), ok, core.CauseTimeout, 200, true, "began to answer and did not end"},
		{"refusal", says("HTTP/1.1 500 Oh\r\nContent-Length: 9\r\n\r\nok"), ok, core.CauseServer, 500, false, "has a problem of its own"},
		{"hints only", says("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"), core.Answer{}, core.CauseTimeout, 0, true, "took too long to answer"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, _ := send(t, &core.Webhook{Address: tt.address, Timeout: tooShort, Answer: tt.answer}, attempt.Options{})
			if a.Cause != tt.cause || a.Code != tt.code || a.Unsure != tt.unsure || a.Took > 10*time.Second {
				t.Errorf("attempt = %+v", a)
			}
			if short := attempt.Short(a); !strings.HasPrefix(short, tt.words) {
				t.Errorf("short = %q", short)
			}
		})
	}
}

// Connecting that does not come about is told apart by what it waits for.
func TestTimeoutsBeforeAConnection(t *testing.T) {
	never := func(ctx context.Context, _, _ string) (net.Conn, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	a, _ := send(t, &core.Webhook{Address: "http://192.0.2.1", Timeout: 50 * time.Millisecond}, attempt.Options{Dial: never, Online: online})
	if a.Cause != core.CauseConnect || a.Unsure || attempt.Short(a) != "could not be reached in time" {
		t.Errorf("attempt = %+v", a)
	}
	for _, err := range []error{
		&net.DNSError{Err: "i/o timeout", Name: "crm.example.org", IsTimeout: true},
		&net.OpError{Op: "dial", Err: &net.DNSError{Err: "server misbehaving", Name: "crm.example.org", IsTemporary: true}},
	} {
		fails := func(context.Context, string, string) (net.Conn, error) { return nil, err }
		a, _ := send(t, &core.Webhook{Address: "http://crm.example.org"}, attempt.Options{Dial: fails, Online: online})
		if a.Cause != core.CauseDNS || attempt.ClassOf(a.Cause) != attempt.Trouble || attempt.Short(a) != "could not be looked up" {
			t.Errorf("attempt = %+v", a)
		}
	}
}

func online() bool { return true }

// A connection that is cut off is told apart by when.
func TestCutsAreToldApart(t *testing.T) {
	says := func(text string) string {
		return raw(t, func(_ int, conn net.Conn, in *bufio.Reader) {
			readRequest(in)
			_, _ = io.WriteString(conn, text)
		})
	}
	closing := raw(t, func(_ int, _ net.Conn, in *bufio.Reader) { _, _ = in.ReadByte() })
	resetting := raw(t, func(_ int, conn net.Conn, in *bufio.Reader) {
		_, _ = in.ReadByte()
		_ = conn.(*net.TCPConn).SetLinger(0)
	})
	for _, tt := range []struct {
		name    string
		address string
		cause   core.Cause
		unsure  bool
		words   string
	}{
		{"before it was secure", strings.Replace(closing, "http", "https", 1), core.CauseConnect, false, "ended the connection before it was secure"},
		{"reset before it was secure", strings.Replace(resetting, "http", "https", 1), core.CauseConnect, false, "ended the connection before it was secure"},
		{"before the answer", says(""), core.CauseBroken, true, "ended the connection before it had answered"},
		{"reset before the answer", resetting, core.CauseBroken, true, "ended the connection before it had answered"},
		{"in the first line", says("HTTP/1.1 2"), core.CauseBroken, true, ""},
		{"in the header", says("HTTP/1.1 200 OK\r\nX"), core.CauseBroken, true, ""},
		{"in the body", says("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"), core.CauseBroken, true, "ended the connection in the middle of its answer"},
		{"in a chunk", says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nok"), core.CauseBroken, true, "ended the connection in the middle of its answer"},
		{"a mail server", says("220 mail.example.org ESMTP\r\n"), core.CauseBroken, true, "does not answer like a web server"},
		{"a code that is none", says("HTTP/1.1 OK\r\n\r\n"), core.CauseBroken, true, "does not answer like a web server"},
		{"header that does not end", says("HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 100<<10)), core.CauseBroken, true, "sent more header lines than Hookbird reads"},
		{"many header lines", says("HTTP/1.1 200 OK\r\n" + strings.Repeat("X: y\r\n", 50_000)), core.CauseBroken, true, "sent more header lines than Hookbird reads"},
		{"endless hints", says(strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", 10_000)), core.CauseBroken, true, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, _ := send(t, &core.Webhook{Address: tt.address}, attempt.Options{})
			if a.Cause != tt.cause || a.Unsure != tt.unsure || a.Detail == "" {
				t.Errorf("attempt = %+v", a)
			}
			if short := attempt.Short(a); !strings.HasPrefix(short, tt.words) {
				t.Errorf("short = %q, detail %q", short, a.Detail)
			}
		})
	}
}

// Answers that are odd and good.
func TestOddAnswers(t *testing.T) {
	for name, text := range map[string]string{
		"HTTP/1.0":                        "HTTP/1.0 200 OK\r\n\r\nok",
		"HTTP/1.0 that keeps the line":    "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok",
		"chunks with a trailer":           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n1;x=y\r\no\r\n1\r\nk\r\n0\r\nX-Sum: 1\r\n\r\n",
		"hints before":                    "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
		"100 unasked":                     "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
		"no reason":                       "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
		"more than it says":               "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and more",
		"line feeds alone":                "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
		"the same length twice":           "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok",
		"a large header":                  "HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 50<<10) + "\r\nContent-Length: 2\r\n\r\nok",
		"204 with a length":               "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n",
		"a longer answer than is read":    "HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\nok" + strings.Repeat(".", 5_000_000-2),
		"an answer that is larger than 1": "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nok" + strings.Repeat(".", 1<<20),
	} {
		t.Run(name, func(t *testing.T) {
			address := raw(t, func(_ int, conn net.Conn, in *bufio.Reader) {
				readRequest(in)
				_, _ = io.WriteString(conn, text)
			})
			w := &core.Webhook{Address: address, Answer: ok}
			if strings.HasPrefix(name, "204") {
				w.Answer = core.Answer{}
			}
			if a, _ := send(t, w, attempt.Options{}); a.Cause != core.CauseNone || a.Code/100 != 2 || a.Unsure {
				t.Errorf("attempt = %+v", a)
			}
		})
	}
}

// A good answer that drips is waited for no longer than the limit, and is good.
func TestAnswerThatDrips(t *testing.T) {
	for name, tt := range map[string]struct {
		answer core.Answer
		cause  core.Cause
	}{"code": {core.Answer{}, core.CauseNone}, "text": {ok, core.CauseTimeout}} {
		server := answer(t, func(w http.ResponseWriter, r *http.Request) {
			for _, err := io.WriteString(w, "ok"); err == nil && r.Context().Err() == nil; _, err = io.WriteString(w, ".") {
				err = http.NewResponseController(w).Flush()
				select {
				case <-time.After(20 * time.Millisecond):
				case <-r.Context().Done():
				}
				if err != nil {
					return
				}
			}
		})
		a, _ := send(t, &core.Webhook{Address: server.URL, Timeout: tooShort, Answer: tt.answer}, attempt.Options{})
		if a.Cause != tt.cause || a.Code != 200 || !strings.HasPrefix(a.Answer, "ok") || a.Took > 10*time.Second || a.Took < tooShort {
			t.Errorf("%s: attempt = %+v", name, a)
		}
	}
}

// Whoever stops while a good answer comes in has it all the same, unless more is
// asked of it.
func TestStopWithinAnAnswer(t *testing.T) {
	for _, tt := range []struct {
		answer core.Answer
		cause  core.Cause
	}{{core.Answer{}, core.CauseNone}, {ok, core.CauseStop}} {
		ctx, cancel := context.WithCancel(context.Background())
		server := answer(t, func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, "ok")
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		})
		dial := func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := new(net.Dialer).DialContext(ctx, network, address)
			return &stopConn{Conn: conn, stop: cancel}, err
		}
		c, m := line(t, &core.Webhook{Address: server.URL, Answer: tt.answer}, attempt.Options{Dial: dial})
		if a, _ := c.Do(ctx, m); a.Cause != tt.cause || a.Unsure != (tt.cause != core.CauseNone) || a.Code != 200 && a.Cause == core.CauseNone {
			t.Errorf("attempt = %+v", a)
		}
	}
}

// stopConn stops somebody once an answer has come and more is waited for.
type stopConn struct {
	net.Conn
	stop func()
	n    atomic.Int32
}

func (c *stopConn) Read(p []byte) (int, error) {
	if c.n.Add(1) == 2 {
		c.stop()
	}
	return c.Conn.Read(p)
}

// A web page where none ever was may be the login page of a network.
func TestLoginPageOfANetwork(t *testing.T) {
	page := "<!DOCTYPE html><title>Welcome to our Wi-Fi</title>ok"
	for _, tt := range []struct {
		name   string
		w      core.Webhook
		plain  bool
		code   int
		kind   string
		body   string
		cause  core.Cause
		page   bool
		unsure bool
	}{
		{"login page", core.Webhook{}, true, 200, "text/html", page, core.CausePortal, true, true},
		{"found by its text", core.Webhook{}, true, 200, "text/plain", page, core.CausePortal, true, true},
		{"always pages", core.Webhook{}, false, 200, "text/html", page, core.CauseNone, true, false},
		{"no page", core.Webhook{}, true, 200, "application/json", "{}", core.CauseNone, false, false},
		{"204 was asked for", core.Webhook{Accept: core.Accept{{From: 204, To: 204}}}, true, 200, "text/html", page, core.CauseWrongCode, true, false},
		{"refused with a page", core.Webhook{}, true, 500, "text/html", page, core.CauseServer, false, false},
		{"says what is asked for", core.Webhook{Answer: ok}, true, 200, "text/html", page, core.CauseNone, true, false},
		{"does not say it", core.Webhook{Answer: core.Answer{Need: []core.AnswerRule{{Text: "row 3"}}}}, true, 200, "text/html", page, core.CausePortal, true, true},
		{"is known", core.Webhook{Answer: core.Answer{Already: []core.AnswerRule{{Text: "wi-fi"}}}}, true, 200, "text/html", page, core.CauseNone, true, false},
		{"says what it must not", core.Webhook{Answer: core.Answer{Forbid: []core.AnswerRule{{Text: "ok"}}}}, true, 200, "text/html", page, core.CausePortal, true, true},
		{"511", core.Webhook{}, false, 511, "text/html", page, core.CausePortal, false, false},
	} {
		server := answer(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", tt.kind)
			w.WriteHeader(tt.code)
			_, _ = io.WriteString(w, tt.body)
		})
		tt.w.Address = server.URL
		a, _ := send(t, &tt.w, attempt.Options{Plain: tt.plain})
		if a.Cause != tt.cause || a.Page != tt.page || a.Unsure != tt.unsure || a.Code != tt.code {
			t.Errorf("%s: attempt = %+v", tt.name, a)
		}
	}
}

func TestPlainCanChange(t *testing.T) {
	server := answer(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") })
	c, m := line(t, &core.Webhook{Address: server.URL}, attempt.Options{})
	for _, tt := range []struct {
		plain bool
		cause core.Cause
	}{{false, core.CauseNone}, {true, core.CausePortal}, {false, core.CauseNone}} {
		c.SetPlain(tt.plain)
		if a, _ := c.Do(context.Background(), m); a.Cause != tt.cause || !a.Page {
			t.Errorf("%v: attempt = %+v", tt.plain, a)
		}
	}
}

// An answer that is not good may say that the target has the record.
func TestAlreadyThere(t *testing.T) {
	for _, tt := range []struct {
		code  int
		body  string
		cause core.Cause
	}{
		{409, "Duplicate record", core.CauseNone},
		{409, "locked", core.CauseOther},
		{400, `{"code":"already-exists"}`, core.CauseNone},
		{400, `{"code":"wrong"}`, core.CauseData},
		{200, "not ok, but known", core.CauseNone},
		{200, "nothing", core.CauseAnswer},
		{410, "duplicate", core.CauseGone},
	} {
		server := answer(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "9")
			w.WriteHeader(tt.code)
			_, _ = io.WriteString(w, tt.body)
		})
		a, wait := send(t, &core.Webhook{Address: server.URL, Answer: core.Answer{
			Need:    []core.AnswerRule{{Text: "stored"}},
			Already: []core.AnswerRule{{Code: 409, Text: "duplicate"}, {Field: "code", Value: "Already-Exists"}, {Code: 200, Text: "known"}},
		}}, attempt.Options{})
		if a.Cause != tt.cause || a.Code != tt.code || (wait == 0) != (tt.cause == core.CauseNone) {
			t.Errorf("%d %s: attempt = %+v, wait %s", tt.code, tt.body, a, wait)
		}
		if tt.cause == core.CauseAnswer {
			advice := attempt.Explain("CRM", attempt.KeyNone, a)
			if advice.Text != "It answered 200, but its answer does not say “stored”." || a.Detail != "200 OK, but its answer does not say “stored”" {
				t.Errorf("advice = %+v, detail %q", advice, a.Detail)
			}
		}
	}
}

// What a target writes into its first line does not get into the words about it.
func TestReasonCannotTakeOver(t *testing.T) {
	for _, reason := range []string{"OK, but {name} {rule}", "through the proxy evil:1; x", "the answer broke off", "{code}", "x, expected 9"} {
		address := raw(t, func(_ int, conn net.Conn, in *bufio.Reader) {
			readRequest(in)
			_, _ = fmt.Fprintf(conn, "HTTP/1.1 500 %s\r\nContent-Length: 0\r\n\r\n", reason)
		})
		a, _ := send(t, &core.Webhook{Address: address}, attempt.Options{})
		if text := attempt.Explain("CRM", attempt.KeyNone, a).Text; text != "It answered 500, which stands for trouble on its own side." {
			t.Errorf("%q: %q", reason, text)
		}
	}
}

// The key that is fetched first is fetched anew once, and is seen nowhere.
func TestFetchedKey(t *testing.T) {
	var given, posts atomic.Int32
	var refuses atomic.Int32 // so many times
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/token" {
			w.Header().Set("Content-Type", "application/json")
			_, _ = fmt.Fprintf(w, `{"access_token":"fetched-%d-secret","token_type":"bearer","expires_in":3600}`, given.Add(1))
			return
		}
		body, _ := io.ReadAll(r.Body)
		if posts.Add(1); string(body) != string(record.Data) {
			t.Errorf("body = %q", body)
		}
		if refuses.Add(-1) >= 0 {
			w.WriteHeader(401)
		}
		_, _ = io.WriteString(w, "you sent "+r.Header.Get("Authorization"))
	}))
	defer server.Close()
	w := &core.Webhook{Address: server.URL, Auth: core.Auth{Kind: core.AuthOAuth, User: "client", Secret: core.NewSecret("client-secret"), TokenURL: server.URL + "/token"}}
	var c *attempt.Client
	var m *message.Message
	for _, tt := range []struct {
		refuses, given, posts int32
		cause                 core.Cause
	}{
		{0, 1, 1, core.CauseNone}, // fetched
		{0, 1, 2, core.CauseNone}, // and kept
		{1, 2, 4, core.CauseNone}, // fetched anew
		{9, 4, 6, core.CauseKey},  // no more than once
	} {
		if c == nil || tt.refuses > 1 {
			c, m = line(t, w, attempt.Options{Whole: true, Vault: noVault{}})
		}
		refuses.Store(tt.refuses)
		a, _ := c.Do(context.Background(), m)
		if a.Cause != tt.cause || a.Unsure || given.Load() != tt.given || posts.Load() != tt.posts {
			t.Errorf("%+v: %d given, %d posts, attempt = %+v", tt, given.Load(), posts.Load(), a)
		}
		if strings.Contains(fmt.Sprint(a), "fetched-") || !strings.Contains(a.Answer, core.Dots) {
			t.Errorf("attempt = %+v", a)
		}
	}
}

// Where 401 is a good answer, there is no reason to send once more.
func TestFetchedKeyWhere401IsGood(t *testing.T) {
	posts := 0
	server := answer(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/token" {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"access_token":"t","token_type":"bearer","expires_in":3600}`)
			return
		}
		posts++
		w.WriteHeader(401)
	})
	a, _ := send(t, &core.Webhook{
		Address: server.URL, Accept: core.Accept{{From: 401, To: 401}},
		Auth: core.Auth{Kind: core.AuthOAuth, User: "client", Secret: core.NewSecret("s"), TokenURL: server.URL + "/token"},
	}, attempt.Options{})
	if a.Cause != core.CauseNone || posts != 1 {
		t.Errorf("%d posts, attempt = %+v", posts, a)
	}
}

// Rules look at the first 64 KB, and JSON has to end there.
func TestRulesOnLongAnswers(t *testing.T) {
	for _, tt := range []struct {
		before, after int
		rule          core.AnswerRule
		cause         core.Cause
	}{
		{0, 60 << 10, core.AnswerRule{Field: "result"}, core.CauseNone},
		{0, 64<<10 - 15, core.AnswerRule{Field: "result"}, core.CauseNone},
		{0, 64<<10 - 14, core.AnswerRule{Field: "result"}, core.CauseAnswer},
		{0, 1 << 20, core.AnswerRule{Field: "result"}, core.CauseAnswer},
		{0, 1 << 20, core.AnswerRule{Text: `"ok"}`}, core.CauseNone},
		{64<<10 - 15, 0, core.AnswerRule{Text: `"ok"}`}, core.CauseNone},
		{64<<10 - 14, 0, core.AnswerRule{Text: `"ok"}`}, core.CauseAnswer},
	} {
		server := answer(t, func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, strings.Repeat(" ", tt.before)+`{"result":"ok"}`+strings.Repeat(" ", tt.after))
		})
		a, _ := send(t, &core.Webhook{Address: server.URL, Answer: core.Answer{Need: []core.AnswerRule{tt.rule}}}, attempt.Options{})
		if a.Cause != tt.cause || a.Cause != core.CauseNone && !strings.Contains(a.Detail, "64 KB") {
			t.Errorf("%d, %d, %+v: attempt = %.200v", tt.before, tt.after, tt.rule, a)
		}
	}
}

// Whether the key is refused or not to be had is told apart.
func TestKeyThatIsNotToBeHad(t *testing.T) {
	closed := nobody(t)
	silent, err := net.Listen("tcp", "127.0.0.1:0") // and nobody accepts
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	var posts atomic.Int32
	target := answer(t, func(http.ResponseWriter, *http.Request) { posts.Add(1) })
	for _, tt := range []struct {
		address string
		code    int
		cause   core.Cause
		title   string
	}{
		{"", 400, core.CauseToken, "The sign-in server of CRM gives no key"},
		{"", 401, core.CauseToken, "The sign-in server of CRM gives no key"},
		{"", 404, core.CauseToken, "The sign-in server of CRM gives no key"},
		{"", 429, core.CauseServer, "The sign-in server of CRM has a problem of its own"},
		{"", 500, core.CauseServer, "The sign-in server of CRM has a problem of its own"},
		{"", 503, core.CauseServer, "The sign-in server of CRM has a problem of its own"},
		{"http://" + closed, 0, core.CauseConnect, "The sign-in server of CRM could not be reached"},
		{"http://" + silent.Addr().String(), 0, core.CauseConnect, "The sign-in server of CRM could not be reached in time"},
		{"https" + strings.TrimPrefix(target.URL, "http"), 0, core.CauseCertificate, "The sign-in server of CRM does not answer securely"},
	} {
		server := answer(t, func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(tt.code)
			_, _ = io.WriteString(w, `{"error":"invalid_client","error_description":"client-secret"}`)
		})
		if tt.address == "" {
			tt.address = server.URL
		}
		target.Config.ErrorLog = quiet
		w := &core.Webhook{Address: target.URL, Timeout: time.Second, Auth: core.Auth{Kind: core.AuthOAuth, User: "client", Secret: core.NewSecret("client-secret"), TokenURL: tt.address + "/path-of-token"}}
		a, _ := send(t, w, attempt.Options{Vault: noVault{}})
		advice := attempt.Explain("CRM", attempt.KeyOf(w), a)
		if a.Cause != tt.cause || a.Unsure || a.Code != 0 || advice.Title != tt.title || !strings.HasSuffix(advice.Text, "Nothing was sent.") {
			t.Errorf("%s %d: attempt = %+v, advice %+v", tt.address, tt.code, a, advice)
		}
		if text := fmt.Sprint(a, advice); strings.Contains(text, "client-secret") || strings.Contains(text, "path-of-token") {
			t.Errorf("%d: %s", tt.code, text)
		}
	}
	if posts.Load() != 0 {
		t.Error("something was sent without a key")
	}
}

func TestKeyThatIsLocked(t *testing.T) {
	w := &core.Webhook{Address: "http://127.0.0.1:1", Auth: core.Auth{Kind: core.AuthOAuth, User: "client", Secret: core.SealedSecret("s1"), TokenURL: "http://127.0.0.1:1/"}}
	if a, _ := send(t, w, attempt.Options{Vault: noVault{}}); a.Cause != core.CauseSecret || a.Detail != "There is no such secret." {
		t.Errorf("attempt = %+v", a)
	}
}
