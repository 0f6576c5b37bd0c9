package paste

import (
	"regexp"
	"strings"

	"hookbird/core"
	"hookbird/core/value"
)

// readJSON reads a sample of JSON. A text that only begins like one is not taken
// for JSON if it could be something else.
func readJSON(g *Guess, text string) bool {
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
		return false
	}
	v, mended, err := parseJSON(text)
	if err != nil {
		if !strings.ContainsAny(text, `{":`) {
			return false // [First Name], [Last Name]
		}
		g.say("This looks like JSON, but cannot be read. %s", core.Sentence(err))
		return true
	}
	if mended {
		g.say("The sample is not quite JSON. It was read all the same.")
	}
	g.Kind = JSON
	g.json(v)
	return true
}

var (
	commas = regexp.MustCompile(`,(\s*[}\]])`)
	quotes = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "\u00a0", " ", `\"`, `"`)
)

// parseJSON reads JSON, or else a copy of it in which word processors' quotes,
// quotes with a backslash and commas at the end of a list are mended.
func parseJSON(text string) (v value.Value, mended bool, err error) {
	v, err = value.Parse([]byte(text))
	if err == nil {
		return v, false, nil
	}
	better := commas.ReplaceAllString(quotes.Replace(text), "$1")
	if again, err := value.Parse([]byte(better)); err == nil {
		return again, true, nil
	}
	return v, false, err
}

// json takes the fields of a sample over: those of an object, of the first object
// of a list, or of what an envelope holds.
func (g *Guess) json(v value.Value) {
	said := len(g.Said)
	how := "JSON"
	g.Body.Style = core.BodyJSON
	if v.Kind() == value.Array {
		g.Body.Style, how = core.BodyList, "a JSON list"
		for first := range v.Elements() {
			v = first
			break
		}
	}
	if data, ok := envelope(v); ok && g.Body.Style == core.BodyJSON {
		g.Body.Style, how, v = core.BodyEnvelope, "JSON that says which event it is", data
	}
	g.flatten("", v)
	g.sayFirst(said, "It is sent as "+how+" with "+count(len(g.Body.Fields), "field")+".")
}

// envelope gives the data of an object that says what happened, when and to what.
func envelope(v value.Value) (data value.Value, ok bool) {
	has := map[string]bool{}
	for name, field := range v.Fields() {
		switch name {
		case "id", "type", "timestamp", "source":
		case "data":
			data = field
		default:
			return data, false
		}
		has[name] = true
	}
	return data, has["type"] && has["timestamp"] && data.Kind() == value.Object
}

// flatten takes over the values that stand below a name, nested names with dots.
func (g *Guess) flatten(above string, v value.Value) {
	for name, field := range v.Fields() {
		if len(g.Body.Fields) == MaxFields || len(above)+len(name) > MaxName {
			return
		}
		if strings.Contains(name, ".") {
			g.say("The name %s holds a dot, which would nest. Check it.", shown(name))
		}
		if above != "" {
			name = above + "." + name
		}
		if field.Kind() == value.Object && !field.IsEmpty() {
			g.flatten(name, field)
			continue
		}
		g.field(name, field.Text())
	}
}
