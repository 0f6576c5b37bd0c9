package attempt_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/message"
)

type noVault struct{}

func (noVault) Reveal(core.Secret) (string, error) {
	return "", core.Errorf(core.CodeNotFound, "There is no such secret.")
}

var record = &core.Event{ID: "e1", Data: []byte(`{"email": "ada@example.org"}`)}

// send builds the message of a record and sends it once.
func send(t *testing.T, w *core.Webhook, o attempt.Options) (core.Attempt, time.Duration) {
	t.Helper()
	b, err := message.New(w, noVault{}, "1.0")
	if err != nil {
		t.Fatal(err)
	}
	m, err := b.Build(record, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	c, err := attempt.NewClient(w, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c.Do(context.Background(), m)
}

func TestDelivers(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if string(body) != string(record.Data) {
			t.Errorf("body = %s", body)
		}
		_, _ = io.WriteString(w, "ok")
	}))
	defer server.Close()
	a, _ := send(t, &core.Webhook{ID: "w", Address: server.URL + "/in?c=d"}, attempt.Options{})
	if a.Cause != core.CauseNone || a.Code != 200 || a.Answer != "ok" {
		t.Errorf("attempt = %+v", a)
	}
}
