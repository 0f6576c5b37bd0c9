package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"hookbird/core/bench/traffic"
)

// receiver is what all messages go to. It counts them and, if asked to, how often
// each number came and how long timed ones took.
type receiver struct {
	track bool
	count atomic.Int64
	bytes atomic.Int64

	mu     sync.Mutex
	seen   map[int]int
	delays []time.Duration
}

// sink is the role of a receiver:
//
//	POST /in            takes a message
//	POST /hang          reads one and never answers
//	POST /answer/CODE   answers with a status code
//	GET  /count         messages that were taken
//	GET  /bytes         their bytes
//	GET  /seen          how often each number came
//	GET  /delays        how long timed ones took, sorted; they are forgotten then
func sink(args []string) {
	f := flag.NewFlagSet("sink", flag.ExitOnError)
	r := &receiver{seen: map[int]int{}}
	f.BoolVar(&r.track, "track", false, "remember each number and time")
	_ = f.Parse(args)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /count", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, r.count.Load()) })
	mux.HandleFunc("GET /bytes", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, r.bytes.Load()) })
	mux.HandleFunc("GET /seen", r.writeSeen)
	mux.HandleFunc("GET /delays", r.writeDelays)
	mux.HandleFunc("POST /in", r.take)
	mux.HandleFunc("POST /hang", func(_ http.ResponseWriter, req *http.Request) {
		_, _ = io.Copy(io.Discard, req.Body)
		<-req.Context().Done()
	})
	mux.HandleFunc("POST /answer/{code}", func(w http.ResponseWriter, req *http.Request) {
		_, _ = io.Copy(io.Discard, req.Body)
		code, _ := strconv.Atoi(req.PathValue("code"))
		w.WriteHeader(code)
	})
	serve(mux)
}

func (r *receiver) take(_ http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return
	}
	if r.track {
		r.note(body)
	}
	r.bytes.Add(int64(len(body)))
	r.count.Add(1)
}

func (r *receiver) note(body []byte) {
	now := time.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	if sent, ok := traffic.Sent(body); ok {
		r.delays = append(r.delays, now.Sub(sent))
		return
	}
	r.seen[traffic.Number(body)]++
}

func (r *receiver) writeSeen(w http.ResponseWriter, _ *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	_ = json.NewEncoder(w).Encode(r.seen)
}

func (r *receiver) writeDelays(w http.ResponseWriter, _ *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	slices.Sort(r.delays)
	_ = json.NewEncoder(w).Encode(r.delays)
	r.delays = nil
}

// ask reads one of a sink's counts or lists.
func ask[T any](sink, what string) (v T, err error) {
	resp, err := http.Get(sink + what)
	if err != nil {
		return v, err
	}
	defer func() { _ = resp.Body.Close() }()
	return v, json.NewDecoder(resp.Body).Decode(&v)
}

func sinkCount(sink string) (int, error) { return ask[int](sink, "/count") }

// waitCount waits until a sink has count messages.
func waitCount(sink string, count int, limit time.Duration) error {
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		n, err := sinkCount(sink)
		if err != nil {
			return err
		}
		if n >= count {
			return nil
		}
	}
	n, err := sinkCount(sink)
	return errors.Join(err, fmt.Errorf("the receiver got %d of %d messages in %s", n, count, limit))
}

// waitQuiet waits until a sink gets nothing more for two seconds.
func waitQuiet(sink string) error {
	last, since := -1, time.Now()
	for time.Since(since) < 2*time.Second {
		n, err := sinkCount(sink)
		if err != nil {
			return err
		}
		if n != last {
			last, since = n, time.Now()
		}
		time.Sleep(50 * time.Millisecond)
	}
	return nil
}
