package route

import "net/http"

// RoundTrip sends a request by this way, as http.RoundTripper has it. What went
// wrong at a proxy is a *ProxyError, also the 407 that a proxy answers to a request
// for plain http: then nothing has reached the target.
func (r *Route) RoundTrip(request *http.Request) (*http.Response, error) {
	return r.transport.RoundTrip(request)
}
