package settings

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// example is one of the documentation.
var example = regexp.MustCompile("(?s)```json\n(.*?)```")

// The examples of the documentation work, in Parse and by the schema: whole files
// as they are, others as members of a webhook. Its tables name everything.
func TestDocumentation(t *testing.T) {
	doc, err := os.ReadFile("../../docs/SETTINGS.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := example.FindAllSubmatch(doc, -1)
	if len(examples) < 10 {
		t.Errorf("it has %d examples", len(examples))
	}
	for _, e := range examples {
		text := strings.TrimSpace(string(e[1]))
		if !strings.HasPrefix(text, "{") {
			ownAddress := strings.Contains("\n"+text, "\n"+`"address":`)
			if text = inWebhook(text); ownAddress {
				text = strings.Replace(text, `"address": "https://example.org/",`, "", 1)
			}
		}
		if _, err := Parse([]byte(text), "/data"); err != nil {
			t.Errorf("%s\nis refused: %v", text, err)
		}
		if wrong := misfits(t, []byte(text)); len(wrong) > 0 {
			t.Errorf("%s\nis refused by the schema: %v", text, wrong)
		}
	}
	for kind, names := range known(t) {
		if kind == "file" || kind == "secret" || kind == "sign_secret" {
			continue // explained in sentences
		}
		for _, name := range names {
			if !regexp.MustCompile("(?m)^\\| .*`" + name + "`.* \\|").Match(doc) {
				t.Errorf("no table explains %s of %s", name, kind)
			}
		}
	}
}

// known gives the names that Parse knows, by the kind of object.
func known(t *testing.T) map[string][]string {
	t.Helper()
	p := newParser("/data")
	p.knows = map[string][]string{}
	root, err := p.tree(read(t, "everything.json"))
	if err != nil {
		t.Fatal(err)
	}
	p.file(root)
	p.secret(&node{object: true})
	p.signSecret(&node{object: true})
	return p.knows
}

// What Print writes are names that Parse knows.
func TestPrintWritesNamesThatParseKnows(t *testing.T) {
	knows := known(t)
	for _, kind := range []string{"auth_basic", "auth_bearer", "auth_oauth2"} {
		knows["auth"] = append(knows["auth"], knows[kind]...)
	}
	slices.Sort(knows["auth"])
	knows["auth"] = slices.Compact(knows["auth"])
	for kind, out := range map[string]any{
		"file": outFile{}, "settings": outSettings{}, "webhook": outWebhook{}, "tls": outTLS{}, "header": outHeader{},
		"body": outBody{}, "field": outField{}, "retry": outRetry{}, "send": outSend{}, "sign": outSign{}, "auth": outAuth{},
		"proxy": outProxy{}, "answer": outAnswer{}, "rule": outRule{}, "pace": outPace{}, "order": outOrder{}, "brake": outBrake{},
		"folder": outFolder{}, "spreadsheet": outSheet{}, "local": outLocal{}, "database": outDatabase{}, "web": outWeb{},
		"timer": outTimer{}, "form": outForm{}, "existing": outExisting{}, "once": outOnce{}, "expect": outExpect{}, "lookup": outLookUp{},
		"ask": outAsk{}, "ready": outReady{}, "verify": outVerify{}, "paging": outPaging{}, "input": outInput{},
	} {
		got := printed(reflect.TypeOf(out))
		if n, most := len(got), len(knows[kind]); n != most && kind != "file" {
			t.Errorf("%s: %d of %d names are printed", kind, n, most)
		}
		for _, name := range got {
			if !slices.Contains(knows[kind], name) {
				t.Errorf("%s: %s is not known", kind, name)
			}
		}
	}
}

// printed gives the names of the members that a value of a type is printed with.
func printed(typ reflect.Type) []string {
	var names []string
	for _, f := range reflect.VisibleFields(typ) {
		if !f.Anonymous {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			names = append(names, name)
		}
	}
	return names
}
