package sources

import (
	"os/exec"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCurlExample(t *testing.T) {
	got := curlExample("http://127.0.0.1:8471/in/key", "s3cret")
	want := `curl -X POST 'http://127.0.0.1:8471/in/key' \
  -H 'Content-Type: application/json' \
  -H 'Authorization: Bearer s3cret' \
  -d '{"First name": "Ada", "Last name": "Test", "Email": "ada@example.org"}'
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if strings.Contains(curlExample("http://127.0.0.1:8471/in/key", ""), "Authorization") {
		t.Error("without a token there is a header for one")
	}
}

func TestPowerShellExample(t *testing.T) {
	got := powerShellExample("http://127.0.0.1:8471/in/key", "it's")
	want := "Invoke-RestMethod -Method Post -Uri 'http://127.0.0.1:8471/in/key' `\n" +
		"  -ContentType 'application/json' `\n" +
		"  -Headers @{ Authorization = 'Bearer it''s' } `\n" +
		`  -Body '{"First name": "Ada", "Last name": "Test", "Email": "ada@example.org"}'` + "\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Whatever a token holds, the shell must hand it over as it is.
func TestShellQuoteKeepsEverything(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh here")
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[ -~\n]{0,40}`).Draw(t, "text")
		out, err := exec.Command(sh, "-c", "printf %s "+shellQuote(text)+"x").Output()
		if err != nil {
			t.Fatal(err)
		}
		if string(out) != text+"x" {
			t.Fatalf("the shell sees %q, want %q", out, text+"x")
		}
	})
}
