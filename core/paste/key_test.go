package paste

import (
	"strings"
	"testing"
)

func TestKeysAreKnownByTheirNames(t *testing.T) {
	for _, name := range []string{
		"token", "api_key", "apikey", "API-Key", "X-Api-Key", "clientSecret", "contact[password]", "auth.value", "pwd", "mot de passe",
		"Access Token", "authtoken", "accesstoken", "credential", "Kennwort", "access_key", "key",
	} {
		if !keyName(name) {
			t.Errorf("%s is a key", name)
		}
	}
	for _, name := range []string{"email", "author", "secretary", "keyword", "monkey", "passport", "authority", ""} {
		if keyName(name) {
			t.Errorf("%s is no key", name)
		}
	}
}

func TestKeysAreKnownByTheirTexts(t *testing.T) {
	for _, text := range []string{"sk_live_0123456789", "eyJhbGciOiJIUzI1NiJ9.e30.x", "xkeysib-0123456789abcdef"} {
		if !keyText(text) {
			t.Errorf("%s is a key", text)
		}
	}
	for _, text := range []string{"sk_live", "sk_ and what comes behind it", "ada@example.org", ""} {
		if keyText(text) {
			t.Errorf("%s is no key", text)
		}
	}
	for text, want := range map[string]bool{
		"0123456789abcdefABCD": true, "abcdefghijklmnop1234": true, "abcdefghijklmnopq123": false, "01234567890123456789": false,
		"abcd0123": false, "abc def 0123456789 0123456789": false, "application/vnd.example+json": false,
	} {
		if random(text) != want {
			t.Errorf("random(%q) = %v", text, !want)
		}
	}
}

func TestMarksForKeysAreNoKeys(t *testing.T) {
	for _, text := range []string{
		"", "xxxx", "••••", "YOUR_API_KEY", "Bearer your-token", "<token>", "{{ apiKey }}", "$TOKEN", "${KEY}", "[API key]", "API_KEY",
		"my secret key", "insert token here", "Bearer sk_xxxxxxxx", "abc...", "abc…", "‹key›", "Token <key>",
	} {
		if !standsIn(text) {
			t.Errorf("%q stands in for a key", text)
		}
	}
	for _, text := range []string{"Bearer 0123abc", "pa$$word1", "a<b", "hush", "0123456789abcdef", "x1", "Bearer of news"} {
		if standsIn(text) {
			t.Errorf("%q is a key", text)
		}
	}
}

func TestNamesInSentencesAreShort(t *testing.T) {
	long := strings.Repeat("é", 60)
	if got := shown(long); got != long {
		t.Error(got)
	}
	if got := shown(long + "x\n"); got != long+"…" {
		t.Error(got)
	}
	if got := shown("a\nb\u202e"); got != "a b " {
		t.Error(got)
	}
}

func TestHeaderNames(t *testing.T) {
	for name, want := range map[string]bool{
		"X-A": true, "x!#$%&'*+.^_`|~": true, "": false, "a b": false, "a\x7f": false, "é": false, "a(b": false, "a\x00": false,
		strings.Repeat("a", MaxName): true, strings.Repeat("a", MaxName+1): false, "sk_live_0123456789": false,
	} {
		if isHeaderName(name) != want {
			t.Errorf("isHeaderName(%q) = %v", name, !want)
		}
	}
}
