package core

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"time"
)

// NewEventID makes a UUIDv7 (RFC 9562, section 5.7) for something that happened
// at t: 48 bits of Unix milliseconds, then 74 random bits.
func NewEventID(t time.Time) string {
	var b [16]byte
	_, _ = rand.Read(b[6:]) // never fails since Go 1.24
	ms := uint64(t.UnixMilli())
	binary.BigEndian.PutUint32(b[0:4], uint32(ms>>16))
	binary.BigEndian.PutUint16(b[4:6], uint16(ms))
	b[6] = b[6]&0x0f | 0x70
	b[8] = b[8]&0x3f | 0x80
	var text [36]byte
	hex.Encode(text[0:8], b[0:4])
	hex.Encode(text[9:13], b[4:6])
	hex.Encode(text[14:18], b[6:8])
	hex.Encode(text[19:23], b[8:10])
	hex.Encode(text[24:36], b[10:16])
	text[8], text[13], text[18], text[23] = '-', '-', '-', '-'
	return string(text[:])
}

// lowerBase32 is RFC 4648 base32 in lower case, without padding.
var lowerBase32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// DeliveryID names the delivery of one event to one webhook: "msg_" and 26
// base32 characters of SHA-256 over both ids. It is worked out, never stored, so
// it is the same on every try, after any crash and on "Send again".
func DeliveryID(eventID, webhookID string) string {
	in := make([]byte, 0, 128) // on the stack, but for very long ids
	in = append(in, eventID...)
	in = append(in, 0) // ids hold no NUL: no two pairs hash alike
	in = append(in, webhookID...)
	sum := sha256.Sum256(in)
	out := append(make([]byte, 0, 60), "msg_"...)
	out = lowerBase32.AppendEncode(out, sum[:])
	return string(out[:len("msg_")+26])
}

// NewKey makes a random key of n characters from [a-z2-7], 5 bits each, for
// local addresses, tokens and ids.
func NewKey(n int) string {
	b := make([]byte, (n*5+7)/8)
	_, _ = rand.Read(b)
	return lowerBase32.EncodeToString(b)[:n]
}
