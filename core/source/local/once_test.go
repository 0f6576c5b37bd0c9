package local

import (
	"fmt"
	"net/http"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
)

func TestSameKeyIsAcceptedOnce(t *testing.T) {
	b := start(t, Options{})
	for _, header := range []string{"Idempotency-Key", "webhook-id"} {
		key := "one " + header
		first := b.post(`[{"a":1},{"a":2}]`, header, key)
		again := b.post(`[{"a":1},{"a":2}]`, header, key)
		if first.status != 202 || again.status != 202 || *first.Dup || !*again.Dup {
			t.Fatal(first.body, again.body)
		}
		if diff := cmp.Diff(first.IDs, again.IDs); diff != "" {
			t.Error(diff)
		}
		if got := b.host.got(); len(got) != 2 || got[0].ID != first.IDs[0] {
			t.Errorf("%d events", len(got))
		}
		if r := b.post(`{"a":3}`, header, key); r.status != http.StatusConflict || r.Error.Code != "conflict" {
			t.Errorf("%d %s", r.status, r.body)
		}
		if r := b.do("POST", "/in/"+testKey+"/other", `[{"a":1},{"a":2}]`, header, key); r.status != http.StatusConflict {
			t.Errorf("other type: %d %s", r.status, r.body)
		}
		if got := b.host.got(); len(got) != 0 {
			t.Errorf("%d events", len(got))
		}
	}
}

func TestWhatWasRefusedMayComeAgainUnderItsKey(t *testing.T) {
	b := start(t, Options{})
	b.host.refuse(func() error { return core.Errorf(core.CodeUnavailable, "The disk is full.") })
	if r := b.post(`{}`, "Idempotency-Key", "x"); r.status != 503 {
		t.Fatal(r.body)
	}
	b.host.refuse(nil)
	if r := b.post(`{"put":"right"}`, "Idempotency-Key", "x"); r.status != 202 || *r.Dup {
		t.Error(r.body)
	}
}

func TestSameKeyAtTheSameTime(t *testing.T) {
	b := start(t, Options{})
	const senders, keys = 16, 8
	b.host.refuse(func() error { // a slow disk
		time.Sleep(2 * time.Millisecond)
		return nil
	})
	var all sync.WaitGroup
	var mu sync.Mutex
	ids := map[string]int{}
	fresh := 0
	for range senders {
		all.Go(func() {
			for k := range keys {
				r := b.post(`{"a":1}`, "Idempotency-Key", fmt.Sprint(k))
				mu.Lock()
				ids[r.IDs[0]]++
				if !*r.Dup {
					fresh++
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if got := b.host.got(); len(got) != keys || len(ids) != keys || fresh != keys {
		t.Errorf("%d events, %d ids, %d were new", len(got), len(ids), fresh)
	}
}

func TestKeysAreForgottenAfterADay(t *testing.T) {
	b := start(t, Options{})
	post := func() reply { return b.post(`{}`, "Idempotency-Key", "x") }
	post()
	age := func(d time.Duration) { // makes what is remembered look older
		at := time.Now().Add(-d)
		for key, value := range b.host.All() {
			value = regexp.MustCompile(`"at":\d+`).ReplaceAllString(value, fmt.Sprintf(`"at":%d`, at.UnixMilli()))
			b.host.Keep([]core.Mark{{Key: key}, {Key: onceKey(dayOf(at)) + key[len(onceKey(0)):], Value: []byte(value)}})
		}
	}
	age(23 * time.Hour)
	if r := post(); !*r.Dup {
		t.Error("forgotten after 23 hours")
	}
	age(25 * time.Hour)
	if r := post(); *r.Dup {
		t.Error("remembered after 25 hours")
	}
	age(50 * time.Hour)
	b.post(`{}`, "Idempotency-Key", "y")
	if all := b.host.All(); len(all) != 1 {
		t.Errorf("marks pile up: %v", all)
	}
}

func TestIDsOfAReceipt(t *testing.T) {
	at := time.UnixMilli(1_800_000_000_123)
	r := receipt{At: at.UnixMilli(), Seed: "s"}
	uuid := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	seen := map[string]bool{}
	for i := range 1000 {
		id := r.id(i)
		if !uuid.MatchString(id) || seen[id] || id[:13] != core.NewEventID(at)[:13] {
			t.Fatal(id)
		}
		seen[id] = true
	}
	if same := r; r.id(1) != same.id(1) || r.id(1) == (receipt{At: r.At, Seed: "t"}).id(1) {
		t.Error("ids must follow from the receipt, and from nothing else")
	}
}
