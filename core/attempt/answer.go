package attempt

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"hookbird/core"
	"hookbird/core/retry"
)

// answered fills in an attempt from an answer, and reads it to its end so that
// the connection can be used again.
func (c *Client) answered(ctx context.Context, a *core.Attempt, r *http.Response, m *masker) time.Duration {
	a.Code = r.StatusCode
	after := parseRetryAfter(r.Header.Get("Retry-After"), time.Now())
	a.Cause = causeOfCode(a.Code, c.accept, after)
	keep := maxAnswer
	if a.Cause == core.CauseNone && !c.whole {
		keep = maxGoodAnswer
	}
	text, err := readAnswer(r, keep, m)
	a.Answer = text
	switch {
	case err != nil && ctx.Err() != nil && a.Cause == core.CauseNone:
		a.Cause, a.Unsure = core.CauseStop, true
	case err != nil && a.Cause == core.CauseNone:
		// The first line was good, but what was to follow never came.
		a.Cause, a.Unsure = core.CauseBroken, true
		if isTimeout(err) {
			a.Cause = core.CauseTimeout
		}
		a.Detail = m.start([]byte(err.Error()), maxDetail)
	case a.Cause != core.CauseNone:
		a.Detail = m.start([]byte(r.Status+c.remark(a.Cause, r)), maxDetail)
	}
	if a.Cause == core.CauseNone {
		after = 0
	}
	if a.Cause != core.CauseNone || c.whole {
		a.Header = headerLines(r.Header, m)
	}
	return after
}

// causeOfCode says what an answer means. after is what it asked for with
// Retry-After, 0 if nothing.
func causeOfCode(code int, accept core.Accept, after time.Duration) core.Cause {
	if accept.Good(code) {
		return core.CauseNone
	}
	switch code {
	case 400, 422:
		return core.CauseData
	case 401:
		return core.CauseKey
	case 403:
		return core.CauseForbidden
	case 404:
		return core.CauseAddress
	case 405:
		return core.CauseMethod
	case 408:
		return core.CauseTimeout
	case 410:
		return core.CauseGone
	case 413, 414:
		return core.CauseSize
	case 415:
		return core.CausePacking
	case 429:
		return core.CauseSlow
	case 503:
		if after > 0 {
			return core.CauseSlow
		}
		return core.CauseServer
	}
	switch code / 100 {
	case 2:
		return core.CauseWrongCode
	case 3:
		return core.CauseRedirect
	case 5:
		return core.CauseServer
	default:
		return core.CauseOther
	}
}

// parseRetryAfter reads both forms of Retry-After (RFC 9110, section 10.2.3). It
// gives 0 for anything else, and at least a second for what can be read.
func parseRetryAfter(text string, now time.Time) time.Duration {
	if text == "" {
		return 0
	}
	var after time.Duration
	if seconds, err := strconv.ParseUint(text, 10, 64); err == nil {
		after = time.Duration(min(seconds, uint64(retry.MaxAfter/time.Second))) * time.Second
	} else if errors.Is(err, strconv.ErrRange) {
		after = retry.MaxAfter
	} else if at, err := http.ParseTime(text); err == nil {
		after = at.Sub(now)
	} else {
		return 0
	}
	return min(max(after, retry.MinAfter), retry.MaxAfter)
}

// remark says what else to know of a refusal: where a redirect points, by its
// host alone, or which answer would have been good.
func (c *Client) remark(cause core.Cause, r *http.Response) string {
	switch cause {
	case core.CauseWrongCode:
		return expected + acceptWords(c.accept)
	case core.CauseRedirect:
		if u, err := r.Location(); err == nil && u.Host != "" {
			return ", to " + u.Scheme + "://" + u.Host + "/…"
		}
	}
	return ""
}

// expected stands in the detail of a wrong code before what would be good.
const expected = ", expected "

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

// buffers are what answers are read into.
var buffers = sync.Pool{New: func() any { return new([maxAnswer + beyond]byte) }}

// readAnswer gives the first keep bytes of an answer's body, masked. An error
// means that the body ended before its end.
func readAnswer(r *http.Response, keep int, m *masker) (string, error) {
	defer r.Body.Close()
	if r.Body == http.NoBody || r.StatusCode == http.StatusSwitchingProtocols {
		return "", nil
	}
	space := buffers.Get().(*[maxAnswer + beyond]byte)
	defer buffers.Put(space)
	n, err := fill(r.Body, space[:])
	if err == nil {
		_, err = io.CopyN(io.Discard, r.Body, int64(max(maxDrain-n, 0)))
	}
	if err == io.EOF { // exactly this: a body that is cut off ends otherwise
		err = nil
	}
	return m.start(space[:n], keep), err
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
