package local

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"hookbird/core"
)

// checkHost refuses names that only look like ours: a web page whose own name
// was made to point at this computer sends that name.
func checkHost(r *http.Request) *refusal {
	addr, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	if ok && ours(r.Host, addr.Port) {
		return nil
	}
	return refuse(http.StatusForbidden, "forbidden_host", "This address answers to 127.0.0.1, localhost and [::1] with its own port only.")
}

// ours tells whether host is one of our names with our port.
func ours(host string, port int) bool {
	i := strings.LastIndexByte(host, ':')
	if i < 0 {
		return port == 80 && isLoopbackName(host)
	}
	// Only the plain way to write a number counts, without signs or zeros ahead.
	return isLoopbackName(host[:i]) && isPort(host[i+1:], port)
}

func isPort(text string, port int) bool {
	n, err := strconv.Atoi(text)
	return err == nil && n == port && text[0] != '0' && text[0] != '+'
}

func isLoopbackName(name string) bool {
	return name == "127.0.0.1" || name == "[::1]" || strings.EqualFold(name, "localhost")
}

// split takes the key and the event type from a path.
func split(path string) (key, typ string, ok bool) {
	rest, ok := strings.CutPrefix(path, "/in/")
	if !ok {
		return "", "", false
	}
	key, typ, named := strings.Cut(rest, "/")
	return key, typ, key != "" && !strings.Contains(typ, "/") && (typ != "" || !named)
}

// checkPage refuses what a web page in a browser sends, unless the source names
// the page's origin. Browsers say where a request comes from; programs do not.
func checkPage(h http.Header, r *http.Request, src *core.Source, known bool) *refusal {
	origin, referer := r.Header["Origin"], r.Header["Referer"]
	if len(origin) == 0 && len(referer) == 0 {
		return nil
	}
	for _, from := range origin {
		if !known || !allowed(src, from) {
			return refusedPage()
		}
		h.Set("Access-Control-Allow-Origin", from)
		h.Set("Vary", "Origin")
	}
	for _, from := range referer {
		if !known || !allowed(src, originOf(from)) {
			return refusedPage()
		}
	}
	return nil
}

func refusedPage() *refusal {
	return refuse(http.StatusForbidden, "forbidden_origin", "Web pages may not post here. Name the page's origin in the settings of the source to allow it.")
}

func originOf(page string) string {
	u, err := url.Parse(page)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

func allowed(src *core.Source, origin string) bool {
	if src.Local == nil || origin == "" {
		return false
	}
	for _, a := range src.Local.AllowedOrigins {
		if strings.EqualFold(strings.TrimSuffix(a, "/"), origin) {
			return true
		}
	}
	return false
}

// preflight tells the browser of an allowed page what the page may send.
func preflight(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Access-Control-Allow-Methods", http.MethodPost)
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key, Webhook-Id, "+core.HopsHeader)
	h.Set("Access-Control-Allow-Private-Network", "true")
	h.Set("Access-Control-Max-Age", "600")
	w.WriteHeader(http.StatusNoContent)
}

// checkToken compares in a time that says nothing of the token.
func checkToken(r *http.Request, src *core.Source) *refusal {
	if src.Local.Token.IsZero() {
		return nil
	}
	want, ok := src.Local.Token.Text()
	if !ok {
		return unavailable("Hookbird cannot check the token now. Send the same again later.", "30")
	}
	scheme, got, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	a, b := sha256.Sum256([]byte(want)), sha256.Sum256([]byte(strings.TrimSpace(got)))
	if subtle.ConstantTimeCompare(a[:], b[:]) != 1 || !strings.EqualFold(scheme, "Bearer") {
		return refuse(http.StatusUnauthorized, "unauthorized", "This source asks for its token as a header: Authorization: Bearer and the token.").
			with("WWW-Authenticate", "Bearer")
	}
	return nil
}

// hops counts this local address among those that the record has come through.
// A record that came through too many goes round in a circle. The refusal is one
// of the record and not of us, so that its sender does not try again.
func hops(r *http.Request) (int, *refusal) {
	text := r.Header.Get(core.HopsHeader)
	if text == "" {
		return 1, nil
	}
	n, err := strconv.ParseUint(text, 10, 16)
	switch {
	case err != nil:
		return 0, refuse(http.StatusBadRequest, "invalid", "The header "+core.HopsHeader+" must be a number.")
	case n >= core.MaxHops:
		return 0, refuse(http.StatusUnprocessableEntity, "loop", "This record has come through Hookbird "+strconv.Itoa(core.MaxHops)+
			" times already: a webhook sends records back to where they came from. Change its address or the records that it wants.")
	}
	return int(n) + 1, nil
}
