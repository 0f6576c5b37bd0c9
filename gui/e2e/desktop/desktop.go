// Package desktop is a whole desktop for one test or one series of pictures: a
// display in memory, a session bus, a window manager, a panel with a tray and a
// notification daemon, with a home folder of their own. Nothing of the desktop
// of whoever runs it is touched or seen.
//
// It starts and drives programs as a person would, with pointer, keys and tray
// menu, and must not know what the programs are.
package desktop

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

// Tools are the programs that a desktop is made of. Debian has them in the
// packages that .ci/install-deps names.
var Tools = []string{"Xvfb", "dbus-daemon", "openbox", "xfce4-panel", "dunst", "xdotool", "wmctrl", "import"}

// Desktop is a running desktop. It is driven by one goroutine.
type Desktop struct {
	Home string // its home folder

	env  []string
	bus  *dbus.Conn
	proc []*exec.Cmd
	log  *os.File
}

// Missing names the first of Tools that this computer lacks, or "".
func Missing() string {
	for _, tool := range Tools {
		if _, err := exec.LookPath(tool); err != nil {
			return tool
		}
	}
	return ""
}

// Start makes a desktop with a home folder inside dir and returns when its tray
// takes icons. Whoever starts one closes it.
func Start(ctx context.Context, dir string) (d *Desktop, err error) {
	d = &Desktop{Home: filepath.Join(dir, "home")}
	if err := d.makeHome(); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			d.Close()
		}
	}()
	if d.log, err = os.Create(filepath.Clean(filepath.Join(dir, "desktop.log"))); err != nil {
		return nil, err
	}
	if err := d.startDisplay(); err != nil {
		return nil, fmt.Errorf("start display: %w", err)
	}
	if err := d.startBus(ctx); err != nil {
		return nil, fmt.Errorf("start session bus: %w", err)
	}
	for _, program := range [][]string{
		{"openbox"},
		{"xfce4-panel", "--disable-wm-check"},
		{"dunst", "-conf", "/dev/null"},
	} {
		if err := d.start(d.Command(program[0], program[1:]...)); err != nil {
			return nil, err
		}
	}
	return d, d.waitForTray(ctx)
}

// makeHome makes the folders that programs expect in a home.
func (d *Desktop) makeHome() error {
	places := map[string]string{
		"XDG_CONFIG_HOME": ".config",
		"XDG_DATA_HOME":   ".local/share",
		"XDG_STATE_HOME":  ".local/state",
		"XDG_CACHE_HOME":  ".cache",
		"XDG_RUNTIME_DIR": "run",
	}
	d.env = []string{
		"HOME=" + d.Home, "PATH=" + os.Getenv("PATH"), "USER=" + os.Getenv("USER"),
		// The toolkit reads the language from LANG and knows none called "C".
		"LANG=en_US.UTF-8",
		"TZ=" + os.Getenv("TZ"),
		"FYNE_SCALE=1",
		"LIBGL_ALWAYS_SOFTWARE=1",
		"NO_AT_BRIDGE=1",
	}
	for name, place := range places {
		folder := filepath.Join(d.Home, filepath.FromSlash(place))
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		d.env = append(d.env, name+"="+folder)
	}
	return nil
}

// startDisplay starts a display under a number that the server itself finds free.
func (d *Desktop) startDisplay() error {
	read, write, err := os.Pipe()
	if err != nil {
		return err
	}
	defer func() { _ = read.Close() }()
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1360x900x24", "-dpi", "96", "-nolisten", "tcp", "-noreset")
	x.Env = d.env
	x.ExtraFiles = []*os.File{write}
	err = d.start(x)
	_ = write.Close()
	if err != nil {
		return err
	}
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		return fmt.Errorf("it said no display number: %w", err)
	}
	d.env = append(d.env, "DISPLAY=:"+strings.TrimSpace(number))
	return nil
}

func (d *Desktop) startBus(ctx context.Context) error {
	cmd := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address=1")
	cmd.Env, cmd.Stderr = d.env, d.log
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	d.proc = append(d.proc, cmd)
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return err
	}
	address = strings.TrimSpace(address)
	d.env = append(d.env, "DBUS_SESSION_BUS_ADDRESS="+address)
	d.bus, err = dbus.Connect(address, dbus.WithContext(context.WithoutCancel(ctx)))
	return err
}

// start runs a program until the desktop closes.
func (d *Desktop) start(cmd *exec.Cmd) error {
	cmd.Stdout, cmd.Stderr = d.log, d.log
	if err := cmd.Start(); err != nil {
		return err
	}
	d.proc = append(d.proc, cmd)
	return nil
}

// waitForTray waits until something on the panel shows tray icons.
func (d *Desktop) waitForTray(ctx context.Context) error {
	watcher := d.bus.Object("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher")
	err := Until(ctx, func() (bool, error) {
		v, err := watcher.GetProperty("org.kde.StatusNotifierWatcher.IsStatusNotifierHostRegistered")
		shown, _ := v.Value().(bool)
		return err == nil && shown, nil
	})
	if err != nil {
		return fmt.Errorf("the panel shows no tray: %w", err)
	}
	return nil
}

// Command prepares a program that runs on this desktop, without starting it.
func (d *Desktop) Command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env = slices.Clone(d.env)
	cmd.Dir = d.Home
	return cmd
}

// Close ends everything that runs on the desktop that it started itself.
func (d *Desktop) Close() {
	if d.bus != nil {
		_ = d.bus.Close()
	}
	for _, cmd := range slices.Backward(d.proc) {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	if d.log != nil {
		_ = d.log.Close()
	}
}

// toolTime is how long one of the small tools may take.
const toolTime = 20 * time.Second

// output runs one of the small tools and gives what it printed.
func (d *Desktop) output(name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), toolTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env, cmd.Dir = d.env, d.Home
	out, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		err = fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, strings.TrimSpace(string(exit.Stderr)))
	}
	return string(out), err
}

// Until asks again and again, 20 times a second, until the answer is yes, an
// error, or ctx ends.
func Until(ctx context.Context, ask func() (bool, error)) error {
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		if yes, err := ask(); yes || err != nil {
			return err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
