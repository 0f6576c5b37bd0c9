package paste

import (
	"regexp"
	"strings"
	"unicode"
)

// readFields reads a list of names: a line of a spreadsheet with or without the one
// below it, one name a line, or a table of a help page with the name in front.
func readFields(g *Guess, text string) bool {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	pairs := sheet(lines)
	if pairs == nil {
		pairs = listed(lines)
	}
	if len(pairs) == 0 {
		return false
	}
	g.Kind = Fields
	for _, p := range pairs {
		g.field(p.name, p.value)
	}
	how := "The list holds " + count(len(g.Body.Fields), "field") + "."
	if len(g.Example) > 0 {
		how += " What stands beside them is taken for examples."
	}
	g.sayFirst(0, how)
	return true
}

// sheet reads one line of names, and one of values below it; nil if it is none.
func sheet(lines []string) []pair {
	mark := separator(lines[0])
	if mark == "" {
		return nil
	}
	names := cells(lines[0], mark)
	values := make([]string, len(names))
	if len(lines) > 1 {
		if list := cells(lines[1], mark); len(list) == len(names) {
			values = list
		} else if mark == "," {
			return nil // sentences
		}
	}
	if tabled(names) {
		return nil
	}
	var pairs []pair
	for i, name := range names {
		name, ok := fieldName(name)
		if !ok {
			return nil
		}
		pairs = append(pairs, pair{name, values[i]})
	}
	return pairs
}

// separator gives the mark that stands most often between the names of a line, ""
// if there is none.
func separator(line string) string {
	line = quoted.ReplaceAllString(strings.Trim(line, "|"), "")
	best, most := "", 0
	for _, mark := range []string{"\t", ";", ",", "|"} {
		if n := strings.Count(line, mark); n > most {
			best, most = mark, n
		}
	}
	return best
}

var quoted = regexp.MustCompile(`"[^"]*"`)

// cells splits a line of a spreadsheet into one cell at least. A cell may stand in
// quotes.
func cells(line, mark string) []string {
	var list []string
	line = strings.Trim(line, "| ")
	for line != "" || list == nil {
		var cell string
		if strings.HasPrefix(line, `"`) {
			cell, line, _ = strings.Cut(line[1:], `"`)
			_, line, _ = strings.Cut(line, mark)
		} else {
			cell, line, _ = strings.Cut(line, mark)
			line = strings.TrimLeft(line, " ")
		}
		list = append(list, strings.TrimFunc(cell, isBlank))
	}
	return list
}

// types are words that help pages put behind the name of a field, and seldom are
// the name of one.
var types = wordSet("array bool boolean datetime float int integer object optional required string uuid")

// tabled tells whether each line is one field, as in the table of a help page: with
// a type behind its name.
func tabled(list []string) bool {
	for _, cell := range list[1:] {
		if types[strings.ToLower(cell)] {
			return true
		}
	}
	return false
}

// listed reads one name a line. Few of the lines may be something else.
func listed(lines []string) []pair {
	var pairs []pair
	odd := 0
	for _, line := range lines {
		p, ok := cutLine(line)
		switch {
		case ok:
			pairs = append(pairs, p)
		case strings.TrimFunc(line, isBlank) != "":
			odd++
		}
	}
	if odd*3 > len(pairs) || len(pairs) == 1 && len(splitName(pairs[0].name)) > 3 {
		return nil
	}
	return pairs
}

// bullet is what stands in front of a line of a list.
var bullet = regexp.MustCompile(`^(?:[-*•–·]|\d{1,3}[.)])\s+`)

// cutLine cuts the name off a line, with the value behind it if there is one.
func cutLine(line string) (p pair, ok bool) {
	line = bullet.ReplaceAllString(strings.TrimFunc(line, isBlank), "")
	if mark := separator(line); mark == "\t" || mark == "|" {
		list := cells(line, mark)
		p.name, ok = fieldName(list[0])
		return p, ok
	}
	for _, mark := range []string{"=", ": "} {
		if name, value, found := strings.Cut(line, mark); found {
			p.name, ok = fieldName(name)
			p.value = strings.Trim(strings.TrimFunc(value, isBlank), `"',;`)
			return p, ok
		}
	}
	name, _, _ := strings.Cut(line, " - ")
	name, _, _ = strings.Cut(name, " – ")
	p.name, ok = fieldName(strings.TrimRight(name, ":,;"))
	return p, ok
}

// remark is what help pages put behind a name in parentheses.
var remark = regexp.MustCompile(`\s*\([^)]*\)\s*$`)

// maxWords is how many words the name of a field has at most.
const maxWords = 5

// fieldName takes the name of a field out of what stands for it: in quotes or
// brackets, with a star or a remark behind it. ok is false for a sentence.
func fieldName(text string) (name string, ok bool) {
	name = remark.ReplaceAllString(strings.TrimFunc(text, isBlank), "")
	name = strings.TrimRight(name, "* ")
	name = strings.Trim(name, "\"'`“”")
	for _, pair := range []string{"[]", "{}", "<>"} {
		if inner, found := strings.CutPrefix(name, pair[:1]); found && strings.HasSuffix(inner, pair[1:]) {
			name = strings.Trim(inner[:len(inner)-1], "{} ")
		}
	}
	switch {
	case name == "" || len(name) > 80 || len(strings.Fields(name)) > maxWords:
		return "", false
	case strings.ContainsAny(name[len(name)-1:], ".?!/") || name[0] == '/':
		return "", false
	case !strings.ContainsFunc(name, unicode.IsLetter) || strings.ContainsAny(name, "{}<>=;\"\t@"):
		return "", false
	case strings.Contains(name, "://") || keyText(name):
		return "", false
	}
	return name, true
}
