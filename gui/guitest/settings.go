package guitest

import (
	"context"
	"time"

	"hookbird/core"
	"hookbird/core/control"
)

// Settings implements control.Service.
func (s *Service) Settings(ctx context.Context) (control.SettingsView, error) {
	return read(ctx, s, "Settings", func(d *Data) (control.SettingsView, error) { return d.Settings, nil })
}

// SaveSettings implements control.Service.
func (s *Service) SaveSettings(ctx context.Context, r control.SettingsDraft) error {
	_, err := write(ctx, s, "SaveSettings", func(d *Data) (none, error) {
		if r.Revision != d.Settings.Revision {
			return none{}, core.Errorf(core.CodeConflict, "The settings were changed elsewhere meanwhile. Nothing was overwritten.")
		}
		set := &d.Settings.Settings
		set.Look, set.ContentDays, set.TraceDays, set.UnfinishedDays, set.QuotaMB, set.Proxy = r.Look, r.ContentDays, r.TraceDays, r.UnfinishedDays, r.QuotaMB, r.Proxy
		set.Backup = r.Backup
		d.Settings.Revision++
		return none{}, nil
	})
	return err
}

// SetAutostart implements control.Service.
func (s *Service) SetAutostart(ctx context.Context, on bool) error {
	_, err := write(ctx, s, "SetAutostart", func(d *Data) (none, error) {
		d.Settings.Autostart = on
		return none{}, nil
	})
	return err
}

// Pause implements control.Service.
func (s *Service) Pause(ctx context.Context, until time.Time) error {
	_, err := write(ctx, s, "Pause", func(d *Data) (none, error) {
		d.Settings.Settings.Paused, d.Settings.Settings.PausedUntil = true, until
		return none{}, nil
	})
	return err
}

// Resume implements control.Service.
func (s *Service) Resume(ctx context.Context) error {
	_, err := write(ctx, s, "Resume", func(d *Data) (none, error) {
		d.Settings.Settings.Paused, d.Settings.Settings.PausedUntil = false, time.Time{}
		return none{}, nil
	})
	return err
}

// Import implements control.Service: it keeps the request for the test to see.
func (s *Service) Import(ctx context.Context, r control.ImportRequest) (control.ImportResult, error) {
	return write(ctx, s, "Import", func(d *Data) (control.ImportResult, error) {
		d.Imported = append(d.Imported, r)
		return d.Import, nil
	})
}

// Export implements control.Service.
func (s *Service) Export(ctx context.Context, withSecrets bool) ([]byte, error) {
	method := "Export"
	if withSecrets {
		method = "Export with secrets"
	}
	return read(ctx, s, method, func(d *Data) ([]byte, error) { return d.Export, nil })
}
