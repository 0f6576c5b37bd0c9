//go:build e2e

package desktop_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/systray"

	"hookbird/gui/e2e/desktop"
)

// trayFile names, in the environment, the file that the tray program writes to
// when its entry is chosen. With it set, this test binary is that program.
const trayFile = "HOOKBIRD_TEST_TRAY"

func TestMain(m *testing.M) {
	if file := os.Getenv(trayFile); file != "" {
		showTray(file)
		return
	}
	os.Exit(m.Run())
}

func showTray(file string) {
	systray.Run(func() {
		more := systray.AddMenuItem("More", "")
		hidden := systray.AddMenuItem("Hidden", "")
		hidden.Hide()
		systray.AddSeparator()
		below := more.AddSubMenuItem("Below", "")
		go func() {
			<-below.ClickedCh
			if err := os.WriteFile(file, []byte("chosen"), 0o600); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
			systray.Quit()
		}()
	}, nil)
}

// TestDesktop starts a desktop and drives a window and a tray icon on it.
func TestDesktop(t *testing.T) {
	if tool := desktop.Missing(); tool != "" {
		t.Skipf("%s is not installed; .ci/install-deps test installs it", tool)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	d, err := desktop.Start(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	t.Run("window", func(t *testing.T) { testWindow(ctx, t, d) })
	t.Run("tray", func(t *testing.T) { testTray(ctx, t, d) })
}

func testWindow(ctx context.Context, t *testing.T, d *desktop.Desktop) {
	xev := d.Command("xev")
	if err := xev.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = xev.Wait() }()
	w, err := d.Window(ctx, "Event Tester")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Resize(ctx, 500, 400); err != nil {
		t.Error(err)
	}
	picture, err := w.Picture()
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds().Size(); size.X != 500 || size.Y != 400 {
		t.Errorf("the picture is %v, want 500x400", size)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := d.NoWindow(ctx, "Event Tester"); err != nil {
		t.Error(err)
	}
}

func testTray(ctx context.Context, t *testing.T, d *desktop.Desktop) {
	file := filepath.Join(t.TempDir(), "chosen")
	program := d.Command(os.Args[0])
	program.Env = append(program.Env, trayFile+"="+file)
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = program.Wait() }()
	tray, err := d.Tray(ctx, program.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	if err := tray.Click(ctx, "More", "Below"); err != nil {
		t.Fatal(err)
	}
	err = desktop.Until(ctx, func() (bool, error) {
		text, err := os.ReadFile(file)
		return err == nil && strings.HasPrefix(string(text), "chosen"), nil
	})
	if err != nil {
		t.Error("the entry was chosen and the program did not hear of it")
	}
}
