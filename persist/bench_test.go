package persist

import (
	"fmt"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"hookbird/core"
)

// BenchmarkCommit is a commit of 64 new events of 500 bytes and of 64 first tries
// that delivered, to disk: with more and more events before it, and with more and
// more webhooks, whose lanes move with each. CPU/event has little noise and pages
// has none.
func BenchmarkCommit(b *testing.B) {
	for _, load := range []commitLoad{
		{waiting: 1000, webhooks: 1, tried: 1},
		{waiting: 10_000, webhooks: 1, tried: 1},
		{waiting: 100_000, webhooks: 1, tried: 1},
		{waiting: 1_000_000, webhooks: 1, tried: 1},
		{waiting: 10_000, webhooks: 1},
		{waiting: 10_000, webhooks: 10},
		{waiting: 10_000, webhooks: 10, tried: 10},
	} {
		b.Run(fmt.Sprintf("waiting=%d/webhooks=%d/tried=%d", load.waiting, load.webhooks, load.tried), func(b *testing.B) {
			benchCommit(b, load)
		})
	}
}

func benchCommit(b *testing.B, load commitLoad) {
	s := mustOpen(b, b.TempDir())
	s.db.NoSync = true
	load.begin(b, s)
	s.db.NoSync = false
	if err := s.db.Sync(); err != nil {
		b.Fatal(err)
	}
	runtime.GC() // of what made the load
	var cpu time.Duration
	pages := s.db.Stats().TxStats
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		batch := load.batch()
		before := cpuTime()
		b.StartTimer()
		mustCommit(b, s, batch)
		cpu += cpuTime() - before
	}
	n := float64(b.N)
	after := s.db.Stats().TxStats
	b.ReportMetric(n*group/b.Elapsed().Seconds(), "events/s")
	b.ReportMetric(float64(cpu)/float64(time.Microsecond)/n/group, "CPU-us/event")
	b.ReportMetric(float64(after.GetWrite()-pages.GetWrite())/n, "pages")
}

// BenchmarkMany is what a store of many webhooks and 100 sources costs: to save
// one webhook, to open, to read at the start, and a commit of 64 events, of which
// 10 webhooks each had 6 delivered.
func BenchmarkMany(b *testing.B) {
	for _, webhooks := range []int{200, 10_000} {
		dir := b.TempDir()
		s := mustOpen(b, dir)
		name := func(what string) string { return fmt.Sprintf("webhooks=%d/%s", webhooks, what) }
		b.Run(name("save all"), func(b *testing.B) {
			changes := manyConfig(webhooks)
			for b.Loop() {
				mustCommit(b, s, &core.Batch{Config: changes})
			}
		})
		b.Run(name("save one"), func(b *testing.B) {
			w := manyConfig(webhooks)[webhooks/2].Webhook
			for b.Loop() {
				mustCommit(b, s, &core.Batch{Config: []core.Change{{Webhook: w, Now: noon}}})
			}
		})
		b.Run(name("commit"), func(b *testing.B) { benchCommitOfMany(b, s, webhooks) })
		b.Run(name("load"), func(b *testing.B) {
			for b.Loop() {
				mustLoad(b, s)
			}
		})
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		b.Run(name("open and close"), func(b *testing.B) { benchOpen(b, dir) })
	}
}

func benchCommitOfMany(b *testing.B, s *Store, webhooks int) {
	head := mustLoad(b, s).Head
	for b.Loop() {
		batch := &core.Batch{Events: newEvents(head+1, head+group)}
		for i := range 10 {
			num := uint32(i*webhooks/10 + 1)
			batch.Lanes = append(batch.Lanes, core.LaneRow{Webhook: num, Lane: core.Lane{Next: head + group + 1}})
			for _, e := range batch.Events[:6] {
				batch.Results = append(batch.Results, try(num, e.Seq, e.Time.Sub(noon), core.Delivered))
			}
		}
		mustCommit(b, s, batch)
		head += group
	}
}

func benchOpen(b *testing.B, dir string) {
	for b.Loop() {
		s, err := Open(b.Context(), dir, Options{Keyring: noKeyring})
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBigEvents is an event of 5 MB on its way through the store.
func BenchmarkBigEvents(b *testing.B) {
	s := mustOpen(b, b.TempDir())
	mustCommit(b, s, &core.Batch{Events: []*core.Event{bigEvent(1), bigEvent(2), bigEvent(3)}})
	seq := uint64(3)
	b.Run("commit and trim", func(b *testing.B) {
		b.SetBytes(5 * megabyte)
		for b.Loop() {
			seq++
			mustCommit(b, s, &core.Batch{Events: []*core.Event{bigEvent(seq)}})
			if _, _, err := trimOld(s, noon.AddDate(9, 0, 0), seq-2); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read ahead 10 MB", func(b *testing.B) {
		b.SetBytes(10 * megabyte)
		b.ReportAllocs()
		for b.Loop() {
			if events, err := s.Events(1, 1000, 10*megabyte); err != nil || len(events) != 2 {
				b.Fatalf("%d events, %v", len(events), err)
			}
		}
	})
}

// BenchmarkOpen is the start with 100,000 waiting events: after a clean end, and
// after a kill.
func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	s := mustOpen(b, dir)
	s.db.NoSync = true
	load := commitLoad{waiting: 100_000, webhooks: 1, tried: 1}
	load.begin(b, s)
	path := filepath.Join(dir, FileName)
	killed := readFile(b, path)
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	b.Run("after a clean end", func(b *testing.B) { benchOpen(b, dir) })
	b.Run("after a kill", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			writeFile(b, path, killed)
			b.StartTimer()
			s, err := Open(b.Context(), dir, Options{Keyring: noKeyring})
			if err != nil {
				b.Fatal(err)
			}
			b.StopTimer()
			_ = s.Close()
			b.StartTimer()
		}
	})
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
		"by state":             {Limit: 100, States: []core.DeliveryState{core.Failed}},
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
