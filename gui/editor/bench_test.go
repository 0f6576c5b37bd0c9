package editor

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/core"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/mapping"
)

// BenchmarkTyping is one letter typed into a row's name, with few and with many
// rows. The preview is not made in it.
func BenchmarkTyping(b *testing.B) {
	for _, rows := range []int{5, 60} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			screen.App(b)
			w := core.Webhook{Name: "CRM", Address: "https://crm.example.org/in", Body: core.Body{Style: core.BodyForm}}
			for i := range rows {
				w.Body.Fields = append(w.Body.Fields, core.Field{Name: fmt.Sprintf("name_%d", i), From: "First name"})
			}
			p := New(guitest.Office(), Start{New: w, Tab: TabWhat})
			p.preview.ask = nil // never reached: somebody types all the time
			window := screen.Window(b, p.Content(), fyne.NewSize(988, 780))
			p.canvas = window.Canvas()
			name := p.spotOf(boxOf(p.draft.Fields[rows/2], mapping.BoxName)).focus
			window.Canvas().Focus(name)
			for b.Loop() {
				test.Type(name, "x")
				name.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
			}
			p.preview.leave()
		})
	}
}
