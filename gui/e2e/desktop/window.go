package desktop

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"hookbird/gui/e2e/eye"
)

// Window is a window on the desktop, by its number.
type Window struct {
	d  *Desktop
	id string
}

// Window waits for a visible window with this title.
func (d *Desktop) Window(ctx context.Context, title string) (*Window, error) {
	var w *Window
	err := Until(ctx, func() (bool, error) {
		if ids := d.windows(title); len(ids) > 0 {
			w = &Window{d: d, id: ids[0]}
		}
		return w != nil, nil
	})
	if err != nil {
		return nil, fmt.Errorf("no window %q: %w", title, err)
	}
	return w, nil
}

// NoWindow waits until no window with this title is visible.
func (d *Desktop) NoWindow(ctx context.Context, title string) error {
	err := Until(ctx, func() (bool, error) { return len(d.windows(title)) == 0, nil })
	if err != nil {
		return fmt.Errorf("the window %q stays: %w", title, err)
	}
	return nil
}

// windows gives the numbers of the visible windows with exactly this title.
func (d *Desktop) windows(title string) []string {
	out, err := d.output("xdotool", "search", "--onlyvisible", "--name", "^"+title+"$")
	if err != nil {
		return nil // xdotool ends with 1 when it finds none
	}
	return strings.Fields(out)
}

// Resize gives the window's content this size and waits until it has it. A window
// that was just opened may still be setting its own, so it is asked again.
func (w *Window) Resize(ctx context.Context, width, height int) error {
	if _, err := w.d.output("xdotool", "windowmove", w.id, "40", "56"); err != nil {
		return err
	}
	x, y := strconv.Itoa(width), strconv.Itoa(height)
	err := Until(ctx, func() (bool, error) {
		out, err := w.d.output("xdotool", "getwindowgeometry", "--shell", w.id)
		lines := strings.Fields(out)
		if err != nil || slices.Contains(lines, "WIDTH="+x) && slices.Contains(lines, "HEIGHT="+y) {
			return err == nil, err
		}
		_, err = w.d.output("xdotool", "windowsize", w.id, x, y)
		return false, err
	})
	if err != nil {
		return fmt.Errorf("the window does not become %sx%s: %w", x, y, err)
	}
	return nil
}

// IsActive tells whether the window has the keyboard.
func (w *Window) IsActive() bool {
	out, err := w.d.output("xdotool", "getactivewindow")
	return err == nil && strings.TrimSpace(out) == w.id
}

// Minimize puts the window away without closing it.
func (w *Window) Minimize() error {
	_, err := w.d.output("xdotool", "windowminimize", w.id)
	return err
}

// Close closes the window as a click on its close button does.
func (w *Window) Close() error {
	_, err := w.d.output("wmctrl", "-i", "-c", w.id)
	return err
}

// Point moves the pointer to a point of the window.
func (w *Window) Point(at image.Point) error {
	if _, err := w.d.output("xdotool", "mousemove", "--window", w.id, strconv.Itoa(at.X), strconv.Itoa(at.Y)); err != nil {
		return err
	}
	// The toolkit takes over a new position with its next frame, and a click
	// before that counts at the old one. Nothing tells from outside when.
	time.Sleep(250 * time.Millisecond)
	return nil
}

// Click presses the left button at a point of the window.
func (w *Window) Click(at image.Point) error {
	if err := w.Point(at); err != nil {
		return err
	}
	_, err := w.d.output("xdotool", "click", "1")
	return err
}

// Type types text into what has the keyboard.
func (w *Window) Type(text string) error {
	_, err := w.d.output("xdotool", "type", "--delay", "15", "--", text)
	return err
}

// Key presses keys one after the other, each named as xdotool does: "ctrl+s",
// "Tab".
func (w *Window) Key(keys ...string) error {
	for _, key := range keys {
		if _, err := w.d.output("xdotool", "key", key); err != nil {
			return err
		}
	}
	return nil
}

// Picture takes a picture of the window's content.
func (w *Window) Picture() (image.Image, error) {
	out, err := w.d.output("import", "-silent", "-window", w.id, "png:-")
	if err != nil {
		return nil, fmt.Errorf("take a picture: %w", err)
	}
	return png.Decode(strings.NewReader(out))
}

// See waits until words stand in the window and gives the place that is most
// like them.
func (w *Window) See(ctx context.Context, words string) (eye.Match, error) {
	var seen eye.Match
	err := Until(ctx, func() (bool, error) {
		picture, err := w.Picture()
		if err != nil {
			return false, err
		}
		if found := eye.Find(picture, words); len(found) > 0 {
			seen = found[0]
			return true, nil
		}
		return false, nil
	})
	if err != nil {
		return seen, fmt.Errorf("%q is not to be seen: %w", words, err)
	}
	return seen, nil
}

// Shows tells whether words stand in the window now.
func (w *Window) Shows(words string) bool {
	picture, err := w.Picture()
	return err == nil && len(eye.Find(picture, words)) > 0
}

// SeeStill waits until words stand in the window and have not moved between two
// pictures: a page that is still being laid out would be clicked beside.
func (w *Window) SeeStill(ctx context.Context, words string) (eye.Match, error) {
	last, err := w.See(ctx, words)
	for err == nil {
		var m eye.Match
		if m, err = w.See(ctx, words); m.Rect == last.Rect {
			return m, err
		}
		last = m
	}
	return last, err
}

// ClickOn waits until words stand still in the window, and clicks on them.
func (w *Window) ClickOn(ctx context.Context, words string) error {
	m, err := w.SeeStill(ctx, words)
	if err != nil {
		return err
	}
	return w.Click(m.Center())
}

// Enter clicks at what find gives, until what is typed there can be seen whole: on
// a busy computer the keys may arrive before the click has moved the focus.
func (w *Window) Enter(ctx context.Context, find func() (image.Point, error), text string) error {
	for {
		at, err := find()
		if err != nil {
			return err
		}
		if err := errors.Join(w.Click(at), w.Key("ctrl+a"), w.Type(text)); err != nil {
			return err
		}
		soon, cancel := context.WithTimeout(ctx, 3*time.Second)
		_, err = w.See(soon, text)
		cancel()
		if err == nil || ctx.Err() != nil {
			return err
		}
	}
}

// FillIn clicks into the field under a label and replaces what is in it.
func (w *Window) FillIn(ctx context.Context, label, text string) error {
	const below = 28 // from a label's middle to its field's, in pixels
	return w.Enter(ctx, func() (image.Point, error) {
		m, err := w.SeeStill(ctx, label)
		return image.Pt(m.Rect.Min.X+20, m.Center().Y+below), err
	}, text)
}

// SavePicture writes a picture of the window as PNG.
func (w *Window) SavePicture(file string) error {
	picture, err := w.Picture()
	if err != nil {
		return err
	}
	return savePNG(picture, file)
}

// SaveScreen writes a picture of the whole screen as PNG.
func (d *Desktop) SaveScreen(file string) error {
	out, err := d.output("import", "-silent", "-window", "root", "png:-")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(out), 0o644)
}

func savePNG(picture image.Image, file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	var data bytes.Buffer
	if err := png.Encode(&data, picture); err != nil {
		return err
	}
	return os.WriteFile(file, data.Bytes(), 0o644)
}
