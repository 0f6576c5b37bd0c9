package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hookbird/core/bench/traffic"
)

func TestFateCountsWhatIsLost(t *testing.T) {
	to, err := newTarget()
	if err != nil {
		t.Fatal(err)
	}
	defer to.goAway()
	rt := traffic.Client(1)
	var numbers []int
	for n := range 10 {
		numbers = append(numbers, n)
		for range 2 * (n % 2) {
			if err := traffic.Post(rt, to.address(), traffic.Record(n)); err != nil {
				t.Fatal(err)
			}
		}
	}
	f := fate{accepted: len(numbers)}
	f.arrived, f.twice = to.of(numbers)
	if f.lost() != 5 || f.twice != 5 || to.count() != 5 {
		t.Errorf("%s", f)
	}
}

func TestTargetGoesAwayAndComesBack(t *testing.T) {
	to, err := newTarget()
	if err != nil {
		t.Fatal(err)
	}
	defer to.goAway()
	rt := traffic.Client(1)
	to.goAway()
	if traffic.Post(rt, to.address(), traffic.Record(1)) == nil {
		t.Error("it answers while it is away")
	}
	if err := to.come(); err != nil {
		t.Fatal(err)
	}
	if err := traffic.Post(rt, to.address(), traffic.Record(1)); err != nil {
		t.Error(err)
	}
}

func TestPostGivesWhatWasAccepted(t *testing.T) {
	to, err := newTarget()
	if err != nil {
		t.Fatal(err)
	}
	defer to.goAway()
	numbers := sizes{senders: 4}.post(to.address(), 7, 20)
	slices.Sort(numbers)
	if len(numbers) != 20 || numbers[0] != 7 || numbers[19] != 26 {
		t.Errorf("accepted %v", numbers)
	}
	if err := waitFor(to, 20, time.Second); err != nil {
		t.Error(err)
	}
}

func TestFlow(t *testing.T) {
	for _, after := range []bool{false, true} {
		dir := t.TempDir()
		if err := writeFlow(dir, "http://127.0.0.1:1/in", after); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(dir, "flows.json"))
		if err != nil {
			t.Fatal(err)
		}
		var nodes []struct {
			ID    string
			Wires [][]string
		}
		if err := json.Unmarshal(bytes.ReplaceAll(text, []byte(`"wires":[]`), []byte(`"wires":null`)), &nodes); err != nil {
			t.Fatal(err)
		}
		answeredBy := ""
		for _, n := range nodes {
			for _, to := range n.Wires {
				if slices.Contains(to, "answer") {
					answeredBy += n.ID
				}
			}
		}
		if want := map[bool]string{false: "in", true: "out"}[after]; answeredBy != want {
			t.Errorf("after %v: answered by %q", after, answeredBy)
		}
	}
}

func TestTable(t *testing.T) {
	var out bytes.Buffer
	r := result{name: "A", accept: []float64{3, 1, 2}, deliver: []float64{1}, cpu: []float64{9}, killed: fate{10, 7, 2}}
	table(&out, sizes{load: 5}, []result{r})
	for _, want := range []string{"2 [1..3]", "10, 3, 2"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in:\n%s", want, &out)
		}
	}
}
