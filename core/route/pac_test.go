package route

import (
	"net/netip"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

func TestAnswersOfSettings(t *testing.T) {
	tests := []struct{ answer, scheme, want string }{
		{"", "https", ""},
		{"DIRECT", "https", ""},
		{"direct;", "https", ""},
		{"PROXY a.example:3128", "https", "http://a.example:3128"},
		{"PROXY a.example:3128; DIRECT", "https", "http://a.example:3128"},
		{"DIRECT; PROXY a.example:3128", "https", ""},
		{"HTTPS a.example:443;PROXY b.example:1", "http", "https://a.example:443"},
		{"http b.example:1", "http", "http://b.example:1"},
		{"SOCKS a.example:1080", "http", "socks5://a.example:1080"},
		{"SOCKS5 a.example:1080", "http", "socks5://a.example:1080"},
		{"SOCKS4 a.example:1080; PROXY b.example:1", "http", "http://b.example:1"},
		{"SOCKS4 a.example:1080", "http", ""},
		{"QUIC a.example:1; HTTPS b.example:2", "http", "https://b.example:2"},
		{"a.example:3128", "https", "http://a.example:3128"},
		{"a.example", "https", "http://a.example"},
		{"proxy", "https", "http://proxy"},
		{"proxy:8080 other:8080", "https", "http://proxy:8080"},
		{"a.example:3128;b.example:1", "https", "http://a.example:3128"},
		{"http://a.example:3128", "https", "http://a.example:3128"},
		{"https://a.example/", "https", "https://a.example"},
		{"socks://a.example:1", "https", "socks5://a.example:1"},
		{"socks5h://a.example:1", "https", "socks5h://a.example:1"},
		{"http=a.example:1;https=b.example:2", "https", "http://b.example:2"},
		{"http=a.example:1;https=http://b.example:2", "https", "http://b.example:2"},
		{"ftp=a.example:1; http=b.example:2", "https", ""},
		{"ftp=a.example:1; socks=b.example:2", "https", "socks5://b.example:2"},
		{"PROXY [::1]:3128", "https", "http://[::1]:3128"},
		{"PROXY a.example:0; PROXY a.example:65536; PROXY a.example:x; PROXY :1; PROXY b.example:65535", "https", "http://b.example:65535"},
		{"PROXY user:word@a.example:1; PROXY b.example:2", "https", "http://b.example:2"},
		{"PROXY a.example/x?y; PROXY ; PROXY b.example:2", "https", "http://b.example:2"},
		{"PROXY a.example:1\r\nX: y", "https", "http://a.example:1"},
		{"<html>Not found</html>", "https", ""},
		{strings.Repeat("PROXY ;", 1000) + "PROXY a.example:1", "https", ""},
	}
	for _, tt := range tests {
		got := ""
		if u := parsePAC(tt.answer, tt.scheme); u != nil {
			got = u.String()
		}
		if got != tt.want {
			t.Errorf("%.60q for %s: %q, not %q", tt.answer, tt.scheme, got, tt.want)
		}
	}
}

// What a program of somebody else answers is either the straight way or a proxy
// that can be dialled, and costs little.
func FuzzAnswersOfSettings(f *testing.F) {
	for _, seed := range []string{"PROXY a.example:3128; DIRECT", "http=a:1;socks=b:2", "SOCKS5 [fe80::1%25eth0]:1", "https://a/ b", "HTTPS %41:1", "SOCKS4 x:1"} {
		f.Add(seed, "https")
	}
	f.Fuzz(func(t *testing.T, answer, scheme string) {
		if scheme != "http" {
			scheme = "https"
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		u := parsePAC(answer, scheme)
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20 {
			t.Fatalf("%d bytes were allocated", used)
		}
		if u == nil {
			return
		}
		n, err := strconv.Atoi(port(u))
		if err != nil || n < 1 || n > 65535 || u.Hostname() == "" || u.User != nil || u.Path != "" || u.RawQuery != "" {
			t.Fatalf("%q gave %#v", answer, u)
		}
		if strings.ContainsAny(u.Host, " \t\r\n@/?#\\") {
			t.Fatalf("%q gave the host %q", answer, u.Host)
		}
		again, err := url.Parse(u.String())
		if err != nil || again.Host != u.Host || again.Scheme != u.Scheme {
			t.Fatalf("%q gave %q, which reads as %v, %v", answer, u, again, err)
		}
	})
}

func TestFixedProxies(t *testing.T) {
	tests := []struct {
		proxies      map[string]string
		scheme, want string
	}{
		{map[string]string{"": "a.example:1"}, "https", "http://a.example:1"},
		{map[string]string{"": "a.example:1", "https": "b.example:2"}, "https", "http://b.example:2"},
		{map[string]string{"http": "a.example:1"}, "https", ""},
		{map[string]string{"socks": "a.example:1"}, "https", "socks5://a.example:1"},
		{map[string]string{"https": "https://a.example:1"}, "https", "https://a.example:1"},
		{nil, "http", ""},
	}
	for _, tt := range tests {
		got := ""
		if u := parsePAC(fixed(tt.proxies, tt.scheme), tt.scheme); u != nil {
			got = u.String()
		}
		if got != tt.want {
			t.Errorf("%v for %s: %q, not %q", tt.proxies, tt.scheme, got, tt.want)
		}
	}
}

func TestExceptions(t *testing.T) {
	tests := []struct {
		exceptions, url string
		want            bool
	}{
		{"", "https://crm.example.org", false},
		{"crm.example.org", "https://CRM.example.org.", true},
		{"*.example.org;other", "https://crm.example.org", true},
		{"*.example.org", "https://example.org", false},
		{".example.org", "https://example.org", true},
		{".example.org", "https://notexample.org", false},
		{"a, *.org", "https://crm.example.org:8443", true},
		{"<local>", "http://crm/x", true},
		{"<local>", "http://crm.example.org", false},
		{"<local>", "http://[fd00::1]", false},
		{"192.168.*", "http://192.168.1.2", true},
		{"192.168.*", "http://192.169.1.2", false},
		{"169.254/16", "http://169.254.1.2", true},
		{"10.0.0.0/8", "http://10.2.3.4", true},
		{"10.0.0.0/8", "http://11.2.3.4", false},
		{"10.0.0.0/8", "http://crm.example.org", false},
		{"fd00::/8", "http://[fd12::1]", true},
		{"https://crm.example.org", "https://crm.example.org", true},
		{"crm.example.org:8443", "https://crm.example.org:8443", true},
		{"crm.example.org:8443", "https://crm.example.org", false},
		{"c*m.*.org", "https://crm.example.org", true},
		{"a*a", "https://a", false},
		{"*", "https://anything.example", true},
		{"x/y", "https://anything.example", false},
	}
	for _, tt := range tests {
		u, err := url.Parse(tt.url)
		if err != nil {
			t.Fatal(err)
		}
		if got := bypassed(u, tt.exceptions); got != tt.want {
			t.Errorf("%q for %s: %v", tt.exceptions, tt.url, got)
		}
	}
	if _, ok := network("10/8"); !ok || !netip.MustParsePrefix("10.0.0.0/8").Contains(netip.MustParseAddr("10.1.1.1")) {
		t.Error("10/8 is not read")
	}
}
