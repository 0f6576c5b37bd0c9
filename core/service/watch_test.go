package service_test

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/core/logfile"
)

// sample is one line of an OpenMetrics text.
var sample = regexp.MustCompile(`^([a-z_]+)(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? ([-+.0-9eInf]+)$`)

func TestMetricsAreOpenMetrics(t *testing.T) {
	o := newOffice(t)
	o.save(t, o.draft())
	o.accept(t, `{"email":"ada@example.org"}`)
	o.until(t, "a message was delivered", func() bool { return o.tries(t) == 1 })
	o.answer(http.StatusInternalServerError)
	o.accept(t, `{"email":"bob@example.org"}`)
	o.until(t, "a try failed", func() bool { return o.tries(t) >= 2 })
	before := time.Now().Truncate(time.Second)
	if v := o.done(t, must(o.MakeBackup(t.Context(), control.BackupOrder{})), nil); v.State != job.Done {
		t.Fatalf("the backup: %+v", v)
	}
	if st := must(o.Status(t.Context())); st.Store.Backup.Before(before) || st.Store.Quota == 0 || st.Store.Full || st.Store.BackupFailure != "" {
		t.Errorf("the store is %+v", st.Store)
	}
	text, err := o.Metrics(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if lines[len(lines)-1] != "# EOF" {
		t.Errorf("ends with %q", lines[len(lines)-1])
	}
	docs, err := os.ReadFile("../../docs/MONITORING.md")
	if err != nil {
		t.Fatal(err)
	}
	family := ""
	for _, line := range lines[:len(lines)-1] {
		if name, ok := strings.CutPrefix(line, "# TYPE "); ok {
			family, _, _ = strings.Cut(name, " ")
			if !strings.Contains(string(docs), "| `"+family+"` |") {
				t.Errorf("docs/MONITORING.md does not say what %s is", family)
			}
			continue
		}
		if strings.HasPrefix(line, "# ") {
			continue
		}
		m := sample.FindStringSubmatch(line)
		if m == nil || !strings.HasPrefix(m[1], family) {
			t.Errorf("in %s: %q", family, line)
		}
	}
	for _, want := range []string{
		`hookbird_messages_delivered_total{webhook="supporter-crm"} 1`,
		`hookbird_messages_waiting{webhook="supporter-crm"} 1`,
		`hookbird_tries_total{webhook="supporter-crm",outcome="delivered"} 1`,
		`hookbird_tries_total{webhook="supporter-crm",outcome="server"} `,
		`hookbird_webhook_state{webhook="supporter-crm",state="on"} 1`,
		`hookbird_records_total 2`,
		`hookbird_store_full 0`,
		`hookbird_backup_failed 0`,
		"\nhookbird_backup_seconds ",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is not in it", want)
		}
	}
	if t.Failed() {
		t.Logf("the text is\n%s", text)
	}
	readByPrometheus(t, string(text))
}

// readByPrometheus has the parser of Prometheus' own Python client read a text,
// where that is installed.
func readByPrometheus(t *testing.T, text string) {
	t.Helper()
	if err := exec.Command("/usr/bin/python3", "-c", "import prometheus_client.openmetrics.parser").Run(); err != nil {
		t.Log("python3-prometheus-client is not installed: not read by it")
		return
	}
	cmd := exec.Command("/usr/bin/python3", "-c", `import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families
print(sum(len(f.samples) for f in text_string_to_metric_families(sys.stdin.read())))`)
	cmd.Stdin = strings.NewReader(text)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("Prometheus cannot read it: %v\n%s", err, out)
	}
}

// What is given to a helper holds no secret, no address and no value of a record,
// wherever these stand.
func TestDiagnosticsTellNothingPersonal(t *testing.T) {
	o := newOffice(t)
	const key = secretText
	o.save(t, o.draft())
	dated := o.draft() // cannot be made, for a reason that names the value
	dated.Webhook.Name, dated.Webhook.Body.Fields[0].Convert = "Dates", []string{"date:DD/MM/YYYY"}
	dates := o.save(t, dated).Webhook.ID
	o.accept(t, `{"firstname":"Adalbertine","email":"adalbertine@example.org","zipcode":"75011","nested":{"card":"Mitternacht"}}`)
	o.until(t, "a message was delivered", func() bool { return o.tries(t) == 1 })
	o.answer(http.StatusForbidden)
	o.accept(t, `{"firstname":"Bartholomeus","email":"bartholomeus@example.org"}`)
	o.until(t, "a try failed", func() bool { return o.tries(t) >= 2 })
	o.until(t, "two messages could not be made", func() bool {
		v, err := o.Webhook(t.Context(), dates)
		return err == nil && v.Failed == 2
	})
	logs := logfile.Dir(o.dataDir)
	if err := os.MkdirAll(logs, 0o700); err != nil {
		t.Fatal(err)
	}
	line := `time=2026-11-22T10:00:00Z level=WARN msg="source note" source=files where="members of Adalbertine.csv, row 3" note="\"Adalbertine\" is no date" error="key ` + key + ` refused for bartholomeus@example.org"` + "\n"
	if err := os.WriteFile(filepath.Join(logs, "hookbird.log"), []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	files, err := o.Diagnostics(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, f := range files {
		if f.Title == "" || f.Text == "" {
			t.Errorf("%s has the title %q and %d bytes", f.Name, f.Title, len(f.Text))
		}
		all += "== " + f.Name + "\n" + f.Text
	}
	for _, never := range []string{key, "dalbertine", "artholomeus", "75011", "Mitternacht", "very-secret-path"} {
		if strings.Contains(strings.ToLower(all), strings.ToLower(never)) {
			t.Errorf("%q is in it:\n%s", never, around(all, never))
		}
	}
	for _, want := range []string{"firstname", "00000", "supporter-crm", "forbidden 403", "is no date", "a…@example.org", "source=files"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in it:\n%s", want, all)
		}
	}
}

// tries is how many tries the first webhook made.
func (o *office) tries(t *testing.T) uint64 {
	t.Helper()
	all := o.engine.Webhooks()
	return all[0].Tries.Count()
}

func around(text, part string) string {
	i := strings.Index(strings.ToLower(text), strings.ToLower(part))
	return text[max(i-100, 0):min(i+100, len(text))]
}

var _ control.Watch = (*office)(nil)
