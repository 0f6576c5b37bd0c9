package attempt

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"hookbird/core"

	"pgregory.net/rapid"
)

func mustRules(t testing.TB, a core.Answer) *rules {
	t.Helper()
	r, err := newRules(a)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func need(list ...core.AnswerRule) core.Answer   { return core.Answer{Need: list} }
func forbid(list ...core.AnswerRule) core.Answer { return core.Answer{Forbid: list} }

func TestAnswerRules(t *testing.T) {
	long := `{"result":"ok","rest":"` + strings.Repeat("x", maxJudged) + `"}`
	for _, tt := range []struct {
		answer core.Answer
		body   string
		words  string // "" if it is good
	}{
		{need(core.AnswerRule{Text: "OK"}), "all ok", ""},
		{need(core.AnswerRule{Text: "ok"}), "ALL OK", ""},
		{need(core.AnswerRule{Text: "straße"}), "STRASSE", "its answer does not say “straße”"},
		{need(core.AnswerRule{Text: "Ünïcode"}), "ÜNÏCODE", ""},
		{need(core.AnswerRule{Text: "größe"}), "GR\xd6\xdfE", ""}, // Latin-1
		{need(core.AnswerRule{Text: "ok"}), "", "its answer does not say “ok”"},
		{need(core.AnswerRule{Text: "ok"}), strings.Repeat("x", maxJudged) + "ok", "the first 64 KB of its answer do not say “ok”"},
		{need(core.AnswerRule{Text: "ok"}, core.AnswerRule{Text: "done"}), "ok", "its answer does not say “done”"},
		{need(core.AnswerRule{Code: 200}), "", ""},
		{need(core.AnswerRule{Code: 201}), "", "only 201 is a good answer here"},
		{need(core.AnswerRule{Field: "result"}), `{"result":"x"}`, ""},
		{need(core.AnswerRule{Field: "result"}), `{"result":0}`, ""},
		{need(core.AnswerRule{Field: "result"}), `{"result":true}`, ""},
		{need(core.AnswerRule{Field: "result"}), `{"result":false}`, "“result” in its answer says nothing"},
		{need(core.AnswerRule{Field: "result"}), `{"result":null}`, "“result” in its answer says nothing"},
		{need(core.AnswerRule{Field: "result"}), `{"result":" "}`, "“result” in its answer says nothing"},
		{need(core.AnswerRule{Field: "result"}), `{"result":{}}`, "“result” in its answer says nothing"},
		{need(core.AnswerRule{Field: "result"}), `{"other":1}`, "its answer does not have “result”"},
		{need(core.AnswerRule{Field: "result"}), `fine`, "its answer is no JSON in which “result” could be found"},
		{need(core.AnswerRule{Field: "result"}), `{"result":"ok"`, "its answer is no JSON in which “result” could be found"},
		{need(core.AnswerRule{Field: "result"}), long, "its answer is longer than 64 KB, too long to look for “result” in it"},
		{need(core.AnswerRule{Field: "result", Value: " OK"}), `{"Result":"ok "}`, ""},
		{need(core.AnswerRule{Field: "data.count", Value: "3"}), `{"data":{"count":3.0}}`, ""},
		{need(core.AnswerRule{Field: "data.count", Value: "3"}), `{"data":{"count":"03"}}`, "“data.count” in its answer is “03” and not “3”"},
		{need(core.AnswerRule{Field: "ok", Value: "true"}), `{"ok":true}`, ""},
		{need(core.AnswerRule{Field: "ok", Value: "false"}), `{"ok":false}`, ""},
		{need(core.AnswerRule{Field: "ok", Value: "true"}), `{"ok":false}`, "“ok” in its answer is “false” and not “true”"},
		{need(core.AnswerRule{Field: "ok", Value: "true"}), "\ufeff{\"ok\":true}", ""},
		{need(core.AnswerRule{Field: "status", Value: "sent"}), `[{"status":"queued"},{"status":"Sent"}]`, ""},
		{need(core.AnswerRule{Field: "items(*).status", Value: "sent"}), `{"items":[{"status":"queued"}]}`, "“items(*).status” in its answer is “queued” and not “sent”"},
		{need(core.AnswerRule{Field: "items(2).status", Value: "sent"}), `{"items":[{"status":"queued"},{"status":"sent"}]}`, ""},
		{forbid(core.AnswerRule{Text: "Error"}), "no ERROR", "its answer says “Error”"},
		{forbid(core.AnswerRule{Text: "error"}), "fine", ""},
		{forbid(core.AnswerRule{Text: "error", Code: 202}), "error", ""},
		{forbid(core.AnswerRule{Field: "errors"}), `{"errors":[]}`, ""},
		{forbid(core.AnswerRule{Field: "errors"}), `{"errors":["x"]}`, "its answer has “errors”"},
		{forbid(core.AnswerRule{Field: "errors"}), `{"errors":["x"]`, ""},
		{forbid(core.AnswerRule{Field: "result", Value: "ok", Text: "x"}), long, ""},
		{forbid(core.AnswerRule{Code: 200}), "x", "that is no good answer here"},
		{forbid(core.AnswerRule{Field: "s", Value: "1", Text: "s"}), `{"s":1.00}`, "its answer says “s”, and “s” in its answer is “1”"},
		{core.Answer{Need: []core.AnswerRule{{Text: "ok"}}, Forbid: []core.AnswerRule{{Text: "but"}}}, "ok but", "its answer says “but”"},
	} {
		p := reply{code: 200, body: []byte(tt.body)[:min(len(tt.body), maxJudged)], more: len(tt.body) > maxJudged}
		if got := mustRules(t, tt.answer).object(&p, newMasker(nil)); got != tt.words {
			t.Errorf("%+v, %.50q: %q, want %q", tt.answer, tt.body, got, tt.words)
		}
	}
}

func TestRulesThatCannotBe(t *testing.T) {
	if _, err := newRules(need(core.AnswerRule{Field: "items("})); core.CodeOf(err) != core.CodeInvalid {
		t.Errorf("error = %v", err)
	}
	if r, err := newRules(core.Answer{}); r != nil || err != nil {
		t.Errorf("no rules: %v, %v", r, err)
	}
}

// A rule on a text fits exactly where the text stands.
func TestTextRuleIsASearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-zA-ZÄäßσΣ1 ]{1,3}`).Draw(t, "text")
		body := rapid.StringMatching(`[a-zA-ZÄäßσΣ1 ]{0,12}`).Draw(t, "body")
		r, err := newRules(need(core.AnswerRule{Text: text}))
		if err != nil {
			t.Fatal(err)
		}
		same := func(s string) string { return strings.ToLower(strings.ToUpper(s)) }
		want := strings.Contains(same(body), same(text))
		if got := r.object(&reply{code: 200, body: []byte(body)}, newMasker(nil)) == ""; got != want {
			t.Fatalf("%q in %q: %v, want %v", text, body, got, want)
		}
	})
}

func FuzzAnswerRules(f *testing.F) {
	f.Add([]byte(`{"result":"ok"}`), "ok", "result", "OK", "s3cret-key")
	f.Add([]byte(`[{"a":[1,2,{"b":null}]}]`), "", "a(3).b", "", "b")
	f.Add([]byte("\xef\xbb\xbf{}"), "\xff", "x", "\x00", "")
	f.Add([]byte(strings.Repeat("[", 300)), "[", "a", "1e999999999", "1e99")
	f.Fuzz(func(t *testing.T, body []byte, text, field, wanted, secret string) {
		if len(body) > maxJudged || len(text) > core.MaxAnswerRuleText || len(wanted) > core.MaxAnswerRuleText {
			return
		}
		rule := core.AnswerRule{Text: text, Field: field, Value: wanted}
		r, err := newRules(core.Answer{Need: []core.AnswerRule{rule}, Forbid: []core.AnswerRule{rule}, Already: []core.AnswerRule{rule}})
		if err != nil {
			return
		}
		before, began := bytes.Clone(body), time.Now()
		m := newMasker([]string{secret})
		p := reply{code: 200, body: body}
		fits := r.need[0].fits(&p)
		words := r.object(&p, m)
		if words == "" || r.known(&p) != fits {
			t.Fatalf("needed and forbidden at once: fits %v, words %q", fits, words)
		}
		if fits && text != "" && words != r.forbid[0].present(m) {
			t.Fatalf("words = %q", words)
		}
		if !utf8.ValidString(words) || strings.ContainsAny(words, "\r\n") || len(words) > 600 {
			t.Fatalf("words = %q", words)
		}
		if len(secret) > 8 && len(secret) <= 50 && utf8.ValidString(secret) && !strings.Contains("its answer is longer than 64 KB, too long to look for “” in it does not have say only 1 a good here that no and JSON could be found which nothing", secret) &&
			!strings.ContainsAny(secret, "•\x00 \t\n\v\f\r\u0085\u00a0") && strings.Contains(words, secret) {
			t.Fatalf("%q is in %q", secret, words)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Fatalf("it took %s", took)
		}
		if !bytes.Equal(before, body) {
			t.Fatal("the answer was changed")
		}
	})
}

// What a rule says of an answer holds no secret, whole or in part.
func TestWordsOfRulesAreMasked(t *testing.T) {
	secret := "open-sesame-" + strings.Repeat("long", 30)
	m := newMasker([]string{secret})
	body := []byte(fmt.Sprintf(`{"state":%q}`, "refused: "+secret))
	for _, rule := range []core.AnswerRule{{Field: "state", Value: "ok"}, {Text: secret}, {Field: "x" + secret}, {Field: "state", Value: secret}} {
		words := mustRules(t, need(rule)).object(&reply{code: 200, body: body}, m) + mustRules(t, forbid(rule)).forbid[0].present(m)
		if strings.Contains(words, "sesame") || strings.Contains(words, "long") {
			t.Errorf("%+v: %q", rule, words)
		}
	}
}

func BenchmarkAnswerRules(b *testing.B) {
	r := mustRules(b, core.Answer{Need: []core.AnswerRule{{Field: "result", Value: "success"}}, Forbid: []core.AnswerRule{{Text: "error"}}})
	body := []byte(`{"result":"success","row":3,"message":"appended"}`)
	m := newMasker(nil)
	b.ReportAllocs()
	for b.Loop() {
		if words := r.object(&reply{code: 200, body: body}, m); words != "" {
			b.Fatal(words)
		}
	}
}
