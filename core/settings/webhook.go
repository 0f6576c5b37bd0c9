package settings

import (
	"encoding/json"
	"fmt"
	"regexp"
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
	p.address(n, w)
	if w.Preset == presetSecuTix && w.HTTPMethod() == "GET" {
		p.wrong(n.pointer("method"), "With GET, SecuTix needs the contact's number in the address, where this version of Hookbird cannot put it. Use POST.")
	}
	p.addAll(n.at, message.Validate(w))
	return w
}

// presetSecuTix is the known system with a rule about GET.
const presetSecuTix = "secutix-contact-v1"

func (p *parser) webhookFields(w *core.Webhook) fields {
	return fields{
		"id":         func(n *node) { w.ID = p.id(n) },
		"name":       func(n *node) { w.Name = p.text(n) },
		"preset":     func(n *node) { w.Preset = p.preset(n) },
		"state":      func(n *node) { w.State = core.State(p.choice(n, "on", "paused", "off")) },
		"address":    func(n *node) { w.Address = p.text(n) },
		"method":     func(n *node) { w.Method = p.choice(n, "POST", "GET", "PUT", "PATCH", "DELETE") },
		"https_only": func(n *node) { w.HTTPSOnly = p.flag(n) },
		"tls": func(n *node) {
			p.object(n, "tls", fields{"ca_file": func(n *node) { w.CAFile = p.path(n) }})
		},
		"events":  func(n *node) { w.Events = p.texts(n) },
		"sources": func(n *node) { w.Sources = p.texts(n) },
		"headers": func(n *node) {
			p.list(n, func(n *node) { w.Headers = append(w.Headers, p.header(n)) })
		},
		"body":     func(n *node) { w.Body = p.body(n) },
		"accept":   func(n *node) { w.Accept = p.accept(n) },
		"timeout":  func(n *node) { w.Timeout = p.duration(n) },
		"retry":    func(n *node) { w.Retry = p.retry(n) },
		"parallel": func(n *node) { w.Parallel = p.whole(n, 1, core.MaxParallel) },
	}
}

// id reads the id of a source or webhook: any text by which a person can tell it
// from others.
func (p *parser) id(n *node) string {
	id := p.text(n)
	if id != "" {
		p.addAll(n.at, checkID(id))
	}
	return id
}

var mergeField = regexp.MustCompile(`\[[^\]/?]*\]|\$\{[^}]*\}`)

// address refuses fields in an address in words of its own. Brackets in front
// of the path are those of IPv6.
func (p *parser) address(n *node, w *core.Webhook) {
	_, rest, _ := strings.Cut(w.Address, "://")
	if i := strings.IndexAny(rest, "/?"); i < 0 || !mergeField.MatchString(rest[i:]) {
		return
	}
	p.wrong(n.pointer("address"), "This version of Hookbird sends every record to the same address: it cannot put fields of a record into it.")
}

func (p *parser) header(n *node) core.Header {
	var h core.Header
	p.object(n, "header", fields{
		"name":   func(n *node) { h.Name = p.text(n) },
		"value":  func(n *node) { h.Value = p.text(n) },
		"secret": func(n *node) { h.Secret = p.secret(n) },
	})
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
		p.wrong(n.at, "%s", sentence)
	}
}

// laterStyles are the packings that this version does not have.
var laterStyles = map[string]string{
	"json-list": `This version of Hookbird cannot send lists. Take "json", which sends each record by itself.`,
	"template":  noTemplates,
	"multipart": `This version of Hookbird cannot send multipart forms. Take "form" if the other system takes it.`,
}

func (p *parser) body(n *node) core.Body {
	var b core.Body
	if style := n.get("style"); style != nil {
		name, _ := style.value.(string)
		if sentence, ok := laterStyles[name]; ok {
			p.wrong(style.at, "%s", sentence) // what goes with it needs no sentence each
			return b
		}
	}
	p.object(n, "body", fields{
		"style": func(n *node) { b.Style = core.BodyStyle(p.choice(n, "form", "json", "none")) },
		"fields": func(n *node) {
			p.list(n, func(n *node) { b.Fields = append(b.Fields, p.field(n)) })
		},
	})
	return b
}

func (p *parser) field(n *node) core.Field {
	var f core.Field
	p.object(n, "field", fields{
		"name":       func(n *node) { f.Name = p.text(n) },
		"from":       func(n *node) { f.From = p.text(n) },
		"value":      func(n *node) { f.Value = p.text(n) },
		"secret":     func(n *node) { f.Secret = p.secret(n) },
		"omit_empty": func(n *node) { f.OmitEmpty = p.flag(n) },
	})
	p.oneOf(n, "A field has one of three: \"from\" a field of the record, a fixed \"value\", or a \"secret\".", "from", "value", "secret")
	return f
}

// accept reads which answers are good: "2xx", or a list of codes and ranges.
func (p *parser) accept(n *node) core.Accept {
	if s, ok := n.value.(string); ok {
		if s != "2xx" {
			p.wrong(n.at, `This is "2xx" for any good answer, or a list such as [204] or ["200-204"].`)
		}
		return nil
	}
	var a core.Accept
	p.list(n, func(n *node) { a = append(a, p.codes(n)) })
	if n.list && len(n.items) == 0 {
		p.wrong(n.at, `With an empty list no answer would be good. Write "2xx" for any good answer.`)
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
		p.wrong(n.at, `This is a status code such as 204, or a range such as "200-204".`)
		return core.CodeRange{From: 200, To: 299}
	}
	return core.CodeRange{From: int(from), To: int(to)}
}

// retry reads a plan by its name, or as an object in one of its three forms.
func (p *parser) retry(n *node) core.RetryPlan {
	var plan core.RetryPlan
	if name, ok := n.value.(string); ok {
		plan.Name = name
		if name == "" {
			p.wrong(n.at, "The name of the plan is missing.")
		}
		return plan
	}
	p.object(n, "retry", fields{
		"plan":   func(n *node) { plan.Name = p.text(n) },
		"every":  func(n *node) { plan.Every = p.duration(n) },
		"times":  func(n *node) { plan.Times = p.whole(n, 1, maxTries) },
		"delays": func(n *node) { p.list(n, func(n *node) { plan.Delays = append(plan.Delays, p.duration(n)) }) },
		"on_refusal": func(n *node) {
			plan.OnRefusal = p.choice(n, "stop", "retry") == "retry"
		},
	})
	for _, pair := range [][2]string{{"every", "times"}, {"times", "every"}} {
		if n.get(pair[0]) != nil && n.get(pair[1]) == nil {
			p.wrong(n.at, "With %q goes %q: {\"every\": \"15m\", \"times\": 12}.", pair[0], pair[1])
		}
	}
	return plan
}

// joined lists names in a sentence.
func joined(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return fmt.Sprintf("%s and %s", strings.Join(names[:last], ", "), names[last])
}
