package persist

import (
	"errors"
	"sync"
	"testing"
	"time"

	"hookbird/core"
)

// TestReadersBesideTheCommitter reads all the time while the file grows and the
// mapping moves, until the store is closed under the readers.
func TestReadersBesideTheCommitter(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	s.db.NoSync = true
	row := addWebhook(t, s, withSecrets(core.NewSecret(secretText), core.Secret{}))
	secret := row.Webhook.Headers[0].Secret
	var readers sync.WaitGroup
	for _, read := range []func() error{
		func() error { _, err := s.Load(t.Context()); return err },
		func() error { _, err := s.Events(1, 100, 1<<20); return err },
		func() error { _, err := s.EventsBack(0, 100); return err },
		func() error { _, err := s.Retries(row.Num, core.RetryPlace{}, 100); return err },
		func() error {
			_, err := s.Deliveries(t.Context(), core.DeliveryQuery{States: []core.DeliveryState{core.Failed}, Text: "ada"})
			return err
		},
		func() error { _, err := s.Hours(noon, noon.Add(time.Hour)); return err },
		func() error { _, err := s.Reveal(secret); return err },
		func() error { _ = s.Info(); _, _, err := s.Mark("files", "a"); return err },
	} {
		readers.Go(func() {
			for {
				err := read()
				if core.CodeOf(err) == core.CodeUnavailable {
					return // closed
				}
				if err != nil {
					t.Errorf("read: %v; %v", err, errors.Unwrap(err))
					return
				}
			}
		})
	}
	for n := range uint64(30) {
		b := &core.Batch{Events: newEvents(n*100+1, n*100+100)}
		for _, e := range b.Events {
			b.Results = append(b.Results, try(row.Num, e.Seq, time.Duration(e.Seq)*time.Second, stateOf(e.Seq)))
		}
		if n%10 == 0 {
			b.Config = []core.Change{{Webhook: withSecrets(secret, core.Secret{}), Now: noon}, {Webhook: newWebhook("mail"), Now: noon}}
		}
		mustCommit(t, s, b)
		if n%7 == 0 {
			if err := s.Settle(); err != nil {
				t.Fatal(err)
			}
		}
	}
	checkTree(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	readers.Wait()
}
