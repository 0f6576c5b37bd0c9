package settings

import (
	"path"
	"path/filepath"
	"strings"

	"hookbird/core"
)

func (p *parser) folderFields(f *core.FolderSource) fields {
	known := p.layoutFields(&f.Layout)
	known["path"] = func(n *node) { f.Path = p.path(n) }
	known["match"] = func(n *node) { f.Match = p.text(n) }
	known["subfolders"] = func(n *node) { f.Subfolders = p.flag(n) }
	known["after"] = func(n *node) {
		f.After = core.After(p.choice(n, string(core.AfterRemember), string(core.AfterMove), string(core.AfterDelete)))
	}
	known["holds"] = func(n *node) {
		if f.Holds = core.FilesHold(p.choice(n, holdsNew, string(core.HoldAll), string(core.Growing))); f.Holds == holdsNew {
			f.Holds = core.HoldNew
		}
	}
	known["keys"] = func(n *node) { f.Keys = p.texts(n) }
	known["gone"] = func(n *node) { f.Gone = p.flag(n) }
	known["whole_file"] = func(n *node) { f.WholeFile = p.flag(n) }
	known["receipt"] = func(n *node) { f.Receipt = p.flag(n) }
	known["element"] = func(n *node) { f.Layout.Element = p.text(n) }
	known["list"] = func(n *node) { f.Layout.List = p.text(n) }
	return known
}

// holdsNew is the word for core.HoldNew.
const holdsNew = "new"

func folder(f *core.FolderSource) outFolderPart {
	return outFolderPart{
		Path: f.Path, Match: f.Match, Subfolders: f.Subfolders, After: string(f.After), Holds: string(f.Holds),
		Keys: f.Keys, Gone: f.Gone, WholeFile: f.WholeFile, Receipt: f.Receipt,
	}
}

func (c *checker) folder(f *core.FolderSource) {
	c.file("/path", f.Path, "Choose the folder that the files land in.", filepath.IsAbs)
	if !validMatch(f.Match) {
		c.add("/match", "This is no pattern for names of files. Write several like *.xlsx; *.csv, or one like *.csv")
	}
	switch f.After {
	case "", core.AfterRemember, core.AfterMove, core.AfterDelete:
	default:
		c.add("/after", "A file that was read can be remembered, moved or deleted, but not %s.", quoted(string(f.After)))
	}
	c.holds(f)
	if f.WholeFile && f.Holds != core.HoldNew {
		c.add("/whole_file", "A file that is one record holds nothing that is there each time or that grows. Choose one of the two.")
	}
	c.layout(&f.Layout)
	c.inFiles(&f.Layout)
}

// validMatch tells whether a text is patterns for names of files, or empty.
func validMatch(text string) bool {
	if text == "" {
		return true
	}
	some := false
	for pattern := range strings.SplitSeq(text, ";") {
		pattern = strings.TrimSpace(pattern)
		if _, err := path.Match(pattern, ""); err != nil {
			return false
		}
		some = some || pattern != ""
	}
	return some && len(text) <= maxPath && !strings.ContainsAny(text, `/\`) && !hidden(text)
}

// holds looks at what the files are, and at what goes with that.
func (c *checker) holds(f *core.FolderSource) {
	c.names("/keys", f.Keys)
	all := f.Holds == core.HoldAll
	switch {
	case f.Holds != core.HoldNew && f.Holds != core.Growing && !all:
		c.add("/holds", "Files hold only new records (new), everything each time (all), or grow at their end (growing), but not %s.", quoted(string(f.Holds)))
		return
	case all && len(f.Keys) == 0:
		c.add("/keys", "If files hold everything each time, name the columns that tell records apart, such as a number or an email address.")
	case !all && len(f.Keys) > 0:
		c.add("/keys", "Columns that tell records apart go with files that hold everything each time. Say that these do, or remove the columns.")
	}
	if !all && f.Gone {
		c.add("/gone", "What is gone can only be told of files that hold everything each time. Say that these do, or do not ask for it.")
	}
	if f.Holds != core.Growing {
		return
	}
	if f.After == core.AfterMove || f.After == core.AfterDelete {
		c.add("/after", "A file that grows has to stay where it is. Let it be remembered.")
	}
	if f.Receipt {
		c.add("/receipt", "A file that grows is never done, so that no result can be written beside it. Do without.")
	}
}
