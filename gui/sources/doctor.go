package sources

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/convert"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// findingText says what a look found about the values of a column.
func findingText(f core.Finding) string {
	n := words.Count(uint64(f.Count), "value", "values")
	switch f.Kind {
	case core.FindScientific:
		return fmt.Sprintf("%s: %s were shortened by a spreadsheet. Digits may be lost.", f.Column, n)
	case core.FindZeros:
		return fmt.Sprintf("%s: %s look as if zeros at the front were lost.", f.Column, n)
	case core.FindYear1900:
		return fmt.Sprintf("%s: %s are dates about 1900, which usually stand for an empty cell.", f.Column, n)
	case core.FindDayMonth:
		return fmt.Sprintf("%s: some dates have the day first and some the month.", f.Column)
	case core.FindMojibake:
		return fmt.Sprintf("%s: %s have broken letters. Try another encoding below.", f.Column, n)
	case core.FindSpaces:
		return fmt.Sprintf("%s: %s have spaces at the front or the end.", f.Column, n)
	case core.FindFormula:
		return fmt.Sprintf("%s: %s are formulas that do not work.", f.Column, n)
	}
	return fmt.Sprintf("%s: %s look odd.", f.Column, n)
}

// findingPart shows a finding with its examples and how it can be repaired.
func findingPart(f core.Finding) fyne.CanvasObject {
	lines := widgets.VBox(3, widgets.NewParagraph(findingText(f), widgets.Small))
	for i, e := range f.Examples {
		text := e
		if i < len(f.Repaired) {
			text += "  →  " + f.Repaired[i]
		}
		lines.Add(widgets.NewLine(text, widgets.Code))
	}
	if len(f.Convert) > 0 {
		lines.Add(widgets.NewParagraph(repairText(f), widgets.Caption))
	}
	return widgets.NewSurface(widgets.Ground{Fill: widgets.Waiting.Soft(), Radius: theme.CardRadius, Padding: 12},
		widgets.HBoxTop(10, widgets.NewIcon(icons.Alert, theme.Warning, 16), widgets.Grow(lines)))
}

// repairText says where the repair is switched on.
func repairText(f core.Finding) string {
	names := make([]string, len(f.Convert))
	for i, step := range f.Convert {
		names[i] = "“" + convert.Describe(step) + "”"
	}
	return fmt.Sprintf("To repair it on the way, add %s to this field under “What to send” of the webhook.", strings.Join(names, ", then "))
}
