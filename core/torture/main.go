// Command torture kills the built engine again and again while it works, and looks
// afterwards for every record that it had accepted: whether it arrived, how often,
// in which order, and whether what could not be sent still waits. It prints a
// table and exits 1 if anything was lost or a law was broken.
// docs/RELIABILITY.md says what each trial is for.
//
// Senders and receivers are in this process, on 127.0.0.1; only the engine is
// another one, and only what was started here is killed. It must not be imported
// by anything.
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"

	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
)

func main() {
	program := flag.String("hookbird", "", "path of the hookbird program")
	kills := flag.Int("kills", 1000, "kills, over all trials")
	only := flag.String("only", "", "comma-separated names of trials; empty means all")
	seed := flag.Uint64("seed", rand.Uint64(), "of the moments of the kills")
	flag.Parse()
	os.Exit(bird.Work("torture", *program, func(own string) int { return run(own, chosen(*only), *kills, *seed) }))
}

// chosen are the trials that were asked for.
func chosen(only string) []trial {
	var all []trial
	for _, t := range trials {
		if only == "" || strings.Contains(","+only+",", ","+t.name+",") {
			all = append(all, t)
		}
	}
	return all
}

// run runs trials and gives the exit code.
func run(program string, all []trial, kills int, seed uint64) int {
	fmt.Printf("%d kills over %d trials, seed %d, load average %s\n", kills, len(all), seed, process.LoadAverage())
	rnd := rand.New(rand.NewPCG(seed, 1))
	var rows []outcome
	for i, n := range share(all, kills) {
		o := all[i].run(program, n, rnd)
		fmt.Println(o.line())
		rows = append(rows, o)
	}
	fmt.Printf("\nload average %s\n", process.LoadAverage())
	return table(os.Stdout, rows)
}

// share gives each trial its part of the kills, at least one, and the rest to the
// first.
func share(all []trial, kills int) []int {
	weights, parts, left := 0, make([]int, len(all)), kills
	for _, t := range all {
		weights += t.weight
	}
	for i, t := range all {
		parts[i] = max(1, kills*t.weight/weights)
		left -= parts[i]
	}
	if len(parts) > 0 {
		parts[0] += max(0, left)
	}
	return parts
}
