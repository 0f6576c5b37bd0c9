// Package program runs the built hookbird as a process on a desktop, for
// end-to-end tests and pictures: it starts and stops it, and asks it how things
// are.
//
// It must not reach into the program: what it asks goes over the control API or
// the command line, as from anybody.
package program

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"hookbird/core/control"
	"hookbird/gui/e2e/desktop"
)

// Program is one hookbird with its data folder. It is driven by one goroutine.
type Program struct {
	Data string // its data folder

	binary string
	d      *desktop.Desktop
	cmd    *exec.Cmd
	ended  chan struct{} // closed when the process has ended
	err    error         // with which it ended
}

// New prepares the program at binary with a data folder, without starting it.
func New(d *desktop.Desktop, binary, data string) *Program {
	return &Program{Data: data, binary: binary, d: d}
}

// Launch starts the program with its data folder and more arguments, and does
// not wait for anything. Entries of env like "DISPLAY=" come last, and win.
func (p *Program) Launch(env []string, args ...string) error {
	cmd := p.d.Command(p.binary, append([]string{"--data", p.Data}, args...)...)
	cmd.Env = append(cmd.Env, env...)
	// A file and no pipe: a window may outlive its engine, and Wait would wait
	// for both to let go of a pipe.
	said, err := os.OpenFile(p.sayings(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = said.Close() }()
	cmd.Stdout, cmd.Stderr = said, said
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan struct{})
	p.cmd, p.ended = cmd, ended
	go func() {
		p.err = cmd.Wait()
		close(ended)
	}()
	return nil
}

// Start launches the program and waits until it answers.
func (p *Program) Start(ctx context.Context, args ...string) error {
	if err := p.Launch(nil, args...); err != nil {
		return err
	}
	return p.Ready(ctx)
}

// Ready waits until the launched process answers as the engine.
func (p *Program) Ready(ctx context.Context) error {
	err := desktop.Until(ctx, func() (bool, error) {
		select {
		case <-p.ended:
			return false, fmt.Errorf("it ended: %w", errors.Join(p.err, errors.New(p.Said())))
		default:
		}
		return p.answers(), nil
	})
	if err != nil {
		return fmt.Errorf("hookbird does not answer: %w", err)
	}
	return nil
}

// answers tells whether the launched process is the engine and has its store open.
func (p *Program) answers() bool {
	c, err := control.Dial(p.Data)
	if err != nil {
		return false
	}
	defer c.Close()
	peer := c.Peer()
	return peer.Ready && peer.PID == p.PID()
}

// PID is the process id of the engine that was launched last.
func (p *Program) PID() int { return p.cmd.Process.Pid }

// sayings is the file that takes what the program writes.
func (p *Program) sayings() string { return filepath.Clean(p.Data) + ".said" }

// Said is all that the program wrote so far.
func (p *Program) Said() string {
	text, err := os.ReadFile(p.sayings())
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// Status asks how things stand.
func (p *Program) Status(ctx context.Context) (control.Status, error) {
	c, err := control.Dial(p.Data)
	if err != nil {
		return control.Status{}, err
	}
	defer c.Close()
	return c.Status(ctx)
}

// Run calls the program once beside the engine, with its data folder, and gives
// what it printed.
func (p *Program) Run(args ...string) (string, error) {
	cmd := p.d.Command(p.binary, append([]string{"--data", p.Data}, args...)...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("hookbird %v: %w: %s", args, err, out)
	}
	return string(out), err
}

// Kill ends the engine as a power cut would.
func (p *Program) Kill() {
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Kill()
	<-p.ended
}

// Stop ends the engine as the end of a session does, and gives the error with
// which it ended: nil for exit code 0.
func (p *Program) Stop(ctx context.Context) error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return p.Wait(ctx)
}

// Wait waits until the launched process has ended, and gives the error with
// which it did.
func (p *Program) Wait(ctx context.Context) error {
	select {
	case <-p.ended:
		return p.err
	case <-ctx.Done():
		return fmt.Errorf("it still runs: %w", ctx.Err())
	}
}
