package message

import (
	"slices"

	"hookbird/core"
	"hookbird/core/merge"
	"hookbird/core/value"
)

// text is a text of the webhook with its merge fields, ready to be filled in.
type text struct {
	*merge.Text
	where  string // its place in the webhook: "address", "header:1", "field:3", "template"
	secret func(name string) string
	hidden bool // secrets are in it
}

// fill appends the text, filled in from the record at hand.
func (t *text) fill(dst []byte, r *render) ([]byte, error) {
	r.where, r.scope.Secret = t.where, t.secret
	return t.Append(dst, &r.scope)
}

// text reads a text with merge fields, which may read these secrets.
func (c *compiler) text(where, typed string, place merge.Place, keys []core.NamedSecret) (*text, error) {
	if err := filledIn(typed); err != nil {
		return nil, err
	}
	parsed, err := merge.Parse(typed, place)
	if err != nil {
		return nil, err
	}
	texts := map[string]string{}
	for _, name := range parsed.Secrets() {
		if texts[name], err = c.key(name, keys); err != nil {
			return nil, err
		}
	}
	if !parsed.Fixed() {
		c.reads = true
	}
	secret := func(name string) string { return texts[name] }
	return &text{Text: parsed, where: where, secret: secret, hidden: len(texts) > 0}, nil
}

// key gives the text of a secret that a merge field names.
func (c *compiler) key(name string, keys []core.NamedSecret) (string, error) {
	for _, key := range keys {
		if key.Name == name {
			return c.secret(key.Secret)
		}
	}
	return "", unknownKey(name, keys)
}

// unknownKey says that there is no secret by a name.
func unknownKey(name string, keys []core.NamedSecret) error {
	if len(keys) == 0 {
		return wrong("There is no secret called [secret:%s] here. Add it below, or remove the field.", name)
	}
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = key.Name
	}
	if meant, ok := value.Suggest(name, names); ok {
		return wrong("There is no secret called [secret:%s]. Did you mean [secret:%s]?", name, meant)
	}
	slices.Sort(names)
	return wrong("There is no secret called [secret:%s]. There is [secret:%s].", name, names[0])
}

// secret gives a secret's text: its own for a real message, dots for one that is
// shown.
func (c *compiler) secret(s core.Secret) (string, error) {
	if c.reveal == nil {
		return core.Dots, nil
	}
	text, err := c.reveal(s)
	if err != nil {
		return "", err
	}
	if text != "" {
		c.secrets = append(c.secrets, text)
	}
	return text, nil
}
