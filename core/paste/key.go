package paste

import (
	"strings"
	"unicode"
)

// keyWords are words in the name of a field or a header line whose value is a key.
var keyWords = map[string]bool{
	"apikey": true, "auth": true, "authorization": true, "bearer": true, "credential": true, "credentials": true, "key": true,
	"passphrase": true, "passwd": true, "password": true, "passwort": true, "pwd": true, "secret": true, "token": true,
	"accesskey": true, "accesstoken": true, "authkey": true, "authtoken": true, "clientsecret": true, "secretkey": true,
	"kennwort": true, "motdepasse": true, "contrasena": true,
}

// keyName tells whether a name is that of a key: token, X-Api-Key, clientSecret.
func keyName(name string) bool {
	list := splitName(name)
	for _, w := range list {
		if keyWords[w] {
			return true
		}
	}
	return keyWords[strings.Join(list, "")]
}

// splitName splits a name into its words in small letters: at marks, and where
// capitals begin.
func splitName(name string) []string {
	var b strings.Builder
	small := false
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			r = ' '
		case unicode.IsUpper(r) && small:
			b.WriteByte(' ')
		}
		small = unicode.IsLower(r)
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.Fields(b.String())
}

// keyStarts are how well-known services begin their keys.
var keyStarts = []string{
	"sk_", "pk_", "rk_", "sk-", "whsec_", "whsk_", "ghp_", "gho_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xkeysib-", "SG.", "pat-", "eyJ", "AKIA", "AIza",
}

// keyText tells whether a value is a key whatever it is called.
func keyText(text string) bool {
	for _, s := range keyStarts {
		if strings.HasPrefix(text, s) && len(text) >= 16 && !strings.ContainsFunc(text, isBlank) {
			return true
		}
	}
	return false
}

// random tells whether a header line's value looks like one made by a machine: long,
// with letters and digits and no space.
func random(text string) bool {
	letters, digits := 0, 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
			letters++
		case !strings.ContainsRune("-_=+/.~", r):
			return false
		}
	}
	return letters+digits >= 20 && letters >= 4 && digits >= 4
}

// schemes stand in front of a key in the header line Authorization.
var schemes = []string{"bearer", "basic", "token", "apikey", "api-key", "key", "digest", "hmac"}

// cutScheme cuts such a word off a header line's value.
func cutScheme(value string) (scheme, key string) {
	first, rest, found := strings.Cut(value, " ")
	for _, s := range schemes {
		if found && strings.EqualFold(first, s) {
			return first, strings.TrimSpace(rest)
		}
	}
	return "", value
}

// standsIn tells whether a value only marks the place of a key, as help pages do:
// YOUR_API_KEY, <token>, $TOKEN, xxxxxxxx.
func standsIn(text string) bool {
	_, text = cutScheme(text)
	lower := strings.ToLower(text)
	switch {
	case strings.Trim(text, "x*•.…-X") == "":
		return true
	case strings.Contains(lower, "your") || strings.Contains(lower, "xxxx") || strings.Contains(text, "...") || strings.Contains(text, "…"):
		return true
	case strings.ContainsAny(text, "<{[$‹"):
		return strings.ContainsAny(text, ">}]›") || strings.HasPrefix(text, "$")
	}
	for _, w := range splitName(text) {
		if !keyWords[w] && w != "api" && w != "access" && w != "client" && w != "my" && w != "the" && w != "here" && w != "insert" {
			return false
		}
	}
	return true
}
