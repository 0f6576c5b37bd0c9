package settings

import (
	"strconv"
	"strings"

	"hookbird/core"
	"hookbird/core/merge"
	"hookbird/core/message"
)

// askFields are those of a request whose answer is read.
func (p *parser) askFields(a *core.Ask) fields {
	return fields{
		"method":  func(n *node) { a.Method = p.choice(n, "GET", "POST") },
		"address": func(n *node) { a.Address = p.text(n) },
		"headers": func(n *node) {
			p.list(n, func(n *node) { a.Headers = append(a.Headers, p.header(n)) })
		},
		"secrets":           func(n *node) { a.Keys = p.named(n) },
		"body":              func(n *node) { a.Body = p.text(n) },
		"content_type":      func(n *node) { a.Type = p.text(n) },
		"auth":              func(n *node) { a.Auth = p.auth(n) },
		"proxy":             func(n *node) { a.Network.Proxy = p.proxy(n) },
		"private_addresses": func(n *node) { a.Network.NoPrivate = p.noPrivate(n) },
		"tls":               func(n *node) { p.tls(n, &a.CAFile, &a.Network) },
		"timeout":           func(n *node) { a.Timeout = p.duration(n) },
	}
}

// askNeeds marks the named secrets that a request reads and the file leaves out.
func (p *parser) askNeeds(n *node, a *core.Ask) {
	texts := []string{a.Address, a.Body}
	for _, h := range a.Headers {
		texts = append(texts, h.Value)
	}
	a.Keys = p.withLeftOut(a.Keys, n.pointer("secrets"), texts)
}

func (p *printer) ask(a *core.Ask) outAsk {
	return outAsk{
		Method: a.Method, Address: a.Address, Headers: p.headers(a.Headers), Secrets: p.named(a.Keys), Body: a.Body, ContentType: a.Type,
		Auth: p.auth(a.Auth), Proxy: p.proxy(a.Network.Proxy), Private: privately(a.Network), TLS: tlsOf(a.CAFile, a.Network),
		Timeout: lasting(a.Timeout),
	}
}

// ask looks at a request as at the message of a webhook.
func (c *checker) ask(at string, a *core.Ask) {
	switch {
	case a.Method != "" && a.Method != "GET" && a.Method != "POST":
		c.add(at+"/method", "A service is asked with GET or POST, but not with %s.", quoted(a.Method))
	case a.Method == "GET" && a.Body != "":
		c.add(at+"/method", "With GET nothing is sent along. Choose POST, or remove the text.")
	}
	if a.Type != "" && a.Body == "" {
		c.add(at+"/content_type", "A kind of data goes with a text that is sent along. Type the text, or remove the kind.")
	}
	w := a.Webhook()
	w.Name = "a request" // which has none
	for _, e := range message.Validate(w) {
		if where, ok := askPlace(e.Where); ok {
			c.errs = append(c.errs, e.At(at+where))
		}
	}
}

// askPlace gives the place in a request of what is wrong with its message; ok is
// false for what is said of another place.
func askPlace(where string) (place string, ok bool) {
	switch {
	case where == "/body/template":
		return "/body", true
	case where == "/body/content_type":
		return "/content_type", true
	case where == "/method" || strings.HasPrefix(where, "/body/"):
		return "", false
	}
	return where, true
}

// texts visits the texts of a request in which merge fields may stand, with their
// places.
func texts(a *core.Ask, visit func(at, text string, place merge.Place)) {
	visit("/address", a.Address, merge.Address)
	for i, h := range a.Headers {
		visit("/headers/"+strconv.Itoa(i)+"/value", h.Value, merge.Header)
	}
	visit("/body", a.Body, message.PlaceOf(message.TemplateType(&a.Webhook().Body)))
}

// lastField is the field that a request of a web source can read: from when on it
// asks.
const lastField = "last"

// asksLast tells whether a request asks for what is there from some time on.
func asksLast(a *core.Ask) bool {
	found := false
	texts(a, func(_, text string, place merge.Place) {
		for _, path := range fieldsOf(text, place) {
			found = found || isLast(path)
		}
	})
	return found
}

func isLast(path string) bool { return strings.EqualFold(strings.Trim(path, `"`), lastField) }

// fieldsOf gives the fields of a record that a text reads; none if it cannot be read.
func fieldsOf(text string, place merge.Place) []string {
	t, err := merge.Parse(text, place)
	if err != nil {
		return nil
	}
	var all []string
	for _, use := range t.Paths() {
		all = append(all, use.Path)
	}
	return all
}

// onlyLast refuses fields of a record where there is none yet.
func (c *checker) onlyLast(a *core.Ask) {
	texts(a, func(at, text string, place merge.Place) {
		for _, path := range fieldsOf(text, place) {
			if !isLast(path) {
				c.add(at, "There is no record yet when a service is asked for some, so that [%.40s] stands for nothing. [last] is from when on to ask, and [@today] the day.", path)
				return
			}
		}
	})
}
