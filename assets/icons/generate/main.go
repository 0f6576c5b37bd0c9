// Command generate draws the app and tray icons from the logo: PNG files, and
// ICO files for Windows with PNG inside. Run it with go generate in assets/icons
// after a change of logo.svg; the results are committed.
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"
)

// The badges cover the lower right of the 64 by 64 logo: a white rim, a round, a
// sign. Fills only.
const (
	failedBadge = `<circle cx="48" cy="48" r="16" fill="#FFFFFF"/><circle cx="48" cy="48" r="13.5" fill="#C4262E"/>
<path fill="#FFFFFF" d="M45.7 39.5 L50.3 39.5 L49.6 50 L46.4 50 Z"/><circle cx="48" cy="54.2" r="2.3" fill="#FFFFFF"/>`
	pausedBadge = `<circle cx="48" cy="48" r="16" fill="#FFFFFF"/><circle cx="48" cy="48" r="13.5" fill="#4F5D6B"/>
<path fill="#FFFFFF" d="M42.6 42 L46.4 42 L46.4 54 L42.6 54 Z M49.6 42 L53.4 42 L53.4 54 L49.6 54 Z"/>`
)

// grey takes the colours out of the bird.
var grey = strings.NewReplacer("#2F86D6", "#7C8894", "#E4742A", "#A9B3BC")

func main() {
	logo, err := os.ReadFile("logo.svg")
	if err != nil {
		log.Fatal(err)
	}
	normal := string(logo)
	drawings := map[string]string{
		"normal": normal,
		"failed": badged(normal, failedBadge),
		"paused": badged(grey.Replace(normal), pausedBadge),
	}
	for name, svg := range drawings {
		write("tray-"+name+".png", draw(svg, 64))
		write("tray-"+name+".ico", ico(svg, 16, 24, 32, 64))
	}
	write("app.png", draw(normal, 512))
	write("app.ico", ico(normal, 16, 32, 48, 256))
}

func badged(svg, badge string) string { return strings.Replace(svg, "</svg>", badge+"\n</svg>", 1) }

// draw gives a square PNG.
func draw(svg string, side int) []byte {
	icon, err := oksvg.ReadIconStream(strings.NewReader(svg))
	if err != nil {
		log.Fatal(err)
	}
	icon.SetTarget(0, 0, float64(side), float64(side))
	picture := image.NewRGBA(image.Rect(0, 0, side, side))
	icon.Draw(rasterx.NewDasher(side, side, rasterx.NewScannerGV(side, side, picture, picture.Bounds())), 1)
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, picture); err != nil {
		log.Fatal(err)
	}
	return out.Bytes()
}

// ico packs one PNG a size: a header of 6 bytes, 16 bytes an image, the images.
func ico(svg string, sides ...int) []byte {
	var out, images bytes.Buffer
	put := func(values ...any) {
		for _, v := range values {
			_ = binary.Write(&out, binary.LittleEndian, v) // a Buffer takes all
		}
	}
	put(uint16(0), uint16(1), uint16(len(sides)))
	offset := 6 + 16*len(sides)
	for _, side := range sides {
		picture := draw(svg, side)
		edge := uint8(side) // 256 is written as 0
		put(edge, edge, uint8(0), uint8(0), uint16(1), uint16(32), uint32(len(picture)), uint32(offset))
		offset += len(picture)
		images.Write(picture)
	}
	out.Write(images.Bytes())
	return out.Bytes()
}

func write(name string, content []byte) {
	if err := os.WriteFile(filepath.Join("app", name), content, 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Println(name, len(content))
}
