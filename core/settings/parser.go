package settings

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxText is the length of a text in bytes that anything may have.
const maxText = 1 << 20

// parser collects what is wrong with a file while it is read.
type parser struct {
	findings
	dir    string // that relative paths start from; absolute or ""
	values int    // read so far

	knows map[string][]string // for tests: the names that objects of each kind may have
}

func newParser(dir string) *parser {
	return &parser{findings: findings{places: map[string]bool{}}, dir: dir}
}

// fields are what an object may hold, and what reads each.
type fields map[string]func(*node)

// object reads the members of an object of some kind; false if it is none.
func (p *parser) object(n *node, kind string, known fields) bool {
	if p.knows != nil {
		p.knows[kind] = slices.Sorted(maps.Keys(known))
	}
	if !n.object {
		p.wrong(n.at(), "This has to be an object in braces, like {\"name\": \"value\"}.")
		return false
	}
	for _, m := range n.children {
		if read, ok := known[m.name]; ok {
			read(m)
		} else {
			p.unknown(m, kind, known)
		}
	}
	return true
}

// unknown refuses a name that objects of a kind do not have.
func (p *parser) unknown(m *node, kind string, known fields) {
	if len(p.errs) == maxErrors {
		p.wrong(m.at(), "") // only counted: looking for what was meant takes time
		return
	}
	if near := nearest(m.name, slices.Sorted(maps.Keys(known))); near != "" {
		p.wrong(m.at(), "Hookbird knows no %s here. Did you mean %q?", quoted(m.name), near)
		return
	}
	p.wrong(m.at(), "Hookbird knows no %s here. Remove it.", quoted(m.name))
}

// text reads a text.
func (p *parser) text(n *node) string {
	s, ok := n.value.(string)
	if !ok {
		p.wrong(n.at(), "This has to be a text in quotation marks.")
	}
	if len(s) > maxText {
		p.wrong(n.at(), "This text is longer than any in a settings file: at most %d characters are allowed.", maxText)
		return "" // what else is wrong with it need not be looked for
	}
	return s
}

// choice reads a text that is one of a few.
func (p *parser) choice(n *node, choices ...string) string {
	s := p.text(n)
	if _, isText := n.value.(string); isText && !slices.Contains(choices, s) {
		p.wrong(n.at(), "This is one of %s, but not %s.", strings.Join(choices, ", "), quoted(s))
		return choices[0]
	}
	return s
}

// flag reads true or false.
func (p *parser) flag(n *node) bool {
	b, ok := n.value.(bool)
	if !ok {
		p.wrong(n.at(), "This has to be true or false, without quotation marks.")
	}
	return b
}

// whole reads a whole number from low to high.
func (p *parser) whole(n *node, low, high int) int {
	number, _ := n.value.(json.Number)
	i, err := strconv.Atoi(number.String())
	if err != nil || i < low || i > high {
		p.wrong(n.at(), "This has to be a whole number from %d to %d, without quotation marks.", low, high)
		return low
	}
	return i
}

// duration reads a length of time above zero.
func (p *parser) duration(n *node) time.Duration {
	d, err := ParseDuration(p.text(n))
	if _, isText := n.value.(string); isText && (err != nil || d <= 0) {
		p.wrong(n.at(), `This has to be a time such as "500ms", "15s", "30m", "2h" or "3d".`)
	}
	if err != nil || d <= 0 {
		return time.Minute // keeps what follows in its place
	}
	return d
}

// list reads each item of a list.
func (p *parser) list(n *node, item func(*node)) {
	if !n.list {
		p.wrong(n.at(), "This has to be a list in brackets, like [1, 2].")
		return
	}
	for _, i := range n.children {
		item(i)
	}
}

// texts reads a list of texts.
func (p *parser) texts(n *node) []string {
	var all []string
	p.list(n, func(n *node) { all = append(all, p.text(n)) })
	return all
}

// nearest gives the name that a slip of the pen may have meant, or "".
func nearest(name string, known []string) string {
	best, least := "", 3
	for _, k := range known {
		if strings.EqualFold(strings.NewReplacer("-", "_", " ", "_").Replace(name), k) {
			return k
		}
		if d := distance(name, k); d < least && d < len(k)/2+1 {
			best, least = k, d
		}
	}
	return best
}

// distance is how many letters are to be added, removed or changed to make b of
// a, counted up to where it no longer matters.
func distance(a, b string) int {
	if len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return 3
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := corner
			if a[i] != b[j] {
				cost++
			}
			corner = row[j+1]
			row[j+1] = min(cost, corner+1, row[j]+1)
		}
	}
	return row[len(b)]
}
