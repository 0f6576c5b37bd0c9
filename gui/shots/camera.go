package main

import (
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hookbird/core/control"
	"hookbird/gui/e2e/desktop"
	"hookbird/gui/e2e/program"
)

// Where the pictures go, from the top of the project.
const (
	allPictures  = "build/shots"
	bestPictures = "docs/pictures"
)

// size is a size of the window.
type size struct{ width, height int }

var (
	sizes = []size{{1200, 780}, {900, 600}}
	looks = []string{"light", "dark"}
)

// screen is one thing to take a picture of.
type screen struct {
	name string
	page string                                                     // that the window opens at
	sees string                                                     // words that stand there when it is ready
	then func(ctx context.Context, w *desktop.Window, s size) error // what to do before the picture; may be nil
	best string                                                     // look in which the wide one is shown in the README; "" for none
	on   []screen                                                   // further screens that are reached from this one, in the same window
	asks bool                                                       // the window would ask whether to leave what was typed
}

// camera takes pictures of one engine after the other.
type camera struct {
	desktop *desktop.Desktop
	dir     string
	binary  string
	only    []string // what names of screens begin with; empty for all
	taken   int
	kept    int
}

// wanted picks the screens that pictures are asked for.
func (c *camera) wanted(screens []screen) []screen {
	if len(c.only) == 0 {
		return screens
	}
	return slices.DeleteFunc(slices.Clone(screens), func(s screen) bool {
		return !slices.ContainsFunc(c.only, func(begin string) bool { return strings.HasPrefix(s.name, begin) })
	})
}

// take takes the pictures of a screen in every look and size.
func (c *camera) take(ctx context.Context, p *program.Program, screens []screen) error {
	for _, look := range looks {
		if err := wear(ctx, p, look); err != nil {
			return err
		}
		for _, sz := range sizes {
			for _, s := range c.wanted(screens) {
				if err := c.one(ctx, p, s, look, sz); err != nil {
					return fmt.Errorf("%s, %s, %d: %w", s.name, look, sz.width, err)
				}
			}
		}
	}
	return nil
}

// wear gives the window a look.
func wear(ctx context.Context, p *program.Program, look string) error {
	client, err := control.Dial(p.Data)
	if err != nil {
		return err
	}
	defer client.Close()
	now, err := client.Settings(ctx)
	if err != nil {
		return err
	}
	set := now.Settings
	return client.SaveSettings(ctx, control.SettingsDraft{
		Look: look, ContentDays: set.ContentDays, TraceDays: set.TraceDays, UnfinishedDays: set.UnfinishedDays, QuotaMB: set.QuotaMB, Proxy: set.Proxy, Backup: set.Backup, Revision: now.Revision,
	})
}

// one opens the window at a screen, takes its picture and those of the screens that
// are reached from it, and closes it.
func (c *camera) one(ctx context.Context, p *program.Program, s screen, look string, sz size) error {
	window := program.New(c.desktop, c.binary, p.Data)
	if err := window.Launch(nil, "--window", "--page", s.page); err != nil {
		return err
	}
	defer window.Kill()
	w, err := c.open(ctx)
	for _, s := range append([]screen{s}, s.on...) {
		if err == nil {
			err = c.shoot(ctx, w, s, look, sz)
		}
	}
	if err == nil && !s.asks {
		err = c.shut(ctx, w, window)
	}
	if err != nil {
		_ = c.desktop.SaveScreen(filepath.Join(allPictures, fmt.Sprintf("failed-%s-%s-%d.png", s.name, look, sz.width)))
		return fmt.Errorf("%w\n%s", err, window.Said())
	}
	return nil
}

// patience is how long a window may take for one screen.
const patience = 40 * time.Second

// open waits for the window.
func (c *camera) open(ctx context.Context) (*desktop.Window, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return c.desktop.Window(ctx, "Hookbird")
}

// shut closes the window, which then still writes down its size.
func (c *camera) shut(ctx context.Context, w *desktop.Window, window *program.Program) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := w.Close(); err != nil {
		return err
	}
	return window.Wait(ctx)
}

// shoot brings the window to a screen and takes its picture.
func (c *camera) shoot(ctx context.Context, w *desktop.Window, s screen, look string, sz size) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := c.pose(ctx, w, s, sz); err != nil {
		return fmt.Errorf("%s: %w", s.name, err)
	}
	file := fmt.Sprintf("%s-%s-%d.png", s.name, look, sz.width)
	if err := w.SavePicture(filepath.Join(allPictures, file)); err != nil {
		return err
	}
	c.taken++
	if s.best != look || sz != sizes[0] {
		return nil
	}
	c.kept++
	return c.keep(file, s.name+"-"+look+".png")
}

// pose brings the window to the screen and waits until nothing moves.
func (c *camera) pose(ctx context.Context, w *desktop.Window, s screen, sz size) error {
	if _, err := w.See(ctx, s.sees); err != nil {
		return err
	}
	if err := w.Resize(ctx, sz.width, sz.height); err != nil { // not before: it first takes the size it had last
		return err
	}
	if s.then != nil {
		if err := s.then(ctx, w, sz); err != nil {
			return err
		}
	}
	// Away with the pointer, so that nothing looks touched.
	if err := w.Point(image.Pt(sz.width-2, sz.height-2)); err != nil {
		return err
	}
	return still(ctx, w)
}

// still waits until two pictures in a row are the same.
func still(ctx context.Context, w *desktop.Window) error {
	var last []byte
	return desktop.Until(ctx, func() (bool, error) {
		picture, err := w.Picture()
		if err != nil {
			return false, err
		}
		now := pixels(picture)
		same := string(now) == string(last)
		last = now
		return same, nil
	})
}

func pixels(picture image.Image) []byte {
	switch p := picture.(type) {
	case *image.RGBA:
		return p.Pix
	case *image.NRGBA:
		return p.Pix
	default:
		b := p.Bounds()
		out := make([]byte, 0, 3*b.Dx()*b.Dy())
		for y := b.Min.Y; y < b.Max.Y; y++ {
			for x := b.Min.X; x < b.Max.X; x++ {
				r, g, bl, _ := p.At(x, y).RGBA()
				out = append(out, byte(r>>8), byte(g>>8), byte(bl>>8))
			}
		}
		return out
	}
}

func (c *camera) keep(file, as string) error {
	data, err := os.ReadFile(filepath.Join(allPictures, file))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(bestPictures, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(bestPictures, as), data, 0o644)
}

// settled waits until an engine has tried all that it can.
func settled(ctx context.Context, p *program.Program, enough func([]control.WebhookView) bool) error {
	return desktop.Until(ctx, func() (bool, error) {
		client, err := control.Dial(p.Data)
		if err != nil {
			return false, err
		}
		defer client.Close()
		views, err := client.Webhooks(ctx)
		return err == nil && enough(views), err
	})
}
