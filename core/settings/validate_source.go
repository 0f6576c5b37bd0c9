package settings

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/merge"
	"hookbird/core/value"
)

// Limits of a source.
const (
	maxID     = 128  // bytes
	maxName   = 200  // bytes
	maxTitle  = 1000 // bytes
	maxPath   = 4096 // bytes
	maxNames  = 1000 // columns or fields of one list
	maxColumn = 1000 // bytes
	maxDays   = MaxKeepDays
)

// ValidateSource says everything that is wrong with a source at once, each with
// its place as a JSON pointer into the form that a settings file has. Secrets
// that only the vault knows are not looked at. It returns nil for a good source.
func ValidateSource(s *core.Source) core.Errors {
	c := &checker{}
	c.itself(s)
	c.existing(s)
	c.names("/keep", s.Keep)
	c.once(s.Once)
	c.expect(s.Expect)
	if s.LookUp != nil {
		c.lookUp(s.LookUp)
	}
	c.part(s)
	return c.errs
}

// chosenLater are the parts of a source that are chosen by what a first look at it
// shows, or that such a look has no use for.
var chosenLater = []string{
	"name", "title", "existing", "keep", "once", "expect", "lookup", "keys", "changed", "gone", "required", "ready", "settle",
	"table", "query", "rising", "overlap",
}

// ValidateSurvey is ValidateSource as far as it matters before the first look at a
// source: that it has no name yet, that no table is chosen or no column that tells
// rows apart, is not wrong then.
func ValidateSurvey(s *core.Source) core.Errors {
	return slices.DeleteFunc(ValidateSource(s), func(e *core.Error) bool {
		first, _, _ := strings.Cut(strings.TrimPrefix(e.Where, "/"), "/")
		return slices.Contains(chosenLater, first)
	})
}

// checker collects what is wrong with a source.
type checker struct{ errs core.Errors }

func (c *checker) add(where, format string, args ...any) {
	c.errs = append(c.errs, core.Errorf(core.CodeInvalid, format, args...).At(where))
}

// check adds an error, if there is one, at a place.
func (c *checker) check(where string, err error) {
	if err != nil {
		c.add(where, "%s", core.Sentence(err))
	}
}

// all adds what was found wrong with a part, at its place.
func (c *checker) all(at string, found core.Errors) {
	for _, e := range found {
		c.errs = append(c.errs, e.At(at+e.Where))
	}
}

func (c *checker) itself(s *core.Source) {
	c.all("/id", checkID(s.ID))
	switch {
	case strings.TrimSpace(s.Name) == "":
		c.add("/name", "Give the source a name. Only you see it.")
	case len(s.Name) > maxName || hidden(s.Name):
		c.add("/name", "A name has at most %d characters, and none that cannot be seen.", maxName)
	}
	if s.EventType != "" {
		c.check("/event_type", core.ValidType(s.EventType))
	}
	c.title(s.Title)
}

// title looks at the text that a record is known by.
func (c *checker) title(title string) {
	if len(title) > maxTitle || hidden(title) {
		c.add("/title", "A title has at most %d characters, and none that cannot be seen.", maxTitle)
		return
	}
	text, err := merge.Parse(title, merge.Plain)
	if err != nil {
		c.check("/title", err)
		return
	}
	if len(text.Secrets()) > 0 {
		c.add("/title", "A title is shown in lists, so that no secret can stand in it. Take it out.")
	}
}

// part looks at the one part that a source has.
func (c *checker) part(s *core.Source) {
	parts := 0
	for _, there := range []bool{
		s.Folder != nil, s.Sheet != nil, s.Local != nil, s.Database != nil, s.Web != nil, s.Timer != nil, s.Form != nil,
	} {
		if there {
			parts++
		}
	}
	switch {
	case parts > 1:
		c.add("/kind", "A source is of one kind alone.")
	case s.Kind == core.KindFolder && s.Folder != nil:
		c.folder(s.Folder)
	case s.Kind == core.KindSheet && s.Sheet != nil:
		c.sheet(s.Sheet)
	case s.Kind == core.KindLocal && s.Local != nil:
		c.local(s.Local)
	case s.Kind == core.KindDatabase && s.Database != nil:
		c.database(s.Database)
	case s.Kind == core.KindWeb && s.Web != nil:
		c.web(s.Web)
	case s.Kind == core.KindTimer && s.Timer != nil:
		c.timer(s.Timer)
	case s.Kind == core.KindForm && s.Form != nil:
		c.form(s.Form)
	default:
		c.add("/kind", "A source is one of %s.", joined(kinds))
	}
}

// names looks at a list of columns or fields.
func (c *checker) names(at string, list []string) {
	if len(list) > maxNames {
		c.add(at, "At most %d names can stand here, and these are %d.", maxNames, len(list))
		return
	}
	seen := map[string]bool{}
	for i, name := range list {
		c.name(at+"/"+strconv.Itoa(i), name, seen)
	}
}

// name looks at one name of a list, of which some were seen before.
func (c *checker) name(at, name string, seen map[string]bool) {
	c.column(at, name)
	if seen[name] {
		c.add(at, "%s is here twice. Remove one of the two.", quoted(name))
	}
	seen[name] = true
}

// column looks at the name of a column or field.
func (c *checker) column(at, name string) {
	switch {
	case strings.TrimSpace(name) == "":
		c.add(at, "This name is empty. Type it, or remove it.")
	case len(name) > maxColumn || !utf8.ValidString(name):
		c.add(at, "This name is too long, or no text: at most %d characters are allowed.", maxColumn)
	}
}

// paths looks at a list of names that lead into a record.
func (c *checker) paths(at string, list []string) {
	found := len(c.errs)
	c.names(at, list)
	if len(c.errs) > found {
		return
	}
	for i, text := range list {
		_, err := value.ParsePath(text)
		c.check(at+"/"+strconv.Itoa(i), err)
	}
}

// file looks at the path of a file or folder.
func (c *checker) file(at, path, needed string, whole func(string) bool) {
	switch {
	case path == "":
		c.add(at, "%s", needed)
	case len(path) > maxPath || hidden(path):
		c.add(at, "This is no path: it is too long, or holds what cannot be seen. Choose it once more.")
	case !whole(path):
		c.add(at, "This has to be named with its whole path, from the root of the disk on.")
	}
}

// span looks at a length of time; 0 is the usual one.
func (c *checker) span(at string, d, least, most time.Duration) {
	if d != 0 && (d < least || d > most) {
		c.add(at, "This time is from %s to %s.", FormatDuration(least), FormatDuration(most))
	}
}

// checkID says what is wrong with the id of a source or webhook.
func checkID(id string) core.Errors {
	if id == "" || len(id) > maxID || hidden(id) || strings.TrimSpace(id) != id {
		return core.Errors{core.Errorf(core.CodeInvalid,
			"An id has 1 to %d characters, no space at either end, and none that cannot be seen.", maxID)}
	}
	return nil
}

// hidden tells whether a text holds what cannot be seen.
func hidden(s string) bool {
	return !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl)
}
