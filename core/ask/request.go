package ask

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/message"
)

// Request is what is different from one request of an Ask to the next. The zero
// Request is the Ask as it stands.
type Request struct {
	Event *core.Event // whose record fills the merge fields; nil: a record without a field
	At    time.Time   // what [@today] is; zero: now
	Next  string      // the address of another page, as Answer.Resolve gives it; "": the Ask's own
	Query []Param     // what stands in the query too, in place of what stands there by the same name

	// What is known from an earlier answer. If nothing has changed since, the
	// Answer is NotModified.
	Tag      string // its ETag
	Modified string // its Last-Modified
	Print    string // its Print
}

// Param is a name and a value in a query.
type Param struct{ Name, Value string }

// build makes the message of a request.
func (c *Client) build(r *Request) (*message.Message, error) {
	e, at := r.Event, r.At
	if e == nil {
		e = &core.Event{Data: []byte("{}")}
	}
	if at.IsZero() {
		at = time.Now()
	}
	m, err := c.builder.Build([]*core.Event{e}, at)
	if err != nil {
		return nil, err
	}
	if r.Next != "" {
		if m.Target, err = c.page(r.Next); err != nil {
			return nil, err
		}
	}
	m.Target = withQuery(m.Target, r.Query)
	return m, nil
}

// Identify gives what stands for a request as it goes out, but for its number: two
// that have the same get the same answer.
func (c *Client) Identify(r Request) (string, error) {
	m, err := c.build(&r)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	part := func(text string) { _, _ = fmt.Fprintf(sum, "%d:%s", len(text), text) } // never fails
	part(m.Method)
	part(m.Target.String())
	for _, line := range m.Header {
		if line.Name != headerID && line.Name != core.HopsHeader {
			part(line.Name + ":" + line.Value)
		}
	}
	_, _ = sum.Write(m.Body)
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// page reads the address of another page, which is of the same system: keys go
// nowhere else.
func (c *Client) page(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return nil, core.Errorf(core.CodeUnavailable, "%s names an address for the next page that cannot be read.", c.name)
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	if u.Scheme == "http" && c.home.Scheme == "https" && u.Hostname() == c.home.Hostname() && u.Port() == "" {
		u.Scheme, u.Host = "https", c.home.Host // what a service behind a proxy of its own takes itself for
	}
	if !c.sameOrigin(u) {
		return nil, core.Errorf(core.CodeUnavailable, "%s says that the next page is at another system. Hookbird does not ask there, because the key could end up with somebody else.", c.name)
	}
	return u, nil
}

// withQuery gives a URL with parameters in its query, of which all else stays as it
// stands.
func withQuery(u *url.URL, list []Param) *url.URL {
	if len(list) == 0 {
		return u
	}
	var kept []string
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		name, _, _ := strings.Cut(part, "=")
		if part != "" && !named(list, name) {
			kept = append(kept, part)
		}
	}
	for _, p := range list {
		kept = append(kept, url.QueryEscape(p.Name)+"="+url.QueryEscape(p.Value))
	}
	other := *u
	other.RawQuery, other.ForceQuery = strings.Join(kept, "&"), false
	return &other
}

// named tells whether one of the parameters has a name, which comes as it stands in
// a query.
func named(list []Param, name string) bool {
	if plain, err := url.QueryUnescape(name); err == nil {
		name = plain
	}
	for _, p := range list {
		if p.Name == name {
			return true
		}
	}
	return false
}

// Names of header lines.
const (
	headerAccept   = "Accept"
	headerID       = "webhook-id"
	headerTag      = "If-None-Match"
	headerModified = "If-Modified-Since"
)

// wanted is what an answer may be.
const wanted = "application/json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"

// lines gives the header lines of a request, with names as they are. The number of
// a message is none of them.
func lines(m *message.Message, r *Request, key string) http.Header {
	h := make(http.Header, len(m.Header)+3)
	accepts := false
	for _, line := range m.Header {
		accepts = accepts || strings.EqualFold(line.Name, headerAccept)
		if line.Name != headerID {
			h[line.Name] = append(h[line.Name], line.Value)
		}
	}
	if !accepts {
		h[headerAccept] = []string{wanted}
	}
	for _, line := range []message.Line{{Name: headerTag, Value: r.Tag}, {Name: headerModified, Value: r.Modified}, {Name: "Authorization", Value: key}} {
		if line.Value != "" {
			h[line.Name] = []string{line.Value}
		}
	}
	return h
}

// newRequest makes the request to a URL.
func (t *trip) newRequest(u *url.URL) *http.Request {
	m := t.message
	r := &http.Request{
		Method: m.Method, URL: u, Host: u.Host, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: lines(m, t.request, t.key),
	}
	if len(m.Body) > 0 {
		r.ContentLength = int64(len(m.Body))
		r.Body = io.NopCloser(bytes.NewReader(m.Body))
		r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(m.Body)), nil }
	}
	return r.WithContext(t.traced())
}
