package route

import (
	"net/netip"
	"slices"
)

// place is a range of addresses that belongs to somebody in particular.
type place struct {
	prefix netip.Prefix
	what   string
}

// The addresses under which a cloud tells its computers about themselves, their
// keys included: Amazon, Google, Microsoft, Oracle, Alibaba, Tencent, Scaleway and
// OpenStack, as their manuals name them. Nothing else is ever there.
var clouds = places("a cloud, which keeps keys of its computers there",
	"169.254.169.254/32", "169.254.170.2/32", "169.254.170.23/32", "fd00:ec2::254/128", "fd00:ec2::23/128",
	"fd20:ce::254/128", "168.63.129.16/32", "192.0.0.192/32", "fd00:c1::a9fe:a9fe/128",
	"100.100.100.200/32", "169.254.0.23/32", "169.254.42.42/32", "fd00:42::42/128", "fe80::a9fe:a9fe/128",
)

// cloudNames are the names of the same, for where the address cannot be seen.
var cloudNames = map[string]bool{
	"metadata":                   true,
	"metadata.google.internal":   true,
	"metadata.goog":              true,
	"metadata.azure.internal":    true,
	"metadata.tencentyun.com":    true,
	"instance-data":              true,
	"instance-data.ec2.internal": true,
}

// The addresses that the internet does not lead to (RFC 6890 and the registries
// of IANA that it began).
var privates = slices.Concat(
	places("this computer itself", "127.0.0.0/8", "::1/128", "0.0.0.0/8", "::/128"),
	places("a private network", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10",
		"169.254.0.0/16", "fe80::/10", "192.0.0.0/24", "198.18.0.0/15"),
	places("the inside of a provider's network", "100.64.0.0/10"),
	places("a group of computers", "224.0.0.0/4", "ff00::/8", "255.255.255.255/32"),
	places("nobody", "240.0.0.0/4"),
)

// selfNames are names of this computer.
var selfNames = map[string]bool{
	"localhost": true, "localhost.localdomain": true, "localhost6": true, "localhost6.localdomain6": true,
	"ip6-localhost": true, "ip6-loopback": true, "loopback": true,
}

func places(what string, prefixes ...string) []place {
	list := make([]place, len(prefixes))
	for i, p := range prefixes {
		list[i] = place{netip.MustParsePrefix(p), what}
	}
	return list
}
