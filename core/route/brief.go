package route

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"hookbird/core"
)

// maxBrief is how much is kept of a foreign text, in bytes.
const maxBrief = 200

// brief makes a foreign text fit to stand in a sentence: on one line, with dots
// over secrets, and cut off after some words.
func brief(text string, secrets ...string) string {
	text = hide(text, secrets...)
	text = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, ""), func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsPrint(r)
	}), " ")
	text = strings.TrimRight(text, ". ")
	if len(text) <= maxBrief {
		return text
	}
	cut := maxBrief
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}

// hide puts dots over secrets, as they are and as they travel.
func hide(text string, secrets ...string) string {
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		for _, form := range []string{
			secret, url.QueryEscape(secret), url.PathEscape(secret),
			strings.Trim(strconv.Quote(secret), `"`), base64.StdEncoding.EncodeToString([]byte(secret)),
		} {
			text = strings.ReplaceAll(text, form, core.Dots)
		}
	}
	return text
}

// cleared gives an error that is only kept for what it is, nil if secrets stand in
// its text.
func cleared(err error, secrets ...string) error {
	if text := err.Error(); hide(text, secrets...) != text {
		return nil
	}
	return err
}
