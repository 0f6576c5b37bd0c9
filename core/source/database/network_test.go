package database

import (
	"encoding/binary"
	"net"
	"strings"
	"testing"
	"time"

	"hookbird/core"
)

var servers = []core.DatabaseKind{core.Postgres, core.MySQL, core.SQLServer}

// listen gives settings for whatever answers in place of a database.
func listen(t *testing.T, answer func(net.Conn)) core.DatabaseSource {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() }) // nobody asks any more
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			answer(c)
		}
	}()
	return core.DatabaseSource{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Timeout: 3 * time.Second, Table: "t", Rising: "id"}
}

// A server takes the call and says nothing: that is said, in the time that was set, and
// not that a query was slow.
func TestSilentServers(t *testing.T) {
	for _, kind := range servers {
		d := listen(t, func(net.Conn) {})
		d.Kind, d.Timeout = kind, 200*time.Millisecond
		err := newBench(t, d, nil).look()
		if core.CodeOf(err) != core.CodeUnavailable || !strings.Contains(core.Sentence(err), "does not answer. Check name and port, and whether a firewall stands between.") {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// A server that cannot encrypt is not read where that is wanted.
func TestMySQLWithoutTLS(t *testing.T) {
	d := listen(t, func(c net.Conn) {
		hello := "\x0a5.5.5-10.11\x00" + "\x01\x00\x00\x00" + "saltsalt\x00" + "\x01\xf2\x21\x02\x00\x08\x00\x15" + strings.Repeat("\x00", 10) + "saltsaltsalt\x00" + "mysql_native_password\x00"
		head := binary.LittleEndian.AppendUint32(nil, uint32(len(hello)))
		_, _ = c.Write(append(head, hello...)) // who asked may be gone
	})
	d.Kind, d.TLS = core.MySQL, core.TLSVerify
	err := newBench(t, d, nil).look()
	if core.CodeOf(err) != core.CodeInvalid || !strings.Contains(core.Sentence(err), "cannot encrypt the connection in a way that is safe today") {
		t.Error(err)
	}
}

// Something else answers at the port of a database: a sentence, soon.
func TestOtherServers(t *testing.T) {
	for _, answer := range []string{"", "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html>", "\x00\x00\x00\x00\xff\xff\xff\xff", "N", "S", "\x4a\x00\x00\x00\x0a8.0\x00"} {
		d := listen(t, func(c net.Conn) {
			_, _ = c.Write([]byte(answer)) // who asked may be gone
			_ = c.Close()
		})
		for _, kind := range servers {
			d.Kind = kind
			err := newBench(t, d, nil).look()
			said := core.Sentence(err)
			if err == nil || core.CodeOf(err) == core.CodeInternal || strings.Contains(said, "<html>") {
				t.Errorf("%s %q: %v %s", kind, answer, err, said)
			}
			t.Logf("%s %q: %s", kind, answer, said)
		}
	}
}
