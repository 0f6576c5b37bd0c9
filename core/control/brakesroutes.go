package control

import "context"

var brakeRoutes = []route{
	{"POST", "/v1/brakes", "AnswerBrake", smallBody, post(func(ctx context.Context, s Service, b *BrakeRequest) (any, error) {
		return s.AnswerBrake(ctx, *b)
	})},
	{"POST", "/v1/rehearsals", "Rehearsal", smallBody, post(func(ctx context.Context, s Service, b *RehearsalRequest) (any, error) {
		return s.Rehearsal(ctx, *b)
	})},
	{"POST", "/v1/rehearsals/start", "StartSending", smallBody, post(func(ctx context.Context, s Service, b *StartRequest) (any, error) {
		return s.StartSending(ctx, *b)
	})},
}
