package settings

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/message"
)

// inWebhook and its like put what a test is about into a file that is otherwise
// good.
func inWebhook(members string) string {
	return `{"hookbird": 1, "webhooks": [{"id": "a", "name": "A", "address": "https://example.org/", ` + members + `}]}`
}

func inFolder(members string) string {
	return `{"hookbird": 1, "sources": [{"id": "s", "kind": "folder", "name": "S", "path": "/in", ` + members + `}]}`
}

func inLocal(members string) string {
	return `{"hookbird": 1, "sources": [{"id": "s", "kind": "local", "name": "S", ` + members + `}]}`
}

func inUntil(until string) string {
	return inWebhook(`"sign": {"style": "standard-webhooks", "secret": {"sealed": true}, "previous_secret": {"sealed": true}, "until": ` + until + `}`)
}

// manyTimes is a list of n times of the day.
func manyTimes(n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(`"%02d:%02d"`, i%24, i/24))
	}
	return strings.Join(all, ", ")
}

func TestRefusesWithPlaceAndSentence(t *testing.T) {
	const key = `"key": "0123456789abcdef"`
	for _, tt := range []struct{ file, where, says string }{
		{``, "", "The file is empty."},
		{"\ufeff \n", "", "The file is empty."},
		{`{"hookbird": 1`, "", "from line 1, character 15 on"},
		{"{\n  \"hookbird\": 1,\n  \"x\" 5\n}", "", "from line 3"},
		{`{"hookbird": 1} {}`, "", "behind the end"},
		{`{"hookbird": 1, "webhooks": [],}`, "", "a comma, a bracket"},
		{"{\"hookbird\": 1, \"\xff\": 1}", "", "UTF-8"},
		{strings.Repeat("[", 1000), "/0/0", "nests too deep"},
		{`[]`, "", "object in braces"},
		{`{}`, "", "no settings file"},
		{`{"webhooks": 5}`, "", "no settings file"},
		{`{"hookbird": 2, "tricks": true}`, "/hookbird", "of a newer Hookbird"},
		{`{"hookbird": "1"}`, "/hookbird", "whole number"},
		{`{"hookbird": 1.5}`, "/hookbird", "whole number"},
		{`{"hookbird": 1, "hookbird": 1}`, "/hookbird", "twice"},
		{`{"hookbird": 1, "webhook": []}`, "/webhook", `Did you mean "webhooks"?`},
		{`{"hookbird": 1, "a/b~c": []}`, "/a~1b~0c", "Remove it"},
		{`{"hookbird": 1, "webhooks": {}}`, "/webhooks", "list in brackets"},
		{`{"hookbird": 1, "webhooks": [5]}`, "/webhooks/0", "object in braces"},
		{`{"hookbird": 1, "sources": [null]}`, "/sources/0", "object in braces"},

		{`{"hookbird": 1, "settings": {"look": "blue"}}`, "/settings/look", "automatic, light, dark"},
		{`{"hookbird": 1, "settings": {"keep_days": 0}}`, "/settings/keep_days", "from 1 to 3650"},
		{`{"hookbird": 1, "settings": {"keep_days": 40, "trace_days": 39}}`, "/settings/trace_days", "less than \"keep_days\", which is 40"},
		{`{"hookbird": 1, "settings": {"quota_mb": 99}}`, "/settings/quota_mb", "from 100 to 1000000"},
		{`{"hookbird": 1, "settings": {"trace_days": 3651}}`, "/settings/trace_days", "from 1 to 3650"},
		{`{"hookbird": 1, "settings": {"keep_days": 40, "unfinished_days": 7}}`, "/settings/unfinished_days", "less than"},
		{`{"hookbird": 1, "settings": {"unfinished_days": "never"}}`, "/settings/unfinished_days", "for ever"},
		{`{"hookbird": 1, "settings": {"unfinished_days": 0}}`, "/settings/unfinished_days", "from 1 to 3650"},
		{`{"hookbird": 1, "settings": {"backup": {"keep": 0}}}`, "/settings/backup/keep", "from 1 to 365"},
		{`{"hookbird": 1, "settings": {"backup": {"keep": "all"}}}`, "/settings/backup/keep", `or "none"`},
		{`{"hookbird": 1, "settings": {"backup": {"at": "25:00"}}}`, "/settings/backup/at", ""},
		{`{"hookbird": 1, "settings": {"backup": {"where": "/x"}}}`, "/settings/backup/where", "Remove it"},
		{`{"hookbird": 1, "settings": {"language": "de"}}`, "/settings/language", "Remove it"},

		{`{"hookbird": 1, "webhooks": [{"name": "A", "address": "https://example.org/"}]}`, "/webhooks/0/id", `needs an "id"`},
		{`{"hookbird": 1, "webhooks": [{"id": "a", "address": "https://example.org/"}]}`, "/webhooks/0/name", "name"},
		{`{"hookbird": 1, "webhooks": [{"id": "a", "name": "A"}]}`, "/webhooks/0/address", "address"},
		{inWebhook(`"id": "b"`), "/webhooks/0/id", "twice"},
		{strings.Replace(inWebhook(`"x": 1`), `"id": "a"`, `"id": 1`, 1), "/webhooks/0/id", "text"},
		{strings.Replace(inWebhook(`"state": "on"`), `"id": "a"`, `"id": "a "`, 1), "/webhooks/0/id", "no space"},
		{strings.Replace(inWebhook(`"state": "on"`), `"id": "a"`, `"id": "a\n"`, 1), "/webhooks/0/id", "cannot be seen"},
		{strings.Replace(inWebhook(`"state": "on"`), `https://example.org/`, `htps://example.org/`, 1), "/webhooks/0/address", "https://"},
		{strings.Replace(inWebhook(`"state": "on"`), `example.org/`, `[Server]/`, 1), "/webhooks/0/address", ""},
		{strings.Replace(inWebhook(`"state": "on"`), `example.org/`, `example.org/{contactNumber}`, 1), "/webhooks/0/address", ""},
		{strings.Replace(inWebhook(`"state": "on"`), `example.org/`, `example.org/${contact id}`, 1), "/webhooks/0/address", ""},
		{inWebhook(`"metod": "PUT"`), "/webhooks/0/metod", `Did you mean "method"?`},
		{inWebhook(`"HTTPS-only": true`), "/webhooks/0/HTTPS-only", `Did you mean "https_only"?`},
		{inWebhook(`"method": "FETCH"`), "/webhooks/0/method", "FETCH"},
		{inWebhook(`"method": "post"`), "/webhooks/0/method", "POST, GET, PUT, PATCH, DELETE"},
		{inWebhook(`"method": ""`), "/webhooks/0/method", "POST, GET, PUT, PATCH, DELETE"},
		{inWebhook(`"state": "down"`), "/webhooks/0/state", "on, paused, off"},
		{inWebhook(`"state": ""`), "/webhooks/0/state", "on, paused, off"},
		{inWebhook(`"https_only": "yes"`), "/webhooks/0/https_only", "true or false"},
		{strings.Replace(inWebhook(`"https_only": true`), "https:", "http:", 1), "/webhooks/0/address", "https"},
		{strings.Replace(inWebhook(`"preset": "engagement-rx"`), "https:", "http:", 1), "/webhooks/0/address", "https"},
		{inWebhook(`"preset": "rally-congres"`), "/webhooks/0/preset", `Did you mean "rally-congress"?`},
		{inWebhook(`"preset": "sap"`), "/webhooks/0/preset", "ontraport"},
		{inWebhook(`"preset": "secutix-contact-v1", "method": "GET"`), "/webhooks/0/", "contactNumber"},
		{inWebhook(`"tls": {"ca_fil": "x"}`), "/webhooks/0/tls/ca_fil", "ca_file"},
		{inWebhook(`"tls": {"ca_file": "x"}`), "/webhooks/0/tls/ca_file", "whole path"},
		{inWebhook(`"events": "sale"`), "/webhooks/0/events", "list"},
		{inWebhook(`"events": ["sale", "a b"]`), "/webhooks/0/events/1", "a b"},
		{inWebhook(`"sources": [1]`), "/webhooks/0/sources/0", "text"},
		{inWebhook(`"headers": [{"name": "X", "value": "a", "secret": "b"}]`), "/webhooks/0/headers/0", "not both"},
		{inWebhook(`"headers": [{"name": "a b", "value": "a"}]`), "/webhooks/0/headers/0/name", ""},
		{inWebhook(`"body": "json"`), "/webhooks/0/body", "object"},
		{inWebhook(`"body": {"style": "xml"}`), "/webhooks/0/body/style", "json, form, envelope, json-list, multipart, template, none"},
		{inWebhook(`"body": {"fields": [{"name": "a", "from": "b", "value": "c"}]}`), "/webhooks/0/body/fields/0", "one of four"},
		{inWebhook(`"body": {"fields": [{"name": "a"}]}`), "/webhooks/0/body/fields/0/from", ""},
		{inWebhook(`"body": {"fields": [{"name": "a", "from": "b"}, {"from": "b"}]}`), "/webhooks/0/body/fields/1/name", ""},
		{inWebhook(`"body": {"fields": [{"name": "a", "secret": {"sealed": false}}]}`), "/webhooks/0/body/fields/0/secret/sealed", "true"},
		{inWebhook(`"body": {"fields": [{"name": "a", "secret": {}}]}`), "/webhooks/0/body/fields/0/secret", "sealed"},
		{inWebhook(`"body": {"fields": [{"name": "a", "secret": 5}]}`), "/webhooks/0/body/fields/0/secret", "sealed"},
		{inWebhook(`"body": {"fields": [{"name": "a", "value": 5}]}`), "/webhooks/0/body/fields/0/value", "quotation marks"},
		{inWebhook(`"accept": "200"`), "/webhooks/0/accept", "2xx"},
		{inWebhook(`"accept": []`), "/webhooks/0/accept", "no answer"},
		{inWebhook(`"accept": [204, "2xx"]`), "/webhooks/0/accept/1", "204"},
		{inWebhook(`"accept": [204, "299-200"]`), "/webhooks/0/accept/1", "200"},
		{inWebhook(`"accept": [99]`), "/webhooks/0/accept/0", "200"},
		{inWebhook(`"timeout": 15`), "/webhooks/0/timeout", "quotation marks"},
		{inWebhook(`"timeout": "15"`), "/webhooks/0/timeout", `"15s"`},
		{inWebhook(`"timeout": "0s"`), "/webhooks/0/timeout", `"15s"`},
		{inWebhook(`"timeout": "-1d"`), "/webhooks/0/timeout", `"15s"`},
		{inWebhook(`"timeout": "11m"`), "/webhooks/0/timeout", "10 minutes"},
		{inWebhook(`"parallel": 65`), "/webhooks/0/parallel", "from 1 to 64"},
		{inWebhook(`"retry": "an-hour"`), "/webhooks/0/retry", "an-hour"},
		{inWebhook(`"retry": ""`), "/webhooks/0/retry", "missing"},
		{inWebhook(`"retry": {"plan": "an-hour"}`), "/webhooks/0/retry", "an-hour"},
		{inWebhook(`"retry": {"every": "15m"}`), "/webhooks/0/retry", `"times"`},
		{inWebhook(`"retry": {"times": 3}`), "/webhooks/0/retry", `"every"`},
		{inWebhook(`"retry": {"every": "100ms", "times": 3}`), "/webhooks/0/retry/every", ""},
		{inWebhook(`"retry": {"plan": "none", "delays": ["1m"]}`), "/webhooks/0/retry", "one of three"},
		{inWebhook(`"retry": {"delays": ["1m", "31d"]}`), "/webhooks/0/retry/delays/1", "30 days"},
		{inWebhook(`"retry": {"delays": ["1m", "soon"]}`), "/webhooks/0/retry/delays/1", `"15s"`},
		{inWebhook(`"retry": {"delays": ["1m"], "on_refusal": "burn"}`), "/webhooks/0/retry/on_refusal", "stop, retry"},

		{inWebhook(`"filter": 5`), "/webhooks/0/filter", "quotation marks"},
		{inWebhook(`"filter": "role=("`), "/webhooks/0/filter", ""},
		{inWebhook(`"filter": "` + strings.Repeat("x", maxText+1) + `"`), "/webhooks/0/filter", "longer than any"},
		{inWebhook(`"filters": "role=MEMBER"`), "/webhooks/0/filters", `Did you mean "filter"?`},
		{inWebhook(`"secrets": [5]`), "/webhooks/0/secrets", "by their names"},
		{inWebhook(`"secrets": {"key": 5}`), "/webhooks/0/secrets/key", "sealed"},
		{inWebhook(`"secrets": {"key": {"generate": true}}`), "/webhooks/0/secrets/key/generate", "Remove it"},
		{inWebhook(`"secrets": {"key": "a", "key": "b"}`), "/webhooks/0/secrets/key", "twice"},
		{inWebhook(`"secrets": {"key": ""}`), "/webhooks/0/secrets/key", "empty"},
		{inWebhook(`"secrets": {"key": "a"}, "headers": [{"name": "X", "value": "[secret:kye]"}]`), "/webhooks/0/headers/0/value", "Did you mean [secret:key]?"},
		{inWebhook(`"body": {"style": "template", "content_type": "text/plain", "template": "[secret:key]"}, "secrets": {"key": "a"}`), "/webhooks/0/body/template", "key"},
		{inWebhook(`"body": {"style": "template"}`), "/webhooks/0/body/template", ""},
		{inWebhook(`"body": {"style": "template", "template": "[x"}`), "/webhooks/0/body/template", ""},
		{inWebhook(`"body": {"style": "template", "template": ["x"]}`), "/webhooks/0/body/template", "quotation marks"},
		{inWebhook(`"body": {"style": "template", "template": "x", "content_type": 5}`), "/webhooks/0/body/content_type", "quotation marks"},
		{inWebhook(`"body": {"template": "x", "secrets": {"k": false}}`), "/webhooks/0/body/secrets/k", "sealed"},
		{inWebhook(`"body": {"styl": "form"}`), "/webhooks/0/body/styl", `Did you mean "style"?`},
		{inWebhook(`"body": {"fields": [{"name": "a", "template": ""}]}`), "/webhooks/0/body/fields/0/template", "on purpose"},
		{inWebhook(`"body": {"fields": [{"name": "a", "template": "[b"}]}`), "/webhooks/0/body/fields/0/template", ""},
		{inWebhook(`"body": {"fields": [{"name": "a", "template": "[b]", "value": ""}]}`), "/webhooks/0/body/fields/0", "one of four"},
		{inWebhook(`"body": {"fields": [{"name": "a", "value": "", "secret": "b"}]}`), "/webhooks/0/body/fields/0", "one of four"},
		{inWebhook(`"body": {"fields": [{"name": "a", "from": "b", "convert": "trim"}]}`), "/webhooks/0/body/fields/0/convert", "list"},
		{inWebhook(`"body": {"fields": [{"name": "a", "from": "b", "convert": ["trim", "tirm"]}]}`), "/webhooks/0/body/fields/0/convert", ""},
		{inWebhook(`"body": {"fields": [{"name": "a", "from": "b", "convert": [5]}]}`), "/webhooks/0/body/fields/0/convert/0", "quotation marks"},
		{inWebhook(`"send": "now"`), "/webhooks/0/send", "object"},
		{inWebhook(`"send": {"when": "later"}`), "/webhooks/0/send/when", "now"},
		{inWebhook(`"send": {"when": "now", "every": "15m"}`), "/webhooks/0/send", "three different things"},
		{inWebhook(`"send": {"every": "500ms"}`), "/webhooks/0/send/every", ""},
		{inWebhook(`"send": {"every": "31d"}`), "/webhooks/0/send/every", ""},
		{inWebhook(`"send": {"every": "often"}`), "/webhooks/0/send/every", `"15s"`},
		{inWebhook(`"send": {"batch": 0}`), "/webhooks/0/send/batch", "from 1 to 1000"},
		{inWebhook(`"send": {"batch": 1001}`), "/webhooks/0/send/batch", "from 1 to 1000"},
		{inWebhook(`"send": {"whem": "now"}`), "/webhooks/0/send/whem", `Did you mean "when"?`},
		{inWebhook(`"sign": "hmac"`), "/webhooks/0/sign", "object"},
		{inWebhook(`"sign": {"secret": "a"}`), "/webhooks/0/sign/style", "standard-webhooks"},
		{inWebhook(`"sign": {"style": "rsa", "secret": "a"}`), "/webhooks/0/sign/style", "standard-webhooks, hmac"},
		{inWebhook(`"sign": {"style": "standard-webhooks"}`), "/webhooks/0/sign/secret", "without a secret"},
		{inWebhook(`"sign": {"style": "standard-webhooks", "secret": "a"}`), "/webhooks/0/sign/secret", "whsec_"},
		{inWebhook(`"sign": {"style": "standard-webhooks", "secret": {"generate": 1}}`), "/webhooks/0/sign/secret/generate", "true"},
		{inWebhook(`"sign": {"style": "standard-webhooks", "secret": {"generate": true, "sealed": true}}`), "/webhooks/0/sign/secret", "not both"},
		{inWebhook(`"sign": {"style": "standard-webhooks", "secret": {"generat": true}}`), "/webhooks/0/sign/secret/generat", `Did you mean "generate"?`},
		{inWebhook(`"sign": {"style": "standard-webhooks", "secret": {}}`), "/webhooks/0/sign/secret", "generate"},
		{inWebhook(`"sign": {"style": "standard-webhooks", "secret": {"sealed": true}, "previous_secret": {"generate": true}}`), "/webhooks/0/sign/previous_secret/generate", "Remove it"},
		{inWebhook(`"sign": {"style": "standard-webhooks", "secret": {"sealed": true}, "previous_secret": "whsec_"}`), "/webhooks/0/sign/previous_secret", ""},
		{inWebhook(`"sign": {"style": "standard-webhooks", "secret": {"sealed": true}, "until": "2030-12-31T18:00:00Z"}`), "/webhooks/0/sign/until", "previous_secret"},
		{inWebhook(`"sign": {"style": "hmac", "secret": "a"}`), "/webhooks/0/sign/header", ""},
		{inWebhook(`"sign": {"style": "hmac", "secret": "a", "header": "X", "algorithm": "md5"}`), "/webhooks/0/sign/algorithm", "sha256, sha512, sha1"},
		{inWebhook(`"sign": {"style": "hmac", "secret": "a", "header": "X", "encoding": "hexa"}`), "/webhooks/0/sign/encoding", "hex, base64"},
		{inUntil(`"tomorrow"`), "/webhooks/0/sign/until", "2030-12-31T18:00:00Z"},
		{inUntil(`"2030-12-31"`), "/webhooks/0/sign/until", "2030-12-31T18:00:00Z"},
		{inUntil(`"2030-12-31T18:00:00"`), "/webhooks/0/sign/until", "2030-12-31T18:00:00Z"},
		{inUntil(`"2030-12-31 18:00:00Z"`), "/webhooks/0/sign/until", "2030-12-31T18:00:00Z"},
		{inUntil(`"9999-12-31T23:59:59-01:00"`), "/webhooks/0/sign/until", "2030-12-31T18:00:00Z"},
		{inUntil(`"0001-01-01T00:00:00Z"`), "/webhooks/0/sign/until", "2030-12-31T18:00:00Z"},
		{inUntil(`1924970400`), "/webhooks/0/sign/until", "quotation marks"},

		{inWebhook(`"send": {"every": "15m", "at": ["09:00"]}`), "/webhooks/0/send", "three different things"},
		{inWebhook(`"send": {"when": "now", "at": ["09:00"]}`), "/webhooks/0/send", "three different things"},
		{inWebhook(`"send": {"at": "09:00"}`), "/webhooks/0/send/at", "list"},
		{inWebhook(`"send": {"at": []}`), "/webhooks/0/send/at", "empty"},
		{inWebhook(`"send": {"at": ["09:00", "24:00"]}`), "/webhooks/0/send/at/1", "time of the day"},
		{inWebhook(`"send": {"at": ["9 o'clock"]}`), "/webhooks/0/send/at/0", "time of the day"},
		{inWebhook(`"send": {"at": ["17:30", "09:00", "17:30"]}`), "/webhooks/0/send/at/2", "twice"},
		{inWebhook(`"send": {"at": [900]}`), "/webhooks/0/send/at/0", "quotation marks"},
		{inWebhook(`"send": {"at": [` + manyTimes(49) + `]}`), "/webhooks/0/send/at", "48"},
		{inWebhook(`"send": {"at": ["09:00"], "days": ["monday"]}`), "/webhooks/0/send/days/0", "mon, tue, wed, thu, fri, sat, sun"},
		{inWebhook(`"send": {"at": ["09:00"], "days": ["mon", "mon"]}`), "/webhooks/0/send/days/1", "twice"},
		{inWebhook(`"send": {"at": ["09:00"], "days": []}`), "/webhooks/0/send/days", "empty"},
		{inWebhook(`"send": {"every": "1h", "days": ["mon"]}`), "/webhooks/0/send/days", "set times"},

		{inWebhook(`"auth": "basic"`), "/webhooks/0/auth", "object"},
		{inWebhook(`"auth": {"user": "ada"}`), "/webhooks/0/auth/kind", "bearer"},
		{inWebhook(`"auth": {"kind": "digest", "user": "ada"}`), "/webhooks/0/auth/kind", "basic, bearer, oauth2"},
		{inWebhook(`"auth": {"kind": "basic", "password": "p"}`), "/webhooks/0/auth/user", "user name"},
		{inWebhook(`"auth": {"kind": "basic", "user": "ada:p", "password": "p"}`), "/webhooks/0/auth/user", "colon"},
		{inWebhook(`"auth": {"kind": "basic", "user": "ada", "token": "p"}`), "/webhooks/0/auth/token", "Remove it"},
		{inWebhook(`"auth": {"kind": "basic", "user": "ada", "password": 5}`), "/webhooks/0/auth/password", "sealed"},
		{inWebhook(`"auth": {"kind": "basic", "user": "ada", "password": {"generate": true}}`), "/webhooks/0/auth/password/generate", "Remove it"},
		{inWebhook(`"auth": {"kind": "bearer"}`), "/webhooks/0/auth/token", "Paste the token"},
		{inWebhook(`"auth": {"kind": "bearer", "token": ""}`), "/webhooks/0/auth/token", "empty"},
		{inWebhook(`"auth": {"kind": "bearer", "token": "Bearer x"}`), "/webhooks/0/auth/token", "by itself"},
		{inWebhook(`"auth": {"kind": "bearer", "token": "x"}, "headers": [{"name": "authorization", "value": "y"}]`), "/webhooks/0/headers/0/name", "Remove one"},
		{inWebhook(`"auth": {"kind": "oauth2", "client_id": "a", "client_secret": "b"}`), "/webhooks/0/auth/token_url", "token URL"},
		{inWebhook(`"auth": {"kind": "oauth2", "token_url": "http://a.example.org", "client_id": "a", "client_secret": "b"}`), "/webhooks/0/auth/token_url", "not secure"},
		{inWebhook(`"auth": {"kind": "oauth2", "token_url": "https://a.example.org", "client_secret": "b"}`), "/webhooks/0/auth/client_id", "client ID"},
		{inWebhook(`"auth": {"kind": "oauth2", "token_url": "https://a.example.org", "client_id": "a"}`), "/webhooks/0/auth/client_secret", "client secret"},
		{inWebhook(`"auth": {"kind": "oauth2", "token_url": "https://a.example.org", "client_id": "a", "client_secret": "b", "scopes": ["a b"]}`), "/webhooks/0/auth/scopes/0", "one word"},
		{inWebhook(`"auth": {"kind": "oauth2", "token_url": "https://a.example.org", "client_id": "a", "client_secret": "b", "in_body": "yes"}`), "/webhooks/0/auth/in_body", "true or false"},

		{inWebhook(`"proxy": "mine"`), "/webhooks/0/proxy", "system, none"},
		{inWebhook(`"proxy": 5`), "/webhooks/0/proxy", `"system"`},
		{inWebhook(`"proxy": {}`), "/webhooks/0/proxy/address", "Type the address"},
		{inWebhook(`"proxy": {"adress": "http://a:1"}`), "/webhooks/0/proxy/adress", `Did you mean "address"?`},
		{inWebhook(`"proxy": {"address": "proxy.example.org:3128"}`), "/webhooks/0/proxy/address", "http://"},
		{inWebhook(`"proxy": {"address": "http://ada:x@proxy.example.org:3128"}`), "/webhooks/0/proxy/address", "places of their own"},
		{inWebhook(`"proxy": {"address": "http://proxy.example.org:3128", "password": "x"}`), "/webhooks/0/proxy/user", "goes with a user name"},
		{inWebhook(`"private_addresses": false`), "/webhooks/0/private_addresses", "quotation marks"},
		{inWebhook(`"private_addresses": "deny"`), "/webhooks/0/private_addresses", "allow, refuse"},
		{strings.Replace(inWebhook(`"private_addresses": "refuse"`), "example.org", "192.168.1.1", 1), "/webhooks/0/address", "private network"},
		{inWebhook(`"tls": {"cert_file": "x.pem"}`), "/webhooks/0/tls/cert_file", "whole path"},
		{inWebhook(`"tls": {"key_file": "/x.pem"}`), "/webhooks/0/tls/key_file", "certificate too"},
		{strings.Replace(inWebhook(`"tls": {"cert_file": "/x.pem"}`), "https:", "http:", 1), "/webhooks/0/tls/cert_file", "https://"},

		{inWebhook(`"answer": []`), "/webhooks/0/answer", "object"},
		{inWebhook(`"answer": {"need": {"text": "ok"}}`), "/webhooks/0/answer/need", "list"},
		{inWebhook(`"answer": {"need": [{}]}`), "/webhooks/0/answer/need/0", "empty"},
		{inWebhook(`"answer": {"need": [{"text": ""}]}`), "/webhooks/0/answer/need/0/text", "empty"},
		{inWebhook(`"answer": {"need": [{"text": "ok"}, {"code": 200}]}`), "/webhooks/0/answer/need/1/code", "good answers"},
		{inWebhook(`"answer": {"forbid": [{"code": 200, "text": "no"}]}`), "/webhooks/0/answer/forbid/0/code", "good answers"},
		{inWebhook(`"answer": {"forbid": [{"value": "no"}]}`), "/webhooks/0/answer/forbid/0/value", "name of the field"},
		{inWebhook(`"answer": {"already": [{"code": 99}]}`), "/webhooks/0/answer/already/0/code", "from 200 to 599"},
		{inWebhook(`"answer": {"already": [{"field": "a(b"}]}`), "/webhooks/0/answer/already/0/field", ""},
		{inWebhook(`"answer": {"need": [{"text": "` + strings.Repeat("x", 1001) + `"}]}`), "/webhooks/0/answer/need/0/text", "too long"},
		{inWebhook(`"answer": {"need": [{"text": "x"}` + strings.Repeat(`, {"text": "x"}`, 20) + `]}`), "/webhooks/0/answer/need", "At most 20"},
		{inWebhook(`"answer": {"redirects": "follow"}`), "/webhooks/0/answer/redirects", "fail, accept, read"},
		{inWebhook(`"answer": {"unsure": true}`), "/webhooks/0/answer/unsure", "quotation marks"},
		{inWebhook(`"answer": {"alredy": []}`), "/webhooks/0/answer/alredy", `Did you mean "already"?`},

		{inWebhook(`"pace": 5`), "/webhooks/0/pace", "object"},
		{inWebhook(`"pace": {"second": 0}`), "/webhooks/0/pace/second", "from 1 to 1000000"},
		{inWebhook(`"pace": {"day": 1000001}`), "/webhooks/0/pace/day", "from 1 to 1000000"},
		{inWebhook(`"pace": {"week": 1}`), "/webhooks/0/pace/week", "Remove it"},
		{inWebhook(`"order": "newest"`), "/webhooks/0/order", "none, all"},
		{inWebhook(`"order": true`), "/webhooks/0/order", `"by"`},
		{inWebhook(`"order": {"newest": true}`), "/webhooks/0/order/by", "Choose the field"},
		{inWebhook(`"order": {"by": "a(*).b"}`), "/webhooks/0/order/by", "(*) finds several"},
		{inWebhook(`"order": {"by": "a(b"}`), "/webhooks/0/order/by", ""},
		{inWebhook(`"paused_until": "2030-01-01T00:00:00Z"`), "/webhooks/0/paused_until", "Pause it"},
		{inWebhook(`"state": "off", "paused_until": "2030-01-01T00:00:00Z"`), "/webhooks/0/paused_until", "Pause it"},
		{inWebhook(`"state": "paused", "paused_until": "tomorrow"`), "/webhooks/0/paused_until", "2030-12-31T18:00:00Z"},

		{`{"hookbird": 1, "settings": {"proxy": {"address": "http://proxy.example.org"}}}`, "/settings/proxy/address", "port"},
		{`{"hookbird": 1, "settings": {"proxy": "direct"}}`, "/settings/proxy", "system, none"},

		{`{"hookbird": 1, "sources": [{"id": "s", "name": "S"}]}`, "/sources/0/kind", "folder"},
		{`{"hookbird": 1, "sources": [{"id": "s", "name": "S", "kind": "queue"}]}`, "/sources/0/kind", "folder, spreadsheet, local, database, web, timer, form"},
		{`{"hookbird": 1, "sources": [{"id": "s", "name": "S", "kind": "folder"}]}`, "/sources/0/path", "Choose the folder"},
		{`{"hookbird": 1, "sources": [{"id": "s", "name": "S", "kind": "folder", "path": "in"}]}`, "/sources/0/path", "whole path"},
		{inFolder(`"token": "0123456789abcdef"`), "/sources/0/token", "Remove it"},
		{inFolder(`"event_type": "a b"`), "/sources/0/event_type", "a b"},
		{inFolder(`"match": "[a"`), "/sources/0/match", "pattern"},
		{inFolder(`"match": "in/*.csv"`), "/sources/0/match", "pattern"},
		{inFolder(`"existing": "keep"`), "/sources/0/existing", `"send", "skip"`},
		{inFolder(`"after": "burn"`), "/sources/0/after", "remember, move, delete"},
		{inFolder(`"encoding": "ebcdic"`), "/sources/0/encoding", "windows-1252"},
		{inFolder(`"delimiter": ";;"`), "/sources/0/delimiter", "single"},
		{inFolder(`"delimiter": "\""`), "/sources/0/delimiter", "single"},
		{inFolder(`"paused": 1`), "/sources/0/paused", "true or false"},
		{inLocal(`"key": "short"`), "/sources/0/key", "16 to 128"},
		{inLocal(`"key": "0123456789abcde/"`), "/sources/0/key", "16 to 128"},
		{inLocal(key + `, "token": "two words"`), "/sources/0/token", "without spaces"},
		{inLocal(key + `, "allowed_origins": ["https://a.example.org", "a.example.org"]`), "/sources/0/allowed_origins/1", "scheme and host"},
		{inLocal(key + `, "allowed_origins": ["https://a.example.org/"]`), "/sources/0/allowed_origins/0", "scheme and host"},
		{inLocal(key + `, "max_event_bytes": 99999999`), "/sources/0/max_event_bytes", "16777216"},
		{inLocal(key + `, "path": "/in"`), "/sources/0/path", "Remove it"},
		{`{"hookbird": 1, "sources": [{"id": "s", "kind": "local", "name": "A", ` + key + `}, {"id": "t", "kind": "local", "name": "B", ` + key + `}]}`, "/sources/1/key", "same key"},
		{`{"hookbird": 1, "sources": [{"id": "s", "kind": "local", "name": "A"}, {"id": "s", "kind": "local", "name": "B"}]}`, "/sources/1/id", "Another source"},
		{`{"hookbird": 1, "webhooks": [{"id": "a", "name": "A", "address": "http://a"}, {"id": "a", "name": "A", "address": "http://a"}]}`, "/webhooks/1/id", "Another webhook"},
	} {
		t.Run(tt.where+" "+tt.says, func(t *testing.T) {
			_, _, err := Import([]byte(tt.file), "", Current{})
			if core.CodeOf(err) != core.CodeInvalid {
				t.Fatalf("%s\ngave %v", tt.file, err)
			}
			found, ok := errors.AsType[core.Errors](err)
			if !ok {
				one, _ := errors.AsType[*core.Error](err)
				found = core.Errors{one}
			}
			for _, e := range found {
				if strings.HasPrefix(e.Where, tt.where) && strings.Contains(e.Message, tt.says) {
					checkSentence(t, e.Message)
					return
				}
			}
			t.Errorf("%s\nsays %v", tt.file, err)
		})
	}
}

func checkSentence(t *testing.T, s string) {
	t.Helper()
	for _, word := range []string{"error", "invalid", "please", "Error", "Invalid", "Please"} {
		if strings.Contains(s, word) {
			t.Errorf("%q is not how we speak", s)
		}
	}
	if !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "?") && !strings.HasSuffix(s, "//") && !strings.HasSuffix(s, "*.csv") &&
		!strings.HasSuffix(s, "}") && !strings.HasSuffix(s, ":3128") && !strings.HasSuffix(s, "example.org") {
		t.Errorf("%q is no sentence", s)
	}
}

// One mistake is told of once, where it is.
func TestOneMistakeIsOnePlace(t *testing.T) {
	var many strings.Builder
	for i := range message.MaxKeys + 1 {
		fmt.Fprintf(&many, "[secret:k%d]", i)
	}
	for members, where := range map[string]string{
		`"body": {"fields": [{"name": "k", "value": 5}]}`:                                                "/body/fields/0/value",
		`"body": {"fields": [{"name": "k", "from": 5}]}`:                                                 "/body/fields/0/from",
		`"body": {"fields": [{"name": "k", "template": ["x"]}]}`:                                         "/body/fields/0/template",
		`"body": {"fields": [{"name": "k", "template": ""}]}`:                                            "/body/fields/0/template",
		`"body": {"fields": [{"name": "k", "secret": {"sealed": 1}}]}`:                                   "/body/fields/0/secret/sealed",
		`"body": {"fields": [{"name": "k", "secret": 5}]}`:                                               "/body/fields/0/secret",
		`"body": {"fields": [{"name": "k", "value": true, "convert": ["trim"]}]}`:                        "/body/fields/0/value",
		`"body": {"fields": [{"name": "k", "convert": ["trim"]}]}`:                                       "/body/fields/0/from",
		`"body": {"fields": [{"name": "k", "omit_empty": true}]}`:                                        "/body/fields/0/from",
		`"headers": [{"name": "X", "value": 5}]`:                                                         "/headers/0/value",
		`"headers": [{"name": "X", "secret": 5}]`:                                                        "/headers/0/secret",
		`"headers": [{"name": "X", "value": "[secret:k]"}], "secrets": ["k"]`:                            "/secrets",
		`"body": {"fields": [{"name": "k", "template": "[secret:k]"}], "secrets": "k"}`:                  "/body/secrets",
		`"sign": {"style": "standard-webhooks", "secret": 5}`:                                            "/sign/secret",
		`"sign": {"style": "standard-webhooks", "secret": {"generate": 1}}`:                              "/sign/secret/generate",
		`"sign": {"style": "standard-webhooks"}`:                                                         "/sign/secret",
		`"body": {"fields": [5]}`:                                                                        "/body/fields/0",
		`"headers": [{}]`:                                                                                "/headers/0/name",
		`"headers": [{"name": "X", "value": "` + many.String() + `"}]`:                                   "/headers/0/value",
		`"headers": [{"name": "X", "value": "[secret:` + strings.Repeat("x", message.MaxName+1) + `]"}]`: "/headers/0/value",
		`"sign": {}`:                             "/sign/style",
		`"auth": {}`:                             "/auth/kind",
		`"auth": {"kind": 5}`:                    "/auth/kind",
		`"auth": {"kind": "oauth"}`:              "/auth/kind",
		`"auth": {"kind": "bearer", "token": 5}`: "/auth/token",
		`"auth": {"kind": "bearer", "token": {"sealed": 1}}`:             "/auth/token/sealed",
		`"auth": {"kind": "basic", "user": 5, "password": "x"}`:          "/auth/user",
		`"proxy": {"address": 5}`:                                        "/proxy/address",
		`"proxy": {"address": "http://a:1", "user": "a", "password": 5}`: "/proxy/password",
		`"proxy": ["none"]`:                                              "/proxy",
		`"answer": {"need": [5]}`:                                        "/answer/need/0",
		`"answer": {"need": [{"text": 5}]}`:                              "/answer/need/0/text",
		`"answer": {"need": [{"field": 5, "value": "x"}]}`:               "/answer/need/0/field",
		`"order": {"by": 5}`:                                             "/order/by",
		`"order": {"by": "a", "newest": 1}`:                              "/order/newest",
		`"pace": {"second": "5"}`:                                        "/pace/second",
		`"send": {"at": ["soon"], "days": ["mon"]}`:                      "/send/at/0",
		`"state": "paused", "paused_until": 5`:                           "/paused_until",
	} {
		_, _, err := Import([]byte(inWebhook(members)), "", Current{})
		found, _ := errors.AsType[core.Errors](err)
		if len(found) != 1 || found[0].Where != "/webhooks/0"+where {
			t.Errorf("%s\nsays %v", members, err)
		}
	}
}

// Each wrong place is named once, and all of them are.
func TestRefusesAllPlacesAtOnce(t *testing.T) {
	_, err := Parse([]byte(`{
		"hookbird": 1,
		"settings": {"look": "pink"},
		"sources": [{"id": "s", "kind": "local", "name": "", "key": "short"}],
		"webhooks": [
			{"id": "a", "name": 5, "adress": "https://example.org/", "timeout": "soon"},
			{"id": "a", "name": "B", "address": "example.org", "body": {"style": "xml"}, "filter": ["x"], "send": {"batch": -1},
				"secrets": {"k": 1, "l": {"sealed": false}}, "sign": {"style": "hmac", "secret": "s", "header": "X", "until": 5}}
		]
	}`), "")
	found, ok := errors.AsType[core.Errors](err)
	if !ok {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, e := range found {
		got[e.Where]++
	}
	for _, where := range []string{
		"/settings/look", "/sources/0/name", "/sources/0/key", "/webhooks/0/name", "/webhooks/0/adress",
		"/webhooks/0/address", "/webhooks/0/timeout", "/webhooks/1/id", "/webhooks/1/address", "/webhooks/1/body/style",
		"/webhooks/1/filter", "/webhooks/1/send/batch", "/webhooks/1/secrets/k", "/webhooks/1/secrets/l/sealed", "/webhooks/1/sign/until",
	} {
		if got[where] != 1 {
			t.Errorf("%s is named %d times", where, got[where])
		}
		delete(got, where)
	}
	if len(got) > 0 {
		t.Errorf("named besides: %v", got)
	}
}

func TestNamesSoManyPlacesAndNoMore(t *testing.T) {
	var b strings.Builder
	for i := range 500 {
		fmt.Fprintf(&b, `, "x%d": 1`, i)
	}
	_, err := Parse([]byte(`{"hookbird": 1`+b.String()+`}`), "")
	found, _ := errors.AsType[core.Errors](err)
	if len(found) != maxErrors+1 || !strings.HasPrefix(found[maxErrors].Message, "400 more places") {
		t.Errorf("%d of them, the last %v", len(found), found[len(found)-1])
	}
}

// What is wrong is repeated only as far as somebody would read.
func TestRefusalsAreShort(t *testing.T) {
	_, err := Parse([]byte(inWebhook(`"retry": "`+strings.Repeat("ä", 10_000)+`"`)), "")
	found, _ := errors.AsType[core.Errors](err)
	if len(found) != 1 || len(found[0].Message) > maxSentence+len("…") || !strings.HasSuffix(found[0].Message, "ä…") {
		t.Errorf("it says %.100v", err)
	}
}

func TestRefusalsHoldNoSecret(t *testing.T) {
	for _, file := range []string{
		inLocal(`"key": "hush hush"`),
		inLocal(`"key": "0123456789abcdef", "token": "hush hush"`),
		inWebhook(`"headers": [{"name": "X-Key", "secret": "hush\nhush"}]`),
		inWebhook(`"body": {"fields": [{"name": "k", "from": "b", "secret": "hush"}]}`),
		inWebhook(`"body": {"fields": [{"name": "k", "secret": "hush", "secret": "hush"}]}`),
		inWebhook(`"body": {"fields": [{"name": "k", "secret": "` + strings.Repeat("hush", 1<<15) + `"}]}`),
		inWebhook(`"sign": {"secret": "hush"}`),
		inWebhook(`"sign": {"style": "standard-webhooks", "secret": "whsec_hush", "previous_secret": "hush"}`),
		inWebhook(`"sign": {"style": "hmac", "secret": "hush", "header": "a b"}`),
		inWebhook(`"secrets": {"k": "hush\nhush"}, "headers": [{"name": "X", "value": "[secret:k]"}], "parallel": 0`),
		inWebhook(`"secrets": {"k": {"text": "hush"}}`),
		inWebhook(`"auth": {"kind": "basic", "user": "a:b", "password": "hush"}`),
		inWebhook(`"auth": {"kind": "basic", "user": "a", "password": "hush\u0000"}`),
		inWebhook(`"auth": {"kind": "bearer", "token": "Bearer hush"}`),
		inWebhook(`"auth": {"kind": "bearer", "token": "hush\nhush"}`),
		inWebhook(`"auth": {"kind": "oauth2", "client_secret": "hush"}`),
		inWebhook(`"proxy": {"address": "http://ada:hush@proxy.example.org:3128"}`),
		inWebhook(`"proxy": {"address": "ada:hush@proxy.example.org:3128"}`),
		inWebhook(`"proxy": {"address": "ada:hush@http://proxy.example.org:3128"}`),
		inWebhook(`"proxy": {"address": "http://proxy.example.org:3128", "password": "hush"}`),
		inWebhook(`"body": {"style": "template", "template": "{[secret:k]", "content_type": "application/json", "secrets": {"k": "hush"}}`),
		`{"hookbird": 1, "webhooks": [{"secret": "hush`,
	} {
		_, err := Parse([]byte(file), "")
		if err == nil || strings.Contains(fmt.Sprintf("%v %+v", err, err), "hush") {
			t.Errorf("says %v", err)
		}
	}
}

func TestTakesMergeBracketsOfIPv6(t *testing.T) {
	parsed(t, []byte(strings.Replace(inWebhook(`"state": "on"`), "example.org", "[::1]:8080", 1)), "")
}

func TestTakesAFileWithByteOrderMark(t *testing.T) {
	parsed(t, []byte("\ufeff{\"hookbird\": 1}\r\n"), "")
}
