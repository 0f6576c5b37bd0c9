package control

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"hookbird/core"
)

// How a window looks for an engine that has gone away.
const (
	reconnectEvery = 250 * time.Millisecond
	reconnectFor   = 8 * time.Second
)

// Show asks for the window to come forward or be opened, at a page; "" stays
// wherever it is.
func (c *Client) Show(ctx context.Context, page string) error {
	return c.do(ctx, "POST", "/v1/show", wireShow{page}, nil)
}

// Shown acknowledges that the window came forward, by the number that
// Change.Show gave. A window that is closing must not call it.
func (c *Client) Shown(ctx context.Context, show uint64) error {
	return c.do(ctx, "POST", "/v1/shown", wireShown{show}, nil)
}

// Quit asks Hookbird to end. It returns when the engine has heard it, not when
// it has ended.
func (c *Client) Quit(ctx context.Context) error {
	return c.do(ctx, "POST", "/v1/quit", wireQuit{}, nil)
}

// TakeOver asks an older engine to end, because this program is newer and waits
// for its lock.
func (c *Client) TakeOver(ctx context.Context) error {
	return c.do(ctx, "POST", "/v1/quit", wireQuit{Newer: true}, nil)
}

// Changes registers this process as the window and calls told for each line of
// the stream, one after the other, the first at once. It returns nil after a
// line with Quit, ErrWindowOpen if there is another window, ctx's error when it
// is cancelled, and else ErrNobody: the engine is gone, and Reconnect looks for
// it.
func (c *Client) Changes(ctx context.Context, told func(Change)) error {
	resp, err := c.send(ctx, "GET", "/v1/changes", nil)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		data, err := io.ReadAll(io.LimitReader(resp.Body, smallBody))
		if err != nil {
			return lost(ctx, err)
		}
		return unpackError(resp.StatusCode, data)
	}
	lines := bufio.NewScanner(resp.Body)
	for lines.Scan() {
		var change Change
		if err := json.Unmarshal(lines.Bytes(), &change); err != nil {
			return nobody(err)
		}
		told(change)
		if change.Quit {
			return nil
		}
	}
	return lost(ctx, errors.Join(io.ErrUnexpectedEOF, lines.Err()))
}

// Reconnect looks for an engine after the stream of changes ended: a try each
// 250 ms for 8 s, until one is ready. ErrNobody: there is none. ErrStarting: there
// is one, which needs longer to open its store. ErrVersion or ErrAPI: there is one, but not of the version that this Client first spoke to.
func (c *Client) Reconnect(ctx context.Context) error {
	limit, cancel := context.WithTimeout(ctx, reconnectFor)
	defer cancel()
	again := time.NewTicker(reconnectEvery)
	defer again.Stop()
	var last error
	for {
		peer, err := c.shake(limit)
		switch {
		case err == nil && peer.Ready:
			return c.attach(peer)
		case errors.Is(err, ErrAPI):
			return err
		case limit.Err() == nil: // else it was only cut short
			last = err
		}
		select {
		case <-again.C:
		case <-limit.Done():
		}
		if limit.Err() != nil {
			return gaveUp(ctx, last)
		}
	}
}

// gaveUp says why Reconnect did not find an engine; last is how its last try
// failed, nil if an engine answered that was not ready.
func gaveUp(ctx context.Context, last error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case last == nil:
		return errStarting
	default:
		return nobody(last)
	}
}

// attach goes on with an engine that is ready, if it is of the same version.
func (c *Client) attach(peer Peer) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if peer.Version != c.peer.Version {
		return core.Wrap(core.CodeUnavailable, ErrVersion,
			fmt.Sprintf("Hookbird %s is running now. Restart this window to go on with it.", peer.Version))
	}
	c.peer = peer
	return nil
}
