package message

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/merge"
)

// MaxAddress is how long an address may be, in bytes.
const MaxAddress = 8000

// ParseAddress reads the address of a webhook: http or https, a host, and a path
// and query, in which merge fields may stand and of which all else is sent exactly
// as it is written. The URL it gives has the fields taken out; without any, it
// puts the address on the wire as it stands. CodeInvalid with a sentence that says
// what is wrong and, where that can be told, what is right.
func ParseAddress(address string) (*url.URL, error) {
	if err := checkTyped(address); err != nil {
		return nil, err
	}
	parsed, err := merge.Parse(address, merge.Address)
	if err != nil {
		return nil, err
	}
	plain := parsed.Sample("")
	if err := checkCharacters(address, plain); err != nil {
		return nil, err
	}
	scheme, rest, err := cutScheme(plain)
	if err != nil {
		return nil, err
	}
	u, parseErr := url.Parse(scheme + "://" + rest)
	if parseErr != nil {
		return nil, faultyAddress(rest)
	}
	if err := checkParts(u, rest); err != nil {
		return nil, err
	}
	return u, setLiteral(u, rest)
}

// HasFields tells whether merge fields stand in an address, so that it is another
// one for each record.
func HasFields(address string) bool {
	parsed, err := merge.Parse(address, merge.Address)
	return err == nil && parsed.Count() > 0
}

// checkTyped looks at an address as it was typed, whatever is a field in it.
func checkTyped(address string) error {
	switch {
	case strings.TrimSpace(address) == "":
		return wrong("Paste the web address that the other system shows. It starts with https://")
	case len(address) > MaxAddress:
		return wrong("This address is too long: it has %d characters, and %d are allowed.", len(address), MaxAddress)
	case strings.TrimSpace(address) != address:
		return wrong("This address has a space before or behind it. Remove it.")
	case !utf8.ValidString(address):
		return unseen()
	}
	return filledIn(address)
}

// checkCharacters looks for characters that no address holds. plain is the
// address without its fields, in which what is not ASCII is percent-encoded.
func checkCharacters(address, plain string) error {
	if strings.ContainsAny(plain, " \t\r\n") {
		return wrong("This address has a space in it. Remove it, or write %%20 where the other system wants one.")
	}
	for _, r := range address {
		if r == ' ' || unicode.IsPrint(r) {
			continue
		}
		if strings.ContainsRune(plain, r) || strings.Contains(plain, escapeNonASCII(string(r))) {
			return unseen()
		}
	}
	return nil
}

func unseen() error {
	return wrong("This address holds a character that cannot be seen. Copy it once more from the other system.")
}

// cutScheme takes the scheme off an address, or says what is wrong with it.
func cutScheme(address string) (scheme, rest string, err error) {
	before, rest, found := strings.Cut(address, "://")
	lower := strings.ToLower(before)
	switch {
	case found && (lower == "https" || lower == "http"):
		return lower, rest, nil
	case found && looksLikeHTTP(lower):
		return "", "", wrong("This address starts with %s://, which is probably a slip for https://", before)
	case found && isWord(lower):
		return "", "", wrong("This address starts with %s://, but Hookbird can only send to https:// and http://", before)
	}
	for _, scheme := range []string{"https", "http"} {
		for _, slip := range []string{scheme + ":/", scheme + ":", scheme + "//", scheme + ";//", scheme + "/"} {
			if strings.HasPrefix(strings.ToLower(address), slip) {
				return "", "", wrong("This address starts with %s, which should be %s://", slip, scheme)
			}
		}
	}
	return "", "", wrong("This address is missing https:// at the start.")
}

// looksLikeHTTP tells whether a scheme is a slip of the keyboard for https: made
// of its letters, with some missing, doubled or swapped.
func looksLikeHTTP(scheme string) bool {
	return len(scheme) >= 3 && len(scheme) <= 7 && strings.Trim(scheme, "htps") == ""
}

func isWord(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789+-.") == ""
}

// faultyAddress says why what follows the scheme cannot be read.
func faultyAddress(rest string) error {
	host, _, _ := strings.Cut(rest, "/")
	if _, port, err := net.SplitHostPort(host); err == nil && strings.Trim(port, "0123456789") != "" {
		return wrong("The part of this address behind the colon has to be a number, such as 8080.")
	}
	if i := strings.IndexByte(rest, '%'); i >= 0 {
		return wrong("This address holds a %% that is not followed by two hexadecimal digits. Write %%25 for a percent sign.")
	}
	return wrong("The name of the system in this address cannot be read. Copy the address once more from the other system.")
}

// checkParts looks at what an address that can be read says.
func checkParts(u *url.URL, rest string) error {
	switch {
	case u.User != nil:
		return wrong("This address has a user name or a password in it. Remove the part before the @.")
	case u.Hostname() == "":
		return wrong("This address names no system: something like crm.example.org is missing behind %s://", u.Scheme)
	case u.Fragment != "" || strings.Contains(rest, "#"):
		return wrong("The part of this address behind # is never sent. Remove it, or write %%23.")
	}
	if err := checkHost(u.Hostname()); err != nil {
		return err
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return wrong("The port %s in this address does not exist. Ports are numbers from 1 to 65535.", port)
		}
	}
	return checkClosed(requestTarget(rest))
}

// checkClosed refuses what closes a merge field that nothing opens.
func checkClosed(target string) error {
	for _, pair := range []string{"[]", "{}"} {
		opener, closer := pair[:1], pair[1:]
		if !strings.Contains(target, opener) && strings.Contains(target, closer) {
			return wrong("This address holds %s without a %s before it. A merge field is written like [Email]; where %s is part of the address, write %s.",
				closer, opener, closer, url.QueryEscape(closer))
		}
	}
	return nil
}

// checkHost refuses what can be no name of a system.
func checkHost(host string) error {
	if _, err := netip.ParseAddr(host); err == nil {
		return nil
	}
	if len(host) > 253 {
		return wrong("The name of the system in this address is too long.")
	}
	for label := range strings.SplitSeq(strings.TrimSuffix(host, "."), ".") {
		if label == "" {
			return wrong("The name of the system in this address, %s, has a dot too many.", host)
		}
		for _, r := range label {
			if r < 0x80 && !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", r) {
				return wrong("The name of the system in this address, %s, cannot hold %q.", host, string(r))
			}
		}
	}
	return nil
}

// requestTarget gives path and query of what follows the scheme.
func requestTarget(rest string) string {
	if i := strings.IndexAny(rest, "/?"); i >= 0 {
		return rest[i:]
	}
	return ""
}

// setLiteral makes u write path and query as they stand in the address, byte for
// byte; what is not ASCII, which HTTP cannot carry, is percent-encoded. There is
// one kind of path that a url.URL cannot write so.
func setLiteral(u *url.URL, rest string) error {
	path, query, hasQuery := strings.Cut(requestTarget(rest), "?")
	path, query = escapeNonASCII(path), escapeNonASCII(query)
	u.RawQuery, u.ForceQuery = query, hasQuery && query == ""
	switch {
	case path == "" || u.EscapedPath() == path:
	case strings.HasPrefix(path, "//"):
		return wrong("The path of this address begins with two slashes, and then some signs cannot be sent as they stand. Remove a slash, or percent-encode signs such as | and \".")
	default:
		u.Opaque = path
	}
	return nil
}

func escapeNonASCII(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if s[i] < 0x80 {
			b.WriteByte(s[i])
			continue
		}
		b.Write([]byte{'%', digits[s[i]>>4], digits[s[i]&15]})
	}
	return b.String()
}

// Loopback tells whether a URL leads to this computer itself.
func Loopback(u *url.URL) bool {
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

func wrong(format string, args ...any) *core.Error {
	return core.Errorf(core.CodeInvalid, format, args...)
}
