package editor

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// stripBoxes is how many tries the strip shows; of more it leaves out the middle.
const stripBoxes = 8

// box is one try as the strip shows it.
type box struct{ when, what string }

// stripOf names each try of a plan by when it is, counted from the first.
func stripOf(steps []time.Duration) []box {
	boxes := make([]box, 0, stripBoxes)
	for i, at := range steps {
		if len(steps) > stripBoxes && i >= stripBoxes-2 && i < len(steps)-1 {
			continue
		}
		if len(steps) > stripBoxes && i == len(steps)-1 {
			boxes = append(boxes, box{"…", fmt.Sprintf("%d more", len(steps)-stripBoxes+1)})
		}
		boxes = append(boxes, box{short(at), tryWord(i, len(steps))})
	}
	return boxes
}

func tryWord(i, n int) string {
	switch {
	case n == 1:
		return "only try"
	case i == n-1:
		return "last"
	default:
		return ordinal(i + 1)
	}
}

func ordinal(n int) string {
	switch {
	case n%100 >= 11 && n%100 <= 13:
	case n%10 == 1:
		return fmt.Sprintf("%dst", n)
	case n%10 == 2:
		return fmt.Sprintf("%dnd", n)
	case n%10 == 3:
		return fmt.Sprintf("%drd", n)
	}
	return fmt.Sprintf("%dth", n)
}

// short writes a time so that it fits into a box: "Now", "30 s", "1 h 30", "3 d 3 h".
func short(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d == 0:
		return "Now"
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	case d < day && d%time.Hour < time.Minute:
		return fmt.Sprintf("%d h", int(d.Hours()))
	case d < day:
		return fmt.Sprintf("%d h %02d", int(d.Hours()), int((d % time.Hour).Minutes()))
	case d%day < time.Hour:
		return fmt.Sprintf("%d d", int(d/day))
	default:
		return fmt.Sprintf("%d d %d h", int(d/day), int((d % day).Hours()))
	}
}

// newStrip draws one box a try.
func newStrip(steps []time.Duration) fyne.CanvasObject {
	boxes := stripOf(steps)
	row := widgets.Grid(stripBoxes, 6)
	for i, b := range boxes {
		fill, ink := theme.Subtle, theme.Foreground
		if i == 0 {
			fill, ink = theme.PrimarySoft, theme.Primary
		}
		row.Add(widgets.NewSurface(
			widgets.Ground{Fill: fill, Radius: theme.Radius, Padding: 6},
			widgets.VBox(1,
				widgets.NewLine(b.when, widgets.Label.In(ink).Aligned(fyne.TextAlignCenter)),
				widgets.NewLine(b.what, widgets.Caption.Aligned(fyne.TextAlignCenter)),
			),
		))
	}
	return row
}
