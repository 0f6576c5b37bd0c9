// Package assets holds what Hookbird carries inside its binary besides code:
// presets of known systems, the schema of settings files, and sample data. Fonts
// and icons, which only the window needs, have packages of their own below.
//
// It must not hold code that does more than hand these out.
package assets

import (
	"embed"
	"io/fs"
)

//go:embed settings.schema.json
var settingsSchema []byte

// SettingsSchema gives the JSON Schema (2020-12) of settings files, by which
// editors complete and check them. It is a copy.
func SettingsSchema() []byte { return append([]byte(nil), settingsSchema...) }

//go:embed samples
var samples embed.FS

// Samples gives files of made-up people, for trying Hookbird out: what office
// programs export, in the encodings and with the delimiters that they use.
func Samples() fs.FS {
	sub, err := fs.Sub(samples, "samples")
	if err != nil {
		panic(err) // the name is a valid path
	}
	return sub
}
