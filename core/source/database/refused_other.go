//go:build !windows

package database

import "syscall"

// How the system says that nothing listens, and that a connection broke off.
const (
	connRefused = syscall.ECONNREFUSED
	connReset   = syscall.ECONNRESET
)
