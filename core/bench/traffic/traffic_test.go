package traffic_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"hookbird/core/bench/traffic"
)

func TestRecords(t *testing.T) {
	now := time.Now()
	for _, n := range []int{0, 7, 1_000_000} {
		for name, body := range map[string][]byte{"record": traffic.Record(n), "timed": traffic.Timed(n, now)} {
			if got := traffic.Number(body); got != n || !json.Valid(body) || len(body) < 450 || len(body) > 550 {
				t.Errorf("%s %d: number %d, %d bytes: %s", name, n, got, len(body), body)
			}
		}
	}
	if at, ok := traffic.Sent(traffic.Timed(1, now)); !ok || !at.Equal(now) {
		t.Errorf("sent %s (%v), want %s", at, ok, now)
	}
	if _, ok := traffic.Sent(traffic.Record(1)); ok {
		t.Error("a plain record has a time")
	}
	if got := traffic.Number([]byte(`{"n":"48","name":"Ada"}`)); got != 48 {
		t.Errorf("number %d of a row of a table", got)
	}
	if got := traffic.Number([]byte(`{"x":1}`)); got != -1 {
		t.Errorf("number %d of what is no record", got)
	}
}

func TestLines(t *testing.T) {
	lines := bytes.Split(bytes.TrimSuffix(traffic.Lines(5, 3), []byte("\n")), []byte("\n"))
	if len(lines) != 3 || traffic.Number(lines[0]) != 5 || traffic.Number(lines[2]) != 7 {
		t.Errorf("%d lines: %s", len(lines), lines)
	}
}

func TestPostTakesNoOtherAnswerForGood(t *testing.T) {
	code := http.StatusAccepted
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }))
	defer s.Close()
	rt := traffic.Client(1)
	if err := traffic.Post(rt, s.URL, traffic.Record(1)); err != nil {
		t.Error(err)
	}
	code = http.StatusServiceUnavailable
	if err := traffic.Post(rt, s.URL, traffic.Record(1)); err == nil || !strings.Contains(err.Error(), "503") {
		t.Errorf("error is %v", err)
	}
}
