package settings

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"hookbird/assets"
	"hookbird/core"
)

// The schema knows exactly the names that Parse knows.
func TestSchemaNamesWhatParseKnows(t *testing.T) {
	var schema struct {
		Defs map[string]struct {
			Properties           map[string]any
			AdditionalProperties any
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
		if def.AdditionalProperties != false {
			t.Errorf("the schema lets names pass in %s that Parse refuses", kind)
		}
	}
	if d := cmp.Diff(known(t), got); d != "" {
		t.Errorf("(-parse +schema):\n%s", d)
	}
}

// Whoever asks an editor what a name means gets an answer.
func TestSchemaDescribesEveryName(t *testing.T) {
	defs := decoded(t, assets.SettingsSchema()).(map[string]any)["$defs"].(map[string]any)
	for kind, def := range defs {
		properties, _ := def.(map[string]any)["properties"].(map[string]any)
		for name, p := range properties {
			p := p.(map[string]any)
			text, _ := p["description"].(string)
			if ref, ok := p["$ref"].(string); ok && text == "" {
				text, _ = defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)["description"].(string)
			}
			if text == "" {
				t.Errorf("%s of %s is not described", name, kind)
			}
		}
	}
}

// The examples of the schema are good by the schema itself.
func TestExamplesOfTheSchema(t *testing.T) {
	root := decoded(t, assets.SettingsSchema()).(map[string]any)
	var visit func(at string, v any)
	visit = func(at string, v any) {
		s, _ := v.(map[string]any)
		examples, _ := s["examples"].([]any)
		for i, e := range examples {
			if wrong := (validator{root}).check(s, e, fmt.Sprintf("%s/examples/%d", at, i)); len(wrong) > 0 {
				t.Error(wrong)
			}
		}
		for name, v := range s {
			visit(at+"/"+name, v)
		}
	}
	visit("", root)
}

func TestSchemaTakesGoodFiles(t *testing.T) {
	for _, name := range append(systems, "everything.json", "everything.sealed.json") {
		if wrong := misfits(t, read(t, name)); len(wrong) > 0 {
			t.Errorf("%s: %v", name, wrong)
		}
	}
}

func TestSchemaRefuses(t *testing.T) {
	for _, members := range []string{
		`"metod": "PUT"`, `"method": "FETCH"`, `"filter": 5`, `"secrets": ["a"]`, `"secrets": {"a": 5}`,
		`"secrets": {"a": {"generate": true}}`, `"body": {"style": "xml"}`, `"body": {"style": "template"}`,
		`"body": {"fields": [{"name": "a", "convert": ["trim"]}]}`, `"body": {"fields": [{"name": "a", "from": "b", "template": "c"}]}`,
		`"body": {"fields": [{"name": "a", "from": "b", "convert": "trim"}]}`,
		`"send": {"when": "now", "every": "15m"}`, `"send": {"batch": 0}`, `"send": {"when": "later"}`,
		`"sign": {"secret": "a"}`, `"sign": {"style": "hmac", "secret": "a"}`, `"sign": {"style": "hmac"}`,
		`"sign": {"style": "standard-webhooks", "secret": {}}`, `"sign": {"style": "standard-webhooks", "secret": "a", "until": "2030-12-31T18:00:00Z"}`,
		`"accept": []`, `"accept": "200"`, `"parallel": 65`, `"parallel": 1.5`, `"retry": {"every": "15m"}`,
		`"send": {"every": "15m", "at": ["09:00"]}`, `"send": {"at": []}`, `"send": {"at": ["24:00"]}`, `"send": {"days": ["mon"]}`,
		`"send": {"at": ["09:00"], "days": ["monday"]}`, `"paused_until": "2030-01-01T00:00:00Z"`, `"state": "on", "paused_until": "2030-01-01T00:00:00Z"`,
		`"auth": {"kind": "basic"}`, `"auth": {"kind": "basic", "user": "a:b"}`, `"auth": {"kind": "basic", "user": "a", "token": "b"}`,
		`"auth": {"kind": "bearer", "token": ""}`, `"auth": {"kind": "oauth2", "client_id": "a"}`, `"auth": {"kind": "digest"}`, `"auth": "basic"`,
		`"proxy": "mine"`, `"proxy": {}`, `"proxy": {"address": "proxy:1"}`, `"proxy": {"address": "http://a:b@c:1"}`, `"proxy": {"address": "http://a:1", "password": "b"}`,
		`"private_addresses": true`, `"tls": {"key_file": "a"}`, `"answer": {"need": [{}]}`, `"answer": {"need": [{"code": 200}]}`,
		`"answer": {"forbid": [{"value": "a"}]}`, `"answer": {"redirects": "follow"}`, `"answer": {"unsure": "no"}`, `"pace": {"second": 0}`,
		`"pace": {"week": 1}`, `"order": "newest"`, `"order": {"newest": true}`,
	} {
		if wrong := misfits(t, []byte(inWebhook(members))); len(wrong) == 0 {
			t.Errorf("the schema takes %s", members)
		}
	}
}

func TestSchemaRefusesSources(t *testing.T) {
	for kind, list := range map[core.SourceKind][]string{
		core.KindFolder: {
			`"holds": "some"`, `"holds": "all"`, `"existing": "keep"`, `"existing": {}`, `"existing": {"since": 2026}`, `"keep": [""]`,
			`"once": {"days": 5}`, `"once": {"keys": []}`, `"expect": {"days": ["mon"]}`, `"expect": {"by": "25:00"}`, `"lookup": {}`,
			`"lookup": {"ask": {}}`, `"lookup": {"ask": {"address": "example.org"}}`, `"header_row": 0`, `"delimiter": ";;"`, `"gone": "yes"`,
		},
		core.KindSheet:    {`"ready": {"is": "x"}`, `"ready": {"column": "a"}, "required": ["b"]`, `"element": "a"`, `"settle": 5`, `"path": ""`},
		core.KindLocal:    {`"verify": {"secret": "x"}`, `"verify": {"style": "rsa"}`, `"xml": 1`, `"path": "/in"`},
		core.KindDatabase: {`"database": "oracle"`, `"database": "sqlite"`, `"query": "a"`, `"table": ""`, `"tls": "on"`, `"port": 0`, `"password": "a"`},
		core.KindWeb: {
			`"method": "PUT"`, `"every": "1h", "at": ["09:00"]`, `"days": ["mon"]`, `"paging": {}`, `"paging": {"kind": "link", "param": "a"}`,
			`"content_type": "text/plain"`, `"address": "example.org"`,
		},
		core.KindTimer: {`"at": ["09:00"]`, `"days": ["mon"]`, `"data": {"a": 5}`},
		core.KindForm:  {`"fields": []`, `"fields": [{}]`, `"fields": [{"name": "a", "kind": "choice"}]`, `"fields": [{"name": "a", "kind": "phone"}]`, `"grace": 5`},
	} {
		if wrong := misfits(t, []byte(inKind(kind))); len(wrong) > 0 {
			t.Errorf("%s: %v", kind, wrong)
		}
		for _, members := range list {
			if wrong := misfits(t, []byte(inKind(kind, members))); len(wrong) == 0 {
				t.Errorf("the schema takes %s of a %s", members, kind)
			}
		}
	}
	if wrong := misfits(t, []byte(`{"hookbird": 1, "sources": [{"id": "s", "name": "S", "kind": "timer"}]}`)); len(wrong) == 0 {
		t.Error("the schema takes a timer without times")
	}
}

// misfits says where a file is not as the schema wants it.
func misfits(t rapidOrTest, file []byte) []string {
	root := decoded(t, assets.SettingsSchema()).(map[string]any)
	return validator{root}.check(root, decoded(t, file), "")
}

type rapidOrTest interface {
	Helper()
	Fatal(...any)
}

func decoded(t rapidOrTest, data []byte) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// validator checks values by as much of JSON Schema as settings.schema.json
// uses, and stops at a keyword that it does not know.
type validator struct{ root map[string]any }

func (c validator) check(schema map[string]any, v any, at string) []string {
	var wrong []string
	for keyword, arg := range schema {
		check, ok := keywords[keyword]
		if !ok {
			panic("the schema has a keyword " + keyword)
		}
		if check != nil {
			wrong = append(wrong, check(c, schema, arg, v, at)...)
		}
	}
	return wrong
}

type keyword func(c validator, schema map[string]any, arg, v any, at string) []string

var keywords map[string]keyword

func init() { // keywords refer to themselves by way of check
	keywords = map[string]keyword{
		"$schema": nil, "$defs": nil, "title": nil, "description": nil, "default": nil, "examples": nil, "then": nil,
		"format": nil,

		"$ref":                 checkRef,
		"type":                 checkType,
		"properties":           checkProperties,
		"additionalProperties": checkOthers,
		"required":             checkRequired,
		"dependentRequired":    checkDependentRequired,
		"items":                checkItems,
		"oneOf":                checkOneOf,
		"not":                  checkNot,
		"if":                   checkIf,
		"enum":                 checkEnum,
		"const":                only(func(arg, v any) bool { return reflect.DeepEqual(arg, v) }),
		"pattern": only(func(arg, v any) bool {
			s, ok := v.(string)
			return !ok || regexp.MustCompile(arg.(string)).MatchString(s)
		}),
		"minimum": only(func(arg, v any) bool { n, ok := v.(json.Number); return !ok || number(n) >= number(arg) }),
		"maximum": only(func(arg, v any) bool { n, ok := v.(json.Number); return !ok || number(n) <= number(arg) }),
		"minLength": only(func(arg, v any) bool {
			s, ok := v.(string)
			return !ok || float64(utf8.RuneCountInString(s)) >= number(arg)
		}),
		"maxLength": only(func(arg, v any) bool {
			s, ok := v.(string)
			return !ok || float64(utf8.RuneCountInString(s)) <= number(arg)
		}),
		"minItems":      only(func(arg, v any) bool { l, ok := v.([]any); return !ok || float64(len(l)) >= number(arg) }),
		"maxItems":      only(func(arg, v any) bool { l, ok := v.([]any); return !ok || float64(len(l)) <= number(arg) }),
		"minProperties": only(func(arg, v any) bool { m, ok := v.(map[string]any); return !ok || float64(len(m)) >= number(arg) }),
		"maxProperties": only(func(arg, v any) bool { m, ok := v.(map[string]any); return !ok || float64(len(m)) <= number(arg) }),
	}
}

func number(v any) float64 {
	f, err := v.(json.Number).Float64()
	if err != nil {
		panic(err)
	}
	return f
}

// only makes a keyword of a condition on its argument and the value.
func only(good func(arg, v any) bool) keyword {
	return func(_ validator, _ map[string]any, arg, v any, at string) []string {
		if good(arg, v) {
			return nil
		}
		return []string{fmt.Sprintf("%s: %v is not as %v says", at, v, arg)}
	}
}

func checkRef(c validator, _ map[string]any, arg, v any, at string) []string {
	name := strings.TrimPrefix(arg.(string), "#/$defs/")
	return c.check(c.root["$defs"].(map[string]any)[name].(map[string]any), v, at)
}

func checkType(_ validator, _ map[string]any, arg, v any, at string) []string {
	good := false
	switch v := v.(type) {
	case string:
		good = arg == "string"
	case bool:
		good = arg == "boolean"
	case json.Number:
		good = arg == "integer" && !strings.ContainsAny(v.String(), ".eE")
	case []any:
		good = arg == "array"
	case map[string]any:
		good = arg == "object"
	}
	if good {
		return nil
	}
	return []string{fmt.Sprintf("%s: %v is no %v", at, v, arg)}
}

func checkProperties(c validator, _ map[string]any, arg, v any, at string) []string {
	members, _ := v.(map[string]any)
	var wrong []string
	for name, member := range members {
		if property, ok := arg.(map[string]any)[name]; ok {
			wrong = append(wrong, c.check(property.(map[string]any), member, at+"/"+name)...)
		}
	}
	return wrong
}

func checkOthers(c validator, schema map[string]any, arg, v any, at string) []string {
	known, _ := schema["properties"].(map[string]any)
	members, _ := v.(map[string]any)
	var wrong []string
	for name, member := range members {
		_, isKnown := known[name]
		others, allowed := arg.(map[string]any)
		switch {
		case isKnown:
		case allowed:
			wrong = append(wrong, c.check(others, member, at+"/"+name)...)
		default:
			wrong = append(wrong, at+"/"+name+" is not known")
		}
	}
	return wrong
}

func checkRequired(_ validator, _ map[string]any, arg, v any, at string) []string {
	var wrong []string
	members, ok := v.(map[string]any)
	for _, name := range arg.([]any) {
		if _, there := members[name.(string)]; ok && !there {
			wrong = append(wrong, fmt.Sprintf("%s/%v is missing", at, name))
		}
	}
	return wrong
}

func checkDependentRequired(c validator, schema map[string]any, arg, v any, at string) []string {
	var wrong []string
	members, _ := v.(map[string]any)
	for name, others := range arg.(map[string]any) {
		if _, there := members[name]; there {
			wrong = append(wrong, checkRequired(c, schema, others, v, at)...)
		}
	}
	return wrong
}

func checkItems(c validator, _ map[string]any, arg, v any, at string) []string {
	var wrong []string
	items, _ := v.([]any)
	for i, item := range items {
		wrong = append(wrong, c.check(arg.(map[string]any), item, fmt.Sprintf("%s/%d", at, i))...)
	}
	return wrong
}

func checkOneOf(c validator, _ map[string]any, arg, v any, at string) []string {
	good := 0
	var wrong []string
	for _, schema := range arg.([]any) {
		if w := c.check(schema.(map[string]any), v, at); len(w) > 0 {
			wrong = append(wrong, w...)
		} else {
			good++
		}
	}
	if good == 1 {
		return nil
	}
	return append(wrong, fmt.Sprintf("%s: %d of several forms fit", at, good))
}

func checkNot(c validator, _ map[string]any, arg, v any, at string) []string {
	if len(c.check(arg.(map[string]any), v, at)) > 0 {
		return nil
	}
	return []string{at + " is as it must not be"}
}

func checkIf(c validator, schema map[string]any, arg, v any, at string) []string {
	if len(c.check(arg.(map[string]any), v, at)) > 0 {
		return nil
	}
	return c.check(schema["then"].(map[string]any), v, at)
}

func checkEnum(_ validator, _ map[string]any, arg, v any, at string) []string {
	if slices.Contains(arg.([]any), v) {
		return nil
	}
	return []string{fmt.Sprintf("%s: %v is none of %v", at, v, arg)}
}
