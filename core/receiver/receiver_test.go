package receiver_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"testing"
	"time"

	"hookbird/core/receiver"
)

func TestKeepsWhatCameAndAnswersAsTold(t *testing.T) {
	r, err := receiver.Start(receiver.OK)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()

	post := func(name string) int {
		t.Helper()
		answer, err := http.PostForm(r.URL()+"/hooks", url.Values{"name": {name}})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = answer.Body.Close() }()
		return answer.StatusCode
	}
	if code := post("Ada"); code != http.StatusOK {
		t.Errorf("answered %d, want 200", code)
	}
	r.SetAnswer(func(context.Context, receiver.Request) (int, string) { return http.StatusUnauthorized, "who?" })
	if code := post("Grace"); code != http.StatusUnauthorized {
		t.Errorf("answered %d, want 401", code)
	}
	got := r.Requests()
	if len(got) != 2 || got[0].Form.Get("name") != "Ada" || got[1].Form.Get("name") != "Grace" || got[0].Path != "/hooks" {
		t.Errorf("kept %+v", got)
	}
}

func TestWaitEndsWithEnoughOrWithItsContext(t *testing.T) {
	r, err := receiver.Start(receiver.OK)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	one := func(got []receiver.Request) bool { return len(got) == 1 }
	if err := r.Wait(ctx, one); !errors.Is(err, context.Canceled) {
		t.Errorf("waited for nothing and got %v", err)
	}
	go func() {
		if answer, err := http.Get(r.URL()); err == nil {
			_ = answer.Body.Close()
		}
	}()
	ctx, cancel = context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := r.Wait(ctx, one); err != nil {
		t.Error(err)
	}
}
