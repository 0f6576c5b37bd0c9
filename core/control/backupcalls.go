package control

import (
	"context"

	"hookbird/core/job"
)

// Backups asks what there is of backups.
func (c *Client) Backups(ctx context.Context) (BackupsView, error) {
	return fetch[BackupsView](ctx, c, "GET", "/v1/backups", nil)
}

// MakeBackup makes one.
func (c *Client) MakeBackup(ctx context.Context, o BackupOrder) (job.View, error) {
	return fetch[job.View](ctx, c, "POST", "/v1/backups", o)
}

// DeleteBackup removes one of the list.
func (c *Client) DeleteBackup(ctx context.Context, path string) error {
	return c.do(ctx, "POST", "/v1/backups/delete", path, nil)
}

// LookAtBackup asks what is in a backup.
func (c *Client) LookAtBackup(ctx context.Context, r BackupRef) (BackupView, error) {
	return fetch[BackupView](ctx, c, "POST", "/v1/backups/look", r)
}

// Restore puts a backup back.
func (c *Client) Restore(ctx context.Context, r BackupRef) (job.View, error) {
	return fetch[job.View](ctx, c, "POST", "/v1/restore", r)
}

// Restored asks what is still to be done after that.
func (c *Client) Restored(ctx context.Context) (RestoredView, error) {
	return fetch[RestoredView](ctx, c, "GET", "/v1/restored", nil)
}

// AnswerRestored says that it was done.
func (c *Client) AnswerRestored(ctx context.Context, a RestoredAnswer) error {
	return c.do(ctx, "POST", "/v1/restored", a, nil)
}
