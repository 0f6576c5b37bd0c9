package message_test

import (
	"bytes"
	"io"
	"mime"
	stdmultipart "mime/multipart"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/message"

	"github.com/google/go-cmp/cmp"
)

// styled is a webhook with nothing but a body.
func styled(style core.BodyStyle, fields ...core.Field) *core.Webhook {
	return &core.Webhook{ID: "w", Name: "W", Address: "https://example.org/in", Body: core.Body{Style: style, Fields: fields}}
}

// header gives the value of a header line, "" if there is none.
func header(m *message.Message, name string) string {
	for _, line := range m.Header {
		if line.Name == name {
			return line.Value
		}
	}
	return ""
}

// Bytes that other readers and writers of JSON like to change.
const odd = ` {"b": 1.10, "a":9007199254740993,"b":2, "o" : {"x.y":"<Ä\u00e9>"},"First Name":"Ada" } `

func TestEnvelope(t *testing.T) {
	w := styled(core.BodyEnvelope)
	e := event(odd)
	e.ID, e.Source = "0193-\"1\"", "the till"
	e.Time = time.Date(2026, 5, 1, 9, 30, 0, 7e6, time.FixedZone("", 2*60*60))
	m, err := newBuilder(t, w).Build([]*core.Event{e}, at)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"0193-\"1\"","type":"supporter.created","timestamp":"2026-05-01T07:30:00.007Z","source":"the till","data":` + odd + `}`
	if string(m.Body) != want {
		t.Errorf("body = %s\nwant   %s", m.Body, want)
	}
	if kind := header(m, "Content-Type"); kind != "application/json" {
		t.Errorf("Content-Type = %q", kind)
	}
	w.Body.Fields = []core.Field{{Name: "person.name", From: "First Name"}, {Name: "n", From: "a"}}
	if got := string(build(t, w, odd).Body); !strings.HasSuffix(got, `"data":{"person":{"name":"Ada"},"n":9007199254740993}}`) {
		t.Errorf("with fields = %s", got)
	}
	var names []string
	for _, pair := range show(t, w, odd).Pairs {
		names = append(names, pair.Name)
	}
	if diff := cmp.Diff([]string{"id", "type", "timestamp", "source", "data.person.name", "data.n"}, names); diff != "" {
		t.Error(diff)
	}
}

// several makes events of these data, each with an id of its own.
func several(data ...string) []*core.Event {
	var events []*core.Event
	for i, d := range data {
		e := event(d)
		e.ID, e.Seq = "0193-"+string(rune('1'+i)), uint64(48+i)
		events = append(events, e)
	}
	return events
}

func TestList(t *testing.T) {
	mapped := []core.Field{{Name: "o.v", From: "b"}, {Name: "key", Secret: core.NewSecret("hush")}, {Name: "id", Template: "[@delivery]"}}
	tests := []struct {
		name   string
		fields []core.Field
		events []*core.Event
		want   string
	}{
		{"one", nil, several(odd), `[` + odd + `]`},
		{"three as they came", nil, several(odd, `{}`, `{"b":3}`), `[` + odd + `,{},{"b":3}]`},
		{
			"two with fields", mapped, several(odd, `{"b":[1.0]}`),
			`[{"o":{"v":2},"key":"hush","id":"` + core.DeliveryID("0193-1", "w") + `"},{"o":{"v":[1.0]},"key":"hush","id":"` + core.DeliveryID("0193-2", "w") + `"}]`,
		},
	}
	for _, tt := range tests {
		w := styled(core.BodyList, tt.fields...)
		w.Send.Batch = 50
		m, err := newBuilder(t, w).Build(tt.events, at)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if string(m.Body) != tt.want || header(m, "Content-Type") != "application/json" {
			t.Errorf("%s: body = %s\nwant %s", tt.name, m.Body, tt.want)
		}
		if header(m, "webhook-id") != message.ID("w", tt.events) {
			t.Errorf("%s: id = %s", tt.name, header(m, "webhook-id"))
		}
		shown, err := message.Show(w, tt.events, at, "1.0")
		if err != nil || shown.Body != strings.ReplaceAll(tt.want, "hush", core.Dots) {
			t.Errorf("%s: shown = %+v %v", tt.name, shown, err)
		}
	}
}

func TestPairsOfAListSayWhichRecord(t *testing.T) {
	w := styled(core.BodyList, core.Field{Name: "v", From: "b"}, core.Field{Name: "w", From: "c"})
	shown, err := message.Show(w, several(`{"b":1,"c":0}`, `{"b":2,"cc":0}`, `{"b":2,"cc":1}`), at, "1.0")
	if err != nil {
		t.Fatal(err)
	}
	want := []core.Pair{
		{Name: "1. v", Value: "1"},
		{Name: "1. w", Value: "0"},
		{Name: "2. v", Value: "2"},
		{Name: "2. w"},
		{Name: "3. v", Value: "2"},
		{Name: "3. w"},
	}
	if diff := cmp.Diff(want, shown.Pairs); diff != "" {
		t.Error(diff)
	}
	if len(shown.Notes) != 2 || shown.Notes[0].Where != "field:1" {
		t.Errorf("notes = %+v, want the missing field once", shown.Notes)
	}
}

func TestHowManyRecordsAMessageTakes(t *testing.T) {
	list := styled(core.BodyList)
	dynamic := styled(core.BodyList)
	dynamic.Address += "?b=[b]"
	for _, tt := range []struct {
		name   string
		w      *core.Webhook
		events []*core.Event
		good   bool
	}{
		{"none", list, nil, false},
		{"a list", list, several("{}", "{}"), true},
		{"JSON", styled(core.BodyJSON), several("{}", "{}"), false},
		{"a form", styled(core.BodyForm), several("{}", "{}"), false},
		{"no data", styled(core.BodyNone), several("{}", "{}"), false},
		{"one at an address of its own", dynamic, several("{}"), true},
		{"two at an address of one", dynamic, several("{}", "{}"), false},
	} {
		m, err := newBuilder(t, tt.w).Build(tt.events, at)
		if (err == nil) != tt.good || err != nil && core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("%s: %v %v", tt.name, m, err)
		}
	}
}

func TestRecordOfAListThatCannotBeRead(t *testing.T) {
	for _, data := range []string{"", "[1]", `{"a":`, `1],[2`} {
		_, err := newBuilder(t, styled(core.BodyList)).Build(several("{}", data), at)
		if core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("%q: error = %v", data, err)
		}
	}
}

func TestHopsOfAListAreTheMost(t *testing.T) {
	events := several("{}", "{}", "{}")
	events[1].Hops = 3
	events[2].Hops = 1
	m, err := newBuilder(t, styled(core.BodyList)).Build(events, at)
	if err != nil || header(m, core.HopsHeader) != "3" {
		t.Errorf("header = %+v, error = %v", m.Header, err)
	}
}

// readMultipart reads what mime/multipart makes of a message, as "name=value".
func readMultipart(t failer, m *message.Message) []string {
	t.Helper()
	kind, params, err := mime.ParseMediaType(header(m, "Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		t.Fatalf("Content-Type = %q, %v", header(m, "Content-Type"), err)
	}
	var got []string
	r := stdmultipart.NewReader(bytes.NewReader(m.Body), params["boundary"])
	for {
		part, err := r.NextRawPart()
		if err == io.EOF {
			return got
		}
		if err != nil {
			t.Fatalf("%v in %q", err, m.Body)
		}
		value, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, part.FormName()+"="+string(value))
	}
}

func TestMultipart(t *testing.T) {
	w := styled(core.BodyMultipart,
		core.Field{Name: "person.name", From: "First Name"},
		core.Field{Name: "o", From: "o"},
		core.Field{Name: "größe\r\n\"x\"", Value: "a\r\nb\n--c=\x00 ü"},
		core.Field{Name: "token", Secret: core.NewSecret("open & sesame")},
		core.Field{Name: "blank", Blank: true},
	)
	m := build(t, w, odd)
	want := []string{"person[name]=Ada", "o[x.y]=<Äé>", "größe%0D%0A%22x%22=a\r\nb\n--c=\x00 ü", "token=open & sesame", "blank="}
	if diff := cmp.Diff(want, readMultipart(t, m)); diff != "" {
		t.Error(diff)
	}
	boundary := "hookbird-" + strings.TrimPrefix(core.DeliveryID("0193-1", "w"), "msg_")
	if kind := header(m, "Content-Type"); kind != "multipart/form-data; boundary="+boundary {
		t.Errorf("Content-Type = %s", kind)
	}
	if !strings.HasPrefix(string(m.Body), "--"+boundary+"\r\nContent-Disposition: form-data; name=\"person[name]\"\r\n\r\nAda\r\n--") ||
		!strings.HasSuffix(string(m.Body), "\r\n--"+boundary+"--\r\n") {
		t.Errorf("body = %q", m.Body)
	}
	shown := show(t, w, odd)
	if shown.Body != strings.Replace(string(m.Body), "open & sesame", core.Dots, 1) || len(shown.Pairs) != 5 || !shown.Pairs[3].Secret {
		t.Errorf("shown = %+v", shown)
	}
}

func TestBoundaryStandsInNoValue(t *testing.T) {
	w := styled(core.BodyMultipart, core.Field{Name: "a", From: "a"}, core.Field{Name: "b", From: "b"})
	first := "hookbird-" + strings.TrimPrefix(core.DeliveryID("0193-1", "w"), "msg_")
	m := build(t, w, `{"a":"x\r\n--`+first+`--\r\n","b":"`+first+`-1"}`)
	if kind := header(m, "Content-Type"); !strings.HasSuffix(kind, first+"-2") {
		t.Errorf("Content-Type = %s", kind)
	}
	want := []string{"a=x\r\n--" + first + "--\r\n", "b=" + first + "-1"}
	if diff := cmp.Diff(want, readMultipart(t, m)); diff != "" {
		t.Error(diff)
	}
}

func TestWholeRecordAsMultipart(t *testing.T) {
	got := readMultipart(t, build(t, styled(core.BodyMultipart), odd))
	want := []string{"b=1.10", "a=9007199254740993", "b=2", "o[x.y]=<Äé>", "First Name=Ada"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNamesInQuotes(t *testing.T) {
	tests := []struct{ name, json, form string }{
		{`"a.b"`, `{"a.b":"x"}`, "a.b=x"},
		{`c."a.b"`, `{"c":{"a.b":"x"}}`, "c%5Ba.b%5D=x"},
		{`"a.b".c`, `{"a.b":{"c":"x"}}`, "a.b%5Bc%5D=x"},
		{`"say ""hi"""`, `{"say \"hi\"":"x"}`, "say+%22hi%22=x"},
		{`a"b`, `{"a\"b":"x"}`, "a%22b=x"},
		{`c."a[0]"`, `{"c":{"a[0]":"x"}}`, "c%5Ba%5B0%5D%5D=x"},
		{`a..b`, `{"a..b":"x"}`, "a..b=x"},
	}
	for _, tt := range tests {
		field := core.Field{Name: tt.name, Value: "x"}
		if got := string(build(t, styled(core.BodyJSON, field), "{}").Body); got != tt.json {
			t.Errorf("%s: json = %s", tt.name, got)
		}
		if got := string(build(t, styled(core.BodyForm, field), "{}").Body); got != tt.form {
			t.Errorf("%s: form = %s", tt.name, got)
		}
	}
	for _, name := range []string{`"a`, `"a"b`, `x."a`} {
		errs := message.Validate(styled(core.BodyJSON, core.Field{Name: name, Value: "x"}))
		if len(errs) != 1 || errs[0].Where != "/body/fields/0/name" {
			t.Errorf("%s: %v", name, errs)
		}
	}
}

func TestIDs(t *testing.T) {
	events := several("{}", "{}", "{}")
	all := message.ID("w", events)
	turned := message.ID("w", []*core.Event{events[2], events[0], events[1]})
	if all != turned {
		t.Errorf("another order is another id: %s, %s", all, turned)
	}
	seen := map[string]bool{}
	for _, id := range []string{
		all, message.ID("w", events[:2]), message.ID("w", events[1:]), message.ID("v", events),
		message.ID("w", events[:1]), message.ID("w", append(events, events[0])),
	} {
		if seen[id] || len(id) != 30 || !strings.HasPrefix(id, "msg_") {
			t.Errorf("id %s comes twice or is no id", id)
		}
		seen[id] = true
	}
	if message.ID("w", events[:1]) != core.DeliveryID("0193-1", "w") {
		t.Error("the id of one record is not its delivery's")
	}
}

// A name is written once more for all that it holds: what a short record becomes
// is bounded all the same.
func TestBodiesAreBounded(t *testing.T) {
	deep := one(`{"` + strings.Repeat("n", 1000) + `":[` + strings.Repeat("1,", 100) + `1]}`)
	big := one(`{"a":"` + strings.Repeat("n", 1000) + `"}`)
	fields := make([]core.Field, 100)
	for i := range fields {
		fields[i] = core.Field{Name: "f" + strconv.Itoa(i), From: "a"}
	}
	tests := []struct {
		name   string
		w      *core.Webhook
		events []*core.Event
	}{
		{"form of all of a record", styled(core.BodyForm), deep},
		{"multipart form of all of a record", styled(core.BodyMultipart), deep},
		{"form of fields", styled(core.BodyForm, fields...), big},
		{"multipart form of fields", styled(core.BodyMultipart, fields...), big},
		{"JSON of fields", styled(core.BodyJSON, fields...), big},
		{"envelope of fields", styled(core.BodyEnvelope, fields...), big},
		{"list", styled(core.BodyList), slices.Repeat(big, 100)},
	}
	for _, tt := range tests {
		b := newBuilder(t, tt.w)
		b.Bound(50_000)
		_, err := b.Build(tt.events, at)
		if core.CodeOf(err) != core.CodeInvalid || !strings.Contains(err.Error(), "64 MB") {
			t.Errorf("%s: error = %v", tt.name, err)
		}
		b.Bound(400_000)
		if _, err := b.Build(tt.events, at); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}
