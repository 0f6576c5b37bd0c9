package local

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/source/record"
)

func decoded(t testing.TB, f format, body string) []string {
	t.Helper()
	b := batch{src: &core.Source{Local: &core.LocalSource{}}}
	if no := b.decode(content{format: f}, []byte(body)); no != nil {
		if no.status < 400 || !strings.HasSuffix(no.message, ".") {
			t.Errorf("%+v", no)
		}
		return nil
	}
	var all []string
	for _, r := range b.records {
		if why := record.WrongObject(r.data); why != "" {
			t.Fatalf("%q gave %q: %s", body, r.data, why)
		}
		all = append(all, string(r.data))
	}
	return all
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"a[b][]=1&a[b][]=%20", "a=1&a=2&[]", `[{"a":"}"},{}]`, "{}\n{\"a\":1}\n", "\ufeff{}", "a[0]=1&a[][x]=y", `[{"specversion":"1.0","id":"1","source":"s","type":"t","data":{}}]`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, kind := range []format{formatJSON, formatLines, formatForm, formatCloud, formatCloudList} {
			decoded(t, kind, body)
		}
	})
}

// What an ordinary form library writes comes out as it went in.
func TestFormsComeOutAsTheyWentIn(t *testing.T) {
	text := rapid.StringMatching(`[a-zé =&%+"\[\]]{0,5}`)
	name := rapid.StringMatching(`[a-zé =&%+"]{1,5}`)
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.MapOf(name, rapid.OneOf(
			rapid.Map(text, func(s string) any { return s }),
			rapid.Map(rapid.SliceOfN(text, 1, 3), func(s []string) any { return anys(s) }),
			rapid.Map(rapid.MapOfN(name, text, 1, 3), func(m map[string]string) any { return anyMap(m) }),
		)).Draw(t, "form")
		if len(want) == 0 {
			return
		}
		var pairs []string
		add := func(name, value string) {
			pairs = append(pairs, url.QueryEscape(name)+"="+url.QueryEscape(value))
		}
		for k, v := range want {
			switch v := v.(type) {
			case string:
				add(k, v)
			case []any:
				for _, s := range v {
					add(k+"[]", s.(string))
				}
			case map[string]any:
				for k2, s := range v {
					add(k+"["+k2+"]", s.(string))
				}
			}
		}
		b := batch{src: &core.Source{Local: &core.LocalSource{}}}
		if no := b.decode(content{format: formatForm}, []byte(strings.Join(pairs, "&"))); no != nil {
			t.Fatal(no.message)
		}
		var got map[string]any
		if err := json.Unmarshal(b.records[0].data, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func anys(s []string) []any {
	all := make([]any, len(s))
	for i := range s {
		all[i] = s[i]
	}
	return all
}

func anyMap(m map[string]string) map[string]any {
	all := map[string]any{}
	for k, v := range m {
		all[k] = v
	}
	return all
}
