package attempt_test

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/attempt"
)

// echoes are ways in which a target may give back what it was sent, each with a
// look for the secret in what is left of the answer.
var echoes = []struct {
	name  string
	write func(secret string) string
}{
	{"text", func(s string) string { return s }},
	{"form", url.QueryEscape},
	{"form with %20", func(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }},
	{"form, lower case", func(s string) string { return lowerHex(url.QueryEscape(s)) }},
	{"path", url.PathEscape},
	{"JSON", func(s string) string { b, _ := json.Marshal(s); return string(b) }},
	{"JSON with slashes escaped", func(s string) string { b, _ := json.Marshal(s); return strings.ReplaceAll(string(b), "/", `\/`) }},
	{"JSON in ASCII", inASCII},
	{"HTML", html.EscapeString},
	{"hexadecimal", func(s string) string { return hex.EncodeToString([]byte(s)) }},
	{"base64", func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }},
	{"base64 for addresses", func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }},
}

func lowerHex(s string) string {
	for i := 0; i+2 < len(s); i++ {
		if s[i] == '%' {
			s = s[:i] + strings.ToLower(s[i:i+3]) + s[i+3:]
		}
	}
	return s
}

func inASCII(s string) string {
	b, _ := json.Marshal(s)
	var out strings.Builder
	for _, r := range string(b) {
		if r < 0x80 {
			out.WriteRune(r)
		} else {
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.String()
}

// Ten thousand answers give the secrets back, in the body and in a header line,
// in every encoding, anywhere, also across the border of what is kept. None of
// them stays.
func TestNoAnswerShowsASecret(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	secrets := []string{"open sesame & more", `q"u/o<t>e'ß+%~*`, "plain-KEY-0123456789abcdef", strings.Repeat("long ä/", 90)}
	body, code := "", 200
	var field string
	server := answer(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Echo", field)
		w.WriteHeader(code)
		_, _ = w.Write([]byte(body))
	})
	w := &core.Webhook{Address: server.URL}
	for i, secret := range secrets {
		w.Body.Fields = append(w.Body.Fields, core.Field{Name: fmt.Sprint(i), Secret: core.NewSecret(secret)})
	}
	c, m := line(t, w, attempt.Options{})
	for n := range 10_000 {
		secret := secrets[random.IntN(len(secrets))]
		echo := echoes[random.IntN(len(echoes))]
		text := echo.write(secret)
		kept := 4096
		if code = 500; random.IntN(2) == 0 {
			code, kept = 200, 256
		}
		before := strings.Repeat(".", random.IntN(40))
		if random.IntN(2) == 0 {
			before = strings.Repeat(".", max(0, kept-random.IntN(len(text)+30)))
		}
		body = before + text + "." + text + "!"
		field = url.PathEscape(text)
		if echo.name == "text" || echo.name == "path" {
			field = url.PathEscape(secret)
		}
		a, _ := c.Do(context.Background(), m)
		if left := strings.Trim(a.Answer, `.!"•…`); left != "" {
			t.Fatalf("answer %d, %s: %q is left of %q", n, echo.name, left, text)
		}
		if len(a.Answer) > kept || len(before) < kept-30 && !strings.Contains(a.Answer, core.Dots) {
			t.Fatalf("answer %d, %s: %q", n, echo.name, a.Answer)
		}
		if field == url.PathEscape(secret) && strings.Contains(strings.Join(a.Header, "\n"), field) {
			t.Fatalf("answer %d: %q is in the header", n, field)
		}
	}
}

func TestPartsOfASecretAreSecretToo(t *testing.T) {
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte("ada:hush-hush"))
	body := "you sent abcdef-12345 and hush-hush, or " + base64.StdEncoding.EncodeToString([]byte("user:abcdef-12345!"))
	server := answer(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(500)
		_, _ = w.Write([]byte(body))
	})
	a, _ := send(t, &core.Webhook{Address: server.URL, Headers: []core.Header{
		{Name: "Authorization", Secret: core.NewSecret("Bearer abcdef-12345")},
		{Name: "X-Other", Secret: core.NewSecret(basic)},
	}}, attempt.Options{})
	if strings.Contains(a.Answer, "abcdef") || strings.Contains(a.Answer, "hush") || strings.Contains(a.Answer, "YWJjZGVmLTEyMzQ1") {
		t.Errorf("answer = %q", a.Answer)
	}
	if !strings.HasPrefix(a.Answer, "you sent "+core.Dots+" and "+core.Dots+", or ") {
		t.Errorf("answer = %q", a.Answer)
	}
}

func TestAddressIsMasked(t *testing.T) {
	server := answer(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(404)
		_, _ = w.Write([]byte("Cannot POST " + r.URL.RequestURI() + ", and nothing at hook-0123456789"))
	})
	a, _ := send(t, &core.Webhook{Address: server.URL + "/hooks/catch/hook-0123456789?k=v"}, attempt.Options{})
	if want := "Cannot POST " + core.Dots + ", and nothing at " + core.Dots; a.Answer != want {
		t.Errorf("answer = %q, want %q", a.Answer, want)
	}
}

func TestAnswerThatIsNoText(t *testing.T) {
	server := answer(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(500)
		_, _ = w.Write([]byte("caf\xe9\x00 \xff"))
	})
	if a, _ := send(t, &core.Webhook{Address: server.URL}, attempt.Options{}); a.Answer != "caf\ufffd\x00 \ufffd" {
		t.Errorf("answer = %q", a.Answer)
	}
}

// The first line and the header lines of an answer are masked as its body is.
func TestHeaderAndReasonAreMasked(t *testing.T) {
	echo := `open\u0020SESAME%26&#043;`
	address := raw(t, func(_ int, conn net.Conn, in *bufio.Reader) {
		readRequest(in)
		_, _ = io.WriteString(conn, "HTTP/1.1 500 No "+echo+"\r\nX-Echo: "+echo+"\r\nX-Long: "+strings.Repeat(".", 485)+echo+"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
	})
	key := core.Header{Name: "X-Key", Secret: core.NewSecret("open sesame&+")}
	a, _ := send(t, &core.Webhook{Address: address, Headers: []core.Header{key}}, attempt.Options{})
	if want := "500 No " + core.Dots; a.Detail != want {
		t.Errorf("detail = %q, want %q", a.Detail, want)
	}
	header := strings.Join(a.Header, "\n")
	if !strings.Contains(header, "X-Echo: "+core.Dots+"\n") || !strings.Contains(header, "...•") || strings.Contains(header, "open") {
		t.Errorf("header = %q", header)
	}
}
