package route

import (
	"context"
	"net/url"
	"sync"
	"time"
)

// Bounds of asking this computer's settings.
const (
	settingsWait    = 5 * time.Second // that anybody waits for an automatic configuration
	settingsKeep    = time.Minute     // that its answer is good for
	settingsPending = 32              // questions without an answer, each of which holds a thread
	settingsKnown   = 1000            // answers that are kept
)

// settings asks this computer's settings which proxy leads to where, and keeps
// the answers for a while. The question may take long, or never end, when a
// program has to be fetched for it (PAC): whoever asks waits 5 s at most, in which
// questions about other targets are not held up, and then takes the answer from
// before, or the straight way.
type settings struct {
	ask func(u *url.URL) string // as parsePAC reads it; u has neither path nor query

	mu      sync.Mutex
	known   map[string]*finding
	pending int
}

// finding is an answer, perhaps still to come.
type finding struct {
	done   chan struct{}
	asked  time.Time
	got    time.Time // zero: not yet
	proxy  *url.URL
	before *url.URL // what was answered the last time
}

// find gives the proxy that leads to a URL. Of the URL only scheme, host and port
// are told to others: what stands behind may be a key.
func (s *settings) find(ctx context.Context, u *url.URL) (*url.URL, error) {
	f, wait := s.finding(&url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/"}, time.Now())
	if wait <= 0 {
		return f.latest(s), nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-f.done:
	case <-timer.C:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return f.latest(s), nil
}

// latest gives the answer, or the one before it as long as there is none.
func (f *finding) latest(s *settings) *url.URL {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.got.IsZero() {
		return f.before
	}
	return f.proxy
}

// finding gives the answer for a target, or asks for one, and how long to wait for
// it.
func (s *settings) finding(u *url.URL, now time.Time) (*finding, time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.known[u.String()]
	switch {
	case f != nil && f.got.IsZero():
		return f, f.asked.Add(settingsWait).Sub(now)
	case f != nil && now.Sub(f.got) < settingsKeep:
		return f, 0
	case s.pending >= settingsPending:
		if f == nil {
			f = &finding{}
		}
		return f, 0
	}
	next := &finding{done: make(chan struct{}), asked: now}
	if f != nil {
		next.before = f.proxy
	}
	s.keep(u.String(), next, now)
	s.pending++
	go s.answer(u, next)
	return next, settingsWait
}

// keep remembers a finding, and forgets what is old when there are many.
func (s *settings) keep(key string, f *finding, now time.Time) {
	if s.known == nil {
		s.known = map[string]*finding{}
	}
	if len(s.known) >= settingsKnown {
		for k, old := range s.known {
			if !old.got.IsZero() && now.Sub(old.got) >= settingsKeep {
				delete(s.known, k)
			}
		}
	}
	if len(s.known) >= settingsKnown {
		clear(s.known) // what is still to come comes to whoever waits for it
	}
	s.known[key] = f
}

func (s *settings) answer(u *url.URL, f *finding) {
	proxy := parsePAC(s.ask(u), u.Scheme)
	s.mu.Lock()
	f.proxy, f.got = proxy, time.Now()
	s.pending--
	s.mu.Unlock()
	close(f.done)
}
