package control

import "context"

var backupRoutes = []route{
	{"GET", "/v1/backups", "Backups", 0, get(Service.Backups)},
	{"POST", "/v1/backups", "MakeBackup", smallBody, post(func(ctx context.Context, s Service, o *BackupOrder) (any, error) {
		return s.MakeBackup(ctx, *o)
	})},
	{"POST", "/v1/backups/delete", "DeleteBackup", smallBody, post(func(ctx context.Context, s Service, path *string) (any, error) {
		return nil, s.DeleteBackup(ctx, *path)
	})},
	{"POST", "/v1/backups/look", "LookAtBackup", smallBody, post(func(ctx context.Context, s Service, r *BackupRef) (any, error) {
		return s.LookAtBackup(ctx, *r)
	})},
	{"POST", "/v1/restore", "Restore", smallBody, post(func(ctx context.Context, s Service, r *BackupRef) (any, error) {
		return s.Restore(ctx, *r)
	})},
	{"GET", "/v1/restored", "Restored", 0, get(Service.Restored)},
	{"POST", "/v1/restored", "AnswerRestored", smallBody, post(func(ctx context.Context, s Service, a *RestoredAnswer) (any, error) {
		return nil, s.AnswerRestored(ctx, *a)
	})},
}
