//go:build e2e

// Package e2e_test tests Hookbird as a person meets it: the built program with
// its real window and tray icon, on a desktop of its own, sending to a real
// receiver. It waits for what can be seen or asked, never for time.
package e2e_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"hookbird/core/receiver"
	"hookbird/gui/e2e/desktop"
	"hookbird/gui/e2e/program"
)

// title is the window's.
const title = "Hookbird"

// binary is the program under test: HOOKBIRD, or one that is built here.
var binary string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	if tool := desktop.Missing(); tool != "" {
		fmt.Fprintf(os.Stderr, "%s is not installed; .ci/install-deps test installs what these tests need.\n", tool)
		return 1
	}
	if binary = os.Getenv("HOOKBIRD"); binary != "" {
		return m.Run()
	}
	dir, err := os.MkdirTemp("", "hookbird-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	binary = filepath.Join(dir, "hookbird")
	build := exec.Command("go", "build", "-o", binary, "hookbird")
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	if err := build.Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// world is what a test has: a desktop, the program with a data folder, a
// receiver, and a context that ends before go test loses its patience.
type world struct {
	*testing.T
	ctx      context.Context
	desktop  *desktop.Desktop
	program  *program.Program
	receiver *receiver.Receiver
}

func newWorld(t *testing.T) *world {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	w := &world{T: t, ctx: ctx}
	// Socket paths are short, so the folder is not one of t.TempDir's.
	dir, err := os.MkdirTemp("", "hb")
	w.must(err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	w.desktop, err = desktop.Start(ctx, dir)
	w.must(err)
	t.Cleanup(w.desktop.Close)
	w.receiver, err = receiver.Start(receiver.OK)
	w.must(err)
	t.Cleanup(w.receiver.Close)
	w.program = program.New(w.desktop, binary, filepath.Join(dir, "data"))
	t.Cleanup(w.program.Kill)
	t.Cleanup(w.keepTraces) // runs first, while everything still stands
	return w
}

// keepTraces leaves behind what helps to understand a failure.
func (w *world) keepTraces() {
	if !w.Failed() {
		return
	}
	file, err := filepath.Abs(filepath.Join("..", "..", "build", "e2e", w.Name()+".png"))
	if err == nil {
		err = w.desktop.SaveScreen(file)
	}
	w.Logf("the screen as it was: %s (%v)\nhookbird said:\n%s", file, err, w.program.Said())
}

// must ends the test on an error.
func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// window waits for Hookbird's window and gives it the usual size.
func (w *world) window() *desktop.Window {
	w.Helper()
	win, err := w.desktop.Window(w.ctx, title)
	w.must(err)
	w.must(win.Resize(w.ctx, 1200, 780))
	return win
}

// folder makes a folder in the home of the desktop.
func (w *world) folder(name string) string {
	w.Helper()
	folder := filepath.Join(w.desktop.Home, name)
	w.must(os.MkdirAll(folder, 0o700))
	return folder
}

// drop writes a CSV file of people into a folder; each has the number that makes
// the e-mail address unlike every other.
func (w *world) drop(folder, name string, people ...person) {
	w.Helper()
	out, err := os.Create(filepath.Clean(filepath.Join(folder, name)))
	w.must(err)
	rows := csv.NewWriter(out)
	w.must(rows.Write([]string{"firstname", "lastname", "email"}))
	for _, p := range people {
		w.must(rows.Write([]string{p.first, p.last, p.email}))
	}
	rows.Flush()
	w.must(rows.Error())
	w.must(out.Close())
}

type person struct{ first, last, email string }

var (
	ada   = person{"Ada", "Lovelace", "ada@example.org"}
	grace = person{"Grace", "Hopper", "grace@example.org"}
)

// crowd gives n people.
func crowd(n int) []person {
	people := make([]person, n)
	for i := range people {
		people[i] = person{"Person", fmt.Sprintf("Number %d", i+1), fmt.Sprintf("person%d@example.org", i+1)}
	}
	return people
}
