package settings

import (
	"fmt"

	"hookbird/assets"
	"hookbird/core"
	"hookbird/core/message"
)

// FromPreset makes a webhook half filled in, as a preset says: without id and
// address, and without a name unless the preset suggests one.
func FromPreset(preset assets.Preset) (*core.Webhook, error) {
	p := newParser("")
	root, err := p.tree(preset.Webhook)
	if err != nil {
		return nil, fmt.Errorf("preset %s: %w", preset.ID, err)
	}
	w := &core.Webhook{}
	known := p.webhookFields(w)
	for _, name := range []string{"id", "preset", "address", "state"} {
		delete(known, name)
	}
	if p.object(root, "webhook", known) {
		p.addAll("", message.Validate(completed(w)))
	}
	if err := p.result(); err != nil {
		return nil, fmt.Errorf("preset %s: %w", preset.ID, err)
	}
	if preset.ID != assets.Other {
		w.Preset = preset.ID
	}
	return w, nil
}

// completed is w with what its owner has yet to fill in.
func completed(w *core.Webhook) *core.Webhook {
	c := w.Clone()
	c.Name, c.Address = "name", "https://example.org/"
	return c
}
