package settings

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"hookbird/core"
)

// hostile are files that are made to take more than their size lets expect:
// each repeats something for as long as there is room.
func hostile(size int) map[string]string {
	filled := func(head, repeated, tail string) string {
		return head + strings.Repeat(repeated, (size-len(head)-len(tail))/len(repeated)) + tail
	}
	var names strings.Builder
	for i := 0; names.Len() < size-100; i++ {
		fmt.Fprintf(&names, `"%x":1,`, i)
	}
	const webhook = `{"hookbird":1,"webhooks":[{"id":"a","name":"A","address":"https://example.org/",`
	source := func(kind core.SourceKind) string {
		return `{"hookbird":1,"sources":[{"id":"s","name":"S","kind":"` + string(kind) + `",`
	}
	deep := strings.Repeat(`{"`+strings.Repeat("x", maxMember)+`":`, maxDepth-2)
	return map[string]string{
		"a long list":               filled(`{"hookbird":1,"webhooks":[1`, `,1`, `]}`),
		"a long list, deep down":    filled(`{"hookbird":1,"a":`+deep+`[1`, `,1`, `]`+strings.Repeat("}", maxDepth-2)+`}`),
		"unknown names":             `{"hookbird":1,` + names.String() + `"z":1}`,
		"named secrets":             webhook + `"secrets":{` + names.String() + `"z":1}}]}`,
		"the same name":             filled(`{"hookbird":1`, `,"x":1`, `}`),
		"a long name":               filled(`{"hookbird":1,"`, `x`, `":1}`),
		"a long plan":               filled(webhook+`"retry":"`, `x`, `"}]}`),
		"a long type of event":      filled(webhook+`"events":["`, `x `, `"]}]}`),
		"a long filter":             filled(webhook+`"filter":"a=b`, `;a=b`, `"}]}`),
		"a filter of groups":        filled(webhook+`"filter":"`, `any(`, `"}]}`),
		"a long template":           filled(webhook+`"body":{"style":"template","template":"a=`, `[x]`, `"}}]}`),
		"secrets left out":          filled(webhook+`"body":{"fields":[{"name":"a","template":"[secret:x]"}`, `,{"name":"a","template":"[secret:x]"}`, `]}}]}`),
		"names left out":            filled(webhook+`"body":{"template":"`, `[secret:x]`, `","style":"xml"}}]}`),
		"a long address":            filled(webhook[:len(webhook)-2], `[x]`, `"}]}`),
		"many fields":               filled(webhook+`"body":{"fields":[{}`, `,{}`, `]}}]}`),
		"many steps":                filled(webhook+`"body":{"fields":[{"name":"a","from":"b","convert":["trim"`, `,"trim"`, `]}]}}]}`),
		"a long path":               filled(webhook+`"body":{"fields":[{"name":"a","from":"a`, `.a`, `"}]}}]}`),
		"a name that nests":         filled(webhook+`"body":{"fields":[{"from":"a","name":"a`, `.a`, `"}]}}]}`),
		"many delays":               filled(webhook+`"retry":{"delays":["1s"`, `,"1s"`, `]}}]}`),
		"many times of the day":     filled(webhook+`"send":{"at":["00:00"`, `,"00:01"`, `]}}]}`),
		"many days":                 filled(webhook+`"send":{"at":["00:00"],"days":["mon"`, `,"tue"`, `]}}]}`),
		"many rules":                filled(webhook+`"answer":{"need":[{}`, `,{"x":1}`, `]}}]}`),
		"many scopes":               filled(webhook+`"auth":{"kind":"oauth2","scopes":[""`, `,""`, `]}}]}`),
		"a long token":              filled(webhook+`"auth":{"kind":"bearer","token":"`, `a `, `"}}]}`),
		"a long proxy":              filled(webhook+`"proxy":{"address":"http://`, `[`, `"}}]}`),
		"many columns":              filled(source(core.KindFolder)+`"columns":["a"`, `,"a"`, `]}]}`),
		"many keys":                 filled(source(core.KindWeb)+`"keys":["a"`, `,"a"`, `]}]}`),
		"many inputs":               filled(source(core.KindForm)+`"fields":[{}`, `,{}`, `]}]}`),
		"many choices":              filled(source(core.KindForm)+`"fields":[{"name":"a","kind":"choice","choices":["a"`, `,"a"`, `]}]}]}`),
		"data of a timer":           source(core.KindTimer) + `"data":{` + names.String() + `"z":1}}]}`,
		"a long pattern":            filled(source(core.KindFolder)+`"match":"`, `a;`, `"}]}`),
		"a long query":              filled(source(core.KindDatabase)+`"query":"`, `:las `, `"}]}`),
		"a long title":              filled(source(core.KindTimer)+`"title":"`, `[x]`, `"}]}`),
		"days that are expected":    filled(source(core.KindTimer)+`"expect":{"by":"7:00","days":["mon"`, `,"tue"`, `]}}]}`),
		"details about details":     filled(source(core.KindTimer)+`"lookup":{"ask":{"address":"https://example.org/`, `[secret:x]`, `"}}}]}`),
		"fields that are not there": filled(source(core.KindWeb)+`"address":"https://example.org/`, `[x]`, `"}]}`),
		"sources with many faults":  filled(`{"hookbird":1,"sources":[{}`, `,{"id":1,"x":2,"kind":"form","fields":{}}`, `]}`),
		"webhooks with many faults": filled(`{"hookbird":1,"webhooks":[{}`, `,{"id":1,"x":2,"sign":{},"send":[]}`, `]}`),
	}
}

// However a file is made, reading it takes a bounded time and a bounded multiple
// of its size in memory, most of it for a moment; so does the answer.
func TestHostileFilesTakeBoundedMeans(t *testing.T) {
	const size = MaxFile / 64
	for name, file := range hostile(size) {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			_, err := Parse([]byte(file), "/data")
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if core.CodeOf(err) != core.CodeInvalid {
				t.Fatalf("gave %.200v", err)
			}
			if n := len(err.Error()); n > (maxErrors+1)*2*(maxSentence+maxDepth*maxMember) {
				t.Errorf("the answer has %d bytes", n)
			}
			if used := (after.TotalAlloc - before.TotalAlloc) / uint64(len(file)); used > 500 {
				t.Errorf("it allocated %d bytes a byte", used)
			}
			if took > 30*time.Second {
				t.Errorf("it took %v", took)
			}
			t.Logf("%v, %d MB", took, (after.TotalAlloc-before.TotalAlloc)>>20)
		})
	}
}
