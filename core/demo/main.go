// Command demo shows the engine at work, and checks it: files of records are
// dropped into a watched folder, each record goes to a receiver that runs in
// this process, and the engine is killed in the middle and started again.
//
//	go run ./core/demo PATH-TO-HOOKBIRD
//
// It works in a folder of its own and ends within a minute: with "N delivered,
// 0 waiting, 0 failed" and 0, or with what is wrong and 1. It must not reach
// into the engine: it uses what anybody can use, the command line, files and
// HTTP.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// limit bounds the whole demo.
const limit = 60 * time.Second

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "Use: demo PATH-TO-HOOKBIRD")
		os.Exit(2)
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	if err := run(ctx, os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		cancel()
		os.Exit(1)
	}
}

// run plays the demo with the program at binary and says on out what happens.
func run(ctx context.Context, binary string, out io.Writer) error {
	dir, err := os.MkdirTemp("", "hookbird-demo-")
	if err != nil {
		return err
	}
	stage, err := newStage(dir, binary, out)
	if err != nil {
		return err
	}
	defer stage.close()
	if err := stage.play(ctx); err != nil {
		if errors.Is(err, context.DeadlineExceeded) {
			err = fmt.Errorf("it did not end within %v", limit)
		}
		return fmt.Errorf("the demo stopped: %w\n%s\nEverything is kept in %s", err, stage.engine.logTail(), dir)
	}
	return os.RemoveAll(filepath.Clean(dir))
}
