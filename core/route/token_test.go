package route

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// counter gives tokens one after the other, each after some time and good for some
// time.
type counter struct {
	takes, good time.Duration
	given       int
	err         error
}

func (c *counter) fetch(ctx context.Context) (string, time.Time, error) {
	select {
	case <-time.After(c.takes):
	case <-ctx.Done():
		return "", time.Time{}, ctx.Err()
	}
	if c.err != nil {
		return "", time.Time{}, c.err
	}
	c.given++
	var ends time.Time
	if c.good != 0 {
		ends = time.Now().Add(c.good)
	}
	return fmt.Sprintf("Bearer t%d", c.given), ends, nil
}

func want(t *testing.T, tokens *tokens, line string) {
	t.Helper()
	if got, err := tokens.get(t.Context()); got != line || err != nil {
		t.Errorf("%q, %v and not %q", got, err, line)
	}
}

func TestTokensAreKeptUntilShortlyBeforeTheirEnd(t *testing.T) {
	tests := []struct{ good, kept time.Duration }{
		{time.Hour, time.Hour - tokenMargin},
		{20 * time.Second, 15 * time.Second},
		{time.Second, 750 * time.Millisecond},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			tokens := &tokens{fetch: (&counter{good: tt.good}).fetch}
			want(t, tokens, "Bearer t1")
			time.Sleep(tt.kept - time.Nanosecond)
			want(t, tokens, "Bearer t1")
			time.Sleep(time.Nanosecond)
			want(t, tokens, "Bearer t2")
		})
	}
}

func TestTokensWithoutAnEndAndTokensThatHaveEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		forever := &tokens{fetch: (&counter{}).fetch}
		want(t, forever, "Bearer t1")
		time.Sleep(1000 * time.Hour)
		want(t, forever, "Bearer t1")
		ended := &tokens{fetch: (&counter{good: -time.Hour}).fetch}
		want(t, ended, "Bearer t1")
		want(t, ended, "Bearer t2")
	})
}

func TestOneFetchesForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &counter{takes: time.Second}
		tokens := &tokens{fetch: c.fetch}
		impatient, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		var wait sync.WaitGroup
		wait.Go(func() { // the first to ask gives up, and the fetch goes on
			if _, err := tokens.get(impatient); !errors.Is(err, context.DeadlineExceeded) {
				t.Error(err)
			}
		})
		synctest.Wait()
		for range 50 {
			wait.Go(func() { want(t, tokens, "Bearer t1") })
		}
		wait.Wait()
		if c.given != 1 {
			t.Errorf("%d were fetched", c.given)
		}
	})
}

func TestTokensThatAreNotGiven(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &counter{takes: time.Hour}
		tokens := &tokens{fetch: c.fetch}
		began := time.Now()
		if _, err := tokens.get(t.Context()); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != tokenLimit {
			t.Errorf("%v after %s", err, time.Since(began))
		}
		c.takes, c.err = 0, errors.New("no")
		if _, err := tokens.get(t.Context()); !errors.Is(err, c.err) {
			t.Error(err)
		}
		c.err = nil
		want(t, tokens, "Bearer t1")
	})
}

func TestRefusedTokens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tokens := &tokens{fetch: (&counter{}).fetch}
		want(t, tokens, "Bearer t1")
		for range 2 { // who used it too
			if !tokens.refused("Bearer t1", now()) {
				t.Error("no other try after the first token")
			}
		}
		want(t, tokens, "Bearer t2")
		if !tokens.refused("Bearer t1", now()) {
			t.Error("no other try for who was late with the first token")
		}
		want(t, tokens, "Bearer t2")
		if tokens.refused("Bearer t2", now()) {
			t.Error("another try though the fresh token was refused too")
		}
		want(t, tokens, "Bearer t2")
		time.Sleep(tokenRest)
		if !tokens.refused("Bearer t2", now()) {
			t.Error("no other try later")
		}
		want(t, tokens, "Bearer t3")
	})
}

// However many are refused at once and however often, no more tokens are fetched
// than one at the beginning and one a minute.
func TestRefusalsFetchFewTokens(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		pauses := rapid.SliceOfN(rapid.IntRange(0, 40), 1, 50).Draw(rt, "pauses")
		c := &counter{takes: time.Millisecond}
		var took time.Duration
		synctest.Test(t, func(t *testing.T) {
			tokens, began := &tokens{fetch: c.fetch}, time.Now()
			for _, pause := range pauses {
				line, err := tokens.get(t.Context())
				if err != nil {
					t.Error(err)
				}
				tokens.refused(line, now())
				time.Sleep(time.Duration(pause) * time.Second)
			}
			took = time.Since(began)
		})
		if most := 2 + int(took/tokenRest); c.given > most {
			rt.Fatalf("%d tokens in %s", c.given, took)
		}
	})
}
