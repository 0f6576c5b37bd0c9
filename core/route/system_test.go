package route

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func at(t testing.TB, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// found gives what settings say, and how long that took.
func found(t *testing.T, s *settings, address string) (string, time.Duration) {
	t.Helper()
	began := time.Now()
	proxy, err := s.find(t.Context(), at(t, address))
	if err != nil {
		t.Fatal(err)
	}
	if proxy == nil {
		return "", time.Since(began)
	}
	return proxy.String(), time.Since(began)
}

func TestSettingsAreAskedOnceAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked []string
		s := &settings{ask: func(u *url.URL) string {
			asked = append(asked, u.String())
			return fmt.Sprintf("PROXY p%d.example:1", len(asked))
		}}
		for range 3 {
			if proxy, _ := found(t, s, "https://crm.example.org/secret?key=1"); proxy != "http://p1.example:1" {
				t.Error(proxy)
			}
		}
		found(t, s, "http://crm.example.org")
		time.Sleep(settingsKeep)
		if proxy, _ := found(t, s, "https://crm.example.org/other"); proxy != "http://p3.example:1" {
			t.Error(proxy)
		}
		if got := strings.Join(asked, " "); got != "https://crm.example.org/ http://crm.example.org/ https://crm.example.org/" {
			t.Errorf("asked for %s", got)
		}
	})
}

func TestSettingsThatHang(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		var asked atomic.Int32
		s := &settings{ask: func(u *url.URL) string {
			asked.Add(1)
			if u.Host == "slow.example.org" {
				<-release
			}
			return "PROXY p.example:1"
		}}
		var wait sync.WaitGroup
		for range 5 {
			wait.Go(func() {
				if proxy, took := found(t, s, "https://slow.example.org"); proxy != "" || took != settingsWait {
					t.Errorf("%q after %s", proxy, took)
				}
			})
		}
		synctest.Wait()
		if proxy, took := found(t, s, "https://fast.example.org"); proxy != "http://p.example:1" || took != 0 {
			t.Errorf("another target: %q after %s", proxy, took)
		}
		wait.Wait()
		if proxy, took := found(t, s, "https://slow.example.org"); proxy != "" || took != 0 {
			t.Errorf("once it is known to hang: %q after %s", proxy, took)
		}
		close(release)
		synctest.Wait()
		if proxy, _ := found(t, s, "https://slow.example.org"); proxy != "http://p.example:1" || asked.Load() != 2 {
			t.Errorf("a late answer: %q, asked %d times", proxy, asked.Load())
		}
	})
}

func TestSettingsThatHangLaterLeaveTheAnswerFromBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release, asked := make(chan struct{}), 0
		s := &settings{ask: func(*url.URL) string {
			if asked++; asked > 1 {
				<-release
			}
			return "PROXY p.example:1"
		}}
		found(t, s, "https://crm.example.org")
		time.Sleep(2 * settingsKeep)
		if proxy, took := found(t, s, "https://crm.example.org"); proxy != "http://p.example:1" || took != settingsWait {
			t.Errorf("%q after %s", proxy, took)
		}
		close(release)
		synctest.Wait()
	})
}

func TestSettingsWaitNoLongerThanTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		s := &settings{ask: func(*url.URL) string { <-release; return "" }}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := s.find(ctx, at(t, "https://crm.example.org")); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		close(release)
		synctest.Wait()
	})
}

// However many targets there are and however the settings hang, threads and
// memory stay bounded.
func TestSettingsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		var asked atomic.Int32
		s := &settings{ask: func(*url.URL) string { asked.Add(1); <-release; return "" }}
		var wait sync.WaitGroup
		for i := range 100 {
			wait.Go(func() { found(t, s, fmt.Sprintf("https://h%d.example.org", i)) })
		}
		wait.Wait()
		if n := asked.Load(); n != settingsPending {
			t.Errorf("%d questions at once", n)
		}
		close(release)
		synctest.Wait()
		for i := range 3 * settingsKnown {
			found(t, s, fmt.Sprintf("https://i%d.example.org", i))
		}
		if len(s.known) > settingsKnown {
			t.Errorf("%d answers are kept", len(s.known))
		}
	})
}
