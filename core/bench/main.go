// Command bench measures Hookbird against what the machine itself can do, in the
// same run: a raw client loop, a forwarder that stores nothing, the disk's own
// speed. It prints ratios, because machines differ and are shared, with the medians
// of several rounds that alternate between the two sides, and exits 1 if one misses
// its bar. docs/PERFORMANCE.md says what each measurement is for.
//
// All traffic stays on 127.0.0.1 and every load is bounded in count. It must not
// be imported by anything.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"

	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
)

// settings are the sizes of a run.
type settings struct {
	hookbird string // path of the program to measure
	only     string
	slack    float64 // by which bars are wider than they are for real
	rounds   int
	events   int // of a drain
	load     int // of accept and deliver
	conc     int
	senders  int
	kills    int
	idle     int // seconds
	backlog  int // events that wait
	slice    int // of a backlog, accepted and sent in a round
	bulk     int // events of one request
	arrivals int // events of a round, one at a time
	webhooks int // of an engine with many
	sources  int
	rows     int    // of a file, and of a history
	store    string // folder of a store to make, in place of measuring
}

var (
	full = settings{
		slack: 1, rounds: 5, events: 50_000, load: 20_000, conc: 32, senders: 64, kills: 50, idle: 30,
		backlog: 1_000_000, slice: 20_000, bulk: 100_000, arrivals: 200, webhooks: 200, sources: 100,
		rows: 1_000_000,
	}
	// quick proves in a few seconds that the measurements work. Its figures say
	// nothing.
	quick = settings{
		slack: 25, rounds: 1, events: 3000, load: 2000, conc: 8, senders: 16, kills: 2, idle: 1,
		backlog: 10_000, slice: 2000, bulk: 10_000, arrivals: 30, webhooks: 40, sources: 20,
		rows: 20_000,
	}
)

func main() {
	if len(os.Args) > 1 {
		if role, ok := roles[os.Args[1]]; ok {
			role(os.Args[2:]) // a child of the run: one side of a measurement
			return
		}
	}
	s := full
	if slices.Contains(os.Args, "-quick") || slices.Contains(os.Args, "--quick") {
		s = quick
	}
	s.flags()
	if s.store != "" {
		if err := makeStore(s.store, s.rows); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	if !process.Known() {
		fmt.Fprintln(os.Stderr, "bench: this system does not say what a process uses; it needs Linux")
		os.Exit(2)
	}
	os.Exit(bird.Work("bench", s.hookbird, func(own string) int {
		s.hookbird = own
		return s.run()
	}))
}

// flags reads the command line into s, whose values are the defaults.
func (s *settings) flags() {
	flag.Bool("quick", false, "small sizes and wide bars, to see that the measurements work")
	flag.StringVar(&s.hookbird, "hookbird", "", "path of the hookbird program")
	flag.StringVar(&s.store, "make-store", "", "make a data folder with -rows made-up messages there, and measure nothing")
	flag.StringVar(&s.only, "only", "", "comma-separated names of measurements; empty means all")
	for _, n := range []struct {
		to   *int
		name string
		text string
	}{
		{&s.rounds, "rounds", "rounds of each measurement; the median counts"},
		{&s.events, "events", "events to drain"},
		{&s.load, "load", "events to accept and deliver"},
		{&s.conc, "conc", "requests at once, for the webhook and for the raw loop"},
		{&s.senders, "senders", "senders at once"},
		{&s.kills, "kills", "kills under load"},
		{&s.idle, "idle", "seconds to watch an idle engine"},
		{&s.backlog, "backlog", "events that wait"},
		{&s.slice, "slice", "events of a backlog that a round accepts and sends"},
		{&s.bulk, "bulk", "events of one large request"},
		{&s.arrivals, "arrivals", "events that a round sends one at a time"},
		{&s.webhooks, "webhooks", "webhooks of an engine with many"},
		{&s.sources, "sources", "sources of an engine with many"},
		{&s.rows, "rows", "rows of a long file, and messages of a long history"},
	} {
		flag.IntVar(n.to, n.name, *n.to, n.text)
	}
	flag.Parse()
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
	{"arrival", measureArrival},
	{"bulk", measureBulk},
	{"storage", measureStorage},
	{"isolation", measureIsolation},
	{"backlog", measureBacklog},
	{"many", measureMany},
	{"table", measureTable},
	{"workbook", measureWorkbook},
	{"polls", measurePolls},
	{"large", measureLarge},
	{"history", measureHistory},
	{"export", measureExport},
	{"erase", measureErase},
	{"backup", measureBackup},
	{"kills", measureKills},
}

func (s settings) run() int {
	r := &report{slack: s.slack}
	fmt.Printf("%s, %d CPUs, load average %s, %d rounds\n", runtime.Version(), runtime.NumCPU(), process.LoadAverage(), s.rounds)
	for _, m := range measurements {
		if s.only != "" && !strings.Contains(","+s.only+",", ","+m.name+",") {
			continue
		}
		fmt.Printf("\n== %s (load average %s)\n", m.name, process.LoadAverage())
		if err := m.do(s, r); err != nil {
			r.fail(m.name + ": " + err.Error())
		}
		process.KillAll()
	}
	return r.summary()
}
