package widgets

import (
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
)

// revealFor is how long a secret stays readable.
const revealFor = 20 * time.Second

// storedDots stand for a secret that is kept but not in the window's memory.
const storedDots = "••••••••"

// SecretEntry is a box for a secret: dots, an eye that shows the text for 20
// seconds, and a copy button. A stored secret is fetched only when it is asked
// for, and forgotten when the dots come back.
type SecretEntry struct {
	composed

	// OnChanged is told what somebody typed; not what was revealed.
	OnChanged func(string)
	// OnReveal fetches a stored secret and calls show with it, in the UI goroutine.
	OnReveal func(show func(secret string))

	entry   *Entry
	eye     *Button
	stored  bool        // a secret is kept; the box is empty or shows it unchanged
	fetched bool        // the box holds the stored secret
	loading bool        // the change under way is ours
	timer   *time.Timer // masks again
	until   time.Time   // when; a timer that comes too early is an older showing's
	masks   int         // how often dots were asked for: what arrives after that is not shown
}

// NewSecretEntry makes an empty box.
func NewSecretEntry() *SecretEntry {
	s := &SecretEntry{entry: NewEntry()}
	s.entry.Password = true
	s.eye = NewIconButton(icons.Eye, "Show", s.toggle)
	s.entry.ActionItem = HBox(0, s.eye, NewIconButton(icons.Copy, "Copy", s.Copy))
	s.entry.OnChanged = s.typed
	s.timer = time.AfterFunc(revealFor, func() { fyne.Do(s.expire) })
	s.timer.Stop()
	s.body = s.entry
	s.ExtendBaseWidget(s)
	return s
}

func (s *SecretEntry) typed(text string) {
	if s.loading {
		return
	}
	s.stored, s.fetched = false, false
	if s.OnChanged != nil {
		s.OnChanged(text)
	}
}

// Text gives what was typed; empty for a stored secret that nobody changed.
func (s *SecretEntry) Text() string {
	if s.stored {
		return ""
	}
	return s.entry.Text
}

// SetText puts a text in the box, masked, without telling OnChanged.
func (s *SecretEntry) SetText(text string) {
	s.stored, s.fetched = false, false
	s.load(text)
	s.Mask()
}

// SetStored says that a secret is kept: dots stand for it until somebody types.
func (s *SecretEntry) SetStored(on bool) {
	s.stored, s.fetched = on, false
	if on {
		s.load("")
		s.entry.SetPlaceHolder(storedDots)
	} else {
		s.entry.SetPlaceHolder("")
	}
	s.Mask()
}

// Stored tells whether the kept secret is still meant.
func (s *SecretEntry) Stored() bool { return s.stored }

// SetProblem shows the box in the colour of failure, or no longer.
func (s *SecretEntry) SetProblem(on bool) { s.entry.SetProblem(on) }

// SetLabel says to screen readers what is filled in here. A Field does it.
func (s *SecretEntry) SetLabel(label string) { s.entry.SetLabel(label) }

// Entry gives the box itself, for the focus.
func (s *SecretEntry) Entry() *Entry { return s.entry }

// Masked tells whether dots are shown.
func (s *SecretEntry) Masked() bool { return s.entry.Password }

func (s *SecretEntry) load(text string) {
	s.loading = true
	s.entry.SetText(text)
	s.loading = false
}

func (s *SecretEntry) toggle() {
	if !s.Masked() {
		s.Mask()
		return
	}
	asked := s.masks
	s.withText(func(text string) {
		if asked != s.masks {
			return
		}
		if s.stored {
			s.load(text)
			s.fetched = true
		}
		s.show()
	})
}

// Copy puts the secret on the clipboard.
func (s *SecretEntry) Copy() {
	s.withText(func(text string) { fyne.CurrentApp().Clipboard().SetContent(text) })
}

// withText hands over the secret, fetched first if need be.
func (s *SecretEntry) withText(use func(string)) {
	if s.stored && !s.fetched {
		if s.OnReveal != nil {
			s.OnReveal(use)
		}
		return
	}
	use(s.entry.Text)
}

// show makes the text readable and sets the time when it ends.
func (s *SecretEntry) show() {
	s.setMasked(false)
	s.until = time.Now().Add(revealFor)
	s.timer.Reset(revealFor)
}

func (s *SecretEntry) expire() {
	if !time.Now().Before(s.until) {
		s.Mask()
	}
}

// Mask shows dots again, and forgets a stored secret that was fetched. Pages
// call it when they are left.
func (s *SecretEntry) Mask() {
	s.masks++
	s.timer.Stop()
	s.setMasked(true)
	if s.fetched {
		s.fetched = false
		s.load("")
	}
}

func (s *SecretEntry) setMasked(masked bool) {
	s.entry.Password = masked
	if masked {
		s.eye.SetIcon(icons.Eye)
		s.eye.SetLabel("Show")
	} else {
		s.eye.SetIcon(icons.EyeOff)
		s.eye.SetLabel("Hide")
	}
	s.entry.Refresh()
}
