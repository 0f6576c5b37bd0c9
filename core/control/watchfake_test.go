package control

import "context"

func (f *fake) Metrics(context.Context) (MetricsText, error) {
	return reply[MetricsText](f, "Metrics")
}

func (f *fake) Diagnostics(context.Context) ([]DiagnosticFile, error) {
	return reply[[]DiagnosticFile](f, "Diagnostics")
}
