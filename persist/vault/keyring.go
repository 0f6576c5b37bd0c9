package vault

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/zalando/go-keyring"

	"hookbird/core"
)

// Keyring is the system's key store: Get and Set as of github.com/zalando/go-keyring,
// with its ErrNotFound for what is not there.
type Keyring interface {
	Get(service, user string) (string, error)
	Set(service, user, password string) error
}

// Patience is how long the system's key store may take to answer.
const Patience = 3 * time.Second

// service is the name under which the key store shows what is ours.
const service = "Hookbird"

// System gives the key store of this computer, or nil where asking it would be
// of no use: on Linux and the like without a session bus.
func System() Keyring {
	if runtime.GOOS != "windows" && runtime.GOOS != "darwin" && !hasSessionBus() {
		return nil
	}
	return system{}
}

func hasSessionBus() bool {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return true
	}
	_, err := os.Stat(filepath.Join("/run/user", strconv.Itoa(os.Getuid()), "bus"))
	return err == nil
}

type system struct{}

func (system) Get(service, user string) (string, error) { return keyring.Get(service, user) }

func (system) Set(service, user, password string) error {
	return keyring.Set(service, user, password)
}

// Why the key store was of no use.
var (
	errNoKeyring = errors.New("no key store")
	errSlow      = fmt.Errorf("no answer within %v", Patience)
	errBusy      = errors.New("an earlier question is still unanswered")
	errOther     = errors.New("it gave back another key than it was given")
)

// patientKeyring asks the key store one question at a time and waits for each
// answer for Patience only.
type patientKeyring struct {
	find func() Keyring
	busy atomic.Bool
}

// get gives the key of a store.
func (p *patientKeyring) get(storeID string) ([]byte, error) {
	text, err := p.ask(func(k Keyring) (string, error) { return k.Get(service, storeID) })
	switch {
	case errors.Is(err, errNoKeyring):
		return nil, core.Wrap(core.CodeUnavailable, err,
			"The key for the secret values is in the key store of your login, which cannot be reached from here. Start Hookbird from your desktop; until then, what needs a secret value waits.")
	case errors.Is(err, keyring.ErrNotFound):
		return nil, core.Wrap(core.CodeUnavailable, err,
			"The key for the secret values is no longer in the key store of this computer. Put it back there; until then, what needs a secret value waits.")
	case err != nil:
		return nil, core.Wrap(core.CodeUnavailable, err,
			"The key store of this computer does not give out the key for the secret values. Unlock it; until then, what needs a secret value waits.")
	}
	key, ok := decodeKey(text)
	if !ok {
		return nil, core.Errorf(core.CodeUnavailable,
			"What the key store of this computer holds for Hookbird is not a key. Put the right one back; until then, what needs a secret value waits.")
	}
	return key, nil
}

// adopt puts a new key for a store into the key store and makes sure that it
// stays there, or takes the one that is there already.
func (p *patientKeyring) adopt(storeID string) ([]byte, error) {
	text, err := p.ask(func(k Keyring) (string, error) {
		text, err := k.Get(service, storeID)
		if !errors.Is(err, keyring.ErrNotFound) {
			return text, err
		}
		text = encodeKey(newKey())
		if err := k.Set(service, storeID, text); err != nil {
			return "", err
		}
		back, err := k.Get(service, storeID)
		if err == nil && back != text {
			err = errOther
		}
		return text, err
	})
	if err != nil {
		return nil, err
	}
	key, ok := decodeKey(text)
	if !ok {
		return nil, errOther
	}
	return key, nil
}

// ask puts a question to the key store. A question that is not answered in time
// goes on in its goroutine, and nothing further is asked until it has ended.
func (p *patientKeyring) ask(question func(Keyring) (string, error)) (string, error) {
	if p.find == nil {
		return "", errNoKeyring
	}
	if !p.busy.CompareAndSwap(false, true) {
		return "", errBusy
	}
	type answer struct {
		text string
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		a := answer{err: errNoKeyring}
		if k := p.find(); k != nil {
			a.text, a.err = question(k)
		}
		p.busy.Store(false)
		answers <- a
	}()
	select {
	case a := <-answers:
		return a.text, a.err
	case <-time.After(Patience):
		return "", errSlow
	}
}
