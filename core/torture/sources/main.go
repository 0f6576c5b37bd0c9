// Command sources kills the built engine again and again while it reads: files,
// spreadsheets, what programs post, a database, a web service, and what people fill
// in. Afterwards it looks for every record at a receiver: whether it arrived, and
// whether its source handed it on once. It prints a table and exits 1 if anything was
// lost or came in twice.
//
// The receiver and what is read are in this process, on 127.0.0.1; only the engine is
// another one, and only what was started here is killed. It must not be imported by
// anything.
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
	kills := flag.Int("kills", 30, "kills of each kind of source")
	only := flag.String("only", "", "comma-separated names of kinds; empty means all")
	seed := flag.Uint64("seed", rand.Uint64(), "of the moments of the kills")
	flag.Parse()
	os.Exit(bird.Work("sources", *program, func(own string) int { return runAll(own, *only, *kills, *seed) }))
}

// runAll runs all kinds that were asked for, and gives the exit code.
func runAll(program, only string, kills int, seed uint64) (code int) {
	fmt.Printf("%d kills of each kind, seed %d, load average %s\n", kills, seed, process.LoadAverage())
	rnd := rand.New(rand.NewPCG(seed, 1))
	for _, k := range kinds {
		if only != "" && !strings.Contains(","+only+",", ","+k.name+",") {
			continue
		}
		o, err := k.run(program, kills, rnd)
		if err != nil {
			o.faults = append(o.faults, err.Error())
		}
		fmt.Println(o.line())
		if len(o.faults) > 0 {
			code = 1
		}
	}
	return code
}
