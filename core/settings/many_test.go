package settings

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"
	"time"

	"hookbird/core"
)

// manyWebhooks is a file of n of them.
func manyWebhooks(n int) []byte { return manyOf(n, 0) }

// manyOf is a file of many webhooks and sources, in which there is some of
// everything.
func manyOf(webhooks, sources int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"hookbird": 1, "sources": [`)
	for i := range sources {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, `{"id": "s%d", "kind": "local", "name": "Source %[1]d", "key": "key-%016[1]d", "allowed_origins": ["https://example.org"]}`, i)
	}
	b.WriteString(`], "webhooks": [`)
	for i := range webhooks {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, `{"id": "w%d", "name": "Number %[1]d", "address": "https://example.org/${number}/%[1]d?by=[Name|default:x]",
			"events": ["a.*"], "filter": "role=MEMBER;addresses(isMain).zipCode=%[1]d.*;any(Age>17;Country is FR)",
			"body": {"style": "template", "content_type": "application/json", "secrets": {"key": "s%[1]d"},
				"template": "{\"email\": \"[E-Mail|trim|lower]\", \"number\": ${number}, \"key\": \"[secret:key]\"}"},
			"headers": [{"name": "X-Member", "value": "[First Name] [Last Name]"}],
			"sign": {"style": "hmac", "secret": "t%[1]d", "header": "X-Signature"}, "auth": {"kind": "basic", "user": "u", "password": "p%[1]d"},
			"answer": {"need": [{"field": "ok", "value": "true"}], "already": [{"code": 409}]}, "pace": {"second": 5}, "order": {"by": "E-Mail"},
			"send": {"every": "15m", "batch": 60}, "accept": [204], "timeout": "5s", "retry": {"every": "15m", "times": 12}}`, i)
	}
	b.WriteString("]}")
	return b.Bytes()
}

// Reading a file takes what grows with its size alone, and soon. (2,000 webhooks
// on an idle core: 0.2 s. The bound is for a machine that does ten things more.)
func TestManyWebhooksAreReadSoon(t *testing.T) {
	few, many := manyWebhooks(500), manyWebhooks(2000)
	start := time.Now()
	if f := parsed(t, many, ""); len(f.Webhooks) != 2000 {
		t.Errorf("%d of them", len(f.Webhooks))
	}
	if took := time.Since(start); took > 15*time.Second {
		t.Errorf("it took %v", took)
	}
	ofFew := testing.AllocsPerRun(1, func() { parsed(t, few, "") })
	ofMany := testing.AllocsPerRun(1, func() { parsed(t, many, "") })
	if ofMany > 4.2*ofFew {
		t.Errorf("four times as many take %.0f allocations, and these take %.0f", ofMany, ofFew)
	}
}

// As many webhooks as a file may have are imported and exported in bounded time and
// memory. (On an idle core: 1 s, of which reading is most.)
func TestAsManyWebhooksAsAFileMayHave(t *testing.T) {
	file := manyWebhooks(MaxWebhooks)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	c, notes := imported(t, file, Current{})
	if len(c.Webhooks) != MaxWebhooks || len(notes) > 0 {
		t.Errorf("%d of them, %.200q", len(c.Webhooks), notes)
	}
	data, err := Print(Current{Webhooks: c.Webhooks}, nil)
	if err != nil || len(data) > MaxFile {
		t.Errorf("the export has %d bytes, %v", len(data), err)
	}
	took := time.Since(start)
	runtime.GC()
	runtime.ReadMemStats(&after)
	if took > 60*time.Second {
		t.Errorf("it took %v", took)
	}
	made, kept := after.TotalAlloc-before.TotalAlloc, int64(after.HeapAlloc)-int64(before.HeapAlloc)
	if made > 1<<30 || kept > 100<<20 {
		t.Errorf("it allocated %d MB, and %d MB stayed", made>>20, kept>>20)
	}
	t.Logf("%d MB of file: %v, %d MB allocated, %d MB kept", len(file)>>20, took, made>>20, kept>>20)
	runtime.KeepAlive(c)
}

// An office's whole settings are imported at once.
func TestAnOfficeIsImportedAtOnce(t *testing.T) {
	file := manyOf(200, 100)
	_, stored := seal(mustApply(t, file))
	start := time.Now()
	if c, notes := imported(t, file, stored); len(c.Webhooks) != 200 || len(c.Sources) != 100 || len(notes) > 0 {
		t.Errorf("%d webhooks, %d sources, %.200q", len(c.Webhooks), len(c.Sources), notes)
	}
	took := time.Since(start)
	if took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
	t.Log(took)
}

func imported(t *testing.T, file []byte, c Current) (Changes, []string) {
	t.Helper()
	changes, notes, err := Import(file, "", c)
	if err != nil {
		t.Fatal(err)
	}
	return changes, notes
}

// A text longer than any, of 5 MB too, is refused where it stands, and is not
// repeated.
func TestLongTextsAreRefused(t *testing.T) {
	longest := `"hush` + string(bytes.Repeat([]byte("x"), 5<<20)) + `"`
	long := `"hush` + string(bytes.Repeat([]byte("x"), maxText)) + `"`
	for members, where := range map[string]string{
		`"name": ` + longest: "/name",
		`"address": "https://example.org/", "headers": [{"name": "X", "value": ` + long + `}]`:                         "/headers/0/value",
		`"address": "https://example.org/", "headers": [{"name": "X", "secret": ` + long + `}]`:                        "/headers/0/secret",
		`"address": "https://example.org/", "secrets": {"k": ` + long + `}`:                                            "/secrets/k",
		`"address": "https://example.org/", "body": {"fields": [{"name": "a", "value": ` + long + `}]}`:                "/body/fields/0/value",
		`"address": "https://example.org/", "body": {"fields": [{"name": "a", "secret": ` + long + `}]}`:               "/body/fields/0/secret",
		`"address": "https://example.org/", "auth": {"kind": "basic", "user": ` + long + `}`:                           "/auth/user",
		`"address": "https://example.org/", "auth": {"kind": "bearer", "token": ` + long + `}`:                         "/auth/token",
		`"address": "https://example.org/", "answer": {"need": [{"text": ` + long + `}]}`:                              "/answer/need/0/text",
		`"address": "https://example.org/", "order": {"by": ` + long + `}`:                                             "/order/by",
		`"address": "https://example.org/", "sign": {"style": "hmac", "header": "X", "secret": ` + long + `}`:          "/sign/secret",
		`"address": "https://example.org/", "proxy": {"address": "http://a:1", "user": "a", "password": ` + long + `}`: "/proxy/password",
	} {
		_, _, err := Import([]byte(`{"hookbird": 1, "webhooks": [{"id": "a", "name": "A", `+members+`}]}`), "", Current{})
		if where == "/name" { // which is there twice
			_, _, err = Import([]byte(`{"hookbird": 1, "webhooks": [{"id": "a", "address": "https://example.org/", `+members+`}]}`), "", Current{})
		}
		found := sentences(t, err)
		if len(found) != 1 || found["/webhooks/0"+where] == "" || len(err.Error()) > 2*maxSentence || bytes.Contains([]byte(err.Error()), []byte("hush")) {
			t.Errorf("%s: %.300v", where, err)
		}
	}
	if _, err := Parse([]byte(`{"hookbird": 1, "sources": [{"id": "s", "kind": "local", "name": "S", "token": `+long+`}]}`), ""); core.CodeOf(err) != core.CodeInvalid || len(err.Error()) > maxSentence {
		t.Errorf("%.300v", err)
	}
}
