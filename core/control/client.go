package control

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"hookbird/core"
)

const (
	requestTimeout   = 30 * time.Second // of a request whose context has no deadline
	importTimeout    = 5 * time.Minute
	handshakeTimeout = 2 * time.Second
	maxAnswer        = 128 << 20 // bytes
)

// Peer is the engine that a Client reached.
type Peer struct {
	Version string
	API     int
	PID     int
	Ready   bool // its store is open; until then only Show, Quit and TakeOver work
}

// Client asks the engine of one data folder. It finds the engine anew with every
// request, so it outlives the engine that it first spoke to. Its methods may be
// called from any goroutine. A request whose context has no deadline ends after
// 30 seconds, but Test and Changes last as long as they are let.
type Client struct {
	dir  string
	http *http.Client

	mu   sync.Mutex
	peer Peer
}

var _ Service = (*Client)(nil)

// Dial reaches the engine of a data folder. ErrNobody: none listens. ErrToken:
// one listens that control.json does not speak of. ErrAPI: the two do not
// understand each other; then the Client is there all the same, but only for
// Show, Quit and TakeOver.
func Dial(dir string) (*Client, error) {
	return dial(dir, (&net.Dialer{Timeout: handshakeTimeout}).DialContext)
}

// dialFunc opens a connection to an engine.
type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

func dial(dir string, connect dialFunc) (*Client, error) {
	c := &Client{dir: dir}
	c.http = &http.Client{
		Transport: &http.Transport{
			Proxy: nil, // never by way of another computer
			DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
				at, err := readEndpoint(dir)
				if err != nil {
					return nil, err
				}
				conn, err := connect(ctx, at.Net, at.Address)
				if err != nil {
					return nil, fmt.Errorf("%w: %w", ErrNobody, err)
				}
				return conn, nil
			},
			MaxIdleConnsPerHost: 4,
			IdleConnTimeout:     time.Minute,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	peer, err := c.shake(context.Background())
	if err != nil && !errors.Is(err, ErrAPI) {
		c.Close()
		return nil, err
	}
	c.peer = peer
	return c, err
}

// Close lets go of connections that are not in use.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Peer gives the engine as it was when Dial or Reconnect last reached it.
func (c *Client) Peer() Peer {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.peer
}

// shake asks who listens. Whoever does not answer as Hookbird does is nobody.
func (c *Client) shake(ctx context.Context) (Peer, error) {
	ctx, cancel := context.WithTimeout(ctx, handshakeTimeout)
	defer cancel()
	var h handshake
	if err := c.do(ctx, "GET", "/handshake", nil, &h); err != nil {
		if core.CodeOf(err) == core.CodeUnavailable || errors.Is(err, ErrToken) {
			return Peer{}, err
		}
		return Peer{}, nobody(err)
	}
	if h.Product != product {
		return Peer{}, nobody(nil)
	}
	peer := Peer{Version: h.Version, API: h.API, PID: h.PID, Ready: h.Ready}
	if h.API != APIVersion {
		return peer, core.Wrap(core.CodeUnavailable, ErrAPI,
			fmt.Sprintf("Hookbird %s is running, which is another version than this one. Restart Hookbird to use one of them.", h.Version))
	}
	return peer, nil
}

// nobody says that there is no engine to ask.
func nobody(cause error) error {
	err := ErrNobody
	if cause != nil && !errors.Is(cause, ErrNobody) {
		err = fmt.Errorf("%w: %w", ErrNobody, cause)
	} else if cause != nil {
		err = cause
	}
	return core.Wrap(core.CodeUnavailable, err, "Hookbird is not running. Start it, then try again.")
}

// do asks once: body goes out as JSON if there is one, and the answer is read
// into out.
func (c *Client) do(ctx context.Context, method, path string, body, out any) error {
	if _, limited := ctx.Deadline(); !limited {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, requestTimeout)
		defer cancel()
	}
	return c.ask(ctx, method, path, body, out)
}

// ask is do without a limit of time.
func (c *Client) ask(ctx context.Context, method, path string, body, out any) error {
	resp, err := c.send(ctx, method, path, body)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return lost(ctx, err)
	}
	if resp.StatusCode != http.StatusOK {
		return unpackError(resp.StatusCode, data)
	}
	switch out := out.(type) {
	case nil:
		return nil
	case *MetricsText:
		*out = MetricsText(data)
		return nil
	}
	if err := json.Unmarshal(data, out); err != nil {
		return core.Wrap(core.CodeInternal, err,
			"Hookbird gave an answer that this window does not understand. Close it and start Hookbird again.")
	}
	return nil
}

// send makes the request of one route, with the token of the engine that
// control.json speaks of now.
func (c *Client) send(ctx context.Context, method, path string, body any) (*http.Response, error) {
	at, err := readEndpoint(c.dir)
	if err != nil {
		return nil, nobody(err)
	}
	var data []byte
	if body != nil {
		if data, err = json.Marshal(body); err != nil {
			return nil, fmt.Errorf("pack request: %w", err)
		}
	}
	// The name in the URL keeps connections to different engines apart.
	url := "http://engine-" + strconv.Itoa(at.PID) + path
	req, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("make request: %w", err)
	}
	req.Host = at.host()
	req.Header.Set("Authorization", "Bearer "+at.Token)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, lost(ctx, err)
	}
	return resp, nil
}

// lost says why a request got no answer.
func lost(ctx context.Context, err error) error {
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return ctx.Err()
	case ctx.Err() != nil:
		return core.Wrap(core.CodeUnavailable, ctx.Err(), "Hookbird took too long to answer. Try again in a moment.")
	default:
		return nobody(err)
	}
}
