package filter

import (
	"regexp"
	"regexp/syntax"
	"strings"

	"hookbird/core"
)

// maxPatternSize bounds what one pattern compiles to, in steps of its program.
const maxPatternSize = 10_000

// pattern is an RE2 pattern for a whole value.
type pattern struct {
	literal string         // what the value must be, if plain
	plain   bool           // the pattern has no special character
	re      *regexp.Regexp // if not plain
}

// compilePattern reads a pattern.
func compilePattern(text string) (pattern, error) {
	if literal, ok := literalOf(text); ok {
		return pattern{literal: literal, plain: true}, nil
	}
	tree, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return pattern{}, core.Errorf(core.CodeInvalid, "The pattern %s cannot be read: %s.", text, fault(err))
	}
	if size(tree) > maxPatternSize {
		return pattern{}, core.Errorf(core.CodeInvalid, "The pattern %s is too large. Use smaller repetitions, or split it into several conditions.", text)
	}
	re, err := regexp.Compile(`\A(?:` + text + `)\z`)
	if err != nil {
		return pattern{}, core.Errorf(core.CodeInvalid, "The pattern %s cannot be read: %s.", text, fault(err))
	}
	return pattern{re: re}, nil
}

// matches tells whether the whole value fits.
func (p *pattern) matches(value []byte) bool {
	if p.plain {
		return string(value) == p.literal
	}
	return p.re.Match(value)
}

// literalOf gives the one text that a pattern fits, if it is written as
// literalPattern writes that text.
func literalOf(text string) (literal string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) {
			i++
		}
		b.WriteByte(text[i])
	}
	literal = b.String()
	return literal, regexp.QuoteMeta(literal) == text
}

// size is about how many steps the program of a pattern has.
func size(re *syntax.Regexp) int {
	n := 1 + len(re.Rune)/8
	for _, sub := range re.Sub {
		n = min(n+size(sub), maxPatternSize+1)
	}
	if re.Op == syntax.OpRepeat {
		n *= max(re.Min, re.Max, 1)
	}
	return min(n, maxPatternSize+1)
}

// fault says in words what is wrong with a pattern.
func fault(err error) string {
	wrong, ok := err.(*syntax.Error)
	if !ok {
		return "it is no pattern"
	}
	words := faults[wrong.Code]
	if words == "" {
		words = wrong.Code.String()
	}
	if wrong.Expr == "" {
		return words
	}
	return words + ", at " + wrong.Expr
}

var faults = map[syntax.ErrorCode]string{
	syntax.ErrMissingParen:          "a parenthesis does not close; write \\( for a parenthesis itself",
	syntax.ErrUnexpectedParen:       "a parenthesis closes that was not opened; write \\) for a parenthesis itself",
	syntax.ErrMissingBracket:        "a bracket does not close; write \\[ for a bracket itself",
	syntax.ErrMissingRepeatArgument: "nothing stands before a character that repeats; write .* for any text, \\* for a star itself, \\+ for a plus",
	syntax.ErrInvalidRepeatOp:       "two characters that repeat stand side by side",
	syntax.ErrInvalidRepeatSize:     "a repetition is too large; 1000 is the most",
	syntax.ErrTrailingBackslash:     "a backslash stands at its end; write \\\\ for a backslash itself",
	syntax.ErrInvalidEscape:         "a backslash stands before a character it has no meaning for; write \\\\ for a backslash itself",
	syntax.ErrInvalidCharRange:      "a range in brackets is in the wrong order",
	syntax.ErrInvalidCharClass:      "what stands in brackets cannot be read",
	syntax.ErrInvalidPerlOp:         "what stands behind (? is not known here; looking ahead and behind is not",
	syntax.ErrInvalidNamedCapture:   "the name of a group cannot be read",
	syntax.ErrInvalidUTF8:           "it is not UTF-8",
	syntax.ErrNestingDepth:          "its parentheses are nested too deeply",
	syntax.ErrLarge:                 "it is too large",
}
