package paste

import (
	"regexp"
	"strings"
)

// bare is a web address alone on its line, the method in front of it or not.
var bare = regexp.MustCompile(`(?i)^(?:(GET|POST|PUT|PATCH|DELETE)\s+)?((?:https?://[^\s/?#]\S*)|(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?/\S*)$`)

// readAddress reads a web address, with or without https:// in front.
func readAddress(g *Guess, text string) bool {
	found := bare.FindStringSubmatch(strings.Trim(text, `"'<>`))
	if found == nil {
		return false
	}
	g.Kind = Address
	g.Method = strings.ToUpper(found[1])
	g.to(found[2])
	return true
}

// to takes an address over. A user and a password in it become a header line.
func (g *Guess) to(address string) {
	address = strings.TrimFunc(address, isBlank)
	if !strings.Contains(address, "://") {
		address = "https://" + address
		g.say("The web address had no https:// in front. It was put there.")
	}
	scheme, rest, _ := strings.Cut(address, "://")
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	host, rest := rest[:end], rest[end:]
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		g.user(unescape(host[:at]))
		host = host[at+1:]
	}
	rest, _, _ = strings.Cut(rest, "#") // what stands behind it never leaves a browser
	if host == "" {
		g.say("The web address names no system. Type it.")
		return
	}
	g.Address = strings.ToLower(scheme) + "://" + host + literalNames(rest)
	g.say("It goes to %s.", shown(host))
}

// literalNames keeps the brackets in names of a query, such as filter[email]=, from
// being read as merge fields. Those of values stay merge fields.
func literalNames(rest string) string {
	path, query, found := strings.Cut(rest, "?")
	if !found {
		return rest
	}
	parts := strings.Split(query, "&")
	for i, part := range parts {
		if name, value, ok := strings.Cut(part, "="); ok {
			parts[i] = strings.ReplaceAll(name, "[", `\[`) + "=" + value
		}
	}
	return path + "?" + strings.Join(parts, "&")
}

// literal keeps what looks like a merge field in a text from being read as one.
func literal(text string) string {
	return strings.NewReplacer("[", `\[`, "${", `\${`).Replace(text)
}
