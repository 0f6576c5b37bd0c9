package attempt_test

import (
	"io"
	"log"
	"net"
	"testing"
)

// quiet is the log of servers that are meant to fail.
var quiet = log.New(io.Discard, "", 0)

// nobody gives an address at which nobody answers.
func nobody(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = listener.Close()
	return listener.Addr().String()
}
