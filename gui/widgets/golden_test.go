package widgets_test

import (
	"flag"
	"image"
	"image/draw"
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
// Under the race detector it draws the light one only: colours do not race.
func sheet(t *testing.T, name string, size fyne.Size, build func(fyne.Window) fyne.CanvasObject) {
	t.Helper()
	for variant, suffix := range map[theme.Variant]string{theme.Light: "-light.png", theme.Dark: "-dark.png"} {
		if racing && variant == theme.Dark {
			continue
		}
		w := window(t, variant, size)
		w.SetContent(build(w))
		w.Resize(size)
		compare(t, filepath.Join("testdata", name+suffix), w.Canvas().Capture())
	}
}

// TestMain makes the one app of all tests here: reading the fonts is most of the
// time that an app takes.
func TestMain(m *testing.M) {
	test.NewApp()
	os.Exit(m.Run())
}

// window is an empty window without padding in a look of ours.
func window(t *testing.T, v theme.Variant, size fyne.Size) fyne.Window {
	t.Helper()
	look(t, v)
	w := test.NewTempWindow(t, widgets.Spacer())
	w.SetPadded(false)
	w.Resize(size)
	return w
}

// look gives the app a look of ours, unless it has it already.
func look(t *testing.T, v theme.Variant) {
	t.Helper()
	if th, ok := fyne.CurrentApp().Settings().Theme().(*theme.Theme); !ok || th.Variant() != v {
		test.ApplyTheme(t, theme.New(v))
	}
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
	left, right := pixels(a), pixels(b)
	n := 0
	for i := 0; i < len(left); i += 4 {
		if far(left[i], right[i]) || far(left[i+1], right[i+1]) || far(left[i+2], right[i+2]) {
			n++
		}
	}
	return n
}

// pixels gives four bytes a pixel, however the picture is kept.
func pixels(picture image.Image) []uint8 {
	plain := image.NewRGBA(image.Rect(0, 0, picture.Bounds().Dx(), picture.Bounds().Dy()))
	draw.Draw(plain, plain.Bounds(), picture, picture.Bounds().Min, draw.Src)
	return plain.Pix
}

func far(a, b uint8) bool { return max(a, b)-min(a, b) > 24 }

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
