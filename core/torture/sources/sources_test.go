package main

import (
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"hookbird/core/bench/bird"
)

var program string // the built engine

func TestMain(m *testing.M) { os.Exit(bird.Tests(&program, m.Run)) }

// The short form of make torture: each kind of source is killed twice while it reads.
func TestNothingIsLostWhileSourcesRead(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			seed := rand.Uint64()
			o, err := k.run(program, 2, rand.New(rand.NewPCG(seed, 1)))
			t.Log(o.line())
			if err != nil || len(o.faults) > 0 {
				t.Errorf("seed %d: %v %s", seed, err, strings.Join(o.faults, "\n"))
			}
		})
	}
}

// The receiver sees what is lost, what a source has handed on twice, and what came
// again more often than a crash explains.
func TestTargetSeesWhatIsWrong(t *testing.T) {
	message := func(to *target, id string, n int) {
		r := httptest.NewRequest("POST", "/in", strings.NewReader(fmt.Sprintf(`{"n":"%d"}`, n)))
		r.Header.Set("Webhook-Id", id)
		to.ServeHTTP(httptest.NewRecorder(), r)
	}
	for name, tt := range map[string]struct {
		posts func(to *target)
		fault string // "" for none
	}{
		"all well": {func(to *target) { message(to, "a", 0); message(to, "b", 1); message(to, "b", 1) }, ""},
		"lost":     {func(to *target) { message(to, "a", 0) }, "1 of 2 records are lost"},
		"unknown":  {func(to *target) { message(to, "a", 0); to.unknown(1) }, ""},
		"twice":    {func(to *target) { message(to, "a", 0); message(to, "b", 1); message(to, "c", 1) }, "1 records were handed on twice"},
		"again and again": {func(to *target) {
			message(to, "a", 0)
			for range 500 {
				message(to, "b", 1)
			}
		}, "499 deliveries came twice"},
	} {
		to, err := newTarget()
		if err != nil {
			t.Fatal(err)
		}
		tt.posts(to)
		o := outcome{}
		to.judge(2, 1, &o)
		to.close()
		if got := strings.Join(o.faults, "; "); tt.fault == "" && got != "" || !strings.Contains(got, tt.fault) {
			t.Errorf("%s: %q", name, got)
		}
	}
}
