package ask

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/answer"
	"hookbird/core/value"
)

// MaxAnswer is how many bytes an answer may have.
const MaxAnswer = 16 << 20

// Answer is what came back.
type Answer struct {
	Code        int
	Header      http.Header
	JSON        []byte        // as it was written, or made of XML; nil if there is none
	Value       value.Value   // the same, read
	XML         bool          // it was XML, in which a list of one, or of none, looks like no list
	NotModified bool          // nothing has changed since the answer that the request knows
	Print       string        // stands for what it holds: another answer that holds the same has the same
	RetryAfter  time.Duration // what a refusal asked for, between 1 s and 24 h; 0 if it did not
	URL         *url.URL      // where it came from, which no person may be shown
}

// Resolve gives the address that an answer names, whole.
func (a *Answer) Resolve(ref string) (string, error) {
	u, err := plain(a.URL).Parse(strings.TrimSpace(ref))
	if err != nil {
		return "", core.Errorf(core.CodeUnavailable, "%s names an address for the next page that cannot be read.", a.URL.Hostname())
	}
	return u.String(), nil
}

// read reads an answer. A good one that is none for programs is an error too.
func (t *trip) read(ctx context.Context, r *http.Response) (*Answer, error) {
	a := &Answer{Code: r.StatusCode, Header: r.Header, URL: t.url}
	switch {
	case r.StatusCode == http.StatusNotModified && (t.request.Tag != "" || t.request.Modified != ""):
		answer.Discard(r)
		a.NotModified, a.Print = true, t.request.Print
		return a, nil
	case r.StatusCode/100 != 2:
		a.RetryAfter = answer.RetryAfter(r.Header, time.Now())
		answer.Discard(r)
		return a, t.refused(r, a.RetryAfter)
	}
	body, err := t.body(r)
	if err != nil {
		return a, t.unended(ctx, err)
	}
	a.Print = printOf(r.Header, body)
	if a.Print == t.request.Print {
		a.NotModified = true
		return a, nil
	}
	return a, t.client.understand(a, r.Header.Get("Content-Type"), body)
}

// printOf gives what stands for an answer. Links are part of what it holds.
func printOf(h http.Header, body []byte) string {
	sum := sha256.New()
	for _, line := range h.Values("Link") {
		_, _ = io.WriteString(sum, line+"\n") // never fails
	}
	_, _ = sum.Write(body)
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// errLong says that an answer is longer than is read.
var errLong = errors.New("too long")

// body reads the body of an answer, unpacked if it came packed although nobody
// asked for that.
func (t *trip) body(r *http.Response) ([]byte, error) {
	var from io.Reader = r.Body
	switch packed := strings.ToLower(strings.TrimSpace(r.Header.Get("Content-Encoding"))); packed {
	case "", "identity":
	case "gzip", "x-gzip":
		unpacked, err := gzip.NewReader(from)
		if err != nil {
			return nil, err
		}
		from = unpacked
	default:
		return nil, t.client.strange("Its answer is packed in a way that Hookbird does not read.")
	}
	var body bytes.Buffer
	if n := r.ContentLength; n > 0 && n <= MaxAnswer {
		body.Grow(int(n) + bytes.MinRead)
	}
	n, err := body.ReadFrom(io.LimitReader(from, MaxAnswer+1))
	if err == nil && n > MaxAnswer {
		err = errLong
	}
	return body.Bytes(), err
}
