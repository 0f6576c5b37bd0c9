package eye_test

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"hookbird/assets/fonts"
	"hookbird/gui/e2e/eye"
)

// page draws texts in several colours and sizes on a coloured ground.
func page(t *testing.T) image.Image {
	t.Helper()
	test.NewTempApp(t)
	text := func(s string, c color.Color, size float32, font []byte, x, y float32) fyne.CanvasObject {
		o := canvas.NewText(s, c)
		o.TextSize, o.FontSource = size, fyne.NewStaticResource(s, font)
		o.Resize(o.MinSize())
		o.Move(fyne.NewPos(x, y))
		return o
	}
	dark := color.NRGBA{R: 0x17, G: 0x21, B: 0x2B, A: 0xff}
	blue := color.NRGBA{R: 0x0B, G: 0x5C, B: 0xA8, A: 0xff}
	button := canvas.NewRectangle(blue)
	button.Resize(fyne.NewSize(140, 34))
	button.Move(fyne.NewPos(300, 200))
	ground := canvas.NewRectangle(color.NRGBA{R: 0xF5, G: 0xF7, B: 0xF9, A: 0xff})
	ground.Resize(fyne.NewSize(600, 300))
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetContent(container.NewWithoutLayout(
		ground, button,
		text("Not in the list", dark, 14, fonts.Regular, 40, 60),
		text("Ada Lovelace", dark, 14, fonts.SemiBold, 40, 120),
		text("New webhook", color.White, 13, fonts.SemiBold, 320, 208),
	))
	c.Resize(fyne.NewSize(600, 300))
	return software.RenderCanvas(c, theme.DefaultTheme())
}

func TestFind(t *testing.T) {
	picture := page(t)
	tests := map[string]image.Rectangle{ // words, and where their middle must be
		"Not in the list": image.Rect(80, 60, 100, 80),
		"in the list":     image.Rect(80, 60, 130, 80),
		"Ada Lovelace":    image.Rect(70, 120, 110, 140),
		"Ada":             image.Rect(40, 120, 70, 140),
		"New webhook":     image.Rect(340, 205, 390, 230),
		"Grace Hopper":    {},
		"Not in this lot": {},
		"Save":            {},
	}
	for words, want := range tests {
		t.Run(words, func(t *testing.T) {
			found := eye.Find(picture, words)
			if want.Empty() {
				if len(found) > 0 {
					t.Errorf("found where they do not stand: %+v", found)
				}
				return
			}
			if len(found) != 1 || !found[0].Center().In(want) {
				t.Errorf("found %+v, want one in %v", found, want)
				if out, err := os.Create(t.ArtifactDir() + "/page.png"); err == nil {
					_ = png.Encode(out, picture)
				}
			}
		})
	}
}
