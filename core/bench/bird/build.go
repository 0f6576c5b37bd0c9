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
