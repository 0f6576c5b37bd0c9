package route

import (
	"context"
	"net/http"
	"sync"
	"time"

	"hookbird/core"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// tokens fetches the token of a webhook and keeps it while it is good.
type tokens struct {
	auth  core.Auth
	vault core.Vault
	http  *http.Client

	mu   sync.Mutex
	line string
	ends time.Time // zero: unknown
}

func newTokens(auth core.Auth, way http.RoundTripper, vault core.Vault) (*tokens, error) {
	return &tokens{auth: auth, vault: vault, http: &http.Client{Transport: way, Timeout: 15 * time.Second}}, nil
}

func (t *tokens) close() {}

// Authorization gives the value of the header line Authorization for a webhook
// whose token is fetched first (OAuth 2), and "" for every other. The whole value
// and what stands behind its space are secrets, to be masked like others. The
// error is a *TokenError, that of the vault, or ctx's.
func (r *Route) Authorization(ctx context.Context) (line string, err error) {
	if r.token == nil {
		return "", nil
	}
	return r.token.get(ctx)
}

// Refused is told that the target refused a value of Authorization (401). It
// forgets the token if it is still that one. True if another try with a fresh one
// makes sense.
func (r *Route) Refused(line string) bool {
	return r.token != nil && r.token.refused(line)
}

func (t *tokens) get(ctx context.Context) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.line != "" && (t.ends.IsZero() || time.Now().Before(t.ends)) {
		return t.line, nil
	}
	secret, err := t.vault.Reveal(t.auth.Secret)
	if err != nil {
		return "", err
	}
	config := clientcredentials.Config{ClientID: t.auth.User, ClientSecret: secret, TokenURL: t.auth.TokenURL, Scopes: t.auth.Scopes}
	got, err := config.Token(context.WithValue(ctx, oauth2.HTTPClient, t.http))
	if err != nil {
		return "", &TokenError{Text: "it was not given", Err: err}
	}
	t.line, t.ends = got.Type()+" "+got.AccessToken, got.Expiry
	return t.line, nil
}

func (t *tokens) refused(line string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.line == line {
		t.line = ""
	}
	return true
}
