package local

import (
	"bytes"
	"net"
	"strings"
)

// plain is a listener on whose connections even those refusals are JSON that
// net/http gives by itself, in plain text, to what is no proper HTTP.
type plain struct{ net.Listener }

func (p plain) Accept() (net.Conn, error) {
	c, err := p.Listener.Accept()
	if tcp, ok := c.(*net.TCPConn); ok {
		return jsonConn{tcp}, err
	}
	return c, err
}

type jsonConn struct{ *net.TCPConn }

// What net/http writes, in one piece, between the status line and the text.
const plainHeader = "\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n"

// Write passes everything on but those texts. No answer of ours is plain text.
func (c jsonConn) Write(p []byte) (int, error) {
	if len(p) > 512 || !bytes.HasPrefix(p, []byte("HTTP/1.1 4")) && !bytes.HasPrefix(p, []byte("HTTP/1.1 5")) {
		return c.TCPConn.Write(p)
	}
	status, _, ok := strings.Cut(string(p), plainHeader)
	if !ok {
		return c.TCPConn.Write(p)
	}
	message := "This is not a proper HTTP request."
	if strings.HasPrefix(status, "HTTP/1.1 431") {
		message = "The header of the request is too long."
	}
	answer := status + strings.Replace(plainHeader, "text/plain; charset=utf-8", "application/json", 1) +
		`{"error":{"code":"bad_request","message":"` + message + `"}}`
	if _, err := c.TCPConn.Write([]byte(answer)); err != nil {
		return 0, err
	}
	return len(p), nil
}
