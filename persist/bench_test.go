package persist

import (
	"testing"
	"time"

	"hookbird/core"
)

// BenchmarkCommit is a commit of 64 new events and of 64 first tries that
// delivered, to disk.
func BenchmarkCommit(b *testing.B) {
	s := mustOpen(b, b.TempDir())
	num := addWebhook(b, s, newWebhook("crm")).Num
	data := make([]byte, 500)
	head := uint64(0)
	b.ReportAllocs()
	for b.Loop() {
		batch := &core.Batch{Events: newEvents(head+1, head+64), Lanes: []core.LaneRow{{Webhook: num}}}
		for _, e := range batch.Events {
			e.Data = data
			batch.Results = append(batch.Results, try(num, e.Seq, time.Duration(e.Seq)*time.Second, core.Delivered))
		}
		mustCommit(b, s, batch)
		head += 64
	}
	b.ReportMetric(float64(head)/b.Elapsed().Seconds(), "events/s")
}

// BenchmarkDeliveries is the first page of a history without and with a search.
func BenchmarkDeliveries(b *testing.B) {
	s := mustOpen(b, b.TempDir())
	s.db.NoSync = true
	num := addWebhook(b, s, newWebhook("crm")).Num
	for n := range uint64(100) {
		batch := &core.Batch{Events: newEvents(n*1000+1, n*1000+1000)}
		for _, e := range batch.Events {
			batch.Results = append(batch.Results, try(num, e.Seq, time.Duration(e.Seq)*time.Second, core.Delivered))
		}
		mustCommit(b, s, batch)
	}
	for name, q := range map[string]core.DeliveryQuery{
		"first page":           {Limit: 100},
		"100,000 rows by text": {Limit: 100, Text: "Zeppelin"},
		"by state":             {Limit: 100, State: core.Failed},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Deliveries(b.Context(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
