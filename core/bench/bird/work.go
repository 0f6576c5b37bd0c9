package bird

import (
	"fmt"
	"os"

	"hookbird/core/bench/process"
)

// Work has do work with a copy of a program (see Workplace) and gives its exit code, or
// 2 if there is no such program. What do has started ends with it, also on a signal.
func Work(name, program string, do func(own string) int) int {
	if program == "" {
		fmt.Fprintln(os.Stderr, name+": say with -hookbird which program to use")
		return 2
	}
	own, remove, err := Workplace(program)
	if err != nil {
		fmt.Fprintln(os.Stderr, name+":", err)
		return 2
	}
	process.KillAllOnSignal(remove)
	defer remove()
	defer process.KillAll()
	return do(own)
}

// Tests runs tests with a program that is built for them, and gives their exit code.
// What they have started ends with them.
func Tests(program *string, run func() int) int {
	dir, err := os.MkdirTemp("", "hookbird-test-")
	if err == nil {
		defer func() { _ = os.RemoveAll(dir) }()
		*program, err = Build(dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer process.KillAll()
	return run()
}
