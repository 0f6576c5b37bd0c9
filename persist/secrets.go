package persist

import (
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
	"hookbird/persist/vault"
)

// Reveal opens a secret. One that carries its text is known already.
func (s *Store) Reveal(secret core.Secret) (string, error) {
	if text, ok := secret.Text(); ok {
		return text, nil
	}
	var sealed []byte
	err := s.view(func(tx *bbolt.Tx) (err error) {
		sealed, err = readSecret(tx, secret)
		return err
	})
	if err != nil {
		return "", err
	}
	return s.vault.Open(secret.ID(), sealed)
}

// readSecret gives what is sealed of a secret, as a copy.
func readSecret(tx *bbolt.Tx, secret core.Secret) ([]byte, error) {
	id := []byte(secret.ID())
	var value []byte
	if len(id) > 0 {
		value = tx.Bucket(bucketSecrets).Get(id)
	}
	if value == nil {
		return nil, core.Errorf(core.CodeNotFound, "This secret value is not kept any more. Type it again where it is used.")
	}
	sealed, err := codec.ReadBytes(value)
	if err != nil {
		return nil, core.Wrap(core.CodeUnavailable, err,
			"A secret value is damaged and cannot be opened. Type it again where it is used.")
	}
	return sealed, nil
}

// sealer seals the secrets of one batch. A nil one belongs to a batch that brings
// no texts.
type sealer struct {
	vault  *vault.Vault
	record vault.Record
}

// prepareSeals gets the key, if any of the changes brings the text of a secret,
// before the transaction begins: the key store may be slow.
func (s *Store) prepareSeals(changes []core.Change) (*sealer, error) {
	texts := false
	look := func(_ string, secret *core.Secret) {
		if _, ok := secret.Text(); ok {
			texts = true
		}
	}
	for _, c := range changes {
		if c.Webhook != nil {
			c.Webhook.Secrets(look)
		}
		if c.Source != nil {
			c.Source.Secrets(look)
		}
		if c.Settings != nil {
			look("proxy", &c.Settings.Proxy.Password)
		}
	}
	if !texts {
		return nil, nil
	}
	record, err := s.vault.Prepare()
	if err != nil {
		return nil, err
	}
	return &sealer{vault: s.vault, record: record}, nil
}

func (s *sealer) webhook(tx *bbolt.Tx, w *core.Webhook) error {
	var errs []error
	w.Secrets(func(_ string, secret *core.Secret) { errs = append(errs, s.seal(tx, secret)) })
	return errors.Join(errs...)
}

func (s *sealer) source(tx *bbolt.Tx, src *core.Source) error {
	var errs []error
	src.Secrets(func(_ string, secret *core.Secret) { errs = append(errs, s.seal(tx, secret)) })
	return errors.Join(errs...)
}

// seal keeps the text of a secret under a new id, and leaves the secret with
// that id alone. A secret without a text has to be one that is kept, or only mark
// the place of one.
func (s *sealer) seal(tx *bbolt.Tx, secret *core.Secret) error {
	if secret.Missing() {
		return nil
	}
	text, ok := secret.Text()
	if !ok {
		_, err := readSecret(tx, *secret)
		return err
	}
	id := core.NewKey(26)
	sealed, err := s.vault.Seal(id, text)
	if err != nil {
		return err
	}
	if err := put(tx, bucketMeta, keyVault, s.record); err != nil {
		return fmt.Errorf("record key: %w", err)
	}
	*secret = secret.Sealed(id)
	return tx.Bucket(bucketSecrets).Put([]byte(id), codec.Bytes(sealed))
}

// settings seals the password of the proxy. One that stays as it was is not
// looked for, so that other settings can be saved even if it is damaged.
func (s *sealer) settings(tx *bbolt.Tx, old core.Settings, settings *core.Settings) error {
	password := &settings.Proxy.Password
	if _, text := password.Text(); password.IsZero() || !text && password.ID() == old.Proxy.Password.ID() {
		return nil
	}
	return s.seal(tx, password)
}
