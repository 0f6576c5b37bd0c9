package route

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// names answers for every name, one list of addresses a question and the last of
// them from then on.
func names(t *testing.T, lists ...[]string) *net.Resolver {
	t.Helper()
	var asked atomic.Int32
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go func() {
			defer theirs.Close()
			for {
				if answerName(theirs, func() []string { return lists[min(int(asked.Add(1))-1, len(lists)-1)] }) != nil {
					return
				}
			}
		}()
		return ours, nil
	}}
}

// answerName answers one question for addresses as DNS over TCP does. A question
// for IPv4 alone takes the next list.
func answerName(c net.Conn, next func() []string) error {
	var size [2]byte
	if _, err := io.ReadFull(c, size[:]); err != nil {
		return err
	}
	text := make([]byte, binary.BigEndian.Uint16(size[:]))
	if _, err := io.ReadFull(c, text); err != nil {
		return err
	}
	var m dnsmessage.Message
	if err := m.Unpack(text); err != nil {
		return err
	}
	m.Response, m.Additionals = true, nil
	q := m.Questions[0]
	if q.Type == dnsmessage.TypeA {
		for _, ip := range next() {
			m.Answers = append(m.Answers, dnsmessage.Resource{
				Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: 0},
				Body:   &dnsmessage.AResource{A: netip.MustParseAddr(ip).As4()},
			})
		}
	}
	packed, err := m.Pack()
	if err != nil {
		return err
	}
	_, err = c.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(packed))), packed...))
	return err
}

func open(t *testing.T) (port string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	_, port, _ = net.SplitHostPort(listener.Addr().String())
	return port
}

func TestNamesAreLookedAtWhenTheyAreConnectedTo(t *testing.T) {
	port := open(t)
	tests := []struct {
		name      string
		noPrivate bool
		lists     [][]string
		blocked   []string // by call: the address, "" if it is let through
	}{
		{"a cloud's data", false, [][]string{{"169.254.169.254"}}, []string{"169.254.169.254"}},
		{"this computer", true, [][]string{{"127.0.0.1"}}, []string{"127.0.0.1"}},
		{"this computer, allowed", false, [][]string{{"127.0.0.1"}}, []string{""}},
		{"another answer the second time", false, [][]string{{"127.0.0.1"}, {"169.254.169.254"}, {"127.0.0.1"}}, []string{"", "169.254.169.254", ""}},
		{"all of them private", true, [][]string{{"10.0.0.1", "10.0.0.2"}}, []string{"10.0.0.1"}},
		{"one of them a cloud's data", false, [][]string{{"169.254.169.254", "127.0.0.1"}}, []string{""}},
	}
	for _, tt := range tests {
		d := &dialer{guard: guard{noPrivate: tt.noPrivate}, limit: 10 * time.Second, resolver: names(t, tt.lists...)}
		for i, want := range tt.blocked {
			c, err := d.dial(t.Context(), "tcp", net.JoinHostPort("crm.example.org", port))
			b, blocked := errors.AsType[*Blocked](err)
			if blocked != (want != "") || (blocked && (b.IP != want || b.Host != "crm.example.org" || !strings.Contains(b.Error(), "crm.example.org ("+want+")"))) {
				t.Errorf("%s, %d: %v", tt.name, i, err)
			}
			if err != nil {
				continue
			}
			if remote := c.RemoteAddr().String(); remote != "127.0.0.1:"+port {
				t.Errorf("%s, %d: connected to %s", tt.name, i, remote)
			}
			_ = c.Close()
		}
	}
}

// To the proxy itself its private address is no obstacle; to a target it is.
func TestOnlyTheProxyMayBePrivate(t *testing.T) {
	port := open(t)
	d := &dialer{guard: guard{noPrivate: true}, limit: 10 * time.Second, resolver: names(t, []string{"127.0.0.1"})}
	raised := mark(port)
	c, err := d.dial(t.Context(), "tcp", net.JoinHostPort("proxy.example", raised))
	if err != nil {
		t.Fatal(err)
	}
	_ = c.Close()
	if _, err := d.dial(t.Context(), "tcp", net.JoinHostPort("proxy.example", port)); err == nil {
		t.Error("a private target is reached")
	}
	d.resolver = names(t, []string{"169.254.169.254"})
	if _, err := d.dial(t.Context(), "tcp", net.JoinHostPort("proxy.example", raised)); err == nil || !strings.Contains(err.Error(), "never") {
		t.Errorf("a proxy where a cloud keeps its data: %v", err)
	}
}

func TestDiallingEndsInTime(t *testing.T) {
	d := &dialer{limit: 20 * time.Millisecond, open: func(ctx context.Context, _, _ string) (net.Conn, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}}
	if _, err := d.dial(t.Context(), "tcp", "crm.example.org:80"); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	_, err := d.dial(t.Context(), "tcp", "proxy.example:"+mark("80"))
	if e, ok := errors.AsType[*ProxyError](err); !ok || e.Host != "proxy.example:80" || e.Text != "it took too long" {
		t.Errorf("a proxy: %v", err)
	}
}
