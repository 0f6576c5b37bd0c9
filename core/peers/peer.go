package main

import (
	"errors"
	"net"
	"os"
	"strconv"

	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
)

// peer is a program that takes records and passes them on.
type peer interface {
	name() string
	start() error
	address() string // to post to, once started
	running() *process.Process
	kill() // as a power cut would
	end()
}

// hookbird is the built engine with one webhook.
type hookbird struct{ *bird.Bird }

func newHookbird(program, to string) (peer, error) {
	b, err := bird.New(program, bird.Settings{Webhooks: []bird.Part{bird.Webhook("sink", to, bird.Part{
		"parallel": 32, "retry": bird.Part{"every": "5s", "times": 100},
	})}})
	return hookbird{b}, err
}

func (h hookbird) name() string              { return "Hookbird" }
func (h hookbird) start() error              { return h.Start() }
func (h hookbird) address() string           { return h.Address(bird.DefaultSource) }
func (h hookbird) running() *process.Process { return h.Process }
func (h hookbird) kill()                     { h.Kill() }
func (h hookbird) end()                      { h.End() }

// nodeRED is Node-RED with a flow that takes records and passes them on. It answers
// at once, or after the other system has.
type nodeRED struct {
	program string // path of red.js
	dir     string
	port    int
	after   bool
	p       *process.Process
}

func newNodeRED(program, to string, after bool) (peer, error) {
	dir, err := os.MkdirTemp("", "hookbird-peers-")
	if err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	return &nodeRED{program: program, dir: dir, port: port, after: after}, writeFlow(dir, to, after)
}

func (n *nodeRED) name() string {
	if n.after {
		return "Node-RED, answers after the target"
	}
	return "Node-RED, answers at once"
}

func (n *nodeRED) address() string           { return "http://127.0.0.1:" + strconv.Itoa(n.port) + "/in" }
func (n *nodeRED) running() *process.Process { return n.p }

func (n *nodeRED) start() (err error) {
	n.p, err = process.Start(process.Command{
		Path: "node", Args: []string{n.program, "-u", n.dir, "-p", strconv.Itoa(n.port), "flows.json"},
		Dir: n.dir, Ready: flowsStarted, Patience: startLimit, Hear: true,
	})
	return err
}

func (n *nodeRED) kill() {
	n.p.Kill()
	n.p = nil
}

func (n *nodeRED) end() {
	if n.p != nil {
		n.p.Kill()
	}
	_ = os.RemoveAll(n.dir)
}

func freePort() (int, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return ln.Addr().(*net.TCPAddr).Port, errors.Join(ln.Close())
}
