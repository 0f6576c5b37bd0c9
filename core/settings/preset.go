package settings

import (
	"fmt"
	"regexp"
	"strings"

	"hookbird/assets"
	"hookbird/core"
	"hookbird/core/message"
	"hookbird/core/sign"
)

// FromPreset makes a webhook half filled in, as a preset says: without id, and
// without name and address unless the preset suggests them. What its owner has
// yet to fill in is marked ‹like this› in address, header values, templates and
// fixed values; a secret that he has yet to type is core.MissingSecret. One that
// the preset asks to generate is new each time.
func FromPreset(preset assets.Preset) (*core.Webhook, error) {
	p := newParser("")
	root, err := p.tree(preset.Webhook)
	if err != nil {
		return nil, fmt.Errorf("preset %s: %w", preset.ID, err)
	}
	w := &core.Webhook{}
	known := p.webhookFields(w)
	for _, name := range []string{"id", "preset", "state"} {
		delete(known, name)
	}
	object := p.object(root, "webhook", known)
	if preset.ID != assets.Other {
		w.Preset = preset.ID
	}
	if object {
		forget(w) // nothing is stored of it
		p.addAll("", message.Validate(completed(w)))
	}
	if err := p.result(); err != nil {
		return nil, fmt.Errorf("preset %s: %w", preset.ID, err)
	}
	w.Secrets(func(_ string, s *core.Secret) {
		switch *s {
		case sealed:
			*s = core.MissingSecret()
		case newOnce:
			*s = core.NewSecret(sign.NewSecret())
		}
	})
	return w, nil
}

// mark is what the owner of a preset's webhook has yet to fill in.
var mark = regexp.MustCompile(`‹[^‹›]*›`)

// completed is w with what its owner has yet to fill in.
func completed(w *core.Webhook) *core.Webhook {
	c := w.Clone()
	if c.Name == "" {
		c.Name = "name"
	}
	if at := mark.FindStringIndex(c.Address); c.Address == "" || at != nil && at[0] == 0 {
		c.Address = "https://example.org/" + strings.TrimLeft(mark.ReplaceAllString(c.Address, "1"), "/")
	}
	texts := []*string{&c.Address, &c.Body.Template}
	for i := range c.Headers {
		texts = append(texts, &c.Headers[i].Value)
	}
	for i := range c.Body.Fields {
		texts = append(texts, &c.Body.Fields[i].Value, &c.Body.Fields[i].Template)
	}
	for _, text := range texts {
		*text = mark.ReplaceAllString(*text, "1") // which can stand wherever a mark can
	}
	return c
}
