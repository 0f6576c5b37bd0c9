package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"hookbird/core"
)

// Record is what a store remembers of its key. The zero Record means that no
// key was ever made.
type Record struct {
	Place core.KeyPlace
	Check []byte // tells whether a key is the one
}

// Damaged is the record of a store whose record cannot be read: there is a key,
// and nobody knows which.
var Damaged = Record{Place: core.KeyInFile}

// Params are what a Vault works with.
type Params struct {
	Dir     string         // where the key file lies or would lie
	StoreID string         // names the store's key in the system's key store
	Record  Record         // as the store remembers it
	Keyring func() Keyring // the system's key store, or nil where there is none; nil means that there is none
}

// Vault seals and opens. Its methods may be called from any goroutine; those
// that need the key for the first time may take up to Patience.
type Vault struct {
	dir     string
	storeID string
	keys    *patientKeyring

	mu     sync.Mutex // held while the key is looked for
	record Record
	aead   cipher.AEAD // nil until the key was found
	err    error       // why it was not found when last looked for
	tried  time.Time   // when that was

	shown atomic.Pointer[state]
}

// state is what can be told without waiting for a search that is under way.
type state struct {
	place core.KeyPlace
	err   error
}

// New makes a vault. It does not look for the key.
func New(p Params) *Vault {
	v := &Vault{
		dir:     p.Dir,
		storeID: p.StoreID,
		keys:    &patientKeyring{find: p.Keyring},
		record:  p.Record,
	}
	v.show()
	return v
}

func (v *Vault) show() { v.shown.Store(&state{place: v.record.Place, err: v.err}) }

// rest is how long the vault does not look again for a key that it did not find.
const rest = 5 * time.Second

// Prepare finds the key, or makes it if there never was one, and gives what the
// store has to record before anything sealed with it is kept.
func (v *Vault) Prepare() (Record, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.record.Place == core.KeyUnset {
		if err := v.choose(); err != nil {
			return Record{}, err
		}
	}
	if err := v.load(); err != nil {
		return Record{}, err
	}
	return v.record, nil
}

// Check looks for the key, so that State tells the truth. It makes none.
func (v *Vault) Check() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.record.Place == core.KeyUnset {
		return nil
	}
	return v.load()
}

// State gives the key's place and why it was not found when last looked for. It
// does not wait.
func (v *Vault) State() (core.KeyPlace, error) {
	s := v.shown.Load()
	return s.place, s.err
}

// Seal encrypts a text for the secret that has this id: nonce, then what
// AES-GCM makes of the text, with the id as additional data.
func (v *Vault) Seal(id, text string) ([]byte, error) {
	aead, err := v.cipher()
	if err != nil {
		return nil, err
	}
	return aead.Seal(nil, nil, []byte(text), []byte(id)), nil
}

// Open decrypts what Seal made for the same id.
func (v *Vault) Open(id string, sealed []byte) (string, error) {
	aead, err := v.cipher()
	if err != nil {
		return "", err
	}
	text, err := aead.Open(nil, nil, sealed, []byte(id))
	if err != nil {
		return "", core.Wrap(core.CodeUnavailable, err,
			"A secret value is damaged and cannot be opened. Type it again where it is used.")
	}
	return string(text), nil
}

func (v *Vault) cipher() (cipher.AEAD, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.load(); err != nil {
		return nil, err
	}
	return v.aead, nil
}

// choose makes the key and decides on its place. A key that is already there,
// left by a start that ended before the store could record it, is taken.
func (v *Vault) choose() error {
	place := core.KeyInSystem
	key, err := v.keys.adopt(v.storeID)
	if err != nil {
		place = core.KeyInFile
		if key, err = adoptFile(v.keyFile()); err != nil {
			return err
		}
	}
	if err := v.use(key); err != nil {
		return err
	}
	v.record = Record{Place: place, Check: checkValue(key)}
	v.show()
	return nil
}

// load finds the recorded key, unless it is known or was looked for just now.
func (v *Vault) load() error {
	if v.aead != nil {
		return nil
	}
	if v.err != nil && time.Since(v.tried) < rest {
		return v.err
	}
	key, err := v.find()
	if err == nil && !hmac.Equal(checkValue(key), v.record.Check) {
		err = v.otherKey()
	}
	if err == nil {
		err = v.use(key)
	}
	v.err, v.tried = err, time.Now()
	v.show()
	return err
}

func (v *Vault) find() ([]byte, error) {
	if v.record.Place != core.KeyUnset && len(v.record.Check) == 0 {
		return nil, core.Errorf(core.CodeUnavailable,
			"The note of where the key for the secret values lies is damaged. Put a backup of the data folder in its place; until then, what needs a secret value waits.")
	}
	switch v.record.Place {
	case core.KeyInSystem:
		return v.keys.get(v.storeID)
	case core.KeyInFile:
		return readFile(v.keyFile())
	default:
		return nil, core.Errorf(core.CodeNotFound, "No secret value was ever kept here.")
	}
}

func (v *Vault) otherKey() error {
	where := "The key store of this computer holds"
	if v.record.Place == core.KeyInFile {
		where = "The file " + v.keyFile() + " holds"
	}
	return core.Errorf(core.CodeUnavailable,
		"%s another key than the one that the secret values were locked with. Put the right one back; until then, what needs a secret value waits.", where)
}

func (v *Vault) use(key []byte) error {
	block, err := aes.NewCipher(key)
	if err != nil {
		return core.Wrap(core.CodeInternal, err, "The key for the secret values cannot be used.")
	}
	v.aead, err = cipher.NewGCMWithRandomNonce(block)
	return err
}

func (v *Vault) keyFile() string { return filepath.Join(v.dir, FileName) }

// checkValue tells keys apart without giving anything of them away.
func checkValue(key []byte) []byte {
	mac := hmac.New(sha256.New, key)
	_, _ = mac.Write([]byte("hookbird: this is the key of the store"))
	return mac.Sum(nil)[:16]
}
