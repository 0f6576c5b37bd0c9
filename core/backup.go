package core

import (
	"cmp"
	"context"
	"time"
)

// BackupPlan says where and when backups are made by themselves. The zero plan is
// the usual one.
type BackupPlan struct {
	Folder string // absolute; "" is the folder "backups" in the data folder
	At     string // time of day as "15:04"; "" is UsualBackupAt
	Keep   int    // how many are kept; 0 is UsualBackups, NoBackups makes none
}

// The usual plan, and what bounds another.
const (
	UsualBackupAt = "02:00"
	UsualBackups  = 7
	NoBackups     = -1
	MaxBackups    = 365

	// BackupWorry is how old the last backup may be before somebody is told.
	BackupWorry = 3 * 24 * time.Hour
)

// Filled gives the plan with the usual values where it is silent.
func (p BackupPlan) Filled() BackupPlan {
	p.At = cmp.Or(p.At, UsualBackupAt)
	p.Keep = cmp.Or(p.Keep, UsualBackups)
	return p
}

// Validate looks whether backups can be made so.
func (p BackupPlan) Validate() error {
	if _, err := time.Parse("15:04", p.Filled().At); err != nil {
		return Errorf(CodeInvalid, "The time of the daily backup is written as 02:00.").At("/settings/backup/at")
	}
	if p.Keep < NoBackups || p.Keep > MaxBackups {
		return Errorf(CodeInvalid, "Between 1 and %d backups can be kept.", MaxBackups).At("/settings/backup/keep")
	}
	return nil
}

// Last gives when a backup was last due at a time, in that time's zone.
func (p BackupPlan) Last(now time.Time) time.Time {
	at := p.Filled().on(now, 0)
	if at.After(now) {
		at = p.Filled().on(now, -1)
	}
	return at
}

// Next gives when the next one is due after a time.
func (p BackupPlan) Next(now time.Time) time.Time {
	at := p.Filled().on(now, 0)
	if !at.After(now) {
		at = p.Filled().on(now, 1)
	}
	return at
}

func (p BackupPlan) on(now time.Time, days int) time.Time {
	clock, err := time.Parse("15:04", p.At)
	if err != nil {
		clock, _ = time.Parse("15:04", UsualBackupAt)
	}
	return time.Date(now.Year(), now.Month(), now.Day()+days, clock.Hour(), clock.Minute(), 0, 0, now.Location())
}

// BackupKind says what a file that a store can be brought back from is.
type BackupKind string

// The kinds.
const (
	BackupUsual    BackupKind = ""         // made on this computer, for this computer
	BackupPortable BackupKind = "portable" // locked with a passphrase, with its keys, for another computer
	BackupAside    BackupKind = "aside"    // the store that was there before a restore
)

// BackupInfo is what a backup says of itself.
type BackupInfo struct {
	Path    string `json:"-"`
	Kind    BackupKind
	Bytes   int64 `json:"-"` // of the file
	Made    time.Time
	Version string // of the Hookbird that made it
	StoreID string
	Format  int

	Head     uint64 // seq of the newest record
	Records  uint64 // that are kept in full
	Messages uint64 // in the history
	Waiting  uint64 // that were still to be sent, whether they had been tried or not
	Webhooks int
	Sources  int
	Sum      []byte // SHA-256 of the store in it

	Problem string `json:"-"` // why it cannot be used, as a sentence
}

// BackupWish is a backup that is to be made.
type BackupWish struct {
	Path     string // of the file, which must not be there
	Folder   string // where Path is "": the folder for it, and it gets the usual name
	Version  string
	Progress func(step string, done, total uint64) // bytes; may be nil
	// Waiting is how many messages wait to be sent, as the engine counts them: the store
	// alone knows only of those that were tried before.
	Waiting uint64
	// Passphrase makes a portable backup: at least MinPassphrase characters.
	Passphrase string
}

// RestoreWish is a backup that is to be brought back.
type RestoreWish struct {
	Path       string
	Passphrase string                                // of a portable one
	Progress   func(step string, done, total uint64) // bytes; may be nil
}

// BackupStore is the part of a Store that backups are made of and brought back to.
type BackupStore interface {
	// Backup copies the store into a file while it is written to: whole or not at all.
	Backup(ctx context.Context, w BackupWish) (BackupInfo, error)
	// Backups lists the backups in a folder, the newest first, and with them what was
	// kept aside in the data folder. Those that cannot be used have their Problem.
	// CodeUnavailable: the folder cannot be read; what was kept aside is listed.
	Backups(folder string) ([]BackupInfo, error)
	// ThinBackups removes the oldest of the backups of this store in a folder that
	// have the usual name, so that keep of them are left.
	ThinBackups(folder string, keep int) error
	// LookAtBackup tells what a backup says of itself. A portable one needs its
	// passphrase.
	LookAtBackup(path, passphrase string) (BackupInfo, error)
	// PrepareRestore makes a store of a backup, beside this one. It takes its place
	// when the data folder is opened the next time for that.
	PrepareRestore(ctx context.Context, w RestoreWish) (BackupInfo, error)
	// Restored tells whether the store was put back from a backup and something still
	// follows from that; SetRestored changes it, and nil forgets it.
	Restored() (r Restored, ok bool)
	SetRestored(r *Restored) error
}

// MinPassphrase is how long a passphrase has to be, in characters.
const MinPassphrase = 10

// Restored is what a store remembers of having been put back from a backup, until
// nothing follows from it any more.
type Restored struct {
	At   time.Time // when that was
	Made time.Time // when the backup was made
	From string    // name of the backup's file

	// Asked says that every source was told to ask what becomes of what is there.
	Asked bool
	// Moved says that the backup came from another computer: nothing is read or sent
	// until somebody has said that the other one is off.
	Moved bool
	// Paused is whether sending was paused when the backup was made.
	Paused bool
	// Waiting is how many messages were still to be sent then.
	Waiting uint64
	// Aside is the name of the file that the store before it was kept in; "" if
	// there was none.
	Aside string
}
