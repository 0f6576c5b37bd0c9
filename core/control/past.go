package control

import (
	"context"
	"time"

	"hookbird/core"
	"hookbird/core/past"
)

// Past is what was changed in the settings, and the way back.
type Past interface {
	// Pasts gives changes of the settings, the newest first.
	Pasts(ctx context.Context, q core.PastQuery) ([]PastView, error)
	// ComparePast tells what differs between two states.
	ComparePast(ctx context.Context, r PastPair) ([]past.Change, error)
	// BringBack saves an earlier state anew. Whether a webhook or source is on stays
	// as it is; secrets that were replaced meanwhile are those of now. CodeInvalid:
	// a secret that it had is not kept any more and there is none in its place.
	BringBack(ctx context.Context, r PastRef) error
	// UndoRemoval puts back what a change removed. A webhook comes back with what
	// waited for it: as it was within the first minute, and turned off later.
	UndoRemoval(ctx context.Context, id uint64) error
}

// PastRef names a state: that before or after a change.
type PastRef struct {
	Change uint64
	Before bool
}

// PastPair names two states. Where To.Change is 0, From is compared with what is set
// now.
type PastPair struct{ From, To PastRef }

// PastView is one change of the settings.
type PastView struct {
	ID      uint64
	At      time.Time
	By      core.Author
	Kind    core.PastKind
	Target  string // id of the webhook or source
	Name    string
	Made    bool // by this change; neither was it changed nor removed
	Removed bool
	Changes []past.Change // what it changed, field by field
	Undo    time.Time     // until when the removal can be undone; zero if it cannot
}
