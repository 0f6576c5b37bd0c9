package message

import "hookbird/core/merge"

// Known systems with rules of their own.
const (
	presetHTTPS   = "engagement-rx"      // takes nothing but https
	presetContact = "secutix-contact-v1" // tells with GET which contact it is by the address alone
)

// preset looks at what the system that the webhook was made for asks.
func (v *validator) preset() {
	u, err := ParseAddress(v.w.Address)
	if err != nil {
		return // it was said already
	}
	if u.Scheme == "http" && (v.w.HTTPSOnly || v.w.Preset == presetHTTPS) {
		v.add("/address", "This address is not secure, and this webhook may only use a secure one. Change http:// to https://")
	}
	if v.w.Preset == presetContact && v.w.HTTPMethod() == "GET" && !ofRecord(v.w.Address) {
		v.add("/address", "With GET a placeholder has to stand in the web address: nothing else would say which contact it is. Write ${contactNumber} where its number belongs, or choose POST.")
	}
}

// ofRecord tells whether an address is another one for each record.
func ofRecord(address string) bool {
	parsed, err := merge.Parse(address, merge.Address)
	return err == nil && len(parsed.Paths()) > 0
}
