// Package traffic is the plain side of a measurement: the records that are sent
// and a client such as a careful programmer sets it up. Everything that is
// measured against something else uses the same.
package traffic

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// Client makes a transport that keeps a connection for each of so many requests
// at once.
func Client(conc int) *http.Transport {
	return &http.Transport{
		MaxIdleConns: 2 * conc, MaxIdleConnsPerHost: conc, DisableCompression: true,
		ForceAttemptHTTP2: false,
	}
}

// Record is a JSON object of about 500 bytes with a number.
func Record(n int) []byte {
	return fmt.Appendf(nil, `{"n":%d,"firstname":"Ada","lastname":"Lovelace","email":"ada.%d@example.org","zipcode":"75011","note":"%0400d"}`, n, n, n)
}

// Number reads the number of a record, which may be written as text; -1 if it is none.
func Number(body []byte) int {
	digits, _, _ := bytes.Cut(bytes.TrimPrefix(body, []byte(`{"n":`)), []byte(","))
	n, err := strconv.Atoi(string(bytes.Trim(digits, `"`)))
	if err != nil {
		return -1
	}
	return n
}

// Lines is a body of count records as JSON lines, numbered from a number on.
func Lines(from, count int) []byte {
	var body bytes.Buffer
	body.Grow(520 * count)
	for i := range count {
		body.Write(Record(from + i))
		body.WriteByte('\n')
	}
	return body.Bytes()
}

// Post sends one JSON body and expects a 2xx.
func Post(rt http.RoundTripper, to string, body []byte) error {
	return PostAs(rt, to, "application/json", body)
}

// PostAs sends one body of any content type and expects a 2xx.
func PostAs(rt http.RoundTripper, to, contentType string, body []byte) error {
	return PostWith(rt, to, http.Header{"Content-Type": {contentType}}, body)
}

// PostWith sends one body with header lines of its own and expects a 2xx.
func PostWith(rt http.RoundTripper, to string, header http.Header, body []byte) error {
	req, err := http.NewRequest("POST", to, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header = header
	resp, err := rt.RoundTrip(req)
	if err != nil {
		return err
	}
	said, _ := io.ReadAll(io.LimitReader(resp.Body, 300))
	_, _ = io.Copy(io.Discard, resp.Body)
	_ = resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("answered %d: %s", resp.StatusCode, said)
	}
	return nil
}

// Timed is a record that says when it was sent.
func Timed(n int, at time.Time) []byte {
	return fmt.Appendf(nil, `{"n":%d,"t":%d,"firstname":"Ada","lastname":"Lovelace","zipcode":"75011","note":"%0400d"}`, n, at.UnixNano(), n)
}

// Sent reads when a timed record was sent; ok is false for any other.
func Sent(body []byte) (at time.Time, ok bool) {
	_, rest, ok := bytes.Cut(body, []byte(`,"t":`))
	digits, _, _ := bytes.Cut(rest, []byte(","))
	ns, err := strconv.ParseInt(string(digits), 10, 64)
	return time.Unix(0, ns), ok && err == nil
}
