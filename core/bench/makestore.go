package main

import (
	"context"
	"fmt"
	"os"

	"hookbird/persist"
	"hookbird/persist/made"
)

// makeStore makes a data folder with so many made-up messages in it, to try things on.
func makeStore(dir string, rows int) error {
	s, err := persist.Open(context.Background(), dir, persist.Options{})
	if err != nil {
		return err
	}
	err = made.Fill(s, made.Size{Rows: rows}, func(done int) {
		if done%50_000 == 0 || done == rows {
			fmt.Fprintf(os.Stderr, "%d of %d\n", done, rows)
		}
	})
	if closed := s.Close(); err == nil {
		err = closed
	}
	return err
}
