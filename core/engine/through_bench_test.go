package engine_test

import (
	"bytes"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"

	"hookbird/core"
	"hookbird/core/engine"
)

// BenchmarkThrough has 64 senders post to the local address while the engine
// delivers to a receiver, all in this process: for a profile. "make bench"
// measures it honestly.
func BenchmarkThrough(b *testing.B) {
	const senders, key = 64, "bench-0123456789abcdef0123456789abcdef"
	sink, done := countingSink(b)
	e := benchEngine(b, 0)
	w := hook("sink")
	w.Address, w.Parallel = sink, 32
	src := &core.Source{ID: "bench", Kind: core.KindLocal, Name: "Bench", Local: &core.LocalSource{Key: core.NewSecret(key)}}
	if err := e.Apply(engine.Edit{Webhook: w}, engine.Edit{Source: src}); err != nil {
		b.Fatal(err)
	}
	body := append(append([]byte(`{"filler":"`), bytes.Repeat([]byte("x"), 450)...), `"}`...)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: senders}}
	post := func() int {
		resp, err := client.Post(e.Address()+"/in/"+key, "application/json", bytes.NewReader(body))
		if err != nil {
			return 0
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		return resp.StatusCode
	}
	b.ReportAllocs()
	b.ResetTimer()
	var next atomic.Int64
	var wg sync.WaitGroup
	for range senders {
		wg.Go(func() {
			for next.Add(1) <= int64(b.N) {
				for post() != http.StatusAccepted { // until the key is known
				}
			}
		})
	}
	wg.Wait()
	<-done
	b.StopTimer()
}
