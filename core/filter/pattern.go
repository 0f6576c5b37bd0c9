package filter

import (
	"errors"
	"regexp"
	"regexp/syntax"
	"strings"

	"hookbird/core"
	"hookbird/core/value"
)

// maxPatterns bounds what the patterns of one filter compile to together, in
// steps of their programs.
const maxPatterns = 50_000

// pattern is an RE2 pattern for a whole value.
type pattern struct {
	literal string         // what the value must be, if plain
	plain   bool           // the pattern fits one text alone
	size    int            // about how many steps its program has
	re      *regexp.Regexp // if not plain
}

// compilePattern reads a pattern that may have so many steps.
func compilePattern(text string, most int) (pattern, error) {
	if literal, ok := literalOf(text); ok {
		return pattern{literal: literal, plain: true, size: 1}, nil
	}
	tree, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return pattern{}, core.Errorf(core.CodeInvalid, "The pattern %s cannot be read: %s.", short(text), fault(err, text))
	}
	steps := size(tree)
	if steps > most {
		return pattern{}, core.Errorf(core.CodeInvalid, "The pattern %s is too large. Use smaller repetitions and shorter lists.", short(text))
	}
	re, err := regexp.Compile(`\A(?:` + text + `)\z`)
	if err != nil {
		return pattern{}, core.Errorf(core.CodeInvalid, "The pattern %s cannot be read: %s.", short(text), fault(err, text))
	}
	return pattern{re: re, size: steps}, nil
}

// maxEscape is how many bytes of JSON may stand for one of a text, as in \u0041.
const maxEscape = 6

// matches tells whether the whole value fits. There is no buffer for its text,
// since the pattern would move one to the heap.
func (p *pattern) matches(v value.Value, m *memo) bool {
	switch {
	case !p.plain:
		return p.re.Match(m.text(v, nil))
	case v.Kind() == value.String && len(v.Raw()) > maxEscape*len(p.literal)+len(`""`):
		return false
	default:
		return string(m.text(v, nil)) == p.literal
	}
}

// size is about how many steps the program of a pattern has, counted up to a
// little more than a filter may have.
func size(re *syntax.Regexp) int {
	n := 0
	for _, sub := range re.Sub {
		n = min(n+size(sub), maxPatterns)
	}
	if re.Op == syntax.OpRepeat {
		n *= max(re.Min, re.Max, 1)
	}
	return min(n+1+len(re.Rune)/8, maxPatterns+1)
}

// literalPattern writes a text as the pattern that fits it alone, without a
// semicolon in it and without a space around it.
func literalPattern(text string) string {
	quoted := strings.ReplaceAll(regexp.QuoteMeta(text), ";", `\x3b`)
	inner := strings.Trim(quoted, spaces)
	at := strings.Index(quoted, inner)
	return inHex(quoted[:at]) + inner + inHex(quoted[at+len(inner):])
}

// inHex writes spaces as a pattern has them.
func inHex(spaces string) string {
	const digits = "0123456789abcdef"
	var b strings.Builder
	for i := range len(spaces) {
		b.WriteString(`\x`)
		b.WriteByte(digits[spaces[i]>>4])
		b.WriteByte(digits[spaces[i]&15])
	}
	return b.String()
}

// literalOf gives the one text that a pattern fits, if it is written as
// literalPattern writes that text.
func literalOf(pattern string) (text string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		if c == '\\' && i+1 < len(pattern) {
			i++
			c = pattern[i]
			if c == 'x' && i+2 < len(pattern) {
				c = hexDigit(pattern[i+1])<<4 | hexDigit(pattern[i+2])
				i += 2
			}
		}
		b.WriteByte(c)
	}
	text = b.String()
	return text, literalPattern(text) == pattern
}

// hexDigit gives the worth of a digit as inHex writes it, or 0.
func hexDigit(c byte) byte { return byte(max(strings.IndexByte("0123456789abcdef", c), 0)) }

// fault says in words what is wrong with a pattern, and where, unless that is the
// whole of it.
func fault(err error, pattern string) string {
	wrong, ok := errors.AsType[*syntax.Error](err)
	if !ok {
		return "it is not written as patterns are"
	}
	words := faults[wrong.Code]
	if words == "" {
		words = "it is not written as patterns are"
	}
	if wrong.Expr == "" || strings.Contains(wrong.Expr, pattern) {
		return words
	}
	return words + " (at " + short(wrong.Expr) + ")"
}

var faults = map[syntax.ErrorCode]string{
	syntax.ErrMissingParen:          `a parenthesis does not close; write \( for a parenthesis itself`,
	syntax.ErrUnexpectedParen:       `a parenthesis closes that was not opened; write \) for a parenthesis itself`,
	syntax.ErrMissingBracket:        `a bracket does not close; write \[ for a bracket itself`,
	syntax.ErrMissingRepeatArgument: `nothing stands before a sign that repeats; write .* for any text, \* for a star itself and \+ for a plus`,
	syntax.ErrInvalidRepeatOp:       `two signs that repeat stand side by side`,
	syntax.ErrInvalidRepeatSize:     `a repetition is too large; 1000 is the most`,
	syntax.ErrTrailingBackslash:     `a backslash stands at its end; write \\ for a backslash itself and \x3b for a semicolon`,
	syntax.ErrInvalidEscape:         `a backslash stands before a letter or digit with which it has no meaning; write \\ for a backslash itself`,
	syntax.ErrInvalidCharRange:      `a range in brackets cannot be read`,
	syntax.ErrInvalidCharClass:      `what stands in brackets cannot be read`,
	syntax.ErrInvalidPerlOp:         `what stands behind (? is not known; patterns cannot look ahead or back`,
	syntax.ErrInvalidNamedCapture:   `the name of a group cannot be read`,
	syntax.ErrNestingDepth:          `its parentheses are nested too deeply`,
	syntax.ErrLarge:                 `it is too large`,
}
