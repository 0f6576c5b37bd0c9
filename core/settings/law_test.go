package settings

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/assets"
	"hookbird/core"
)

// Whatever is stored is printed so that reading it gives the same.
func TestParseOfPrintIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Current{Settings: core.Settings{
			Look: rapid.SampledFrom([]string{"", "light", "dark"}).Draw(t, "look"), KeepDays: rapid.IntRange(1, MaxKeepDays).Draw(t, "days"),
		}}
		for i := range rapid.IntRange(0, 3).Draw(t, "sources") {
			c.Sources = append(c.Sources, drawSource(t, fmt.Sprintf("s%d", i)))
		}
		for i := range rapid.IntRange(0, 3).Draw(t, "webhooks") {
			c.Webhooks = append(c.Webhooks, drawWebhook(t, fmt.Sprintf("w%d", i)))
		}
		data, err := Print(c, vault{})
		if err != nil {
			t.Fatal(err)
		}
		f, err := Parse(data, "/nowhere")
		if err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		got := Current{Sources: f.Sources, Webhooks: f.Webhooks}
		f.Settings.Set(&got.Settings)
		if d := cmp.Diff(c, got, sameSecrets); d != "" {
			t.Fatalf("(-stored +read):\n%s\n%s", d, data)
		}
	})
}

// word is a text as people type it.
func word(t *rapid.T, label string) string {
	return rapid.StringMatching(`[A-Za-zäß€"\\<&'][A-Za-z0-9 .äß€"\\<>&'-]{0,10}[A-Za-z0-9]`).Draw(t, label)
}

func drawSource(t *rapid.T, id string) *core.Source {
	s := &core.Source{ID: id, Name: word(t, "name"), Paused: rapid.Bool().Draw(t, "paused")}
	s.EventType = rapid.SampledFrom([]string{"", "sale", "a.b:c_d-e"}).Draw(t, "type")
	if rapid.Bool().Draw(t, "folder") {
		s.Kind = core.KindFolder
		s.Folder = &core.FolderSource{
			Path:         "/" + word(t, "path"),
			Match:        rapid.SampledFrom([]string{"", "*.csv", "[a-z]*"}).Draw(t, "match"),
			After:        rapid.SampledFrom([]core.After{"", core.AfterRemember, core.AfterMove, core.AfterDelete}).Draw(t, "after"),
			SkipExisting: rapid.Bool().Draw(t, "skip"),
			Encoding:     rapid.SampledFrom(append(encodings, "")).Draw(t, "encoding"),
			Delimiter:    rapid.SampledFrom([]string{"", ",", ";", "\t", "|", " "}).Draw(t, "delimiter"),
		}
		return s
	}
	s.Kind = core.KindLocal
	s.Local = &core.LocalSource{
		Key:           core.NewSecret(rapid.StringMatching(`[A-Za-z0-9_-]{100}`).Draw(t, "key")),
		MaxEventBytes: rapid.SampledFrom([]int{0, minMaxEvent, core.MaxEventData}).Draw(t, "max"),
	}
	if rapid.Bool().Draw(t, "token") {
		s.Local.Token = core.NewSecret(rapid.StringMatching(`[!-~]{1,20}`).Draw(t, "token text"))
	}
	if rapid.Bool().Draw(t, "origins") {
		s.Local.AllowedOrigins = []string{"https://a.example.org", "http://[::1]:80"}
	}
	return s
}

func drawWebhook(t *rapid.T, id string) *core.Webhook {
	w := &core.Webhook{
		ID: id, Name: word(t, "name"), Preset: rapid.SampledFrom([]string{"", "zapier"}).Draw(t, "preset"),
		State:     rapid.SampledFrom([]core.State{core.StateOn, core.StatePaused, core.StateOff}).Draw(t, "state"),
		Address:   "https://example.org/" + rapid.StringMatching(`[a-z0-9%&=?]{0,5}`).Filter(func(s string) bool { return !strings.Contains(s, "%") }).Draw(t, "path"),
		Method:    rapid.SampledFrom([]string{"", "POST", "PUT"}).Draw(t, "method"),
		HTTPSOnly: rapid.Bool().Draw(t, "https"),
		CAFile:    rapid.SampledFrom([]string{"", "/etc/ca.pem"}).Draw(t, "ca"),
		Timeout:   time.Duration(rapid.Int64Range(0, int64(core.MaxTimeout)).Draw(t, "timeout")),
		Retry:     drawRetry(t),
		Parallel:  rapid.IntRange(0, core.MaxParallel).Draw(t, "parallel"),
		Accept:    rapid.SampledFrom([]core.Accept{nil, {{From: 204, To: 204}}, {{From: 200, To: 204}, {From: 599, To: 599}}}).Draw(t, "accept"),
		Events:    rapid.SampledFrom([][]string{nil, {"sale", "a.*"}, {"*"}}).Draw(t, "events"),
		Sources:   rapid.SampledFrom([][]string{nil, {"s0", "gone"}}).Draw(t, "sources"),
	}
	w.Body.Style = rapid.SampledFrom([]core.BodyStyle{"", core.BodyForm, core.BodyJSON, core.BodyNone}).Draw(t, "style")
	for i := range rapid.IntRange(0, 4).Draw(t, "fields") {
		f := core.Field{Name: fmt.Sprintf("f%d", i), OmitEmpty: rapid.Bool().Draw(t, "omit")}
		switch rapid.IntRange(0, 2).Draw(t, "kind") {
		case 0:
			f.From = rapid.SampledFrom([]string{"email", "First Name", "a.b", `"x.y"`}).Draw(t, "from")
		case 1:
			f.Value = word(t, "value")
		default:
			f.Secret = core.NewSecret(word(t, "secret"))
		}
		w.Body.Fields = append(w.Body.Fields, f)
	}
	if rapid.Bool().Draw(t, "headers") {
		w.Headers = []core.Header{{Name: "X-A", Value: "plain"}, {Name: "x-b", Secret: core.NewSecret("s e c r e t")}, {Name: "X-Empty"}}
	}
	return w
}

func drawRetry(t *rapid.T) core.RetryPlan {
	delay := rapid.Int64Range(int64(time.Second), int64(30*day))
	r := core.RetryPlan{OnRefusal: rapid.Bool().Draw(t, "on refusal")}
	switch rapid.IntRange(0, 3).Draw(t, "plan") {
	case 0:
		r.Name = rapid.SampledFrom([]string{"90-minutes", "24-hours", "standard-webhooks", "none"}).Draw(t, "plan name")
	case 1:
		r.Every, r.Times = time.Duration(delay.Draw(t, "every")), rapid.IntRange(1, maxTries).Draw(t, "times")
	case 2:
		for range rapid.IntRange(1, 5).Draw(t, "delays") {
			r.Delays = append(r.Delays, time.Duration(delay.Draw(t, "delay")))
		}
	}
	return r
}

func TestParseOfFormatDurationIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := time.Duration(rapid.Int64Min(0).Draw(t, "d"))
		if rapid.Bool().Draw(t, "whole seconds") {
			d = d.Truncate(time.Second)
		}
		got, err := ParseDuration(FormatDuration(d))
		if err != nil || got != d {
			t.Fatalf("%v was printed as %s, read as %v, %v", d, FormatDuration(d), got, err)
		}
	})
	for text, want := range map[string]time.Duration{
		"1s": time.Second, "15m": 15 * time.Minute, "1h30m": 90 * time.Minute, "2h": 2 * time.Hour, "1d": day,
		"30d": 30 * day, "1d12h": 36 * time.Hour, "1m30s": 90 * time.Second, "10h0m5s": 10*time.Hour + 5*time.Second,
	} {
		if got := FormatDuration(want); got != text {
			t.Errorf("%v is printed as %s, not %s", want, got, text)
		}
	}
	for _, text := range []string{"", "d", "1", "-1d", "1d-1h", "1d+1h", "1.5d", "1d1d", "99999d", "1h1d"} {
		if d, err := ParseDuration(text); err == nil {
			t.Errorf("%q is read as %v", text, d)
		}
	}
}

// The schema knows exactly the names that Parse knows.
func TestSchemaNamesWhatParseKnows(t *testing.T) {
	p := newParser("/data")
	p.knows = map[string][]string{}
	root, err := p.tree(read(t, "everything.json"))
	if err != nil {
		t.Fatal(err)
	}
	p.file(root)
	p.secret(&node{object: true})
	var schema struct {
		Defs map[string]struct {
			Properties           map[string]any
			AdditionalProperties *bool
		} `json:"$defs"`
	}
	if err := json.Unmarshal(assets.SettingsSchema(), &schema); err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for kind, def := range schema.Defs {
		if def.Properties == nil {
			continue
		}
		got[kind] = slices.Sorted(maps.Keys(def.Properties))
		if def.AdditionalProperties == nil || *def.AdditionalProperties {
			t.Errorf("the schema lets names pass in %s that Parse refuses", kind)
		}
	}
	if d := cmp.Diff(p.knows, got); d != "" {
		t.Errorf("(-parse +schema):\n%s", d)
	}
}

// The example of the documentation works, and its tables name everything.
func TestDocumentation(t *testing.T) {
	doc, err := os.ReadFile("../../docs/SETTINGS.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(doc), "```json\n")
	example, _, _ := strings.Cut(rest, "```")
	if f := parsed(t, []byte(example), "/data"); len(f.Webhooks) != 1 || len(f.Sources) != 1 {
		t.Errorf("the example has %d webhooks", len(f.Webhooks))
	}
	p := newParser("/data")
	for _, names := range []fields{
		p.webhookFields(&core.Webhook{}),
		p.folderFields(p.sourceFields(&core.Source{}), &core.FolderSource{}),
		p.localFields(p.sourceFields(&core.Source{}), &core.LocalSource{}),
	} {
		for name := range names {
			if !regexp.MustCompile("(?m)^\\| .*`" + name + "`.* \\|").Match(doc) {
				t.Errorf("no table explains %s", name)
			}
		}
	}
}

// What Print writes are names that Parse knows.
func TestPrintWritesNamesThatParseKnows(t *testing.T) {
	p := newParser("/data")
	p.knows = map[string][]string{}
	root, err := p.tree(read(t, "everything.json"))
	if err != nil {
		t.Fatal(err)
	}
	p.file(root)
	for kind, out := range map[string]any{
		"file": outFile{}, "settings": outSettings{}, "webhook": outWebhook{}, "tls": outTLS{}, "header": outHeader{},
		"body": outBody{}, "field": outField{}, "retry": outRetry{},
	} {
		typ := reflect.TypeOf(out)
		if n, most := typ.NumField(), len(p.knows[kind]); n != most && kind != "file" {
			t.Errorf("%s: %d of %d names are printed", kind, n, most)
		}
		for i := range typ.NumField() {
			name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			if !slices.Contains(p.knows[kind], name) {
				t.Errorf("%s: %s is not known", kind, name)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"hookbird": 1}`))
	f.Add([]byte(inWebhook(`"body": {"fields": [{"name": "a", "secret": {"sealed": true}}]}, "retry": {"delays": ["1d", "1ms"]}`)))
	f.Add([]byte(inWebhook(`"accept": [204, "200-299"], "timeout": "1m30s", "headers": [{"name": "X", "value": "y"}]`)))
	f.Add([]byte(inFolder(`"match": "*.csv", "delimiter": "\t"`)))
	f.Add([]byte(inLocal(`"key": "0123456789abcdef", "token": {"sealed": true}, "allowed_origins": ["https://a"]`)))
	f.Add([]byte(`{"hookbird": 1, "settings": {"look": "dark"}, "x": [[[]]]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Parse(data, "/data")
		if err != nil {
			if core.CodeOf(err) != core.CodeInvalid {
				t.Errorf("refused with %v", err)
			}
			return
		}
		changes, _, err := Apply(file, Current{})
		if err != nil {
			t.Fatal(err)
		}
		printed, err := Print(Current{Sources: changes.Sources, Webhooks: changes.Webhooks}, vault{})
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse(printed, "/data")
		if err != nil {
			t.Fatalf("%s\nwas printed as\n%s\n%v", data, printed, err)
		}
		second, _, err := Apply(again, Current{})
		if err != nil {
			t.Fatal(err)
		}
		reprinted, err := Print(Current{Sources: second.Sources, Webhooks: second.Webhooks}, vault{})
		if err != nil {
			t.Fatal(err)
		}
		if string(printed) != string(reprinted) {
			t.Errorf("%s\nwas printed again as\n%s", printed, reprinted)
		}
	})
}
