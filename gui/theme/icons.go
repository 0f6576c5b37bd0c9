package theme

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"hookbird/assets/icons"
)

// NewIcon gives an outline icon in a colour of the theme. It follows the theme:
// name and content change with the colour, and the name is what Fyne caches by.
// (Fyne's own themed resources recolour fills and lose strokes.)
func NewIcon(name icons.Name, colour fyne.ThemeColorName) fyne.Resource {
	if name == icons.None {
		return nil
	}
	return &outlineIcon{name: name, colour: colour}
}

type outlineIcon struct {
	name   icons.Name
	colour fyne.ThemeColorName
}

func (i *outlineIcon) Name() string {
	return "hookbird-" + string(i.name) + "-" + hexOf(Color(i.colour)) + ".svg"
}

func (i *outlineIcon) Content() []byte {
	return icons.Outline(i.name, hexOf(Color(i.colour)))
}

func hexOf(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("#%02X%02X%02X", n.R, n.G, n.B)
}

var logo = fyne.NewStaticResource("hookbird-logo.svg", icons.Logo())

// Logo gives the bird as a drawing of fills.
func Logo() fyne.Resource { return logo }

// ours names the drawings that stand for Fyne's own icons inside its widgets.
// The boxes and dots of its checks stay Fyne's: it recolours their fills.
var ours = map[fyne.ThemeIconName]icons.Name{
	fynetheme.IconNameArrowDropDown: icons.ChevronDown,
	fynetheme.IconNameArrowDropUp:   icons.ChevronUp,
	fynetheme.IconNameCancel:        icons.Cross,
	fynetheme.IconNameConfirm:       icons.Check,
	fynetheme.IconNameContentCopy:   icons.Copy,
	fynetheme.IconNameDelete:        icons.Bin,
	fynetheme.IconNameSearch:        icons.Search,
	fynetheme.IconNameVisibility:    icons.Eye,
	fynetheme.IconNameVisibilityOff: icons.EyeOff,
}

// Icon gives the drawing of one of Fyne's icon names.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	if own, ok := ours[name]; ok {
		return NewIcon(own, Foreground)
	}
	return fynetheme.DefaultTheme().Icon(name)
}
