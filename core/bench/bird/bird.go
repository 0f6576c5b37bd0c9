// Package bird runs the built program as its users do: with a data folder, a
// settings file, the command line and the local address. It knows nothing of the
// program's insides.
package bird

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"hookbird/core/bench/process"
	"hookbird/core/bench/traffic"
	"hookbird/core/control"
)

// Bird is an engine with a folder of its own.
type Bird struct {
	*process.Process // while it runs, else nil

	Program string // path
	Dir     string
	Hear    bool // keep what it says on standard error

	address string // of the local address, once known
}

// New makes a folder and imports settings into it, without starting the engine.
func New(program string, s Settings) (*Bird, error) {
	dir, err := Folder()
	if err != nil {
		return nil, err
	}
	b := &Bird{Program: program, Dir: dir}
	if err := b.Import(s); err != nil {
		b.End()
		return nil, err
	}
	return b, nil
}

// Folder makes a folder for a Bird.
func Folder() (string, error) { return os.MkdirTemp("", "hookbird-bench-") }

// Data is its data folder.
func (b *Bird) Data() string { return filepath.Join(b.Dir, "data") }

// Import has it take settings, whether it runs or not.
func (b *Bird) Import(s Settings) error {
	text, err := json.Marshal(s.filled())
	if err != nil {
		return err
	}
	file := filepath.Join(b.Dir, "settings.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return err
	}
	if out, err := exec.Command(b.Program, "--data", b.Data(), "--import", file).CombinedOutput(); err != nil {
		return fmt.Errorf("import: %w: %s", err, out)
	}
	return nil
}

// startLimit is how long a start may take, also after a crash with millions of
// records.
const startLimit = 3 * time.Minute

func (b *Bird) command() process.Command {
	return process.Command{
		Path: b.Program, Args: []string{"--data", b.Data(), "--headless"},
		Patience: startLimit, Hear: b.Hear,
	}
}

// Start runs the engine and waits until it is ready and can be posted to.
func (b *Bird) Start() error {
	p, err := process.Start(b.command())
	if err != nil {
		return err
	}
	b.Process = p
	var ready struct{ Address string }
	if err := json.Unmarshal([]byte(p.Line), &ready); err != nil {
		p.Kill()
		return fmt.Errorf("first line %q: %w", p.Line, err)
	}
	if ready.Address != "" {
		b.address = ready.Address
		return nil
	}
	return b.waitForAddress()
}

// Launch runs the engine and does not wait for anything.
func (b *Bird) Launch() (err error) {
	b.Process, err = process.Launch(b.command())
	return err
}

// waitForAddress waits for a port that another connection happens to have: it is
// kept, and tried again every few seconds.
func (b *Bird) waitForAddress() error {
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		st, err := b.Status()
		if err == nil && st.Address != "" {
			b.address = st.Address
			return nil
		}
	}
	return errors.New("the local address did not open")
}

// Address is where to post to a source.
func (b *Bird) Address(source string) string { return b.address + "/in/" + Key(source) }

// Fill posts count records, many a request, numbered from a number on.
func (b *Bird) Fill(source string, from, count int) error {
	const most = 5000
	rt := traffic.Client(1)
	defer rt.CloseIdleConnections()
	for n := 0; n < count; n += most {
		if err := b.PostLines(rt, source, traffic.Lines(from+n, min(most, count-n))); err != nil {
			return err
		}
	}
	return nil
}

// PostLines posts JSON lines in one request.
func (b *Bird) PostLines(rt http.RoundTripper, source string, lines []byte) error {
	return traffic.PostAs(rt, b.Address(source), "application/x-ndjson", lines)
}

// Status is what --status prints, asked of the running engine over its control
// address, because starting a program to ask would be in the way.
func (b *Bird) Status() (st control.Status, err error) {
	err = b.Ask(func(c *control.Client) error {
		st, err = c.Status(context.Background())
		return err
	})
	return st, err
}

// Ask asks the running engine.
func (b *Bird) Ask(ask func(c *control.Client) error) error {
	c, err := control.Dial(b.Data())
	if err != nil {
		return err
	}
	defer c.Close()
	return ask(c)
}

// PrintedStatus is what the command --status prints, with or without a running
// engine.
func (b *Bird) PrintedStatus() (st control.Status, err error) {
	out, err := exec.Command(b.Program, "--data", b.Data(), "--status").Output()
	if err != nil {
		return st, fmt.Errorf("status: %w", err)
	}
	return st, json.Unmarshal(out, &st)
}

// Kill ends the engine as a power cut would.
func (b *Bird) Kill() {
	b.Process.Kill()
	b.Process = nil
}

// Stop ends the engine in order.
func (b *Bird) Stop() error {
	p := b.Process
	b.Process = nil
	return p.Stop(15 * time.Second)
}

// End ends the engine, if it runs, and removes the folder.
func (b *Bird) End() {
	if b.Process != nil {
		_ = b.Stop()
	}
	_ = os.RemoveAll(b.Dir)
}
