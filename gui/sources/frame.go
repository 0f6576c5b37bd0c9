package sources

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// frameOf puts a head over what scrolls.
func frameOf(head, scroll fyne.CanvasObject) *fyne.Container {
	return container.NewBorder(head, nil, nil, nil, scroll)
}
