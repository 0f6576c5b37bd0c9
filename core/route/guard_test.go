package route

import (
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCloudsAreRefusedAlways(t *testing.T) {
	hosts := []string{
		"169.254.169.254", "169.254.170.2", "169.254.170.23", "100.100.100.200", "192.0.0.192", "168.63.129.16",
		"[fd00:ec2::254]", "[fd00:ec2:0:0::0254]", "[fe80::a9fe:a9fe%25eth0]",
		"169.254.169.254.", "0xa9fea9fe", "2852039166", "0251.0376.0251.0376", "169.254.43518", "0xa9.0xfe.0xa9fe", "169.16689662",
		"１６９.254.169.254", "169。254。169。254",
		"[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "[::169.254.169.254]", "[::ffff:0:169.254.169.254]",
		"[64:ff9b::169.254.169.254]", "[64:ff9b:1::a9fe:a9fe]", "[64:ff9b:1:a9fe:a9:fe00::]", "[2002:a9fe:a9fe::1]",
		"[2001:0:a9fe:a9fe::1]", "[2001:0:102:304:0:0:5601:5601]", "[2a00::5efe:a9fe:a9fe]", "[2a00::200:5efe:169.254.169.254]",
		"metadata.google.internal", "METADATA.Google.Internal.", "instance-data", "metadata",
	}
	for _, host := range hosts {
		for _, g := range []guard{{}, {noPrivate: true}} {
			u, err := url.Parse("http://" + host + ":8080/latest")
			if err != nil {
				t.Fatal(err)
			}
			b, ok := g.admit(u).(*Blocked)
			if !ok || !b.Always || !strings.Contains(b.Error(), "never") {
				t.Errorf("%s: %v", host, b)
			}
		}
	}
}

func TestOnlyPublicAddresses(t *testing.T) {
	refused := []string{
		"127.0.0.1", "127.1", "localhost", "LOCALHOST.", "crm.localhost", "0.0.0.0", "0", "[::]", "[::1]", "017700000001",
		"10.1.2.3", "010.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.1.1", "100.64.0.1", "100.127.255.255",
		"224.0.0.1", "255.255.255.255", "[fd12::1]", "[fc00::1]", "[fe80::1]", "[fec0::1]", "[ff02::1]", "198.18.0.1", "250.1.1.1",
		"[::ffff:10.0.0.1]", "[64:ff9b::10.0.0.1]", "[2002:c0a8:0101::1]", "[64:ff9b:1::10.0.0.1]", "0x0a000001",
	}
	for _, host := range refused {
		if b := (guard{noPrivate: true}).refuseHost(strings.Trim(host, "[]")); b == nil || b.Always || !strings.Contains(b.Error(), "public") {
			t.Errorf("%s: %v", host, b)
		}
		if b := (guard{}).refuseHost(strings.Trim(host, "[]")); b != nil {
			t.Errorf("%s is refused though private addresses are allowed: %v", host, b)
		}
	}
	admitted := []string{
		"8.8.8.8", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1", "192.169.0.1", "2001:4860:4860::8888", "64:ff9b::8.8.8.8",
		"64:ff9b:1::8.8.8.8", "2002:808:808::1", "crm.example.org", "10.example.org", "1.2.3.4.5", "0xcafe.example", "notlocalhost", "a.b.c.d", "08.8.8.8", "",
	}
	for _, host := range admitted {
		if b := (guard{noPrivate: true}).refuseHost(host); b != nil {
			t.Errorf("%s: %v", host, b)
		}
	}
}

// Every address of a refused range is refused in every form in which it may be
// written, and so is every IPv6 address that carries it.
func TestRefusedInEveryForm(t *testing.T) {
	all := slices.Concat(clouds, privates)
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(all).Draw(t, "place")
		ip := inside(t, p.prefix)
		form := rapid.SampledFrom(forms(ip)).Draw(t, "form")
		b := guard{noPrivate: true}.refuseHost(form)
		if b == nil {
			t.Fatalf("%s, which is %s of %s, is let through", form, ip, p.prefix)
		}
		always := guard{}.refuseHost(form)
		if slices.ContainsFunc(clouds, func(c place) bool { return c.prefix.Contains(ip) }) && (always == nil || !always.Always) {
			t.Fatalf("%s, which is %s of a cloud, is let through", form, ip)
		}
	})
}

// No address is refused that neither is in a refused range nor carries one.
func TestOthersAreLetThrough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ip := netip.AddrFrom4([4]byte(rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, "ip")))
		in := slices.ContainsFunc(slices.Concat(clouds, privates), func(p place) bool { return p.prefix.Contains(ip) })
		for _, form := range []string{ip.String(), "::ffff:" + ip.String(), "64:ff9b::" + ip.String()} {
			if b := (guard{noPrivate: true}).refuseHost(form); (b != nil) != in {
				t.Fatalf("%s: %v", form, b)
			}
		}
	})
}

// inside gives some address of a range.
func inside(t *rapid.T, p netip.Prefix) netip.Addr {
	bytes := p.Addr().AsSlice()
	fill := rapid.SliceOfN(rapid.Byte(), len(bytes), len(bytes)).Draw(t, "fill")
	for i := range len(bytes) * 8 {
		if i >= p.Bits() {
			bytes[i/8] |= fill[i/8] & (128 >> (i % 8))
		}
	}
	ip, _ := netip.AddrFromSlice(bytes)
	return ip
}

// forms gives the ways to write an address, and the addresses that carry it.
func forms(ip netip.Addr) []string {
	if ip.Is6() {
		return []string{ip.String(), ip.StringExpanded(), strings.ToUpper(ip.String()), ip.WithZone("eth0").String()}
	}
	b := ip.As4()
	n := binary.BigEndian.Uint32(b[:])
	list := []string{
		ip.String(), ip.String() + ".", strconv.Itoa(int(n)), fmt.Sprintf("0x%x", n), fmt.Sprintf("0X%X", n), fmt.Sprintf("0%o", n),
		fmt.Sprintf("%#o.%#o.%#o.%#o", b[0], b[1], b[2], b[3]), fmt.Sprintf("0x%x.0x%x.%d", b[0], b[1], n&0xffff), fmt.Sprintf("%d.%d", b[0], n&0xffffff),
		fmt.Sprintf("%03d.%03d.%03d.%03d", b[0], b[1], b[2], b[3]),
		"::ffff:" + ip.String(), fmt.Sprintf("::ffff:%x:%x", n>>16, n&0xffff), "::" + ip.String(), "::ffff:0:" + ip.String(), "64:ff9b::" + ip.String(),
		fmt.Sprintf("2002:%x:%x::1", n>>16, n&0xffff), fmt.Sprintf("2001:0:%x:%x::1", n>>16, n&0xffff),
		fmt.Sprintf("2001:0:808:808:0:0:%x:%x", ^n>>16, ^n&0xffff), "2a00::5efe:" + ip.String(), "2a00::200:5efe:" + ip.String(),
	}
	if b[0] != 0 {
		list = append(list, "64:ff9b:1::"+ip.String(), fmt.Sprintf("64:ff9b:1:%x:%x:%x::", n>>16, n>>8&0xff, n&0xff<<8))
	}
	return list
}

func TestPlaceAndNamesInSentences(t *testing.T) {
	tests := map[string]*Blocked{
		"10.0.0.1 belongs to a private network, and this webhook may only reach public addresses.":                   {Host: "10.0.0.1", IP: "10.0.0.1", What: "a private network"},
		"crm (10.0.0.1) belongs to a private network, and this webhook may only reach public addresses.":             {Host: "crm", IP: "10.0.0.1", What: "a private network"},
		"metadata belongs to a cloud, which keeps keys of its computers there. Hookbird never sends anything there.": {Host: "metadata", Always: true, What: clouds[0].what},
	}
	for want, b := range tests {
		if b.Error() != want {
			t.Errorf("%q", b.Error())
		}
	}
}

func TestLocal(t *testing.T) {
	for host, want := range map[string]bool{
		"127.0.0.1": true, "localhost": true, "127.1": true, "[::1]": true, "0.0.0.0": true, "[::]": true, "[::ffff:127.0.0.1]": true, "ip6-localhost": true,
		"10.0.0.1": false, "crm.example.org": false, "1": false,
	} {
		if got := local(&url.URL{Scheme: "http", Host: host}); got != want {
			t.Errorf("%s: %v", host, got)
		}
	}
}

// Whoever writes a host otherwise gains nothing by it.
func FuzzHosts(f *testing.F) {
	for _, seed := range []string{"10.0.0.1", "0x7f.1", "[::ffff:10.0.0.1]", "１２７.0.0.1", "fe80::1%eth0", "Metadata.", "0", "1..2", "a。b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, host string) {
		g := guard{noPrivate: true}
		if g.refuseHost(host) == nil {
			return
		}
		others := []string{host + "."}
		if !strings.ContainsFunc(host, func(r rune) bool { return r >= 0x80 }) {
			others = append(others, strings.ToUpper(host), strings.ToLower(host))
		}
		for _, same := range others {
			if g.refuseHost(same) == nil {
				t.Errorf("%q is refused and %q is not", host, same)
			}
		}
	})
}

// A webhook that refuses private addresses does not reach this computer by its own
// public address either.
func TestOwnAddressesAreThisComputer(t *testing.T) {
	own := func() ([]net.Addr, error) {
		return []net.Addr{
			&net.IPNet{IP: net.ParseIP("203.0.113.7"), Mask: net.CIDRMask(24, 32)},
			&net.IPNet{IP: net.ParseIP("2001:db8::7"), Mask: net.CIDRMask(64, 128)},
		}, nil
	}
	for ip, refused := range map[string]bool{
		"203.0.113.7": true, "::ffff:203.0.113.7": true, "2001:db8::7": true,
		"203.0.113.8": false, "2001:db8::8": false,
	} {
		b := guard{noPrivate: true, own: own}.refuse(netip.MustParseAddr(ip))
		if (b != nil) != refused || refused && b.What != "this computer itself" {
			t.Errorf("%s: %+v", ip, b)
		}
		if b := (guard{own: own}).refuse(netip.MustParseAddr(ip)); b != nil {
			t.Errorf("%s is refused though private addresses are allowed: %v", ip, b)
		}
	}
}
