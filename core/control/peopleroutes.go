package control

import "context"

var peopleRoutes = []route{
	{"POST", "/v1/people/find", "FindPerson", smallBody, post(func(ctx context.Context, s Service, values *string) (any, error) {
		return s.FindPerson(ctx, *values)
	})},
	{"GET", "/v1/people/{id}", "Person", 0, func(ctx context.Context, s Service, r *request) (any, error) {
		return s.Person(ctx, r.PathValue("id"))
	}},
	{"POST", "/v1/people/export", "ExportPerson", smallBody, post(func(ctx context.Context, s Service, b *PersonExport) (any, error) {
		return nil, s.ExportPerson(ctx, *b)
	})},
	{"POST", "/v1/people/{id}/erase", "ErasePerson", 0, func(ctx context.Context, s Service, r *request) (any, error) {
		return s.ErasePerson(ctx, r.PathValue("id"))
	}},
	{"GET", "/v1/erased", "Erased", 0, get(Service.Erased)},
	{"GET", "/v1/copies", "Copies", 0, get(Service.Copies)},
	{"POST", "/v1/copies/drop", "DropCopy", smallBody, post(func(ctx context.Context, s Service, path *string) (any, error) {
		return nil, s.DropCopy(ctx, *path)
	})},
}
