package wizard

import (
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/retry"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// happens says in three lines what becomes of records once the webhook is on.
func (t *testPart) happens() fyne.CanvasObject {
	w := t.view.Webhook
	when := "Each new record goes there at once."
	if w.Send.Every > 0 {
		when = "New records go there every " + strings.TrimPrefix(words.Span(w.Send.Every), "1 ") + "."
	}
	list := widgets.VBox(8, widgets.NewLine("What happens next", widgets.Title))
	for i, line := range []string{
		"Turn it on, once you have seen the test arrive. " + when,
		"If " + w.Name + " cannot be reached, " + keepsTrying(w.Retry) + " What fails in the end is kept, and can be sent again.",
		"Every message stands under Activity, with what came back.",
	} {
		list.Add(widgets.HBoxTop(10, dot(theme.PrimarySoft, number(i, theme.Primary)),
			widgets.Grow(widgets.Padded(4, 0, 0, 0, widgets.NewParagraph(line, widgets.Small)))))
	}
	if proof := t.page.draft.preset.Proof; proof != "" {
		list.Add(widgets.NewHint(widgets.Waiting, proof))
	}
	return list
}

// keepsTrying says what a plan does.
func keepsTrying(plan core.RetryPlan) string {
	does := retry.Describe(plan)
	for says, means := range map[string]string{"Keep trying": "Hookbird keeps trying", "Try again": "Hookbird tries again", "Try only once": "there is no second try"} {
		if rest, ok := strings.CutPrefix(does, says); ok {
			return means + rest + "."
		}
	}
	return does + "."
}
