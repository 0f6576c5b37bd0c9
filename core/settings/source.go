package settings

import (
	"maps"
	"slices"

	"hookbird/core"
)

// kinds are the kinds of source, as files name them.
var kinds = []string{
	string(core.KindFolder), string(core.KindSheet), string(core.KindLocal), string(core.KindDatabase),
	string(core.KindWeb), string(core.KindTimer), string(core.KindForm),
}

// source reads one source and checks it as a whole.
func (p *parser) source(n *node) *core.Source {
	s := &core.Source{}
	if !n.object {
		p.object(n, "source", nil)
		return s
	}
	kind := n.get("kind")
	if kind == nil {
		p.wrong(n.pointer("kind"), `A source needs a "kind", which is one of %s.`, joined(kinds))
		return s
	}
	s.Kind = core.SourceKind(p.choice(kind, kinds...))
	if p.places[kind.at()] {
		return s
	}
	known := p.sourceFields(s)
	maps.Copy(known, p.partFields(s))
	p.object(n, string(s.Kind), known)
	p.partNeeds(n, s)
	found := ValidateSource(s)
	p.addAll(n.at(), slices.DeleteFunc(found, func(e *core.Error) bool {
		return e.Where == "/id" || e.Where == "/key" && n.get("key") == nil // is checked and made elsewhere
	}))
	return s
}

// sourceFields are what every kind of source has.
func (p *parser) sourceFields(s *core.Source) fields {
	return fields{
		"id":                 func(n *node) { s.ID = p.id(n) },
		"kind":               func(*node) {},
		"name":               func(n *node) { s.Name = p.text(n) },
		"event_type":         func(n *node) { s.EventType = p.text(n) },
		"paused":             func(n *node) { s.Paused = p.flag(n) },
		"title":              func(n *node) { s.Title = p.text(n) },
		"existing":           func(n *node) { s.Existing = p.existing(n, s.Existing) },
		"keep":               func(n *node) { s.Keep = p.texts(n) },
		"allow_card_numbers": func(n *node) { s.Cards = p.flag(n) },
		"once":               func(n *node) { s.Once = p.once(n) },
		"expect":             func(n *node) { s.Expect = p.expect(n) },
		"lookup":             func(n *node) { s.LookUp = p.lookUp(n) },
	}
}

// partFields makes the part of a source that its kind has, and gives what stands
// in it.
func (p *parser) partFields(s *core.Source) fields {
	switch s.Kind {
	case core.KindFolder:
		s.Folder, s.Existing.Do = &core.FolderSource{}, core.ExistingSend
		return p.folderFields(s.Folder)
	case core.KindSheet:
		s.Sheet = &core.SheetSource{}
		return p.sheetFields(s.Sheet)
	case core.KindLocal:
		s.Local = &core.LocalSource{}
		return p.localFields(s.Local)
	case core.KindDatabase:
		s.Database = &core.DatabaseSource{}
		return p.databaseFields(s.Database)
	case core.KindWeb:
		s.Web = &core.WebSource{}
		return p.webFields(s.Web)
	case core.KindTimer:
		s.Timer = &core.TimerSource{}
		return p.timerFields(s.Timer)
	default:
		s.Form = &core.FormSource{}
		return p.formFields(s.Form)
	}
}

// partNeeds looks at what of a part belongs together, and marks the secrets that
// the file leaves out.
func (p *parser) partNeeds(n *node, s *core.Source) {
	switch s.Kind {
	case core.KindDatabase:
		if n.get("user") != nil && n.get("password") == nil {
			s.Database.Password = leftOut
		}
	case core.KindWeb:
		p.askNeeds(n, &s.Web.Ask)
		p.setTimes(n, s.Web.At)
	case core.KindTimer:
		p.setTimes(n, s.Timer.At)
	}
}

func (p *printer) source(s *core.Source) any {
	head := outHead{ID: s.ID, Kind: string(s.Kind), Name: s.Name, Paused: s.Paused, EventType: s.EventType}
	tail := outTail{
		Title: s.Title, Existing: existed(s), Keep: s.Keep, Cards: s.Cards,
		Once: onced(s.Once), Expect: p.expect(s.Expect), LookUp: p.lookUp(s.LookUp),
	}
	switch {
	case s.Folder != nil:
		return outFolder{head, folder(s.Folder), laidOut(s.Folder.Layout), inFiles(s.Folder.Layout), tail}
	case s.Sheet != nil:
		return outSheet{head, sheet(s.Sheet), laidOut(s.Sheet.Layout), tail}
	case s.Local != nil:
		return outLocal{head, p.local(s.Local), tail}
	case s.Database != nil:
		return outDatabase{head, p.database(s.Database), tail}
	case s.Web != nil:
		return outWeb{head, p.ask(&s.Web.Ask), web(s.Web), tail}
	case s.Timer != nil:
		return outTimer{head, timer(s.Timer), tail}
	case s.Form != nil:
		return outForm{head, filling(s.Form), tail}
	}
	return head
}
