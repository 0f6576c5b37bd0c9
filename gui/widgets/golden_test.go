package widgets_test

import (
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// sheet draws an object in both looks and compares it with the golden pictures.
// After lets a test change the state once the sheet is on screen.
func sheet(t *testing.T, name string, size fyne.Size, build func(fyne.Window) fyne.CanvasObject) {
	t.Helper()
	for _, look := range []struct {
		name    string
		variant theme.Variant
	}{{"light", theme.Light}, {"dark", theme.Dark}} {
		t.Run(look.name, func(t *testing.T) {
			w := window(t, look.variant, size)
			w.SetContent(build(w))
			w.Resize(size)
			compare(t, filepath.Join("testdata", name+"-"+look.name+".png"), w.Canvas().Capture())
		})
	}
}

// window is an empty window without padding in a look of ours.
func window(t *testing.T, v theme.Variant, size fyne.Size) fyne.Window {
	t.Helper()
	test.NewTempApp(t)
	test.ApplyTheme(t, theme.New(v))
	w := test.NewTempWindow(t, widgets.Spacer())
	w.SetPadded(false)
	w.Resize(size)
	return w
}

// compare fails where pictures differ by more than the rounding of another
// processor: a pixel counts from 24 of 255 on, and one in 5,000 may.
func compare(t *testing.T, path string, got image.Image) {
	t.Helper()
	if *update {
		save(t, path, got)
		return
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatalf("%v; write it with go test ./gui/widgets -update", err)
	}
	defer file.Close()
	want, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if got.Bounds() != want.Bounds() {
		t.Fatalf("%s: %v, want %v", path, got.Bounds(), want.Bounds())
	}
	if n := differing(got, want); n > got.Bounds().Dx()*got.Bounds().Dy()/5000 {
		failed := filepath.Join(os.TempDir(), "hookbird-failed-"+filepath.Base(path))
		save(t, failed, got)
		t.Errorf("%s: %d pixels differ; drawn now: %s", path, n, failed)
	}
}

func differing(a, b image.Image) int {
	n := 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			ar, ag, ab, _ := a.At(x, y).RGBA()
			br, bg, bb, _ := b.At(x, y).RGBA()
			if far(ar, br) || far(ag, bg) || far(ab, bb) {
				n++
			}
		}
	}
	return n
}

func far(a, b uint32) bool { return max(a, b)-min(a, b) > 24<<8 }

func save(t *testing.T, path string, picture image.Image) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(file, picture); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}
