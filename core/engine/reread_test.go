package engine_test

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/source"
)

// details is a service that knows something about every record, once up is closed.
func details(t *testing.T) (server *httptest.Server, up chan struct{}) {
	up = make(chan struct{})
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		select {
		case <-up:
			_, _ = w.Write([]byte(`{"known":true}`))
		default:
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	t.Cleanup(server.Close)
	return server, up
}

// Reading a source once more loses no record that waits for details, and forgets
// nothing that a person has said; where records have no date, no day is taken.
func TestRereadKeepsWhatIsNotTheSources(t *testing.T) {
	server, up := details(t)
	r := newRig(t)
	r.start()
	r.save(hook("crm"))
	away := filepath.Join(t.TempDir(), "away")
	r.source(func(s *core.Source) {
		s.Kind, s.Local, s.Folder = core.KindFolder, nil, &core.FolderSource{Path: away}
		s.LookUp = &core.LookUp{Ask: core.Ask{Address: server.URL}}
	})
	q := core.SourceQuestion{ID: "column:1", Text: "The column Email is gone.", Choices: []core.Choice{{ID: "gone"}}}
	if _, err := r.engine.Ask("test", q); err != nil {
		t.Fatal(err)
	}
	if err := r.engine.Answer("test", q.ID, "gone"); err != nil {
		t.Fatal(err)
	}
	r.give(`{"n":1}`)
	r.eventually(func() bool { return strings.Contains(r.sourceState().Cause, "Details cannot be looked up now.") })
	if err := r.engine.RereadAll(source.Reread{Existing: core.Existing{Do: core.ExistingSend}}); err != nil {
		t.Fatal(err)
	}
	close(up)
	r.engineAnew()
	r.eventually(func() bool { return len(r.target.requests()) == 1 })
	if answer, err := r.engine.Ask("test", q); answer != "gone" || err != nil {
		t.Errorf("the answer is %q, %v", answer, err)
	}
	r.source(func(s *core.Source) {
		s.Kind, s.Local, s.Sheet = core.KindSheet, nil, &core.SheetSource{Path: filepath.Join(away, "members.csv")}
	})
	since := source.Reread{Existing: core.Existing{Do: core.ExistingSince, Since: time.Now()}}
	if err := r.engine.Reread("test", since); core.CodeOf(err) != core.CodeInvalid || !strings.Contains(core.Sentence(err), "no date") {
		t.Errorf("a spreadsheet from a day on: %v", err)
	}
	r.stop()
}
