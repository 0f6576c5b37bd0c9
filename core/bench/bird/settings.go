package bird

import (
	"context"
	"maps"

	"hookbird/core"
	"hookbird/core/control"
)

// Settings is a settings file.
type Settings struct {
	Version  int    `json:"hookbird"`
	Sources  []Part `json:"sources,omitempty"`
	Webhooks []Part `json:"webhooks,omitempty"`
}

// Part is one source or webhook of a settings file, under the names that stand in
// the file.
type Part map[string]any

// DefaultSource is the id of the source that settings without any have.
const DefaultSource = "bench"

// filled is s with what every file needs.
func (s Settings) filled() Settings {
	s.Version = 1
	if len(s.Sources) == 0 {
		s.Sources = []Part{Local(DefaultSource, nil)}
	}
	return s
}

// Key is the key of a local source.
func Key(source string) string { return source + "-0123456789abcdef0123456789abcdef" }

// Local is a local source; more adds to it.
func Local(id string, more Part) Part {
	return with(Part{"id": id, "kind": "local", "name": id, "key": Key(id)}, more)
}

// Webhook is a webhook that sends each record as it came; more adds to it.
func Webhook(id, address string, more Part) Part {
	return with(Part{"id": id, "name": id, "address": address, "body": Part{"style": "json"}}, more)
}

func with(p, more Part) Part {
	maps.Copy(p, more)
	return p
}

// SetState turns a webhook of the running engine on, off or to paused.
func (b *Bird) SetState(webhook string, state core.State) error {
	return b.Ask(func(c *control.Client) error {
		return c.SetState(context.Background(), webhook, state, false)
	})
}
