package service

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"html/template"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/private"
	"hookbird/core/value"
)

// maxExport is how many records and messages of a person go into one file.
const maxExport = 20_000

// personFile is all that is kept about a person, as it is given out.
type personFile struct {
	Made     time.Time       `json:"made"`
	Values   []string        `json:"looked_for"`
	Records  []personRecord  `json:"records"`
	Messages []personMessage `json:"messages"`
	LeftOut  []personLeftOut `json:"left_out,omitempty"`

	// Remembered are the key fields of rows that a source tells of once they are gone.
	Remembered []personRemembered `json:"remembered,omitempty"`
}

type personRecord struct {
	At     time.Time       `json:"came_in"`
	Title  string          `json:"title"`
	From   string          `json:"from"`
	Origin string          `json:"origin,omitempty"`
	Waits  string          `json:"waits,omitempty"` // why it is not in the log yet
	Data   json.RawMessage `json:"data"`
}

type personRemembered struct {
	From string          `json:"from"`
	Data json.RawMessage `json:"data"`
}

type personMessage struct {
	Webhook string          `json:"to"`
	Title   string          `json:"title,omitempty"`
	State   string          `json:"state"`
	Tries   []personTry     `json:"tries"`
	Data    json.RawMessage `json:"data,omitempty"` // where it is not that of the record
}

type personTry struct {
	At     time.Time `json:"at"`
	Code   int       `json:"answered,omitempty"`
	Answer string    `json:"answer,omitempty"`
	Detail string    `json:"detail,omitempty"`
}

type personLeftOut struct {
	At     time.Time       `json:"at"`
	Origin string          `json:"origin"`
	Why    string          `json:"why"`
	Data   json.RawMessage `json:"data"`
}

// ExportPerson writes what was found about a person into a file.
func (s *Service) ExportPerson(_ context.Context, r control.PersonExport) error {
	_, who, found, err := s.person(r.Job)
	if err != nil {
		return err
	}
	if !filepath.IsAbs(r.Path) {
		return core.Errorf(core.CodeInvalid, "Choose a folder for the file.")
	}
	if len(found.Events)+len(found.Rows)+len(found.Ahead) > maxExport {
		return core.Errorf(core.CodeInvalid, "These are more than %d records and messages. Look for something that only this person has.", maxExport)
	}
	if _, err := os.Lstat(r.Path); !errors.Is(err, fs.ErrNotExist) {
		return core.Wrap(core.CodeConflict, err, "There is a file "+r.Path+" already. Choose another name.")
	}
	data, err := s.personFile(who.Values(), found).write(r.Paper)
	if err != nil {
		return err
	}
	return private.Write(r.Path, data)
}

// personFile reads all that was found.
func (s *Service) personFile(values []string, found *engine.OfPerson) *personFile {
	f := &personFile{Made: time.Now(), Values: values, Records: []personRecord{}, Messages: []personMessage{}}
	sources := map[string]string{}
	for _, info := range s.engine.Sources() {
		sources[info.Row.Source.ID] = info.Row.Source.Name
	}
	for _, seq := range found.Events {
		if e, err := s.store.Event(seq); err == nil {
			f.Records = append(f.Records, personRecord{At: e.Time, Title: e.Name(), From: sources[e.Source], Origin: e.Origin, Data: e.Data})
		}
	}
	names := webhookNames(s.engine.Webhooks())
	for _, key := range found.Rows {
		if d, err := s.store.Delivery(key); err == nil {
			f.Messages = append(f.Messages, personMessageOf(d, names[d.Webhook]))
		}
	}
	s.ahead(found.Ahead, func(webhook string, e *core.Event) {
		f.Messages = append(f.Messages, personMessage{Webhook: webhook, Title: e.Name(), State: string(core.Waiting), Tries: []personTry{}})
	})
	for _, c := range found.Coming {
		f.Records = append(f.Records, personRecord{At: c.At, Title: cmp.Or(c.Title, c.Origin), From: sources[c.Source], Origin: c.Origin, Waits: c.Why, Data: c.Data})
	}
	for _, r := range found.Remembered {
		f.Remembered = append(f.Remembered, personRemembered{sources[r.Source], r.Data})
	}
	for _, l := range found.LeftOut {
		f.LeftOut = append(f.LeftOut, personLeftOut{At: l.At, Origin: l.Origin, Why: l.Why, Data: l.Data})
	}
	return f
}

func personMessageOf(d *core.Delivery, webhook string) personMessage {
	m := personMessage{Webhook: webhook, State: string(d.State), Tries: []personTry{}}
	if webhook == "" {
		m.Webhook = "a webhook that is deleted"
	}
	if d.Event != nil {
		m.Title = d.Event.Name()
		if d.Logged != nil || d.Test {
			m.Data = d.Event.Data
		}
	}
	for _, a := range d.Attempts {
		m.Tries = append(m.Tries, personTry{At: a.At, Code: a.Code, Answer: a.Answer, Detail: a.Detail})
	}
	return m
}

func (f *personFile) write(paper bool) ([]byte, error) {
	var b bytes.Buffer
	if paper {
		err := personPage.Execute(&b, f)
		return b.Bytes(), err
	}
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(f)
	return b.Bytes(), err
}

// leafLines gives the values of a record with their names.
func leafLines(data json.RawMessage) []value.Leaf { return value.Leaves(data) }

// personPage is the page that is printed.
var personPage = template.Must(template.New("person").Funcs(template.FuncMap{
	"when":   func(t time.Time) string { return t.Local().Format("2 January 2006, 15:04") },
	"values": leafLines,
}).Parse(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>What is kept about a person</title>
<style>
body { font: 11pt/1.45 Inter, "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: #17212b; max-width: 46em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 18pt; } h2 { font-size: 13pt; margin-top: 2em; }
article { border-top: 1px solid #dce3e9; padding: .6em 0; break-inside: avoid; }
table { border-collapse: collapse; } td { padding: 1px 1em 1px 0; vertical-align: top; } td:first-child { color: #4f5d6b; }
p { margin: .2em 0; } .small { color: #4f5d6b; font-size: 10pt; }
</style></head><body>
<h1>What is kept about a person</h1>
<p>Looked for: {{range $i, $v := .Values}}{{if $i}}, {{end}}{{$v}}{{end}}</p>
<p class="small">Made by Hookbird on {{when .Made}}: {{len .Records}} records, {{len .Messages}} messages.</p>
<h2>Records</h2>
{{range .Records}}<article><p><b>{{.Title}}</b></p><p class="small">Came in on {{when .At}}{{with .From}} from {{.}}{{end}}{{with .Origin}} ({{.}}){{end}}{{with .Waits}}. {{.}}{{end}}</p>
<table>{{range values .Data}}<tr><td>{{.Name}}</td><td>{{.Text}}</td></tr>{{end}}</table></article>
{{else}}<p>None.</p>{{end}}
<h2>Messages</h2>
{{range .Messages}}<article><p><b>{{.Webhook}}: {{.State}}</b>{{with .Title}} {{.}}{{end}}</p>
{{range .Tries}}<p class="small">{{when .At}}{{with .Code}}, answered {{.}}{{end}}{{with .Detail}}: {{.}}{{end}}</p>{{end}}
{{if .Data}}<table>{{range values .Data}}<tr><td>{{.Name}}</td><td>{{.Text}}</td></tr>{{end}}</table>{{end}}</article>
{{else}}<p>None.</p>{{end}}
{{if .LeftOut}}<h2>Records that were left out</h2>
{{range .LeftOut}}<article><p><b>{{.Origin}}</b></p><p class="small">{{when .At}}: {{.Why}}</p>
<table>{{range values .Data}}<tr><td>{{.Name}}</td><td>{{.Text}}</td></tr>{{end}}</table></article>{{end}}{{end}}
{{if .Remembered}}<h2>Rows that are remembered until they are gone</h2>
{{range .Remembered}}<article><p class="small">By {{.From}}</p>
<table>{{range values .Data}}<tr><td>{{.Name}}</td><td>{{.Text}}</td></tr>{{end}}</table></article>{{end}}{{end}}
</body></html>
`))
