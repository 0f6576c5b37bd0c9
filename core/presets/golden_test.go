package presets

import (
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hookbird/assets"
	"hookbird/core"
	"hookbird/core/message"
)

var update = flag.Bool("update", false, "write the golden requests anew")

func TestRequests(t *testing.T) {
	each(t, func(t *testing.T, p assets.Preset) {
		w := filled(t, p, nothing)
		got := readable(w, request(t, w, person))
		file := filepath.Join("testdata", p.ID+".txt")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatalf("%v; write it with go test ./core/presets -update", err)
		}
		if d := cmp.Diff(strings.ReplaceAll(string(want), "\r\n", "\n"), got); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	})
}

// Every golden request is of a preset that is still there.
func TestNoRequestIsLeftOver(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	each(t, func(_ *testing.T, p assets.Preset) {
		for i, file := range files {
			if filepath.Base(file) == p.ID+".txt" {
				files = append(files[:i], files[i+1:]...)
				return
			}
		}
	})
	if len(files) > 0 {
		t.Errorf("no preset makes %q", files)
	}
}

// request makes the message of one record.
func request(t *testing.T, w *core.Webhook, data string) *message.Message {
	t.Helper()
	if errs := message.Validate(w); errs != nil {
		t.Fatal(errs)
	}
	b, err := message.New(w, emptyVault{}, version)
	if err != nil {
		t.Fatal(err)
	}
	m, err := b.Build(record(data), now)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// readable writes a request as it goes over the line, without what depends on a
// secret that was made just now; and what the receiver reads from a form.
func readable(w *core.Webhook, m *message.Message) string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s %s\n", m.Method, m.URL)
	for _, line := range m.Header {
		if w.Sign.Style != core.SignNone && line.Name == "webhook-signature" {
			line.Value = "(made with the webhook's own key)"
		}
		fmt.Fprintf(&s, "%s: %s\n", line.Name, line.Value)
	}
	if m.Body != nil {
		fmt.Fprintf(&s, "\n%s\n", m.Body)
	}
	if strings.HasPrefix(kind(m), "application/x-www-form-urlencoded") {
		s.WriteString("\n" + pairs(string(m.Body)))
	}
	return s.String()
}

// kind is the Content-Type of a request.
func kind(m *message.Message) string {
	for _, line := range m.Header {
		if line.Name == "Content-Type" {
			return line.Value
		}
	}
	return ""
}

// pairs reads a form: a name and its value a line, as they were sent.
func pairs(body string) string {
	var s strings.Builder
	for pair := range strings.SplitSeq(body, "&") {
		name, text, _ := strings.Cut(pair, "=")
		fmt.Fprintf(&s, "  %s = %s\n", unescape(name), unescape(text))
	}
	return s.String()
}

func unescape(text string) string {
	plain, err := url.QueryUnescape(text)
	if err != nil {
		return "not a form: " + text
	}
	return plain
}
