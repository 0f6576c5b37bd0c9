package web

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
	"hookbird/core/ask"
	"hookbird/core/source/sourcetest"
)

// runs has a source run in a bubble, from Saturday, 1 January 2000 on.
func runs(t *testing.T, w core.WebSource, f func(b *bench, pass func(time.Duration))) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		net := newPipes()
		b := &bench{t: t, service: &service{}, host: &sourcetest.Host{}, options: ask.Options{Dial: net.dial}}
		w.Ask.Address, w.List, w.Keys = "http://crm.example.org/orders", "data.orders", []string{"id"}
		b.src = &core.Source{ID: "s1", Kind: core.KindWeb, Web: &w, EventType: "order.created"}
		b.src.Existing.Do = core.ExistingSend
		server := &http.Server{Handler: b.service}
		go func() { _ = server.Serve(net) }()
		f(b, func(d time.Duration) { time.Sleep(d); synctest.Wait() })
		_ = server.Close()
	})
}

// run runs the source until the function that it gives is called.
func (b *bench) run() (stop func()) {
	b.start()
	ctx, cancel := context.WithCancel(b.t.Context())
	done := make(chan error)
	go func() { done <- b.web.Run(ctx) }()
	return func() {
		cancel()
		if err := <-done; err != nil {
			b.t.Error(err)
		}
	}
}

func (b *bench) wantAsked(n int) {
	b.t.Helper()
	if asked := b.service.asked(); len(asked) != n {
		b.t.Errorf("asked %d times, want %d", len(asked), n)
	}
}

func TestEvery(t *testing.T) {
	runs(t, core.WebSource{Every: time.Minute}, func(b *bench, pass func(time.Duration)) {
		stop := b.run()
		pass(time.Second)
		b.wantAsked(1)
		b.service.add(order(1, "new"))
		pass(3 * time.Minute)
		b.want("created 1 new")
		b.wantAsked(3)
		stop()
	})
}

func TestTooOften(t *testing.T) {
	runs(t, core.WebSource{Every: time.Millisecond}, func(b *bench, pass func(time.Duration)) {
		stop := b.run()
		pass(time.Minute - time.Second)
		b.wantAsked(12)
		stop()
	})
}

// A source with set times looks at those, and at once if it missed one.
func TestSetTimes(t *testing.T) {
	local := time.Local
	time.Local = time.UTC
	defer func() { time.Local = local }()
	runs(t, core.WebSource{At: []int{7 * 60}, Days: []time.Weekday{time.Monday, time.Tuesday}}, func(b *bench, pass func(time.Duration)) {
		stop := b.run()
		pass(time.Second) // Saturday, midnight: the first look of all
		b.wantAsked(1)
		pass(2*24*time.Hour + 7*time.Hour - 2*time.Second)
		b.wantAsked(0)
		pass(time.Minute)
		b.wantAsked(1) // Monday, 7:00
		stop()
		stop = b.run()
		pass(time.Hour)
		b.wantAsked(0) // it looked already
		stop()
		pass(24 * time.Hour)
		stop = b.run()
		pass(time.Minute)
		b.wantAsked(1) // what it missed on Tuesday
		stop()
	})
}

func TestSlowDown(t *testing.T) {
	for _, code := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
		runs(t, core.WebSource{Every: 10 * time.Second}, func(b *bench, pass func(time.Duration)) {
			b.service.refuse = func(n int, w http.ResponseWriter, _ *http.Request) bool {
				w.Header().Set("Retry-After", "600")
				w.WriteHeader(code)
				return true
			}
			stop := b.run()
			pass(599 * time.Second)
			b.wantAsked(1)
			if cause, _ := b.host.Said(); cause == "" {
				t.Error("nothing is said")
			}
			b.service.mu.Lock()
			b.service.refuse = nil
			b.service.mu.Unlock()
			pass(2 * time.Second)
			b.wantAsked(1)
			if cause, _ := b.host.Said(); cause != "" {
				t.Error(cause)
			}
			stop()
		})
	}
}

// A service that wants to be left alone is, also when the program is started anew.
func TestSlowDownAfterAStart(t *testing.T) {
	runs(t, core.WebSource{Every: 10 * time.Second}, func(b *bench, pass func(time.Duration)) {
		b.service.refuse = func(_ int, w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Retry-After", "Sat, 01 Jan 2000 02:00:00 GMT")
			w.WriteHeader(http.StatusTooManyRequests)
			return true
		}
		stop := b.run()
		pass(time.Second)
		b.wantAsked(1)
		for range 3 {
			stop()
			stop = b.run()
			pass(30 * time.Minute)
			b.wantAsked(0)
			if cause, _ := b.host.Said(); !strings.Contains(cause, "crm.example.org takes no requests for the time being, and wants to be asked again after 1 January, ") {
				t.Error(cause)
			}
		}
		b.service.mu.Lock()
		b.service.refuse = nil
		b.service.orders = orders(1, 1)
		b.service.mu.Unlock()
		pass(31 * time.Minute)
		b.want("created 1 new")
		if cause, _ := b.host.Said(); cause != "" {
			t.Error(cause)
		}
		stop()
		stop = b.run() // and that is over
		pass(time.Second)
		b.service.asked()
		b.want()
		stop()
		b.web.state.Wait = time.Now().Add(48 * time.Hour) // the clock was put back
		if err := b.web.left(time.Now()); err != nil {
			t.Error(err)
		}
	})
}

// A service can be asked by POST as well, with the same request each time.
func TestPost(t *testing.T) {
	w := core.WebSource{Every: time.Minute, Paging: core.Paging{Kind: core.PagingPage, Param: "page", First: 1, Size: 1}}
	w.Ask.Body, w.Ask.Headers = `{"query":"orders"}`, []core.Header{{Name: "X-Key", Secret: core.NewSecret("k1")}}
	runs(t, w, func(b *bench, pass func(time.Duration)) {
		b.service.set(orders(1, 2)...)
		b.service.size = 1
		b.service.refuse = func(_ int, w http.ResponseWriter, r *http.Request) bool {
			body, err := io.ReadAll(r.Body)
			if err != nil || r.Method != http.MethodPost || string(body) != `{"query":"orders"}` || r.Header.Get("X-Key") != "k1" || r.Header.Get("Content-Type") != "application/json" {
				t.Errorf("%s %q %v %v", r.Method, body, r.Header, err)
			}
			return false
		}
		stop := b.run()
		pass(61 * time.Second)
		b.wantAsked(6)
		b.want(news(1, 2)...)
		stop()
	})
}

func TestBackingOff(t *testing.T) {
	runs(t, core.WebSource{Every: 10 * time.Second}, func(b *bench, pass func(time.Duration)) {
		b.service.refuse = func(_ int, w http.ResponseWriter, _ *http.Request) bool {
			w.WriteHeader(http.StatusInternalServerError)
			return true
		}
		stop := b.run()
		pass(29 * time.Second)
		b.wantAsked(1)
		pass(62 * time.Second) // at 30 and 90 s
		b.wantAsked(2)
		pass(time.Hour)
		b.service.asked()
		pass(time.Hour) // at most 15 minutes
		b.wantAsked(4)
		stop()
	})
}

// While a person is asked, nothing is sent and the service left alone.
func TestWaitingForAnAnswer(t *testing.T) {
	runs(t, core.WebSource{Every: 10 * time.Second}, func(b *bench, pass func(time.Duration)) {
		b.src.Existing.Do = core.ExistingAsk
		b.service.set(orders(1, 3)...)
		stop := b.run()
		pass(time.Hour)
		b.wantAsked(1)
		stop()
		b.host.Answer(b.host.Asked()[0].ID, "send")
		stop = b.run()
		pass(time.Second)
		b.wantAsked(1) // what is there is not counted again
		b.want(news(1, 3)...)
		stop()
	})
}

func TestPaused(t *testing.T) {
	runs(t, core.WebSource{}, func(b *bench, pass func(time.Duration)) {
		b.src.Paused = true
		stop := b.run()
		pass(time.Hour)
		b.wantAsked(0)
		stop()
	})
}

// A full disk passes sooner than trouble of a service.
func TestCommitsAreTriedAgainSoon(t *testing.T) {
	runs(t, core.WebSource{Every: time.Hour}, func(b *bench, pass func(time.Duration)) {
		b.service.set(orders(1, 1)...)
		b.host.Refuse(func(n int) error {
			if n < 3 {
				return core.Errorf(core.CodeUnavailable, "The disk is full.")
			}
			return nil
		})
		stop := b.run()
		pass(7 * time.Second)
		b.want("created 1 new")
		stop()
	})
}
