package convert

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
)

// fingerprint makes the step that replaces a text by its hash in small
// hexadecimal letters.
func fingerprint(algorithm func() hash.Hash) work {
	return texts(func(text string) string {
		h := algorithm()
		_, _ = h.Write([]byte(text)) // a hash takes everything
		return hex.EncodeToString(h.Sum(nil))
	})
}

// Receivers that know a record by the MD5 or SHA-1 of its e-mail address ask for
// these two; nothing here is kept secret by them.
var (
	asMD5    = fingerprint(md5.New)
	asSHA1   = fingerprint(sha1.New)
	asSHA256 = fingerprint(sha256.New)
	asSHA512 = fingerprint(sha512.New)
)

var asBase64 = texts(func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) })
