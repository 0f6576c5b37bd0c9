//go:build unix

package web

import (
	"syscall"
	"testing"
	"time"

	"hookbird/core"
)

// A poll of a list of 1,000 records in which nothing has changed costs less than 10
// ms of CPU, whether the service knows ETags or not. The service is in the figure.
func TestCostOfAPoll(t *testing.T) {
	for _, tagged := range []bool{true, false} {
		b := newBench(t, core.WebSource{Keys: []string{"id"}, Changed: true})
		b.service.tagged = tagged
		b.service.set(orders(1, 1000)...)
		b.mustLook()
		b.mustLook()
		const polls = 50
		before := cpu(t)
		for range polls {
			b.mustLook()
		}
		if each := (cpu(t) - before) / polls; each > 10*time.Millisecond {
			t.Errorf("ETags %v: %v of CPU a poll", tagged, each)
		} else {
			t.Logf("ETags %v: %v of CPU a poll", tagged, each)
		}
	}
}

func cpu(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
