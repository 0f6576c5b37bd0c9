package main

import (
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"hookbird/core/bench/process"
	"hookbird/core/bench/traffic"
)

// roles are what a child of a run can be. Each prints one line once it is ready
// and works until its standard input ends.
var roles = map[string]func(args []string){
	"sink":    sink,
	"forward": forward,
	"send":    send,
	"engine":  runEngine,
}

// child starts one side of a measurement: this program in a role.
func child(role string, args ...string) (*process.Process, error) {
	return process.Start(process.Command{Path: os.Args[0], Args: append([]string{role}, args...)})
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

// forward passes on what comes and stores nothing: the least that a program
// between sender and receiver can do.
func forward(args []string) {
	f := flag.NewFlagSet("forward", flag.ExitOnError)
	to := f.String("to", "", "address")
	conc := f.Int("conc", 64, "connections kept")
	_ = f.Parse(args)
	client := traffic.Client(*conc)
	serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		if err := traffic.Post(client, *to, body); err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		w.WriteHeader(http.StatusAccepted)
	}))
}

// send posts a number of records, at most so many at once, or one at a time every
// so often. It ends by itself.
func send(args []string) {
	f := flag.NewFlagSet("send", flag.ExitOnError)
	to := f.String("to", "", "address")
	count := f.Int("count", 1000, "records")
	conc := f.Int("conc", 32, "at once")
	from := f.Int("from", 0, "first number")
	every := f.Duration("every", 0, "one so often, with its time")
	acks := f.String("acks", "", "file for the numbers that were accepted")
	_ = f.Parse(args)
	fmt.Println("ready")
	if _, err := os.Stdin.Read(make([]byte, 1)); err != nil {
		return // told to go by a byte; the end of input means not to
	}
	if *every > 0 {
		sendEvery(*to, *count, *every)
		return
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
	rt := traffic.Client(conc)
	var next atomic.Int64
	var wg sync.WaitGroup
	var mu sync.Mutex
	for range conc {
		wg.Go(func() {
			for {
				n := int(next.Add(1)) - 1
				if n >= count || traffic.Post(rt, to, traffic.Record(from+n)) != nil {
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

func sendEvery(to string, count int, every time.Duration) {
	rt := traffic.Client(16)
	var wg sync.WaitGroup
	clock := time.NewTicker(every)
	defer clock.Stop()
	for n := range count {
		<-clock.C
		wg.Go(func() { _ = traffic.Post(rt, to, traffic.Timed(n, time.Now())) })
	}
	wg.Wait()
}
