package settings

import (
	"os"
	"path/filepath"
	"testing"

	"hookbird/core"
)

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"hookbird": 1}`))
	f.Add([]byte(inWebhook(`"body": {"fields": [{"name": "a", "secret": {"sealed": true}}]}, "retry": {"delays": ["1d", "1ms"]}`)))
	f.Add([]byte(inWebhook(`"accept": [204, "200-299"], "timeout": "1m30s", "headers": [{"name": "X", "value": "y"}]`)))
	f.Add([]byte(inFolder(`"match": "*.csv", "delimiter": "\t"`)))
	f.Add([]byte(inLocal(`"key": "0123456789abcdef", "token": {"sealed": true}, "allowed_origins": ["https://a"]`)))
	for _, name := range append(systems, "everything.json", "everything.sealed.json") {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(inWebhook(`"body": {"style": "template", "template": "a=[b|default:c]&d=[secret:k]", "secrets": {"k": {"sealed": true}}}`)))
	f.Add([]byte(inWebhook(`"filter": "a(b=c).d=1.*;any(e>5;f is \"x;y\")", "send": {"every": "1d", "batch": 3}`)))
	f.Add([]byte(inWebhook(`"sign": {"style": "standard-webhooks", "secret": {"generate": true}}, "secrets": {"a/b~c": "d"}`)))
	f.Add([]byte(inWebhook(`"body": {"style": "multipart", "fields": [{"name": "a", "value": ""}, {"name": "b", "template": "[c]", "convert": ["date:DD/MM/YYYY"]}]}`)))
	f.Add([]byte(file("a", needy)))
	f.Add([]byte(inWebhook(`"headers": [{"name": "X"}, {"name": "X", "value": "\\[secret:a] ${secret:b}"}], "secrets": {"b": "c"}`)))
	f.Add([]byte(`{"hookbird": 1, "settings": {"look": "dark"}, "x": [[[]]]}`))
	f.Add([]byte(inWebhook(`"auth": {"kind": "basic", "user": "a", "password": ""}, "proxy": {"address": "http://a:1", "user": "b"}`)))
	f.Add([]byte(inWebhook(`"auth": {"kind": "oauth2", "token_url": "https://a", "client_id": "b", "client_secret": "c", "scopes": ["d"]}, "proxy": "none"`)))
	f.Add([]byte(inWebhook(`"answer": {"need": [{"field": "a", "value": "b"}], "already": [{"code": 409}], "redirects": "read"}, "pace": {"day": 1}`)))
	f.Add([]byte(inWebhook(`"order": {"by": "a", "newest": true}, "send": {"at": ["9:00"], "days": ["sun"]}, "state": "paused", "paused_until": "2030-01-01T00:00:00Z"`)))
	f.Add([]byte(`{"hookbird": 1, "settings": {"proxy": {"address": "socks5://a:1", "user": "b", "password": {"sealed": true}}}}`))
	for kind, members := range needySources {
		f.Add([]byte(inKind(kind, members)))
	}
	for kind, list := range wrongSources {
		f.Add([]byte(inKind(kind)))
		for _, wrong := range list {
			if len(wrong.members) < 200 {
				f.Add([]byte(inKind(kind, wrong.members)))
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Parse(data, "/data")
		if err != nil {
			if core.CodeOf(err) != core.CodeInvalid {
				t.Errorf("refused with %v", err)
			}
			return
		}
		changes, _, err := Apply(file, Current{})
		if core.CodeOf(err) == core.CodeInvalid {
			return // it leaves out a secret
		}
		if err != nil {
			t.Fatal(err)
		}
		current := Current{Sources: changes.Sources, Webhooks: changes.Webhooks}
		changes.Settings.Set(&current.Settings)
		printed, err := Print(current, vault{})
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
		current = Current{Sources: second.Sources, Webhooks: second.Webhooks}
		second.Settings.Set(&current.Settings)
		reprinted, err := Print(current, vault{})
		if err != nil {
			t.Fatal(err)
		}
		if string(printed) != string(reprinted) {
			t.Errorf("%s\nwas printed again as\n%s", printed, reprinted)
		}
	})
}
