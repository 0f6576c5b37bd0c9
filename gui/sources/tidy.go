package sources

import (
	"strings"

	"hookbird/core"
)

// tidied takes out of a source what its other settings leave no use for: what was
// typed for a choice that was changed since stays in the boxes, and is not saved.
func tidied(s *core.Source) {
	s.Title = strings.TrimSpace(s.Title)
	for _, list := range nameLists(s) {
		*list = filled(*list)
	}
	if len(s.Once.Keys) == 0 {
		s.Once = core.Once{}
	}
	if len(s.Expect.Days) == 0 {
		s.Expect = core.Expect{}
	}
	if s.LookUp != nil {
		tidyAsk(&s.LookUp.Ask)
	}
	switch {
	case s.Folder != nil:
		tidyFolder(s.Folder)
	case s.Sheet != nil:
		s.Sheet.Path = strings.TrimSpace(s.Sheet.Path)
	case s.Local != nil:
		tidyVerify(&s.Local.Verify)
	case s.Database != nil:
		tidyDatabase(s.Database)
	case s.Web != nil:
		tidyWeb(s.Web)
	case s.Timer != nil:
		tidyTimer(s.Timer)
	case s.Form != nil:
		tidyForm(s.Form)
	}
}

func tidyFolder(f *core.FolderSource) {
	f.Path, f.Match = strings.TrimSpace(f.Path), strings.TrimSpace(f.Match)
	if f.Holds != core.HoldAll {
		f.Keys, f.Gone = nil, false
	}
}

func tidyVerify(v *core.Verify) {
	switch v.Style {
	case core.VerifyNone:
		*v = core.Verify{}
	case core.VerifyStandard:
		*v = core.Verify{Style: v.Style, Secret: v.Secret}
	}
}

func tidyDatabase(d *core.DatabaseSource) {
	if d.Kind == core.SQLite {
		d.Host, d.Port, d.Name, d.User, d.Password, d.TLS, d.CAFile = "", 0, "", "", core.Secret{}, "", ""
	} else {
		d.File = ""
	}
	d.File, d.Host, d.Name = strings.TrimSpace(d.File), strings.TrimSpace(d.Host), strings.TrimSpace(d.Name)
	d.Table, d.Rising = strings.TrimSpace(d.Table), strings.TrimSpace(d.Rising)
	if d.TLS == core.TLSOff {
		d.CAFile = ""
	}
}

func tidyWeb(w *core.WebSource) {
	tidyAsk(&w.Ask)
	w.List = strings.TrimSpace(w.List)
	if len(w.At) == 0 {
		w.Days = nil
	}
	switch p := &w.Paging; p.Kind {
	case core.PagingNone:
		*p = core.Paging{}
	case core.PagingLink:
		*p = core.Paging{Kind: p.Kind, Path: p.Path, Most: p.Most}
	case core.PagingCursor:
		*p = core.Paging{Kind: p.Kind, Param: p.Param, Path: p.Path, Most: p.Most}
	default:
		p.Path = ""
	}
}

func tidyAsk(a *core.Ask) {
	a.Address = strings.TrimSpace(a.Address)
	a.Headers = used(a.Headers, func(h core.Header) bool { return h != core.Header{} })
	a.Keys = used(a.Keys, func(k core.NamedSecret) bool { return k != core.NamedSecret{} })
	if a.Body == "" {
		a.Type = ""
	}
	if p := &a.Network.Proxy; p.Kind != core.ProxyManual {
		*p = core.Proxy{Kind: p.Kind}
	}
	switch u := &a.Auth; u.Kind {
	case core.AuthNone:
		*u = core.Auth{}
	case core.AuthBasic:
		*u = core.Auth{Kind: u.Kind, User: u.User, Secret: u.Secret}
	case core.AuthBearer:
		*u = core.Auth{Kind: u.Kind, Secret: u.Secret}
	}
}

func tidyTimer(t *core.TimerSource) {
	if len(t.At) == 0 {
		t.Days = nil
	}
	t.Data = used(t.Data, func(f core.Fixed) bool { return f != core.Fixed{} })
}

// used gives the lines of a list in which there is anything; nil for none.
func used[T any](list []T, filled func(T) bool) []T {
	var some []T
	for _, one := range list {
		if filled(one) {
			some = append(some, one)
		}
	}
	return some
}

func tidyForm(f *core.FormSource) {
	f.Inputs = used(f.Inputs, func(in core.Input) bool {
		return in.Name != "" || in.Label != "" || in.Kind != "" || in.Default != "" || in.Required
	})
	for i := range f.Inputs {
		if in := &f.Inputs[i]; in.Kind != core.InputChoice {
			in.Choices = nil
		}
	}
}
