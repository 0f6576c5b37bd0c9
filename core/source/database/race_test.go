//go:build race

package database

// raced tells that the race detector makes everything slow.
const raced = true
