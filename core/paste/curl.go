package paste

import (
	"regexp"
	"strings"
)

// command is what a curl line asks for.
type command struct {
	address  string
	method   string
	headers  []string
	data     []datum
	parts    []string // of a multipart form
	user     string
	query    []string
	json     bool
	get      bool
	insecure bool
}

// datum is one of the texts that a curl line sends.
type datum struct {
	text   string
	encode bool // it is a name=value whose value is not encoded yet
}

// start finds the command curl at the beginning of a line, behind a prompt and the
// like.
var start = regexp.MustCompile(`(?m)^[ \t]*(?:(?:[$>#%]|PS [^>\n]*>)[ \t]*)?(?:[A-Za-z_]\w*=\S*[ \t]+)*(?:sudo[ \t]+)?(?:"?\S*[/\\])?curl(?:\.exe)?"?[ \t]`)

// readCurl reads a curl line.
func readCurl(g *Guess, text string) bool {
	at := start.FindStringIndex(text + " ")
	if at == nil {
		return false
	}
	text = text[min(at[1], len(text)):]
	split := words
	if isWindows(text) {
		split = windowsWords
	}
	c := parseCommand(split(text))
	if c.address == "" && len(c.data) == 0 && len(c.headers) == 0 {
		g.say("This curl line holds no web address. Copy all of it, with the lines below.")
		return true
	}
	g.Kind = Curl
	g.command(c)
	return true
}

// parseCommand reads the words behind curl.
func parseCommand(list []string) *command {
	c := &command{}
	for i := 0; i < len(list); i++ {
		text := list[i]
		next := func() string {
			if i++; i < len(list) {
				return list[i]
			}
			return ""
		}
		switch {
		case strings.HasPrefix(text, "--") && len(text) > 2:
			c.long(text[2:], next)
		case strings.HasPrefix(text, "-") && len(text) > 1:
			c.short(text[1:], next)
		case c.address == "" && strings.ContainsAny(text, ".:/") || !strings.Contains(c.address, "://") && strings.Contains(text, "://"):
			c.address = text
		}
	}
	return c
}

// long reads an option by its long name. A value may stand behind an equals sign.
func (c *command) long(name string, next func() string) {
	name, inline, has := strings.Cut(name, "=")
	do, known := options[name]
	switch {
	case !known && !has && skipped[name]:
		_ = next()
	case !known:
	case do.arg == nil:
		do.flag(c)
	case has:
		do.arg(c, inline)
	default:
		do.arg(c, next())
	}
}

// short reads options of one letter, which may stand together; the value of the
// last may touch it: -sXPOST.
func (c *command) short(letters string, next func() string) {
	for i, r := range letters {
		name := shortNames[r]
		do, known := options[name]
		rest := letters[i+len(string(r)):]
		switch {
		case known && do.arg == nil:
			do.flag(c)
			continue
		case !known && !strings.ContainsRune(skippedShort, r):
			continue
		case rest == "":
			rest = next()
		}
		if known {
			do.arg(c, rest)
		}
		return
	}
}

// option is one that says something about a webhook.
type option struct {
	flag func(c *command)
	arg  func(c *command, text string)
}

var options = map[string]option{
	"request":        {arg: func(c *command, text string) { c.method = strings.ToUpper(text) }},
	"url":            {arg: func(c *command, text string) { c.address = text }},
	"header":         {arg: func(c *command, text string) { c.headers = append(c.headers, text) }},
	"data":           {arg: (*command).send},
	"data-ascii":     {arg: (*command).send},
	"data-binary":    {arg: (*command).send},
	"data-raw":       {arg: (*command).send},
	"data-urlencode": {arg: func(c *command, text string) { c.data = append(c.data, datum{text, true}) }},
	"json": {arg: func(c *command, text string) {
		c.json = true
		c.send(text)
	}},
	"form":          {arg: func(c *command, text string) { c.parts = append(c.parts, text) }},
	"form-string":   {arg: func(c *command, text string) { c.parts = append(c.parts, text) }},
	"user":          {arg: func(c *command, text string) { c.user = text }},
	"oauth2-bearer": {arg: func(c *command, text string) { c.headers = append(c.headers, "Authorization: Bearer "+text) }},
	"url-query":     {arg: func(c *command, text string) { c.query = append(c.query, text) }},
	"upload-file": {arg: func(c *command, text string) {
		c.send("@" + text)
		c.method = orElse(c.method, "PUT")
	}},
	"get":      {flag: func(c *command) { c.get = true }},
	"head":     {flag: func(c *command) { c.method = "HEAD" }},
	"insecure": {flag: func(c *command) { c.insecure = true }},
}

func (c *command) send(text string) { c.data = append(c.data, datum{text: text}) }

// shortNames are the letters of those options.
var shortNames = map[rune]string{
	'X': "request", 'H': "header", 'd': "data", 'F': "form", 'u': "user", 'T': "upload-file", 'G': "get", 'I': "head", 'k': "insecure",
}

// Options that say nothing about a webhook, but have a value that must not be taken
// for the address.
const skippedShort = "AbcCDeEhKmoPQrtUwxyYz"

var skipped = func() map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(`aws-sigv4 cacert capath cert cert-type ciphers connect-timeout connect-to continue-at
		cookie cookie-jar crlfile curves dns-interface dns-servers doh-url dump-header engine etag-compare etag-save expect100-timeout
		happy-eyeballs-timeout-ms interface keepalive-time key key-type limit-rate local-port login-options max-filesize max-redirs
		max-time netrc-file noproxy output output-dir pass pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-user
		range rate referer request-target resolve retry retry-delay retry-max-time speed-limit speed-time stderr time-cond tls-max
		tls13-ciphers trace trace-ascii unix-socket user-agent variable write-out`) {
		set[name] = true
	}
	return set
}()

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
