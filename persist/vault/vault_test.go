package vault

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/zalando/go-keyring"

	"hookbird/core"
)

const password = "correct horse battery staple"

// fakeKeyring is a key store that can be taken away, made slow or forgetful.
type fakeKeyring struct {
	keys  map[string]string
	err   error
	block chan struct{} // if not nil, answers wait until it is closed
	calls atomic.Int32
	drops bool // Set keeps nothing
}

func newFakeKeyring() *fakeKeyring { return &fakeKeyring{keys: map[string]string{}} }

func (k *fakeKeyring) wait() error {
	k.calls.Add(1)
	if k.block != nil {
		<-k.block
	}
	return k.err
}

func (k *fakeKeyring) Get(_, user string) (string, error) {
	if err := k.wait(); err != nil {
		return "", err
	}
	if key, ok := k.keys[user]; ok {
		return key, nil
	}
	return "", keyring.ErrNotFound
}

func (k *fakeKeyring) Set(_, user, key string) error {
	if err := k.wait(); err != nil {
		return err
	}
	if !k.drops {
		k.keys[user] = key
	}
	return nil
}

func (k *fakeKeyring) find() Keyring { return k }

func none() Keyring { return nil }

// sealOne makes the vault's key and seals the password.
func sealOne(t *testing.T, v *Vault) (Record, []byte) {
	t.Helper()
	record, err := v.Prepare()
	if err != nil {
		t.Fatalf("Prepare: %v", err)
	}
	sealed, err := v.Seal("id", password)
	if err != nil {
		t.Fatalf("Seal: %v", err)
	}
	return record, sealed
}

// wantUnavailable checks that neither opening nor sealing works, with a sentence.
func wantUnavailable(t *testing.T, v *Vault, sealed []byte) {
	t.Helper()
	if text, err := v.Open("id", sealed); core.CodeOf(err) != core.CodeUnavailable || text != "" {
		t.Errorf("Open = %q, %v; want CodeUnavailable", text, err)
	}
	if _, err := v.Prepare(); core.CodeOf(err) != core.CodeUnavailable {
		t.Errorf("Prepare: %v, want CodeUnavailable", err)
	}
	if _, err := v.Seal("other", password); core.CodeOf(err) != core.CodeUnavailable {
		t.Errorf("Seal: %v, want CodeUnavailable", err)
	}
	if _, err := v.State(); err == nil || !strings.HasSuffix(err.Error(), ".") {
		t.Errorf("State: %v, want a sentence", err)
	}
}

func TestKeyGoesIntoTheKeyStore(t *testing.T) {
	keyring.MockInit() // the real client, on its own stand-in
	dir := t.TempDir()
	p := Params{Dir: dir, StoreID: "store", Keyring: func() Keyring { return system{} }}
	record, sealed := sealOne(t, New(p))
	if record.Place != core.KeyInSystem {
		t.Fatalf("place = %q, want the key store", record.Place)
	}
	if _, err := os.Stat(filepath.Join(dir, FileName)); err == nil {
		t.Error("there is a key file as well")
	}
	p.Record = record
	if text, err := New(p).Open("id", sealed); err != nil || text != password {
		t.Errorf("Open = %q, %v", text, err)
	}
}

func TestKeyGoesIntoTheFile(t *testing.T) {
	failing := newFakeKeyring()
	failing.err = errors.New("no such interface")
	forgetful := newFakeKeyring()
	forgetful.drops = true
	for name, find := range map[string]func() Keyring{
		"no key store": none, "none named": nil, "failing": failing.find, "forgetful": forgetful.find,
	} {
		t.Run(name, func(t *testing.T) {
			p := Params{Dir: t.TempDir(), StoreID: "store", Keyring: find}
			record, sealed := sealOne(t, New(p))
			if record.Place != core.KeyInFile {
				t.Fatalf("place = %q, want the file", record.Place)
			}
			info, err := os.Stat(filepath.Join(p.Dir, FileName))
			if err != nil {
				t.Fatal(err)
			}
			if info.Mode().Perm() != 0o600 {
				t.Errorf("mode = %v, want 0600", info.Mode())
			}
			p.Record = record
			if text, err := New(p).Open("id", sealed); err != nil || text != password {
				t.Errorf("Open = %q, %v", text, err)
			}
		})
	}
}

func TestSealedTellsNothing(t *testing.T) {
	v := New(Params{Dir: t.TempDir()})
	_, sealed := sealOne(t, v)
	again, err := v.Seal("id", password)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(sealed, again) {
		t.Error("the same text is sealed to the same bytes")
	}
	if bytes.Contains(sealed, []byte(password[:8])) {
		t.Error("the text shows")
	}
	if _, err := v.Open("another id", sealed); err == nil {
		t.Error("a secret opens under another's id")
	}
	sealed[len(sealed)-1] ^= 1
	if _, err := v.Open("id", sealed); core.CodeOf(err) != core.CodeUnavailable {
		t.Errorf("a damaged secret: %v, want CodeUnavailable", err)
	}
}

func TestNoNewKeyOverAnOldOne(t *testing.T) {
	t.Run("key store gone", func(t *testing.T) {
		p := Params{Dir: t.TempDir(), StoreID: "store", Keyring: newFakeKeyring().find}
		record, sealed := sealOne(t, New(p))
		p.Record, p.Keyring = record, none
		wantUnavailable(t, New(p), sealed)
		wantNoFile(t, p.Dir)
	})
	t.Run("key store emptied", func(t *testing.T) {
		k := newFakeKeyring()
		p := Params{Dir: t.TempDir(), StoreID: "store", Keyring: k.find}
		record, sealed := sealOne(t, New(p))
		clear(k.keys)
		p.Record = record
		wantUnavailable(t, New(p), sealed)
		wantNoFile(t, p.Dir)
		if len(k.keys) != 0 {
			t.Error("a new key was put into the key store")
		}
	})
	t.Run("key store holds another", func(t *testing.T) {
		k := newFakeKeyring()
		p := Params{Dir: t.TempDir(), StoreID: "store", Keyring: k.find}
		record, sealed := sealOne(t, New(p))
		other := encodeKey(newKey())
		k.keys["store"] = other
		p.Record = record
		wantUnavailable(t, New(p), sealed)
		if k.keys["store"] != other {
			t.Error("the key store was written to")
		}
	})
	t.Run("file gone", func(t *testing.T) {
		p := Params{Dir: t.TempDir()}
		record, sealed := sealOne(t, New(p))
		if err := os.Remove(filepath.Join(p.Dir, FileName)); err != nil {
			t.Fatal(err)
		}
		p.Record = record
		p.Keyring = newFakeKeyring().find
		wantUnavailable(t, New(p), sealed)
		wantNoFile(t, p.Dir)
	})
	t.Run("file holds another", func(t *testing.T) {
		p := Params{Dir: t.TempDir()}
		record, sealed := sealOne(t, New(p))
		p.Record = record
		for _, text := range []string{encodeKey(newKey()) + "\n", "", "not a key"} {
			path := filepath.Join(p.Dir, FileName)
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			wantUnavailable(t, New(p), sealed)
			if now, err := os.ReadFile(path); err != nil || string(now) != text {
				t.Errorf("the file was written to: %v", err)
			}
		}
	})
}

func TestDamagedRecordMakesNoKey(t *testing.T) {
	p := Params{Dir: t.TempDir(), StoreID: "store", Keyring: newFakeKeyring().find}
	_, sealed := sealOne(t, New(p))
	p.Record = Damaged
	wantUnavailable(t, New(p), sealed)
	wantNoFile(t, p.Dir)
}

func wantNoFile(t *testing.T, dir string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(dir, FileName)); err == nil {
		t.Error("a key file was made")
	}
}

// TestKeyThatWasNotRecordedIsTaken is about a crash between the making of the
// key and the commit that records it.
func TestKeyThatWasNotRecordedIsTaken(t *testing.T) {
	for name, find := range map[string]func() Keyring{"key store": newFakeKeyring().find, "file": none} {
		p := Params{Dir: t.TempDir(), StoreID: "store", Keyring: find}
		_, sealed := sealOne(t, New(p))
		v := New(p)
		if _, err := v.Prepare(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if text, err := v.Open("id", sealed); err != nil || text != password {
			t.Errorf("%s: Open = %q, %v", name, text, err)
		}
	}
}

func TestKeyComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newFakeKeyring()
		p := Params{Dir: t.TempDir(), StoreID: "store", Keyring: k.find}
		record, sealed := sealOne(t, New(p))
		k.err = errors.New("locked")
		p.Record = record
		v := New(p)
		wantUnavailable(t, v, sealed)
		if calls := k.calls.Load(); calls != 4 { // 3 to make it, and 1 to find it
			t.Errorf("the key store was asked %d times, want 4", calls)
		}
		k.err = nil
		time.Sleep(rest)
		if text, err := v.Open("id", sealed); err != nil || text != password {
			t.Errorf("Open = %q, %v", text, err)
		}
		if _, err := v.State(); err != nil {
			t.Errorf("State: %v", err)
		}
	})
}

func TestSlowKeyStoreIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newFakeKeyring()
		p := Params{Dir: t.TempDir(), StoreID: "store", Keyring: k.find}
		record, sealed := sealOne(t, New(p))

		k.block = make(chan struct{})
		p.Record = record
		v := New(p)
		start := time.Now()
		if _, err := v.Open("id", sealed); core.CodeOf(err) != core.CodeUnavailable {
			t.Errorf("Open: %v, want CodeUnavailable", err)
		}
		if took := time.Since(start); took != Patience {
			t.Errorf("it took %v, want %v", took, Patience)
		}
		time.Sleep(rest)
		calls, start := k.calls.Load(), time.Now()
		if _, err := v.Open("id", sealed); err == nil || time.Since(start) != 0 {
			t.Errorf("while a question is unanswered: %v after %v, want no waiting", err, time.Since(start))
		}
		if k.calls.Load() != calls {
			t.Error("another question was put meanwhile")
		}
		close(k.block)
		synctest.Wait()
		time.Sleep(rest)
		if text, err := v.Open("id", sealed); err != nil || text != password {
			t.Errorf("Open = %q, %v", text, err)
		}
	})
}

func TestNoKeyIsMadeByLooking(t *testing.T) {
	k := newFakeKeyring()
	v := New(Params{Dir: t.TempDir(), StoreID: "store", Keyring: k.find})
	if err := v.Check(); err != nil || k.calls.Load() != 0 {
		t.Errorf("Check: %v after %d questions, want none", err, k.calls.Load())
	}
	if place, err := v.State(); place != core.KeyUnset || err != nil {
		t.Errorf("State = %q, %v", place, err)
	}
	if _, err := v.Seal("id", password); err == nil {
		t.Error("Seal worked without a key")
	}
}

func TestSystemAsksNobodyWithoutASessionBus(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	if runtime.GOOS != "linux" || hasSessionBus() {
		t.Skip("this login has a key store to ask")
	}
	if k := System(); k != nil {
		t.Errorf("System() = %v, want none", k)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
	if System() == nil {
		t.Error("System() = nil although there is a session bus")
	}
}
