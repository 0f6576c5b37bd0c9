package sources

import (
	"net/url"
	"path/filepath"
	"reflect"
	"strings"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/settings"
)

// draft is a source as somebody edits it. Controls write into src, which stays in
// its place for as long as the draft lives.
type draft struct {
	base     core.Source // as it was read, or as a new one begins
	src      core.Source
	revision uint64 // 0: a new one
}

// newDraft begins a source of a kind with what is usual for it.
func newDraft(k core.SourceKind) *draft {
	s := core.Source{Kind: k}
	switch k {
	case core.KindFolder:
		s.Folder = &core.FolderSource{After: core.AfterRemember}
		s.Existing.Do = core.ExistingSkip
	case core.KindSheet:
		s.Sheet = &core.SheetSource{}
	case core.KindLocal:
		s.Local = &core.LocalSource{}
	case core.KindDatabase:
		s.Database = &core.DatabaseSource{Kind: core.SQLite}
	case core.KindWeb:
		s.Web = &core.WebSource{}
	case core.KindTimer:
		s.Timer = &core.TimerSource{At: []int{7 * 60}}
	case core.KindForm:
		s.Form = &core.FormSource{Inputs: []core.Input{
			{Name: "First name", Required: true}, {Name: "Last name", Required: true}, {Name: "Email", Kind: core.InputEmail},
		}}
	}
	return &draft{base: s, src: *s.Clone()}
}

// draftOf begins with a source as it is stored.
func draftOf(v control.SourceView) *draft {
	return &draft{base: *v.Source.Clone(), src: *v.Source.Clone(), revision: v.Revision}
}

func (d *draft) isNew() bool { return d.revision == 0 }

// saving gives what is to be saved.
func (d *draft) saving() control.SourceDraft {
	s := d.src.Clone()
	if s.Name = strings.TrimSpace(s.Name); s.Name == "" {
		s.Name = d.usualName()
	}
	tidied(s)
	return control.SourceDraft{Source: *s, Revision: d.revision}
}

// looking gives what is to be looked at: without what counts only later, so that
// what a look finds can help to fill it in.
func (d *draft) looking() control.SourceDraft {
	l := d.saving()
	s := &l.Source
	s.Title, s.Keep, s.Once, s.Expect, s.LookUp = "", nil, core.Once{}, core.Expect{}, nil
	switch {
	case s.Folder != nil:
		s.Folder.Holds, s.Folder.Keys, s.Folder.Gone, s.Folder.Receipt, s.Folder.After = core.HoldNew, nil, false, false, ""
	case s.Sheet != nil:
		s.Sheet.Keys, s.Sheet.Changed, s.Sheet.Required, s.Sheet.Ready, s.Sheet.ReadyIs = nil, false, nil, "", ""
	case s.Database != nil:
		s.Database.Keys, s.Database.Changed = nil, false
	case s.Web != nil:
		s.Web.Keys, s.Web.Changed, s.Web.Gone = nil, false, false
	}
	return l
}

// usualName is the name of a source that got none.
func (d *draft) usualName() string {
	s := &d.src
	name := ""
	switch {
	case s.Folder != nil && s.Folder.Path != "":
		name = filepath.Base(s.Folder.Path)
	case s.Sheet != nil && s.Sheet.Path != "":
		name = strings.TrimSuffix(filepath.Base(s.Sheet.Path), filepath.Ext(s.Sheet.Path))
	case s.Database != nil && s.Database.Table != "":
		name = s.Database.Table
	case s.Database != nil && s.Database.Name != "":
		name = s.Database.Name
	case s.Web != nil:
		if u, err := url.Parse(strings.TrimSpace(s.Web.Ask.Address)); err == nil {
			name = u.Hostname()
		}
	case s.Local != nil:
		name = "A program here"
	}
	if name == "" {
		name = kindOf(s.Kind).title
	}
	return name
}

// title is what the draft is called on screen.
func (d *draft) title() string {
	switch {
	case strings.TrimSpace(d.src.Name) != "":
		return strings.TrimSpace(d.src.Name)
	case d.isNew():
		return "New source: " + lowered(kindOf(d.src.Kind).title)
	}
	return d.usualName()
}

// changed tells whether there is something to save or to lose.
func (d *draft) changed() bool { return !same(d.src, d.base) }

// same compares sources as they would be saved.
func same(a, b core.Source) bool {
	x, y := a.Clone(), b.Clone()
	tidied(x)
	tidied(y)
	return reflect.DeepEqual(x, y)
}

// nameLists are the lists of names that a source has.
func nameLists(s *core.Source) []*[]string {
	lists := []*[]string{&s.Keep, &s.Once.Keys}
	if s.Folder != nil {
		lists = append(lists, &s.Folder.Keys, &s.Folder.Layout.Columns)
	}
	if s.Sheet != nil {
		lists = append(lists, &s.Sheet.Keys, &s.Sheet.Required, &s.Sheet.Layout.Columns)
	}
	if s.Local != nil {
		lists = append(lists, &s.Local.AllowedOrigins)
	}
	if s.Database != nil {
		lists = append(lists, &s.Database.Keys)
	}
	if s.Web != nil {
		lists = append(lists, &s.Web.Keys)
	}
	return lists
}

// filled gives the names in which there is anything; nil for none.
func filled(names []string) []string {
	var some []string
	for _, name := range names {
		if name = strings.TrimSpace(name); name != "" {
			some = append(some, name)
		}
	}
	return some
}

// problems says what stands in the way of saving, each at its place. What the page
// does not ask for is left to the engine.
func (d *draft) problems() core.Errors {
	s := d.saving().Source
	if s.ID == "" {
		s.ID = "new"
	}
	var found core.Errors
	for _, e := range settings.ValidateSource(&s) {
		switch {
		case e.Where == "/id" || e.Where == "/kind":
		case e.Where == "/key" && s.Local != nil && s.Local.Key.IsZero(): // is made by the engine
		default:
			found = append(found, e)
		}
	}
	return found
}
