package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
)

// toastFor is how long a toast stays.
const toastFor = 5 * time.Second

// Toaster shows short messages over the bottom of the window's content, without
// taking pointer or focus from what lies under it.
type Toaster struct {
	widget.BaseWidget
	content fyne.CanvasObject
	toast   *Surface
	words   *Text
	action  *Button
	timer   *time.Timer // ends the toast
	until   time.Time   // when; a timer that comes too early is an older toast's
}

// NewToaster wraps the content of the window.
func NewToaster(content fyne.CanvasObject) *Toaster {
	t := &Toaster{content: content, words: NewText("", Body), action: NewButton(Quiet, "", icons.None, nil)}
	t.toast = NewSurface(Ground{theme.Card, theme.LineStrong, theme.CardRadius, 0, true},
		Padded(5, 6, 5, 16, HBox(6, t.words, t.action, MinSize(0, theme.ControlHeight, Spacer()))))
	t.toast.Hidden = true
	t.timer = time.AfterFunc(toastFor, func() { fyne.Do(t.expire) })
	t.timer.Stop()
	t.ExtendBaseWidget(t)
	return t
}

// Say shows words for 5 seconds, with one thing to press (empty: none). A
// toast that is there gives way.
func (t *Toaster) Say(text, action string, act func()) {
	t.words.SetText(text)
	t.action.Hidden = action == ""
	t.action.SetText(action)
	t.action.OnTapped = func() {
		t.Dismiss()
		if act != nil {
			act()
		}
	}
	t.toast.Hidden = false
	t.placeToast(t.Size())
	t.toast.Refresh()
	t.until = time.Now().Add(toastFor)
	t.timer.Reset(toastFor)
}

func (t *Toaster) expire() {
	if !time.Now().Before(t.until) {
		t.Dismiss()
	}
}

func (t *Toaster) placeToast(size fyne.Size) {
	want := t.toast.MinSize()
	put(t.toast, middle(size.Width, want.Width), theme.Floor(size.Height-want.Height-24), want.Width, want.Height)
}

// Dismiss takes the toast away.
func (t *Toaster) Dismiss() {
	t.timer.Stop()
	t.toast.Hide()
}

// Showing gives the words on screen, empty for none.
func (t *Toaster) Showing() string {
	if t.toast.Hidden {
		return ""
	}
	return t.words.Text()
}

// CreateRenderer draws the content with the toast over it.
func (t *Toaster) CreateRenderer() fyne.WidgetRenderer {
	return newFace(&face{
		owner: t, objects: []fyne.CanvasObject{t.content, t.toast},
		min: t.content.MinSize,
		place: func(size fyne.Size) {
			t.content.Resize(size)
			t.placeToast(size)
		},
		paint: func() {},
	})
}
