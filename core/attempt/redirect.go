package attempt

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"hookbird/core"
	"hookbird/core/answer"
	"hookbird/core/message"
	"hookbird/core/route"
)

// maxHops is how many redirects are followed to an answer.
const maxHops = 5

// redirect is what a trip knows of the way to an answer that is not where the
// message went.
type redirect struct {
	hops int
	code int    // of the last answer that pointed on
	mark string // why it was not followed; "" if it was, or there was none
}

// leads tells whether the answer is to be read where an answer with this code
// points to.
func (c *Client) leads(code int) bool {
	return c.redirects == core.RedirectsRead && answer.PointsOn(code) && !c.accept.Good(code)
}

// follow reads the answer where another one points to. The message itself goes
// nowhere else: whatever the code asks for, what is sent is GET, without a body,
// without keys and without header lines of the webhook's own.
func (t *trip) follow(r *http.Response) (*http.Response, error) {
	from, err := url.Parse(t.message.URL)
	if err != nil {
		return r, nil // as if redirects were not read
	}
	for t.client.leads(r.StatusCode) {
		t.redirect.code = r.StatusCode
		to, mark := next(from, r)
		if t.redirect.hops == maxHops {
			mark = markTooFar
		}
		if mark != "" {
			t.redirect.mark = mark
			return r, nil
		}
		answer.Discard(r)
		t.redirect.hops++
		if r, err = t.read(to); err != nil {
			return nil, err
		}
		from = to
	}
	return r, nil
}

// next gives where an answer points to, or a mark that says why nobody goes there.
func next(from *url.URL, r *http.Response) (to *url.URL, mark string) {
	place := r.Header.Get("Location")
	to, err := from.Parse(place)
	switch {
	case place == "" || err != nil || to.Hostname() == "" || to.Scheme != "http" && to.Scheme != "https":
		return nil, markNowhere
	case from.Scheme == "https" && to.Scheme == "http":
		return nil, markInsecure
	case message.Loopback(to) && !message.Loopback(from):
		return nil, markKeptOut // nobody elsewhere is to choose what is read on this computer
	}
	to.User, to.Fragment, to.RawFragment = nil, "", ""
	return to, ""
}

// read asks for an answer.
func (t *trip) read(u *url.URL) (*http.Response, error) {
	t.now = &exchange{Context: t.ctx}
	r := &http.Request{Method: http.MethodGet, URL: u, Host: u.Host, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}
	r.Header = http.Header{"Accept": {"*/*"}, "User-Agent": {""}}
	for _, line := range t.message.Header {
		if strings.EqualFold(line.Name, "User-Agent") {
			r.Header["User-Agent"] = []string{line.Value}
		}
	}
	return t.client.behind.RoundTrip(r.WithContext(t.now.traced()))
}

// lost tells what it means that the answer could not be read where another one
// pointed to. The message itself may have done its work.
func (t *trip) lost(a *core.Attempt, err error) detail {
	a.Code, a.Unsure = t.redirect.code, true
	if _, blocked := errors.AsType[*route.Blocked](err); blocked {
		a.Cause, a.Unsure = core.CauseRedirect, false
		return detail{mark: markKeptOut}
	}
	a.Cause = core.CauseBroken
	if route.IsTimeout(err) {
		a.Cause = core.CauseTimeout
	}
	return detail{mark: markBehind, text: err.Error()}
}
