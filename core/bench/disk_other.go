//go:build !linux || (!amd64 && !arm64)

package main

import "os"

func syncData(f *os.File) error { return f.Sync() }

func forget(string) error { return nil }
