package route

import (
	"context"
	"sync"
	"time"
)

// Bounds of tokens.
const (
	tokenLimit  = 15 * time.Second // of fetching one
	maxToken    = 64 << 10         // bytes of what is answered
	tokenMargin = 30 * time.Second // before its end a token is no longer used
	tokenRest   = time.Minute      // a token that replaced a refused one and is refused too stays so long
)

// tokens keeps a token while it is good. Of many that need one at once, one
// fetches it.
type tokens struct {
	fetch func(context.Context) (line string, ends time.Time, err error)

	mu      sync.Mutex
	kept    *token
	coming  *coming // nil: nobody fetches
	renewed bool    // the next token replaces one that was refused
}

type token struct {
	line    string
	got     time.Time
	until   time.Time // zero: until it is refused
	renewed bool      // it replaced one that was refused
}

// coming is a token on its way.
type coming struct {
	done chan struct{}
	line string
	err  error
}

// Authorization gives the value of the header line Authorization for a webhook
// whose token is fetched first (OAuth 2): "Bearer …". It is "" for every other
// webhook. A token is kept until shortly before its end. The value is a secret,
// and so is what stands in it behind the space: the caller has to mask them in all
// that is shown. The error is a *TokenError, that of the vault, or ctx's.
func (r *Route) Authorization(ctx context.Context) (line string, err error) {
	if r.tokens == nil {
		return "", nil
	}
	return r.tokens.get(ctx)
}

// Refused is told that the target refused a value of Authorization (401), and
// forgets the token if it is still that one. True if another try with another
// token makes sense: not when the refused one has itself just replaced a refused
// one.
func (r *Route) Refused(line string) bool {
	return r.tokens != nil && line != "" && r.tokens.refused(line, now())
}

// now is the time by the clock on the wall: a computer that slept has aged too.
func now() time.Time { return time.Now().Round(0) }

func (t *tokens) get(ctx context.Context) (string, error) {
	t.mu.Lock()
	if t.kept != nil && (t.kept.until.IsZero() || now().Before(t.kept.until)) {
		defer t.mu.Unlock()
		return t.kept.line, nil
	}
	c := t.coming
	if c == nil {
		c = &coming{done: make(chan struct{})}
		t.coming = c
		go t.bring(c)
	}
	t.mu.Unlock()
	select {
	case <-c.done:
		return c.line, c.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// bring fetches a token for all who wait, whoever of them gives up.
func (t *tokens) bring(c *coming) {
	ctx, cancel := context.WithTimeout(context.Background(), tokenLimit)
	defer cancel()
	line, ends, err := t.fetch(ctx)
	t.mu.Lock()
	c.line, c.err = line, err
	t.coming = nil
	if err == nil {
		t.kept = &token{line: line, got: now(), until: lastUse(now(), ends), renewed: t.renewed}
		t.renewed = false
	}
	t.mu.Unlock()
	close(c.done)
}

// lastUse gives when a token that ends at a time is used no longer.
func lastUse(now, ends time.Time) time.Time {
	if ends.IsZero() {
		return ends
	}
	ends = ends.Round(0)
	return ends.Add(-min(tokenMargin, max(0, ends.Sub(now)/4)))
}

func (t *tokens) refused(line string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.kept == nil || t.kept.line != line:
		return true // another one has come, or is about to
	case t.kept.renewed && now.Before(t.kept.got.Add(tokenRest)):
		return false
	}
	t.kept, t.renewed = nil, true
	return true
}
