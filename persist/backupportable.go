package persist

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"filippo.io/age"
	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
	"hookbird/persist/vault"
)

// A portable backup is portableMark, then a file of age (age-encryption.org/v1)
// locked with a passphrase, in which are: the length of a JSON text (4 bytes, big
// endian), the text, a portableHead, and the pages of the store. Each part of an
// age file is authenticated, its end too.
const (
	portableMark = "hookbird portable backup 1\n"
	headMost     = 64 << 10

	// workMost bounds what a file may ask for: one that asks for more is not ours.
	workMost = 19
)

// work is the cost of trying a passphrase: scrypt with 2^17 rounds takes 128 MB
// and about half a second. Tests have less.
var work = 17

// portableHead is what a portable backup says of itself.
type portableHead struct {
	Info core.BackupInfo
	Key  []byte // the master key of the secrets; nil if there are none
}

// portable makes a backup for another computer. The records are copied into the
// data folder first, where they lie open anyway.
func (s *Store) portable(ctx context.Context, w core.BackupWish, info *core.BackupInfo) error {
	if len([]rune(w.Passphrase)) < core.MinPassphrase {
		return core.Errorf(core.CodeInvalid, "The passphrase needs at least %d characters: everything is in this file, and it may be lost.", core.MinPassphrase)
	}
	key, err := s.vault.Key()
	if err != nil {
		return err
	}
	info.Kind = core.BackupPortable
	plain, err := os.CreateTemp(s.dir, "hookbird-portable-*.part")
	if err != nil {
		return err
	}
	defer func() {
		_ = plain.Close()
		_ = os.Remove(plain.Name())
	}()
	if err := s.copyChecked(ctx, plain, w, info); err != nil {
		return err
	}
	part := partOf(w.Path)
	f, err := makePart(part)
	if err != nil {
		return err
	}
	return keepPart(f, part, w.Path, writeLocked(ctx, f, plain, portableHead{*info, key}, w))
}

// writeLocked writes the locked file.
func writeLocked(ctx context.Context, to io.Writer, pages *os.File, head portableHead, w core.BackupWish) error {
	recipient, err := age.NewScryptRecipient(w.Passphrase)
	if err != nil {
		return err
	}
	recipient.SetWorkFactor(work)
	if _, err := io.WriteString(to, portableMark); err != nil {
		return err
	}
	locked, err := age.Encrypt(to, recipient)
	if err != nil {
		return err
	}
	text, err := json.Marshal(head)
	if err != nil {
		return err
	}
	if _, err := locked.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(text))), text...)); err != nil {
		return err
	}
	n := head.Info.Bytes
	_, err = copyPages(ctx, locked, io.NewSectionReader(pages, 0, n), n, n, func(_ string, done, total uint64) {
		w.Progress("Locking it with the passphrase", done, total)
	})
	return errors.Join(err, locked.Close())
}

// isPortable tells a portable backup by its beginning.
func isPortable(f io.ReaderAt) bool {
	b := make([]byte, len(portableMark))
	_, err := f.ReadAt(b, 0)
	return err == nil && string(b) == portableMark
}

// openLocked opens a portable backup and reads what it says of itself; what follows are
// its pages. Any bytes may come.
func openLocked(f io.ReaderAt, path, passphrase string) (portableHead, io.Reader, error) {
	var head portableHead
	if passphrase == "" {
		return head, nil, core.Errorf(core.CodeInvalid, "This backup is locked. Type the passphrase that was chosen when it was made.").At("/passphrase")
	}
	identity, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return head, nil, err
	}
	identity.SetMaxWorkFactor(workMost)
	locked := io.NewSectionReader(f, int64(len(portableMark)), 1<<62)
	r, err := age.Decrypt(bufio.NewReader(locked), identity)
	var wrong *age.NoIdentityMatchError
	if errors.As(err, &wrong) {
		return head, nil, core.Wrap(core.CodeInvalid, err, "This passphrase does not open the backup. Look for capital letters and spaces, and type it again.").At("/passphrase")
	}
	if err != nil {
		return head, nil, noBackup(path, err)
	}
	if err := readHead(r, &head); err != nil {
		return head, nil, noBackup(path, err)
	}
	return head, r, nil
}

func readHead(r io.Reader, head *portableHead) error {
	var size [4]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return err
	}
	n := binary.BigEndian.Uint32(size[:])
	if n > headMost {
		return fmt.Errorf("its description has %d bytes", n)
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(r, text); err != nil {
		return err
	}
	if err := json.Unmarshal(text, head); err != nil {
		return err
	}
	head.Info.Kind = core.BackupPortable
	return nil
}

func lookAtPortable(f io.ReaderAt, path, passphrase string) (core.BackupInfo, error) {
	head, _, err := openLocked(f, path, passphrase)
	head.Info.Kind = core.BackupPortable
	return head.Info, err
}

// openPortable gives the pages of a portable backup and the key of its secrets.
func openPortable(f *os.File, path, passphrase string) (pages io.Reader, key []byte, err error) {
	head, pages, err := openLocked(f, path, passphrase)
	if head.Key == nil {
		head.Key = []byte{} // it came from elsewhere, without secrets
	}
	return wholeOr{pages, path}, head.Key, err
}

// wholeOr reads what is locked. Where that was cut off or changed, it says that the
// file is no backup.
type wholeOr struct {
	r    io.Reader
	path string
}

func (w wholeOr) Read(b []byte) (int, error) {
	n, err := w.r.Read(b)
	if err != nil && !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = noBackup(w.path, err)
	}
	return n, err
}

// sealAnew opens each secret of a store that came from another computer with the
// key that came along and seals it under the key of this one.
func sealAnew(tx *bbolt.Tx, dir string, key []byte, keyring func() vault.Keyring) error {
	if len(key) == 0 {
		return nil
	}
	from, err := vault.WithKey(key)
	if err != nil {
		return err
	}
	to := vault.New(vault.Params{Dir: dir, StoreID: string(tx.Bucket(bucketMeta).Get(keyID)), Keyring: keyring})
	record, err := to.Prepare()
	if err != nil {
		return err
	}
	if err := put(tx, bucketMeta, keyVault, record); err != nil {
		return err
	}
	return eachSecret(tx, func(id string, sealed []byte) ([]byte, error) {
		text, err := from.Open(id, sealed)
		if err != nil {
			return nil, err
		}
		return to.Seal(id, text)
	})
}

// eachSecret replaces each sealed secret. One that cannot be opened stays as it is,
// which is what it was where it came from.
func eachSecret(tx *bbolt.Tx, change func(id string, sealed []byte) ([]byte, error)) error {
	bucket := tx.Bucket(bucketSecrets)
	for _, id := range keysOf(bucket) {
		sealed, err := codec.ReadBytes(bucket.Get(id))
		if err != nil {
			continue
		}
		anew, err := change(string(id), bytes.Clone(sealed))
		if err != nil {
			continue
		}
		if err := bucket.Put(id, codec.Bytes(anew)); err != nil {
			return err
		}
	}
	return nil
}

func keysOf(bucket *bbolt.Bucket) (keys [][]byte) {
	c := bucket.Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	return keys
}

// PortableName is the usual name of a portable backup.
func PortableName(info core.BackupInfo) string {
	return filepath.Base(info.Made.Format("hookbird-2006-01-02") + PortableExt)
}
