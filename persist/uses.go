package persist

import (
	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
)

// secretUses counts how often each secret is named by current settings and by those
// whose removal can be undone. It lets a save
// delete what nobody names any more without reading the settings of all others.
type secretUses map[string]int

// add notes the secrets of one holder: n is 1 for those that it names now, -1 for
// those that it no longer does.
func (u secretUses) add(n int, secrets func(visit func(place string, s *core.Secret))) {
	secrets(func(_ string, s *core.Secret) { u[s.ID()] += n })
}

// proxySecret visits the password of the program's own settings.
func proxySecret(s *core.Settings) func(visit func(place string, secret *core.Secret)) {
	return func(visit func(place string, secret *core.Secret)) {
		if !s.Proxy.Password.IsZero() {
			visit("proxy", &s.Proxy.Password)
		}
	}
}

// readUses counts in all current settings, and in what can be put back. While some of them cannot be read,
// nobody knows what they name, and it gives an error.
func readUses(tx *bbolt.Tx) (secretUses, error) {
	uses := secretUses{}
	err := tx.Bucket(bucketWebhooks).ForEach(func(_, value []byte) error {
		var stored storedWebhook
		err := codec.ReadJSON(value, &stored)
		if err == nil && stored.Webhook != nil {
			uses.add(1, stored.Webhook.Secrets)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	err = tx.Bucket(bucketSources).ForEach(func(_, value []byte) error {
		var stored storedSource
		err := codec.ReadJSON(value, &stored)
		if err == nil && stored.Source != nil {
			uses.add(1, stored.Source.Secrets)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, p := range undoable(tx) {
		if p.Before.Webhook != nil {
			uses.add(1, p.Before.Webhook.Secrets)
		}
		if p.Before.Source != nil {
			uses.add(1, p.Before.Source.Secrets)
		}
	}
	settings, err := readSettings(tx)
	uses.add(1, proxySecret(&settings))
	return uses, err
}

// dropUnusedSecrets deletes the secrets that no current settings name. The first
// time it reads all settings; from then on it knows from what the batch changes.
func (w *batchWriter) dropUnusedSecrets() error {
	secrets := w.tx.Bucket(bucketSecrets)
	if w.uses == nil {
		uses, err := readUses(w.tx)
		if err != nil {
			return nil //nolint:nilerr // the settings are reported by Load
		}
		w.counted = uses
		for _, id := range keysUnder(secrets, nil) {
			if uses[string(id)] > 0 {
				continue
			}
			if err := secrets.Delete(id); err != nil {
				return err
			}
		}
		return nil
	}
	for id, n := range w.named {
		if id == "" || w.uses[id]+n > 0 {
			continue
		}
		if err := secrets.Delete([]byte(id)); err != nil {
			return err
		}
	}
	return nil
}

// usesAfter gives the counts once the batch is on disk, nil while they cannot be
// known.
func (w *batchWriter) usesAfter() secretUses {
	if w.uses == nil {
		return w.counted
	}
	for id, n := range w.named {
		if w.uses[id] += n; w.uses[id] <= 0 {
			delete(w.uses, id)
		}
	}
	return w.uses
}
