package answer

import (
	"io"
	"net/http"
)

// PointsOn tells whether a code says that something else is to be had elsewhere.
// 300 and 304 to 306 do not: they are about choices, caches and proxies.
func PointsOn(code int) bool {
	switch code {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// maxDiscard is how many bytes of an answer that does not count are read.
const maxDiscard = 8 << 10

// Discard reads what is left of an answer that does not count, if it is short, so
// that its connection can be used again, and closes it.
func Discard(r *http.Response) {
	_, _ = io.CopyN(io.Discard, r.Body, maxDiscard)
	_ = r.Body.Close()
}
