package control

import "context"

func (f *fake) Differences(_ context.Context, d WebhookDraft) (Differences, error) {
	return reply[Differences](f, "Differences", d)
}
