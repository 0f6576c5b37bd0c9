package route

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/message"

	"golang.org/x/net/http/httpguts"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// newTokens makes what fetches the tokens of a webhook, by the webhook's own way.
func newTokens(a core.Auth, r *Route, o Options) (*tokens, error) {
	if err := checkTokenURL(a.TokenURL); err != nil {
		return nil, err
	}
	f := &fetcher{auth: a, way: r, vault: o.Vault, agent: userAgent(o.Version)}
	return &tokens{fetch: f.fetch}, nil
}

// checkTokenURL refuses an address to which a client's secret must not go.
func checkTokenURL(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "" || (u.Scheme != "https" && u.Scheme != "http"):
		return core.Errorf(core.CodeInvalid, "The address where the key is fetched cannot be read. Copy it once more from the other system: it begins with https://")
	case u.Scheme == "http" && !message.Loopback(u):
		return core.Errorf(core.CodeInvalid, "The address where the key is fetched has to begin with https://, because a secret value is sent there.")
	}
	return nil
}

// fetcher fetches tokens with a client's id and secret (RFC 6749, section 4.4).
type fetcher struct {
	auth  core.Auth
	way   http.RoundTripper
	vault core.Vault
	agent string
}

// fetch gives a new token as the value of a header line, and when it ends, zero
// if that is not said.
func (f *fetcher) fetch(ctx context.Context) (line string, ends time.Time, err error) {
	secret, err := reveal(f.auth.Secret, f.vault)
	if err != nil {
		return "", ends, err
	}
	seen := &reader{way: f.way, agent: f.agent}
	client := &http.Client{Transport: seen, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	token, err := f.config(secret).Token(context.WithValue(ctx, oauth2.HTTPClient, client))
	if err != nil {
		return "", ends, tokenError(err, seen.code, f.secrets(secret)...)
	}
	switch kind := strings.ToLower(token.TokenType); {
	case kind == "mac" || kind == "dpop":
		return "", ends, &TokenError{Code: seen.code, Text: "with a key of the kind " + kind + ", which Hookbird cannot use"}
	case !httpguts.ValidHeaderFieldValue(token.AccessToken):
		return "", ends, &TokenError{Code: seen.code, Text: "with a key that holds signs which cannot be sent"}
	}
	return "Bearer " + token.AccessToken, token.Expiry, nil
}

// secrets gives what of a request for a token must not be seen: the secret, and
// what Authorization holds of it.
func (f *fetcher) secrets(secret string) []string {
	if secret == "" {
		return nil
	}
	return []string{url.QueryEscape(f.auth.User) + ":" + url.QueryEscape(secret), secret}
}

func (f *fetcher) config(secret string) *clientcredentials.Config {
	config := &clientcredentials.Config{
		ClientID: f.auth.User, ClientSecret: secret, TokenURL: f.auth.TokenURL, Scopes: f.auth.Scopes,
		AuthStyle: oauth2.AuthStyleInHeader,
	}
	if f.auth.InBody {
		config.AuthStyle = oauth2.AuthStyleInParams
	}
	if f.auth.Audience != "" {
		config.EndpointParams = url.Values{"audience": {f.auth.Audience}}
	}
	return config
}

// reader sends the request for a token and bounds what is read of the answer.
type reader struct {
	way   http.RoundTripper
	agent string
	code  int // of the answer
}

// RoundTrip implements http.RoundTripper.
func (s *reader) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	request.Header.Set("User-Agent", s.agent)
	request.Header.Set("Accept", "application/json")
	response, err := s.way.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	s.code = response.StatusCode
	body := bufio.NewReader(io.LimitReader(response.Body, maxToken))
	if begin, _ := body.Peek(64); bytes.HasPrefix(bytes.TrimSpace(begin), []byte("{")) {
		response.Header.Set("Content-Type", "application/json") // which some that send it do not say
	}
	response.Body = bounded{body, response.Body}
	return response, nil
}

type bounded struct {
	io.Reader
	io.Closer
}

// tokenError puts into words why there is no token.
func tokenError(err error, code int, secrets ...string) *TokenError {
	if refused, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		return &TokenError{Code: code, Text: refusedText(refused, code, secrets)}
	}
	if sent, ok := errors.AsType[*url.Error](err); ok {
		err = sent.Err // without the URL
	}
	if code == 0 {
		return &TokenError{Text: unfetched(err, secrets), Err: cleared(err, secrets...)}
	}
	if IsTimeout(err) {
		return &TokenError{Text: "the answer took too long", Err: err}
	}
	return &TokenError{Code: code, Text: "with an answer in which there is no key"}
}

// refusedText gives what was said by who gives no token.
func refusedText(e *oauth2.RetrieveError, code int, secrets []string) string {
	text := http.StatusText(code)
	switch {
	case e.ErrorCode != "":
		text = e.ErrorCode
	case code >= 300 && code <= 399:
		text += ", which points to another address"
	}
	if e.ErrorDescription != "" {
		text += ": " + e.ErrorDescription
	}
	return brief(text, secrets...)
}

// unfetched gives the end of a sentence on why nothing was answered.
func unfetched(err error, secrets []string) string {
	if b, ok := errors.AsType[*Blocked](err); ok {
		return strings.TrimSuffix(b.Error(), ".")
	}
	if e, ok := errors.AsType[*ProxyError](err); ok {
		return strings.TrimSuffix(e.Error(), ".")
	}
	if IsTimeout(err) {
		return "it took too long"
	}
	return reason(err, secrets...)
}
