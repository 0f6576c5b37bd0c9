package core

import (
	"context"
	"time"
)

// Store keeps everything on disk. Commit is called by one goroutine, the
// committer; every other method may be called from any goroutine, returns
// copies, and holds nothing open after it returns. Unreadable rows are left out
// and reported beside the good ones: a method may return both rows and an error.
type Store interface {
	Vault
	BackupStore

	// Load reads what the engine needs to start. Rows that cannot be read are
	// left out of the snapshot and named in Snapshot.Problems.
	Load(ctx context.Context) (*Snapshot, error)

	// Commit writes one batch in one transaction and returns when it is on disk.
	// After an error nothing of it was written. CodeUnavailable: the disk is
	// full or cannot be written now, and the same batch may be tried again.
	Commit(b *Batch) error

	// Events gives up to max events from seq on, ascending, stopping after
	// maxBytes of data (but giving one at least).
	Events(from uint64, max, maxBytes int) ([]*Event, error)
	// EventsBack gives up to max events that are older than seq before (0: the
	// newest), newest first, for samples and previews.
	EventsBack(before uint64, max int) ([]*Event, error)
	// Event gives one event, or CodeNotFound.
	Event(seq uint64) (*Event, error)

	// Retries gives up to max waiting retries of a webhook that come after a
	// place in the order of (Due, Seq), nearest first.
	Retries(webhook uint32, after RetryPlace, max int) ([]Retry, error)

	// Deliveries gives a page of the history, newest first.
	Deliveries(ctx context.Context, q DeliveryQuery) (DeliveryPage, error)
	// CountDeliveries counts the rows that Deliveries would give. Before, Look and
	// Next mean what they mean there; Limit and Brief nothing.
	CountDeliveries(ctx context.Context, q DeliveryQuery) (DeliveryCount, error)
	// Tallies gives how many rows of each state the history holds of each webhook
	// that is not deleted, in the order of their numbers, and those of all deleted
	// ones as webhook 0.
	Tallies() ([]Tally, error)
	// Failures gives the groups of failed messages with the same cause, in the order
	// of their keys.
	Failures() ([]Failure, error)
	// Reach tells how far back log and history go.
	Reach() (Reach, error)
	// Delivery gives one row of the history with its event, or CodeNotFound.
	Delivery(key DeliveryKey) (*Delivery, error)

	// Rows gives the rows that a webhook has of the events in a span of the log, by
	// their seq, tests left out. No row that was last tried before since is looked at.
	Rows(ctx context.Context, webhook uint32, span Span, since time.Time) (map[uint64]DeliveryKey, error)

	// WebhookAt gives the settings of a webhook as they were at a revision, also
	// when it was deleted since, or CodeNotFound. Its secrets are names only.
	WebhookAt(webhook uint32, revision uint64) (*Webhook, error)

	// Hours gives the counts of each hour in [from, to), oldest first.
	Hours(from, to time.Time) ([]HourCount, error)

	// Mark gives what a source remembered under a key; ok is false if nothing.
	Mark(source, key string) (value []byte, ok bool, err error)
	// Marks visits all that a source remembered under keys with a prefix, in
	// order. The slices are copies. An error of visit ends it and is returned.
	Marks(source, prefix string, visit func(key string, value []byte) error) error

	// Pasts gives changes of the settings, the newest first.
	Pasts(q PastQuery) ([]Past, error)
	// Past gives one of them, or CodeNotFound.
	Past(id uint64) (Past, error)

	// Works gives the long work that was begun and is not finished, in the order of
	// its ids.
	Works() ([]Work, error)

	// SeqAt gives the seq of the first event that came in at a time or later; one
	// more than the newest's if none did.
	SeqAt(t time.Time) (uint64, error)
	// Unfinished gives up to max deliveries of webhooks that are not deleted that
	// wait or have failed, and were last tried before a time, which come after a
	// place in the order of (Seq, Webhook). It looks at a slice of them: next is where
	// to go on, zero at the end.
	Unfinished(before time.Time, after UnfinishedPlace, max int) (list []Unfinished, next UnfinishedPlace, err error)

	// Standing gives the deliveries of some records that wait or have failed.
	Standing(seqs []uint64) ([]Unfinished, error)
	// ScanRows has visit look at the texts of rows of the history, oldest first, after
	// a place, at most most of them. next is where to go on, zero at the end. visit
	// must not keep what it is given, and holds writers up: it has to be quick.
	ScanRows(after DeliveryKey, most int, visit func(*RowTexts)) (next DeliveryKey, err error)

	// Trim removes a slice of what is not kept any longer, as far as it is finished:
	// events with seq < floor, content and then rows of the history, old hour counts.
	// What waits or has failed stays, whatever its age. It is called by the committer.
	Trim(kept Kept, floor uint64) (Trimmed, error)

	// Info tells how the store is doing.
	Info() StoreInfo

	// Room tells how much of the disk the store takes.
	Room() Room
	// Compact makes the file as small as it can be. Nothing that was deleted is left
	// in it then. It takes long; the store is used meanwhile.
	Compact(ctx context.Context, progress func(done, total uint64)) error

	// NoteErased remembers that somebody was erased, with hashes of the values that they
	// were known by, so that a backup that is brought back does not bring them back.
	// Erased gives what was noted, the newest first.
	NoteErased(e Erased, values []string) error
	Erased() ([]Erased, error)
	// Copies gives the files that hold what the store held at some time: beside it, and
	// the backups in some folders, the newest first. DropCopy deletes one of them.
	Copies(folders ...string) []Backup
	DropCopy(path string, folders ...string) error

	// Repaired tells whether the store was damaged and made sound when it was opened,
	// SourcesAsk that its sources were told to ask, and ForgetRepair that somebody has
	// seen it.
	Repaired() (Repair, bool)
	SourcesAsk() error
	ForgetRepair() error

	// Close waits for what runs, leaves the store quick to open, and gives the
	// lock back.
	Close() error
}

// Snapshot is the state that the engine starts from.
type Snapshot struct {
	Head     uint64    // seq of the newest event, 0 if there never was one
	HeadTime time.Time // its time
	First    uint64    // seq of the oldest event that is kept, 0 if none
	Holes    bool      // some events between First and Head are gone
	Settings Settings
	Webhooks []WebhookRow
	Sources  []SourceRow
	Problems []string // a sentence a row that could not be read
}

// WebhookRow is a webhook as stored.
type WebhookRow struct {
	Webhook  *Webhook
	Num      uint32 // the store's number for it, never used again
	Revision uint64 // goes up by one with every save, from 1
	Changed  time.Time
	Lane     Lane
}

// SourceRow is a source as stored.
type SourceRow struct {
	Source   *Source
	Revision uint64
	Changed  time.Time
	Last     time.Time // of its last event
	Events   uint64
}

// Span is a range of the log, From included, To not. To 0 means without end.
type Span struct{ From, To uint64 }

// Lane is what a webhook keeps on disk besides its settings: its place in the
// log and its health. Next is the seq to hand out next; Pending are those below
// Next, from the log, that were handed out and are not finished: they go out
// again after a crash. Gaps are spans that it passes over because it was off
// while they came; one without end means that it is off.
type Lane struct {
	Next    uint64
	Pending []uint64
	Gaps    []Span
	Turn    int64 // number of the last turn that was taken, of a webhook that sends in turns
	Runs    []LaneRun
	Trying  []RetryPlace // waiting retries that are on their way, where a try must not be repeated unasked
	Answers AnswerKind
	Sent    []PaceSlot // requests of the last day, while the webhook has a limit an hour or a day
	Brake   Braked     `json:",omitzero"`
	Health  Health

	Delivered uint64 // since the beginning, tests left out
	Failed    uint64 // in history now, tests left out
	Retries   uint64 // waiting retries
}

// LaneRun is a lane's place in a run whose events its cursor has passed.
type LaneRun struct {
	ID   string
	Next uint64 // seq of the next event of the run to look at
}

// AnswerKind is what a target's good answers have been so far. It is what tells
// the login page of a network from the target.
type AnswerKind string

// The kinds of answers.
const (
	AnswersUnknown AnswerKind = ""      // none yet, since the address was last changed
	AnswersPlain   AnswerKind = "plain" // none was a web page
	AnswersPages   AnswerKind = "pages" // some were
)

// PaceSlot counts the requests that began in one span of time.
type PaceSlot struct {
	Start int64         // Unix milliseconds
	Span  time.Duration // its length
	N     int
}

// Health is how a webhook's target is doing.
type Health struct {
	State   HealthState
	Since   time.Time
	Cause   Cause     // of the last failure; CauseNone while well
	Code    int       // HTTP status that went with it
	Detail  string    // masked
	Failing int       // failed exchanges in a row
	Refused []uint64  // seqs of different events refused in a row for the settings' sake
	ProbeAt time.Time // when a held target is asked again, if State is HealthDown
}

// HealthState is how a target is doing.
type HealthState string

// The states of health.
const (
	HealthGood      HealthState = ""          // nothing known against it
	HealthDown      HealthState = "down"      // does not answer: the cursor stands still, one delivery at a time probes
	HealthAttention HealthState = "attention" // the settings are wrong: nothing is sent until they are saved again
)

// Batch is what one commit writes, all or nothing.
type Batch struct {
	Events  []*Event  // in order, their Seq and Time given by the committer
	Marks   []Mark    // positions of sources, in the same commit as their events
	Results []Result  // deliveries that were tried
	Lanes   []LaneRow // places of webhooks after Results
	Config  []Change  // settings that were saved
	Erase   *Erasure  // what goes for good; nil for nothing
	Works   []Work    // long work that was begun, has come further or is finished
}

// Work is long work that goes on after a start: what is asked for and how far it
// is, in the words of whoever does it.
type Work struct {
	ID   string // begins with its kind, as in "replay/01J…"
	Data []byte // nil: finished, to be forgotten
}

// Mark is something a source remembers. A nil Value forgets it.
type Mark struct {
	Source string
	Key    string
	Value  []byte
}

// LaneRow is a lane and whose it is.
type LaneRow struct {
	Webhook uint32
	Lane    Lane
}

// Result is what came of one try, or of a wish to send again.
type Result struct {
	Webhook  uint32
	Seq      uint64
	Event    *Event      // of tests, which are in no log; beside State Waiting without an Attempt: the record as it is from now on for this delivery
	Prev     DeliveryKey // the delivery's row so far; zero at its first try
	PrevDue  int64       // Unix ms of the waiting retry that this used up; 0 if it came from the cursor
	Revision uint64      // of the webhook's settings that the try was made with
	State    DeliveryState
	Due      time.Time // when it is tried again, if State is Waiting; when it ended, if it did without a try (Attempt is nil)
	Attempt  *Attempt  // nil for "Send again", which only makes a row wait again, or (Prev is zero) makes one that waits
	Group    uint64    // of the request that it was part of, if State is Waiting: as in Retry
	Test     bool
}

// Retry is a delivery that waits to be tried again.
type Retry struct {
	RetryPlace
	Key       DeliveryKey   // its row in the history
	Tries     int           // so far, counted from the last "Send again" if there was one
	First     time.Time     // when it was first tried, counted likewise
	LastDelay time.Duration // how long it waits from its last try to Due
	Group     uint64        // those of one group were one request and go out as one again, with the same Due; 0: alone
}

// RetryPlace is a place in the order of a webhook's retries.
type RetryPlace struct {
	Due int64 // Unix milliseconds
	Seq uint64
}

// Change is one saved setting: exactly one of its parts is set.
type Change struct {
	Webhook     *Webhook  // made or changed; the Change's Lane is written if it is new
	Lane        *Lane     // of a new webhook
	DropWebhook string    // id of one to remove; its history stays, and what waits for it for UndoFor
	Source      *Source   // made or changed
	DropSource  string    // id of one to remove; what it remembers stays for UndoFor
	Undo        uint64    // id of a change that removed something, to be put back: a webhook comes back turned off
	Settings    *Settings // the program's own; after Commit a copy whose secrets are names only
	Now         time.Time
	By          Author
	Row         *WebhookRow // filled by Commit for Webhook and Undo: its number and revision
	SourceRow   *SourceRow  // filled by Commit for Source and Undo
}

// HourCount is what happened to one webhook's messages in one hour.
type HourCount struct {
	Hour      time.Time
	Webhook   uint32
	Delivered uint64
	Failed    uint64
}

// StoreInfo tells how a store is doing.
type StoreInfo struct {
	ID       string // of the store, the same in its backups
	Path     string
	Bytes    int64
	Format   int
	KeyPlace KeyPlace
	KeyError string // why secrets cannot be opened now, as a sentence; "" if they can
}

// KeyPlace is where the key that seals the secrets lies.
type KeyPlace string

// The places.
const (
	KeyUnset    KeyPlace = ""         // no secret was ever kept
	KeyInSystem KeyPlace = "keystore" // the system's key store, locked with the login
	KeyInFile   KeyPlace = "file"     // a file in the data folder that only its owner may read
)
