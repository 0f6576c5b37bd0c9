package control

import "context"

var differRoutes = []route{
	{"POST", "/v1/differences", "Differences", draftBody, post(func(ctx context.Context, s Service, b *wireWebhookDraft) (any, error) {
		d, err := b.unpack()
		if err != nil {
			return nil, err
		}
		return s.Differences(ctx, d)
	})},
}
