package ask

import (
	"context"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"

	"hookbird/core/answer"
	"hookbird/core/message"
)

// maxHops is how many redirects are followed.
const maxHops = 5

// trip is one request on its way, and on to its answer.
type trip struct {
	client   *Client
	ctx      context.Context // ends with the time limit
	message  *message.Message
	request  *Request
	key      string      // value of Authorization that was fetched
	fetching bool        // the key is what is waited for
	wrote    atomic.Bool // bytes may have gone out
	url      *url.URL    // where the last answer came from
}

// exchange sends the request, once more if a fetched key turns out to be no longer
// good, and goes on to where another answer of the same system points to.
func (t *trip) exchange() (*http.Response, error) {
	t.url = t.message.Target
	r, err := t.send()
	for hops := 0; err == nil && hops < maxHops; hops++ {
		to := t.next(r)
		if to == nil {
			return r, nil
		}
		answer.Discard(r)
		t.url = to
		r, err = t.send()
	}
	return r, err
}

// send sends the request to where it is to go now.
func (t *trip) send() (*http.Response, error) {
	r, err := t.once()
	if err == nil && r.StatusCode == http.StatusUnauthorized && t.key != "" && t.client.way.Refused(t.key) {
		answer.Discard(r)
		return t.once()
	}
	return r, err
}

func (t *trip) once() (*http.Response, error) {
	if t.client.fetches {
		t.fetching = true
		key, err := t.client.way.Authorization(t.ctx)
		if err != nil {
			return nil, err
		}
		t.fetching, t.key = false, key
	}
	return t.client.way.RoundTrip(t.newRequest(t.url))
}

// next gives where an answer points to, nil if it is to be read here: it points
// nowhere, or to another system, or the request does something.
func (t *trip) next(r *http.Response) *url.URL {
	place := r.Header.Get("Location")
	if place == "" || t.message.Method != http.MethodGet || !answer.PointsOn(r.StatusCode) {
		return nil
	}
	to, err := plain(t.url).Parse(place)
	if err != nil || !t.client.sameOrigin(to) {
		return nil
	}
	to.User, to.Fragment, to.RawFragment = nil, "", ""
	return to
}

// plain gives a URL to which others can be relative: without a path that is only
// for the wire.
func plain(u *url.URL) *url.URL {
	if u.Opaque == "" {
		return u
	}
	other := *u
	other.Opaque = ""
	return &other
}

// traced gives the context of a request that tells whether anything has gone out.
func (t *trip) traced() context.Context {
	return httptrace.WithClientTrace(t.ctx, &httptrace.ClientTrace{WroteHeaders: func() { t.wrote.Store(true) }})
}
