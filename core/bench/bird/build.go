package bird

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Build builds the engine without its window into a folder, for tests, and gives
// its path.
func Build(dir string) (program string, err error) {
	program = filepath.Join(dir, "hookbird")
	cmd := exec.Command("go", "build", "-tags", "nogui", "-buildvcs=false", "-o", program, "hookbird")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the engine: %w: %s", err, out)
	}
	return program, nil
}

// Workplace makes a folder in which everything temporary of this program lies from
// now on, with a copy of a built program, so that another build meanwhile does not
// change what is measured. remove removes it all.
func Workplace(program string) (copied string, remove func(), err error) {
	dir, err := os.MkdirTemp("", "hookbird-bench-")
	if err != nil {
		return "", nil, err
	}
	remove = func() { _ = os.RemoveAll(dir) }
	text, err := os.ReadFile(program)
	if err == nil {
		copied = filepath.Join(dir, "hookbird")
		err = os.WriteFile(copied, text, 0o700)
	}
	if err == nil {
		err = os.Setenv("TMPDIR", dir)
	}
	if err != nil {
		remove()
		return "", nil, err
	}
	return copied, remove, nil
}
