package icons_test

import (
	"bytes"
	"encoding/binary"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/srwiley/oksvg"

	"hookbird/assets/icons"
)

func TestPNGSizes(t *testing.T) {
	cases := map[string]struct {
		png  []byte
		side int
	}{
		"app":         {icons.App(), 512},
		"tray normal": {icons.Tray(icons.TrayNormal), 64},
		"tray failed": {icons.Tray(icons.TrayFailed), 64},
		"tray paused": {icons.Tray(icons.TrayPaused), 64},
	}
	for name, c := range cases {
		picture, err := png.Decode(bytes.NewReader(c.png))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if b := picture.Bounds(); b.Dx() != c.side || b.Dy() != c.side {
			t.Errorf("%s is %v, want %d", name, b, c.side)
		}
		if _, _, _, a := picture.At(c.side/3, c.side/2).RGBA(); a != 0xffff {
			t.Errorf("%s: the bird's body is not drawn", name)
		}
		if _, _, _, a := picture.At(0, 0).RGBA(); a != 0 {
			t.Errorf("%s: the corner is not clear", name)
		}
	}
}

// The badge must tell the states apart without reading: its middle ring is red
// when failed, grey when paused, and not there normally.
func TestTrayBadges(t *testing.T) {
	at := func(s icons.TrayState) [3]uint8 {
		picture, err := png.Decode(bytes.NewReader(icons.Tray(s)))
		if err != nil {
			t.Fatal(err)
		}
		r, g, b, _ := picture.At(39, 48).RGBA()
		return [3]uint8{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8)}
	}
	if got := at(icons.TrayFailed); got != [3]uint8{0xC4, 0x26, 0x2E} {
		t.Errorf("failed badge is %x", got)
	}
	if got := at(icons.TrayPaused); got != [3]uint8{0x4F, 0x5D, 0x6B} {
		t.Errorf("paused badge is %x", got)
	}
	if at(icons.TrayNormal) == at(icons.TrayFailed) {
		t.Error("the normal icon has a badge")
	}
}

func TestICO(t *testing.T) {
	for name, ico := range map[string][]byte{
		"app": icons.AppICO(), "normal": icons.TrayICO(icons.TrayNormal),
		"failed": icons.TrayICO(icons.TrayFailed), "paused": icons.TrayICO(icons.TrayPaused),
	} {
		if kind := binary.LittleEndian.Uint16(ico[2:]); kind != 1 {
			t.Fatalf("%s: type %d, want 1", name, kind)
		}
		for i := range int(binary.LittleEndian.Uint16(ico[4:])) {
			entry := ico[6+16*i:]
			size, offset := binary.LittleEndian.Uint32(entry[8:]), binary.LittleEndian.Uint32(entry[12:])
			config, err := png.DecodeConfig(bytes.NewReader(ico[offset : offset+size]))
			if err != nil {
				t.Fatalf("%s, image %d: %v", name, i, err)
			}
			if config.Width%256 != int(entry[0]) {
				t.Errorf("%s, image %d is %d wide, says %d", name, i, config.Width, entry[0])
			}
		}
	}
}

// Every drawing has a name in code and every name a drawing, in strokes that
// take the colour asked for.
func TestOutlines(t *testing.T) {
	files, err := filepath.Glob("outline/*.svg")
	if err != nil || len(files) == 0 {
		t.Fatalf("no drawings: %v", err)
	}
	source, err := os.ReadFile("names.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".svg")
		if !bytes.Contains(source, []byte(`"`+name+`"`)) {
			t.Errorf("%s has no name in names.go", file)
		}
		svg := icons.Outline(icons.Name(name), "#0B5CA8")
		if !bytes.Contains(svg, []byte("#0B5CA8")) || bytes.Contains(svg, []byte("currentColor")) {
			t.Errorf("%s does not take its colour", name)
		}
		if _, err := oksvg.ReadIconStream(bytes.NewReader(svg), oksvg.StrictErrorMode); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if names := bytes.Count(source, []byte(`Name = "`)) - 1; names != len(files) {
		t.Errorf("%d names for %d drawings", names, len(files))
	}
	if icons.Outline("no-such", "#000000") != nil || icons.Outline(icons.None, "#000000") != nil {
		t.Error("a drawing for a name that has none")
	}
}

// The logo is fills only: strokes vanish in trays and title bars.
func TestLogoHasNoStrokes(t *testing.T) {
	if bytes.Contains(icons.Logo(), []byte("stroke")) {
		t.Error("the logo has strokes")
	}
	if _, err := fs.Stat(os.DirFS("."), "logo.svg"); err != nil {
		t.Fatal(err)
	}
}
