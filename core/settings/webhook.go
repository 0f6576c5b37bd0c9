package settings

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"hookbird/core"
	"hookbird/core/message"
)

// webhook reads one webhook and checks it as a whole.
func (p *parser) webhook(n *node) *core.Webhook {
	w := &core.Webhook{}
	if !p.object(n, "webhook", p.webhookFields(w)) {
		return w
	}
	p.needs(n, w)
	p.addAll(n.at(), message.Validate(w))
	return w
}

func (p *parser) webhookFields(w *core.Webhook) fields {
	return fields{
		"id":                func(n *node) { w.ID = p.id(n) },
		"name":              func(n *node) { w.Name = p.text(n) },
		"preset":            func(n *node) { w.Preset = p.preset(n) },
		"state":             func(n *node) { w.State = core.State(p.choice(n, "on", "paused", "off")) },
		"paused_until":      func(n *node) { w.Until = p.time(n) },
		"address":           func(n *node) { w.Address = p.text(n) },
		"method":            func(n *node) { w.Method = p.choice(n, "POST", "GET", "PUT", "PATCH", "DELETE") },
		"https_only":        func(n *node) { w.HTTPSOnly = p.flag(n) },
		"tls":               func(n *node) { p.tls(n, &w.CAFile, &w.Network) },
		"proxy":             func(n *node) { w.Network.Proxy = p.proxy(n) },
		"private_addresses": func(n *node) { w.Network.NoPrivate = p.noPrivate(n) },
		"auth":              func(n *node) { w.Auth = p.auth(n) },
		"events":            func(n *node) { w.Events = p.texts(n) },
		"sources":           func(n *node) { w.Sources = p.texts(n) },
		"filter":            func(n *node) { w.Filter = p.text(n) },
		"headers": func(n *node) {
			p.list(n, func(n *node) { w.Headers = append(w.Headers, p.header(n)) })
		},
		"secrets":  func(n *node) { w.Keys = p.named(n) },
		"body":     func(n *node) { w.Body = p.body(n) },
		"send":     func(n *node) { w.Send = p.send(n) },
		"sign":     func(n *node) { w.Sign = p.sign(n) },
		"accept":   func(n *node) { w.Accept = p.accept(n) },
		"answer":   func(n *node) { w.Answer = p.answer(n) },
		"timeout":  func(n *node) { w.Timeout = p.duration(n) },
		"retry":    func(n *node) { w.Retry = p.retry(n) },
		"parallel": func(n *node) { w.Parallel = p.whole(n, 1, core.MaxParallel) },
		"pace":     func(n *node) { w.Pace = p.pace(n) },
		"order":    func(n *node) { w.Order = p.order(n) },
		"brake":    func(n *node) { w.Brake = p.brake(n) },
	}
}

// id reads the id of a source or webhook: any text by which a person can tell it
// from others.
func (p *parser) id(n *node) string {
	id := p.text(n)
	if id != "" {
		p.addAll(n.at(), checkID(id))
	}
	return id
}

func (p *parser) header(n *node) core.Header {
	var h core.Header
	p.object(n, "header", fields{
		"name":   func(n *node) { h.Name = p.text(n) },
		"value":  func(n *node) { h.Value = p.text(n) },
		"secret": func(n *node) { h.Secret = p.secret(n) },
	})
	if n.get("value") == nil && n.get("secret") == nil {
		h.Secret = leftOut
	}
	p.oneOf(n, "A header line has a value or a secret value, but not both.", "value", "secret")
	return h
}

// oneOf refuses an object that has more than one of some names.
func (p *parser) oneOf(n *node, sentence string, names ...string) {
	found := 0
	for _, name := range names {
		if n.get(name) != nil {
			found++
		}
	}
	if found > 1 {
		p.wrong(n.at(), "%s", sentence)
	}
}

// accept reads which answers are good: "2xx", or a list of codes and ranges.
func (p *parser) accept(n *node) core.Accept {
	if s, ok := n.value.(string); ok {
		if s != "2xx" {
			p.wrong(n.at(), `This is "2xx" for any good answer, or a list such as [204] or ["200-204"].`)
		}
		return nil
	}
	var a core.Accept
	p.list(n, func(n *node) { a = append(a, p.codes(n)) })
	if n.list && len(n.children) == 0 {
		p.wrong(n.at(), `With an empty list no answer would be good. Write "2xx" for any good answer.`)
	}
	return a
}

// codes reads one status code, or a range of them.
func (p *parser) codes(n *node) core.CodeRange {
	var text string
	switch v := n.value.(type) {
	case json.Number:
		text = v.String()
	case string:
		text = v
	}
	first, last, isRange := strings.Cut(text, "-")
	from, err := strconv.ParseUint(first, 10, 16)
	to := from
	if err == nil && isRange {
		to, err = strconv.ParseUint(last, 10, 16)
	}
	if err != nil {
		p.wrong(n.at(), `This is a status code such as 204, or a range such as "200-204".`)
		return core.CodeRange{From: 200, To: 299}
	}
	return core.CodeRange{From: int(from), To: int(to)}
}

// joined lists names in a sentence.
func joined(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return fmt.Sprintf("%s and %s", strings.Join(names[:last], ", "), names[last])
}
