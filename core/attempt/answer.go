package attempt

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"hookbird/core"
	"hookbird/core/answer"
	"hookbird/core/route"
)

// answered fills in an attempt from an answer, and reads it to its end so that
// the connection can be used again.
func (c *Client) answered(ctx context.Context, a *core.Attempt, t *trip, r *http.Response) time.Duration {
	m := c.maskerFor(t.message, t.keys)
	after := answer.RetryAfter(r.Header, time.Now())
	space := c.space()
	defer c.giveBack(space)
	p := read(r, space)
	v := c.judge(ctx, t, r, &p, after > 0, m)
	a.Code, a.Cause, a.Unsure, a.Page = r.StatusCode, v.cause, v.unsure, v.page
	keep := maxAnswer
	if a.Cause == core.CauseNone && !c.whole {
		keep = maxGoodAnswer
	}
	a.Answer = m.start(p.body, keep)
	if a.Cause == core.CauseNone {
		after = 0
	} else {
		a.Detail = c.detailOf(r, v, t, m)
	}
	if a.Cause != core.CauseNone || c.whole {
		a.Header = headerLines(r.Header, m)
	}
	return after
}

// Limits of what is kept and read of an answer.
const (
	maxAnswer     = 4 << 10  // bytes that are kept
	maxGoodAnswer = 256      // the same of a good one, of which there are many
	maxDrain      = 64 << 10 // bytes that are read, so that its connection can be used again
	maxDetail     = 300
	maxStatus     = 120 // of that, for the first line of an answer
)

// judgement is what an answer means.
type judgement struct {
	cause  core.Cause
	unsure bool
	page   bool
	words  string // what it lacks
	detail detail // of an answer that did not end
}

// judge says what an answer means. asks tells that it says when to come back.
func (c *Client) judge(ctx context.Context, t *trip, r *http.Response, p *reply, asks bool, m *masker) judgement {
	v := judgement{page: p.code/100 == 2 && answer.IsPage(r.Header.Get("Content-Type"), p.body)}
	switch {
	case !c.good(p.code):
		v.cause = CauseOf(p.code, asks)
		if mark := c.certificateOf(r, p); mark != "" {
			v.cause, v.detail = core.CauseCertificate, detail{mark: mark, text: m.start([]byte(r.Status), maxStatus)}
		}
		if v.cause == core.CauseGone && t.redirect.hops > 0 {
			v.cause = core.CauseOther // what is gone is the answer, not the target
		}
	case p.err != nil && c.counts(ctx, p.err):
		v.unended(ctx, p.err)
		return v
	default:
		if v.words = c.rules.object(p, m); v.words != "" {
			v.cause = core.CauseAnswer
		}
		if c.strange(&v, p.code) {
			v.cause, v.unsure, v.words = core.CausePortal, true, ""
		}
	}
	if v.cause != core.CauseNone && c.rules.known(p) {
		v.cause, v.unsure = core.CauseNone, false
	}
	return v
}

// certificateOf tells whether a refusal is about the certificate of this computer:
// nginx ends no connection for it, but answers 400 with a page of its own
// (ngx_http_special_response.c, 495 and 496). It gives the mark, "" if it is not.
func (c *Client) certificateOf(r *http.Response, p *reply) string {
	if r.TLS == nil || p.code != http.StatusBadRequest {
		return ""
	}
	switch {
	case bytes.Contains(p.body, []byte("No required SSL certificate was sent")):
		return markWants
	case bytes.Contains(p.body, []byte("The SSL certificate error")):
		if c.certified {
			return markRefuses
		}
		return markWants
	}
	return ""
}

// good tells whether a code counts as delivered.
func (c *Client) good(code int) bool {
	return c.accept.Good(code) || c.redirects == core.RedirectsAccept && answer.PointsOn(code)
}

// counts tells whether it matters that an answer with a good code did not come
// whole. The code is what the target says of the message; where nobody asks for
// more, a target that does not come to an end with its words has said it all the
// same, and to try again would send every record twice. One that ends the
// connection in the middle has perhaps broken down over the message, and its code
// went out too early.
func (c *Client) counts(ctx context.Context, err error) bool {
	return c.rules.needed() || ctx.Err() == nil && !route.IsTimeout(err)
}

// unended says what it means that an answer ended before its end.
func (v *judgement) unended(ctx context.Context, err error) {
	v.unsure = true
	if ctx.Err() != nil {
		v.cause = core.CauseStop
		return
	}
	v.detail.text = err.Error()
	v.cause, v.detail.mark = unended(err)
}

// strange tells whether a web page has answered where none ever did, so that it
// may be the login page of a network. It is not if it says what the webhook asks
// for.
func (c *Client) strange(v *judgement, code int) bool {
	asked := c.rules != nil && len(c.rules.need) > 0 && v.cause == core.CauseNone
	return v.page && c.plain.Load() && code/100 == 2 && !asked
}

// detailOf says in the machine's words why an answer is not good.
func (c *Client) detailOf(r *http.Response, v judgement, t *trip, m *masker) string {
	if v.detail != (detail{}) {
		return v.detail.write(m)
	}
	d := detail{text: m.start([]byte(r.Status), maxStatus)}
	switch v.cause {
	case core.CauseStop:
		return ""
	case core.CauseAnswer:
		d.text += lacks + v.words
	case core.CauseWrongCode:
		d.text += expected + acceptWords(c.accept)
	case core.CauseRedirect:
		d.mark = t.redirect.mark
		if u, err := r.Location(); err == nil && u.Host != "" {
			d.text += ", to " + u.Scheme + "://" + m.start([]byte(u.Host), maxPart) + "/…"
		}
	}
	return d.joined(maxDetail)
}

// What stands in the detail before what would have been good, and before what an
// answer lacks.
const (
	expected = ", expected "
	lacks    = ", but "
)

func acceptWords(accept core.Accept) string {
	var list []string
	for _, r := range accept {
		text := strconv.Itoa(r.From)
		if r.To != r.From {
			text += "-" + strconv.Itoa(r.To)
		}
		list = append(list, text)
	}
	return strings.Join(list, " or ")
}

// Buffers that answers are read into: small ones where nobody asks what they say.
var (
	smallBuffers = sync.Pool{New: func() any { return newBuffer(maxAnswer + beyond) }}
	largeBuffers = sync.Pool{New: func() any { return newBuffer(maxJudged + 1) }}
)

func newBuffer(size int) *[]byte {
	b := make([]byte, size)
	return &b
}

func (c *Client) buffers() *sync.Pool {
	if c.rules.needed() {
		return &largeBuffers
	}
	return &smallBuffers
}

func (c *Client) space() *[]byte     { return c.buffers().Get().(*[]byte) }
func (c *Client) giveBack(b *[]byte) { c.buffers().Put(b) }

// read reads the start of an answer into a buffer, and as much more as it takes to
// use its connection again.
func read(r *http.Response, space *[]byte) reply {
	defer r.Body.Close()
	p := reply{code: r.StatusCode}
	if r.Body == http.NoBody || r.StatusCode == http.StatusSwitchingProtocols {
		return p
	}
	n, err := fill(r.Body, *space)
	p.body = (*space)[:min(n, maxJudged)]
	p.more = n > maxJudged
	if err == nil {
		_, err = io.CopyN(io.Discard, r.Body, int64(max(maxDrain-n, 0)))
	}
	if err != io.EOF { // exactly this: a body that is cut off ends otherwise
		p.err = err
	}
	return p
}

// fill reads until the buffer is full or the reader ends, and gives the reader's
// own error, io.EOF included.
func fill(r io.Reader, buffer []byte) (n int, err error) {
	for n < len(buffer) && err == nil {
		var k int
		k, err = r.Read(buffer[n:])
		n += k
	}
	return n, err
}

// headerLines gives the header lines of an answer, masked and in order of names.
func headerLines(h http.Header, m *masker) []string {
	var lines []string
	for name, values := range h {
		for _, text := range values {
			lines = append(lines, name+": "+text)
		}
	}
	slices.Sort(lines)
	lines = lines[:min(len(lines), maxHeaderLines)]
	for i, text := range lines {
		lines[i] = m.start([]byte(text), maxHeaderLine)
	}
	return lines
}

// Limits of the header lines of an answer that are kept.
const (
	maxHeaderLines = 50
	maxHeaderLine  = 500
)
