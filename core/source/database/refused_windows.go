package database

import "syscall"

// How the system says that nothing listens, and that a connection broke off
// (Winsock's numbers, which are not those that package syscall made up).
const (
	connRefused = syscall.Errno(10061)
	connReset   = syscall.Errno(10054)
)
