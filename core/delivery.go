package core

import (
	"encoding/base64"
	"encoding/binary"
	"time"
)

// Cause says, for machines, why an attempt did not deliver. The words for a
// person are in package attempt.
type Cause string

// The causes, by what follows from them.
const (
	CauseNone Cause = "" // delivered

	// The target is not reachable or has trouble of its own: tried again, and
	// five in a row mean that it is down.
	CauseNetwork Cause = "network" // this computer has no network at all
	CauseDNS     Cause = "dns"     // no system by that name
	CauseConnect Cause = "connect" // nobody answers there
	CauseTimeout Cause = "timeout" // took too long to answer
	CauseBroken  Cause = "broken"  // the connection ended before the answer did
	CausePortal  Cause = "portal"  // a web page answered where earlier answers were none: perhaps the login page of a network
	CauseServer  Cause = "server"  // 5xx
	CauseSlow    Cause = "slow"    // 429, and 503 with Retry-After: asked us to slow down

	// The settings are wrong: five different events in a row mean attention.
	CauseKey         Cause = "key"         // 401
	CauseForbidden   Cause = "forbidden"   // 403
	CauseAddress     Cause = "address"     // 404
	CauseGone        Cause = "gone"        // 410
	CauseMethod      Cause = "method"      // 405
	CausePacking     Cause = "packing"     // 415
	CauseCertificate Cause = "certificate" // could not prove who it is
	CauseWrongCode   Cause = "wrong_code"  // answered well, but not with the code that was asked for
	CauseRedirect    Cause = "redirect"    // 3xx
	CauseAnswer      Cause = "answer"      // answered with a good code, but without the text or value that it has to have, or with one that it must not have
	CauseToken       Cause = "token"       // the key that is fetched first (OAuth 2) was refused; nothing was sent
	CauseBlocked     Cause = "blocked"     // the address is one that this webhook may not reach: private, or of a cloud's own data; nothing was sent
	CauseProxyKey    Cause = "proxy_key"   // the proxy wants to know who is there, or did not accept it (407); nothing was sent
	CauseProxy       Cause = "proxy"       // the proxy refuses to let this through; nothing was sent

	// The target refused this very data: the plan ends at once.
	CauseData  Cause = "data"  // 400, 422
	CauseSize  Cause = "size"  // 413, 414
	CauseBuild Cause = "build" // no message could be made of the event; nothing was sent

	// Any other answer that is not good (402, 409, 423 …): tried again along the
	// plan, and counts neither to down nor to attention.
	CauseOther Cause = "other"

	CauseSecret Cause = "secret" // a secret cannot be opened now; nothing was sent
	CauseSetup  Cause = "setup"  // something that the settings name cannot be used now, such as a file of certificates; nothing was sent
	CauseBrake  Cause = "brake"  // it is about to send unusually much, and somebody has to be asked; nothing was sent
	CauseStop   Cause = "stop"   // the program ended meanwhile; does not count as a try
	CauseThrown Cause = "thrown" // a person decided that it is not sent; does not count as a try
)

// Attempt is one HTTP exchange of a delivery, or the trouble that kept it from
// happening. It holds no secret.
type Attempt struct {
	At     time.Time
	Took   time.Duration
	Cause  Cause
	Unsure bool     // bytes went out and no answer came: it may have arrived
	Code   int      // HTTP status; 0 if no answer came
	Detail string   // what the machine said of it ("dial tcp …: connection refused"), masked; at most 300 bytes
	Page   bool     // the answer was a web page (HTML)
	Answer string   // the start of the answer's body, masked; at most 4 KiB, and MaxOldAnswer of tries before the last
	Header []string // "Name: value" lines of the answer, masked; kept for the last try only

	// What was sent can be made again from these.
	Revision  uint64 // of the webhook's settings; 0: not known, or as Delivery says
	Corrected bool   // the record as it was corrected for this delivery was sent, not the one of the log
}

// DeliveryState is what has become of a delivery.
type DeliveryState string

// The states of a delivery that was tried at least once.
const (
	Delivered DeliveryState = "delivered"
	Waiting   DeliveryState = "waiting"  // will be tried again at Next
	Failed    DeliveryState = "failed"   // given up; its data is kept and can be sent again
	Replaced  DeliveryState = "replaced" // not sent any more: a newer record of the same person took its place
	Removed   DeliveryState = "removed"  // not sent any more: it failed or was held for longer than such records are kept, or (CauseThrown) a person decided so
)

// DeliveryKey names a row of the history. Keys order by the time of the last
// try, then by event, then by webhook.
type DeliveryKey struct {
	Last    int64  // Unix milliseconds of the last try
	Seq     uint64 // of the event; tests, which are in no log, have bit 63 set
	Webhook uint32 // the store's number of the webhook
}

// IsZero tells whether k names no row.
func (k DeliveryKey) IsZero() bool { return k == DeliveryKey{} }

// Bytes gives k as 20 bytes that order as k does.
func (k DeliveryKey) Bytes() []byte {
	b := make([]byte, 0, 20)
	b = binary.BigEndian.AppendUint64(b, uint64(k.Last))
	b = binary.BigEndian.AppendUint64(b, k.Seq)
	return binary.BigEndian.AppendUint32(b, k.Webhook)
}

// DeliveryKeyFrom reads what Bytes gave; ok is false for anything else.
func DeliveryKeyFrom(b []byte) (k DeliveryKey, ok bool) {
	if len(b) != 20 {
		return k, false
	}
	k.Last = int64(binary.BigEndian.Uint64(b))
	k.Seq = binary.BigEndian.Uint64(b[8:])
	k.Webhook = binary.BigEndian.Uint32(b[16:])
	return k, true
}

// MarshalText gives k as base64url, for the control API.
func (k DeliveryKey) MarshalText() ([]byte, error) {
	return []byte(base64.RawURLEncoding.EncodeToString(k.Bytes())), nil
}

// UnmarshalText reads what MarshalText wrote.
func (k *DeliveryKey) UnmarshalText(text []byte) error {
	b, err := base64.RawURLEncoding.DecodeString(string(text))
	key, ok := DeliveryKeyFrom(b)
	if err != nil || !ok {
		return Errorf(CodeInvalid, "That is not the key of a message.")
	}
	*k = key
	return nil
}

// Delivery is one event on its way to one webhook, as the history keeps it from
// its first try on.
type Delivery struct {
	Key      DeliveryKey
	Webhook  string // id
	Revision uint64 // of the webhook's settings at the last try: what was sent can be made again from it
	State    DeliveryState
	Next     time.Time // when it is tried again, if Waiting
	Tries    int       // how many there were; Attempts may hold fewer
	Attempts []Attempt // oldest first, the last MaxAttempts
	Event    *Event    // as it is sent now; nil once the log no longer holds it
	Logged   *Event    // as it came in, if Event was corrected for this delivery
	Changed  time.Time // when Event was corrected for this delivery; zero if it was not
	Test     bool      // sent by "Send test": counts nowhere
	Bare     bool      // its content is not kept any more: no record, answers or earlier tries
}

// MaxOldAnswer is how much is kept of the answers of tries before the last, in
// bytes.
const MaxOldAnswer = 512

// MaxAttempts is how many attempts of a delivery the history keeps.
const MaxAttempts = 20
