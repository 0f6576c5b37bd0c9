package core_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The direction is gui -> core <- persist, joined in main. A rule names packages
// by prefix and what none of their imports, however indirect, may be. The
// toolkit's app package needs cgo and a display, so main alone imports it.
var directions = []struct {
	of     string   // import path, or prefix when it ends in "/..."
	except []string // prefixes that the rule spares
	never  []string // prefixes of import paths
	why    string
}{
	{
		of:    "hookbird/core/...",
		never: []string{"hookbird/gui", "hookbird/persist", "fyne.io/", "go.etcd.io/bbolt"},
		why:   "the core knows neither the window nor how things are stored",
		// Programs that measure or show the whole thing stand outside the core.
		except: []string{"hookbird/core/bench", "hookbird/core/demo"},
	},
	{
		of:    "hookbird/persist/...",
		never: []string{"hookbird/gui", "fyne.io/"},
		why:   "the store knows nothing of the window",
	},
	{
		of:    "hookbird/gui/...",
		never: []string{"hookbird/persist", "go.etcd.io/bbolt", "fyne.io/fyne/v2/app"},
		why:   "the window knows the engine only by its control contract, and main makes the app",
	},
	{
		of:    "hookbird/gui/tray/...",
		never: []string{"fyne.io/fyne/"},
		why:   "the tray runs in the engine, which has no toolkit",
	},
}

func TestImportsPointInOneDirection(t *testing.T) {
	for _, rule := range directions {
		for _, p := range modulePackages(t) {
			if !covers(rule.of, p.ImportPath) || coveredByAny(rule.except, p.ImportPath) {
				continue
			}
			for _, dep := range p.Deps {
				if coveredByAny(rule.never, dep) {
					t.Errorf("%s depends on %s: %s", p.ImportPath, dep, rule.why)
				}
			}
		}
	}
}

func TestRootOfCoreUsesStandardLibraryOnly(t *testing.T) {
	for _, p := range modulePackages(t) {
		if p.ImportPath != "hookbird/core" {
			continue
		}
		for _, dep := range p.Deps {
			first, _, _ := strings.Cut(dep, "/")
			if strings.Contains(first, ".") || first == "hookbird" {
				t.Errorf("hookbird/core depends on %s", dep)
			}
		}
	}
}

// Files are read here whatever their build tags, so that no system and no tag
// hides an import. Reading them also makes go test see that its cached result is
// stale once one of them changes.
func TestOnlyMainImportsTheApp(t *testing.T) {
	seen := 0
	for file, imports := range goFiles(t) {
		seen++
		dir := path.Dir(file)
		for _, imp := range imports {
			if imp == "fyne.io/fyne/v2/app" && dir != "." {
				t.Errorf("%s imports the toolkit's app, which only main may", file)
			}
			for _, rule := range directions {
				pkg := path.Join("hookbird", dir)
				if covers(rule.of, pkg) && !coveredByAny(rule.except, pkg) && coveredByAny(rule.never, imp) &&
					!strings.HasSuffix(file, "_test.go") {
					t.Errorf("%s imports %s: %s", file, imp, rule.why)
				}
			}
		}
	}
	if seen < 10 {
		t.Fatalf("only %d Go files found: the walk looked in the wrong place", seen)
	}
}

func covers(pattern, importPath string) bool {
	prefix, all := strings.CutSuffix(pattern, "/...")
	return importPath == prefix || all && strings.HasPrefix(importPath, prefix+"/")
}

func coveredByAny(prefixes []string, importPath string) bool {
	for _, p := range prefixes {
		if importPath == strings.TrimSuffix(p, "/") || strings.HasPrefix(importPath, strings.TrimSuffix(p, "/")+"/") {
			return true
		}
	}
	return false
}

type listed struct {
	ImportPath string
	Deps       []string
}

// modulePackages asks the go command for every package of the module with all
// that it depends on.
func modulePackages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Deps", "hookbird/...")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	var all []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		all = append(all, p)
	}
}

// goFiles gives the imports of every Go file of the module, by slashed path from
// its root.
func goFiles(t *testing.T) map[string][]string {
	t.Helper()
	const root = ".."
	files := map[string][]string{}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if base := d.Name(); base != ".." && (strings.HasPrefix(base, ".") || base == "build" || base == "testdata") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		imports := []string{}
		for _, spec := range f.Imports {
			imp, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			imports = append(imports, imp)
		}
		files[filepath.ToSlash(rel)] = imports
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
