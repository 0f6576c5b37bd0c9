package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"

	"hookbird/core/bench/bird"
	"hookbird/core/bench/traffic"
)

// load is the senders, and what they know of each record: whether it was accepted.
// A record is known by its number; those of one sender ("who") are sent one after
// the other, so that they lie in the log in the order of their numbers.
type load struct {
	t      trial
	b      *bird.Bird
	folder string // of files

	mu      sync.Mutex
	next    int
	sent    int // since the last kill
	who     []int
	acked   []bool
	batches []span
	redo    map[int]int // by sender: a record whose acceptance is not known, sent again under the same key
}

// span is the records of one request of several lines.
type span struct{ from, to int }

const perBatch = 20

func newLoad(t trial, b *bird.Bird) (*load, error) {
	l := &load{t: t, b: b, redo: map[int]int{}}
	if t.senders == 0 {
		l.t.senders = 16
	}
	if t.most == 0 {
		l.t.most = 1500
	}
	if !t.files {
		return l, nil
	}
	l.folder = filepath.Join(b.Dir, "in")
	if err := os.Mkdir(l.folder, 0o700); err != nil {
		return nil, err
	}
	source := bird.Part{"id": "folder", "kind": "folder", "name": "folder", "path": l.folder}
	return l, b.Import(bird.Settings{Sources: []bird.Part{source}})
}

// begin lets the senders work until stop is called, which waits for them.
func (l *load) begin() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	l.sent = 0
	if l.t.files {
		wg.Go(func() { l.dropFile() })
	} else {
		rt := traffic.Client(l.t.senders)
		for i := range l.t.senders {
			wg.Go(func() { l.send(ctx, rt, i) })
		}
		return func() {
			cancel()
			wg.Wait()
			rt.CloseIdleConnections()
		}
	}
	return func() {
		cancel()
		wg.Wait()
	}
}

// send is one sender. Some send several lines a request; some send what may or may
// not have been accepted again, under the same key.
func (l *load) send(ctx context.Context, rt *http.Transport, who int) {
	for ctx.Err() == nil {
		var err error
		switch {
		case who%4 == 1:
			err = l.sendLines(rt, who)
		case who%4 == 2:
			err = l.sendKeyed(rt, who)
		default:
			n, ok := l.take(who, 1)
			if !ok {
				return
			}
			if err = traffic.Post(rt, l.b.Address(bird.DefaultSource), record(n, who)); err == nil {
				l.ack(n, 1)
			}
		}
		if err != nil {
			return // the engine is gone
		}
	}
}

// take gives a sender the next numbers; ok is false once enough were sent.
func (l *load) take(who, count int) (from int, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.sent+count > l.t.most {
		return 0, false
	}
	from = l.next
	l.next += count
	l.sent += count
	for range count {
		l.who, l.acked = append(l.who, who), append(l.acked, false)
	}
	return from, true
}

func (l *load) ack(from, count int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range count {
		l.acked[from+i] = true
	}
}

// accepted is how many records are known to have been accepted.
func (l *load) accepted() (n int) {
	for _, acked := range l.acked {
		if acked {
			n++
		}
	}
	return n
}

func (l *load) sendLines(rt *http.Transport, who int) error {
	from, ok := l.take(who, perBatch)
	if !ok {
		return errEnough
	}
	var body bytes.Buffer
	for i := range perBatch {
		body.Write(record(from+i, who))
		body.WriteByte('\n')
	}
	l.mu.Lock()
	l.batches = append(l.batches, span{from, from + perBatch})
	l.mu.Unlock()
	if err := l.b.PostLines(rt, bird.DefaultSource, body.Bytes()); err != nil {
		return err
	}
	l.ack(from, perBatch)
	return nil
}

var errEnough = fmt.Errorf("enough was sent")

// sendKeyed sends a record under a key of its own, again and again until it was
// accepted, over all kills between.
func (l *load) sendKeyed(rt *http.Transport, who int) error {
	l.mu.Lock()
	n, again := l.redo[who]
	l.mu.Unlock()
	if !again {
		var ok bool
		if n, ok = l.take(who, 1); !ok {
			return errEnough
		}
		l.mu.Lock()
		l.redo[who] = n
		l.mu.Unlock()
	}
	if err := postKeyed(rt, l.b.Address(bird.DefaultSource), fmt.Sprintf("key-%d", n), record(n, who)); err != nil {
		return err
	}
	l.ack(n, 1)
	l.mu.Lock()
	delete(l.redo, who)
	l.mu.Unlock()
	return nil
}

func postKeyed(rt *http.Transport, to, key string, body []byte) error {
	return traffic.PostWith(rt, to, http.Header{"Content-Type": {"application/json"}, "Idempotency-Key": {key}}, body)
}

// dropFile puts a file with a hundred records into the folder. Once it lies there
// under its name, its records count as accepted.
func (l *load) dropFile() {
	from, ok := l.take(0, 100)
	if !ok {
		return
	}
	var text bytes.Buffer
	for i := range 100 {
		text.Write(record(from+i, 0))
		text.WriteByte('\n')
	}
	part := filepath.Join(l.b.Dir, "part")
	if os.WriteFile(part, text.Bytes(), 0o600) != nil {
		return
	}
	if os.Rename(part, filepath.Join(l.folder, fmt.Sprintf("records-%d.jsonl", from))) == nil {
		l.ack(from, 100)
	}
}

// record is a JSON object of some 200 bytes with a number and a person.
func record(n, who int) []byte {
	return fmt.Appendf(nil, `{"n":%d,"who":"p%d","firstname":"Ada","lastname":"Lovelace","note":"%0120d"}`, n, who, n)
}
