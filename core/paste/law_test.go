package paste_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"hookbird/core/paste"

	"pgregory.net/rapid"
)

// secretPlaces are texts in which %s is a secret.
var secretPlaces = []string{
	`curl https://x.example.org/in -H "Authorization: Bearer %s" -d a=1`,
	`curl https://x.example.org/in -H "X-Api-Key: %s"`,
	`curl https://x.example.org/in -H "X-Something: %s"`,
	`curl https://x.example.org/in -u ada:%s`,
	`curl -uada:%s -XPOST https://x.example.org/in`,
	`curl https://ada:%s@x.example.org/in`,
	`curl https://x.example.org/in --oauth2-bearer %s`,
	`curl https://x.example.org/in -d access_token=%s -d a=1`,
	`curl https://x.example.org/in --data-urlencode "clientSecret=%s"`,
	`curl https://x.example.org/in -F password=%s`,
	`curl https://x.example.org/in --json '{"auth":{"value":"%s"}}'`,
	`{"contact": {"api-key": "%s"}}`,
	`token=%s&email=ada@example.org`,
	"email: ada@example.org\npassword: %s",
	"email\tpassword\nada@example.org\t%s",
	`https://ada:%s@x.example.org/in`,
}

func TestSecretsAreKeptAndNeverSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hidden := rapid.StringMatching(`[a-f][0-9][a-f0-9]{10}[a-z]{6}[0-9]{6}`).Draw(t, "secret")
		place := rapid.SampledFrom(secretPlaces).Draw(t, "place")
		g := paste.Read(fmt.Sprintf(place, hidden))
		login := base64.StdEncoding.EncodeToString([]byte("ada:" + hidden))
		open := fmt.Sprintf("%v %+v %#v", g, g, g)
		if strings.Contains(open, hidden) || strings.Contains(open, login) {
			t.Fatalf("%s: it shows in %s", place, open)
		}
		kept := seen(g) // shows secrets in braces
		if !strings.Contains(kept, hidden+"}") && !strings.Contains(kept, login+"}") {
			t.Fatalf("%s: it is lost in %s", place, kept)
		}
	})
}

// What bash would read out of a text that was put into quotes is the text.
func TestQuotedTextsAreReadAsTheyAre(t *testing.T) {
	quotings := []func(string) string{
		func(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" },
		func(s string) string {
			return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`").Replace(s) + `"`
		},
		func(s string) string {
			return "$'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`).Replace(s) + "'"
		},
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("ab 1\"'\\$`^|&;é€[]{}\n")), 1, 20, -1).Draw(t, "text")
		quote := rapid.SampledFrom(quotings).Draw(t, "quote")
		line := "curl https://x.example.org/in -d a=1 -H " + quote("X-A: "+text)
		if strings.Contains(line, "^\n") || strings.Contains(line, `^"`) || strings.TrimSpace(text) != text {
			t.Skip() // the mark of another shell, or space that no header line keeps
		}
		g := paste.Read(line)
		want := strings.NewReplacer("[", `\[`, "${", `\${`).Replace(text)
		if len(g.Headers) != 1 || g.Headers[0].Value != want {
			t.Fatalf("%q becomes %q", text, g.Headers)
		}
	})
}
