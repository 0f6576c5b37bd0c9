package editor

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hookbird/core"
)

// AcceptKind is one of the ways to say what a good answer is.
type AcceptKind int

// The ways, in the order they are offered.
const (
	AcceptAny  AcceptKind = iota // any 2xx
	AcceptNone                   // 204 alone
	AcceptOwn                    // a list of codes
)

func acceptKind(a core.Accept) AcceptKind {
	switch {
	case len(a) == 0:
		return AcceptAny
	case slices.Equal(a, core.Accept{{From: 204, To: 204}}):
		return AcceptNone
	default:
		return AcceptOwn
	}
}

// printAccept writes codes as people type them: "200, 202-204".
func printAccept(a core.Accept) string {
	parts := make([]string, len(a))
	for i, r := range a {
		parts[i] = strconv.Itoa(r.From)
		if r.To != r.From {
			parts[i] = fmt.Sprintf("%d-%d", r.From, r.To)
		}
	}
	return strings.Join(parts, ", ")
}

// parseAccept reads what printAccept writes; spaces do not count, and a comma,
// a semicolon or a space may part the codes.
func parseAccept(text string) (core.Accept, error) {
	text = strings.NewReplacer("–", "-", " - ", "-", ";", " ", ",", " ").Replace(text)
	var codes core.Accept
	for _, part := range strings.Fields(text) {
		from, to, isRange := strings.Cut(part, "-")
		if !isRange {
			to = from
		}
		r := core.CodeRange{From: code(from), To: code(to)}
		if r.From == 0 || r.To == 0 {
			return nil, core.Errorf(core.CodeInvalid, "%q is no answer code. Codes have three digits, like 200 or 200-204.", part)
		}
		if r.From > r.To {
			return nil, core.Errorf(core.CodeInvalid, "%q runs backwards. Write the smaller code first.", part)
		}
		codes = append(codes, r)
	}
	if len(codes) == 0 {
		return nil, core.Errorf(core.CodeInvalid, "Type the codes that mean a good answer, like 200, 202.")
	}
	return codes, nil
}

// code reads a status code, 0 if it is none.
func code(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || len(text) != 3 || n < 100 || n > 599 {
		return 0
	}
	return n
}
