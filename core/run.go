package core

import "time"

// RunState is whether a run is being sent.
type RunState string

// The states of a run.
const (
	RunGoing  RunState = "going"
	RunPaused RunState = "paused" // what is left of it waits
	RunEnded  RunState = "ended"  // given up: what is left of it is not sent
)

// BulkFrom is how many records a file holds at least that is sent as a run.
const BulkFrom = 500

// Run is a large file: its records are sent after those that come in one by one,
// and can be paused and given up by themselves.
type Run struct {
	ID      string
	Source  string
	Name    string // of the file
	Started time.Time
	State   RunState
	Spans   []Span // where in the log its records lie: ascending, both ends set
}
