package core

import (
	"slices"
	"time"
)

// Ask is a request whose answer is read: of a web service, or for details about a
// record. It goes out by the same way as a message.
type Ask struct {
	Method  string        // "" means GET, or POST if there is a Body
	Address string        // may hold merge fields
	Headers []Header      // extra header lines
	Keys    []NamedSecret // for [secret:name] in address, header lines and body
	Body    string        // text with merge fields; "" for none
	Type    string        // media type of Body; "" is found out
	Auth    Auth
	Network Network
	CAFile  string        // PEM file with authorities beside those of the system, absolute
	Timeout time.Duration // of the whole exchange; 0 means DefaultTimeout
}

func (a *Ask) own() {
	a.Headers, a.Keys = slices.Clone(a.Headers), slices.Clone(a.Keys)
	a.Auth.Scopes = slices.Clone(a.Auth.Scopes)
}

// Webhook gives the webhook that would send the same request, so that all that is
// known of addresses, keys and ways is used for both.
func (a *Ask) Webhook() *Webhook {
	w := &Webhook{
		Method: a.Method, Address: a.Address, Headers: a.Headers, Keys: a.Keys,
		Auth: a.Auth, Network: a.Network, CAFile: a.CAFile, Timeout: a.Timeout,
		Body: Body{Style: BodyNone},
	}
	if a.Body != "" {
		w.Body = Body{Style: BodyTemplate, Template: a.Body, ContentType: a.Type, Keys: a.Keys}
	} else if w.Method == "" {
		w.Method = "GET"
	}
	return w
}

// secrets visits the secrets, each with prefix before its place.
func (a *Ask) secrets(prefix string, at func(place string, s *Secret)) {
	for i := range a.Headers {
		at(prefix+"header:"+a.Headers[i].Name, &a.Headers[i].Secret)
	}
	for i := range a.Keys {
		at(prefix+"key:"+a.Keys[i].Name, &a.Keys[i].Secret)
	}
	at(prefix+"auth", &a.Auth.Secret)
	at(prefix+"proxy", &a.Network.Proxy.Password)
}

// LookUp fetches more about a record before it is matched: what it brings stands
// in the record under a name of its own.
type LookUp struct {
	Ask  Ask           // merge fields are those of the record
	Into string        // name that the answer gets in the record; "" means "details"
	Path string        // to what of the answer is taken; "" takes all of it
	Keep time.Duration // an answer is used again for so long; 0: each record asks
	Need bool          // a record about which nothing is found is left out, and shown; else it goes on without
}

// DefaultInto is the name that what is looked up gets.
const DefaultInto = "details"

func (l *LookUp) own() { l.Ask.own() }

// WebSource asks a web service for records, at times.
type WebSource struct {
	Ask   Ask
	Every time.Duration // 0 with no At means DefaultWebEvery; at least MinAskEvery
	At    []int         // minutes after midnight, by this computer's clock
	Days  []time.Weekday
	List  string   // path to the list of records in the answer; "" means the top
	Keys  []string // names of the fields that tell records apart; none: by what they hold
	// Changed has records that have changed since be events too; Gone those that are
	// in the list no more. Both need Keys.
	Changed, Gone bool
	Paging        Paging
}

// Bounds of a web source.
const (
	DefaultWebEvery = 15 * time.Minute
	MinAskEvery     = 5 * time.Second
)

// PagingKind says how a web service gives a long list.
type PagingKind string

// The kinds.
const (
	PagingNone   PagingKind = ""
	PagingLink   PagingKind = "link"   // the answer names the address of the next page, in its Link line (RFC 8288) or at a path
	PagingPage   PagingKind = "page"   // pages are counted
	PagingOffset PagingKind = "offset" // records are counted
	PagingCursor PagingKind = "cursor" // the answer names a mark that the next request carries
)

// Paging is how the pages of a list are asked for.
type Paging struct {
	Kind  PagingKind
	Param string // name in the query that carries page, offset or cursor
	Path  string // to the next address or the cursor in an answer; "" with PagingLink means the Link line
	First int    // number of the first page, or of the first record
	Size  int    // records of a page, by which PagingOffset goes on; a page with fewer is the last. 0: until one is empty
	Most  int    // pages of one look at most; 0 means DefaultPages
}

// DefaultPages is how many pages one look takes at most.
const DefaultPages = 1000

func (w *WebSource) own() {
	w.Ask.own()
	w.At, w.Days, w.Keys = slices.Clone(w.At), slices.Clone(w.Days), slices.Clone(w.Keys)
}
