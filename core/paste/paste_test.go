package paste_test

import (
	"fmt"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/paste"

	"github.com/google/go-cmp/cmp"
)

// seen writes a guess down, a line a thing, secrets in braces.
func seen(g paste.Guess) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s %s\n", g.Kind, g.Method, g.Address, g.Body.Style)
	for _, h := range g.Headers {
		fmt.Fprintf(&b, "%s: %s%s\n", h.Name, h.Value, secret(h.Secret))
	}
	for _, f := range g.Body.Fields {
		fmt.Fprintf(&b, "%s=%s%s\n", f.Name, g.Example[f.Name], secret(f.Secret))
	}
	if g.Body.Template != "" {
		fmt.Fprintf(&b, "%s %s\n", g.Body.ContentType, g.Body.Template)
	}
	for _, s := range g.Said {
		fmt.Fprintf(&b, "- %s\n", s)
	}
	return b.String()
}

func secret(s core.Secret) string {
	text, ok := s.Text()
	switch {
	case s.Missing():
		return "{?}"
	case ok:
		return "{" + text + "}"
	default:
		return ""
	}
}

type reading struct{ name, text, want string }

func check(t *testing.T, list []reading) {
	t.Helper()
	for _, tt := range list {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(strings.TrimPrefix(tt.want, "\n"), seen(paste.Read(tt.text))); diff != "" {
				t.Error(diff)
			}
		})
	}
}
