// Command shots takes the pictures of every screen: the built program in a real
// window on a desktop of its own, in two sizes, light and dark.
//
//	go run ./gui/shots build/hookbird [NAME ...]
//
// With names, only the screens whose names begin so are taken, and the other
// pictures stay.
//
// All pictures go to build/shots, and those that the README shows to
// docs/pictures. What they show was really taken in and sent: the engine has
// receivers on this computer, of which some accept, and others fail in every way
// that there is. It must not hold data that the engine did not take in.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"hookbird/gui/e2e/desktop"
)

// limit bounds the whole run.
const limit = 25 * time.Minute

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "Use: shots PATH-TO-HOOKBIRD [NAME ...]")
		os.Exit(2)
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	err := run(ctx, os.Args[1], os.Args[2:])
	cancel()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, binary string, only []string) error {
	binary, err := filepath.Abs(binary)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "hb")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	d, err := desktop.Start(ctx, dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Command("dunstctl", "set-paused", "true").Run(); err != nil { // a notification would lie over the window
		return fmt.Errorf("hold notifications back: %w", err)
	}
	if len(only) == 0 {
		if err := os.RemoveAll(allPictures); err != nil {
			return err
		}
	}
	c := &camera{desktop: d, dir: dir, binary: binary, only: only}
	if err := c.empty(ctx); err != nil {
		return err
	}
	if err := c.office(ctx); err != nil {
		return err
	}
	fmt.Printf("%d pictures are in %s, and %d of them in %s.\n", c.taken, allPictures, c.kept, bestPictures)
	return nil
}
