package service

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/core/diagnostics"
	"hookbird/core/logfile"
	"hookbird/core/mask"
	"hookbird/core/settings"
)

// How much a diagnosis shows.
const (
	diagnosisLines   = 400     // of each log
	diagnosisBytes   = 1 << 20 // of each log
	diagnosisTrouble = 50      // messages that failed or wait
	diagnosisRecords = 5       // records
)

// Diagnostics gives what somebody who helps needs to know. Whatever is known to be a
// secret is looked for in all of it once more at the end.
func (s *Service) Diagnostics(ctx context.Context) ([]control.DiagnosticFile, error) {
	status, err := s.statusText(ctx)
	if err != nil {
		return nil, err
	}
	file, err := settings.Print(s.current(), nil)
	if err != nil {
		return nil, err
	}
	set, err := diagnostics.Settings(file)
	if err != nil {
		return nil, err
	}
	bad := s.trouble(ctx)
	files := []control.DiagnosticFile{
		{Name: "about.txt", Title: "This computer and Hookbird", Text: s.about()},
		{Name: "status.json", Title: "How things stand", Text: status},
		{Name: "webhooks.txt", Title: "Webhooks and what their targets said", Text: s.webhooksText(bad)},
		{Name: "sources.txt", Title: "Sources", Text: s.sourcesText()},
		{Name: "trouble.txt", Title: "The last messages that failed or wait", Text: bad.text()},
		{Name: "records.txt", Title: "The form of the last records", Text: s.forms()},
		{Name: "settings.json", Title: "Settings, without keys and addresses", Text: set},
		{Name: "hookbird.log", Title: "The end of Hookbird's log", Text: s.logText("hookbird.log")},
		{Name: "tries.log", Title: "The end of the log of tries", Text: s.logText("tries.log")},
		{Name: "window.log", Title: "The end of the window's log", Text: s.logText("window.log")},
	}
	hide := attempt.Hider(s.secrets())
	for i := range files {
		files[i].Text = perLine(files[i].Text, hide)
		if files[i].Text == "" {
			files[i].Text = "Nothing.\n"
		}
	}
	return files, nil
}

// perLine applies f to each line of a text.
func perLine(text string, f func(string) string) string {
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines {
		if body := strings.TrimSuffix(line, "\n"); body != "" {
			lines[i] = f(body) + line[len(body):]
		}
	}
	return strings.Join(lines, "")
}

// secrets are the texts of all secrets that can be opened now. One that cannot be
// opened stands nowhere in plain either.
func (s *Service) secrets() []string {
	var texts []string
	take := func(_ string, secret *core.Secret) {
		if text, err := s.store.Reveal(*secret); err == nil && text != "" {
			texts = append(texts, text)
		}
	}
	for _, st := range s.engine.Webhooks() {
		st.Webhook.Clone().Secrets(take)
	}
	for _, r := range s.engine.Sources() {
		r.Row.Source.Clone().Secrets(take)
	}
	set := s.engine.Settings()
	take("", &set.Proxy.Password)
	return texts
}

func (s *Service) statusText(ctx context.Context) (string, error) {
	st, err := s.Status(ctx)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(st); err != nil {
		return "", fmt.Errorf("write status: %w", err)
	}
	return b.String(), nil
}

func (s *Service) about() string {
	now, info := time.Now(), s.store.Info()
	set := s.engine.Settings()
	zone, offset := now.Zone()
	rows := [][2]string{
		{"Hookbird", s.p.Version},
		{"Go", runtime.Version()},
		{"System", runtime.GOOS + " " + runtime.GOARCH},
		{"Time", fmt.Sprintf("%s (%s, %+d min)", now.UTC().Format(time.RFC3339), zone, offset/60)},
		{"Running since", ago(s.began, now)},
		{"Tray icon", yesNo(s.tray.Load())},
		{"Paused", yesNo(set.Paused)},
		{"Data folder", homeless(s.p.DataDir)},
		{"Store", fmt.Sprintf("%d bytes, format %d", info.Bytes, info.Format)},
		{"Keys are kept", string(info.KeyPlace)},
		{"Keys cannot be opened", info.KeyError},
		{"Local address", s.engine.Address()},
		{"Records so far", fmt.Sprint(s.engine.Head())},
	}
	for _, p := range s.engine.Problems() {
		rows = append(rows, [2]string{"Problem", mask.Personal(p)})
	}
	return diagnostics.Table(rows)
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// homeless writes a path without the name of whoever works here.
func homeless(path string) string {
	home, err := os.UserHomeDir()
	if err != nil || home == "" || home == string(filepath.Separator) {
		return path
	}
	return strings.ReplaceAll(path, home, "~")
}

func (s *Service) webhooksText(bad trouble) string {
	var b strings.Builder
	now := time.Now()
	for _, st := range s.engine.Webhooks() {
		h := st.Health
		rows := [][2]string{
			{"Webhook", st.Webhook.ID + ", " + hostOf(st.Webhook.Address)},
			{"State", string(condition(st))},
			{"Messages", fmt.Sprintf("%d delivered, %d failed, %d waiting (%d to be tried again)", st.Delivered, st.Failed, st.Waiting, st.Retries)},
			{"Last delivered", ago(st.LastGood, now)},
		}
		if h.State != core.HealthGood || h.Cause != core.CauseNone {
			rows = append(rows, [2]string{"Last trouble", fmt.Sprintf("%s, code %d, since %s, %d in a row", h.Cause, h.Code, ago(h.Since, now), h.Failing)},
				[2]string{"What it said", bad.without(st.Webhook.ID, h.Detail)})
		}
		if st.Blocked != "" {
			rows = append(rows, [2]string{"Cannot send", mask.Personal(st.Blocked)})
		}
		b.WriteString(diagnostics.Table(rows) + "\n")
	}
	return b.String()
}

func (s *Service) sourcesText() string {
	var b strings.Builder
	now := time.Now()
	for _, r := range s.engine.Sources() {
		rows := [][2]string{
			{"Source", r.Row.Source.ID + ", " + string(r.Row.Source.Kind)},
			{"Works", yesNo(r.State.Working)},
			{"Records", fmt.Sprintf("%d, the last %s; %d left out", r.State.Events, ago(r.State.Last, now), r.State.LeftOut)},
			{"Last look", ago(r.State.Looked, now)},
		}
		if r.State.Cause != "" {
			rows = append(rows, [2]string{"Because", mask.Personal(homeless(r.State.Cause))})
		}
		if q := r.State.Question; q != nil {
			rows = append(rows, [2]string{"Asks", mask.Personal(homeless(q.Text))})
		}
		for _, n := range r.State.Notes {
			rows = append(rows, [2]string{"Note", n.Time.UTC().Format(time.RFC3339) + " " + mask.Value(n.Where) + ": " + mask.Value(n.Text)})
		}
		b.WriteString(diagnostics.Table(rows) + "\n")
	}
	return b.String()
}

// trouble are the newest messages that failed or wait.
type trouble struct {
	rows   []core.Delivery
	unread []string // why some cannot be told of
}

func (s *Service) trouble(ctx context.Context) (t trouble) {
	for _, state := range []core.DeliveryState{core.Failed, core.Waiting} {
		page, err := s.store.Deliveries(ctx, core.DeliveryQuery{States: []core.DeliveryState{state}, Limit: diagnosisTrouble})
		if err != nil {
			t.unread = append(t.unread, fmt.Sprintf("%s: %s", state, core.Sentence(err)))
		}
		t.rows = append(t.rows, page.Rows...)
	}
	return t
}

// without hides in what a webhook's target said what it repeats of the records of these
// messages. Where none of them is kept, nothing of it is told.
func (t trouble) without(webhook, said string) string {
	known := false
	for i := range t.rows {
		if d := &t.rows[i]; d.Webhook == webhook && d.Event != nil {
			said, known = diagnostics.Without(said, d.Event.Data), true
		}
	}
	if !known {
		return mask.Value(said)
	}
	return said
}

// text lists them: what the target said of them, but nothing of the records.
func (t trouble) text() string {
	var b strings.Builder
	for _, why := range t.unread {
		b.WriteString(why + "\n")
	}
	for i := range t.rows {
		describe(&b, &t.rows[i])
	}
	return b.String()
}

func describe(b *strings.Builder, d *core.Delivery) {
	fmt.Fprintf(b, "%s  %s  %s  tries %d", time.UnixMilli(d.Key.Last).UTC().Format(time.RFC3339), d.Webhook, d.State, d.Tries)
	if n := len(d.Attempts); n > 0 {
		a := d.Attempts[n-1]
		var record []byte
		if d.Event != nil {
			record = d.Event.Data
		}
		fmt.Fprintf(b, "  %s %d  %s  %s", a.Cause, a.Code, a.Took.Round(time.Millisecond), diagnostics.Without(a.Detail, record))
		if a.Answer != "" {
			fmt.Fprintf(b, "\n    answered: %s", mask.Value(strings.ReplaceAll(a.Answer, "\n", " ")))
		}
	}
	b.WriteString("\n")
}

// forms shows what the newest records look like.
func (s *Service) forms() string {
	events, err := s.store.EventsBack(0, diagnosisRecords)
	if err != nil && len(events) == 0 {
		return core.Sentence(err) + "\n"
	}
	var b strings.Builder
	for _, e := range events {
		fmt.Fprintf(&b, "%s  %s  %s\n%s\n", e.Time.UTC().Format(time.RFC3339), e.Source, e.Type, diagnostics.Record(e.Data))
	}
	return b.String()
}

func (s *Service) logText(name string) string {
	home, _ := os.UserHomeDir() // without one there is nothing to hide
	var b strings.Builder
	for _, line := range diagnostics.Tail(filepath.Join(logfile.Dir(s.p.DataDir), name), diagnosisLines, diagnosisBytes) {
		b.WriteString(diagnostics.Line(line, home) + "\n")
	}
	return b.String()
}
