package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"hookbird/core/bench/bird"
	"hookbird/core/control"
)

var program string // the built engine

func TestMain(m *testing.M) { os.Exit(bird.Tests(&program, m.Run)) }

// The short form of make torture: every trial with two kills.
func TestNothingIsLostWhenTheEngineIsKilled(t *testing.T) {
	seed := rand.Uint64()
	for _, trial := range trials {
		t.Run(trial.name, func(t *testing.T) {
			trial.most = min(600, max(trial.most, 200))
			o := trial.run(program, 2, rand.New(rand.NewPCG(seed, 1)))
			t.Log(o.line())
			if !o.good() {
				t.Errorf("seed %d: %s", seed, strings.Join(o.problems(), "\n"))
			}
		})
	}
}

// message posts a body to a target as the engine would.
func message(to *target, id string, body []byte) int {
	r := httptest.NewRequest("POST", "/in", bytes.NewReader(body))
	r.Header.Set("Webhook-Id", id)
	w := httptest.NewRecorder()
	to.take(w, r)
	return w.Code
}

func newTestTarget(t *testing.T, of trial) *target {
	t.Helper()
	to, err := newTarget(of)
	if err != nil {
		t.Fatal(err)
	}
	return to
}

func TestTargetSeesWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		name  string
		trial trial
		posts func(to *target)
		fault string // "" for none
	}{
		{"all well", trial{order: "who"}, func(to *target) {
			message(to, "msg_a", record(0, 1))
			message(to, "msg_b", record(1, 2))
			message(to, "msg_c", record(2, 1))
		}, ""},
		{"two ids", trial{}, func(to *target) {
			message(to, "msg_a", record(0, 1))
			message(to, "msg_b", record(0, 1))
		}, "one record under two ids"},
		{"no id", trial{}, func(to *target) { message(to, "", record(0, 1)) }, "no id"},
		{"not JSON", trial{}, func(to *target) { message(to, "msg_a", []byte("{")) }, "not what was sent"},
		{"other bytes", trial{}, func(to *target) { message(to, "msg_a", []byte(`{"n":0,"who":"p1"}`)) }, "other bytes than were sent"},
		{"not signed", trial{signed: true}, func(to *target) { message(to, "msg_a", record(0, 1)) }, "wrong signature"},
		{"overtaken", trial{order: "all"}, func(to *target) {
			message(to, "msg_b", record(1, 1))
			to.nextEpoch()
			message(to, "msg_a", record(0, 2))
		}, "overtaken"},
		{"sent again in order after a kill", trial{order: "all"}, func(to *target) {
			message(to, "msg_a", record(0, 1))
			message(to, "msg_b", record(1, 1))
			to.nextEpoch()
			message(to, "msg_a", record(0, 1))
			message(to, "msg_b", record(1, 1))
		}, ""},
		{"sent again out of order", trial{order: "who"}, func(to *target) {
			message(to, "msg_a", record(0, 1))
			message(to, "msg_b", record(1, 1))
			message(to, "msg_a", record(0, 1))
		}, "out of order"},
		{"two at once", trial{order: "all"}, func(to *target) {
			leave := to.enter([]item{{0, "p1"}})
			to.enter([]item{{1, "p2"}})()
			leave()
		}, "two at once"},
		{"long list", trial{list: 1}, func(to *target) { message(to, "msg_a", []byte(`[{"n":0},{"n":1}]`)) }, "list too long"},
	} {
		to := newTestTarget(t, c.trial)
		c.posts(to)
		if c.fault == "" && len(to.faults) > 0 || c.fault != "" && to.faults[c.fault] == 0 {
			t.Errorf("%s: faults %v", c.name, to.faults)
		}
	}
}

func TestTargetRefusesAsItIsTold(t *testing.T) {
	to := newTestTarget(t, trial{answer: func(try, _ int) int { return []int{423, 500, 200}[min(try, 3)-1] }})
	var codes []int
	for range 4 {
		codes = append(codes, message(to, "msg_a", record(0, 1)))
	}
	if !slices.Equal(codes, []int{423, 500, 200, 200}) || to.got[0].tries != 4 || to.got[0].accepted != 2 || to.twice[0] != 1 {
		t.Errorf("codes %v, %+v, twice %v", codes, to.got[0], to.twice)
	}
}

func TestSignedWell(t *testing.T) {
	h := http.Header{}
	h.Set("Webhook-Timestamp", "1614265330")
	h.Set("Webhook-Signature", "v1,lw+9CkSkVNhCG7Omw3VfA3JrXNPVTsAhhvFNNbZBS8I=")
	if signedWell(h, "msg_p5jXN8AQM9LWM0D4loKWxJek", []byte(`{"test": 2432232314}`)) {
		t.Error("a signature with another key is taken")
	}
}

func TestCompareSeesWhatIsMissing(t *testing.T) {
	status := func(waiting, delivered, failed uint64) control.Status {
		return control.Status{Events: 2, Webhooks: []control.WebhookStatus{{ID: "good", Waiting: waiting, Delivered: delivered, Failed: failed}}}
	}
	for _, c := range []struct {
		name    string
		arrived []int // numbers
		batches []span
		status  control.Status
		lost    int
		fault   string // part of the one problem
	}{
		{"all came", []int{0, 1}, []span{{0, 2}}, status(0, 2, 0), 0, ""},
		{"one is lost", []int{0}, nil, status(0, 2, 0), 1, ""},
		{"half a request", []int{0}, []span{{0, 2}}, status(0, 2, 0), 1, "half a request"},
		{"one is counted nowhere", []int{0, 1}, nil, status(0, 1, 0), 0, "1 delivered"},
		{"one is given up", []int{0, 1}, nil, status(0, 1, 1), 0, "given up"},
	} {
		to := newTestTarget(t, trial{})
		for _, n := range c.arrived {
			message(to, fmt.Sprintf("msg_%d", n), record(n, 0))
		}
		l := &load{next: 2, who: []int{0, 0}, acked: []bool{true, true}, batches: c.batches}
		o := outcome{}
		trial{}.compare(l, to, c.status, &o)
		said := strings.Join(o.problems(), "; ")
		if o.lost != c.lost || o.good() != (c.lost == 0 && c.fault == "") || !strings.Contains(said, c.fault) {
			t.Errorf("%s: %d lost, %s", c.name, o.lost, said)
		}
	}
}

func TestTooManyTwiceIsNotGood(t *testing.T) {
	o := outcome{trial: trial{parallel: 4}, twice: []int{0, 260, 3}}
	if !o.good() || o.medianTwice() != 3 {
		t.Errorf("%v, median %d", o.problems(), o.medianTwice())
	}
	o.twice[1]++
	if o.good() {
		t.Error("261 twice after one kill are good")
	}
	var said bytes.Buffer
	if table(&said, []outcome{o}) == 0 || !strings.Contains(said.String(), "261 sent twice") {
		t.Errorf("the table says %s", &said)
	}
}

func TestShare(t *testing.T) {
	parts := share(trials, 1000)
	sum := 0
	for _, n := range parts {
		sum += n
	}
	if sum != 1000 || slices.Min(parts) < 1 {
		t.Errorf("%v add up to %d", parts, sum)
	}
}
