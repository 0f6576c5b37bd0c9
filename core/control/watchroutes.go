package control

var watchRoutes = []route{
	{"GET", "/v1/metrics", "Metrics", 0, get(Service.Metrics)},
	{"GET", "/v1/diagnostics", "Diagnostics", 0, get(Service.Diagnostics)},
}
