package verify_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hookbird/core/verify"
)

// start runs a snippet's code in a receiver, and gives its address.
type start func(t testing.TB, c trial, code string, env []string) string

// runTrials sends each trial's messages to its snippets in one language.
func runTrials(t *testing.T, language string, start start) {
	for _, c := range trials(t) {
		if c.blind && language == script {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			code := snippet(t, c, language)
			url := start(t, c, code, []string{c.set + "=" + c.knows})
			for _, r := range c.genuine {
				if got := verdict(t, url, r); got != 200 {
					t.Errorf("the genuine message is refused, %s: %d", r.name, got)
				}
			}
			refuseAll(t, url, language, c.forged)
			if !c.unset {
				return
			}
			unset := start(t, c, code, []string{c.set + "="})
			refuseAll(t, unset, language, append(c.genuine, c.forged...))
		})
	}
}

// refuseAll sees that none of these is accepted, and that each is refused in an
// orderly way, but by a script, which may break off over what is no JSON.
func refuseAll(t *testing.T, url, language string, list []request) {
	t.Helper()
	for _, r := range list {
		if got := verdict(t, url, r); got != 401 && (got != 500 || language != script) {
			t.Errorf("answered %d, although %s: %v\n%.500s", got, r.name, r.lines, r.body)
		}
	}
}

const script = "Google Apps Script"

// snippet gives the code of a trial's one snippet in a language.
func snippet(t testing.TB, c trial, language string) string {
	t.Helper()
	code := ""
	for _, s := range verify.Snippets(c.webhook) {
		if s.Language == language {
			if code != "" {
				t.Fatalf("two snippets in %s", language)
			}
			code = s.Code
		}
	}
	if code == "" {
		t.Fatalf("no snippet in %s", language)
	}
	if strings.Contains(code, c.knows) || strings.Contains(code, "gehe1m") {
		t.Fatalf("the snippet holds a secret:\n%s", code)
	}
	return code
}

func TestPHP(t *testing.T) {
	php := need(t, "php")
	runTrials(t, "PHP", func(t testing.TB, c trial, code string, env []string) string {
		page := write(t, "index.php", code+"echo 'accepted';\n")
		return serve(t, env, php, append(c.php, "-S", "127.0.0.1:0", page)...)
	})
}

const pythonReceiver = `

import http.server
import socketserver


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200 if genuine(self.headers, body) is True else 401)
        self.end_headers()


server = socketserver.TCPServer(("127.0.0.1", 0), Receiver)  # an HTTPServer looks up names first
print("http://127.0.0.1:%d" % server.server_address[1], flush=True)
server.serve_forever()
`

func TestPython(t *testing.T) {
	python := pythonItself(t)
	cryptography := exec.CommandContext(t.Context(), python, "-c", "import cryptography").Run() == nil
	runTrials(t, "Python", func(t testing.TB, c trial, code string, env []string) string {
		if strings.Contains(code, "import Ed25519PublicKey") && !cryptography {
			t.Skip("the package cryptography is not installed, and Python itself has no ed25519")
		}
		return serve(t, append(env, "PYTHONDONTWRITEBYTECODE=1"), python, write(t, "receiver.py", code+pythonReceiver))
	})
}

// pythonItself gives the program that a launcher of Python would start.
func pythonItself(t *testing.T) string {
	t.Helper()
	path, err := exec.CommandContext(t.Context(), need(t, "python3"), "-c", "import sys; print(sys.executable)").Output()
	if err != nil {
		t.Skipf("python3 does not start, so its snippets cannot be run here: %v", err)
	}
	return strings.TrimSpace(string(path))
}

const nodeReceiver = `
const server = require('node:http').createServer(async (req, res) => {
  const parts = [];
  for await (const part of req) parts.push(part);
  try {
    res.statusCode = (await genuine(req.headers, Buffer.concat(parts))) === true ? 200 : 401;
  } catch (problem) {
    console.error(problem);
    res.statusCode = 500;
  }
  res.end();
});
server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));
`

func TestNode(t *testing.T) {
	node := need(t, "node")
	runTrials(t, "Node.js", func(t testing.TB, _ trial, code string, env []string) string {
		return serve(t, env, node, write(t, "receiver.js", code+nodeReceiver))
	})
}

// scriptReceiver stands in for what Google gives a script. Its bytes have signs,
// and what is not ASCII is lost where no character set is named, as there.
const scriptReceiver = `
const nodeCrypto = require('node:crypto');
const PropertiesService = { getScriptProperties: () => ({ getProperty: (name) => process.env[name] || null }) };
const ContentService = { createTextOutput: (text) => ({ text }) };
const Utilities = {
  Charset: { UTF_8: 'utf8' },
  getUuid: () => nodeCrypto.randomUUID(),
  computeHmacSha256Signature: (value, key, charset) => {
    const bytes = (text) => charset === 'utf8' ? Buffer.from(text) : Buffer.from(text.replace(/[^\0-\x7f]/g, '?'));
    if (typeof value !== 'string' || value === '') throw new Error('no text');
    return [...new Int8Array(nodeCrypto.createHmac('sha256', bytes(key)).update(bytes(value)).digest())];
  },
};
const server = require('node:http').createServer(async (req, res) => {
  const parts = [];
  for await (const part of req) parts.push(part);
  const body = Buffer.concat(parts), type = req.headers['content-type'];
  try {
    const e = { parameter: {}, postData: { contents: body.toString(), type } };
    if (!type.includes('json')) {
      const form = await new Response(body, { headers: { 'content-type': type } }).formData();
      const name = n => n.replaceAll('%22', '"').replaceAll('%0D%0A', '\r\n'); // Node 18 leaves them
      e.parameter = Object.fromEntries([...form].map(([n, v]) => [name(n), v]));
    }
    res.statusCode = doPost(e).text === 'accepted' ? 200 : 401;
  } catch {
    res.statusCode = 500;
  }
  res.end();
});
server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));
`

func TestAppsScript(t *testing.T) {
	node := need(t, "node")
	runTrials(t, script, func(t testing.TB, _ trial, code string, env []string) string {
		return serve(t, env, node, write(t, "receiver.js", code+scriptReceiver))
	})
}

const goReceiver = `package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
)

var checks = map[string]func(*http.Request) bool{}

func main() {
	genuine := checks[os.Args[1]]
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println("http://" + l.Addr().String())
	panic(http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !genuine(r) {
			w.WriteHeader(http.StatusUnauthorized)
		}
	})))
}
`

// All snippets are built into one program, each in a package of its own, which
// takes a fraction of the time.
func TestGo(t *testing.T) {
	tool := need(t, "go")
	names := map[string]string{} // of packages, by code
	files := map[string]string{"go.mod": "module receiver\n\ngo 1.21\n", "main.go": goReceiver}
	for _, c := range trials(t) {
		code := snippet(t, c, "Go")
		if names[code] != "" {
			continue
		}
		name := fmt.Sprintf("check%d", len(names))
		names[code] = name
		files[name+"/check.go"] = strings.Replace(code, "package main", "package "+name, 1)
		files[name+"/export.go"] = "package " + name + "\n\nvar Genuine = genuine\n"
		files[name+".go"] = fmt.Sprintf("package main\n\nimport %q\n\nfunc init() { checks[%q] = %s.Genuine }\n", "receiver/"+name, name, name)
	}
	program := buildGo(t, tool, files)
	runTrials(t, "Go", func(t testing.TB, _ trial, code string, env []string) string {
		return serve(t, env, program, names[code])
	})
}

// buildGo builds a module of these files.
func buildGo(t *testing.T, tool string, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		path := filepath.Join(folder, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), maxRun)
	defer cancel()
	cmd := exec.CommandContext(ctx, tool, "build", "-o", "receiver.exe", ".")
	cmd.Dir, cmd.Env = folder, append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod -buildvcs=false", "GOTOOLCHAIN=local")
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("the snippets do not build: %s", said)
	}
	return filepath.Join(folder, "receiver.exe")
}
