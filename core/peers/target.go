package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"

	"hookbird/core/bench/traffic"
)

// target is the other system. It can go away and come back at the same place.
type target struct {
	port   int
	server *http.Server

	mu  sync.Mutex
	got map[int]int // how often each number came
}

func newTarget() (*target, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	t := &target{port: port, got: map[int]int{}}
	return t, t.come()
}

func (t *target) address() string { return fmt.Sprintf("http://127.0.0.1:%d/in", t.port) }

func (t *target) come() error {
	ln, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", t.port))
	if err != nil {
		return err
	}
	server := &http.Server{Handler: http.HandlerFunc(t.take)}
	t.server = server
	go func() { _ = server.Serve(ln) }()
	return nil
}

// goAway ends all connections; new ones are refused.
func (t *target) goAway() { _ = t.server.Close() }

func (t *target) take(_ http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.got[traffic.Number(body)]++
}

// count is how many different records came.
func (t *target) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.got)
}

// of tells how many of these came, and how many messages came twice.
func (t *target) of(numbers []int) (came, twice int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, n := range numbers {
		if t.got[n] > 0 {
			came++
		}
	}
	for _, times := range t.got {
		twice += times - 1
	}
	return came, twice
}
