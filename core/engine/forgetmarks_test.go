package engine_test

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
	"hookbird/persist"
)

// forget erases somebody, of whom nothing may be found then.
func (r *rig) forget(values string) core.Erased {
	r.t.Helper()
	done, err := r.engine.Forget(context.Background(), whose(r.t, values), untold)
	if err != nil {
		r.t.Fatal(err)
	}
	if left := r.left(values); !left.IsEmpty() {
		r.t.Errorf("left: %+v", left)
	}
	return done
}

// Records that wait for details are found and erased, and never come in; those of
// others do.
func TestRecordsThatWaitForDetailsAreErased(t *testing.T) {
	server, up := details(t)
	r := newRig(t)
	r.start()
	r.save(hook("crm"))
	r.source(func(s *core.Source) { s.LookUp = &core.LookUp{Ask: core.Ask{Address: server.URL}} })
	for _, data := range []string{`{"email":"ada@example.org"}`, `{"email":"grace@example.org"}`, `{"who":{"email":"Ada@example.org"}}`} {
		r.give(data)
	}
	r.eventually(func() bool { return strings.Contains(r.sourceState().Cause, "Details cannot be looked up now.") })
	if found := r.left("ada@example.org"); len(found.Coming) != 2 || found.Records() != 2 || found.IsEmpty() {
		t.Errorf("found %+v", found)
	}
	if done := r.forget("ada@example.org"); done.Records != 2 {
		t.Errorf("erased %+v", done)
	}
	close(up)
	r.engineAnew()
	r.eventually(func() bool { return len(r.target.requests()) == 1 })
	r.give(`{"email":"kay@example.org"}`)
	r.eventually(func() bool { return len(r.target.requests()) == 2 })
	for _, q := range r.target.requests() {
		if strings.Contains(strings.ToLower(q.body), "ada@") {
			t.Errorf("sent after it was erased: %s", q.body)
		}
	}
	r.stop()
}

// A record that can still be taken back is found and erased.
func TestRecordsThatCanBeTakenBackAreErased(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.save(hook("crm"))
		r.source(func(s *core.Source) {
			s.Kind, s.Local = core.KindForm, nil
			s.Form = &core.FormSource{Inputs: []core.Input{{Name: "email"}}, Grace: time.Hour}
		})
		rows := []map[string]string{{"email": "ada@example.org"}, {"email": "grace@example.org"}}
		if _, err := r.engine.Fill(t.Context(), "test", rows); err != nil {
			t.Fatal(err)
		}
		if found := r.left("ada@example.org"); len(found.Coming) != 1 {
			t.Errorf("found %+v", found)
		}
		if done := r.forget("ada@example.org"); done.Records != 1 {
			t.Errorf("erased %+v", done)
		}
		pass(2 * time.Hour)
		if got := r.target.requests(); len(got) != 1 || !strings.Contains(got[0].body, "grace@") {
			t.Errorf("sent %+v", got)
		}
		r.stop()
	})
}

// Rows that a source knows by values of a person stay known, but not by these.
func TestRowsAreRememberedWithoutTheirPerson(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.source(nil)
		mark := func(key, print, fields string) core.Mark {
			return core.Mark{Source: "test", Key: key, Value: []byte(print + fields)}
		}
		marks := []core.Mark{
			mark("row:a:1", "{12345678901", `{"email":"ada@example.org"}`), mark("row:a:2", "123456789012", `{"email":"grace@example.org"}`),
			mark("row:b:1", "1234567890123456", `{"id":7,"email":"ADA@example.org"}`), mark("row:c:1", "123456789012", ""),
			mark("place", "", `{"Columns":["ada@example.org"]}`), mark("other", "", "ada@example.org, as nobody writes it"),
		}
		if err := r.engine.Accept(t.Context(), nil, marks); err != nil {
			t.Fatal(err)
		}
		found := r.left("ada@example.org")
		if len(found.Remembered) != 2 || found.IsEmpty() || string(found.Remembered[0].Data) != `{"email":"ada@example.org"}` {
			t.Fatalf("found %+v", found)
		}
		if done := r.forget("ada@example.org"); done.Remembered != 2 || done.Records != 0 {
			t.Errorf("erased %+v", done)
		}
		r.restart()
		for i, want := range []string{"{12345678901\x00", string(marks[1].Value), "1234567890123456\x00", "123456789012", string(marks[4].Value), string(marks[5].Value)} {
			if got, ok, err := r.engine.Mark("test", marks[i].Key); string(got) != want || !ok || err != nil {
				t.Errorf("%s is %q, %t, %v", marks[i].Key, got, ok, err)
			}
		}
		r.stop()
	})
}

// What a target said last is emptied where it names the person, here and on disk.
func TestComplaintsThatNameAPersonAreErased(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.save(hook("crm"))
		r.save(hook("other"))
		r.target.answers(http.StatusUnprocessableEntity)
		r.target.says = func(q request) string { return "No: " + q.body }
		if err := r.engine.Accept(t.Context(), about("ada@example.org", 0, 1), nil); err != nil {
			t.Fatal(err)
		}
		pass(time.Minute)
		if said := r.state("crm").Health.Detail; !strings.Contains(said, "ada@") {
			t.Fatalf("the target said %q", said)
		}
		r.forget("ada@example.org")
		if said := r.state("crm").Health.Detail; said != "" {
			t.Errorf("still %q", said)
		}
		r.stop()
		file := filepath.Join(r.dir, persist.FileName)
		if err := compactAt(r); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Clean(file))
		if err != nil || len(data) == 0 || bytes.Contains(bytes.ToLower(data), []byte("ada@example.org")) {
			t.Errorf("in %d bytes, %v: the person is still there", len(data), err)
		}
	})
}

// compactAt makes the store of a rig anew that has ended.
func compactAt(r *rig) error {
	store, err := persist.Open(context.Background(), r.dir, persist.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	return store.Compact(context.Background(), untold)
}
