package sources

import (
	"net/url"
	"path/filepath"
	"strings"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/schedule"
	"hookbird/gui/words"
)

// kind is what the page has to say about a kind of source.
type kind struct {
	kind  core.SourceKind
	icon  icons.Name
	title string // of its tile, and of one that has no name yet
	line  string // of its tile
	about string // under the head of its set-up page
	looks bool   // there is something to look at before it is switched on
}

// kinds are all of them, as they are offered.
var kinds = []kind{
	{core.KindFolder, icons.Folder, "Folder", "Files dropped in it", "Each row of a file that lands in the folder becomes a record.", true},
	{core.KindSheet, icons.Table, "Spreadsheet", "Each new row of one file", "A file that somebody works in. Each row becomes a record once it is finished.", true},
	{core.KindLocal, icons.Plug, "A program here sends to us", "A till, a form, a script", "Programs on this computer send their records to an address of Hookbird.", false},
	{core.KindDatabase, icons.Database, "Database", "New rows of a table", "Hookbird asks the database for new rows. It never writes to it.", true},
	{core.KindWeb, icons.Globe, "We ask a website", "A list, asked for regularly", "Hookbird asks a web service for its list and takes what is new.", true},
	{core.KindTimer, icons.Clock, "At set times", "A record every day at 7:00", "A record is made by the clock, for systems that wait for a nudge.", false},
	{core.KindForm, icons.Form, "Form", "Filled in by hand", "Somebody fills in a form here, and it goes out like any other record.", false},
}

func kindOf(k core.SourceKind) kind {
	for _, one := range kinds {
		if one.kind == k {
			return one
		}
	}
	return kind{kind: k, icon: icons.Inbox, title: "Source"}
}

// detail says where a source looks, or where it listens.
func detail(v control.SourceView) string {
	switch s := v.Source; {
	case s.Folder != nil && s.Folder.Match != "":
		return s.Folder.Path + ", " + s.Folder.Match
	case s.Folder != nil:
		return s.Folder.Path
	case s.Sheet != nil:
		return s.Sheet.Path
	case s.Local != nil:
		return v.Address
	case s.Database != nil:
		return databaseDetail(s.Database)
	case s.Web != nil:
		return hostOf(s.Web.Ask.Address) + ", " + lowered(whenWords(core.Send{Every: s.Web.Every, At: s.Web.At, Days: s.Web.Days}))
	case s.Timer != nil:
		return schedule.Describe(core.Send{Every: s.Timer.Every, At: s.Timer.At, Days: s.Timer.Days})
	case s.Form != nil:
		return words.Count(uint64(len(s.Form.Inputs)), "field", "fields") + " to fill in"
	}
	return ""
}

func databaseDetail(d *core.DatabaseSource) string {
	where := d.Name
	if d.Kind == core.SQLite {
		where = filepath.Base(d.File)
	}
	if d.Table != "" {
		where = d.Table + " in " + where
	}
	every := d.Every
	if every == 0 {
		every = core.DefaultDatabaseEvery
	}
	return where + ", " + lowered(schedule.Describe(core.Send{Every: every}))
}

// whenWords says when a web service is asked.
func whenWords(s core.Send) string {
	if !s.Turns() {
		s.Every = core.DefaultWebEvery
	}
	return schedule.Describe(s)
}

func lowered(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToLower(text[:1]) + text[1:]
}

// hostOf gives the host of an address: the rest of it is a secret.
func hostOf(address string) string {
	if u, err := url.Parse(strings.TrimSpace(address)); err == nil && u.Host != "" {
		return u.Hostname()
	}
	return "No address yet"
}
