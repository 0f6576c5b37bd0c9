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
// filled in, and the words to offer it with.
type Preset struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`               // on its tile
	Line     string   `json:"line"`               // under the name
	Icon     string   `json:"icon"`               // of package icons
	Find     string   `json:"find"`               // where the other system shows the address, as sentences
	Hosts    []string `json:"hosts,omitempty"`    // of its addresses: exact, or "*." and what they end in
	Featured bool     `json:"featured,omitempty"` // has a tile of its own; others are found by search
	Search   []string `json:"search,omitempty"`   // other words that people look for it by

	// Accepted is the word for an accepted message ("Accepted by Zapier"), where
	// that is less than delivered; Proof says in a sentence what it leaves open.
	// Both are empty where accepted means delivered.
	Accepted string `json:"accepted,omitempty"`
	Proof    string `json:"proof,omitempty"`

	// Webhook is a webhook as in a settings file, without id, preset and address.
	Webhook json.RawMessage `json:"webhook"`
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
