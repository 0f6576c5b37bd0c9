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

// Copy copies a built program, so that another build meanwhile does not change
// what is measured. remove removes the copy.
func Copy(program string) (path string, remove func(), err error) {
	dir, err := os.MkdirTemp("", "hookbird-bench-")
	if err != nil {
		return "", nil, err
	}
	remove = func() { _ = os.RemoveAll(dir) }
	text, err := os.ReadFile(program)
	if err == nil {
		path = filepath.Join(dir, "hookbird")
		err = os.WriteFile(path, text, 0o700)
	}
	if err != nil {
		remove()
		return "", nil, err
	}
	return path, remove, nil
}
