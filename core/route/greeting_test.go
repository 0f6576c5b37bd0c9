package route

import (
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"
)

// A connection to a proxy lives on once anything but the greetings of SOCKS has
// gone out in time, and else ends.
func TestGreetings(t *testing.T) {
	tests := []struct {
		name   string
		writes []string
		lives  bool
	}{
		{"nothing", nil, false},
		{"a greeting", []string{"\x05\x01\x00"}, false},
		{"a password", []string{"\x05\x01\x02", "\x01\x03ada\x00", ""}, false},
		{"TLS behind it", []string{"\x05\x01\x02", "\x01\x03ada\x00", "\x05\x01\x00\x01", "\x16\x03\x01"}, true},
		{"HTTP", []string{"CONNECT crm.example.org:443 HTTP/1.1\r\n"}, true},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			ours, theirs := net.Pipe()
			go func() { _, _ = io.Copy(io.Discard, theirs) }()
			g := newGreeting(ours, time.Second, nil)
			for _, text := range tt.writes {
				if _, err := g.Write([]byte(text)); err != nil {
					t.Fatal(err)
				}
			}
			time.Sleep(time.Hour)
			if _, err := g.Write([]byte("\x05")); (err == nil) != tt.lives {
				t.Errorf("%s: %v", tt.name, err)
			}
			_ = g.Close()
		})
	}
}
