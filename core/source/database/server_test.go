//go:build unix

package database

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"database/sql"
	"database/sql/driver"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"hookbird/core"
)

// server is a database server that a test has started.
type server struct {
	source core.DatabaseSource // how to read it, as a user who may read and no more
	ask    *sql.DB             // as the one who owns it
	stop   func()              // at once, as if it were killed
	start  func()
}

// program finds a program of a Debian package, or skips the test.
func program(t *testing.T, from string, places ...string) string {
	t.Helper()
	for _, place := range places {
		if list, _ := filepath.Glob(place); len(list) > 0 {
			return slices.Max(list)
		}
	}
	t.Skipf("%s is not installed: the Debian package %s has it", filepath.Base(places[0]), from)
	return ""
}

// folder makes a folder that belongs to who runs the server, with a path that is
// short enough for a socket.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "hb")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) }) // it is in /tmp
	if who := servant(); who != nil {
		if err := os.Chown(dir, int(who.Uid), int(who.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// servant is who runs servers for root, with which they do not run: nobody.
func servant() *syscall.Credential {
	if os.Getuid() != 0 {
		return nil
	}
	u, err := user.Lookup("nobody")
	if err != nil {
		return nil
	}
	uid, _ := strconv.ParseUint(u.Uid, 10, 32)
	gid, _ := strconv.ParseUint(u.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

// command is a program that runs as the servant.
func command(dir, name string, args ...string) (*exec.Cmd, *bytes.Buffer) {
	c := exec.Command(name, args...)
	said := &bytes.Buffer{}
	c.Dir, c.Stdout, c.Stderr = dir, said, said
	c.Env = append(os.Environ(), "HOME="+dir, "LC_ALL=C.UTF-8")
	c.SysProcAttr = &syscall.SysProcAttr{Credential: servant()}
	return c, said
}

// run runs a program to its end.
func run(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	c, said := command(dir, name, args...)
	if err := c.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, said)
	}
}

// serve starts a server and waits until it answers. The functions stop it at once,
// and start it again.
func serve(t *testing.T, dir string, ready func() error, name string, args ...string) (stop, start func()) {
	t.Helper()
	var c *exec.Cmd
	var ended chan struct{}
	stop = func() {
		if c == nil {
			return
		}
		_ = c.Process.Signal(syscall.SIGKILL) // it may have ended by itself
		<-ended
		c = nil
	}
	start = func() {
		t.Helper()
		stop()
		var said *bytes.Buffer
		c, said = command(dir, name, args...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended = make(chan struct{})
		go func(c *exec.Cmd, ended chan struct{}) {
			defer close(ended)
			_ = c.Wait() // it was killed
		}(c, ended)
		limit := time.After(60 * time.Second)
		for {
			err := ready()
			if err == nil {
				return
			}
			select {
			case <-ended:
				t.Fatalf("%s has ended: %v\n%s", name, err, said)
			case <-limit:
				t.Fatalf("%s does not answer: %v", name, err)
			case <-time.After(50 * time.Millisecond):
			}
		}
	}
	start()
	t.Cleanup(func() { stop() })
	return stop, start
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }() // its number is what is wanted
	return l.Addr().(*net.TCPAddr).Port
}

// Who reads, and with which password.
const (
	reads    = "hookbird"
	password = `ge'heim \geheim`
	quoted   = `ge''heim \geheim`
)

// owner gives a connection of the one who owns the database.
func owner(t *testing.T, d core.DatabaseSource, user string) *sql.DB {
	t.Helper()
	kind, err := dialectOf(d.Kind)
	if err != nil {
		t.Fatal(err)
	}
	d.User = user
	db, err := kind.open(&d, "")
	if d.Kind == core.MySQL {
		var connector driver.Connector
		connector, err = mysqlConnector(&d, "")
		db = sql.OpenDB(connector)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func ping(db *sql.DB) func() error {
	return func() error {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		return db.PingContext(ctx)
	}
}

// must runs statements as the owner.
func (s *server) must(t *testing.T, statements ...string) {
	t.Helper()
	for _, each := range statements {
		if _, err := s.ask.Exec(each); err != nil {
			t.Fatalf("%s: %v", each, err)
		}
	}
}

// certify makes a certificate for 127.0.0.1 that vouches for itself, and gives its
// file.
func certify(t *testing.T, dir string) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	cert, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{"cert.pem": {Type: "CERTIFICATE", Bytes: cert}, "key.pem": {Type: "PRIVATE KEY", Bytes: private}} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		if who := servant(); who != nil {
			if err := os.Chown(file, int(who.Uid), int(who.Gid)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return filepath.Join(dir, "cert.pem")
}

// startPostgres makes a server of its own for a test.
func startPostgres(t *testing.T) *server {
	t.Helper()
	initdb := program(t, "postgresql", "/usr/lib/postgresql/*/bin/initdb", "/usr/bin/initdb")
	postgres := filepath.Join(filepath.Dir(initdb), "postgres")
	dir, port := folder(t), freePort(t)
	data := filepath.Join(dir, "data")
	run(t, dir, initdb, "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")
	hba := "local all owner trust\nhost all hookbird 127.0.0.1/32 scram-sha-256\nhostssl all tls 127.0.0.1/32 scram-sha-256\n"
	if err := os.WriteFile(filepath.Join(data, "pg_hba.conf"), []byte(hba), 0o644); err != nil {
		t.Fatal(err)
	}
	s := &server{source: core.DatabaseSource{Kind: core.Postgres, Host: "127.0.0.1", Port: port, Name: "shop", User: reads, Password: core.SealedSecret("p"), CAFile: certify(t, dir)}}
	s.ask = owner(t, core.DatabaseSource{Kind: core.Postgres, Host: dir, Port: port, Name: "postgres"}, "owner")
	s.stop, s.start = serve(t, dir, ping(s.ask), postgres, "-D", data, "-k", dir, "-h", "127.0.0.1", "-p", strconv.Itoa(port), "-F")
	s.must(t, "CREATE DATABASE shop", fmt.Sprintf("CREATE ROLE hookbird LOGIN PASSWORD '%s'", quoted), "CREATE ROLE tls LOGIN PASSWORD 'x'")
	s.ask = owner(t, core.DatabaseSource{Kind: core.Postgres, Host: dir, Port: port, Name: "shop"}, "owner")
	return s
}

// startMySQL makes a server of its own for a test.
func startMySQL(t *testing.T) *server {
	t.Helper()
	install := program(t, "mariadb-server", "/usr/bin/mariadb-install-db")
	mariadbd := program(t, "mariadb-server", "/usr/sbin/mariadbd")
	dir, port := folder(t), freePort(t)
	data, socket := filepath.Join(dir, "data"), filepath.Join(dir, "s")
	run(t, dir, install, "--no-defaults", "--datadir="+data, "--auth-root-authentication-method=normal", "--skip-test-db")
	s := &server{source: core.DatabaseSource{Kind: core.MySQL, Host: "127.0.0.1", Port: port, Name: "shop", User: reads, Password: core.SealedSecret("p"), CAFile: certify(t, dir)}}
	root := core.DatabaseSource{Kind: core.MySQL, Host: socket}
	s.ask = owner(t, root, "root")
	s.stop, s.start = serve(t, dir, ping(s.ask), mariadbd, "--no-defaults", "--datadir="+data, "--socket="+socket,
		"--bind-address=127.0.0.1", "--port="+strconv.Itoa(port), "--pid-file="+filepath.Join(dir, "pid"),
		"--skip-name-resolve", "--ssl-cert="+s.source.CAFile, "--ssl-key="+filepath.Join(dir, "key.pem"), "--default-time-zone=+05:00")
	s.must(t, "CREATE DATABASE shop CHARACTER SET utf8mb4", fmt.Sprintf(`CREATE USER hookbird@'127.0.0.1' IDENTIFIED BY '%s'`, strings.ReplaceAll(quoted, `\`, `\\`)), "GRANT SELECT ON shop.* TO hookbird@'127.0.0.1'")
	root.Name = "shop"
	s.ask = owner(t, root, "root")
	return s
}

// bench makes a bench of a table of the server.
func (s *server) bench(t *testing.T, table, rising string) *bench {
	t.Helper()
	d := s.source
	d.Table, d.Rising = table, rising
	b := newBench(t, d, s.ask)
	b.env.Vault = vault(password)
	b.start()
	return b
}
