package assets

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

// Other is the id of the preset that presumes nothing. A webhook made from it
// names no preset.
const Other = "other"

// Preset is a system that is known to take what Hookbird sends: a webhook half
// filled in, and the words to offer it with. All texts are for office staff.
type Preset struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`               // on its tile
	Line     string   `json:"line"`               // under the name
	Icon     string   `json:"icon"`               // of package icons
	Find     string   `json:"find"`               // where the other system shows the address, as sentences
	Example  string   `json:"example,omitempty"`  // such an address, made up; "" where Webhook holds one
	Hosts    []string `json:"hosts,omitempty"`    // of its addresses: exact, or "*." and what they end in
	Featured bool     `json:"featured,omitempty"` // has a tile of its own; others are found by search
	Search   []string `json:"search,omitempty"`   // other words that people look for it by

	// Steps say in order what to do in the other system, and what to copy from
	// where. The screen numbers them. A step may have several lines: the first is
	// the step, the rest is a text to be pasted over there.
	Steps []string `json:"steps"`
	// Fill is what the owner of the webhook still has to fill in besides the
	// address: every mark ‹like this› and every sealed secret of Webhook.
	Fill []Fill `json:"fill,omitempty"`
	// Writes begins with what happens over there, one of "creates", "updates",
	// "creates or updates", "posts a message", "starts a flow", "adds a row" and
	// "up to the receiver"; a full stop and sentences may follow.
	Writes string `json:"writes"`
	// Traps are limits of the other system, and what is easily done wrong there.
	Traps []string `json:"traps,omitempty"`
	// Checked is the day, like 2026-11-22, on which all this was compared with
	// Sources, the other system's own pages where there are any. It is empty where
	// nobody could.
	Checked string   `json:"checked,omitempty"`
	Sources []string `json:"sources,omitempty"`

	// Accepted is the word for an accepted message ("Accepted by Zapier"), where
	// that is less than delivered; Proof says in a sentence what it leaves open.
	// Both are empty where accepted means delivered.
	Accepted string `json:"accepted,omitempty"`
	Proof    string `json:"proof,omitempty"`

	// Webhook is a webhook as in a settings file, without id and preset. Its
	// address is left out where the other system shows the whole of it.
	Webhook json.RawMessage `json:"webhook"`
}

// Fill is something that only the owner of a webhook knows.
type Fill struct {
	Mark    string `json:"mark,omitempty"`  // what to replace in the webhook's texts, with its ‹ and ›
	Place   string `json:"place,omitempty"` // or the place of a secret, such as "header:api-key"
	Label   string `json:"label"`           // of its box on screen
	Help    string `json:"help"`            // where to find it
	Example string `json:"example"`         // made up
}

// Matches tells whether an address at this host belongs to the preset's system.
// host is without port, in any case.
func (p Preset) Matches(host string) bool {
	host = strings.ToLower(host)
	return slices.ContainsFunc(p.Hosts, func(h string) bool {
		if end, ok := strings.CutPrefix(h, "*"); ok {
			return strings.HasSuffix(host, end) && len(host) > len(end)
		}
		return host == h
	})
}

//go:embed presets/*.json
var presetFiles embed.FS

var loadPresets = sync.OnceValues(func() ([]Preset, error) {
	names, err := fs.Glob(presetFiles, "presets/*.json")
	if err != nil {
		return nil, err
	}
	var all []Preset
	for _, name := range names {
		data, err := presetFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var p Preset
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		if err := d.Decode(&p); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, p)
	}
	slices.SortFunc(all, comparePresets)
	return all, nil
})

// comparePresets puts featured ones first and Other last, by name in between.
func comparePresets(a, b Preset) int {
	rank := func(p Preset) int {
		switch {
		case p.ID == Other:
			return 2
		case p.Featured:
			return 0
		default:
			return 1
		}
	}
	return cmp.Or(rank(a)-rank(b), cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)))
}

// Presets gives all presets, in the order to show them: those with a tile by
// name, then those found by search, and Other last. The slice is a copy.
func Presets() ([]Preset, error) {
	all, err := loadPresets()
	return slices.Clone(all), err
}
