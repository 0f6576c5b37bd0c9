package paste

import (
	"slices"
	"strings"

	"hookbird/core"
)

// methods are those that a webhook can send with.
var methods = []string{"POST", "GET", "PUT", "PATCH", "DELETE"}

// command takes over what a curl line asks for.
func (g *Guess) command(c *command) {
	if c.get {
		for _, d := range c.data {
			c.query = append(c.query, d.query())
		}
		c.data = nil
	}
	if c.address != "" {
		g.to(withQuery(c.address, c.query))
	} else {
		g.say("That line holds no web address. Type it.")
	}
	g.method(c)
	if c.user != "" {
		g.login(c.user)
	}
	kind := g.headers(c.headers)
	if c.json && kind == "" {
		kind = "application/json"
	}
	g.data(c, kind)
	if c.insecure {
		g.say("That line does not check who the other system is (-k). Hookbird always does.")
	}
}

// method takes over how it is sent: as the line says, else by what it sends.
func (g *Guess) method(c *command) {
	method := c.method
	switch {
	case method != "":
	case !c.get && len(c.data)+len(c.parts) > 0:
		method = "POST"
	default:
		method = "GET"
	}
	if !slices.Contains(methods, method) {
		g.say("It is sent in a way that Hookbird does not know. Choose POST unless their help page says otherwise.")
		return
	}
	g.Method = method
}

// login takes a user with a password over, unless the password has to be asked for.
func (g *Guess) login(pair string) {
	_, password, found := strings.Cut(pair, ":")
	if found && (password == "" || !standsIn(password)) && !standsIn(pair) {
		g.user(pair)
		return
	}
	g.setHeader(core.Header{Name: "Authorization", Secret: core.MissingSecret()})
	g.say("A user and a password are needed. Type them for the header line Authorization.")
}

// data takes over what a curl line sends.
func (g *Guess) data(c *command, kind string) {
	switch {
	case len(c.parts) > 0:
		g.multipart(c.parts)
	case len(c.data) == 0:
		if g.Method == "GET" || g.Method == "DELETE" {
			g.Body.Style = core.BodyNone
		}
	case g.Method == "GET":
		g.Body.Style = core.BodyNone
		g.say("That line sends data with GET. Hookbird sends none with GET: choose POST if their help page allows it.")
	case strings.HasPrefix(c.data[0].text, "@") && !c.data[0].encode:
		g.say("What it sends stands in a file. Paste that too.")
	default:
		g.body(c.data, kind)
	}
}

// body takes over the data of a curl line: JSON, a form, or else a text.
func (g *Guess) body(data []datum, kind string) {
	var texts []string
	for _, d := range data {
		texts = append(texts, d.text)
	}
	text := strings.TrimFunc(strings.Join(texts, "&"), isBlank)
	if text == "" {
		return
	}
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") || strings.Contains(kind, "json") {
		if v, _, err := parseJSON(text); err == nil {
			g.json(v)
			return
		}
		if strings.Contains(kind, "json") {
			g.Body.Style = core.BodyJSON
			g.say("It sends JSON that cannot be read. Type the names of the fields.")
			return
		}
	}
	if kind == "" || strings.Contains(kind, "form-urlencoded") {
		if pairs, ok := dataPairs(data); ok {
			g.form(pairs)
			return
		}
	}
	g.Body.Style, g.Body.Template, g.Body.ContentType = core.BodyTemplate, literal(text), kind
	g.say("It sends a text of its own. Put merge fields such as [First Name] where values stand, and keep keys out of it.")
}

// dataPairs splits the data of a form.
func dataPairs(data []datum) (pairs []pair, ok bool) {
	for _, d := range data {
		if d.encode {
			name, value, _ := strings.Cut(d.text, "=")
			pairs = append(pairs, pair{name, value})
			continue
		}
		more, ok := formPairs(d.text)
		if !ok {
			return nil, false
		}
		pairs = append(pairs, more...)
	}
	return pairs, len(pairs) > 0
}

// query gives a datum as part of an address.
func (d datum) query() string {
	name, value, found := strings.Cut(d.text, "=")
	if !d.encode || !found {
		return d.text
	}
	return name + "=" + strings.ReplaceAll(value, " ", "%20")
}

// withQuery hangs parts of a query on an address.
func withQuery(address string, query []string) string {
	for _, part := range query {
		mark := "?"
		if strings.Contains(address, "?") {
			mark = "&"
		}
		address += mark + part
	}
	return address
}

// multipart takes the parts of a multipart form over. Files cannot be sent.
func (g *Guess) multipart(parts []string) {
	g.Body.Style = core.BodyMultipart
	said := len(g.Said)
	for _, part := range parts {
		name, value, _ := strings.Cut(part, "=")
		if strings.HasPrefix(value, "@") || strings.HasPrefix(value, "<") {
			g.say("The field %s is a file, which cannot be sent. It is left out.", shown(name))
			continue
		}
		g.field(name, strings.Trim(value, `"`))
	}
	g.sayFirst(said, "It is sent as a multipart form with "+count(len(g.Body.Fields), "field")+".")
}
