// Package fonts carries the type of the window: Inter by The Inter Project
// Authors, under the SIL Open Font License 1.1 (OFL.txt, beside the fonts).
//
// It holds font files and their bytes only; which text uses which face is
// decided in gui/theme.
package fonts

import _ "embed"

// The three faces that the window uses, as OpenType files.
var (
	//go:embed Inter-Regular.otf
	Regular []byte
	//go:embed Inter-SemiBold.otf
	SemiBold []byte
	//go:embed Inter-Italic.otf
	Italic []byte
)
