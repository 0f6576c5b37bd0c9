package control

import "context"

var jobRoutes = []route{
	{"GET", "/v1/jobs", "Jobs", 0, get(Service.Jobs)},
	{"GET", "/v1/jobs/{id}", "Job", 0, func(ctx context.Context, s Service, r *request) (any, error) {
		return s.Job(ctx, r.PathValue("id"))
	}},
	{"POST", "/v1/jobs/{id}/cancel", "CancelJob", 0, func(ctx context.Context, s Service, r *request) (any, error) {
		return nil, s.CancelJob(ctx, r.PathValue("id"))
	}},
	{"DELETE", "/v1/jobs/{id}", "ForgetJob", 0, func(ctx context.Context, s Service, r *request) (any, error) {
		return nil, s.ForgetJob(ctx, r.PathValue("id"))
	}},
}
