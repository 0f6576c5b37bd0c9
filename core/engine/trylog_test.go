package engine_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"hookbird/core"
)

func TestEachTryHasItsLineAndNothingOfTheRecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		var log bytes.Buffer
		r.tries = slog.New(slog.NewTextHandler(&log, nil))
		r.start()
		r.save(hook("crm"))
		r.accept(1, 2)
		synctest.Wait()
		r.target.answers(http.StatusInternalServerError)
		r.accept(7777777, 1)
		synctest.Wait()
		st, err := r.engine.Webhook("crm")
		if err != nil {
			t.Fatal(err)
		}
		r.stop()
		lines := strings.Split(strings.TrimSpace(log.String()), "\n")
		if len(lines) != 3 {
			t.Fatalf("%d lines for three tries:\n%s", len(lines), log.String())
		}
		for _, part := range []string{"webhook=crm", "host=target.example", "message=msg_", "try=1", "outcome=delivered", "code=200", "took="} {
			if !strings.Contains(lines[0], part) {
				t.Errorf("%s is not in %s", part, lines[0])
			}
		}
		if !strings.Contains(lines[2], "outcome=server code=500") || !strings.Contains(lines[2], "level=WARN") {
			t.Errorf("the failed try says %s", lines[2])
		}
		if strings.Contains(log.String(), "7777777") || strings.Contains(log.String(), "/crm") {
			t.Errorf("the record or the path of the address is in the log:\n%s", log.String())
		}
		if n := st.Tries.Count(); n != 3 || st.Tries.ByCause[core.CauseServer] != 1 || st.Tries.ByCause[core.CauseNone] != 2 {
			t.Errorf("counted %+v", st.Tries)
		}
		if last := st.Tries.Within[len(st.Tries.Within)-1]; last != 3 {
			t.Errorf("%d tries are in the last class", last)
		}
	})
}
