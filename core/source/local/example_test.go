package local

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/sign"
)

// trial is a source with the secrets that somebody puts into an example.
type trial struct {
	local         core.LocalSource
	token, secret string
}

func trials() map[string]trial {
	shared := sign.NewSecret()
	hmac := func(v core.Verify) core.Verify {
		v.Style, v.Secret = core.VerifyHMAC, core.NewSecret("s3cret-of-the-till")
		return v
	}
	return map[string]trial{
		"plain":    {},
		"token":    {local: core.LocalSource{Token: core.NewSecret(testToken)}, token: testToken},
		"standard": {local: core.LocalSource{Verify: core.Verify{Style: core.VerifyStandard, Secret: core.NewSecret(shared)}}, secret: shared},
		"GitHub":   {local: core.LocalSource{Verify: hmac(core.Verify{Prefix: "sha256="})}, secret: "s3cret-of-the-till"},
		"own":      {local: core.LocalSource{Verify: hmac(core.Verify{Header: "X-It's", Algorithm: "sha512", Encoding: "base64", Prefix: `a'"\b `})}, secret: "s3cret-of-the-till"},
		"sha1":     {local: core.LocalSource{Token: core.NewSecret(testToken), Verify: hmac(core.Verify{Header: "X-S", Algorithm: "sha1"})}, token: testToken, secret: "s3cret-of-the-till"},
	}
}

func TestExamples(t *testing.T) {
	programs := map[string][]string{ // a command that runs a file that ends so
		"curl": {"sh", ".sh"}, "PowerShell": {"pwsh", ".ps1", "-NoProfile", "-File"}, "Python": {"python3", ".py"}, "PHP": {"php", ".php"},
	}
	for name, c := range trials() {
		b := start(t, Options{})
		*b.src.Local = c.local
		for _, e := range Examples("http://"+b.addr, b.src) {
			if p, known := programs[e.Language]; known {
				t.Run(e.Language+" "+name, func(t *testing.T) { b.runExample(t, c, e.Code, p) })
			}
		}
	}
}

// runExample fills in an example and runs it, as it is and with a wrong secret.
func (b *bench) runExample(t *testing.T, c trial, code string, program []string) {
	need := []string{program[0]}
	if program[0] == "sh" {
		need = append(need, "curl", "openssl")
	}
	for _, n := range need {
		if _, err := exec.LookPath(n); err != nil {
			t.Skipf("%s is not installed", n)
		}
	}
	fill := func(token, secret string) string {
		return strings.NewReplacer(KeyHere, testKey, TokenHere, token, SecretHere, secret).Replace(code)
	}
	want := map[string]bool{`{"firstname":"Ada","lastname":"Lovelace","email":"ada@example.org"}`: true, `{"firstname": "Ada", "lastname": "Lovelace", "email": "ada@example.org"}`: true}
	said := runCode(t, program, fill(c.token, c.secret))
	if got := data(b.host.got()); len(got) != 1 || !want[got[0]] || !strings.Contains(said, "duplicate") {
		t.Errorf("%q came in, the program said: %s", got, said)
	}
	if c.token+c.secret == "" {
		return
	}
	wrong := "another-" + c.secret
	if c.local.Verify.Style == core.VerifyStandard {
		wrong = sign.NewSecret()
	}
	said = runCode(t, program, fill(c.token+"x", wrong))
	if got := b.host.got(); len(got) != 0 || !strings.Contains(said, "This source asks for its token") && !strings.Contains(said, "signature") {
		t.Errorf("%d came in, the program said: %s", len(got), said)
	}
}

func runCode(t *testing.T, program []string, code string) (said string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "example"+program[1])
	if err := os.WriteFile(file, []byte(code), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program[0], append(program[2:], file)...)
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), "no_proxy=127.0.0.1", "NO_PROXY=127.0.0.1", "PYTHONDONTWRITEBYTECODE=1")
	out, _ := cmd.CombinedOutput() // what it says is looked at
	return string(out)
}

// No example holds a secret, and each has its place for those that the source asks for.
func TestExamplesHoldNoSecret(t *testing.T) {
	for name, c := range trials() {
		src := &core.Source{Kind: core.KindLocal, EventType: "sale", Local: &c.local}
		src.Local.Key = core.NewSecret(testKey)
		list := Examples("http://127.0.0.1:8010", src)
		if len(list) != 5 {
			t.Errorf("%s: %d examples", name, len(list))
		}
		for _, e := range list {
			all := e.Language + e.Title + e.Code + e.Note
			for _, secret := range []string{testKey, c.token, c.secret} {
				if secret != "" && strings.Contains(all, secret) {
					t.Errorf("%s, %s: a secret stands there", name, e.Language)
				}
			}
			wants := func(place string, wanted bool) {
				n := 0
				if wanted {
					n = 1
				}
				if got := strings.Count(e.Code, place); got != n || strings.Contains(e.Note, place) != wanted {
					t.Errorf("%s, %s: %s is there %d times", name, e.Language, place, got)
				}
			}
			wants(KeyHere, true)
			wants(TokenHere, c.token != "")
			wants(SecretHere, c.secret != "")
			if !strings.Contains(e.Code, "http://127.0.0.1:8010") || !strings.Contains(e.Title, "sale") || strings.Contains(e.Code, "<no value>") {
				t.Errorf("%s, %s:\n%s", name, e.Language, e.Code)
			}
		}
	}
}

// Excel is nowhere at hand: what of its code comes from the settings is looked at.
func TestExcelExample(t *testing.T) {
	code := func(l core.LocalSource) string {
		return Examples("http://127.0.0.1:8010", &core.Source{Local: &l})[2].Code
	}
	own := code(trials()["own"].local)
	for _, line := range []string{
		`request.setRequestHeader "X-It's", "a'""\b " & Encoded(mac.ComputeHash_2(Bytes(body)), "bin.base64")`,
		`CreateObject("System.Security.Cryptography.HMACSHA512")`, "    Sign request, body\n",
	} {
		if !strings.Contains(own, line) {
			t.Errorf("%s is not in\n%s", line, own)
		}
	}
	if plain := code(core.LocalSource{}); strings.Contains(plain, "Sign request") || strings.Contains(plain, "Authorization") {
		t.Error(plain)
	}
	for name, c := range trials() {
		text := code(c.local)
		for _, block := range []string{"Sub", "Function", "If", "With"} {
			ends := strings.Count(text, "\nEnd "+block) + strings.Count(text, "    End "+block)
			begins := strings.Count(text, "Private "+block+" ") + strings.Count(text, "Public "+block+" ") + strings.Count(text, "    With ")*count(block == "With") + strings.Count(text, "        If code")*count(block == "If")
			if begins != ends {
				t.Errorf("%s: %d %s begin and %d end", name, begins, block, ends)
			}
		}
	}
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

func TestWebAddressExample(t *testing.T) {
	b := start(t, Options{})
	b.src.Local.Query = true
	list := Examples("http://"+b.addr, b.src)
	last := list[len(list)-1]
	if last.Language != "Web address" {
		t.Fatal(last.Language)
	}
	path := strings.TrimSpace(strings.TrimPrefix(strings.ReplaceAll(last.Code, KeyHere, testKey), "http://"+b.addr))
	if got := b.one("GET", path, ""); got != `{"firstname":"Ada","lastname":"Lovelace","email":"ada@example.org"}` {
		t.Error(got)
	}
	b.src.Local.Token = core.NewSecret(testToken)
	if n := len(Examples("http://"+b.addr, b.src)); n != 5 {
		t.Errorf("%d examples, although an address alone brings no token", n)
	}
}
