package attempt

import (
	"bytes"
	"context"
	"io"
	"net/http"

	"hookbird/core/answer"
	"hookbird/core/message"
)

// trip is one message on its way to its target, and on to its answer.
type trip struct {
	client   *Client
	ctx      context.Context // ends with the time limit
	message  *message.Message
	keys     [2]string // values of Authorization that were fetched, the one in use first
	fetching bool      // the key is what is waited for
	now      *exchange // the last request; nil if there was none
	redirect redirect
}

// exchange sends the message, once more if a fetched key turns out to be no longer
// good, and goes on to where the answer is, if it is behind a redirect.
func (t *trip) exchange() (*http.Response, error) {
	r, err := t.send()
	if err == nil && t.mayRenew(r) {
		answer.Discard(r)
		r, err = t.send()
	}
	if err == nil && t.client.leads(r.StatusCode) {
		return t.follow(r)
	}
	return r, err
}

// send sends the message.
func (t *trip) send() (*http.Response, error) {
	c := t.client
	if c.fetches {
		t.fetching, t.now = true, nil
		key, err := c.way.Authorization(t.ctx)
		if err != nil {
			return nil, err
		}
		t.fetching, t.keys = false, [2]string{key, t.keys[0]}
	}
	t.now = &exchange{Context: t.ctx}
	return c.way.RoundTrip(c.newRequest(t))
}

// mayRenew tells whether an answer refuses a key that can be fetched anew.
func (t *trip) mayRenew(r *http.Response) bool {
	c := t.client
	return t.keys[0] != "" && r.StatusCode == http.StatusUnauthorized && !c.accept.Good(r.StatusCode) && c.way.Refused(t.keys[0])
}

// wrote tells whether bytes may have gone out that were not answered.
func (t *trip) wrote() bool { return t.now != nil && t.now.at() >= stageWritten }

func (c *Client) newRequest(t *trip) *http.Request {
	m, x := t.message, t.now
	r := c.request.WithContext(x.traced())
	r.Method = m.Method
	r.URL = m.Target
	r.Host = m.Target.Host
	r.Header = header(m.Header)
	if t.keys[0] != "" {
		r.Header["Authorization"] = []string{t.keys[0]}
	}
	if len(m.Body) > 0 {
		r.ContentLength = int64(len(m.Body))
		x.body.Reset(m.Body)
		r.Body = io.NopCloser(&x.body)
		r.GetBody = func() (io.ReadCloser, error) { return body(m.Body), nil }
	}
	return r
}

// body gives what a request reads its body from. It has to be one of the types
// that the transport knows to be in memory: only then does it put header and
// body into one packet.
func body(b []byte) io.ReadCloser { return io.NopCloser(bytes.NewReader(b)) }

// header gives the lines as the transport wants them, with names as they are.
func header(lines []message.Line) http.Header {
	h := make(http.Header, len(lines)+1)
	values := make([]string, len(lines))
	for i, line := range lines {
		values[i] = line.Value
		if before, ok := h[line.Name]; ok {
			h[line.Name] = append(before, line.Value)
			continue
		}
		h[line.Name] = values[i : i+1 : i+1]
	}
	if _, ok := h[mayRepeat]; !ok {
		h[mayRepeat] = nil
	}
	return h
}

// mayRepeat, without a value, sends nothing and tells the transport that the
// request may go out again when a kept connection turns out to be closed: a
// message carries the same webhook-id however often it is sent.
const mayRepeat = "Idempotency-Key"
