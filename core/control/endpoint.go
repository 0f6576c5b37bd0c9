package control

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"time"
)

const (
	fileName   = "control.json" // in the data folder
	socketName = "control.sock" // in the data folder

	// unixHost is the Host of requests over a unix socket, which has no name of
	// its own to check.
	unixHost = "hookbird"
)

// endpoint is what control.json holds: where an engine listens, and the token
// that it asks for.
type endpoint struct {
	Net     string `json:"net"` // "unix" or "tcp"
	Address string `json:"address"`
	Token   string `json:"token"`
	PID     int    `json:"pid"`
	Version string `json:"version"`
	API     int    `json:"api"`
}

// host is the Host that requests must name.
func (e endpoint) host() string {
	if e.Net == "unix" {
		return unixHost
	}
	return e.Address
}

// check refuses what no engine writes, so that a damaged file never sends a
// token to another computer.
func (e endpoint) check() error {
	if e.Token == "" {
		return errors.New("no token")
	}
	switch e.Net {
	case "unix":
		if !filepath.IsAbs(e.Address) {
			return errors.New("socket path is not absolute")
		}
		return nil
	case "tcp":
		at, err := netip.ParseAddrPort(e.Address)
		if err != nil {
			return err
		}
		if !at.Addr().IsLoopback() {
			return errors.New("address is not on this computer")
		}
		return nil
	default:
		return fmt.Errorf("unknown network %q", e.Net)
	}
}

// readEndpoint reads control.json of a data folder. ErrNobody if there is none,
// or none that can be read.
func readEndpoint(dir string) (endpoint, error) {
	var e endpoint
	data, err := os.ReadFile(filepath.Join(dir, fileName))
	if errors.Is(err, fs.ErrNotExist) {
		return e, ErrNobody
	}
	if err != nil {
		return e, fmt.Errorf("%w: read %s: %w", ErrNobody, fileName, err)
	}
	if err := json.Unmarshal(data, &e); err != nil {
		return e, fmt.Errorf("%w: %s: %w", ErrNobody, fileName, err)
	}
	if err := e.check(); err != nil {
		return e, fmt.Errorf("%w: %s: %w", ErrNobody, fileName, err)
	}
	return e, nil
}

// writeEndpoint writes control.json of a data folder, whole or not at all.
func writeEndpoint(dir string, e endpoint) error {
	data, err := json.Marshal(e)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, fileName+".*") // 0600
	if err != nil {
		return err
	}
	_, err = f.Write(append(data, '\n'))
	err = errors.Join(err, f.Close())
	if err == nil {
		err = replace(f.Name(), filepath.Join(dir, fileName))
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// replace renames a file over another. Windows refuses that while somebody reads
// the other, which takes them no time.
func replace(from, to string) error {
	err := os.Rename(from, to)
	for tries := 0; err != nil && tries < 10; tries++ {
		time.Sleep(10 * time.Millisecond)
		err = os.Rename(from, to)
	}
	return err
}

// removeEndpoint deletes control.json if it is still the one that e was written
// to: another engine may have taken over meanwhile.
func removeEndpoint(dir string, e endpoint) {
	if now, err := readEndpoint(dir); err == nil && now.Token == e.Token {
		_ = os.Remove(filepath.Join(dir, fileName))
	}
}

// maxSocketPath is the longest path to bind a socket at, in bytes: the systems
// allow 104 to 108 with the closing NUL.
const maxSocketPath = 100

// listen opens the place where an engine in dir answers: a unix socket, or a
// port of 127.0.0.1 where that cannot be. What a dead engine left is removed:
// whoever calls this holds the lock of the store.
func listen(dir, goos string) (net.Listener, error) {
	path := filepath.Join(dir, socketName)
	if goos == "windows" || len(path) > maxSocketPath {
		return net.Listen("tcp4", "127.0.0.1:0")
	}
	_ = os.Remove(path)
	l, err := net.Listen("unix", path)
	if err != nil {
		return net.Listen("tcp4", "127.0.0.1:0")
	}
	if err := os.Chmod(path, 0o600); err != nil {
		_ = l.Close()
		return nil, err
	}
	return l, nil
}
