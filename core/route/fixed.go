package route

// fixed gives the proxy for a scheme out of the fixed ones of this computer's
// settings, which are named by scheme, "" for all; as parsePAC reads it.
func fixed(proxies map[string]string, scheme string) string {
	for _, name := range []string{scheme, ""} {
		if proxy := proxies[name]; proxy != "" {
			return proxy
		}
	}
	if proxy := proxies["socks"]; proxy != "" {
		return "socks=" + proxy
	}
	return ""
}
