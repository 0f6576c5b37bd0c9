// Package service answers what windows and the command line ask: it joins the
// engine, the store and the settings files into the control.Service.
//
// It must not hold any rule of delivery (that is the engine's) nor any layout
// (that is the window's).
package service

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/job"
	"hookbird/core/message"
)

// Autostart starts Hookbird at login, or not. The system's own state is the
// only truth: nothing is remembered beside it.
type Autostart interface {
	Enabled() bool
	Set(on bool) error
}

// Params are what a Service is made of.
type Params struct {
	Engine    *engine.Engine
	Store     core.Store
	Autostart Autostart
	Version   string
	DataDir   string
	Logger    *slog.Logger // nil logs nothing
	// OnChange is called, from any goroutine, when something that a window shows is
	// different. It must not wait. nil calls nobody.
	OnChange func()
	// Renew ends engine and store and begins both anew, where restore is true with the
	// backup that was made ready. It must not wait. nil: whoever made the Service does
	// so by itself once it is closed.
	Renew func(restore bool)
	// Daily has the backups of the plan be made by themselves.
	Daily bool
}

// Service is a control.Service. Any goroutine may call it.
type Service struct {
	p       Params
	engine  *engine.Engine
	store   core.Store
	jobs    *job.Manager
	backup  *backups
	persons persons
	began   time.Time
	tray    atomic.Bool
}

var _ control.Service = (*Service)(nil)

// New makes a Service over a started engine. It is to be closed before the engine
// stops.
func New(p Params) *Service {
	if p.Logger == nil {
		p.Logger = slog.New(slog.DiscardHandler)
	}
	s := &Service{p: p, engine: p.Engine, store: p.Store, jobs: job.NewManager(p.Logger, p.OnChange), began: time.Now()}
	s.backup = &backups{s: s, done: make(chan struct{})}
	s.goOnWithErrands()
	s.goOnErasing()
	s.backup.start()
	return s
}

// Close cancels the jobs that run and waits until they have ended.
func (s *Service) Close() {
	s.backup.close()
	s.jobs.Close()
}

// SetTray says whether the tray icon is there.
func (s *Service) SetTray(there bool) { s.tray.Store(there) }

// Hello is the handshake.
func (s *Service) Hello(context.Context) (control.Hello, error) {
	return control.Hello{
		API: control.APIVersion, Version: s.p.Version, PID: os.Getpid(),
		DataDir: s.p.DataDir, Tray: s.tray.Load(),
	}, nil
}

// condition is the one word for how a webhook is doing.
func condition(w engine.WebhookState) control.Condition {
	switch {
	case w.Webhook.State == core.StateOff:
		return control.Off
	case w.Webhook.State == core.StatePaused:
		return control.Paused
	case w.Health.State == core.HealthAttention, w.Blocked != "", !w.Brake.Since.IsZero():
		return control.Attention
	case w.Health.State == core.HealthDown:
		return control.Down
	}
	return control.On
}

// Settings is the Settings page.
func (s *Service) Settings(context.Context) (control.SettingsView, error) {
	set := s.engine.Settings()
	v := control.SettingsView{
		Settings: set, Revision: set.Revision(), Tray: s.tray.Load(), Store: s.store.Info(),
		Address: s.engine.Address(), LogPath: filepath.Join(s.p.DataDir, "logs"), Version: s.p.Version,
	}
	if s.p.Autostart == nil {
		v.AutoError = "Start at login is not available on this system."
		return v, nil
	}
	v.Autostart = s.p.Autostart.Enabled()
	return v, nil
}

// SaveSettings changes the program's own settings.
func (s *Service) SaveSettings(_ context.Context, d control.SettingsDraft) error {
	if err := checkSettings(d); err != nil {
		return err
	}
	if d.Revision == 0 {
		return core.Errorf(core.CodeInvalid, "A change of settings has to say which revision it started from.")
	}
	return s.engine.Apply(engine.Edit{Revision: d.Revision, By: s.byWindow(), Settings: func(c *core.Settings) {
		c.Look, c.Proxy, c.Backup = d.Look, d.Proxy, d.Backup
		c.ContentDays, c.TraceDays, c.UnfinishedDays = d.ContentDays, d.TraceDays, d.UnfinishedDays
		c.QuotaMB = d.QuotaMB
	}})
}

func checkSettings(d control.SettingsDraft) error {
	switch {
	case d.Look != "" && d.Look != "light" && d.Look != "dark":
		return core.Errorf(core.CodeInvalid, "The look is light, dark or automatic.").At("/settings/look")
	case d.QuotaMB != 0 && (d.QuotaMB < core.MinQuotaMB || d.QuotaMB > core.MaxQuotaMB):
		return core.Errorf(core.CodeInvalid, "Hookbird may hold %d MB or more.", core.MinQuotaMB).At("/settings/quota_mb")
	}
	if err := checkDays(d); err != nil {
		return err
	}
	if err := d.Backup.Validate(); err != nil {
		return err
	}
	return message.ValidateProxy(d.Proxy).OrNil()
}

// checkDays looks whether content, trace and unfinished records can be kept so long;
// 0 is the usual.
func checkDays(d control.SettingsDraft) error {
	content, _, _ := core.Settings{ContentDays: d.ContentDays}.Days()
	switch {
	case d.ContentDays < 0 || d.ContentDays > core.MaxKeptDays:
		return core.Errorf(core.CodeInvalid, "Records are kept for 1 to %d days.", core.MaxKeptDays).At("/settings/keep_days")
	case d.TraceDays < 0 || d.TraceDays > core.MaxKeptDays:
		return core.Errorf(core.CodeInvalid, "What became of messages is kept for 1 to %d days.", core.MaxKeptDays).At("/settings/trace_days")
	case d.TraceDays != 0 && d.TraceDays < content:
		return core.Errorf(core.CodeInvalid, "What became of messages is kept for at least as long as their content, which is %d days.", content).At("/settings/trace_days")
	case d.UnfinishedDays < core.ForEver || d.UnfinishedDays > core.MaxKeptDays:
		return core.Errorf(core.CodeInvalid, "What was not delivered is kept for 1 to %d days, or for ever.", core.MaxKeptDays).At("/settings/unfinished_days")
	case d.UnfinishedDays > 0 && d.UnfinishedDays < content:
		return core.Errorf(core.CodeInvalid, "What was not delivered is kept for at least as long as what was, which is %d days.", content).At("/settings/unfinished_days")
	}
	return nil
}

// SetAutostart makes Hookbird start at login, or not.
func (s *Service) SetAutostart(_ context.Context, on bool) error {
	if s.p.Autostart == nil {
		return core.Errorf(core.CodeUnavailable, "Start at login is not available on this system.")
	}
	if err := s.p.Autostart.Set(on); err != nil {
		return core.Wrap(core.CodeUnavailable, err, "Start at login could not be switched. The folder for programs that start at login cannot be written.")
	}
	return nil
}

// Pause stops sending for all webhooks.
func (s *Service) Pause(_ context.Context, until time.Time) error {
	if err := over(until); err != nil {
		return err
	}
	return s.engine.Pause(s.byWindow(), until)
}

// Resume goes on sending. After that nothing follows any more from a backup that was
// put back.
func (s *Service) Resume(context.Context) error {
	if r, ok := s.store.Restored(); ok {
		if r.Moved {
			return core.Errorf(core.CodeConflict, "This came from another computer. Say first whether that one is off: else everything may be sent twice.")
		}
		if err := s.store.SetRestored(nil); err != nil {
			return err
		}
	}
	return s.engine.Resume(s.byWindow())
}

// hostOf is the part of an address that a list may show.
func hostOf(address string) string {
	u, err := message.ParseAddress(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// newID makes an id of a name: "Supporter CRM" becomes "supporter-crm", or
// "supporter-crm-2" where that is taken.
func newID(name, fallback string, taken func(string) bool) string {
	base := strings.Trim(strings.Map(idRune, strings.ToLower(name)), "-")
	for strings.Contains(base, "--") {
		base = strings.ReplaceAll(base, "--", "-")
	}
	if base == "" {
		base = fallback
	}
	if len(base) > 40 {
		base = strings.TrimRight(base[:40], "-")
	}
	id := base
	for n := 2; taken(id); n++ {
		id = base + "-" + itoa(n)
	}
	return id
}

func idRune(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return r
	}
	return '-'
}
