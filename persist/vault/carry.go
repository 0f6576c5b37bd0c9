package vault

import "hookbird/core"

// Key gives the master key, for a backup that is locked with a passphrase and goes
// to another computer; nil if no secret was ever kept. It is a secret itself.
func (v *Vault) Key() ([]byte, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.record.Place == core.KeyUnset {
		return nil, nil
	}
	if err := v.load(); err != nil {
		return nil, err
	}
	return v.find()
}

// WithKey makes a vault that opens what was sealed under a key which came from
// another computer.
func WithKey(key []byte) (*Vault, error) {
	v := New(Params{})
	if err := v.use(key); err != nil {
		return nil, err
	}
	return v, nil
}
