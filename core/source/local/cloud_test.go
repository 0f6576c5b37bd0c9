package local

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
)

const (
	cloudType     = "application/cloudevents+json"
	cloudListType = "application/cloudevents-batch+json"
)

func cloud(id, data string) string {
	return `{"specversion":"1.0","id":"` + id + `","source":"/till","type":"sale.made","data":` + data + `}`
}

func TestCloudEvents(t *testing.T) {
	b := start(t, Options{})
	binary := []string{"Ce-Specversion", "1.0", "Ce-Id", "b1", "Ce-Source", "/till", "Ce-Type", "sale.made"}
	tests := map[string]struct {
		body    string
		headers []string
		want    []string
	}{
		"structured":   {cloud("s1", `{"n": 1.0, "n":2}`), []string{"Content-Type", cloudType}, []string{`{"n": 1.0, "n":2}`}},
		"with charset": {cloud("s2", `{}`), []string{"Content-Type", cloudType + "; charset=utf-8"}, []string{`{}`}},
		"binary":       {`{"n": 1}`, binary, []string{`{"n": 1}`}},
		"list":         {"[" + cloud("l1", `{"n":1}`) + " , " + cloud("l2", `{"n":2}`) + "]", []string{"Content-Type", cloudListType}, []string{`{"n":1}`, `{"n":2}`}},
		"no data":      {`{"specversion":"1.0","id":"n","source":"x","type":"sale.made"}`, []string{"Content-Type", cloudType}, []string{`{}`}},
		"null":         {cloud("n2", "null"), []string{"Content-Type", cloudType}, []string{`{}`}},
		"empty list":   {" [] ", []string{"Content-Type", cloudListType}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			first := b.do("POST", "/in/"+testKey+"/other.type", tt.body, tt.headers...)
			events := b.host.got()
			if diff := cmp.Diff(tt.want, data(events)); first.status != 202 || diff != "" {
				t.Fatal(first.status, first.body, diff)
			}
			for _, e := range events {
				if e.Type != "sale.made" {
					t.Errorf("type %s", e.Type)
				}
			}
			again := b.do("POST", "/in/"+testKey+"/other.type", tt.body, tt.headers...)
			if len(events) > 0 && (!*again.Dup || !slices.Equal(again.IDs, first.IDs)) || len(b.host.got()) != 0 {
				t.Errorf("again: %s", again.body)
			}
		})
	}
}

// A list that overlaps with an earlier one brings only what is new.
func TestOverlappingCloudEvents(t *testing.T) {
	b := start(t, Options{Slice: 2})
	post := func(events ...string) reply {
		return b.post("["+strings.Join(events, ",")+"]", "Content-Type", cloudListType)
	}
	one, two, three, four := cloud("1", `{"n":1}`), cloud("2", `{"n":2}`), cloud("3", `{"n":3}`), cloud("4", `{"n":4}`)
	first := post(two)
	b.host.got()
	commits := 0
	b.host.refuse(func() error {
		if commits++; commits == 2 {
			return core.Errorf(core.CodeUnavailable, "The disk is full.")
		}
		return nil
	})
	if r := post(one, two, three, four, one); r.status != 503 || *r.Error.Accepted != 3 {
		t.Errorf("%d %s", r.status, r.body)
	}
	r := post(one, two, three, four, one)
	if diff := cmp.Diff([]string{`{"n":1}`, `{"n":3}`, `{"n":4}`}, data(b.host.got())); r.status != 202 || *r.Dup || diff != "" {
		t.Fatal(r.body, diff)
	}
	if len(r.IDs) != 5 || r.IDs[1] != first.IDs[0] || r.IDs[0] != r.IDs[4] || r.IDs[0] == r.IDs[2] {
		t.Errorf("ids %q", r.IDs)
	}
	for _, events := range [][]string{{cloud("1", `{"n":9}`)}, {cloud("5", `{}`), cloud("5", `{"n":1}`)}, {cloud("6", `{}`), cloud("2", `{}`)}} {
		if r := post(events...); r.status != http.StatusConflict || len(b.host.got()) != 0 {
			t.Errorf("%d %s", r.status, r.body)
		}
	}
}

// Lists that overlap the other way round do not wait for each other for ever.
func TestOverlappingAtTheSameTime(t *testing.T) {
	b := start(t, Options{})
	there, back := "["+cloud("1", `{}`)+","+cloud("2", `{}`)+"]", "["+cloud("2", `{}`)+","+cloud("1", `{}`)+"]"
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			for range 5 {
				if r := b.post([]string{there, back}[i%2], "Content-Type", cloudListType); r.status != 202 {
					t.Errorf("%d %s", r.status, r.body)
				}
			}
		})
	}
	all.Wait()
	if got := b.host.got(); len(got) != 2 {
		t.Errorf("%d events", len(got))
	}
}

func TestWrongCloudEvents(t *testing.T) {
	b := start(t, Options{})
	tests := map[string]struct {
		typ, body, says string
	}{
		"no version":     {cloudType, `{"id":"1","source":"x","type":"t"}`, "specversion"},
		"no id":          {cloudType, `{"specversion":"1.0","source":"x","type":"t"}`, "an id and a source"},
		"wrong type":     {cloudType, `{"specversion":"1.0","id":"1","source":"x","type":"a b"}`, "Use letters"},
		"id is a number": {cloudType, `{"specversion":"1.0","id":1,"source":"x","type":"t"}`, "must be texts"},
		"data is a list": {cloudType, cloud("1", `[1]`), "curly braces"},
		"binary data":    {cloudType, `{"specversion":"1.0","id":"1","source":"x","type":"t","data_base64":"AA=="}`, "must be JSON"},
		"data is XML":    {cloudType, `{"specversion":"1.0","id":"1","source":"x","type":"t","datacontenttype":"text/xml","data":{}}`, "must be JSON"},
		"a list":         {cloudType, `[]`, "not an object"},
		"no list":        {cloudListType, cloud("1", `{}`), "must be a list"},
		"one is wrong":   {cloudListType, "[" + cloud("1", `{}`) + `,7]`, "CloudEvent 2 of the list cannot be taken, so nothing was accepted"},
		"not JSON":       {cloudListType, "[", "too early"},
		"nothing":        {cloudListType, "", "too early"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := b.post(tt.body, "Content-Type", tt.typ)
			if r.status != 400 || !strings.Contains(r.Error.Message, tt.says) || len(b.host.got()) != 0 {
				t.Errorf("%d %s", r.status, r.body)
			}
		})
	}
	if r := b.post(`[{},{}]`, "Ce-Specversion", "1.0", "Ce-Id", "1", "Ce-Source", "x", "Ce-Type", "t"); r.status != 400 {
		t.Errorf("%d %s", r.status, r.body)
	}
}
