package wizard

import (
	"net/url"
	"slices"
	"strings"

	"hookbird/assets"
	"hookbird/core"
	"hookbird/core/message"
	"hookbird/core/paste"
	"hookbird/core/settings"
	"hookbird/gui/mapping"
)

// draft is the webhook that the steps put together. It keeps what was typed as it
// was typed; webhook makes of it what is saved.
type draft struct {
	preset  assets.Preset
	base    core.Webhook // of the preset, with its marks and without its keys
	said    []string     // about a text that was pasted
	id      string       // of the stored webhook, "" before it is first saved
	version uint64       // its revision
	typed   bool         // since it was last saved

	address string // where the preset has none
	name    string
	named   bool                    // by hand, so that the name no longer follows the address
	meant   map[*mapping.Row]string // the field that the preset would have taken
	values  map[string]string       // by what they are typed for: a mark, or the place of a secret
	key     key
	sources []string
	rows    mapping.Rows
}

// newDraft begins a webhook for a system.
func newDraft(p assets.Preset) (*draft, error) {
	w, err := settings.FromPreset(p)
	if err != nil {
		return nil, err
	}
	w.State, w.Brake = core.StateOff, core.UsualBrake
	d := &draft{preset: p, base: *w, values: map[string]string{}, meant: map[*mapping.Row]string{}, rows: mapping.RowsOfFields(w.Body.Fields)}
	d.key.begin(w)
	return d, nil
}

// take takes over what a pasted text says.
func (d *draft) take(g paste.Guess) {
	if d.preset.ID != assets.Other { // whose webhook is known better than a text tells it
		d.said = []string{"This is an address of " + d.preset.Name + ". The rest is filled in the way it is wanted there."}
		if d.ownAddress() {
			d.address = g.Address
		}
		return
	}
	d.said = g.Said
	if g.Address != "" {
		d.address = g.Address
		d.follow()
	}
	if g.Method != "" {
		d.base.Method = g.Method
	}
	d.base.Headers = append(d.base.Headers, g.Headers...)
	if g.Body.Style != "" || len(g.Body.Fields) > 0 {
		style := d.base.Body.Style
		d.base.Body = g.Body
		if g.Body.Style == "" {
			d.base.Body.Style = style
		}
	}
	d.base.Secrets(func(place string, s *core.Secret) { // to be seen on the step that asks for keys
		if text, typed := s.Text(); typed {
			d.values[place], *s = text, core.MissingSecret()
		}
	})
	d.rows = mapping.RowsOfFields(d.base.Body.Fields)
	for _, r := range d.rows { // a name without a value is one of ours that is not chosen yet
		if r.Kind == core.FieldValue && r.Value == "" && !r.Blank {
			r.Kind = core.FieldFrom
		}
	}
}

// ownAddress tells whether the whole address is to be typed.
func (d *draft) ownAddress() bool { return d.base.Address == "" }

// follow names the webhook after its system, until somebody names it.
func (d *draft) follow() {
	if d.named {
		return
	}
	d.name = ""
	if d.preset.ID != assets.Other && len(d.preset.Hosts) > 0 {
		d.name = d.preset.Name
	} else if u, err := url.Parse(strings.TrimSpace(d.target())); err == nil {
		d.name = strings.TrimPrefix(u.Hostname(), "www.")
	}
}

// target is the address with all that is filled in so far.
func (d *draft) target() string {
	if d.ownAddress() {
		return strings.TrimSpace(d.address)
	}
	return d.fillIn(d.base.Address)
}

// fillIn puts what was typed in place of the marks of a text.
func (d *draft) fillIn(text string) string {
	for _, f := range d.preset.Fill {
		if value := strings.TrimSpace(d.values[f.Mark]); f.Mark != "" && value != "" {
			text = joined(text, f.Mark, value)
		}
	}
	return text
}

// joined puts a value in place of a mark. Where an address goes on behind one that
// was pasted, it has one question mark and no double slash.
func joined(text, mark, value string) string {
	before, after, found := strings.Cut(text, mark)
	if !found {
		return text
	}
	if before == "" && strings.Contains(value, "://") {
		if rest, ok := strings.CutPrefix(after, "?"); ok && strings.Contains(value, "?") {
			after = "&" + rest
		}
		if strings.HasPrefix(after, "/") {
			value = strings.TrimRight(value, "/")
		}
	}
	return before + value + joined(after, mark, value)
}

// webhook is what is saved: everything that was typed, in its place.
func (d *draft) webhook() core.Webhook { return d.with(d.rows.Filled()) }

// shown is what can be previewed: rows that are not done yet are left out.
func (d *draft) shown() core.Webhook { return d.with(d.rows.Complete()) }

func (d *draft) with(rows mapping.Rows) core.Webhook {
	w := d.base.Clone()
	w.ID, w.Name = d.id, strings.TrimSpace(d.name)
	w.Address = d.target()
	w.Sources = slices.Clone(d.sources)
	w.Body.Fields = rows.Fields()
	w.Body.Template = d.fillIn(w.Body.Template)
	for i := range w.Headers {
		w.Headers[i].Value = d.fillIn(w.Headers[i].Value)
	}
	for i := range w.Body.Fields {
		f := &w.Body.Fields[i]
		f.Value, f.Template = d.fillIn(f.Value), d.fillIn(f.Template)
	}
	w.Secrets(func(place string, s *core.Secret) {
		if text := strings.TrimSpace(d.values[place]); text != "" {
			*s = core.NewSecret(text)
		}
	})
	d.key.apply(w)
	return *w
}

// saved takes over what was stored.
func (d *draft) saved(id string, revision uint64) {
	d.id, d.version, d.typed = id, revision, false
}

// marksIn lists what is to be filled in for marks of the address, or for others.
func (d *draft) marks(inAddress bool) []assets.Fill {
	var list []assets.Fill
	for _, f := range d.preset.Fill {
		if f.Mark != "" && strings.Contains(d.base.Address, f.Mark) == inAddress {
			list = append(list, f)
		}
	}
	return list
}

// keys lists the secrets that are still to be typed.
func (d *draft) keys() []assets.Fill {
	var list []assets.Fill
	base := d.base.Clone()
	base.Body.Fields = d.rows.Fields()
	base.Secrets(func(place string, s *core.Secret) {
		if s.Missing() {
			list = append(list, d.fillOf(place))
		}
	})
	return list
}

// fillOf gives the words for a secret: the preset's, or else its place.
func (d *draft) fillOf(place string) assets.Fill {
	for _, f := range d.preset.Fill {
		if f.Place == place {
			return f
		}
	}
	kind, name, _ := strings.Cut(place, ":")
	label := map[string]string{"header": "Header line ", "field": "Field "}[kind] + name
	return assets.Fill{Place: place, Label: label, Help: "The key that the other system gave you."}
}

// complete tells whether the address can be looked up: nothing in it is left to fill
// in.
func (d *draft) complete() bool {
	address := d.target()
	_, marked := message.Mark(address)
	return address != "" && !marked
}

// writes says what becomes of a record over there.
func (d *draft) writes() string {
	does, more, _ := strings.Cut(d.preset.Writes, ". ")
	does = strings.TrimSuffix(does, ".")
	text := d.preset.Name + " " + does + "."
	switch does {
	case "creates", "updates", "creates or updates":
		text = d.preset.Name + " " + does + " an entry for each record."
	case "up to the receiver":
		text = "What becomes of a record over there is up to the other system."
	}
	return strings.TrimSpace(text + " " + more)
}
