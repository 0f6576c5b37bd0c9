package settings

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
)

// Everything that sources and webhooks have stands in the file that other tests read
// and write.
func TestEverythingSetsEverything(t *testing.T) {
	seen, all := map[string]bool{}, map[string]bool{}
	f := parsed(t, read(t, "everything.json"), "/data")
	for _, s := range f.Sources {
		visit(reflect.ValueOf(*s), seen, all)
	}
	for _, w := range f.Webhooks {
		visit(reflect.ValueOf(*w), seen, all)
	}
	for name := range all {
		if !seen[name] {
			t.Errorf("nothing has %s", name)
		}
	}
}

// visit notes the fields of a struct and of those in it, and which of them say
// something.
func visit(v reflect.Value, seen, all map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			visit(v.Elem(), seen, all)
		}
	case reflect.Slice:
		for i := range v.Len() {
			visit(v.Index(i), seen, all)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() {
				return
			}
			name := v.Type().Name() + "." + f.Name
			all[name] = true
			seen[name] = seen[name] || !v.Field(i).IsZero()
			visit(v.Field(i), seen, all)
		}
	}
}

// source reads the one source of a file.
func source(t *testing.T, file string) *core.Source {
	t.Helper()
	return parsed(t, []byte(file), "/data").Sources[0]
}

func TestExisting(t *testing.T) {
	midnight := time.Date(2026, 1, 31, 0, 0, 0, 0, time.Local).UTC()
	for member, want := range map[string]core.Existing{
		"": {}, `"ask"`: {}, `"send"`: {Do: core.ExistingSend}, `"read"`: {Do: core.ExistingSend}, `"skip"`: {Do: core.ExistingSkip},
		`{"since": "2026-01-31"}`:                {Do: core.ExistingSince, Since: midnight},
		`{"since": "2026-01-31T18:17:00+01:00"}`: {Do: core.ExistingSince, Since: time.Date(2026, 1, 31, 17, 17, 0, 0, time.UTC)},
	} {
		for _, kind := range kinds {
			if want.Do == core.ExistingSince && (kind == "spreadsheet" || kind == "web") {
				continue
			}
			var members []string
			if member != "" {
				members = []string{`"existing": ` + member}
			}
			expected := want
			if member == "" && kind == "folder" {
				expected.Do = core.ExistingSend // as it was before there was a question
			}
			if got := source(t, inKind(core.SourceKind(kind), members...)).Existing; got != expected {
				t.Errorf("%s of a %s is read as %+v", member, kind, got)
			}
		}
	}
}

// What is left out is what the core takes for the usual.
func TestLeastOfEachKind(t *testing.T) {
	for kind, want := range map[core.SourceKind]core.Source{
		core.KindFolder:   {Folder: &core.FolderSource{Path: "/in"}, Existing: core.Existing{Do: core.ExistingSend}},
		core.KindSheet:    {Sheet: &core.SheetSource{Path: "/in.xlsx"}},
		core.KindLocal:    {Local: &core.LocalSource{}},
		core.KindDatabase: {Database: &core.DatabaseSource{Kind: core.Postgres, Name: "d", Table: "t", Rising: "id"}},
		core.KindWeb:      {Web: &core.WebSource{Ask: core.Ask{Address: "https://example.org/"}}},
		core.KindTimer:    {Timer: &core.TimerSource{Every: time.Hour}},
		core.KindForm:     {Form: &core.FormSource{Inputs: []core.Input{{Name: "a"}}}},
	} {
		want.ID, want.Name, want.Kind = "s", "S", kind
		if d := cmp.Diff(&want, source(t, inKind(kind)), sameSecrets); d != "" {
			t.Errorf("%s (-want +got):\n%s", kind, d)
		}
	}
}

func TestPathsStartFromTheFile(t *testing.T) {
	if s := source(t, inKind(core.KindSheet, `"path": "members.xlsx"`)); s.Sheet.Path != "/data/members.xlsx" {
		t.Errorf("a spreadsheet at %s", s.Sheet.Path)
	}
	const sqlite = `{"hookbird": 1, "sources": [{"id": "s", "name": "S", "kind": "database", "database": "sqlite", "file": "club.db", "table": "t", "rising": "id"}]}`
	if s := source(t, sqlite); s.Database.File != "/data/club.db" {
		t.Errorf("a database at %s", s.Database.File)
	}
	if s := source(t, inKind(core.KindDatabase, `"tls": "verify", "ca_file": "db.pem"`)); s.Database.CAFile != "/data/db.pem" {
		t.Errorf("authorities at %s", s.Database.CAFile)
	}
	s := source(t, inKind(core.KindWeb, `"tls": {"ca_file": "a.pem", "cert_file": "b.pem", "key_file": "/c.pem"}`))
	if a := s.Web.Ask; a.CAFile != "/data/a.pem" || a.Network.CertFile != "/data/b.pem" || a.Network.KeyFile != "/c.pem" {
		t.Errorf("files at %+v, %s", a.Network, a.CAFile)
	}
}

// needySources are sources that need a secret in each place and say nothing of any.
var needySources = map[core.SourceKind]string{
	core.KindDatabase: `"user": "reader"`,
	core.KindWeb: `"address": "https://example.org/?key=[secret:key]", "headers": [{"name": "X-Key"}], "auth": {"kind": "bearer"},
		"body": "a=[secret:salt]", "proxy": {"address": "http://proxy.example.org:1", "user": "u"}`,
	core.KindLocal: `"key": "0123456789abcdef", "verify": {"style": "hmac"}`,
	core.KindTimer: `"lookup": {"ask": {"address": "https://example.org/?key=[secret:key]", "headers": [{"name": "X-Key"}], "auth": {"kind": "basic", "user": "u"}}}`,
}

// keeping is a store with such a source, which has all of these secrets.
func keeping(t *testing.T, kind core.SourceKind) Current {
	t.Helper()
	s := parsed(t, []byte(inKind(kind, needySources[kind])), "/data").Sources[0]
	n := 0
	s.Secrets(func(_ string, secret *core.Secret) {
		*secret = core.SealedSecret(fmt.Sprintf("s%d", n))
		n++
	})
	return Current{Sources: []*core.Source{s}}
}

func TestSecretsOfSourcesThatAreLeftOutStay(t *testing.T) {
	for kind, members := range needySources {
		if kind == core.KindLocal {
			members = `"verify": {"style": "hmac"}`
		}
		current := keeping(t, kind)
		c, notes := applied(t, inKind(kind, members), current)
		if d := cmp.Diff(current.Sources, c.Sources, sameSecrets); d != "" || len(notes) > 0 {
			t.Errorf("%s (-stored +imported):\n%s%v", kind, d, notes)
		}
	}
}

// Where nothing is stored, each place that lacks a secret is named; a password may be
// none.
func TestSecretsOfSourcesThatAreNotStored(t *testing.T) {
	for kind, places := range map[core.SourceKind][]string{
		core.KindWeb:      {"/address", "/auth/token", "/body"},
		core.KindLocal:    {"/verify/secret"},
		core.KindTimer:    {"/lookup/ask/address"},
		core.KindDatabase: nil,
	} {
		got := refusals(t, inKind(kind, needySources[kind]), Current{})
		for _, place := range places {
			if got["/sources/0"+place] == "" {
				t.Errorf("%s: nothing is said of %s: %v", kind, place, got)
			}
		}
		if len(got) != len(places) {
			t.Errorf("%s says %v", kind, got)
		}
	}
}

// A secret of another form than the stored one is not the stored one.
func TestSecretsOfSourcesOfAnotherForm(t *testing.T) {
	for kind, tt := range map[core.SourceKind]struct{ members, where string }{
		core.KindLocal: {`"verify": {"style": "standard-webhooks"}`, "/verify/secret"},
		core.KindWeb:   {`"auth": {"kind": "oauth2", "token_url": "https://example.org", "client_id": "c"}`, "/auth/client_secret"},
		core.KindTimer: {`"lookup": {"ask": {"address": "https://example.org/", "auth": {"kind": "bearer"}}}`, "/lookup/ask/auth/token"},
	} {
		got := refusals(t, inKind(kind, tt.members), keeping(t, kind))
		if len(got) != 1 || got["/sources/0"+tt.where] == "" {
			t.Errorf("%s says %v", kind, got)
		}
	}
}

// A source whose secrets are in another store is paused, and says so.
func TestSourceWhoseSecretIsElsewhereIsPaused(t *testing.T) {
	for kind, note := range map[core.SourceKind]string{
		core.KindDatabase: "S is paused: it needs its secret.",
		core.KindWeb:      "S is paused: it needs its 5 secrets.",
		core.KindTimer:    "S is paused: it needs its 3 secrets.",
	} {
		data, err := Print(keeping(t, kind), nil)
		if err != nil {
			t.Fatal(err)
		}
		c, notes := applied(t, string(data), Current{})
		if !c.Sources[0].Paused || len(notes) != 1 || notes[0] != note {
			t.Errorf("%s: paused %v, %q", kind, c.Sources[0].Paused, notes)
		}
		again, err := Print(Current{Sources: c.Sources}, vault{})
		if err != nil || strings.Count(string(again), `"sealed": true`) != strings.Count(string(data), `"sealed": true`) {
			t.Errorf("exported as %s, %v", again, err)
		}
	}
}

// A password that is to be none, and a heartbeat that is not in the file, are none.
func TestSecretsOfSourcesThatAreTakenAway(t *testing.T) {
	c, _ := applied(t, inKind(core.KindDatabase, `"user": "reader", "password": ""`), keeping(t, core.KindDatabase))
	if !c.Sources[0].Database.Password.IsZero() {
		t.Error("the password is kept")
	}
	current := Current{Sources: []*core.Source{{
		ID: "s", Name: "S", Kind: core.KindTimer, Timer: &core.TimerSource{Every: time.Hour},
		Expect: core.Expect{By: 420, Days: everyDay, Heartbeat: core.SealedSecret("s1")},
	}}}
	for heartbeat, want := range map[string]core.Secret{
		"": {}, `, "heartbeat": ""`: {}, `, "heartbeat": {"sealed": true}`: core.SealedSecret("s1"),
	} {
		c, notes := applied(t, inKind(core.KindTimer, `"expect": {"by": "07:00"`+heartbeat+`}`), current)
		if got := c.Sources[0].Expect; got.Heartbeat != want || got.By != 420 || len(got.Days) != 7 || len(notes) > 0 {
			t.Errorf("%q gives %+v, %v", heartbeat, got, notes)
		}
	}
}

// A secret is not mistaken for one in another part of the same source.
func TestSecretsOfSourceAndLookUpAreTwo(t *testing.T) {
	const both = `"headers": [{"name": "X-Key", "secret": {"sealed": true}}],
		"lookup": {"ask": {"address": "https://example.org/", "headers": [{"name": "X-Key", "secret": {"sealed": true}}]}}`
	current := Current{Sources: []*core.Source{{
		ID: "s", Name: "S", Kind: core.KindWeb,
		Web:    &core.WebSource{Ask: core.Ask{Headers: []core.Header{{Name: "X-Key", Secret: core.SealedSecret("s1")}}}},
		LookUp: &core.LookUp{Ask: core.Ask{Headers: []core.Header{{Name: "X-Key", Secret: core.SealedSecret("s2")}}}},
	}}}
	c, notes := applied(t, inKind(core.KindWeb, both), current)
	s := c.Sources[0]
	if got, more := s.Web.Ask.Headers[0].Secret.ID(), s.LookUp.Ask.Headers[0].Secret.ID(); got != "s1" || more != "s2" || len(notes) > 0 {
		t.Errorf("they are %s and %s, %v", got, more, notes)
	}
}
