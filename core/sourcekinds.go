package core

import (
	"slices"
	"time"
)

// LocalSource takes what programs on this computer post to the local address.
type LocalSource struct {
	Key            Secret   // last part of its address, 16 to 128 of [A-Za-z0-9_-]
	Token          Secret   // asked for as "Authorization: Bearer …" when set
	AllowedOrigins []string // web pages that may post, like "https://till.example"; none unless named
	MaxEventBytes  int      // 0 means 1 MiB; at most 16 MiB
	XML            bool     // XML is taken too
	Query          bool     // GET is taken too, its query being the record
	JSONField      string   // of a form: the name of the field that holds the record as JSON, like Jotform's "rawRequest"; "" for none
	Verify         Verify
}

// VerifyStyle is how a sender proves that a post is its own.
type VerifyStyle string

// The styles.
const (
	VerifyNone     VerifyStyle = ""
	VerifyStandard VerifyStyle = "standard-webhooks" // Standard Webhooks 1.0.0, v1 and v1a
	VerifyHMAC     VerifyStyle = "hmac"              // an HMAC of the body in a header line
)

// Verify is the signature that a local address asks for.
type Verify struct {
	Style     VerifyStyle
	Secret    Secret
	Header    string // of VerifyHMAC: its name; "" means X-Hub-Signature-256
	Algorithm string // of VerifyHMAC: "" means sha256; sha1, sha512
	Encoding  string // of VerifyHMAC: "" means hex; base64
	Prefix    string // of VerifyHMAC, like "sha256="
}

func (l *LocalSource) own() { l.AllowedOrigins = slices.Clone(l.AllowedOrigins) }

// DatabaseKind is a kind of database.
type DatabaseKind string

// The kinds.
const (
	SQLite    DatabaseKind = "sqlite"
	Postgres  DatabaseKind = "postgres"
	MySQL     DatabaseKind = "mysql" // and MariaDB
	SQLServer DatabaseKind = "sqlserver"
)

// DatabaseSource reads rows of a database, and never writes to it.
type DatabaseSource struct {
	Kind     DatabaseKind
	File     string // of SQLite: absolute
	Host     string // of the others; "" means this computer
	Port     int    // 0 means the kind's usual one
	Name     string // of the database
	User     string
	Password Secret
	TLS      DatabaseTLS
	CAFile   string // PEM file, absolute

	Table  string   // read whole rows of this table or view, as "name" or "schema.name"; or
	Query  string   // this, with :last where the last value of Rising belongs
	Rising string   // column whose values rise: a number or a time
	Keys   []string // names of the columns that tell rows apart; none: Rising does
	// Changed says that Rising rises when a row changes too, so that a row which was
	// there before is one that has changed.
	Changed bool
	Overlap time.Duration // rows that are committed late with a smaller value are looked for so far back; 0 means DefaultOverlap
	Every   time.Duration // 0 means DefaultDatabaseEvery; at least MinAskEvery
	Timeout time.Duration // of one look; 0 means DefaultQueryTimeout
}

// DatabaseTLS says how a connection is protected.
type DatabaseTLS string

// The ways.
const (
	TLSPrefer DatabaseTLS = ""       // where the server can
	TLSVerify DatabaseTLS = "verify" // always, and the server has to prove its name
	TLSOff    DatabaseTLS = "off"
)

// Bounds of a database source.
const (
	DefaultDatabaseEvery = time.Minute
	DefaultQueryTimeout  = 30 * time.Second
	DefaultOverlap       = 10 * time.Minute
)

func (d *DatabaseSource) own() { d.Keys = slices.Clone(d.Keys) }

// TimerSource makes a record at times: at least one of Every and At is set.
type TimerSource struct {
	Every  time.Duration
	At     []int          // minutes after midnight, by this computer's clock; ascending
	Days   []time.Weekday // of At; none means every day
	Missed bool           // what was missed while this computer was off is made up for, once
	Data   []Fixed        // what stands in the record, beside "at", the time that it is for
}

// Fixed is a name and a text, which may hold the merge fields [@id] [@time] [@today].
type Fixed struct{ Name, Value string }

func (t *TimerSource) own() {
	t.At, t.Days, t.Data = slices.Clone(t.At), slices.Clone(t.Days), slices.Clone(t.Data)
}

// InputKind is what a field of a form takes.
type InputKind string

// The kinds.
const (
	InputText   InputKind = "" // one line
	InputEmail  InputKind = "email"
	InputNumber InputKind = "number"
	InputDate   InputKind = "date"   // kept as 2006-01-02
	InputChoice InputKind = "choice" // one of Choices
	InputYesNo  InputKind = "yesno"  // kept as true or false
)

// Input is one field of a form.
type Input struct {
	Name     string // in the record
	Label    string // on screen; "" means Name
	Kind     InputKind
	Required bool
	Choices  []string
	Default  string
}

// FormSource takes what a person fills in. A record waits for Grace before it goes
// out, and can be taken back until then.
type FormSource struct {
	Inputs []Input
	Grace  time.Duration // 0 means DefaultGrace; negative: none
}

// DefaultGrace is how long a record of a form can be taken back.
const DefaultGrace = time.Minute

func (f *FormSource) own() {
	f.Inputs = slices.Clone(f.Inputs)
	for i := range f.Inputs {
		f.Inputs[i].Choices = slices.Clone(f.Inputs[i].Choices)
	}
}
