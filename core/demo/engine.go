package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// engine is the program under demonstration, as a process.
type engine struct {
	binary string
	data   string // its data folder
	log    string // file that takes what it says on stderr
	cmd    *exec.Cmd
	ended  chan error
}

// status is what --status says, as far as the demo asks.
type status struct {
	Waiting, Delivered, Failed uint64
	Sources                    []struct{ Asks string }
}

// asked is what a source waits to be answered, "" for nothing.
func (s status) asked() string {
	for _, src := range s.Sources {
		if src.Asks != "" {
			return src.Asks
		}
	}
	return ""
}

// start runs the engine without a window and returns when it is ready.
func (e *engine) start(ctx context.Context) error {
	log, err := os.OpenFile(e.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	cmd := exec.Command(e.binary, "--data", e.data, "--headless")
	cmd.Stderr = log
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	e.cmd, e.ended = cmd, make(chan error, 1)
	ready := make(chan error, 1)
	go func() {
		line, err := bufio.NewReader(stdout).ReadString('\n')
		if err == nil && !json.Valid([]byte(line)) {
			err = fmt.Errorf("its first line should be JSON and is %q", line)
		}
		ready <- err
		_, _ = io.Copy(io.Discard, stdout)
		e.ended <- cmd.Wait()
	}()
	select {
	case err := <-ready:
		if err != nil {
			return fmt.Errorf("the engine did not start: %w", err)
		}
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// kill ends the engine as a power cut would: nothing of it runs any more.
func (e *engine) kill() {
	if e.cmd == nil {
		return
	}
	_ = e.cmd.Process.Kill()
	<-e.ended
	e.cmd = nil
}

// stop ends the engine as a shutdown does.
func (e *engine) stop(ctx context.Context) error {
	if err := e.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case err := <-e.ended:
		e.cmd = nil
		if err != nil {
			return fmt.Errorf("the engine ended with %w", err)
		}
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// load takes over a settings file.
func (e *engine) load(ctx context.Context, settings string) error {
	_, err := e.run(ctx, "--import", settings)
	return err
}

// status asks how things stand.
func (e *engine) status(ctx context.Context) (s status, err error) {
	out, err := e.run(ctx, "--status")
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal(out, &s)
}

// run calls the program beside the running engine.
func (e *engine) run(ctx context.Context, args ...string) ([]byte, error) {
	out, err := exec.CommandContext(ctx, e.binary, append([]string{"--data", e.data}, args...)...).Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && ctx.Err() == nil {
		return nil, fmt.Errorf("hookbird %s ended with %d: %s", args[0], exit.ExitCode(), strings.TrimSpace(string(exit.Stderr)))
	}
	return out, errors.Join(err, ctx.Err())
}

// logTail gives the last lines that the engine wrote.
func (e *engine) logTail() string {
	text, err := os.ReadFile(filepath.Clean(e.log))
	if err != nil {
		return ""
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-20):], "\n")
}
