package mapping

import "fyne.io/fyne/v2"

// Page is what tables and texts ask of the page that they stand on, always on the
// UI goroutine.
type Page interface {
	// Canvas is where lists and dialogs open, nil while there is no window.
	Canvas() fyne.Canvas
	// Examples are the records to show values of.
	Examples() *Examples
	// SentAs is what goes out of a row, as the engine has it; ok is false where it
	// has not said.
	SentAs(row *Row) (text string, ok bool)
	// Remark is what the engine says about a row of the example, "" for nothing.
	Remark(row *Row) string
	// Changed is told after every change that a person made.
	Changed()
	// Left is told when somebody leaves a box: what is wrong in it may be said from
	// now on.
	Left(row *Row, box Box)
	// Resized is told when something has another height now.
	Resized()
	// ScrollTo brings an object into view.
	ScrollTo(o fyne.CanvasObject)
	// Reveal fetches the stored secret of a row, because somebody asked to see it.
	Reveal(row *Row, show func(text string))
}

// Spot is one box of one row.
type Spot struct {
	Row *Row
	Box Box
}
