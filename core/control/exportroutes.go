package control

import "context"

var exportRoutes = []route{
	{"POST", "/v1/activity/export", "ExportActivity", draftBody, post(func(ctx context.Context, s Service, b *ExportRequest) (any, error) {
		return s.ExportActivity(ctx, *b)
	})},
}
