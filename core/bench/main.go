// Command bench measures Hookbird against what the machine itself can do, in the
// same run: a raw client loop, and a forwarder that stores nothing. It prints
// ratios, because machines differ and are shared, with the medians of several
// rounds that alternate between the two sides, and exits 1 if one misses its bar.
//
// All traffic stays on 127.0.0.1 and every load is bounded in count. It must not
// be imported by anything.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
)

// settings are the sizes of a run.
type settings struct {
	hookbird string // path of the program to measure
	rounds   int
	events   int // of a drain
	load     int // of accept and deliver
	conc     int
	senders  int
	kills    int
	idle     int // seconds
	only     string
}

func main() {
	if len(os.Args) > 1 {
		if role, ok := roles[os.Args[1]]; ok {
			role(os.Args[2:]) // a child of the run: one side of a measurement
			return
		}
	}
	var s settings
	flag.StringVar(&s.hookbird, "hookbird", "", "path of the hookbird program")
	flag.IntVar(&s.rounds, "rounds", 5, "rounds of each measurement; the median counts")
	flag.IntVar(&s.events, "events", 50_000, "events to drain")
	flag.IntVar(&s.load, "load", 20_000, "events to accept and deliver")
	flag.IntVar(&s.conc, "conc", 32, "requests at once, for the webhook and for the raw loop")
	flag.IntVar(&s.senders, "senders", 64, "senders at once")
	flag.IntVar(&s.kills, "kills", 50, "kills under load")
	flag.IntVar(&s.idle, "idle", 30, "seconds to watch an idle engine")
	flag.StringVar(&s.only, "only", "", "comma-separated names of measurements; empty means all")
	flag.Parse()
	if s.hookbird == "" {
		fmt.Fprintln(os.Stderr, "bench: say with -hookbird which program to measure")
		os.Exit(2)
	}
	os.Exit(s.run())
}

// measurement is one of the things that are measured.
type measurement struct {
	name string
	do   func(s settings, r *report) error
}

var measurements = []measurement{
	{"messages", measureMessages},
	{"start", measureStart},
	{"idle", measureIdle},
	{"drain", measureDrain},
	{"through", measureThrough},
	{"kills", measureKills},
}

func (s settings) run() int {
	r := &report{}
	fmt.Printf("%s, %d CPUs, load average %s, %d rounds\n", runtime.Version(), runtime.NumCPU(), loadAverage(), s.rounds)
	for _, m := range measurements {
		if s.only != "" && !strings.Contains(","+s.only+",", ","+m.name+",") {
			continue
		}
		fmt.Printf("\n== %s (load average %s)\n", m.name, loadAverage())
		if err := m.do(s, r); err != nil {
			r.fail(m.name + ": " + err.Error())
		}
	}
	return r.summary()
}
