package main

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"testing"
	"time"

	"hookbird/core/bench/bird"
)

// program is the engine, built for these tests.
var program string

func TestMain(m *testing.M) { os.Exit(bird.Tests(&program, m.Run)) }

// The demo ends with its last line, as "make demo" does.
func TestDemo(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	var out bytes.Buffer
	began := time.Now()
	if err := run(ctx, program, &out); err != nil {
		t.Fatalf("%v\n%s", err, out.Bytes())
	}
	if !regexp.MustCompile(`\n\d+ delivered, 0 waiting, 0 failed\n$`).Match(out.Bytes()) {
		t.Errorf("it ended with %q", out.Bytes()[max(0, out.Len()-200):])
	}
	t.Logf("it took %v", time.Since(began).Round(time.Millisecond))
}
