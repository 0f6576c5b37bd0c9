package settings

import (
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"hookbird/core"
)

// Limits of a source.
const (
	maxID       = 128  // bytes
	maxName     = 200  // bytes
	maxPath     = 4096 // bytes
	minKey      = 16   // characters
	maxKey      = 128
	minMaxEvent = 1 << 10 // bytes
	maxOrigins  = 100
	maxToken    = 4096
	maxTries    = 1000
)

// encodings are those that a folder's files can be said to have.
var encodings = []string{"utf-8", "utf-16", "windows-1252", "iso-8859-15"}

// source reads one source and checks it as a whole.
func (p *parser) source(n *node) *core.Source {
	s := &core.Source{}
	if !n.object {
		p.object(n, "source", nil)
		return s
	}
	kind := n.get("kind")
	if kind == nil {
		p.wrong(n.pointer("kind"), `A source needs a "kind": "folder" for files, "local" for programs that send to this computer.`)
		return s
	}
	s.Kind = core.SourceKind(p.choice(kind, "folder", "local"))
	if p.places[kind.at()] {
		return s
	}
	known := p.sourceFields(s)
	if s.Kind == core.KindFolder {
		s.Folder, s.Existing.Do = &core.FolderSource{}, core.ExistingSend
		p.object(n, "folder", p.folderFields(known, s, s.Folder))
	} else {
		s.Local = &core.LocalSource{}
		p.object(n, "local", p.localFields(known, s.Local))
	}
	found := ValidateSource(s)
	p.addAll(n.at(), slices.DeleteFunc(found, func(e *core.Error) bool {
		return e.Where == "/id" || e.Where == "/key" && n.get("key") == nil // is checked and made elsewhere
	}))
	return s
}

func (p *parser) sourceFields(s *core.Source) fields {
	return fields{
		"id":         func(n *node) { s.ID = p.id(n) },
		"kind":       func(*node) {},
		"name":       func(n *node) { s.Name = p.text(n) },
		"event_type": func(n *node) { s.EventType = p.text(n) },
		"paused":     func(n *node) { s.Paused = p.flag(n) },
	}
}

func (p *parser) folderFields(known fields, s *core.Source, f *core.FolderSource) fields {
	known["path"] = func(n *node) { f.Path = p.path(n) }
	known["match"] = func(n *node) { f.Match = p.text(n) }
	known["existing"] = func(n *node) {
		if p.choice(n, "send", "read", "skip") == "skip" {
			s.Existing.Do = core.ExistingSkip
		}
	}
	known["after"] = func(n *node) {
		f.After = core.After(p.choice(n, string(core.AfterRemember), string(core.AfterMove), string(core.AfterDelete)))
	}
	known["encoding"] = func(n *node) { f.Layout.Encoding = strings.ToLower(p.text(n)) }
	known["delimiter"] = func(n *node) { f.Layout.Delimiter = p.text(n) }
	return known
}

func (p *parser) localFields(known fields, l *core.LocalSource) fields {
	known["key"] = func(n *node) { l.Key = p.secret(n) }
	known["token"] = func(n *node) {
		if n.value != "" { // an empty one is none
			l.Token = p.secret(n)
		}
	}
	known["allowed_origins"] = func(n *node) { l.AllowedOrigins = p.texts(n) }
	known["max_event_bytes"] = func(n *node) { l.MaxEventBytes = p.whole(n, minMaxEvent, core.MaxEventData) }
	return known
}

// ValidateSource says everything that is wrong with a source at once, each with
// its place as a JSON pointer into the form that a settings file has. Secrets
// that only the vault knows are not looked at. It returns nil for a good source.
func ValidateSource(s *core.Source) core.Errors {
	c := &checker{}
	for _, e := range checkID(s.ID) {
		c.add("/id", "%s", e.Message)
	}
	switch {
	case strings.TrimSpace(s.Name) == "":
		c.add("/name", "Give the source a name. Only you see it.")
	case len(s.Name) > maxName || hidden(s.Name):
		c.add("/name", "A name has at most %d characters, and none that cannot be seen.", maxName)
	}
	if s.EventType != "" {
		if err := core.ValidType(s.EventType); err != nil {
			c.add("/event_type", "%s", core.Sentence(err))
		}
	}
	switch {
	case s.Kind == core.KindFolder && s.Folder != nil && s.Local == nil:
		c.folder(s.Folder)
	case s.Kind == core.KindLocal && s.Local != nil && s.Folder == nil:
		c.local(s.Local)
	default:
		c.add("/kind", "A source is a folder or a local address.")
	}
	return c.errs
}

// checker collects what is wrong with a source.
type checker struct{ errs core.Errors }

func (c *checker) add(where, format string, args ...any) {
	c.errs = append(c.errs, core.Errorf(core.CodeInvalid, format, args...).At(where))
}

func (c *checker) folder(f *core.FolderSource) {
	switch {
	case f.Path == "":
		c.add("/path", "Choose the folder that the files land in.")
	case !filepath.IsAbs(f.Path):
		c.add("/path", "The folder has to be named with its whole path.")
	case len(f.Path) > maxPath || hidden(f.Path):
		c.add("/path", "This is no path of a folder.")
	}
	if _, err := path.Match(f.Match, ""); err != nil || strings.ContainsAny(f.Match, `/\`) || hidden(f.Match) {
		c.add("/match", "This is no pattern for names of files. Write one like *.csv")
	}
	switch f.After {
	case "", core.AfterRemember, core.AfterMove, core.AfterDelete:
	default:
		c.add("/after", "A file that was read can be remembered, moved or deleted, but not %s.", quoted(string(f.After)))
	}
	if f.Layout.Encoding != "" && !slices.Contains(encodings, f.Layout.Encoding) {
		c.add("/encoding", "Hookbird does not know the encoding %s. It knows %s.", quoted(f.Layout.Encoding), joined(encodings))
	}
	if f.Layout.Delimiter != "" && !delimiter(f.Layout.Delimiter) {
		c.add("/delimiter", "The character between two columns is a single one, such as a comma, a semicolon or a tab.")
	}
}

// delimiter tells whether s can stand between two columns of a CSV file: one
// character of ASCII that is not part of what cells hold.
func delimiter(s string) bool {
	return len(s) == 1 && (s == "\t" || s[0] >= ' ' && s[0] <= '~') && s != `"` &&
		!strings.Contains(letters, s)
}

func (c *checker) local(l *core.LocalSource) {
	if l.Key.IsZero() {
		c.add("/key", "A local address needs a key.")
	}
	if key, ok := l.Key.Text(); ok && !validKey(key) {
		c.add("/key", "The key of a local address has %d to %d letters, digits, dashes and underscores.", minKey, maxKey)
	}
	if token, ok := l.Token.Text(); ok && (token == "" || len(token) > maxToken || strings.Trim(token, visible) != "") {
		c.add("/token", "A token has 1 to %d letters, digits and signs of ASCII, without spaces.", maxToken)
	}
	if len(l.AllowedOrigins) > maxOrigins {
		c.add("/allowed_origins", "At most %d web pages can be allowed.", maxOrigins)
	}
	for i, o := range l.AllowedOrigins {
		if !validOrigin(o) {
			c.add("/allowed_origins/"+strconv.Itoa(i), "The origin of a web page is its scheme and host alone, such as https://till.example.org")
		}
	}
	if m := l.MaxEventBytes; m != 0 && (m < minMaxEvent || m > core.MaxEventData) {
		c.add("/max_event_bytes", "A record may have from %d to %d bytes.", minMaxEvent, core.MaxEventData)
	}
}

const (
	letters       = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	keyCharacters = letters + "-_"
	visible       = keyCharacters + "!\"#$%&'()*+,./:;<=>?@[\\]^`{|}~"
)

func validKey(key string) bool {
	return len(key) >= minKey && len(key) <= maxKey && strings.Trim(key, keyCharacters) == ""
}

// validOrigin tells whether o is what a browser sends as Origin.
func validOrigin(o string) bool {
	u, err := url.Parse(o)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && o == u.Scheme+"://"+u.Host
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
