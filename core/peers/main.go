// Command peers gives the same work to Hookbird and to Node-RED: take records by
// HTTP and pass each on to another system. It compares what they take and how fast,
// and what becomes of accepted records when the program is killed and when the
// other system is away for a while. docs/PERFORMANCE.md says what the comparison
// does not show.
//
// Node-RED is installed by npm into a folder of its own, in the version that is
// named here. All traffic stays on 127.0.0.1. It must not be imported by anything.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
)

// sizes of a run.
type sizes struct {
	rounds  int
	load    int // records of the plain work
	senders int
	kills   int
	away    time.Duration // of the other system
}

func main() {
	s := sizes{away: 10 * time.Second}
	program := flag.String("hookbird", "", "path of the hookbird program")
	cache := flag.String("cache", "build/peers", "folder for the peers")
	flag.IntVar(&s.rounds, "rounds", 3, "rounds of the plain work; the median counts")
	flag.IntVar(&s.load, "load", 10_000, "records of the plain work")
	flag.IntVar(&s.senders, "senders", 64, "senders at once")
	flag.IntVar(&s.kills, "kills", 5, "kills under load")
	flag.DurationVar(&s.away, "away", s.away, "how long the other system is away")
	flag.Parse()
	os.Exit(bird.Work("peers", *program, func(own string) int {
		if err := compare(own, *cache, s); err != nil {
			fmt.Fprintln(os.Stderr, "peers:", err)
			return 1
		}
		return 0
	}))
}

func compare(program, cache string, s sizes) error {
	red, err := install(cache)
	if err != nil {
		return err
	}
	fmt.Printf("load average %s\n", process.LoadAverage())
	var all []result
	for _, make := range []func(to string) (peer, error){
		func(to string) (peer, error) { return newHookbird(program, to) },
		func(to string) (peer, error) { return newNodeRED(red, to, false) },
		func(to string) (peer, error) { return newNodeRED(red, to, true) },
	} {
		r, err := s.measure(make)
		if err != nil {
			return err
		}
		all = append(all, r)
	}
	table(os.Stdout, s, all)
	fmt.Printf("load average %s\n", process.LoadAverage())
	if n := all[0].killed.lost() + all[0].outage.lost(); n > 0 {
		return fmt.Errorf("%d accepted records were lost by Hookbird", n)
	}
	return nil
}
