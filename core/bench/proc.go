package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// proc is a child of the run.
type proc struct {
	cmd   *exec.Cmd
	first string // its first line on stdout
	stdin io.WriteCloser
}

// spawn starts a program and waits for its first line, for 10 seconds at most.
func spawn(env []string, name string, args ...string) (*proc, error) {
	p := &proc{cmd: exec.Command(name, args...)}
	p.cmd.Env = append(os.Environ(), env...)
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	line := make(chan string, 1)
	go func() {
		r := bufio.NewReader(out)
		s, _ := r.ReadString('\n')
		line <- strings.TrimSpace(s)
		_, _ = io.Copy(io.Discard, r)
	}()
	select {
	case p.first = <-line:
	case <-time.After(10 * time.Second):
	}
	if p.first == "" {
		p.kill()
		return nil, fmt.Errorf("%s %v did not start", name, args)
	}
	return p, nil
}

// child starts one side of a measurement: this program in a role.
func child(role string, args ...string) (*proc, error) {
	return spawn(nil, os.Args[0], append([]string{role}, args...)...)
}

func (p *proc) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

// cpu is the time of all cores that the process has used, to 10 ms.
func (p *proc) cpu() time.Duration {
	f := statFields(p.cmd.Process.Pid)
	if f == nil {
		return 0
	}
	user, _ := strconv.ParseInt(f[11], 10, 64)
	system, _ := strconv.ParseInt(f[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond
}

// statFields are the fields of /proc/PID/stat behind the program's name.
func statFields(pid int) []string {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil
	}
	f := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	if len(f) < 13 {
		return nil
	}
	return f
}

// resident is the memory of the process that is in use, in MB.
func (p *proc) resident() float64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1024
		}
	}
	return 0
}

func cpuOf(ps ...*proc) time.Duration {
	var sum time.Duration
	for _, p := range ps {
		sum += p.cpu()
	}
	return sum
}
