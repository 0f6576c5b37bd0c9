package core

import (
	"cmp"
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
	Waiting  uint64 // of those, that are still to be sent
	Webhooks int
	Sources  int
	Sum      []byte // SHA-256 of the store in it

	Problem string `json:"-"` // why it cannot be used, as a sentence
}

// BackupWish is a backup that is to be made.
type BackupWish struct {
	Path     string // of the file, which must not be there
	Version  string
	Progress func(step string, done, total uint64) // bytes; may be nil
	// Passphrase makes a portable backup: at least MinPassphrase characters.
	Passphrase string
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
