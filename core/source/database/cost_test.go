//go:build unix

package database

import (
	"syscall"
	"testing"
	"time"
)

func cpu(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// A look at a file in which nothing has changed costs less than 10 ms of CPU, while
// the window is closed, and also while it holds a thousand rows.
func TestCostOfALook(t *testing.T) {
	for _, rows := range []int{1, 1000} {
		b := orders(t, rows)
		b.mustLook()
		const polls = 50
		before := cpu(t)
		for range polls {
			b.mustLook()
		}
		if each := (cpu(t) - before) / polls; each > 10*time.Millisecond && !raced {
			t.Errorf("%d rows: %v of CPU a look", rows, each)
		} else {
			t.Logf("%d rows: %v of CPU a look", rows, each)
		}
	}
}
