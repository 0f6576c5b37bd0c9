package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"hookbird/core/bench/bird"
	"hookbird/core/control"
)

// measureExport writes all of a long history, with its content, into a file of each
// kind, and takes how long that is and how much more memory it needs than rest does.
func measureExport(s settings, r *report) error {
	b, err := s.withHistory(s.rows)
	if err != nil {
		return err
	}
	defer b.End()
	var memory []float64
	for _, kind := range []string{"csv", "xlsx"} {
		var took []float64
		for n := range s.rounds {
			rest, err := peak(b.Process, func() error { return nil })
			if err != nil {
				return err
			}
			began := time.Now()
			most, err := peak(b.Process, func() error {
				return exportAll(b, filepath.Join(b.Dir, fmt.Sprintf("%d.%s", n, kind)))
			})
			if err != nil {
				return err
			}
			took, memory = append(took, time.Since(began).Seconds()), append(memory, most-rest)
		}
		r.tell(fmt.Sprintf("%d messages into a file, .%s, s", s.rows, kind), spread(took))
	}
	r.atMost(fmt.Sprintf("%d messages: own memory more than at rest, while they are exported", s.rows), median(memory), 48, " MB")
	return nil
}

// exportAll writes all messages into a file, and waits until that is done.
func exportAll(b *bird.Bird, path string) error {
	return b.Ask(func(c *control.Client) error {
		v, err := c.ExportActivity(context.Background(), control.ExportRequest{Path: path, Content: true})
		if err != nil {
			return err
		}
		_, err = finished(c, v)
		return err
	})
}
