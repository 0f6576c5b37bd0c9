package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
)

// target is the other system. It knows each record by its number.
type target struct {
	server *http.Server
	port   int

	mu     sync.Mutex
	ids    map[int]map[string]int // by number and by id of the message, how often it came
	faults []string
	open   map[int]bool // numbers of which nobody knows whether they were taken
}

func newTarget() (*target, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	t := &target{port: ln.Addr().(*net.TCPAddr).Port, ids: map[int]map[string]int{}, open: map[int]bool{}}
	t.server = &http.Server{Handler: t}
	go func() { _ = t.server.Serve(ln) }()
	return t, nil
}

func (t *target) close() { _ = t.server.Close() }

func (t *target) address() string { return fmt.Sprintf("http://127.0.0.1:%d/in", t.port) }

// ServeHTTP takes a message.
func (t *target) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the engine died while it sent
	}
	var record struct{ N json.Number }
	if err := json.Unmarshal([]byte(strings.ReplaceAll(string(body), `"N"`, `"n"`)), &record); err != nil {
		t.fault(fmt.Sprintf("not a record: %.100s", body))
		return
	}
	n, err := record.N.Int64()
	if err != nil {
		t.fault(fmt.Sprintf("a record without a number: %.100s", body))
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ids[int(n)] == nil {
		t.ids[int(n)] = map[string]int{}
	}
	t.ids[int(n)][r.Header.Get("Webhook-Id")]++
}

func (t *target) fault(text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.faults = append(t.faults, text)
}

// unknown says of a record that it may have been taken or not.
func (t *target) unknown(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.open[n] = true
}

// all tells whether all records below a number have arrived.
func (t *target) all(next int) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for n := range next {
		if len(t.ids[n]) == 0 && !t.open[n] {
			return false
		}
	}
	return true
}

// judge says what is wrong with what has come.
func (t *target) judge(next, kills int, o *outcome) {
	t.mu.Lock()
	defer t.mu.Unlock()
	o.records = next
	for n := range next {
		if len(t.ids[n]) == 0 && !t.open[n] {
			o.lost++
		}
		if len(t.ids[n]) > 1 {
			o.handedTwice++
		}
		for _, times := range t.ids[n] {
			o.twice += times - 1
		}
	}
	o.faults = append(o.faults, t.faults[:min(len(t.faults), 3)]...)
	if o.lost > 0 {
		o.faults = append(o.faults, fmt.Sprintf("%d of %d records are lost", o.lost, next))
	}
	if o.handedTwice > 0 {
		o.faults = append(o.faults, fmt.Sprintf("%d records were handed on twice", o.handedTwice))
	}
	if most := kills * (lent + parallel); o.twice > most {
		o.faults = append(o.faults, fmt.Sprintf("%d deliveries came twice, which is more than %d", o.twice, most))
	}
}
