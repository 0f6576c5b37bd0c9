// Package guitest holds a control.Service in memory, with data, for tests of
// pages. It keeps what is saved, counts what is called, and fails where it is
// told to. It must not hold a widget, and nothing but tests may import it.
package guitest

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
)

// Service is a control.Service that lives in memory. Its methods may be called
// from any goroutine; the data in it is changed with Edit.
type Service struct {
	mu     sync.Mutex
	data   Data
	calls  []string
	fails  map[string]error
	listen []func()
}

var _ control.Service = (*Service)(nil)

// Data is all that a Service answers from.
type Data struct {
	Now         time.Time
	Hello       control.Hello
	Settings    control.SettingsView
	Webhooks    []control.WebhookView
	Sources     []control.SourceView
	Secrets     map[string]string // by "webhook/ID/PLACE" and "source/ID/PLACE"
	Hours       []control.Hour
	Needs       []control.Need
	Coming      []control.Coming
	LastRecord  time.Time
	Deliveries  []core.Delivery // newest first
	Queues      []control.Queue // backlogs behind cursors
	Runs        []control.RunView
	Jobs        []job.View
	Kept        control.KeptView // its days and messages are counted
	Diagnosis   []control.DiagnosticFile
	Differences control.Differences // what an edit would change
	Safety      control.SafetyView
	People      People
	Brakes      Brakes
	Pasts       []control.PastView
	Samples     []control.Sample
	Check       control.AddressCheck // what CheckAddress finds
	Answer      core.Attempt         // what Test comes back with
	Export      []byte
	Imported    []control.ImportRequest // what was imported so far
	Import      control.ImportResult
	Sourcing    Sourcing
	Again       Again
	Exported    []control.ExportRequest // what ExportActivity was asked for
	Backup      Backup

	removed map[uint64]func() // how what was removed comes back, by the change
}

// New gives a Service that answers from d.
func New(d Data) *Service { return &Service{data: d, fails: map[string]error{}} }

// Edit changes the data and tells those who listen for changes.
func (s *Service) Edit(edit func(*Data)) {
	s.mu.Lock()
	edit(&s.data)
	listen := slices.Clone(s.listen)
	s.mu.Unlock()
	for _, tell := range listen {
		tell()
	}
}

// Read looks at the data.
func (s *Service) Read(look func(Data)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	look(s.data)
}

// OnChange calls tell after every change of the data, on the goroutine that made
// it.
func (s *Service) OnChange(tell func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listen = append(s.listen, tell)
}

// Fail makes a method, named as in control.Service, fail from now on; nil lets
// it work again.
func (s *Service) Fail(method string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fails[method] = err
}

// Calls gives the names of the methods called so far, oldest first.
func (s *Service) Calls() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// Called tells how often a method was called.
func (s *Service) Called(method string) int {
	n := 0
	for _, c := range s.Calls() {
		if c == method {
			n++
		}
	}
	return n
}

// read answers one call that changes nothing.
func read[T any](ctx context.Context, s *Service, method string, answer func(*Data) (T, error)) (T, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var none T
	s.calls = append(s.calls, method)
	if err := cmp.Or(ctx.Err(), s.fails[method]); err != nil {
		return none, err
	}
	return answer(&s.data)
}

// write answers one call that changes the data.
func write[T any](ctx context.Context, s *Service, method string, change func(*Data) (T, error)) (T, error) {
	v, err := read(ctx, s, method, change)
	if err == nil {
		s.Edit(func(*Data) {}) // tells the listeners
	}
	return v, err
}

type none = struct{}

// Hello implements control.Service.
func (s *Service) Hello(ctx context.Context) (control.Hello, error) {
	return read(ctx, s, "Hello", func(d *Data) (control.Hello, error) { return d.Hello, nil })
}

// Status implements control.Service.
func (s *Service) Status(ctx context.Context) (control.Status, error) {
	return read(ctx, s, "Status", func(d *Data) (control.Status, error) {
		st := control.Status{Version: d.Settings.Version, Address: d.Settings.Address, Paused: d.Settings.Settings.Paused}
		for _, w := range d.Webhooks {
			st.Waiting += w.Waiting
			st.Delivered += w.Delivered
			st.Failed += w.Failed
			st.Webhooks = append(st.Webhooks, control.WebhookStatus{
				ID: w.Webhook.ID, State: string(w.Condition),
				Waiting: w.Waiting, Delivered: w.Delivered, Failed: w.Failed,
			})
		}
		return st, nil
	})
}

// Overview implements control.Service; its numbers add up over the webhooks.
func (s *Service) Overview(ctx context.Context) (control.Overview, error) {
	return read(ctx, s, "Overview", func(d *Data) (control.Overview, error) {
		o := control.Overview{
			Now: d.Now, Paused: d.Settings.Settings.Paused, PausedUntil: d.Settings.Settings.PausedUntil,
			Sources: len(d.Sources), LastRecord: d.LastRecord,
			Hours: slices.Clone(d.Hours), Needs: slices.Clone(d.Needs), Coming: slices.Clone(d.Coming),
			Webhooks: cloneViews(d.Webhooks),
		}
		for _, w := range d.Webhooks {
			o.DeliveredToday += w.Today
			o.Waiting += w.Waiting
			o.About = o.About || w.About
			o.Failed += w.Failed
			if w.Failed > 0 {
				o.FailedSince = w.Since
			}
		}
		o.FailedToday = o.Failed
		if len(d.Coming) > 0 {
			o.NextTry = d.Coming[0].At
		}
		return o, nil
	})
}

// RevealSecret implements control.Service.
func (s *Service) RevealSecret(ctx context.Context, r control.SecretRef) (string, error) {
	return read(ctx, s, "RevealSecret", func(d *Data) (string, error) {
		text, ok := d.Secrets[secretKey(r)]
		if !ok {
			return "", core.Errorf(core.CodeNotFound, "There is no such secret value.")
		}
		return text, nil
	})
}

func secretKey(r control.SecretRef) string {
	if r.Source != "" {
		return "source/" + r.Source + "/" + r.Place
	}
	return "webhook/" + r.Webhook + "/" + r.Place
}

func conflict(what string) error {
	return core.Errorf(core.CodeConflict, "%s was changed elsewhere meanwhile. Nothing was overwritten.", what)
}
