// Package service answers what windows and the command line ask: it joins the
// engine, the store and the settings files into the control.Service.
//
// It must not hold any rule of delivery (that is the engine's) nor any layout
// (that is the window's).
package service

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
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
}

// Service is a control.Service. Any goroutine may call it.
type Service struct {
	p      Params
	engine *engine.Engine
	store  core.Store
	tray   atomic.Bool
}

var _ control.Service = (*Service)(nil)

// New makes a Service over a started engine.
func New(p Params) *Service {
	return &Service{p: p, engine: p.Engine, store: p.Store}
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

// Status is what --status prints.
func (s *Service) Status(context.Context) (control.Status, error) {
	st := control.Status{
		Events: s.engine.Head(), Version: s.p.Version,
		Address: s.engine.Address(), Paused: s.engine.Settings().Paused,
		Webhooks: []control.WebhookStatus{},
	}
	for _, w := range s.engine.Webhooks() {
		st.Waiting += w.Waiting
		st.Delivered += w.Delivered
		st.Failed += w.Failed
		st.Webhooks = append(st.Webhooks, control.WebhookStatus{
			ID: w.Webhook.ID, State: string(condition(w)),
			Waiting: w.Waiting, Delivered: w.Delivered, Failed: w.Failed,
		})
	}
	return st, nil
}

// condition is the one word for how a webhook is doing.
func condition(w engine.WebhookState) control.Condition {
	switch {
	case w.Webhook.State == core.StateOff:
		return control.Off
	case w.Webhook.State == core.StatePaused:
		return control.Paused
	case w.Health.State == core.HealthAttention, w.Blocked != "":
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
	return s.engine.Apply(engine.Edit{Revision: d.Revision, Settings: func(c *core.Settings) {
		c.Look, c.KeepDays, c.Proxy = d.Look, d.KeepDays, d.Proxy
	}})
}

func checkSettings(d control.SettingsDraft) error {
	switch {
	case d.Look != "" && d.Look != "light" && d.Look != "dark":
		return core.Errorf(core.CodeInvalid, "The look is light, dark or automatic.").At("/settings/look")
	case d.KeepDays < 0 || d.KeepDays > 3650:
		return core.Errorf(core.CodeInvalid, "Records are kept for 1 to 3650 days.").At("/settings/keep_days")
	}
	return message.ValidateProxy(d.Proxy).OrNil()
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
	return s.engine.Pause(until)
}

// Resume goes on sending.
func (s *Service) Resume(context.Context) error { return s.engine.Resume() }

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
