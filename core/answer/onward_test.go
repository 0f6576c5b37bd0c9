package answer_test

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"hookbird/core/answer"
)

func TestPointsOn(t *testing.T) {
	var list []int
	for code := range 1000 {
		if answer.PointsOn(code) {
			list = append(list, code)
		}
	}
	if want := []int{301, 302, 303, 307, 308}; !slices.Equal(list, want) {
		t.Errorf("%v point on, want %v", list, want)
	}
}

// watched is a body that tells what became of it.
type watched struct {
	io.Reader
	closed bool
}

func (w *watched) Close() error { w.closed = true; return nil }

// What does not count is read to its end if that is near, and closed in any case.
func TestDiscard(t *testing.T) {
	for _, tt := range []struct {
		size int
		ends bool
	}{{0, true}, {5_000, true}, {1 << 20, false}} {
		text := strings.NewReader(strings.Repeat("x", tt.size))
		body := &watched{Reader: text}
		answer.Discard(&http.Response{Body: body})
		if ends := text.Len() == 0; ends != tt.ends || !body.closed {
			t.Errorf("%d bytes: to the end %v, closed %v", tt.size, ends, body.closed)
		}
	}
	body := &watched{Reader: failing{}}
	if answer.Discard(&http.Response{Body: body}); !body.closed {
		t.Error("a body that cannot be read is not closed")
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("cut off") }
