package local

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
)

func (b *bench) answer(c net.Conn) reply {
	b.t.Helper()
	_ = c.SetReadDeadline(time.Now().Add(5 * time.Second))
	res, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.read(res)
}

func TestWhatIsTaken(t *testing.T) {
	b := start(t, Options{})
	form, lines := "application/x-www-form-urlencoded", "application/x-ndjson"
	tests := map[string]struct {
		typ, body string
		want      []string
	}{
		"object":            {"application/json", " {\"b\": 1.0,\"b\":\"\\u00e9\",\n \"a\":1e400} \n", []string{"{\"b\": 1.0,\"b\":\"\\u00e9\",\n \"a\":1e400}"}},
		"charset":           {"application/json; charset=UTF-8", `{}`, []string{"{}"}},
		"byte order mark":   {"application/json", "\ufeff{}", []string{"{}"}},
		"array":             {"application/json", `[ {"a":"]"} , {"b":[1,{}]}]`, []string{`{"a":"]"}`, `{"b":[1,{}]}`}},
		"empty array":       {"application/json", `[]`, nil},
		"lines":             {lines, "{\"a\":1}\r\n\n {\"b\": 2} ", []string{`{"a":1}`, `{"b": 2}`}},
		"form":              {form, "name=Ada+L&zip=01067&empty=&plus=%2B", []string{`{"name":"Ada L","zip":"01067","empty":"","plus":"+"}`}},
		"nested form":       {form, "webhook_id=1&event[type]=new&data[id]=7&data[contact][firstname]=Ada&data%5Bx%5D=y", []string{`{"webhook_id":"1","event":{"type":"new"},"data":{"id":"7","contact":{"firstname":"Ada"},"x":"y"}}`}},
		"lists in a form":   {form, "a[]=1&a[]=2&b[0]=x&b[1]=y&c=1&c=2&d[][n]=1&d[][n]=2", []string{`{"a":["1","2"],"b":["x","y"],"c":["1","2"],"d":[{"n":"1"},{"n":"2"}]}`}},
		"odd names":         {form, "[x]=1&a[=2&a]b[c=3&0=4&=5&[]=6", []string{`{"[x]":"1","a[":"2","a]b[c":"3","0":"4","":"5","[]":"6"}`}},
		"numbers as keys":   {form, "a[5]=x&0=y", []string{`{"a":{"5":"x"},"0":"y"}`}},
		"a value with = in": {form, "a=b=c", []string{`{"a":"b=c"}`}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := b.post(tt.body, "Content-Type", tt.typ)
			events := b.host.got()
			if diff := cmp.Diff(tt.want, data(events)); r.status != http.StatusAccepted || diff != "" {
				t.Fatal(r.status, r.body, diff)
			}
			if len(r.IDs) != len(events) || *r.Dup {
				t.Fatalf("%s for %d events", r.body, len(events))
			}
			for i, e := range events {
				if e.ID != r.IDs[i] || len(e.ID) != 36 || e.Source != "till" || e.Type != "sale" || e.Hops != 1 {
					t.Errorf("%+v, answered %s", e, r.IDs[i])
				}
			}
		})
	}
}

func TestType(t *testing.T) {
	b := start(t, Options{})
	r := b.do(http.MethodPost, "/in/"+testKey+"/supporter.created:v2", `{"firstname":"Ada","lastname":"Lovelace"}`)
	events := b.host.got()
	if r.status != http.StatusAccepted || events[0].Type != "supporter.created:v2" || events[0].Title != "" {
		t.Errorf("%d %s %+v", r.status, r.body, events)
	}
}

func TestRefusals(t *testing.T) {
	b := start(t, Options{MaxRequest: 3 << 20})
	ndjson, form := "application/x-ndjson", "application/x-www-form-urlencoded"
	tests := map[string]struct {
		method, path, body string
		headers            []string
		status             int
		code, says         string
	}{
		"strange host":      {headers: []string{"Host", "evil.example:80"}, status: 403, code: "forbidden_host"},
		"host, other port":  {headers: []string{"Host", "127.0.0.1:1"}, status: 403, code: "forbidden_host"},
		"host without port": {headers: []string{"Host", "127.0.0.1"}, status: 403, code: "forbidden_host"},
		"host before path":  {path: "/", headers: []string{"Host", "evil.example"}, status: 403, code: "forbidden_host"},
		"a page":            {headers: []string{"Origin", "https://evil.example"}, status: 403, code: "forbidden_origin"},
		"a page without":    {headers: []string{"Origin", "null"}, status: 403, code: "forbidden_origin"},
		"a page, key wrong": {path: "/in/unknown", headers: []string{"Origin", "https://evil.example"}, status: 403, code: "forbidden_origin"},
		"from a page":       {headers: []string{"Referer", "https://evil.example/page"}, status: 403, code: "forbidden_origin"},
		"preflight":         {method: "OPTIONS", headers: []string{"Origin", "https://evil.example"}, status: 403, code: "forbidden_origin"},
		"options":           {method: "OPTIONS", status: 405, code: "method_not_allowed"},
		"get":               {method: "GET", status: 405, code: "method_not_allowed"},
		"put":               {method: "PUT", status: 405, code: "method_not_allowed"},
		"root":              {path: "/", status: 404, code: "not_found"},
		"no key":            {path: "/in/", status: 404, code: "not_found"},
		"slash behind":      {path: "/in/" + testKey + "/", status: 404, code: "not_found"},
		"too deep":          {path: "/in/" + testKey + "/a/b", status: 404, code: "not_found"},
		"slash in type":     {path: "/in/" + testKey + "/a%2Fb", status: 404, code: "not_found"},
		"dots in path":      {path: "/in/../in/" + testKey, status: 404, code: "not_found"},
		"unknown key":       {path: "/in/unknown-key-0123456", status: 404, code: "not_found"},
		"key in part":       {path: "/in/" + testKey[:10], status: 404, code: "not_found"},
		"wrong type":        {path: "/in/" + testKey + "/a%20b", status: 400, code: "invalid", says: `The event type "a b" holds " ".`},
		"long type":         {path: "/in/" + testKey + "/" + strings.Repeat("x", 129), status: 400, code: "invalid"},
		"no content type":   {headers: []string{"Content-Type", ""}, status: 415, code: "unsupported_type"},
		"plain text":        {headers: []string{"Content-Type", "text/plain"}, status: 415, code: "unsupported_type"},
		"multipart":         {headers: []string{"Content-Type", "multipart/form-data"}, status: 415, code: "unsupported_type"},
		"json-like":         {headers: []string{"Content-Type", "application/json-patch+json"}, status: 415, code: "unsupported_type"},
		"other charset":     {headers: []string{"Content-Type", "application/json; charset=iso-8859-1"}, status: 415, code: "unsupported_type"},
		"compressed":        {headers: []string{"Content-Encoding", "gzip"}, status: 415, code: "unsupported_encoding"},
		"hops":              {headers: []string{core.HopsHeader, "5"}, status: 422, code: "loop"},
		"hops, no number":   {headers: []string{core.HopsHeader, "-1"}, status: 400, code: "invalid"},
		"empty":             {body: " ", status: 400, code: "invalid", says: "The body is empty."},
		"not JSON":          {body: "{\n  \"a\": 1,\n  b: 2}", status: 400, code: "invalid", says: `The body is not JSON: line 3, column 3: "b" does not belong there.`},
		"cut off":           {body: `{"a":`, status: 400, code: "invalid", says: "column 6: it ends too early."},
		"two objects":       {body: `{} {}`, status: 400, code: "invalid", says: `column 4: "{" does not belong there.`},
		"a number":          {body: `7`, status: 400, code: "invalid", says: "neither an object"},
		"list of numbers":   {body: `[{}, 7]`, status: 400, code: "invalid", says: "Record 2 of the list is not an object"},
		"not UTF-8":         {body: "{\"a\":\"\xff\"}", status: 400, code: "invalid", says: "not written in UTF-8"},
		"wrong line":        {body: "{}\n\n{\"a\":}\n{}", headers: []string{"Content-Type", ndjson}, status: 400, code: "invalid", says: "Line 3 cannot be taken, and nothing was accepted. This is not JSON: column 6"},
		"line of a list":    {body: "{}\n[]", headers: []string{"Content-Type", ndjson}, status: 400, code: "invalid", says: "Line 2"},
		"wrong percent":     {body: "a=1&b=%zz", headers: []string{"Content-Type", form}, status: 400, code: "invalid", says: "Field 2 of the form"},
		"form not UTF-8":    {body: "b=%ff", headers: []string{"Content-Type", form}, status: 400, code: "invalid", says: "UTF-8"},
		"value and group":   {body: "a=1&a[b]=2", headers: []string{"Content-Type", form}, status: 400, code: "invalid", says: "Field 2 of the form"},
		"group and value":   {body: "a[b]=1&a=2", headers: []string{"Content-Type", form}, status: 400, code: "invalid", says: "Field 2 of the form"},
		"too deep a form":   {body: "a" + strings.Repeat("[b]", 16) + "=1", headers: []string{"Content-Type", form}, status: 400, code: "invalid", says: "more than 16 parts"},
		"empty form":        {body: "&&", headers: []string{"Content-Type", form}, status: 400, code: "invalid", says: "no fields"},
		"too many fields":   {body: strings.Repeat("a=1&", 10_001), headers: []string{"Content-Type", form}, status: 400, code: "invalid", says: "10000"},
		"long record":       {body: `{"a":"` + strings.Repeat("x", 1<<20) + `"}`, status: 413, code: "too_large", says: "The record is longer than 1 MiB"},
		"long element":      {body: `[{},{"a":"` + strings.Repeat("x", 1<<20) + `"}]`, status: 413, code: "too_large", says: "Record 2 of the list is longer than 1 MiB, so nothing was accepted."},
		"long request":      {body: strings.Repeat(" ", 3<<20+1), status: 413, code: "too_large", says: "at most 3 MiB"},
		"long key":          {headers: []string{"Idempotency-Key", strings.Repeat("x", 256)}, status: 400, code: "invalid", says: "255"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			method, path, body := tt.method, tt.path, tt.body
			if method == "" {
				method = http.MethodPost
			}
			if path == "" {
				path = "/in/" + testKey
			}
			if body == "" {
				body = `{"a":1}`
			}
			r := b.do(method, path, body, tt.headers...)
			if r.status != tt.status || r.Error.Code != tt.code || !strings.Contains(r.Error.Message, tt.says) {
				t.Errorf("%d %s", r.status, r.body)
			}
			if r.status == http.StatusMethodNotAllowed && r.header.Get("Allow") != http.MethodPost {
				t.Errorf("Allow: %q", r.header.Get("Allow"))
			}
			if got := b.host.got(); len(got) != 0 {
				t.Errorf("%d events", len(got))
			}
		})
	}
}

func TestHostNames(t *testing.T) {
	b := start(t, Options{})
	_, port, _ := net.SplitHostPort(b.addr)
	for _, name := range []string{"127.0.0.1", "localhost", "LOCALHOST", "[::1]"} {
		if r := b.post(`{}`, "Host", name+":"+port); r.status != http.StatusAccepted {
			t.Errorf("%s: %s", name, r.body)
		}
	}
	for _, name := range []string{"127.0.0.2", "localhost.", "localhost.evil.example", "0.0.0.0", "::1", "127.0.0.1:" + port, "127.1", "user@127.0.0.1"} {
		r := b.raw("POST /in/" + testKey + " HTTP/1.1\r\nHost: " + name + ":" + port + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
		if r.status != 403 && r.status != 400 {
			t.Errorf("%s: %d %s", name, r.status, r.body)
		}
	}
	if r := b.post(`{}`, "Host", "127.0.0.1:0"+port); r.status != 403 {
		t.Errorf("port with a zero ahead: %d", r.status)
	}
}

// What no ordinary client sends.
func TestRawRequests(t *testing.T) {
	b := start(t, Options{})
	head := "Content-Type: application/json\r\n"
	post := "POST /in/" + testKey + " HTTP/1.1\r\nHost: " + b.addr + "\r\n" + head
	tests := map[string]struct {
		text   string
		status int
		events int
	}{
		"two hosts":           {"POST /in/" + testKey + " HTTP/1.1\r\nHost: " + b.addr + "\r\nHost: evil.example\r\n" + head + "Content-Length: 2\r\n\r\n{}", 400, 0},
		"no host":             {"POST /in/" + testKey + " HTTP/1.1\r\n" + head + "Content-Length: 2\r\n\r\n{}", 400, 0},
		"no host, HTTP/1.0":   {"POST /in/" + testKey + " HTTP/1.0\r\n" + head + "Content-Length: 2\r\n\r\n{}", 403, 0},
		"whole address":       {"POST http://evil.example/in/" + testKey + " HTTP/1.1\r\nHost: " + b.addr + "\r\n" + head + "Content-Length: 2\r\n\r\n{}", 403, 0},
		"chunked":             {post + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n2\r\n1}\r\n0\r\n\r\n", 202, 1},
		"broken chunk":        {post + "Transfer-Encoding: chunked\r\n\r\nxx\r\n{}\r\n0\r\n\r\n", 400, 0},
		"two lengths":         {post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ", 400, 0},
		"length with sign":    {post + "Content-Length: +2\r\n\r\n{}", 400, 0},
		"strange coding":      {post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501, 0},
		"space before colon":  {post + "Content-Length : 2\r\n\r\n{}", 400, 0},
		"line end in header":  {post + "X: a\n b\r\nContent-Length: 2\r\n\r\n{}", 202, 1},
		"no HTTP":             {"hello\r\n\r\n", 400, 0},
		"header too long":     {post + "X: " + strings.Repeat("x", 64<<10) + "\r\n\r\n", 431, 0},
		"two content types":   {post + "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}", 415, 0},
		"asterisk":            {"OPTIONS * HTTP/1.1\r\nHost: " + b.addr + "\r\n\r\n", 404, 0},
		"connect":             {"CONNECT " + b.addr + " HTTP/1.1\r\nHost: " + b.addr + "\r\n\r\n", 404, 0},
		"two origins":         {post + "Origin: https://a.example\r\nOrigin: https://b.example\r\nContent-Length: 2\r\n\r\n{}", 403, 0},
		"second one smuggled": {post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 202, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := b.raw(tt.text)
			if got := b.host.got(); r.status != tt.status || len(got) != tt.events {
				t.Errorf("%d %s, %d events", r.status, r.body, len(got))
			}
		})
	}
}

func TestSlowSenders(t *testing.T) {
	b := start(t, Options{HeaderTimeout: 50 * time.Millisecond, ReadTimeout: 100 * time.Millisecond})
	head := "POST /in/" + testKey + " HTTP/1.1\r\nHost: " + b.addr + "\r\nContent-Type: application/json\r\n"
	for name, text := range map[string]string{"nothing": "", "half a header": head, "half a body": head + "Content-Length: 9\r\n\r\n{"} {
		c, err := net.Dial("tcp", b.addr)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(c, text)
		_ = c.SetReadDeadline(time.Now().Add(5 * time.Second))
		answer, err := io.ReadAll(c)
		if err != nil {
			t.Errorf("%s: the connection stays open: %v", name, err)
		}
		if name == "half a body" && !strings.HasPrefix(string(answer), "HTTP/1.1 408 ") {
			t.Errorf("%s: %q", name, answer)
		}
		_ = c.Close()
	}
	if got := b.host.got(); len(got) != 0 {
		t.Errorf("%d events", len(got))
	}
}

func TestToken(t *testing.T) {
	b := start(t, Options{})
	b.src.Local.Token = core.NewSecret(testToken)
	for _, wrong := range []string{"", "Bearer", "Bearer x", "Bearer " + testToken + "x", "Bearer " + testToken[:5], "Basic " + testToken, testToken} {
		r := b.post(`{}`, "Authorization", wrong)
		if r.status != http.StatusUnauthorized || r.header.Get("WWW-Authenticate") != "Bearer" {
			t.Errorf("%q: %d %s", wrong, r.status, r.body)
		}
	}
	for _, right := range []string{"Bearer " + testToken, "bearer " + testToken} {
		if r := b.post(`{}`, "Authorization", right); r.status != http.StatusAccepted {
			t.Errorf("%d %s", r.status, r.body)
		}
	}
	b.src.Local.Token = core.SealedSecret("s1") // cannot be opened now
	if r := b.post(`{}`, "Authorization", "Bearer "+testToken); r.status != http.StatusServiceUnavailable {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestPagesThatAreAllowed(t *testing.T) {
	b := start(t, Options{})
	b.src.Local.AllowedOrigins = []string{"https://till.example", "http://localhost:3000/"}
	for _, origin := range []string{"https://till.example", "http://localhost:3000"} {
		r := b.post(`{}`, "Origin", origin, "Referer", origin+"/sell?x=1")
		if r.status != http.StatusAccepted || r.header.Get("Access-Control-Allow-Origin") != origin {
			t.Errorf("%d %s %v", r.status, r.body, r.header)
		}
		r = b.do(http.MethodOptions, "/in/"+testKey, "", "Origin", origin, "Access-Control-Request-Method", "POST")
		if r.status != http.StatusNoContent || r.header.Get("Access-Control-Allow-Methods") != "POST" {
			t.Errorf("%d %s %v", r.status, r.body, r.header)
		}
	}
	for _, origin := range []string{"http://till.example", "https://till.example:444", "https://till.example.evil.example", "https://sub.till.example"} {
		if r := b.post(`{}`, "Origin", origin); r.status != http.StatusForbidden || r.header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %d %v", origin, r.status, r.header)
		}
	}
	if r := b.post(`{}`, "Origin", "https://till.example", "Referer", "https://evil.example/"); r.status != http.StatusForbidden {
		t.Errorf("%d", r.status)
	}
}

func TestHopsAreCounted(t *testing.T) {
	b := start(t, Options{})
	for n := range core.MaxHops {
		if r := b.post(`{}`, core.HopsHeader, fmt.Sprint(n)); r.status != http.StatusAccepted {
			t.Fatalf("%d: %s", n, r.body)
		}
		if e := b.host.got()[0]; e.Hops != n+1 {
			t.Errorf("after %d: %d", n, e.Hops)
		}
	}
}

func TestPaused(t *testing.T) {
	b := start(t, Options{})
	b.src.Paused = true
	if r := b.post(`{}`); r.status != http.StatusServiceUnavailable || r.header.Get("Retry-After") == "" {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestStoreTakesNothing(t *testing.T) {
	b := start(t, Options{})
	b.host.refuse(func() error { return core.Errorf(core.CodeUnavailable, "The disk is full, so nothing was stored.") })
	r := b.post(`{}`)
	if r.status != http.StatusServiceUnavailable || r.header.Get("Retry-After") == "" || r.Error.Message != "The disk is full, so nothing was stored." {
		t.Errorf("%d %s", r.status, r.body)
	}
	b.host.refuse(func() error { return errors.New("bug in /home/ada") })
	if r := b.post(`{}`); r.status != http.StatusInternalServerError || strings.Contains(r.body, "ada") {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestPanicIsAnswered(t *testing.T) {
	b := start(t, Options{})
	b.host.refuse(func() error { panic("bug") })
	if r := b.post(`{}`); r.status != http.StatusInternalServerError || r.Error.Code != "internal" {
		t.Errorf("%d %s", r.status, r.body)
	}
	b.host.refuse(nil)
	if r := b.post(`{}`); r.status != http.StatusAccepted {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestManyRecordsCommitInSlices(t *testing.T) {
	b := start(t, Options{})
	var body strings.Builder
	for i := range 2500 {
		_, _ = fmt.Fprintf(&body, "{\"n\":%d}\n", i)
	}
	commits := 0
	b.host.refuse(func() error {
		if commits++; commits == 3 {
			return core.Errorf(core.CodeUnavailable, "The disk is full.")
		}
		return nil
	})
	r := b.post(body.String(), "Content-Type", "application/x-ndjson", "Idempotency-Key", "one")
	if r.status != 503 || r.Error.Accepted == nil || *r.Error.Accepted != 2000 || !strings.Contains(r.Error.Message, "Of the 2500 records, the first 2000 were accepted.") {
		t.Errorf("%d %s", r.status, r.body)
	}
	r = b.post(body.String(), "Content-Type", "application/x-ndjson", "Idempotency-Key", "one") // goes on where it ended
	events := b.host.got()
	if r.status != 202 || len(r.IDs) != 2500 || len(events) != 2500 || *r.Dup {
		t.Fatalf("%d, %d ids, %d events", r.status, len(r.IDs), len(events))
	}
	for i, e := range events {
		if e.ID != r.IDs[i] || string(e.Data) != fmt.Sprintf(`{"n":%d}`, i) {
			t.Fatalf("event %d: %s %s", i, e.ID, e.Data)
		}
	}
	wrong := body.String() + "{\n"
	if r := b.post(wrong, "Content-Type", "application/x-ndjson"); r.status != 400 || len(b.host.got()) != 0 {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestLargerEvents(t *testing.T) {
	b := start(t, Options{})
	b.src.Local.MaxEventBytes = 2 << 20
	if r := b.post(`{"a":"` + strings.Repeat("x", 1<<20) + `"}`); r.status != http.StatusAccepted {
		t.Errorf("%d %s", r.status, r.body)
	}
	if r := b.post(`{"a":"` + strings.Repeat("x", 2<<20) + `"}`); r.status != http.StatusRequestEntityTooLarge {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestTooManyLargeBodies(t *testing.T) {
	b := start(t, Options{MaxBodies: 2 << 20})
	large := strings.Repeat(" ", 2<<20) + `{}` // one alone is over the limit
	if r := b.post(large); r.status != http.StatusServiceUnavailable || r.header.Get("Retry-After") == "" {
		t.Errorf("%d %s", r.status, r.body)
	}
	for range 5 { // what was counted is given back
		if r := b.post(large[4:]); r.status != http.StatusAccepted {
			t.Fatalf("%d %s", r.status, r.body)
		}
	}
}

// A sender that does not say how much is to come is held to the same limits.
func TestUnsizedBodies(t *testing.T) {
	b := start(t, Options{MaxRequest: 3 << 20})
	for n, want := range map[int]int{10: 202, 2 << 20: 202, 3<<20 - 2: 202, 3 << 20: 413, 30 << 20: 413} {
		body := io.MultiReader(strings.NewReader(`{}`), strings.NewReader(strings.Repeat(" ", n)))
		req, _ := http.NewRequest(http.MethodPost, "http://"+b.addr+"/in/"+testKey, body)
		req.Header.Set("Content-Type", "application/json")
		res, err := http.DefaultClient.Do(req)
		if err != nil && n > 8<<20 {
			continue // the connection ended while the rest was being sent
		}
		if err != nil {
			t.Fatal(err)
		}
		if r := b.read(res); r.status != want {
			t.Errorf("%d bytes: %d %s", n+2, r.status, r.body)
		}
	}
}

func TestListen(t *testing.T) {
	ln, port, err := Listen(0)
	if err != nil || port == 0 {
		t.Fatal(port, err)
	}
	_, _, err = Listen(port)
	if core.CodeOf(err) != core.CodeUnavailable || !strings.HasPrefix(core.Sentence(err), fmt.Sprintf("Port %d is used by another program", port)) {
		t.Errorf("%v", err)
	}
	_ = ln.Close()
	again, got, err := Listen(port)
	if err != nil || got != port {
		t.Fatal(got, err)
	}
	_ = again.Close()
}

func TestBothLoopbackAddresses(t *testing.T) {
	b := start(t, Options{})
	_, port, _ := net.SplitHostPort(b.addr)
	c, err := net.Dial("tcp", "[::1]:"+port)
	if err != nil {
		t.Skip("no IPv6 here")
	}
	defer func() { _ = c.Close() }()
	_, _ = io.WriteString(c, "POST /in/"+testKey+" HTTP/1.1\r\nHost: [::1]:"+port+"\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
	if r := b.answer(c); r.status != http.StatusAccepted {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestStopDoesNotWaitForSilentConnections(t *testing.T) {
	b := start(t, Options{StopTimeout: time.Minute})
	b.post(`{}`) // leaves an idle one
	c, err := net.Dial("tcp", b.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	began := time.Now()
	if err := b.stop(); err != nil || time.Since(began) > 2*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
}

func TestStopWaitsForRequestsInFlight(t *testing.T) {
	b := start(t, Options{})
	inside, goOn := make(chan struct{}), make(chan struct{})
	b.host.refuse(func() error {
		close(inside)
		<-goOn
		return nil
	})
	answered := make(chan reply)
	go func() { answered <- b.post(`{}`) }()
	<-inside
	stopped := make(chan error)
	go func() { stopped <- b.stop() }()
	for { // no new connections
		c, err := net.Dial("tcp", b.addr)
		if err != nil {
			break
		}
		_ = c.Close()
	}
	select {
	case <-stopped:
		t.Fatal("stopped while a request was in flight")
	default:
	}
	close(goOn)
	if r := <-answered; r.status != http.StatusAccepted {
		t.Errorf("%d %s", r.status, r.body)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}
