package settings

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
)

// inKind puts members into a source of a kind that is otherwise good.
func inKind(kind core.SourceKind, members ...string) string {
	given := strings.Join(members, ", ")
	all := []string{`"id": "s"`, `"name": "S"`, `"kind": "` + string(kind) + `"`}
	for _, usual := range map[core.SourceKind][]string{
		core.KindFolder:   {`"path": "/in"`},
		core.KindSheet:    {`"path": "/in.xlsx"`},
		core.KindDatabase: {`"database": "postgres"`, `"database_name": "d"`, `"table": "t"`, `"rising": "id"`},
		core.KindWeb:      {`"address": "https://example.org/"`},
		core.KindTimer:    {`"every": "1h"`},
		core.KindForm:     {`"fields": [{"name": "a"}]`},
	}[kind] {
		name, _, _ := strings.Cut(usual, ":")
		if !strings.Contains(", "+given, ", "+name+":") {
			all = append(all, usual)
		}
	}
	if given != "" {
		all = append(all, given)
	}
	return `{"hookbird": 1, "sources": [{` + strings.Join(all, ", ") + `}]}`
}

// wrongSources are members that are wrong, by the kind of source, each with the one
// place that is named and what is said of it.
var wrongSources = map[core.SourceKind][]struct{ members, where, says string }{
	core.KindFolder: {
		{`"title": "[First Name"`, "/title", ""},
		{`"title": "[secret:key]"`, "/title", "no secret"},
		{`"title": "` + strings.Repeat("x", maxTitle+1) + `"`, "/title", "at most 1000"},
		{`"title": 5`, "/title", "quotation marks"},
		{`"existing": true`, "/existing", `"skip"`},
		{`"existing": {}`, "/existing/since", "Choose the day"},
		{`"existing": {"since": "31.1.2026"}`, "/existing/since", "2026-01-31"},
		{`"existing": {"since": "1812-01-01"}`, "/existing/since", "2026-01-31"},
		{`"existing": {"since": 2026}`, "/existing/since", "quotation marks"},
		{`"existing": {"sinc": "2026-01-31", "since": "2026-01-31"}`, "/existing/sinc", `Did you mean "since"?`},
		{`"keep": "E-Mail"`, "/keep", "list"},
		{`"keep": ["E-Mail", "Name", "E-Mail"]`, "/keep/2", "twice"},
		{`"keep": ["E-Mail", " "]`, "/keep/1", "empty"},
		{`"keep": [""` + strings.Repeat(`, ""`, maxNames) + `]`, "/keep", "At most 1000"},
		{`"allow_card_numbers": "yes"`, "/allow_card_numbers", "true or false"},
		{`"once": {}`, "/once/keys", "E-Mail"},
		{`"once": {"keys": []}`, "/once/keys", "E-Mail"},
		{`"once": {"keys": 5}`, "/once/keys", "list"},
		{`"once": {"keys": ["a", "a"]}`, "/once/keys/1", "twice"},
		{`"once": {"keys": ["a"], "days": 0}`, "/once/days", "from 1 to 3650"},
		{`"expect": {"days": ["mon"]}`, "/expect/by", "07:00"},
		{`"expect": {"by": "25:00"}`, "/expect/by", "time of the day"},
		{`"expect": {"by": "07:00", "days": []}`, "/expect/days", "empty"},
		{`"expect": {"by": "07:00", "days": ["mon", "mon"]}`, "/expect/days/1", "twice"},
		{`"expect": {"by": "07:00", "heartbeat": "ftp://example.org/"}`, "/expect/heartbeat", "https://"},
		{`"expect": {"by": "07:00", "heartbeat": "https://example.org/[id]"}`, "/expect/heartbeat", "merge fields"},
		{`"expect": {"by": "07:00", "heartbeat": true}`, "/expect/heartbeat", "sealed"},
		{`"lookup": {"into": "x"}`, "/lookup/ask", "https://"},
		{`"lookup": {"ask": {}}`, "/lookup/ask/address", "Paste the web address"},
		{`"lookup": {"ask": "https://example.org"}`, "/lookup/ask", "object"},
		{`"lookup": {"ask": {"address": "example.org"}}`, "/lookup/ask/address", "https://"},
		{`"lookup": {"ask": {"address": "https://example.org/[secret:key]"}}`, "/lookup/ask/address", "no secret called"},
		{`"lookup": {"path": "a(b", "ask": {"address": "https://example.org/"}}`, "/lookup/path", ""},
		{`"lookup": {"ask": {"address": "https://example.org/"}, "keep": "31d"}`, "/lookup/keep", "30d"},
		{`"lookup": {"ask": {"address": "https://example.org/"}, "into": "` + strings.Repeat("x", 201) + `"}`, "/lookup/into", "at most 200"},
		{`"lookup": {"ask": {"address": "https://example.org/", "method": "PUT"}}`, "/lookup/ask/method", "GET, POST"},

		{`"match": "*.csv; [a"`, "/match", "pattern"},
		{`"match": ";"`, "/match", "pattern"},
		{`"match": "*.csv; in/*.xlsx"`, "/match", "pattern"},
		{`"subfolders": "yes"`, "/subfolders", "true or false"},
		{`"holds": "some"`, "/holds", "new, all, growing"},
		{`"holds": "all"`, "/keys", "tell records apart"},
		{`"keys": ["Number"]`, "/keys", "Say that these do"},
		{`"holds": "all", "keys": ["Number", "Number"]`, "/keys/1", "twice"},
		{`"gone": true`, "/gone", "everything each time"},
		{`"holds": "growing", "after": "delete"`, "/after", "stay where it is"},
		{`"holds": "growing", "receipt": true`, "/receipt", "never done"},
		{`"holds": "all", "keys": ["a"], "whole_file": true`, "/whole_file", "Choose one"},
		{`"quote": "ab"`, "/quote", "single"},
		{`"quote": "'", "delimiter": "'"`, "/quote", "Change one"},
		{`"header_row": 0`, "/header_row", "from 1"},
		{`"header_row": 2, "no_header": true`, "/header_row", "Remove one"},
		{`"columns": ["", "a", "", "a"]`, "/columns/3", "twice"},
		{`"columns": [" "]`, "/columns/0", "empty"},
		{`"sheet": "a\u0000"`, "/sheet", "cannot be seen"},
		{`"element": "a b"`, "/element", "single word"},
		{`"list": "a("`, "/list", ""},
	},
	core.KindSheet: {
		{`"path": ""`, "/path", "Choose the spreadsheet"},
		{`"path": "in.xlsx"`, "/path", "whole path"},
		{`"existing": {"since": "2026-01-31"}`, "/existing", "no date"},
		{`"changed": true`, "/keys", "only take new rows"},
		{`"required": ["a", "a"]`, "/required/1", "twice"},
		{`"settle": "500ms"`, "/settle", "from 1s to 1d"},
		{`"settle": "25h"`, "/settle", "from 1s to 1d"},
		{`"ready": {"is": "x"}`, "/ready/column", "Choose the column"},
		{`"ready": {"column": ""}`, "/ready/column", ""},
		{`"ready": "Done"`, "/ready", "object"},
		{`"ready": {"column": "Done"}, "required": ["a"]`, "/ready", "not both"},
		{`"element": "a"`, "/element", "Remove it"},
		{`"subfolders": true`, "/subfolders", "Remove it"},
		{`"delimiter": "ab"`, "/delimiter", "single"},
	},
	core.KindLocal: {
		{`"xml": 1`, "/xml", "true or false"},
		{`"json_field": " "`, "/json_field", "empty"},
		{`"verify": {}`, "/verify/style", "standard-webhooks"},
		{`"verify": {"style": "rsa"}`, "/verify/style", "standard-webhooks, hmac"},
		{`"verify": {"style": "hmac"}`, "/verify/secret", "Paste the one"},
		{`"verify": {"style": "hmac", "secret": ""}`, "/verify/secret", "Paste the one"},
		{`"verify": {"style": "standard-webhooks", "secret": "x"}`, "/verify/secret", "whsec_"},
		{`"verify": {"style": "standard-webhooks", "secret": "whpk_x"}`, "/verify/secret", "damaged"},
		{`"verify": {"style": "hmac", "secret": "x", "header": "a b"}`, "/verify/header", "letters, digits"},
		{`"verify": {"style": "hmac", "secret": "x", "algorithm": "md5"}`, "/verify/algorithm", "sha256"},
		{`"verify": {"style": "hmac", "secret": "x", "encoding": "octal"}`, "/verify/encoding", "hex, base64"},
		{`"verify": {"style": "hmac", "secret": "x", "prefix": " a"}`, "/verify/prefix", "space"},
	},
	core.KindDatabase: {
		{`"database": "oracle"`, "/database", "sqlite, postgres, mysql, sqlserver"},
		{`"database": "sqlite", "database_name": ""`, "/file", "Choose the file"},
		{`"database": "sqlite", "database_name": "", "file": "/a", "host": "b"`, "/host", "Remove this"},
		{`"database": "sqlite", "database_name": "", "file": "/a", "tls": "off"`, "/tls", "Remove this"},
		{`"file": "/a"`, "/file", "on a server"},
		{`"host": "postgres://db.example.org"`, "/host", "alone"},
		{`"host": "db.example.org:5432"`, "/host", "as the port"},
		{`"host": "ada@db.example.org"`, "/host", "db.example.org"},
		{`"port": 65536`, "/port", "from 1 to 65535"},
		{`"database_name": ""`, "/database_name", "Type the name"},
		{`"user": " ", "password": "x"`, "/user", "Type the user name"},
		{`"password": "x"`, "/user", "goes with a user name"},
		{`"user": "a", "password": "x\n"`, "/password", "cannot be typed"},
		{`"tls": "always"`, "/tls", "prefer, verify, off"},
		{`"tls": "off", "ca_file": "/a"`, "/ca_file", "protect the connection"},
		{`"ca_file": "a"`, "/ca_file", "whole path"},
		{`"table": ""`, "/table", "Choose the table"},
		{`"table": "t "`, "/table", "Choose it once more"},
		{`"table": "t", "query": "SELECT * FROM t WHERE id > :last"`, "/query", "not of both"},
		{`"table": "", "query": "SELECT * FROM t"`, "/query", ":last"},
		{`"table": "", "query": "SELECT * FROM t WHERE name = :lastname"`, "/query", ":last"},
		{`"table": "", "query": "SELECT a::last FROM t"`, "/query", ":last"},
		{`"table": "", "query": "SELECT :last ` + strings.Repeat(" ", maxQuery) + `"`, "/query", "too long"},
		{`"rising": ""`, "/rising", "values rise"},
		{`"keys": ["id", "id"]`, "/keys/1", "twice"},
		{`"table": "", "query": "SELECT id FROM t WHERE id > :last", "changed": true`, "/keys", "only take new rows"},
		{`"overlap": "8d"`, "/overlap", "from 1s to 7d"},
		{`"every": "1s"`, "/every", "from 5s to 30d"},
		{`"timeout": "11m"`, "/timeout", "from 1s to 10m"},
	},
	core.KindWeb: {
		{`"address": ""`, "/address", "Paste the web address"},
		{`"address": "https://example.org/[Number]"`, "/address", "no record yet"},
		{`"address": "http://example.org/{id}"`, "/address", ""},
		{`"headers": [{"name": "X", "value": "[Number]"}]`, "/headers/0/value", "no record yet"},
		{`"headers": [{"name": "Host", "value": "a"}]`, "/headers/0/name", "itself"},
		{`"body": "{\"a\": \"[Number]\"}"`, "/body", "no record yet"},
		{`"body": "{\"a\": [last]}"`, "/body", ""},
		{`"method": "GET", "body": "a=b"`, "/method", "Choose POST"},
		{`"content_type": "text/plain"`, "/content_type", "goes with a text"},
		{`"body": "a", "content_type": "plain"`, "/content_type", "application/json"},
		{`"auth": {"kind": "bearer", "token": "Bearer x"}`, "/auth/token", "by itself"},
		{`"auth": {"kind": "bearer"}`, "/auth/token", "Paste the token"},
		{`"proxy": {"address": "proxy"}`, "/proxy/address", "http://"},
		{`"tls": {"ca_file": "a"}`, "/tls/ca_file", "whole path"},
		{`"secrets": {"a": ""}`, "/secrets/a", "empty"},
		{`"timeout": "11m"`, "/timeout", "10 minutes"},
		{`"every": "4s"`, "/every", "from 5s to 30d"},
		{`"every": "1h", "at": ["09:00"]`, "/at", "not both"},
		{`"days": ["mon"]`, "/days", "set times"},
		{`"at": []`, "/at", "empty"},
		{`"at": ["soon"], "days": ["mon"]`, "/at/0", "time of the day"},
		{`"list": "a("`, "/list", ""},
		{`"keys": ["a("]`, "/keys/0", ""},
		{`"keys": ["a", "a"]`, "/keys/1", "twice"},
		{`"gone": true`, "/keys", "tells them apart"},
		{`"changed": true`, "/keys", "tells them apart"},
		{`"gone": true, "keys": ["id"], "address": "https://example.org/?since=[last]"`, "/gone", "[last]"},
		{`"existing": {"since": "2026-01-31"}`, "/existing", "[last]"},
		{`"paging": {}`, "/paging/kind", "link, page, offset and cursor"},
		{`"paging": {"kind": "pages"}`, "/paging/kind", "link, page, offset, cursor"},
		{`"paging": {"kind": "page"}`, "/paging/param", "name of the parameter"},
		{`"paging": {"kind": "link", "param": "page"}`, "/paging/param", "Remove it"},
		{`"paging": {"kind": "cursor", "param": "after"}`, "/paging/path", "meta.next"},
		{`"paging": {"kind": "link", "path": "a("}`, "/paging/path", ""},
		{`"paging": {"kind": "offset", "param": "start", "path": "a"}`, "/paging/path", "Remove this"},
		{`"paging": {"kind": "page", "param": "page", "first": -1}`, "/paging/first", "from 0"},
		{`"paging": {"kind": "page", "param": "page", "most": 100001}`, "/paging/most", "100000"},
	},
	core.KindTimer: {
		{`"every": "500ms"`, "/every", "from 1s to 30d"},
		{`"every": "1h", "at": ["09:00"]`, "/at", "not both"},
		{`"every": "1h", "days": ["mon"]`, "/days", "set times"},
		{`"data": ["a"]`, "/data", "by their names"},
		{`"data": {"a": 5}`, "/data/a", "quotation marks"},
		{`"data": {"at": "now"}`, "/data/at", "another name"},
		{`"data": {"a/b": "[First Name]"}`, "/data/a~1b", "[@id], [@time] and [@today]"},
		{`"data": {"a": "[secret:b]"}`, "/data/a", "no secrets"},
		{`"data": {"a": "[@yesterday]"}`, "/data/a", ""},
		{`"data": {"": "a"}`, "/data/", "empty"},
	},
	core.KindForm: {
		{`"fields": []`, "/fields", "from 1 to 200"},
		{`"fields": {"name": "a"}`, "/fields", "list"},
		{`"fields": [{}]`, "/fields/0/name", "has no name"},
		{`"fields": [{"name": "Email"}, {"name": "Email"}]`, "/fields/1/name", "twice"},
		{`"fields": [{"name": "a", "kind": "phone"}]`, "/fields/0/kind", "text, email, number, date, choice, yesno"},
		{`"fields": [{"name": "a", "kind": "choice"}]`, "/fields/0/choices", "nothing to choose from"},
		{`"fields": [{"name": "a", "choices": ["x"]}]`, "/fields/0/choices", "kind choice"},
		{`"fields": [{"name": "a", "kind": "choice", "choices": ["x", "x"]}]`, "/fields/0/choices/1", "twice"},
		{`"fields": [{"name": "a", "kind": "choice", "choices": ["x"], "default": "y"}]`, "/fields/0/default", "none of the choices"},
		{`"fields": [{"name": "a", "kind": "number", "default": "five"}]`, "/fields/0/default", "number"},
		{`"fields": [{"name": "a", "kind": "date", "default": "soon"}]`, "/fields/0/default", "no date"},
		{`"fields": [{"name": "a", "kind": "yesno", "default": "perhaps"}]`, "/fields/0/default", "yes or no"},
		{`"fields": [{"name": "a", "label": "` + strings.Repeat("x", 201) + `"}]`, "/fields/0/label", "at most 200"},
		{`"grace": "25h"`, "/grace", "1d"},
		{`"grace": "-1m"`, "/grace", `"15s"`},
		{`"grace": 0`, "/grace", "quotation marks"},
	},
}

// Each mistake is told of once, where it is, in a sentence.
func TestRefusesWrongSources(t *testing.T) {
	for kind, list := range wrongSources {
		if _, _, err := Import([]byte(inKind(kind)), "", Current{}); err != nil {
			t.Errorf("%s\nsays %v", inKind(kind), err)
		}
		for _, tt := range list {
			_, _, err := Import([]byte(inKind(kind, tt.members)), "", Current{})
			found, _ := errors.AsType[core.Errors](err)
			if len(found) == 0 || found[0].Where != "/sources/0"+tt.where || !strings.Contains(found[0].Message, tt.says) {
				t.Errorf("%s: %.200s\nsays %v", kind, tt.members, err)
				continue
			}
			checkSentence(t, found[0].Message)
			if len(found) > 1 {
				t.Errorf("%s: %.200s\nsays more than once %v", kind, tt.members, err)
			}
		}
	}
}

// What is wrong with a source is said all at once.
func TestSourceSaysAllAtOnce(t *testing.T) {
	found := ValidateSource(&core.Source{
		ID: "s", Kind: core.KindDatabase, Title: "[", Keep: []string{"a", "a"}, Once: core.Once{Days: -1}, Existing: core.Existing{Do: "now"},
		Expect: core.Expect{By: -1, Days: everyDay}, LookUp: &core.LookUp{},
		Database: &core.DatabaseSource{Kind: core.MySQL, Changed: true, Every: 1, Timeout: 1, Overlap: -1},
	})
	var got []string
	for _, e := range found {
		got = append(got, e.Where)
	}
	want := []string{
		"/name", "/title", "/existing", "/keep/1", "/once/days", "/expect/by", "/lookup/ask/address",
		"/database_name", "/table", "/rising", "/keys", "/overlap", "/every", "/timeout",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s%v", d, found)
	}
}

// A source of whatever kind has its own part, and no other.
func TestSourceHasOnePart(t *testing.T) {
	for _, kind := range append(kinds, "", "queue") {
		s := &core.Source{ID: "s", Name: "S", Kind: core.SourceKind(kind)}
		if found := ValidateSource(s); len(found) != 1 || found[0].Where != "/kind" {
			t.Errorf("%q without a part: %v", kind, found)
		}
		s.Form, s.Timer = &core.FormSource{Inputs: []core.Input{{Name: "a"}}}, &core.TimerSource{Every: 1e9}
		if found := ValidateSource(s); len(found) != 1 || found[0].Where != "/kind" {
			t.Errorf("%q with two: %v", kind, found)
		}
	}
}

// Before the first look at a source it only matters where that is to be.
func TestSurveyNeedsOnlyThePlace(t *testing.T) {
	for _, s := range []*core.Source{
		{Kind: core.KindDatabase, Database: &core.DatabaseSource{Kind: core.Postgres, Name: "club", Changed: true}},
		{Kind: core.KindSheet, Sheet: &core.SheetSource{Path: "/a.xlsx", Changed: true}},
		{Kind: core.KindFolder, Folder: &core.FolderSource{Path: "/a", Holds: core.HoldAll}, Keep: []string{""}},
		{Kind: core.KindWeb, Web: &core.WebSource{Ask: core.Ask{Address: "https://example.org/"}, Gone: true}},
	} {
		s.ID = "survey"
		if found := ValidateSurvey(s); len(found) > 0 {
			t.Errorf("%s: %v", s.Kind, found)
		}
		if found := ValidateSource(s); len(found) == 0 {
			t.Errorf("%s would be saved so", s.Kind)
		}
	}
	for where, s := range map[string]*core.Source{
		"/database_name": {Kind: core.KindDatabase, Database: &core.DatabaseSource{Kind: core.Postgres}},
		"/path":          {Kind: core.KindFolder, Folder: &core.FolderSource{}},
		"/address":       {Kind: core.KindWeb, Web: &core.WebSource{}},
	} {
		s.ID = "survey"
		if found := ValidateSurvey(s); len(found) != 1 || found[0].Where != where {
			t.Errorf("%s: %v", s.Kind, found)
		}
	}
}

func TestRefusalsOfSourcesHoldNoSecret(t *testing.T) {
	for kind, list := range map[core.SourceKind][]string{
		core.KindLocal: {
			`"verify": {"style": "standard-webhooks", "secret": "hush"}`, `"verify": {"style": "standard-webhooks", "secret": "whpk_hush"}`,
			`"verify": {"style": "rsa", "secret": "hush"}`, `"expect": {"by": "07:00", "heartbeat": "hush://example.org"}`,
			`"expect": {"by": "07:00", "heartbeat": "https://hush[example.org/hush"}`,
		},
		core.KindDatabase: {`"password": "hush"`, `"user": "a", "password": "hush\n"`, `"user": "a", "password": {"is": "hush"}`},
		core.KindWeb: {
			`"auth": {"kind": "bearer", "token": "Bearer hush"}`, `"secrets": {"k": "hush"}, "headers": [{"name": "X", "value": "[secret:l]"}]`,
			`"headers": [{"name": "X", "secret": "hush\n"}]`, `"proxy": {"address": "http://a:hush@b:1"}`,
			`"auth": {"kind": "basic", "user": "a:b", "password": "hush"}`,
		},
	} {
		for _, members := range list {
			_, _, err := Import([]byte(inKind(kind, members)), "", Current{})
			if err == nil || strings.Contains(fmt.Sprintf("%v %+v", err, err), "hush") {
				t.Errorf("%s says %v", members, err)
			}
		}
	}
}
