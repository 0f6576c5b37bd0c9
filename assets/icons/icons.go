// Package icons carries the drawings of Hookbird: its logo, the app and tray
// icons made of it, and the outline icons of the window.
//
// It knows no toolkit and no colours of a theme: the tray and main use it
// without a window. Colouring for the window is done in gui/theme.
package icons

import (
	"bytes"
	"embed"
)

//go:generate go run ./generate

//go:embed outline/*.svg
var outline embed.FS

// Outline gives the drawing of an icon as SVG with strokes in the colour
// given as "#rrggbb". The empty name and an unknown one give nil.
func Outline(name Name, hex string) []byte {
	if name == None {
		return nil
	}
	drawing, err := outline.ReadFile("outline/" + string(name) + ".svg")
	if err != nil {
		return nil
	}
	return bytes.ReplaceAll(drawing, []byte("currentColor"), []byte(hex))
}

//go:embed logo.svg
var logo []byte

// Logo gives the bird as SVG, in its own colours, of fills only: strokes
// vanish where a desktop draws tray and title-bar icons.
func Logo() []byte { return logo }
