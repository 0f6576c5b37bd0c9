// Package vault seals the texts of secrets with AES-256-GCM under a master key,
// and looks after that key.
//
// The key of a store is made with its first secret. It goes into the system's
// key store, or, where there is none that answers, into a file of the data
// folder that only its owner may read. Which of the two it was is recorded in
// the store, with a value to check the key by, and never changes: while the
// recorded place cannot be reached or holds another key, secrets can neither be
// opened nor sealed, and no new key is made.
//
// The package keeps the key in memory, once it has it, and no secret's text. It
// must not know of bbolt, and must log nothing.
package vault
