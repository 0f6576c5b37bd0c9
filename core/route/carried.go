package route

import (
	"encoding/binary"
	"net/netip"
)

// carrier is a kind of IPv6 address that leads to an IPv4 address in it.
type carrier struct {
	prefix netip.Prefix
	at     int  // where the address begins, in bytes
	flip   bool // its bits are inverted
}

var carriers = []carrier{
	{prefix: netip.MustParsePrefix("::/96"), at: 12},                 // IPv4-compatible (RFC 4291)
	{prefix: netip.MustParsePrefix("::ffff:0:0:0/96"), at: 12},       // translated (RFC 7915)
	{prefix: netip.MustParsePrefix("64:ff9b::/96"), at: 12},          // NAT64 (RFC 6052)
	{prefix: netip.MustParsePrefix("2002::/16"), at: 2},              // 6to4 (RFC 3056)
	{prefix: netip.MustParsePrefix("2001::/32"), at: 4},              // Teredo's server (RFC 4380)
	{prefix: netip.MustParsePrefix("2001::/32"), at: 12, flip: true}, // Teredo's client
}

// localNAT64 is NAT64 of a network's own (RFC 8215). Where the IPv4 address
// stands depends on the length of the prefix that the network chose.
var localNAT64 = netip.MustParsePrefix("64:ff9b:1::/48")

// carried gives the IPv4 addresses that an IPv6 address leads to, by all the ways
// in which a network may read it.
func carried(ip netip.Addr) []netip.Addr {
	if !ip.Is6() {
		return nil
	}
	b := ip.As16()
	var list []netip.Addr
	for _, c := range carriers {
		if c.prefix.Contains(ip) {
			list = append(list, v4(b[c.at:c.at+4], c.flip))
		}
	}
	if localNAT64.Contains(ip) {
		list = append(list, translated(b)...)
	}
	if id := binary.BigEndian.Uint32(b[8:12]); id == 0x00005efe || id == 0x02005efe { // ISATAP (RFC 5214)
		list = append(list, v4(b[12:], false))
	}
	return list
}

// translated gives the IPv4 addresses that may stand in an address of NAT64 with a
// prefix of 48, 56, 64 or 96 bits (RFC 6052, section 2.2: byte 8 is never part).
func translated(b [16]byte) []netip.Addr {
	forms := [][4]byte{
		{b[6], b[7], b[9], b[10]},
		{b[7], b[9], b[10], b[11]},
		{b[9], b[10], b[11], b[12]},
		{b[12], b[13], b[14], b[15]},
	}
	var list []netip.Addr
	for _, form := range forms {
		if form[0] != 0 { // else it stands elsewhere
			list = append(list, netip.AddrFrom4(form))
		}
	}
	return list
}

func v4(b []byte, flip bool) netip.Addr {
	form := [4]byte(b)
	if flip {
		for i := range form {
			form[i] = ^form[i]
		}
	}
	return netip.AddrFrom4(form)
}
