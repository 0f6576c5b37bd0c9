package control

import "context"

var safetyRoutes = []route{
	{"GET", "/v1/safety", "Safety", 0, get(Service.Safety)},
	{"POST", "/v1/safety/tidy", "TidyUp", 0, get(Service.TidyUp)},
	{"POST", "/v1/safety/seen", "SeenRepair", 0, func(ctx context.Context, s Service, _ *request) (any, error) {
		return nil, s.SeenRepair(ctx)
	}},
}
