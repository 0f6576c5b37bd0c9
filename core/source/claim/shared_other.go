//go:build !linux && !windows && !darwin

package claim

// onNetwork is not known on this system.
func onNetwork(string) bool { return false }
