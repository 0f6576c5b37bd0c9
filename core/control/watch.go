package control

import "context"

// Watch is what programs and people outside look at Hookbird with.
type Watch interface {
	// Metrics gives counters in the text format of OpenMetrics. docs/MONITORING.md
	// lists them.
	Metrics(ctx context.Context) (MetricsText, error)
	// Diagnostics gives what somebody who helps needs to know, as texts to be looked
	// at before they are given away. Secrets are not in them, and values of records
	// are masked.
	Diagnostics(ctx context.Context) ([]DiagnosticFile, error)
}

// MetricsText is a text of OpenMetrics; it crosses the wire as it is.
type MetricsText string

// DiagnosticFile is one file of a diagnosis.
type DiagnosticFile struct {
	Name  string // "about.txt"
	Title string // what it is, in words
	Text  string
}
