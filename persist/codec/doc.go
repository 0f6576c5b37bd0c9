// Package codec turns what the store keeps into bytes and back. Every stored
// value has the same shell:
//
//	version 1 byte | payload | CRC-32C of all before it, 4 bytes big endian
//
// so that a flipped bit is noticed before it is sent to anybody, and so that a
// value can one day be stored in another way (sealed, for one) beside the old
// ones. Payloads of the hot path (events, rows, retries, refs, counts) are
// binary; settings that people make are JSON.
//
// In a payload, "uint" is an unsigned varint, "int" a zigzag varint, "text" is
// its length as uint and then its bytes, and "time" is an int of Unix
// milliseconds in which 0 stands for the zero time. Times come back in UTC.
//
// Nothing here panics on foreign bytes: what cannot be read gives ErrDamaged.
// The package must not know of buckets, transactions or files.
package codec
