//go:build !windows && !darwin

package route

// thisComputer gives the proxies of this computer's settings: where programs have
// them in the environment, no other place is common to all desktops.
func thisComputer() proxies {
	if set := environment(); set != nil {
		return set
	}
	return straight
}
