package vault

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"strings"

	"hookbird/core"
)

// FileName is the name of the key file in the data folder: 32 bytes as base64
// and a line end.
const FileName = "master.key"

// keySize is that of AES-256.
const keySize = 32

func newKey() []byte {
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // never fails since Go 1.24
	return key
}

func encodeKey(key []byte) string { return base64.StdEncoding.EncodeToString(key) }

func decodeKey(text string) ([]byte, bool) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	return key, err == nil && len(key) == keySize
}

// adoptFile makes the key file, or reads the one that is there already.
func adoptFile(path string) ([]byte, error) {
	key := newKey()
	err := writeFile(path, encodeKey(key)+"\n")
	if errors.Is(err, fs.ErrExist) {
		return readFile(path)
	}
	if err != nil {
		return nil, core.Wrap(core.CodeUnavailable, err,
			"The key for the secret values cannot be written to "+path+". Make sure that the folder can be written and that the disk has room, and save again.")
	}
	return key, nil
}

// writeFile makes a file that was not there, whole or not at all.
func writeFile(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		_ = os.Remove(path)
	}
	return err
}

func readFile(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, core.Wrap(core.CodeUnavailable, err,
			"The file "+path+" with the key for the secret values is gone. Put it back; until then, what needs a secret value waits.")
	}
	if err != nil {
		return nil, core.Wrap(core.CodeUnavailable, err,
			"The file "+path+" with the key for the secret values cannot be read. Make it readable for yourself; until then, what needs a secret value waits.")
	}
	key, ok := decodeKey(string(text))
	if !ok {
		return nil, core.Errorf(core.CodeUnavailable,
			"The file %s does not hold a key. Put the right one back; until then, what needs a secret value waits.", path)
	}
	return key, nil
}
