package route

import (
	"net/netip"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// plainName gives the host of a URL in one form: lower case, without the dot at
// its end, and what is not ASCII as name servers know it (１２７.0.0.1 is
// 127.0.0.1, bücher.example is xn--bcher-kva.example).
func plainName(host string) string {
	return strings.ToLower(strings.TrimRight(asciiName(strings.TrimRight(host, ".。．｡")), "."))
}

// asciiName gives a host as name servers know it.
func asciiName(host string) string {
	for i := range len(host) {
		if host[i] >= 0x80 {
			if ascii, err := idna.Lookup.ToASCII(host); err == nil {
				return ascii
			}
			break
		}
	}
	return host
}

// written gives the addresses that a host can be read as, none if it is a name.
// Besides the usual forms there are those of inet_aton, which many systems and
// proxies read: 127.1, 0x7f000001, 2130706433, 0177.0.0.1. A part that begins with
// 0 is octal to some and decimal to others, so both are given.
func written(host string) []netip.Addr {
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if ip, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{ip}
	}
	var list []netip.Addr
	for _, octal := range []bool{true, false} {
		if ip, ok := atoAddr(host, octal); ok {
			list = append(list, ip)
		}
	}
	return list
}

// atoAddr reads an address as inet_aton does: up to four numbers, of which the
// last fills what is left of the 32 bits.
func atoAddr(host string, octal bool) (netip.Addr, bool) {
	parts := strings.Split(host, ".")
	if len(parts) > 4 {
		return netip.Addr{}, false
	}
	var sum uint64
	for i, part := range parts {
		bits := 8
		if i == len(parts)-1 {
			bits = 8 * (5 - len(parts))
		}
		n, ok := atoNumber(part, octal)
		if !ok || n >= 1<<bits {
			return netip.Addr{}, false
		}
		sum = sum<<bits | n
	}
	return netip.AddrFrom4([4]byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)}), true
}

// atoNumber reads a number as C writes them.
func atoNumber(s string, octal bool) (uint64, bool) {
	base, digits := 10, s
	if rest, ok := strings.CutPrefix(strings.ToLower(s), "0x"); ok {
		base, digits = 16, rest
		if rest == "" {
			digits = "0" // as inet_aton reads it
		}
	} else if octal && len(s) > 1 && s[0] == '0' {
		base = 8
	}
	n, err := strconv.ParseUint(digits, base, 32)
	return n, err == nil
}
