package control

import (
	"context"

	"hookbird/core"
)

var againRoutes = []route{
	{"POST", "/v1/again/plan", "AgainPlan", draftBody, post(func(ctx context.Context, s Service, b *AgainRequest) (any, error) {
		return s.AgainPlan(ctx, *b)
	})},
	{"POST", "/v1/again", "SendAllAgain", draftBody, post(func(ctx context.Context, s Service, b *AgainRequest) (any, error) {
		return s.SendAllAgain(ctx, *b)
	})},
	{"POST", "/v1/replay/plan", "ReplayPlan", draftBody, post(func(ctx context.Context, s Service, b *ReplayRequest) (any, error) {
		return s.ReplayPlan(ctx, *b)
	})},
	{"POST", "/v1/replay", "Replay", draftBody, post(func(ctx context.Context, s Service, b *ReplayRequest) (any, error) {
		return s.Replay(ctx, *b)
	})},
	{"GET", "/v1/corrections/{key}", "Correction", 0, func(ctx context.Context, s Service, r *request) (any, error) {
		var key core.DeliveryKey
		if err := key.UnmarshalText([]byte(r.PathValue("key"))); err != nil {
			return nil, err
		}
		return s.Correction(ctx, key)
	}},
	{"POST", "/v1/corrections/preview", "PreviewCorrection", recordBody, post(func(ctx context.Context, s Service, b *Correction) (any, error) {
		return s.PreviewCorrection(ctx, *b)
	})},
	{"POST", "/v1/corrections", "Correct", recordBody, post(func(ctx context.Context, s Service, b *Correction) (any, error) {
		return nil, s.Correct(ctx, *b)
	})},
	{"POST", "/v1/leave", "Leave", draftBody, post(func(ctx context.Context, s Service, b *LeaveRequest) (any, error) {
		return s.Leave(ctx, *b)
	})},
}
