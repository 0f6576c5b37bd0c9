package message

import (
	"fmt"

	"hookbird/core"
	"hookbird/core/merge"
)

// extraLine is a header line of the webhook's own.
type extraLine struct {
	Line
	text *text // nil: Value is the same for every message
}

func (c *compiler) extraLines(w *core.Webhook) ([]extraLine, error) {
	var lines []extraLine
	for i, h := range w.Headers {
		where := fmt.Sprintf("header:%d", i)
		line, err := c.extraLine(where, h, w)
		if err == nil {
			lines = append(lines, line)
		} else if err := c.wrong(where, err); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

func (c *compiler) extraLine(where string, h core.Header, w *core.Webhook) (extraLine, error) {
	line := extraLine{Line: Line{Name: h.Name}}
	err := orNil(checkHeaderName(h.Name), checkNotSigned(h.Name, &w.Sign), checkNotAuth(h.Name, w.Auth))
	if err != nil {
		return line, err
	}
	if !h.Secret.IsZero() {
		if line.Value, err = c.secret(h.Secret); err != nil {
			return line, err
		}
		return line, orNil(checkHeaderValue(h.Name, line.Value))
	}
	return c.typedLine(where, h, w.Keys)
}

// typedLine reads a header line whose value was typed.
func (c *compiler) typedLine(where string, h core.Header, keys []core.NamedSecret) (extraLine, error) {
	line := extraLine{Line: Line{Name: h.Name}}
	t, err := c.text(where, h.Value, merge.Header, keys)
	if err != nil {
		return line, err
	}
	if err := orNil(checkHeaderValue(h.Name, t.Sample("x"))); err != nil {
		return line, err
	}
	if !t.Fixed() {
		line.text = t
		return line, c.onlyOne(t)
	}
	value, err := t.Append(nil, &merge.Scope{Secret: t.secret})
	line.Value = string(value)
	return line, err
}

// extraLines gives the webhook's own header lines for a message.
func (b *Builder) extraLines(r *render) ([]Line, error) {
	lines := make([]Line, 0, len(b.extra))
	for _, extra := range b.extra {
		line := extra.Line
		if extra.text != nil {
			value, err := extra.text.fill(nil, r)
			if err != nil {
				if err := r.wrong(extra.text.where, err); err != nil {
					return nil, err
				}
				continue
			}
			line.Value = string(value)
		}
		lines = append(lines, line)
	}
	return lines, nil
}
