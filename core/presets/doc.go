// Package presets holds golden requests of every preset: what exactly is sent to
// each known system once its webhook is filled in with the preset's own examples.
// It has no code but tests, because presets are data: package assets keeps them,
// package settings makes webhooks of them, and package message makes the requests.
//
//	testdata/<preset>.txt    one request, to be read; written by go test -update
package presets
