// Package exchange shows one exchange with another system: what we sent, what
// came back, and the details that somebody may copy and pass on. The editor's
// preview, the test page and Activity share it.
//
// It must not fetch anything: it shows what it is given.
package exchange
