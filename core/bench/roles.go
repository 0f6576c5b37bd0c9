package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
)

// roles are what a child of a run can be. Each prints one line once it is ready
// and works until its standard input ends.
var roles = map[string]func(args []string){
	"sink":    sink,
	"forward": forward,
	"send":    send,
}

// transport is a client's as a careful programmer sets it up.
func transport(conc int) *http.Transport {
	return &http.Transport{
		MaxIdleConns: 2 * conc, MaxIdleConnsPerHost: conc, DisableCompression: true,
		ForceAttemptHTTP2: false,
	}
}

// serve listens, prints its address, and serves until standard input ends.
func serve(h http.Handler) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("http://" + ln.Addr().String())
	go func() { _ = http.Serve(ln, h) }()
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// sink is the receiver of all messages. It counts them and, with -track, how
// often each number came.
func sink(args []string) {
	f := flag.NewFlagSet("sink", flag.ExitOnError)
	track := f.Bool("track", false, "remember each number")
	_ = f.Parse(args)
	var n atomic.Int64
	var mu sync.Mutex
	seen := map[int]int{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /count", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, n.Load()) })
	mux.HandleFunc("GET /seen", func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		_ = json.NewEncoder(w).Encode(seen)
	})
	mux.HandleFunc("POST /in", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		if *track {
			mu.Lock()
			seen[number(body)]++
			mu.Unlock()
		}
		n.Add(1)
	})
	serve(mux)
}

// number reads the n of {"n":N,…}.
func number(body []byte) int {
	digits, _, _ := bytes.Cut(bytes.TrimPrefix(body, []byte(`{"n":`)), []byte(","))
	n, err := strconv.Atoi(string(digits))
	if err != nil {
		return -1
	}
	return n
}

// record is a body of about 500 bytes.
func record(n int) []byte {
	return fmt.Appendf(nil, `{"n":%d,"firstname":"Ada","lastname":"Lovelace","email":"ada.%d@example.org","zipcode":"75011","note":"%0400d"}`, n, n, n)
}

// forward passes on what comes and stores nothing: the least that a program
// between sender and receiver can do.
func forward(args []string) {
	f := flag.NewFlagSet("forward", flag.ExitOnError)
	to := f.String("to", "", "address")
	conc := f.Int("conc", 64, "connections kept")
	_ = f.Parse(args)
	client := transport(*conc)
	serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		if err := post(client, *to, body); err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		w.WriteHeader(http.StatusAccepted)
	}))
}

// post sends one body and expects a 2xx.
func post(rt http.RoundTripper, to string, body []byte) error {
	req, err := http.NewRequest("POST", to, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := rt.RoundTrip(req)
	if err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	_ = resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("answered %d", resp.StatusCode)
	}
	return nil
}

// send posts a number of records, at most so many at once. For each it prints
// its number when it was accepted, if asked to. It ends by itself.
func send(args []string) {
	f := flag.NewFlagSet("send", flag.ExitOnError)
	to := f.String("to", "", "address")
	count := f.Int("count", 1000, "records")
	conc := f.Int("conc", 32, "at once")
	from := f.Int("from", 0, "first number")
	acks := f.String("acks", "", "file for the numbers that were accepted")
	_ = f.Parse(args)
	fmt.Println("ready")
	if _, err := os.Stdin.Read(make([]byte, 1)); err != nil {
		return // told to go by a byte; the end of input means not to
	}
	var out io.Writer = io.Discard
	if *acks != "" {
		file, err := os.Create(*acks)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		defer func() { _ = file.Close() }()
		out = file
	}
	sendAll(*to, *from, *count, *conc, out)
}

func sendAll(to string, from, count, conc int, acks io.Writer) {
	rt := transport(conc)
	var next atomic.Int64
	var wg sync.WaitGroup
	var mu sync.Mutex
	for range conc {
		wg.Go(func() {
			for {
				n := int(next.Add(1)) - 1
				if n >= count || post(rt, to, record(from+n)) != nil {
					return // refused or gone: the engine was killed
				}
				if acks != io.Discard {
					mu.Lock()
					fmt.Fprintln(acks, from+n)
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
}
