package control

import (
	"context"
	"time"

	"hookbird/core"
	"hookbird/core/job"
)

// Backups is how the store is copied while it is used, and brought back.
type Backups interface {
	// Backups lists the backups in the plan's folder and what was kept aside, with what
	// each says of itself.
	Backups(ctx context.Context) (BackupsView, error)
	// MakeBackup makes one. CodeConflict: one is being made already.
	MakeBackup(ctx context.Context, o BackupOrder) (job.View, error)
	// DeleteBackup removes one of the list, by its path.
	DeleteBackup(ctx context.Context, path string) error
	// LookAtBackup tells what is in a backup, and what restoring it would lose.
	LookAtBackup(ctx context.Context, r BackupRef) (BackupView, error)
	// Restore makes a store of a backup and then has Hookbird begin anew with it: the
	// job is gone by then, and Restored tells of it. Sending is paused. The store of
	// before is kept.
	Restore(ctx context.Context, r BackupRef) (job.View, error)
	// Restored tells what is still to be done after a backup was put back.
	Restored(ctx context.Context) (RestoredView, error)
	// AnswerRestored says that it was done.
	AnswerRestored(ctx context.Context, a RestoredAnswer) error
}

// The kinds of jobs of backups.
const (
	JobBackup  job.Kind = "backup"
	JobRestore job.Kind = "restore"
)

// BackupsView is what there is of backups.
type BackupsView struct {
	Plan    core.BackupPlan // with the usual where it is silent, the folder too
	List    []BackupView    // the newest first
	Problem string          // why the folder cannot be read, as a sentence
	Last    time.Time       // of the last good one of this store; zero if there is none
	Next    time.Time       // when the next is due; zero if none is made
	Failed  string          // why the last attempt did not succeed, as a sentence
}

// BackupView is one backup.
type BackupView struct {
	Path     string
	Kind     core.BackupKind
	Bytes    int64
	Made     time.Time
	Version  string
	Records  uint64 // that are kept in full
	Messages uint64
	Waiting  uint64 // messages that were still to be sent
	Webhooks int
	Sources  int
	Own      bool   // of this store
	Since    uint64 // records that came in since, if it is Own
	Problem  string // why it cannot be used, as a sentence
}

// BackupOrder asks for a backup. With a passphrase it is one for another computer and
// needs a path.
type BackupOrder struct {
	Path       string // absolute, of a file that is not there; "": the plan's folder
	Passphrase string
}

// BackupRef names a backup.
type BackupRef struct {
	Path       string // absolute
	Passphrase string // of a portable one
}

// RestoredView is what is still to be done after a backup was put back.
type RestoredView struct {
	core.Restored
	There bool   // there is something: else all is zero
	Lacks []Lack // what this computer has not of what the settings name
}

// Lack is one thing that this computer has not, or of which nobody can tell before it
// is tried.
type Lack struct {
	Source  string // id of the source that needs it, or
	Webhook string // of the webhook
	Name    string // of that
	Text    string // a sentence
	Maybe   bool   // it has to be looked at
}

// RestoredAnswer says what was done after a backup was put back.
type RestoredAnswer struct {
	OldOff bool // the other computer is off: this one may read again
	Done   bool // nothing is left to be done; sending stays as it is
}
