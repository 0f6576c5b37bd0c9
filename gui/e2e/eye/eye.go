// Package eye finds words in a picture of the window, so that a test can look
// and point as a person does: by what stands there, not by where it was when the
// test was written.
//
// It draws the words in the window's own fonts and sizes and looks for the same
// pattern of ink, in any colour on any even ground. It must not know anything of
// the pages.
package eye

import (
	"image"
	"image/color"
	"math"
	"slices"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"hookbird/assets/fonts"
)

// Match is a place where the words stand.
type Match struct {
	Rect  image.Rectangle // of their ink
	Score float64         // how alike, up to 1
}

// Center is the point in the middle of the words.
func (m Match) Center() image.Point {
	return m.Rect.Min.Add(m.Rect.Max).Div(2)
}

// alike is the correlation from which on a pattern counts as the words. The same
// words drawn between two pixels reach about 0.9, other words of the same length
// stay below 0.7.
const alike = 0.84

// Find gives every place where words stand in the picture, the most alike first.
func Find(picture image.Image, words string) []Match {
	ground := grey(picture)
	var found []Match
	for _, s := range styles {
		p := pattern(words, s)
		found = append(found, p.search(ground)...)
	}
	slices.SortFunc(found, func(a, b Match) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		default:
			return 0
		}
	})
	return separate(found)
}

// separate drops matches that lie on a better one.
func separate(found []Match) (kept []Match) {
	for _, m := range found {
		if !slices.ContainsFunc(kept, func(k Match) bool { return k.Rect.Overlaps(m.Rect) }) {
			kept = append(kept, m)
		}
	}
	return kept
}

// style is a size of text and whether it is semibold.
type style struct {
	size float32
	bold bool
}

// styles are those that the window uses, the most frequent first.
var styles = []style{
	{14, false},
	{14, true},
	{13, false},
	{13, true},
	{12, false},
	{12, true},
	{16, true},
	{16, false},
	{15, true},
	{11, true},
	{10, false},
	{10, true},
	{18, true},
	{20, true},
	{22, true},
	{24, true},
	{26, true},
}

// plane is a picture in grey, 0 to 255.
type plane struct {
	w, h int
	at   []float32
}

func grey(picture image.Image) plane {
	b := picture.Bounds()
	p := plane{w: b.Dx(), h: b.Dy(), at: make([]float32, b.Dx()*b.Dy())}
	for y := range p.h {
		for x := range p.w {
			r, g, bl, _ := picture.At(b.Min.X+x, b.Min.Y+y).RGBA()
			p.at[y*p.w+x] = (0.299*float32(r) + 0.587*float32(g) + 0.114*float32(bl)) / 257
		}
	}
	return p
}

// ink is the pattern of words in one style: how much of each pixel they cover.
type ink struct {
	plane
	mean, norm  float64
	solid, bare []image.Point // pixels surely covered, surely not, for a first look
}

var (
	patterns = map[string]map[style]*ink{}
	guard    sync.Mutex
)

// pattern draws words, once a style.
func pattern(words string, s style) *ink {
	guard.Lock()
	defer guard.Unlock()
	if p := patterns[words][s]; p != nil {
		return p
	}
	if patterns[words] == nil {
		patterns[words] = map[style]*ink{}
	}
	p := draw(words, s)
	patterns[words][s] = p
	return p
}

func draw(words string, s style) *ink {
	if fyne.CurrentApp() == nil {
		test.NewApp()
	}
	text := canvas.NewText(words, color.White)
	text.TextSize = s.size
	text.FontSource = fyne.NewStaticResource("Inter-Regular.otf", fonts.Regular)
	if s.bold {
		text.FontSource = fyne.NewStaticResource("Inter-SemiBold.otf", fonts.SemiBold)
	}
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	c.SetContent(text)
	return newInk(trim(grey(software.RenderCanvas(c, theme.DefaultTheme()))))
}

// trim cuts away what no word covers, but for a margin of one pixel.
func trim(p plane) plane {
	box := image.Rectangle{}
	for y := range p.h {
		for x := range p.w {
			if p.at[y*p.w+x] > 40 {
				box = box.Union(image.Rect(x-1, y-1, x+2, y+2))
			}
		}
	}
	cut := plane{w: box.Dx(), h: box.Dy(), at: make([]float32, box.Dx()*box.Dy())}
	for y := range cut.h {
		for x := range cut.w {
			sx, sy := x+box.Min.X, y+box.Min.Y
			if sx >= 0 && sy >= 0 && sx < p.w && sy < p.h {
				cut.at[y*cut.w+x] = p.at[sy*p.w+sx]
			}
		}
	}
	return cut
}

func newInk(p plane) *ink {
	k := &ink{plane: p}
	for i, v := range p.at {
		k.mean += float64(v)
		at := image.Pt(i%p.w, i/p.w)
		switch {
		case v > 200:
			k.solid = append(k.solid, at)
		case v < 5:
			k.bare = append(k.bare, at)
		}
	}
	k.mean /= float64(max(1, len(p.at)))
	for _, v := range p.at {
		k.norm += (float64(v) - k.mean) * (float64(v) - k.mean)
	}
	k.solid, k.bare = spread(k.solid, 10), spread(k.bare, 10)
	return k
}

// spread picks n points far apart in the list.
func spread(all []image.Point, n int) []image.Point {
	if len(all) <= n {
		return all
	}
	picked := make([]image.Point, n)
	for i := range picked {
		picked[i] = all[i*len(all)/n]
	}
	// Neighbours in the list are neighbours in the picture: mix them, so that
	// the first look jumps about.
	for i := 1; i < n; i += 2 {
		j := (i + n/2) % n
		picked[i], picked[j] = picked[j], picked[i]
	}
	return picked
}

// search gives the places in ground that look like the words.
func (k *ink) search(ground plane) (found []Match) {
	if len(k.solid) == 0 || len(k.bare) == 0 {
		return nil
	}
	for y := 0; y+k.h <= ground.h; y++ {
		for x := 0; x+k.w <= ground.w; x++ {
			if !k.plausible(ground, x, y) {
				continue
			}
			if score := k.correlate(ground, x, y); score >= alike {
				found = append(found, Match{Rect: image.Rect(x+1, y+1, x+k.w-1, y+k.h-1), Score: score})
			}
		}
	}
	return found
}

// plausible takes a first look: what should be covered has one colour, what
// should not has another.
func (k *ink) plausible(ground plane, x, y int) bool {
	at := func(p image.Point) float32 { return ground.at[(y+p.Y)*ground.w+x+p.X] }
	solid, bare := at(k.solid[0]), at(k.bare[0])
	contrast := abs(solid - bare)
	if contrast < 40 {
		return false
	}
	wrong := 0
	for i := 1; i < max(len(k.solid), len(k.bare)); i++ {
		if i < len(k.bare) && abs(at(k.bare[i])-bare) > contrast*0.35 {
			wrong++
		}
		if i < len(k.solid) && abs(at(k.solid[i])-solid) > contrast*0.6 {
			wrong++
		}
		if wrong > 2 {
			return false
		}
	}
	return true
}

// correlate tells how alike the words and a place are, whatever the colours.
func (k *ink) correlate(ground plane, x, y int) float64 {
	var sum, square, product float64
	for j := range k.h {
		row := ground.at[(y+j)*ground.w+x : (y+j)*ground.w+x+k.w]
		mask := k.at[j*k.w : (j+1)*k.w]
		for i, g := range row {
			v := float64(g)
			sum += v
			square += v * v
			product += v * float64(mask[i])
		}
	}
	n := float64(k.w * k.h)
	spread := square - sum*sum/n
	if spread <= 0 || k.norm == 0 {
		return 0
	}
	return math.Abs(product-sum*k.mean) / math.Sqrt(spread*k.norm)
}

func abs(v float32) float32 {
	if v < 0 {
		return -v
	}
	return v
}
