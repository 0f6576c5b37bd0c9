// Package process starts the programs of a measurement, looks at what they use,
// and ends them. It ends only what it started itself, by its own id.
//
// What a process uses is read from /proc, so it is known on Linux alone; elsewhere
// all figures are 0.
package process

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Command is a program to start.
type Command struct {
	Path string
	Args []string
	Env  []string // besides this program's own
	Dir  string
	// Ready tells whether a line on its standard output says that it is ready. nil
	// means that the first line does.
	Ready func(line string) bool
	// Patience is how long it may take to be ready; 0 means 10 seconds.
	Patience time.Duration
	// Hear keeps what it writes to its standard error, for Said. It costs the
	// program a little, so it is off while something is measured.
	Hear bool
}

// Process is a program that runs.
type Process struct {
	Line  string        // the line that said that it is ready
	Took  time.Duration // from its start to that line
	Stdin io.WriteCloser

	cmd   *exec.Cmd
	heard *heard
	ended chan struct{} // closed when it has ended
}

// Start starts a program and waits until it is ready. One that is not in time, or
// ends before, is an error that holds the end of what it said.
func Start(c Command) (*Process, error) {
	p, line, err := begin(c)
	if err != nil {
		return nil, err
	}
	patience := c.Patience
	if patience == 0 {
		patience = 10 * time.Second
	}
	select {
	case p.Line = <-line:
		return p, nil
	case <-p.ended:
	case <-time.After(patience):
		p.Kill()
	}
	return nil, fmt.Errorf("%s %s was not ready within %s; it said: %s", c.Path, strings.Join(c.Args, " "), patience, p.Said())
}

// Launch starts a program and does not wait until it is ready.
func Launch(c Command) (*Process, error) {
	p, _, err := begin(c)
	return p, err
}

func begin(c Command) (p *Process, line chan string, err error) {
	cmd := exec.Command(c.Path, c.Args...)
	cmd.Env, cmd.Dir = append(os.Environ(), c.Env...), c.Dir
	p = &Process{cmd: cmd, ended: make(chan struct{})}
	if c.Hear {
		p.heard = &heard{}
		cmd.Stderr = p.heard
	}
	began := time.Now()
	line = make(chan string, 1)
	cmd.Stdout = &finder{ready: c.Ready, found: func(s string) {
		p.Took = time.Since(began)
		line <- s
	}}
	cmd.WaitDelay = time.Second // for what it started itself and left behind
	if p.Stdin, err = cmd.StdinPipe(); err != nil {
		return nil, nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, nil, err
	}
	remember(p)
	go func() {
		defer close(p.ended)
		defer forget(p)
		_ = cmd.Wait() // how it ended is in cmd.ProcessState
	}()
	return p, line, nil
}

// finder looks in what a program writes for the line that says that it is ready.
type finder struct {
	ready func(line string) bool
	found func(line string) // called once
	over  bool
	buf   []byte // the beginning of a line
}

func (f *finder) Write(b []byte) (int, error) {
	n := len(b)
	for !f.over {
		end := bytes.IndexByte(b, '\n')
		if end < 0 {
			f.buf = append(f.buf, b...)
			break
		}
		line := strings.TrimSpace(string(append(f.buf, b[:end]...)))
		f.buf, b = f.buf[:0], b[end+1:]
		if line != "" && (f.ready == nil || f.ready(line)) {
			f.over, f.buf = true, nil
			f.found(line)
		}
	}
	return n, nil
}

// PID is its number.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Kill ends it as a power cut would, and waits until it is gone.
func (p *Process) Kill() {
	_ = p.cmd.Process.Kill()
	_ = p.Stdin.Close()
	<-p.ended
}

// Terminate asks it to end, as the system does at a log-out, and does not wait.
func (p *Process) Terminate() { _ = p.cmd.Process.Signal(syscall.SIGTERM) }

// Stop asks it to end and waits. One that does not end in time is killed, which is
// an error, as is an exit code.
func (p *Process) Stop(limit time.Duration) error {
	p.Terminate()
	select {
	case <-p.ended:
	case <-time.After(limit):
		p.Kill()
		return fmt.Errorf("it did not end within %s and was killed", limit)
	}
	if code := p.cmd.ProcessState.ExitCode(); code != 0 {
		return fmt.Errorf("it ended with %s", p.cmd.ProcessState)
	}
	return nil
}

// Wait waits until it has ended by itself.
func (p *Process) Wait() { <-p.ended }

// Ended tells whether it has ended, by itself or not.
func (p *Process) Ended() bool {
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}

// Said is the end of what it wrote to its standard error, if Hear was set.
func (p *Process) Said() string {
	if p.heard == nil {
		return ""
	}
	return p.heard.text()
}

// heard keeps the last of what is written.
type heard struct {
	mu  sync.Mutex
	buf []byte
}

const mostHeard = 64 << 10

func (h *heard) Write(b []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.buf = append(h.buf, b...)
	if n := len(h.buf); n > mostHeard {
		h.buf = append(h.buf[:0], h.buf[n-mostHeard:]...)
	}
	return len(b), nil
}

func (h *heard) text() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return string(h.buf)
}
