package control

import (
	"context"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
)

// APIVersion goes up when a client of the older version could not work with a
// server of the newer one.
const APIVersion = 1

// Service is all that can be asked of an engine. Every method may be called from
// any goroutine. Errors are core.Errors whose sentence a person can read.
type Service interface {
	Jobs
	History
	Watch
	Differ
	Safety
	People
	Brakes
	Past
	Again
	ActivityExport
	Backups

	Hello(ctx context.Context) (Hello, error)
	Status(ctx context.Context) (Status, error)
	Overview(ctx context.Context) (Overview, error)

	Webhooks(ctx context.Context) ([]WebhookView, error)
	Webhook(ctx context.Context, id string) (WebhookView, error)
	// SaveWebhook makes a webhook (Revision 0; an empty ID is chosen) or changes
	// one. CodeConflict if it was changed since Revision.
	SaveWebhook(ctx context.Context, d WebhookDraft) (WebhookView, error)
	DeleteWebhook(ctx context.Context, id string, revision uint64) error
	// SetState turns a webhook on, off or to paused. meanwhile, which counts only
	// when it goes from off to on, also sends what came while it was off.
	SetState(ctx context.Context, id string, state core.State, meanwhile bool) error
	// PauseWebhook pauses one webhook until a time, or (zero) until somebody turns
	// it on.
	PauseWebhook(ctx context.Context, id string, until time.Time) error
	// TryNow makes all waiting tries of a webhook due and asks a held target once.
	TryNow(ctx context.Context, id string) error

	// Samples gives records to show the draft with, newest first: stored events
	// that it would want, then others, and always a made-up one last.
	Samples(ctx context.Context, d WebhookDraft) ([]Sample, error)
	// Preview builds the message without sending it; secrets are dots in it.
	Preview(ctx context.Context, r TestRequest) (core.Shown, error)
	// TryOut tells which of the newest stored records, at most max, the draft would
	// take, and which of them the stored webhook takes now.
	TryOut(ctx context.Context, d WebhookDraft, max int) (TryOut, error)
	// Compare builds the message of one record as the stored webhook has it now and
	// as the draft would have it. Nothing is sent.
	Compare(ctx context.Context, r TestRequest) (Comparison, error)
	// Test builds and sends the message for real, by the same code path as every
	// other, and waits for the answer. Cancel ctx to give up.
	Test(ctx context.Context, r TestRequest) (TestResult, error)
	// CheckAddress takes the way that the draft's messages would take: it looks up
	// the name, passes the proxy and shakes hands, and sends no request.
	CheckAddress(ctx context.Context, d WebhookDraft) (AddressCheck, error)

	Activity(ctx context.Context, q ActivityQuery) (ActivityPage, error)
	Delivery(ctx context.Context, key core.DeliveryKey) (DeliveryView, error)
	// SendAgain makes finished deliveries wait for a try now, with today's
	// settings, and tells how many it could.
	SendAgain(ctx context.Context, keys []core.DeliveryKey) (int, error)
	// Settle says of failed messages that may have arrived that they did, and tells
	// how many it could.
	Settle(ctx context.Context, keys []core.DeliveryKey) (int, error)

	// Runs are the large files that are on their way, the newest first.
	Runs(ctx context.Context) ([]RunView, error)
	// SetRun lets a run go on, pauses it or gives it up: what is left of it is not
	// sent.
	SetRun(ctx context.Context, id string, state core.RunState) error

	Sources(ctx context.Context) ([]SourceView, error)
	SaveSource(ctx context.Context, d SourceDraft) (SourceView, error)
	DeleteSource(ctx context.Context, id string, revision uint64) error
	SetSourcePaused(ctx context.Context, id string, paused bool) error
	// SurveySource looks at what a source would find. Nothing of it is sent, saved or
	// remembered.
	SurveySource(ctx context.Context, d SourceDraft) (SourceSurvey, error)
	// AnswerSource answers what a source asks, and has it go on. CodeConflict: it asks
	// something else by now.
	AnswerSource(ctx context.Context, a SourceAnswer) error
	// RereadSource has a source read everything once more, or what is from a day on.
	RereadSource(ctx context.Context, r Reread) error
	// LeftOut are the records of a source that were left out, the newest first.
	LeftOut(ctx context.Context, source string) ([]core.LeftOut, error)
	// SendLeftOut takes in records that were left out, and tells how many it could.
	SendLeftOut(ctx context.Context, r LeftOutRef) (int, error)
	// FillForm takes what was filled in, once or in many rows. core.Errors with places
	// like "/0/email" if something is wrong: then nothing is taken.
	FillForm(ctx context.Context, e FormEntry) ([]Held, error)
	// HeldRecords are those of all forms that can still be taken back, the newest first.
	HeldRecords(ctx context.Context) ([]Held, error)
	// UndoForm takes a record back. CodeNotFound: it has gone out.
	UndoForm(ctx context.Context, h Held) error
	// LocalExamples shows how programs send to a local address. Words stand in them in
	// the place of secrets.
	LocalExamples(ctx context.Context, source string) (Examples, error)
	// SendTrial posts a made-up record to a local address, as a program would, and gives
	// its answer.
	SendTrial(ctx context.Context, source string) (Trial, error)
	// Never says how many addresses and numbers are never sent; SetNever adds or removes
	// those in a text, one a line, and says how many of them were new, or were there.
	Never(ctx context.Context) (int, error)
	SetNever(ctx context.Context, n NeverChange) (int, error)

	// RevealSecret gives one secret's text, because somebody asked to see it.
	RevealSecret(ctx context.Context, r SecretRef) (string, error)

	Settings(ctx context.Context) (SettingsView, error)
	SaveSettings(ctx context.Context, s SettingsDraft) error
	// SetAutostart makes Hookbird start at login, or not.
	SetAutostart(ctx context.Context, on bool) error
	// Pause stops sending for all webhooks, until a time or (zero) until Resume.
	Pause(ctx context.Context, until time.Time) error
	Resume(ctx context.Context) error

	Import(ctx context.Context, r ImportRequest) (ImportResult, error)
	Export(ctx context.Context, withSecrets bool) ([]byte, error)
}

// Hello is the handshake.
type Hello struct {
	API     int
	Version string
	PID     int
	DataDir string
	Tray    bool // whether the tray icon is there
}

// Status is what --status prints, with the names that settings files pin.
type Status struct {
	Events    uint64          `json:"events"`
	Waiting   uint64          `json:"waiting"`
	Delivered uint64          `json:"delivered"`
	Failed    uint64          `json:"failed"`
	Webhooks  []WebhookStatus `json:"webhooks"`
	Address   string          `json:"address,omitempty"` // of the local address, if it is open
	Version   string          `json:"version"`
	Paused    bool            `json:"paused"`
	Sources   []SourceStatus  `json:"sources"`
	Store     StoreStatus     `json:"store"`
}

// SourceStatus is a source's part of Status.
type SourceStatus struct {
	ID      string    `json:"id"`
	Kind    string    `json:"kind"`
	Paused  bool      `json:"paused"`
	Working bool      `json:"working"`
	Cause   string    `json:"cause,omitempty"` // why it does not work, as a sentence
	Asks    string    `json:"asks,omitempty"`  // what it waits to be answered, in the window
	Records uint64    `json:"records"`         // since it was made
	Last    time.Time `json:"last,omitzero"`   // when the last one came in
}

// StoreStatus is the store's part of Status.
type StoreStatus struct {
	Bytes  int64 `json:"bytes"`
	Quota  int64 `json:"quota"` // bytes that it may hold
	Full   bool  `json:"full"`  // no records are taken
	Format int   `json:"format"`

	Backup        time.Time `json:"backup,omitzero"`          // when the newest good backup was made
	BackupFailure string    `json:"backup_failure,omitempty"` // why the last one could not be made, as a sentence
}

// WebhookStatus is a webhook's part of Status.
type WebhookStatus struct {
	ID        string `json:"id"`
	State     string `json:"state"` // a Condition
	Waiting   uint64 `json:"waiting"`
	Delivered uint64 `json:"delivered"`
	Failed    uint64 `json:"failed"`

	Host    string    `json:"host"`               // of its address
	Cause   string    `json:"cause,omitempty"`    // of the last failure, while it is down or needs attention
	Code    int       `json:"code,omitempty"`     // the HTTP status that went with it
	Since   time.Time `json:"since,omitzero"`     // when that began
	NextTry time.Time `json:"next_try,omitzero"`  // of the nearest message that waits for a time
	Last    time.Time `json:"last_good,omitzero"` // when it last delivered, since the program started
}

// Condition is the one word for how a webhook is doing: what its owner wants of
// it and, where that is "on", how its target is.
type Condition string

// The conditions.
const (
	On        Condition = "on"
	Down      Condition = "down"      // the target does not answer
	Attention Condition = "attention" // held until its settings are put right
	Paused    Condition = "paused"
	Off       Condition = "off"
)

// Overview is the Home page.
type Overview struct {
	Now            time.Time
	Paused         bool
	PausedUntil    time.Time
	Resting        bool // nothing is read or sent until somebody says that the old computer is off: NeedRestored
	DeliveredToday uint64
	FailedToday    uint64
	Waiting        uint64
	About          bool // Waiting is still being counted
	NextTry        time.Time
	Failed         uint64 // kept in history
	FailedSince    time.Time
	Sources        int
	LastRecord     time.Time // when the last record came in
	Hours          []Hour    // today's 24, from midnight local time
	Needs          []Need    // what needs somebody, the worst first
	Coming         []Coming  // the next few tries, nearest first
	Webhooks       []WebhookView
}

// Hour counts the messages of one hour.
type Hour struct {
	Start     time.Time
	Delivered uint64
	Failed    uint64
}

// NeedKind says what a Need is about.
type NeedKind string

// The kinds of need.
const (
	NeedWebhook NeedKind = "webhook" // ID is the webhook's
	NeedSource  NeedKind = "source"  // ID is the source's
	NeedProgram NeedKind = "program" // the store, the local address, the key

	NeedRestored NeedKind = "restored" // the store was put back from a backup
	NeedBackup   NeedKind = "backup"   // no backup could be made for days

	NeedBrake    NeedKind = "brake"    // the webhook ID asks whether unusually much is to be sent: AnswerBrake
	NeedExpiring NeedKind = "expiring" // messages of the webhook ID go soon because of their age
)

// Need is one thing on Home that wants a person.
type Need struct {
	Kind  NeedKind
	ID    string
	Title string // "Supporter CRM did not accept the key"
	Text  string // what that means for the records, and what to do

	// What its button says and where that leads: an attempt.Action; "" for a
	// button that only opens what the need is about.
	Step   string
	Action string
}

// Coming is a try that is about to happen.
type Coming struct {
	At        time.Time
	WebhookID string
	Webhook   string // name
	Count     int    // messages
	Try       int    // which try it will be; 0 if they differ
}

// WebhookView is a webhook and how it is doing.
type WebhookView struct {
	Webhook   core.Webhook // its secrets are names only
	Revision  uint64
	Changed   time.Time
	Host      string // of its address, for lists: the rest of an address is a secret
	Condition Condition
	Since     time.Time     // of the condition
	Last      *core.Attempt // the try that led to Down or Attention, else nil
	Waiting   uint64
	About     bool // Waiting is still being counted
	Delivered uint64
	Failed    uint64
	Today     uint64    // messages delivered today
	LastGood  time.Time // when it last delivered
	NextTry   time.Time // of the nearest waiting try or probe, or the next turn
	Done      time.Time // about when nothing will wait any more, at the pace of late; zero if nobody can tell
	Paced     bool      // it would go faster if its own limits let it
	Hours     []Hour    // the last 12
	Meanwhile uint64    // records that came while it was off

	// Brake is set while the webhook is held because it is about to send unusually
	// much; its Condition is Attention then. AnswerBrake answers.
	Brake *BrakeView
}

// WebhookDraft is a webhook as somebody edits it. Secrets that were typed anew
// travel inside Webhook as texts; the wire carries them apart.
type WebhookDraft struct {
	Webhook  core.Webhook
	Revision uint64 // that it was read at; 0 for a new one
}

// Sample is a record to show a draft with.
type Sample struct {
	Seq    uint64 // 0: made up
	Title  string
	Time   time.Time
	Fields []SampleField // top level and nested ones, by path, in order
	Data   []byte
	Wanted bool   // the draft's webhook would get it
	Why    string // why it would not, as a sentence; "" if it would
}

// TryOut is a draft tried on past records.
type TryOut struct {
	Rows    []TryRow // newest first
	Stored  bool     // there is a stored webhook to compare with
	Before  int      // how many of Rows the stored webhook takes
	After   int      // how many the draft would take
	Lacking []string // fields that the draft's filter names, and that none of the records has that are from its sources
}

// TryRow is one past record.
type TryRow struct {
	Seq    uint64
	Title  string
	Time   time.Time
	Before bool   // the stored webhook takes it
	After  bool   // the draft would take it
	Why    string // why the draft would not, as a sentence; "" if it would
}

// Comparison is the message of one record before and after an edit. A side is nil
// where there is no such message, and its Why says why.
type Comparison struct {
	Before, After       *core.Shown
	BeforeWhy, AfterWhy string
}

// SampleField is one field of a record, by its path.
type SampleField struct {
	Path  string
	Value string // as text; long ones are cut
}

// TestRequest is a draft and the record to build or send it with.
type TestRequest struct {
	Draft WebhookDraft
	Seq   uint64 // a stored record, or
	Data  []byte // a made-up one: one JSON object
}

// TestResult is a test that was sent.
type TestResult struct {
	At      time.Time
	Sent    core.Shown
	Attempt core.Attempt
	Sample  string // title of the record that was used
	Note    string // for the people who run this office's network, where it is a matter of theirs
}

// AddressCheck is what a look at an address found.
type AddressCheck struct {
	OK     bool
	Secure bool
	Text   string // a sentence
	Note   string // for the people who run this office's network, where it is a matter of theirs
}

// ActivityQuery asks for a page of Activity: for what is all that is asked for, and
// one of each list. What is zero asks for nothing in particular.
type ActivityQuery struct {
	Before   core.DeliveryKey
	Limit    int                  // 0 means 100
	Webhook  string               // id
	State    core.DeliveryState   // as it is shown
	Webhooks []string             // ids; beside Webhook
	States   []core.DeliveryState // beside State
	Since    time.Time            // of the last try: not before
	Until    time.Time            // of the last try: before
	Causes   []core.Cause         // of the last try
	Code     int                  // of the last answer
	Group    *GroupRef            // failed messages of one group
	Types    []string             // of records; one that ends in "*" means all that begin so
	Sources  []string             // of records, ids
	Tests    core.Tests
	Text     string
	Look     int // messages to look at before the page is given as it is; 0: until it is full
}

// ActivityPage is a page of Activity. Queues are the backlogs behind cursors, on
// the first page only.
type ActivityPage struct {
	Rows   []ActivityRow
	Next   core.DeliveryKey // Before of the next page, or of what is still to be looked through; zero: that was all
	Counts Counts
	Queues []Queue
	Looked uint64 // messages that were looked at for this page
	Of     uint64 // messages in the history
}

// Counts are the numbers on Activity's chips: of what the query asks for, whatever
// its state. About: there may be more, and CountActivity knows.
type Counts struct {
	All, Failed, Waiting, Delivered uint64
	About                           bool
}

// Queue is one webhook's backlog that has not been tried yet.
type Queue struct {
	WebhookID, Webhook string
	Waiting            uint64
	About              bool
	Since              time.Time
}

// ActivityRow is one message in the list.
type ActivityRow struct {
	Key       core.DeliveryKey
	State     core.DeliveryState
	Title     string // of the record
	Origin    string
	WebhookID string
	Webhook   string    // name
	At        time.Time // of the last try
	Next      time.Time // if it waits
	Test      bool
	Unsure    bool       // it failed, and may have arrived all the same
	Cause     core.Cause // of its last try
	Code      int        // of its last answer
	Tries     int
	Bare      bool // its content is not kept any more
	Corrected bool // its record was corrected for this message
}

// DeliveryView is one message in full.
type DeliveryView struct {
	Row      ActivityRow
	Delivery core.Delivery
	Sent     *core.Shown // made again from the settings of then; nil if the record is gone
	Tries    []TryView   // the tries that are kept, oldest first
	Key      attempt.Key // how the webhook says who is sending, so that words about it fit
	Note     string      // as in TestResult
	Source   string      // name of the record's source

	Corrected []CorrectionField // values that were corrected for this message, at Delivery.Changed
}

// TryView is one try of a message.
type TryView struct {
	Attempt core.Attempt
	Sent    *core.Shown // as in DeliveryView; nil if it cannot be made again
	Same    bool        // the same was sent as in the try before
}

// RunView is a large file on its way. Single records that come in meanwhile go
// before those of runs.
type RunView struct {
	core.Run
	SourceName string
	Records    uint64    // that came in with it
	Left       uint64    // messages that are still to be sent, over all webhooks
	Done       time.Time // about when none is left; zero if nobody can tell
}

// SourceView is a source and how it is doing.
type SourceView struct {
	Source   core.Source // its secrets are names only
	Revision uint64
	State    core.SourceState
	Address  string   // of a local source: "http://127.0.0.1:8471/in/…", its key as dots
	GoesTo   []string // names of the webhooks that want its records
}

// SourceDraft is a source as somebody edits it; typed secrets travel inside.
type SourceDraft struct {
	Source   core.Source
	Revision uint64
}

// SourceSurvey is what a source would find.
type SourceSurvey struct {
	Survey core.Survey
	Used   []string // names of the fields that webhooks use that take from the source
}

// SourceAnswer is a person's answer to what a source asks.
type SourceAnswer struct {
	Source   string // its id
	Question string // the question's id
	Answer   string // id of the choice; where that asks for a day, ":2006-01-02" behind it
}

// Reread is the wish to read a source once more.
type Reread struct {
	Source string    // "": all that can be
	Since  time.Time // only what is from this day on; zero: everything
	Ask    bool      // a person says at each source what becomes of what is there
}

// LeftOutRef names records of a source that were left out.
type LeftOutRef struct {
	Source string
	IDs    []string
}

// FormEntry is a form as it was filled in: values by the names of the fields.
type FormEntry struct {
	Source string
	Rows   []map[string]string
}

// Held is a record of a form that can still be taken back.
type Held struct {
	Source string
	ID     string
	Title  string
	Until  time.Time // when it goes out
}

// Example is a piece of code with which a program sends to a local address.
type Example struct {
	Language string // "Python"
	Title    string
	Code     string
	Note     string
}

// Examples is what somebody needs who lets programs send to a local address.
type Examples struct {
	List  []Example
	Other string // what it takes to let another computer send, and what that risks
}

// Trial is what a local address answered to a trial.
type Trial struct {
	Code     int
	Answer   string
	Sentence string // what that means
}

// NeverChange adds or removes addresses and numbers that are never sent.
type NeverChange struct {
	Text   string // one a line
	Remove bool
}

// SecretRef names one secret: of a webhook or of a source, by its place.
type SecretRef struct {
	Webhook string
	Source  string
	Place   string // as in core.Webhook.Secrets
}

// SettingsView is the Settings page.
type SettingsView struct {
	Settings  core.Settings
	Revision  uint64
	Autostart bool   // what is true now
	AutoError string // why it cannot be switched, as a sentence; usually ""
	Tray      bool
	Store     core.StoreInfo
	Address   string // of the local address, "" while closed
	LogPath   string
	Version   string
}

// SettingsDraft changes the program's settings; paused or not is left to Pause.
type SettingsDraft struct {
	Look           string
	ContentDays    int
	TraceDays      int
	UnfinishedDays int
	QuotaMB        int
	Proxy          core.Proxy // a password that was typed travels inside
	Backup         core.BackupPlan
	Revision       uint64
}

// ImportRequest is a settings file. Paths in it are resolved against Dir.
type ImportRequest struct {
	Name string // of the file, for the history of the settings
	Data []byte
	Dir  string // absolute
}

// ImportResult tells what an import did.
type ImportResult struct {
	Webhooks, Sources int
	Notes             []string // a sentence each: "Our database is off: it needs its secret."
}
