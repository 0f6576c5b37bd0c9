package verify

import (
	"fmt"
	"regexp"
	"strings"
)

// A name nests at its dots; a step in quotes stands for itself, dots and all.
const step = `"(?:[^"]|"")*"|[^".][^.]*`

var (
	oneStep  = regexp.MustCompile(step)
	allSteps = regexp.MustCompile(`^(?:` + step + `)(?:\.(?:` + step + `))*$`)
)

// steps splits a field's name as it nests in JSON.
func steps(name string) []string {
	if !allSteps.MatchString(name) {
		return []string{name}
	}
	list := oneStep.FindAllString(name, -1)
	for i, s := range list {
		if inner, ok := strings.CutPrefix(s, `"`); ok {
			list[i] = strings.ReplaceAll(strings.TrimSuffix(inner, `"`), `""`, `"`)
		}
	}
	return list
}

// formName writes a field's name the way forms nest: a[b]. One that has brackets
// already, and no quotes, stays as it is.
func formName(name string) string {
	list := steps(name)
	if len(list) == 1 {
		return list[0]
	}
	if strings.ContainsAny(name, "[]") && strings.Join(list, ".") == name {
		return name
	}
	return list[0] + "[" + strings.Join(list[1:], "][") + "]"
}

// partName writes a name as it stands in the header line of a part of a multipart
// form, by the HTML standard.
var partName = strings.NewReplacer("\r\n", "%0D%0A", "\n", "%0D%0A", "\r", "%0D%0A", `"`, "%22")

// posted gives the keys under which PHP finds a part of a multipart form in
// $_POST. It cannot hold every name: a space or a dot in front of the first
// bracket becomes _, brackets make arrays, and what follows them is lost.
func posted(name string) []string {
	name = strings.TrimLeft(partName.Replace(name), " ")
	first, rest, nested := strings.Cut(name, "[")
	if nested && !strings.Contains(rest, "]") {
		return []string{unposted.Replace(name)}
	}
	keys := []string{unposted.Replace(first)}
	for nested {
		inner, behind, closed := strings.Cut(rest, "]")
		if !closed {
			break
		}
		if strings.TrimSpace(inner) == "" && len(inner) < 2 {
			inner = "0" // the first of a list
		}
		keys = append(keys, inner)
		rest, nested = strings.CutPrefix(behind, "[")
	}
	return keys
}

// unposted replaces what a variable of PHP cannot hold.
var unposted = strings.NewReplacer(" ", "_", ".", "_", "[", "_")

// nameVariables gives each check a variable of its own, after what it holds.
func nameVariables(list []*check) {
	used := map[string]bool{}
	for _, c := range list {
		name := c.variable()
		c.Variable = name
		for n := 2; used[c.Variable]; n++ {
			c.Variable = fmt.Sprintf("%s_%d", name, n)
		}
		used[c.Variable] = true
	}
}

// notWord is what the name of a variable cannot hold.
var notWord = regexp.MustCompile(`[^A-Z0-9]+`)

func (c *check) variable() string {
	switch c.kind {
	case sharedKey, ownHeader:
		return "WEBHOOK_SECRET"
	case keyPair:
		return "WEBHOOK_PUBLIC_KEY"
	}
	word := strings.Trim(notWord.ReplaceAllString(strings.ToUpper(c.Header+c.Name), "_"), "_")
	if word == "" {
		word = "VALUE"
	}
	return "WEBHOOK_" + word
}
