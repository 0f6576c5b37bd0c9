package sources

import (
	"path/filepath"
	"strings"

	"hookbird/core"
	"hookbird/core/control"
)

// draft is a source as somebody edits it. It outlives the widgets that show it.
type draft struct {
	base     core.Source // as it was read; what the form does not show stays
	revision uint64      // 0: a new one

	name     string
	path     string
	match    string
	after    core.After
	existing bool // send what is already there; asked for new folders only

	tokenOn   bool   // a local address asks for a token on top
	tokenText string // typed anew; "" keeps the stored one
}

func newDraft(kind core.SourceKind) *draft {
	d := &draft{base: core.Source{Kind: kind}, after: core.AfterRemember}
	if kind == core.KindLocal {
		d.base.Local = &core.LocalSource{}
	} else {
		d.base.Folder = &core.FolderSource{}
	}
	return d
}

func draftOf(v control.SourceView) *draft {
	d := newDraft(v.Source.Kind)
	d.base, d.revision, d.name = *v.Source.Clone(), v.Revision, v.Source.Name
	if f := v.Source.Folder; f != nil {
		d.path, d.match, d.existing = f.Path, f.Match, v.Source.Existing.Do == core.ExistingSend
		if f.After != "" {
			d.after = f.After
		}
	}
	if l := v.Source.Local; l != nil {
		d.tokenOn = !l.Token.IsZero()
	}
	return d
}

func (d *draft) isNew() bool { return d.revision == 0 }

// source gives what is to be saved.
func (d *draft) source() core.Source {
	s := d.base.Clone()
	s.Name = strings.TrimSpace(d.name)
	if s.Folder != nil {
		s.Folder.Path = strings.TrimSpace(d.path)
		s.Folder.Match = strings.TrimSpace(d.match)
		s.Folder.After = d.after
		s.Existing.Do = core.ExistingSkip
		if d.existing {
			s.Existing.Do = core.ExistingSend
		}
		if s.Name == "" && s.Folder.Path != "" {
			s.Name = filepath.Base(s.Folder.Path)
		}
	}
	if s.Local != nil {
		switch {
		case !d.tokenOn:
			s.Local.Token = core.Secret{}
		case d.tokenText != "":
			s.Local.Token = core.NewSecret(d.tokenText)
		}
		if s.Name == "" {
			s.Name = "A program here"
		}
	}
	return *s
}

func (d *draft) saving() control.SourceDraft {
	return control.SourceDraft{Source: d.source(), Revision: d.revision}
}

// problem is the first thing that keeps the draft from being saved, and the
// field it is about.
type problem struct{ field, text string }

// Fields of a draft, by which a problem is shown in its place.
const (
	fieldPath  = "path"
	fieldToken = "token"
)

func (d *draft) problem() (problem, bool) {
	s := d.source()
	switch {
	case s.Folder != nil && s.Folder.Path == "":
		return problem{fieldPath, "Choose the folder to look in."}, true
	case s.Folder != nil && !filepath.IsAbs(s.Folder.Path):
		return problem{fieldPath, "Type the whole path, from the drive or / on."}, true
	case s.Local != nil && d.tokenOn && s.Local.Token.IsZero():
		return problem{fieldToken, "Type a token, or make one, or switch it off."}, true
	}
	return problem{}, false
}

// changed tells whether there is something to save or to lose.
func (d *draft) changed() bool {
	if d.isNew() {
		return d.name != "" || d.path != "" || d.match != "" || d.tokenText != ""
	}
	was := draftOf(control.SourceView{Source: d.base, Revision: d.revision})
	return d.name != was.name || d.path != was.path || d.match != was.match || d.after != was.after ||
		d.existing != was.existing || d.tokenOn != was.tokenOn || d.tokenText != ""
}

// afterWords are the choices for a file that has been read, in the order of
// afters.
var (
	afters     = []core.After{core.AfterRemember, core.AfterMove, core.AfterDelete}
	afterWords = []string{"Leave it there, and remember it", "Move it to “Sent by Hookbird”", "Delete it"}
)
